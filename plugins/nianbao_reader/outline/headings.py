"""Where in a file the headings of the standard's sections stand: on a line, on two, or run into the text."""

from __future__ import annotations

import difflib
import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nianbao import Standard
from nianbao.tree import normal
from nianbao_reader.blocks import Block, Line
from nianbao_reader.letters import indices, squeezed
from nianbao_reader.numbering import Number, number, unnumbered

LONGEST = 45  # letters that a heading has at most
_CLOSE = 0.82  # from here on two titles that differ in a few letters are one
_NEAR = 0.45  # likewise where the number of the heading and its neighbours say so too
_TAIL = re.compile(r"(?:\([^()]*\)?|[:。.…·\s]|\*+|#+)+$")
LEADER = re.compile(r"(?:[.…·]{2,}|-{3,})\d+$")
CAPTION = re.compile(r"^[#*]*(?:附?表[一二三四\d]|附件|附表)")
_STOP = re.compile("[。;!?]")
_GOES_ON = "”’》》、,;)]"  # behind a title that a sentence only names
_RUN_IN = 60  # letters of a line that may hold a heading in its midst


@dataclass(frozen=True)
class Mark:
    """A heading of a section: from ``start`` of block ``at``, over ``lines``, to ``stop`` of the last. ``strength``: how sure."""

    section: str
    at: int
    start: int
    stop: int
    lines: int
    strength: float

    @property
    def end(self) -> tuple[int, int]:
        """Where its text begins."""
        return self.at + self.lines - 1, self.stop


@functools.cache
def names(standard: Standard) -> dict[str, str]:
    """The sections that have headings, by each of their names."""
    top = standard.root.children
    return {
        name: key
        for key, section in standard.sections.items()
        if section.heading
        for name in top[key].names
        if not name.isascii()
    }


def marks(blocks: Sequence[Block], standard: Standard) -> list[Mark]:
    """The headings of the sections, one each, in the file's order."""
    known = names(standard)
    texts = [squeezed(block.text) if isinstance(block, Line) else "" for block in blocks]
    order = [key for key, section in standard.sections.items() if section.heading]
    lines = [(at, block) for at, block in enumerate(blocks) if isinstance(block, Line) and texts[at] and texts[at][0] != "|"]
    found = [mark for at, line in lines for mark in _on(at, line, texts, known)]
    chosen = _chosen(found, texts, order)
    if missing := {key for key in order if key not in {mark.section for mark in chosen}}:
        ours = {name: key for name, key in known.items() if key in missing}
        found += [mark for at, line in lines if (mark := _like(at, line, texts[at], ours))]
        chosen = _chosen(sorted(found, key=lambda mark: (mark.at, mark.start)), texts, order)
        chosen += _by_number(blocks, texts, chosen, order, known)
    return sorted(chosen, key=lambda mark: (mark.at, mark.start))


def _like(at: int, line: Line, text: str, known: dict[str, str]) -> Mark | None:
    """A heading that has lost letters, or has others."""
    numbered = number(text)
    if len(text) > LONGEST or not numbered and not line.level or LEADER.search(text) or CAPTION.match(text):
        return None
    section, share = _closest(title_of(unnumbered(text)), known)
    return Mark(section, at, 0, len(line.text), 1, _sure(line, numbered) - 1) if share >= _CLOSE else None


def _on(at: int, line: Line, texts: Sequence[str], known: dict[str, str]) -> Iterator[Mark]:
    text, numbered = texts[at], number(texts[at])
    if len(text) <= LONGEST and (mark := _whole(at, line, texts, known, numbered)):
        yield mark
        return
    if numbered or line.level:
        title = unnumbered(text)
        for name in sorted(known, key=len, reverse=True):
            if (length := _starts(title, name)) and not _goes_on(title, length):
                stop = len(text) - len(title) + length
                strength = 2.6 if numbered and numbered.rank == 0 or line.level else 1.5
                yield Mark(known[name], at, 0, indices(line.text)[stop], 1, strength)
                break
    if len(text) > _RUN_IN:
        yield from _amid(at, line, text, known)


def _whole(at: int, line: Line, texts: Sequence[str], known: dict[str, str], numbered: Number | None) -> Mark | None:
    """A heading that is a line, or two or three."""
    text, sure = texts[at], _sure(line, numbered)
    if LEADER.search(text):
        return None
    if CAPTION.match(text):
        sure = 0.5
    title = unnumbered(text)
    begun = title_of(title)
    if section := known.get(begun):
        return Mark(section, at, 0, len(line.text), 1, sure)
    if numbered or line.level:
        for more in (1, 2):
            follow = texts[at + 1 : at + 1 + more]
            if len(follow) < more or not all(follow) or any(number(each) for each in follow):
                break
            if not any(name.startswith(begun) for name in known):
                break
            if section := known.get(title_of(title + "".join(follow))):
                return Mark(section, at, 0, 10_000, more + 1, sure)
    return None


def _sure(line: Line, numbered: Number | None) -> float:
    if line.level or numbered and numbered.rank == 0:
        return 3
    return 2.2 if not numbered else {1: 2, 2: 1.6}.get(numbered.rank, 1.2)


def title_of(text: str) -> str:
    """The normal form of a heading without what is written behind it: （文字描述）, a colon."""
    return normal("、" + _TAIL.sub("", text).removesuffix("情况说明").removeprefix("#"))


def _starts(text: str, name: str) -> int:
    """How many letters of a text a name takes at its start, punctuation left out; 0 where it does not stand there."""
    taken = 0
    for at, letter in enumerate(text):
        if letter.isalnum():
            if letter.casefold() != name[taken]:
                return 0
            taken += 1
            if taken == len(name):
                return at + 1
        elif not taken or letter not in "、,":
            return 0
    return 0


def _amid(at: int, line: Line, text: str, known: dict[str, str]) -> Iterator[Mark]:
    """Headings in the midst of a line, as where a whole report is one; only with a number of the first rank."""
    places: list[int] = []
    for found in re.finditer(r"[一二三四五六七八九十]、(?=\w)", text):
        if found.start() == 0:
            continue
        title = text[found.end() : found.end() + LONGEST]
        for name in sorted(known, key=len, reverse=True):
            if (length := _starts(title, name)) and not _goes_on(title, length) and not _quoted(text, found.start()):
                places = places or indices(line.text)
                yield Mark(known[name], at, places[found.start()], places[found.end() + length], 1, 2)
                break


def _goes_on(text: str, at: int) -> bool:
    """Whether what stands there makes the title before it a part of a sentence."""
    return at < len(text) and text[at] in _GOES_ON


def _quoted(text: str, at: int) -> bool:
    return text[at - 1] in "“‘《、,("


def _closest(title: str, known: dict[str, str]) -> tuple[str, float]:
    """The section whose name a title is most like, and how much; names that share few letters with it are not looked at."""
    letters = frozenset(title)
    known = {name: key for name, key in known.items() if len(letters.intersection(name)) * 3 > len(name)}
    if not known:
        return "", 0.0
    shares = {name: difflib.SequenceMatcher(None, title, name, autojunk=False).ratio() for name in known}
    best = max(shares, key=shares.__getitem__)
    return known[best], shares[best]


def _chosen(found: list[Mark], texts: Sequence[str], order: list[str]) -> list[Mark]:
    """One heading a section: those that are surest, stand in order and have text under them (a table of contents has none)."""
    if not found:
        return []
    runs: list[Mark] = []
    for mark in found:
        if runs and runs[-1].section == mark.section:
            if mark.strength > runs[-1].strength:
                runs[-1] = mark
        else:
            runs.append(mark)
    ends = [*((mark.at, mark.start) for mark in runs[1:]), (len(texts), 0)]
    worth = [mark.strength * 10 + min(_between(texts, mark.end, end), 60) / 5 for mark, end in zip(runs, ends, strict=True)]
    best: dict[int, tuple[float, list[Mark]]] = {-1: (0.0, [])}  # for the place of a section in the order: what ends with it
    for mark, value in zip(runs, worth, strict=True):
        place = order.index(mark.section)
        before, marks_before = max((each for last, each in best.items() if last < place), key=lambda each: each[0])
        if place not in best or before + value >= best[place][0]:
            best[place] = before + value, [*marks_before, mark]
    chain = list(max(best.values(), key=lambda each: each[0])[1])
    have = {mark.section for mark in chain}
    first = (chain[0].at, chain[0].start) if chain else (0, 0)
    for mark in runs:  # a section out of its order
        if mark.section not in have and mark.strength >= 2.6 and (mark.at, mark.start) > first:
            have.add(mark.section)
            chain.append(mark)
    return chain


def _between(texts: Sequence[str], start: tuple[int, int], end: tuple[int, int]) -> int:
    if start[0] == end[0]:
        return end[1] - start[1]
    tail = max(len(texts[start[0]]) - start[1], 0)
    return tail + sum(len(text) or 20 for text in texts[start[0] + 1 : end[0]]) + end[1]


def _by_number(
    blocks: Sequence[Block], texts: Sequence[str], chosen: list[Mark], order: list[str], known: dict[str, str]
) -> Iterator[Mark]:
    """Headings in words of their own, told by their number and by those before and behind them.

    The only one of its number is it in whatever words, where those right before and behind have theirs.
    """
    at = {mark.section: mark.at for mark in chosen}
    placed = {mark.section for mark in chosen if _is_number(texts[mark.at], order.index(mark.section) + 1)}
    for index, section in enumerate(order):
        before = max((at[key] for key in order[:index] if key in at), default=-1)
        behind = min((at[key] for key in order[index + 1 :] if key in at), default=len(texts) if before >= 0 else -1)
        if section in at:
            continue
        ours = {name: key for name, key in known.items() if key == section}
        sure = all(key in placed for key in (*order[max(index - 1, 0) : index], *order[index + 1 : index + 2]))
        numbered = [
            (place, block)
            for place, block in enumerate(blocks[before + 1 : max(behind, 0)], before + 1)
            if isinstance(block, Line) and len(texts[place]) <= LONGEST and _is_number(texts[place], index + 1)
        ]
        for place, block in numbered:
            title = title_of(unnumbered(texts[place]))
            if _closest(title, ours)[1] >= _NEAR or sure and len(numbered) == 1 and not _STOP.search(texts[place]):
                yield Mark(section, place, 0, len(block.text), 1, 1)
                break


def _is_number(text: str, value: int) -> bool:
    """Whether a line begins with the number of a section, and is no caption."""
    found = number(text)
    return found is not None and found.rank == 0 and found.value == value and not CAPTION.match(text)


def printed(blocks: Sequence[Block], mark: Mark) -> str:
    """A heading as it is printed, on one line."""
    last = mark.at + mark.lines - 1
    lines = [block.text for block in blocks[mark.at : last + 1] if isinstance(block, Line)]
    lines[-1] = lines[-1][: mark.stop]
    lines[0] = lines[0][mark.start :] if mark.lines > 1 else blocks[mark.at].text[mark.start : mark.stop]  # type: ignore[union-attr]
    return "".join(line.strip() for line in lines).lstrip("#* ").rstrip("* ")
