"""Where a table of the standard stands in a workbook: its sheet, and the cell of each figure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from nianbao import SourceError
from nianbao.errors import Remedy
from nianbao.tables import Grid, Line
from nianbao.tree import bare
from nianbao_sheet.book import At, Book, Page
from nianbao_sheet.labels import HEAD, Labels

_MEND: Remedy = (
    "照 nianbao workbook 的样子补上标题，一处一个。",
    "Put the labels back as `nianbao workbook` draws them, each once.",
)


@dataclass
class Found:
    """A table in a sheet: its figures' ``cells``, the row ``top`` that they start at; ``failures`` by the path they concern.

    In ``doubtful_rows`` and ``doubtful_columns`` stand labels that stand elsewhere too.
    """

    grid: Grid
    page: Page
    top: int = 0
    cells: dict[tuple[Line, Line], At] = field(default_factory=dict)
    failures: dict[str, SourceError] = field(default_factory=dict)
    doubtful_rows: set[int] = field(default_factory=set)
    doubtful_columns: set[int] = field(default_factory=set)

    @property
    def rows(self) -> set[int]:
        """The rows of the sheet that hold its figures."""
        return {at.row for at in self.cells.values()}

    @property
    def columns(self) -> set[int]:
        """The columns of the sheet that hold its figures."""
        return {at.column for at in self.cells.values()}


def find(book: Book, labels: Sequence[Labels], grid: Grid) -> Found:
    """The table of a grid. Labels that are missing or stand twice are failures; those of totals may be missing."""
    rows = [leaf for row in grid.top_rows for leaf in row.leaves()]
    columns = [leaf for column in grid.top_columns for leaf in column.leaves()]
    is_line = grid.table.shape == "line"
    likely = {known: (_likely_line if is_line else _likely_grid)(known, rows, columns) for known in labels}
    most = max(likely.values(), default=(False, 0))
    tied = [known for known in labels if likely[known] == most and most[1]]
    if len(tied) != 1:
        return _nowhere(book, grid, rows, [known.page for known in tied])
    return (_find_line if is_line else _find_grid)(book, tied[0], Found(grid, tied[0].page), rows, columns)


def _likely_grid(known: Labels, rows: list[Line], columns: list[Line]) -> tuple[bool, int]:
    """How much a sheet looks like it holds a table: a label of its columns weighs more than any number of rows."""
    found = sum(bool(known.of_row(_chain(row))) for row in rows)
    return bool(found) and any(known.of_column(_chain(column)) for column in columns), found


def _likely_line(known: Labels, rows: list[Line], columns: list[Line]) -> tuple[bool, int]:
    found = sum(bool(known.of_column((*_chain(row), *_chain(column)))) for row in rows for column in columns)
    return bool(found), found


def _find_grid(book: Book, known: Labels, found: Found, rows: list[Line], columns: list[Line]) -> Found:
    places = {row: known.of_row(_chain(row)) for row in rows}
    first = min(at.row for each in places.values() for at in each)
    heads = {column: known.of_column(_chain(column), above=first) for column in columns}
    found.top = 1 + max((at.row for each in heads.values() for at in each), default=first - 1)
    found.doubtful_rows = {at.row for each in places.values() if len(each) > 1 for at in each}
    found.doubtful_columns = {at.column for each in heads.values() if len(each) > 1 for at in each}
    grid = found.grid
    for row in rows:
        for column in columns:
            if len(places[row]) == len(heads[column]) == 1:
                found.cells[row, column] = At(places[row][0].row, heads[column][0].column)
    lost = [row for row in rows if len(places[row]) != 1 and not (row in grid.defined and not places[row])]
    without = [column for column in columns if len(heads[column]) != 1 and not (column in grid.defined and not heads[column])]
    for wrong, where in ((lost, places), (without, heads)):
        failures = _told(book, found, {line: where[line] for line in wrong})
        for line, failure in failures.items():
            paths = [grid.path(line)] if wrong is lost else [grid.path(row, line) for row in rows if row not in lost]
            found.failures |= dict.fromkeys(paths, failure)
    return found


def _find_line(book: Book, known: Labels, found: Found, rows: list[Line], columns: list[Line]) -> Found:
    """All figures stand in one row, the first below the labels that holds anything."""
    pairs = [(row, column) for row in rows for column in columns]
    heads = {(row, column): known.of_column((*_chain(row), *_chain(column))) for row, column in pairs}
    found.top = 1 + max(at.row for each in heads.values() for at in each)
    found.doubtful_columns = {at.column for each in heads.values() if len(each) > 1 for at in each}
    taken = {each[0].column for each in heads.values() if len(each) == 1}
    below = range(found.top, found.top + HEAD)
    row_number = next((row for row in below if any(At(row, column) in found.page.cells for column in taken)), found.top)
    for (row, column), each in heads.items():
        if len(each) == 1:
            found.cells[row, column] = At(row_number, each[0].column)
        elif each or column not in found.grid.defined:
            failure = _told(book, found, {column: each}, under=row)[column]
            found.failures[found.grid.path(row, column)] = failure
    return found


def _told(book: Book, found: Found, places: dict[Line, list[At]], under: Line | None = None) -> dict[Line, SourceError]:
    """Why labels could not be placed: one failure for all that are missing, one for each that stands twice."""
    failures = {}
    lost = [line for line, each in places.items() if not each]
    if lost:
        names = "、".join(bare(line.branch.label) for line in lost)
        names = f"{bare(under.branch.label)} › {names}" if under else names
        page = f"{book.file}:{found.page.name}" if found.page.name else book.file
        missing = SourceError(f"表里没有找到：{names}", f"the table does not have: {names}", place=page, mend=_MEND)
        failures = dict.fromkeys(lost, missing)
    for line, each in places.items():
        if each:
            cells = "、".join(map(str, each))
            failures[line] = SourceError(
                f"“{bare(line.branch.label)}”有几处：{cells}", f"“{bare(line.branch.label)}” stands several times: {cells}",
                place=book.where(found.page, each[0]), mend=_MEND,
            )  # fmt: skip
    return failures


def _nowhere(book: Book, grid: Grid, rows: Iterable[Line], tied: list[Page]) -> Found:
    """No sheet has the table, or several have it."""
    name = grid.table.title or "、".join(bare(row.branch.label) for row in grid.top_rows)
    pages = "、".join(page.name for page in tied or book.visible)
    zh, en = (f"几张工作表都有“{name}”这张表：{pages}", f"several sheets have the table “{name}”: {pages}") if tied else (
        f"没有找到“{name}”这张表，找过 {pages or book.file}", f"the table “{name}” was not found in {pages or book.file}")  # fmt: skip
    failure = SourceError(zh, en, place=book.file, mend=_MEND)
    empty = Found(grid, Page("", {}))
    empty.failures = dict.fromkeys((grid.path(row) for row in rows), failure)
    return empty


def _chain(line: Line) -> tuple[Line, ...]:
    """A row or column with those that it is grouped under, outermost first."""
    return (*_chain(line.parent), line) if line.parent else (line,)
