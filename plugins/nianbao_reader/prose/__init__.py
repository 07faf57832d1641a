"""The sentences of a section: which stand under its heading, which under headings of their own."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from nianbao import Standard, Told
from nianbao.standard import LEAD, NOTES
from nianbao.tree import Node, bare, normal
from nianbao_reader.blocks import Block, Line, Table
from nianbao_reader.letters import indices, squeezed
from nianbao_reader.lines import cut, joined, rows
from nianbao_reader.numbering import number
from nianbao_reader.prose.paragraphs import measure, paragraphs

_LONGEST = 32  # letters that the title of a part has at most
_STOP = re.compile(r"[。:;!?]")
_PIECE = re.compile(r"(?<=[。；！？…\]])\s*(?=[（(][一二三四五六七八九十]{1,2}[）)])")
_SPACES = re.compile(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])")
_NOTE = re.compile(r"^[*※(]*(?:备?注|说明|附注)(?:\d|[:、.一])")
_LISTED = re.compile(r"^[一二三四五六七八九]是")  # 一是主动公开情况。 on a line of its own
_UNNUMBERED = 9  # the rank of headings that a file marks as such and that have no number


@dataclass(frozen=True)
class _Head:
    """The heading that a line begins with: its rank, its title, where the text goes on behind it, None where it is all of the line."""

    rank: int
    title: str
    stop: int
    rest: int | None


def told(
    standard: Standard, section: str, blocks: Sequence[Block], *, wrapped: bool, whole: Sequence[Block] = (), full: float = 0.0
) -> Iterator[Told]:
    """The sentences of a section in order, those that a printed line breaks put together.

    ``whole`` are all blocks of the section, those of its tables too: what stands behind the last of these is a note to them.
    ``full`` is how wide full lines of the file are; where it is not given the section's own tell it.
    """
    top = standard.nodes[section]
    before, behind = _around(blocks, whole) if NOTES in top.children else (list(blocks), [])
    lead, notes = _lines(before, wrapped, full), _lines(behind, wrapped, full)
    if NOTES in top.children and not behind:
        at = next((at for at, line in enumerate(lead) if _NOTE.match(squeezed(line.text[:12]))), len(lead))
        lead, notes = lead[:at], lead[at:]
    yield from _parts(top, lead, "")
    yield from _parts(top, notes, bare(top.children[NOTES].label) if notes else "")


def _around(blocks: Sequence[Block], whole: Sequence[Block]) -> tuple[list[Block], list[Block]]:
    """The blocks before the end of a section's tables, and those behind."""
    rest = {id(block) for block in blocks}
    last = max((at for at, block in enumerate(whole) if id(block) not in rest), default=-1)
    behind = {id(block) for block in whole[last + 1 :]} if last >= 0 else set()
    return [block for block in blocks if id(block) not in behind], [block for block in blocks if id(block) in behind]


def _lines(blocks: Sequence[Block], wrapped: bool, full: float) -> list[Line]:
    """Paragraphs; a table that is none of the notice's gives one a row."""
    found: list[Line] = []
    run: list[Line] = []
    full = full or measure([block for block in blocks if isinstance(block, Line)]) if wrapped else 0.0
    for block in [*blocks, None]:
        if isinstance(block, Line):
            run.append(block)
            continue
        found += paragraphs(run, full) if wrapped else [cut(line, 0) for line in run]
        run = []
        if isinstance(block, Table):
            found += rows(block)
    return [piece for line in found if line.text.strip() for piece in _pieces(line)]


def _pieces(line: Line) -> list[Line]:
    """A line as it is, or a line each part where one holds several: （一）…。text（二）…。text."""
    breaks = (found.end() for found in _PIECE.finditer(line.text))
    at = [0, *(each for each in breaks if _head(Line(line.text[each : each + 120]), ())), len(line.text)]
    return [cut(line, start, stop) for start, stop in itertools.pairwise(at)] if len(at) > 2 else [line]


def _parts(top: Node, lines: Sequence[Line], title: str) -> Iterator[Told]:
    """The sentences before the first heading, under that title, and each heading with its own."""
    titled = [node for node in top.children.values() if node.has_part and node.key not in (LEAD, NOTES)]
    known = [name for node in titled for name in node.names if not name.isascii()]
    heads = [_head(line, known) for line in lines]
    is_top = _top(heads, lines)
    heading, text, place = "", [], ""
    for line, head in zip(lines, heads, strict=True):
        if head is None or not is_top(line, head):
            place = place or line.place
            text.append(line)
            continue
        if text or heading:
            yield _told(top.key, title, heading, text, place)
        title, heading, place = head.title, line.text[: head.stop].strip().lstrip("#* ").rstrip("* "), line.place
        text = [] if head.rest is None else [cut(line, head.rest)]
    if text or heading:
        yield _told(top.key, title, heading, text, place)


def _told(section: str, title: str, heading: str, lines: Sequence[Line], place: str) -> Told:
    text = joined(lines, "\n") if lines else Line("")
    return Told(section, title, text.text, place, heading, text.figures)


def _top(heads: Sequence[_Head | None], lines: Sequence[Line]) -> Callable[[Line, _Head], bool]:
    """Which headings a section is divided by: the highest level that the file marks, else the highest rank of numbers that
    more often than not head a part.
    """
    there = [(line, head) for line, head in zip(lines, heads, strict=True) if head]
    marked = [line.level for line, _ in there if line.level]
    rank = _rank([head for _, head in there], lines)
    first = next((line for line, head in there if line.level or head.rank == rank), None)
    if marked and first and first.level:
        level = min(marked)
        ranks = {head.rank for line, head in there if line.level == level} - {_UNNUMBERED}
        return lambda line, head: line.level == level or not line.level and head.rank in ranks
    return lambda line, head: head.rank == rank


def _rank(heads: Sequence[_Head], lines: Sequence[Line]) -> int | None:
    numbered = [found.rank for line in lines if (found := number(squeezed(line.text[:12])))]
    for rank in (0, 1, 2, 3, _UNNUMBERED):
        count = sum(head.rank == rank for head in heads)
        if count and count * 2 >= numbered.count(rank):
            return rank
    return None


def _head(line: Line, known: Sequence[str]) -> _Head | None:
    """The heading that a line begins with, alone or with text behind it."""
    text = squeezed(line.text[:120])
    numbered = number(text)
    start = numbered.end if numbered else 0
    said = text[start:]
    if not numbered and (line.level or normal(_LISTED.sub("", said)) in known) and 0 < len(said) <= _LONGEST:
        return _Head(_UNNUMBERED, _LISTED.sub("", _titled(line.text)), len(line.text), None)
    places = indices(line.text[:120])
    if not numbered:
        stop = _known(said, known)
        return _Head(_UNNUMBERED, _titled(line.text[: places[stop]]), places[stop + 1], places[stop + 1]) if stop else None
    if len(said) <= _LONGEST and len(line.text) <= 120 and not _STOP.search(said[:-1]) and _is_title(said):
        return _Head(numbered.rank, _titled(line.text[places[start] :]), len(line.text), None)
    stop = _run_in(said, known) or _spaced(line.text, places[start])
    if not stop or not _is_title(said[:stop]):
        return None
    end = places[start + stop]
    behind = places[start + stop + 1] if said[stop : stop + 1] in set("。:") else end
    return _Head(numbered.rank, _titled(line.text[places[start] : end]), behind, behind)


def _run_in(said: str, known: Sequence[str]) -> int:
    """How many letters of a text are a heading that it goes on behind; 0 where it begins with none."""
    if (found := re.search(r"[。:]", said[: _LONGEST + 1])) and found.end() < len(said):
        return found.start()
    for name in sorted(known, key=len, reverse=True):
        if said.startswith(name) and re.match(r"20\d\d年|本年|[,。:]", said[len(name) :]):
            return len(name)
    return 0


def _known(said: str, known: Sequence[str]) -> int:
    """How many letters of a text are a known heading with a full stop or a colon behind it, though no number says so."""
    found = re.match(r"[^。:;,]{2,24}(?=[。:].)", said)
    title = re.sub(r"(?:工作|方面|情况)+$", "", found[0]) if found else ""
    return len(found[0]) if found and (normal(title) in known or normal(found[0]) in known) else 0


def _spaced(text: str, start: int) -> int:
    """Likewise where spaces stand between the two."""
    found = re.match(r"\s*(\S{3,32}?)(?:\u3000|\s{2,}|\s(?=20\d\d))\s*\S", text[start:])
    return len(squeezed(found[1])) if found else 0


def _is_title(said: str) -> bool:
    """Whether words may be the title of a part: they give no figure and are no sentence."""
    return 2 <= len(said.rstrip("。:")) <= _LONGEST and not re.search(
        r"\d+(?:\.\d+)?(?:万|亿|余|多)?[条件次个项元篇份人期家场%]|;", said
    )


def _titled(text: str) -> str:
    """A title without number, end mark and the spaces between its letters; in simplified letters where it has others."""
    title = _SPACES.sub("", bare(text.strip().lstrip("#* "))).strip(" 。：:*；")
    return title if normal(title) == normal(plain := squeezed(title)) else plain
