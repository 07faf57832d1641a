"""A table's rows as they are seen: each cell once, however many places it spans."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from nianbao_reader.blocks import Field, Table, within
from nianbao_reader.tables.figures import Kind, kind


@dataclass(frozen=True)
class Spot:
    """A cell in one row: the columns that it covers, from ``start`` up to ``end``. ``tall``: it covers other rows too."""

    field: Field | None
    start: int
    end: int
    tall: bool
    kind: Kind
    place: str

    @property
    def text(self) -> str:
        """What stands in it."""
        return self.field.text if self.field else ""


@dataclass(frozen=True, eq=False)
class Row:
    """A row of a table: the number of the table among those looked at, its own number, its cells."""

    table: int
    number: int
    width: int
    spots: tuple[Spot, ...]

    @property
    def place(self) -> str:
        """Where it stands."""
        return self.spots[0].place if self.spots else ""


def rows(table: Table, number: int, file: str) -> Iterator[Row]:
    """The rows of a table."""
    counted = Counter(mark for row in table.rows for mark in {id(cell) for cell in row if cell})
    for index, row in enumerate(table.rows, 1):
        spots, start = [], 0
        while start < len(row):
            cell, end = row[start], start + 1
            while cell is not None and end < len(row) and row[end] is cell:
                end += 1
            place = cell.place if cell and cell.place else f"{table.place or file} 第{index}行第{start + 1}格"
            text = cell.text if cell else ""
            spots.append(Spot(cell, start, end, counted[id(cell)] > 1 if cell else False, kind(text), within(place, file)))
            start = end
        yield Row(number, index, len(row), tuple(spots))
