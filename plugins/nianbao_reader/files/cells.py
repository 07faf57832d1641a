"""The cells of a page's tables, and what of a page is not to be seen."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from nianbao_reader.blocks import Block, Field, Table
from nianbao_reader.files.spread import Spanning
from nianbao_reader.files.tidy import tidy

if TYPE_CHECKING:
    from lxml.etree import _Element

LONG = 300  # letters: a cell that has more lays the page out, it is none of a table's
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)


class Held(NamedTuple):
    """What a cell holds: its text, the path of its figure, and its blocks where it is not that alone."""

    element: _Element
    text: str
    path: str
    blocks: list[Block]

    @property
    def is_long(self) -> bool:
        """Whether it holds what no cell of a report's table does."""
        return len(self.text) > LONG or any(isinstance(each, Table) or each.level > 0 for each in self.blocks)

    def spanning(self, place: str) -> Spanning:
        """It as a field, with the rows and columns that it spans."""
        return Field(self.text, place, self.path), _number(self.element.get("rowspan")), _number(self.element.get("colspan"))


def alone(cell: _Element) -> Held | None:
    """A cell with nothing but a text or a figure in it; None where there is more."""
    inner = len(cell)
    if not inner:
        return Held(cell, tidy(cell.text or ""), "", [])
    if inner > 1 or cell[0].tag != "data" or len(cell[0]) or (cell.text or "").strip() or (cell[0].tail or "").strip():
        return None
    return Held(cell, tidy(cell[0].text or ""), cell[0].get("data-fact") or "", [])


def is_hidden(element: _Element) -> bool:
    if not element.attrib:
        return False
    style = element.get("style")
    hidden = style is not None and _HIDDEN.search(style) or element.get("hidden") is not None
    return (
        bool(hidden) or element.tag == "figure" and element.get("class") == "chart"
    )  # its numbers are for those who see no picture


def rows_of(table: _Element) -> list[_Element]:
    rows: list[_Element] = []
    for child in table:
        if child.tag == "tr":
            rows.append(child)
        elif child.tag in {"thead", "tbody", "tfoot"}:
            rows += child.iterchildren("tr")
    return [row for row in rows if not is_hidden(row)]


def _number(span: str | None) -> int:
    return int(span) if span and span.isascii() and span.isdigit() and len(span) < 10 else 1
