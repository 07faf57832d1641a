"""Pages that nianbao made: they say themselves what is a heading, a sentence, a cell, so nobody needs to look for it.

A page whose form differs in anything, as its theme has a template of its own or somebody edited it, is read like any other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nianbao import Standard
from nianbao_reader.blocks import Block, Field, Line, Table
from nianbao_reader.files.cells import is_hidden, rows_of
from nianbao_reader.files.tidy import tidy
from nianbao_reader.letters import squeezed
from nianbao_reader.numbering import unnumbered
from nianbao_reader.outline import PREAMBLE, Outline, Section, chrome, headings, titles
from nianbao_reader.outline.fitting import fitting
from nianbao_reader.tables.forms import paths

if TYPE_CHECKING:
    from lxml.etree import _Element

    from nianbao_reader.files.html import Walk


_UNSEEN = frozenset(("rowspan", "style", "hidden"))  # what makes a cell another one's too, or none that is to be seen


class _OtherForm(Exception):
    """The page is not in the form in which it was made."""


@dataclass(frozen=True)
class _Part:
    """What stands under a heading, the labels of its tables, and the paths of the figures in them."""

    heading: Line
    blocks: tuple[Block, ...]
    labels: tuple[str, ...]
    paths: tuple[str, ...]


def article(body: _Element) -> _Element | None:
    """The report in a page that nianbao made, None in any other."""
    return next((each for each in body.iter("article") if each.get("class") == "report"), None)


def outline(report: _Element, walk: Walk) -> Outline | None:
    """The sections of a page that nianbao made; None where it is not quite in the form in which it was made."""
    try:
        return _outline(report, walk)
    except _OtherForm:
        return None


def _outline(report: _Element, walk: Walk) -> Outline:
    first, *sections = report
    lines = [_line(first, walk, "h1")]
    if sections and sections[0].tag == "div":
        lines += [_line(each, walk, "p") for each in sections.pop(0)]
    title = titles.find(lines)
    _want(title is not None and title.name and title.year and (title.at, title.offset) == (1, 0))
    assert title is not None
    _want(not any(chrome.is_chrome(line.text) for line in lines[1:]))
    parts = [_part(each, walk) for each in sections]
    said = [*lines, *(line for part in parts for line in (part.heading, *part.blocks) if isinstance(line, Line))]
    texts = [line.text for line in said] + [label for part in parts for label in part.labels]
    standard = fitting(squeezed("".join(texts)), said)
    found = {PREAMBLE: Section(PREAMBLE, "", tuple(lines[1:]), lines[1].place)} if lines[1:] else {}
    for part in parts:
        key = _key(part, standard)
        _want(key not in found)
        found[key] = Section(key, part.heading.text, part.blocks, part.heading.place)
    _want([*found] == [key for key in standard.sections if key in found] and len(parts) > 1)
    return Outline(standard, title.text, title.name, titles.level(title.name), title.year, found)


def _want(there: object) -> None:
    if not there:
        raise _OtherForm


def _line(element: _Element, walk: Walk, tag: str) -> Line:
    """The one line that an element of that tag says."""
    said = walk.block(element) if element.tag == tag else []
    _want(len(said) == 1 and isinstance(said[0], Line))
    return said[0]  # type: ignore[return-value]


def _part(section: _Element, walk: Walk) -> _Part:
    _want(section.tag == "section" and len(section))
    heading, *inside = section
    blocks: list[Block] = []
    labels: list[str] = []
    tables: list[Table] = []
    for element in inside:
        if element.tag == "div" and element.get("class") == "wide":
            tables.append(_table(element, walk, labels))
            blocks.append(tables[-1])
        else:
            told = walk.block(element)
            _want(all(isinstance(block, Line) and not chrome.is_behind(block.text) for block in told))
            blocks += told
    _want(len(tables) < 2)
    figures = tuple(cell.path for table in tables for row in table.rows for cell in row if cell)
    return _Part(_line(heading, walk, "h2"), tuple(blocks), tuple(labels), figures)


def _table(wide: _Element, walk: Walk, labels: list[str]) -> Table:
    """The figures of a table, by the paths that its cells say, row by row; its ``labels`` are told, no more."""
    _want(len(wide) == 1 and wide[0].tag == "table" and not is_hidden(wide[0]))
    walk.tables += 1
    place = f"{walk.file}:表{walk.tables}"
    rows = []
    for at, row in enumerate(rows_of(wide[0]), 1):
        fields = []
        for nth, cell in enumerate(row, 1):
            if len(cell) == 0:
                _want(cell.tag == "th")
                labels.append(cell.text or "")
            else:
                fields.append(_figure(cell, f"{place} 第{at}行第{nth}格"))
        rows.append(tuple(fields))
    return Table(tuple(rows), place)


def _figure(cell: _Element, place: str) -> Field:
    """A cell that is to be seen and holds one figure and nothing else."""
    if cell.tag != "td" or cell.text or len(cell) != 1 or not _UNSEEN.isdisjoint(cell.keys()):
        raise _OtherForm
    data = cell[0]
    path = data.get("data-fact")
    if data.tag != "data" or not path or data.tail or len(data):
        raise _OtherForm
    return Field(tidy(data.text or ""), place, path)


def _key(part: _Part, standard: Standard) -> str:
    """Which section it is, by its heading; its table has to have each figure of the standard's once."""
    text = squeezed(part.heading.text)
    key = headings.names(standard).get(headings.title_of(unnumbered(text)), "")
    _want(key)
    if part.paths:
        _want(key in standard.grids and paths(standard, key) == {*part.paths} and len({*part.paths}) == len(part.paths))
    return key
