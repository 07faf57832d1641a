"""The standard's tables in a workbook: each figure by the labels of its row and column, wherever they were moved to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from nianbao import Fact, Origin, Run, SourceError, Standard
from nianbao_sheet.book import At, Book, Page
from nianbao_sheet.figures import Figure, figure, is_blank, is_number, number, shown
from nianbao_sheet.finding import Found, find
from nianbao_sheet.labels import Labels

Told = tuple[Sequence[str], Any]


def tables(book: Book, standard: Standard, run: Run) -> Iterator[Told]:
    """Every figure with the keys that lead to it; what cannot be read is told in its place, strange rows in ``run``.

    A blank cell is not given. A total is what the workbook shows, for core to compare with the sum that it computes.
    """
    labels = [Labels(page) for page in book.visible]
    found = [find(book, labels, grid) for grids in standard.grids.values() for grid in grids]
    taken = {(table.page, row) for table in found for row in table.rows}
    for table in found:
        yield from ((path.split("."), failure) for path, failure in table.failures.items())
        yield from _figures(book, standard, table)
        run.mistakes += _strangers(book, table, taken)


def _figures(book: Book, standard: Standard, table: Found) -> Iterator[Told]:
    for (row, column), at in table.cells.items():
        path = table.grid.path(row, column)
        is_total = standard.nodes[path].addends is not None
        names = [*path.split("."), *(["total"] if is_total and table.grid.stands_in_row(column) else [])]
        try:
            if (given := _shown_total(book, table.page, at) if is_total else figure(book, table.page, at)) is not None:
                yield names, Fact(given.value, Origin(book.where(table.page, at), given.how))
        except SourceError as error:
            yield names, error


def _shown_total(book: Book, page: Page, at: At) -> Figure | None:
    """A total as the workbook shows it. That of a formula over nothing is no statement."""
    held = page.cells.get(at)
    if held is None or is_blank(held):
        return None
    if not held.formula:
        return Figure(number(held.value, book.where(page, at)))
    value = shown(held)
    return Figure(value, held.formula) if value else None


def _strangers(book: Book, table: Found, taken: set[tuple[Page, int]]) -> Iterator[SourceError]:
    """Figures among those of a table that have no place in it: a row or column that the standard does not know."""
    rows, columns = table.rows, table.columns
    if not rows:
        return
    below = max(rows) + 1
    while (table.page, below) not in taken and any(_is_figure(table.page, At(below, column)) for column in columns):
        below += 1
    for row in range(table.top, below):
        mine = range(min(columns), max(columns) + 1) if row in rows else columns if (table.page, row) not in taken else ()
        for column in sorted(mine):
            at = At(row, column)
            if (row not in rows or column not in columns) and _is_figure(table.page, at):
                yield _strange(book, table.page, at)
                break


def _is_figure(page: Page, at: At) -> bool:
    """Whether a cell shows a number that would be lost; a formula of our own that checks may show 0 in an .xls."""
    held = page.cells.get(at)
    return held is not None and is_number(held) and not (held.formula and shown(held) == 0)


def _strange(book: Book, page: Page, at: At) -> SourceError:
    label = next((text for column in range(at.column) if (text := page.text(At(at.row, column)))), "")
    return SourceError(f"这里有数，但标准的表里没有这一行或列（{label}）", f"here is a figure in a row or column that the standard does not have ({label})",
                       place=book.where(page, at), mend=("删去，或移到表格以外。", "Delete it, or move it out of the table."))  # fmt: skip
