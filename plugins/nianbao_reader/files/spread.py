"""Cells that span rows and columns -> a table that has a field at each of its places."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from nianbao import FileError
from nianbao_reader.blocks import Field, Table

LARGEST = 20_000  # places: the largest table of the notice has 280
ALL = 30_000  # places of all tables of a file
WIDEST = 1_000  # what browsers, too, cut a colspan to
Spanning: TypeAlias = tuple[Field, int, int]  # a field, over how many rows and how many columns; 0 rows: down to the last


def spread(rows: Sequence[Sequence[Spanning]], place: str) -> Table:
    """The table of these rows, each with the cells that begin in it. Raises FileError where it is larger than any in a report."""
    laid: list[dict[int, Field]] = [{} for _ in rows]
    filled = 0
    for at, row in enumerate(rows):
        column = 0
        for field, down, stated in row:
            while column in laid[at]:
                column += 1
            across = max(1, min(stated, WIDEST))
            reached = laid[at : at + down] if down > 0 else laid[at:]
            filled += len(reached) * across
            if filled > LARGEST:
                raise too_large(place)
            for line in reached:
                for covered in range(column, column + across):
                    line.setdefault(covered, field)
            column += across
    width = max((max(line) + 1 for line in laid if line), default=0)
    if width * len(laid) > LARGEST:
        raise too_large(place)
    return Table(tuple(tuple(map(line.get, range(width))) for line in laid), place)


def bounded(held: int, table: Table) -> int:
    """How many places the tables of a file have, with one more of them. Raises FileError where those are more than in any report."""
    held += sum(map(len, table.rows))
    if held > ALL:
        raise too_large(table.place, ALL)
    return held


def too_large(place: str, most: int = LARGEST) -> FileError:
    """The message of a table, or of all tables, of more than so many places."""
    return FileError(f"表格超过 {most} 格，太大", f"the tables have more than {most} places, which is too large", place=place,
                     mend=("年度报告没有这么大的表，核对文件。", "No report has a table that large: look at the file."))  # fmt: skip
