"""The tables of a finished report as a clerk types them: the finest level only, totals left out where they add up."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from nianbao import Reading
from nianbao.tree import Node, bare
from nianbao_reader.adopting.entries import Entry

FEW_ROWS, FEW_CELLS = 7, 3  # so many rows or cells are all written, zeros among them
_TOTAL = "总计"


def figures(reading: Reading, section: str) -> list[Entry]:
    """The entries of the tables of a section; none where the report has no table there."""
    return list(_Tables(reading, section).entries())


def key_of(node: Node, within: Node) -> str:
    """What a clerk calls a place: the shortest of its label and its short form that means it alone."""
    names = sorted(filter(None, {bare(node.label), node.short}), key=lambda name: (len(name), name))
    return next((name for name in names if within.find(name) == [node]), node.key)


def unit_of(node: Node) -> str:
    """What a comment says of money."""
    return f"单位：{node.unit}" if node.number == "amount" and node.unit else ""


class _Tables:
    def __init__(self, reading: Reading, section: str) -> None:
        self.top = reading.standard.nodes[section]
        self.nodes = reading.standard.nodes
        drawn = {path for grid in reading.standard.grids.get(section, ()) for path in grid.paths()}
        self.cells = {path: cell for path, cell in reading.cells.items() if path in drawn}
        self.unread = {path for path in drawn if self.value(path) is None and (self.cells or reading.is_unread(path))}
        self.few = len(self.top.rows()) <= FEW_ROWS

    def value(self, path: str) -> int | Decimal | None:
        """What the file says in a cell."""
        cell = self.cells.get(path)
        value = cell.value.value if cell and cell.value else None
        return value if isinstance(value, int | Decimal) else None

    def sum(self, path: str) -> int | Decimal | None:
        """What a cell should say by those that are typed; None where one of them could not be read."""
        addends = self.nodes[path].addends
        if addends is None:
            return self.value(path)
        below = [self.sum(addend) for addend in addends]
        known = [value for value in below if value is not None]
        return sum(known) if len(known) == len(below) else None

    def entries(self) -> Iterator[Entry]:
        if not self.cells:
            return
        made = list(self._below(self.top, self.top))
        if made or not (rows := self.top.rows()):
            yield from made
        else:  # all zero, in a long table: one row says so, what it leaves out is zero
            yield Entry(key_of(rows[0], self.top), 0)

    def _below(self, parent: Node, named: Node) -> Iterator[Entry]:
        for row in (child for child in parent.children.values() if child.tabular and child.row == child.path):
            rows_below = [child for child in row.children.values() if child.row == child.path]
            if row.grouping and rows_below:
                yield from self._below(row, named)
            elif rows_below:
                if below := [*self._below(row, row), *self._wrong(row)]:
                    yield Entry(key_of(row, named), below)
            else:
                yield from self._row(row, named)

    def _row(self, row: Node, named: Node) -> Iterator[Entry]:
        name, inputs = key_of(row, named), row.inputs()
        lost = [cell.path for cell in inputs if cell.path in self.unread]
        values = {cell.path: self.value(cell.path) for cell in inputs}
        if inputs == [row]:
            value = values[row.path]
            if value or self.few or lost:
                yield Entry(name, value, self._lost(row.path) if lost else unit_of(row))
        elif lost and len(lost) == len(inputs):
            yield Entry(name, None, self._lost(lost[0]))
        elif below := [*self._cells(row, inputs, values), *self._wrong(row)]:
            yield Entry(name, below)
        elif self.few and inputs:
            yield Entry(name, 0)

    def _cells(self, row: Node, inputs: list[Node], values: dict[str, int | Decimal | None]) -> Iterator[Entry]:
        if not any(values.values()) and not any(path in self.unread for path in values):
            return
        for cell in inputs:
            if cell.path in self.unread:
                yield Entry(key_of(cell, row), None, self._lost(cell.path))
            elif values[cell.path] or len(inputs) <= FEW_CELLS or any(path in self.unread for path in values):
                yield Entry(key_of(cell, row), values[cell.path])

    def _wrong(self, row: Node) -> Iterator[Entry]:
        """The totals of a row that are not the sum of what they should be: they are typed as they are stated."""
        for node in (row, *(child for child in row.children.values() if child.row == row.path)):
            stated, added = self.value(node.path), self.sum(node.path) if node.addends else None
            if stated is not None and added is not None and stated != added:
                yield Entry(_TOTAL if node is row else key_of(node, row), stated, f"原件如此，各项相加是 {added}")

    def _lost(self, path: str) -> str:
        cell = self.cells.get(path)
        return f"未读出：{cell.text}" if cell and cell.text.strip() else "未读出"
