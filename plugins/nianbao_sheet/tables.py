"""The standard's tables in a workbook: each figure by the labels of its row and column, wherever they were moved to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from nianbao import Fact, Origin, Run, SourceError, Standard
from nianbao_sheet.book import At, Book, Page
from nianbao_sheet.figures import Figure, figure, is_number, number, shown
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
    at = {table.grid.path(row, column): where for (row, column), where in table.cells.items()}
    for (row, column), where in table.cells.items():
        path = table.grid.path(row, column)
        addends = _addends(standard, path)
        names = [*path.split("."), *(["total"] if addends and table.grid.stands_in_row(column) else [])]
        over_nothing = all(table.page.held(at[addend]).is_blank for addend in addends if addend in at)
        try:
            given = _shown_total(book, table.page, where, over_nothing) if addends else figure(book, table.page, where)
            if given is not None:
                yield names, Fact(given.value, Origin(book.where(table.page, where), given.how))
        except SourceError as error:
            yield names, error


def _addends(standard: Standard, path: str) -> list[str]:
    """The figures that a total is the sum of, down to those that are given; none for one that is given itself."""
    below = standard.nodes[path].addends or ()
    return [given for addend in below for given in _addends(standard, addend) or [addend]]


def _shown_total(book: Book, page: Page, at: At, over_nothing: bool) -> Figure | None:
    """A total as the workbook shows it, typed or left by a formula. A zero over nothing is no statement."""
    held = page.held(at)
    if held.is_blank:
        return None
    value = shown(held) if held.formula else number(held.value, book.where(page, at))
    return None if value is None or (value == 0 and over_nothing) else Figure(value, held.formula)


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
    held = page.held(at)
    return is_number(held) and not (held.formula and shown(held) == 0)


def _strange(book: Book, page: Page, at: At) -> SourceError:
    label = next((text for column in range(at.column) if (text := page.held(At(at.row, column)).text)), "")
    return SourceError(f"这里有数，但标准的表里没有这一行或列（{label}）", f"here is a figure in a row or column that the standard does not have ({label})",
                       place=book.where(page, at), mend=("删去，或移到表格以外。", "Delete it, or move it out of the table."))  # fmt: skip
