"""The parts of two years: how alike they are, and which words changed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from nianbao.similarity import similarity
from nianbao.tree import bare
from nianbao_chain.years import Year, merged, sections

Kind: TypeAlias = Literal["same", "gone", "new"]
Marked: TypeAlias = tuple[Kind, str]

# Sentences are compared first, within those that differ the clauses, then letters; a number is one letter.
_GRAINS = (r"[^。！？；\n]*[。！？；\n]?", r"(?:[^，、：,]|,(?=\d))*[，、：,]?", r"\d+(?:[.,]\d+)*%?|[A-Za-z]+|.")
_MOST = 1000  # pieces of a side that are compared: difflib takes the square of them
_SHORTEST = 3  # letters of an equal run between two changes; a shorter one changes with them


@dataclass(frozen=True)
class Part:
    """One part in both years; ``before`` or ``after`` is None where that year has none, and ``similarity`` with it."""

    path: str
    section: str
    title: str
    before: str | None
    after: str | None
    similarity: float | None
    marked: tuple[Marked, ...]


def parts(before: Year, after: Year) -> list[Part]:
    """The parts in the order of the later year."""
    order, at = merged(before.parts, list(after.parts)), sections(before, after)
    order.sort(key=lambda path: at.get(path.partition(".")[0], len(at)))
    return [_part(path, before, after) for path in order]


def _part(path: str, before: Year, after: Year) -> Part:
    (_, old), (title, new) = before.parts.get(path, ("", None)), after.parts.get(path, ("", None))
    title = title or before.parts[path][0]
    key = path.partition(".")[0]
    section = after.standard.nodes.get(key) or before.standard.nodes.get(key)
    where = bare(section.label) if section else key
    if old is None or new is None:
        kind: Kind = "new" if old is None else "gone"
        return Part(path, where, title, old, new, None, ((kind, old or new or ""),))
    alike = 1.0 if old == new else similarity(old, new)
    return Part(path, where, title, old, new, alike, tuple(marked(old, new)))


def marked(old: str, new: str) -> list[Marked]:
    """What is the same in two texts, what is gone and what is new: "same" and "gone" make the old one, "same" and "new" the new."""
    return _joined(_compared(old, new, 0))


def _compared(old: str, new: str, grain: int) -> Iterator[Marked]:
    if not old or not new or grain == len(_GRAINS):
        yield from (("gone", old), ("new", new))
        return
    ours, theirs = ([piece for piece in re.findall(_GRAINS[grain], text, re.DOTALL) if piece] for text in (old, new))
    head = _alike(ours, theirs)
    rest, others = ours[head:], theirs[head:]
    tail = _alike(rest[::-1], others[::-1])
    middle, others = rest[: len(rest) - tail], others[: len(others) - tail]
    yield "same", "".join(ours[:head])
    if max(len(middle), len(others)) > _MOST:
        yield from (("gone", "".join(middle)), ("new", "".join(others)))
    elif grain == len(_GRAINS) - 1:
        yield from _without_confetti(list(_matched(middle, others)))
    else:
        for kind, was, now in _changes(middle, others):
            if kind == "equal":
                yield "same", was
            else:
                yield from _compared(was, now, grain + 1)
    yield "same", "".join(ours[len(ours) - tail :])


def _alike(ours: Sequence[str], theirs: Sequence[str]) -> int:
    """How many pieces at the start are the same."""
    return next(
        (at for at, (one, other) in enumerate(zip(ours, theirs, strict=False)) if one != other), min(len(ours), len(theirs))
    )


def _changes(ours: list[str], theirs: list[str]) -> Iterator[tuple[str, str, str]]:
    if not ours or not theirs:
        yield "replace", "".join(ours), "".join(theirs)
        return
    from difflib import SequenceMatcher

    for kind, start, end, other_start, other_end in SequenceMatcher(None, ours, theirs).get_opcodes():
        yield kind, "".join(ours[start:end]), "".join(theirs[other_start:other_end])


def _matched(ours: list[str], theirs: list[str]) -> Iterator[Marked]:
    for kind, was, now in _changes(ours, theirs):
        if kind == "equal":
            yield "same", was
        else:
            yield from (("gone", was), ("new", now))


def _without_confetti(runs: list[Marked]) -> Iterator[Marked]:
    """Runs in which no word or two stay the same between two changes: nobody can read those."""
    changed = [at for at, (kind, text) in enumerate(runs) if kind != "same" and text]
    for at, (kind, text) in enumerate(runs):
        is_between = changed and changed[0] < at < changed[-1]
        if kind == "same" and is_between and len(text) < _SHORTEST:
            yield from (("gone", text), ("new", text))
        else:
            yield kind, text


def _joined(runs: Iterable[Marked]) -> list[Marked]:
    """Runs without empty ones; between two equal runs all that is gone, then all that is new."""
    made: list[Marked] = []
    gone = new = ""

    def changes() -> list[Marked]:
        both: tuple[Marked, Marked] = ("gone", gone), ("new", new)
        return [run for run in both if run[1]]

    for kind, text in runs:
        if kind == "gone":
            gone += text
        elif kind == "new":
            new += text
        elif text:
            made += changes()
            gone = new = ""
            same = made.pop()[1] if made and made[-1][0] == "same" else ""
            made.append(("same", same + text))
    return made + changes()
