"""Tables as they are drawn: which cell stands where, over how many rows and columns, with which figure, under which headers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import field
from itertools import count

from markupsafe import Markup

from nianbao.lean import dataclass
from nianbao.sandbox import Viewed
from nianbao.tables import Grid, Line
from nianbao.tree import Node

Print = Callable[[str], Markup]


@dataclass
class Cell(Viewed):
    """One cell: a header where it has a ``scope``, else a figure, whose ``headers`` are the ids of those it stands under.

    A screen reader needs them: with headers on three levels, and four tables in one, ``scope`` says too little.
    """

    html: str | Markup
    colspan: int = 1
    rowspan: int = 1
    scope: str = ""
    id: str = ""
    headers: str = ""


@dataclass
class Drawing(Viewed):
    """A table ready to be written: ``widths`` in percent, rows of cells in the head and in each body."""

    caption: str
    shape: str
    widths: list[float]
    head: list[list[Cell]] = field(default_factory=list)
    bodies: list[list[list[Cell]]] = field(default_factory=list)


@dataclass
class _Label:
    text: str
    below: list[_Label]

    @property
    def depth(self) -> int:
        return 1 + max((label.depth for label in self.below), default=0)

    @property
    def width(self) -> int:
        return sum(label.width for label in self.below) or 1


def draw(section: Node, grids: list[Grid], print_figure: Print, name: str = "t") -> Drawing:
    """A section's tables as one drawing: each of several is a body under its own title.

    ``print_figure`` gives the HTML of the figure at a path; ids begin with ``name``, of which a page has but one.
    """
    caption = f"{section.label}（单位：{section.unit}）" if len(grids) == 1 else section.label
    ids = (f"{name}-{number}" for number in count(1))
    drawn = [_Drawn(grid, print_figure, ids) for grid in grids]
    width = max(one.width for one in drawn)
    first = grids[0].table
    widths = first.widths if len(grids) == 1 and first.widths else [round(100 / width, 4)] * width
    drawing = Drawing(caption, first.shape, list(widths))
    if len(drawn) == 1:
        drawing.head, drawing.bodies = drawn[0].head(), [list(drawn[0].body())]
    else:
        drawing.bodies = [one.titled(width) for one in drawn]
    return drawing


class _Drawn:
    def __init__(self, grid: Grid, print_figure: Print, ids: Iterator[str]) -> None:
        self.grid, self.table, self.print_figure, self.ids = grid, grid.table, print_figure, ids
        self.rows, self.columns = grid.top_rows, grid.top_columns
        self.leaves = [leaf for column in self.columns for leaf in column.leaves()]
        flat = self.table.shape == "line"
        self.margin = 0 if flat else max(row.depth for row in self.rows)
        ends = [leaf for row in self.rows for leaf in row.leaves()]
        self.width = len(ends) * len(self.leaves) if flat else self.margin + len(self.leaves)
        labels = [_label(column) for column in self.columns]
        labels = [_label(row, labels) for row in self.rows] if flat else labels
        self.labels = [_Label(self.table.above, labels)] if self.table.above else labels
        self.above: list[str] = []  # the ids over each column, once the head is drawn

    def head(self, title: str = "") -> list[list[Cell]]:
        height = max(label.depth for label in self.labels)
        rows: list[list[Cell]] = [[] for _ in range(height)]
        if self.margin:
            rows[0].append(Cell(self.table.corner, self.margin, height, "col"))
        for label in self.labels:
            self._spread(label, rows, 0, title)
        return rows

    def body(self) -> Iterator[list[Cell]]:
        if not self.margin:
            cells = ((leaf, column) for row in self.rows for leaf in row.leaves() for column in self.leaves)
            yield [self._figure(*cell, above) for cell, above in zip(cells, self.above, strict=True)]
            return
        for row in self.rows:
            yield from self._row(row, [], 0)

    def titled(self, width: int) -> list[list[Cell]]:
        """The table as one body of a wider one: its title, its head and its rows, the last cells stretched."""
        title = Cell(self.table.title, width, 1, "colgroup", next(self.ids))
        rows = [*self.head(title.id), *self.body()]
        for row in rows:
            row[-1].colspan += width - self.width
        return [[title], *rows]

    def _row(self, row: Line, before: list[Cell], depth: int, beside: str = "") -> Iterator[list[Cell]]:
        if not row.below:
            label = Cell(row.branch.label, self.margin - depth, 1, "row", next(self.ids))
            columns = zip(self.leaves, self.above, strict=True)
            yield [*before, label, *(self._figure(row, column, f"{above} {beside}{label.id}") for column, above in columns)]
            return
        group = Cell(row.branch.label, 1, len(row.leaves()), "rowgroup", next(self.ids))
        before = [*before, group]
        for child in row.below:
            yield from self._row(child, before, depth + 1, f"{beside}{group.id} ")
            before = []

    def _figure(self, row: Line, column: Line, headers: str) -> Cell:
        return Cell(self.print_figure(self.grid.path(row, column)), headers=headers)

    def _spread(self, label: _Label, rows: list[list[Cell]], level: int, above: str) -> None:
        """A label's cell in the head, and those below it."""
        span = 1 if label.below else len(rows) - level
        cell = Cell(label.text, label.width, span, "colgroup" if label.below else "col", next(self.ids))
        rows[level].append(cell)
        over = f"{above} {cell.id}".lstrip()
        if not label.below:
            self.above.append(over)
        for child in label.below:
            self._spread(child, rows, level + 1, over)


def _label(line: Line, under: list[_Label] | None = None) -> _Label:
    return _Label(line.branch.label, [_label(child, under) for child in line.below] or under or [])
