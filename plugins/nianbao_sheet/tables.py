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
    """Figures among those of a table that have no place in it: rows and columns that the standard does not know, each once."""
    if not table.cells:
        return
    page, rows, columns = table.page, table.rows, table.columns
    below = max(rows) + 1
    while (page, below) not in taken and any(_is_figure(page, At(below, column)) for column in columns):
        below += 1
    strange_rows = [row for row in range(table.top, below) if (page, row) not in taken and row not in table.doubtful_rows]
    strange_columns = {*range(min(columns), max(columns))} - columns - table.doubtful_columns
    for cells in (
        *([At(row, column) for column in sorted(columns)] for row in strange_rows),
        *([At(row, column) for row in sorted(rows)] for column in sorted(strange_columns)),
    ):
        if at := next((at for at in cells if _is_figure(page, at)), None):
            is_row = at.row not in rows
            beside = [At(at.row, column) for column in range(min(columns) - 1, -1, -1)]
            over = [At(row, at.column) for row in range(table.top - 1, -1, -1)]
            label = next((text for each in (beside if is_row else over) if (text := page.held(each).text)), "")
            yield _strange(book.where(page, at), label, is_row)


def _is_figure(page: Page, at: At) -> bool:
    """Whether a cell shows a number that would be lost; a formula of our own that checks may show 0 in an .xls."""
    held = page.held(at)
    return is_number(held) and not (held.formula and shown(held) == 0)


def _strange(where: str, label: str, is_row: bool) -> SourceError:
    zh, en = ("行", "row") if is_row else ("列", "column")
    return SourceError(f"这里有数，但标准的表里没有“{label}”这一{zh}", f"here is a figure, but the standard's table has no {en} “{label}”",
                       place=where, mend=("改正标题；不是填报的数，删去或移到表格以外。",
                                          "Correct the label; what is not to report, delete or move out of the table."))  # fmt: skip
