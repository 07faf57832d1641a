"""A table: rows crossed with columns. Its cells, sums and identities, all from one declaration."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from dataclasses import field
from typing import Literal

from nianbao.errors import SettingError, StandardError
from nianbao.lean import dataclass
from nianbao.tree import TOTAL, Node, bare, names_of, normal


@dataclass(frozen=True)
class Branch:
    """A row or column of a table, or a group ``of`` them.

    A ``grouping`` adds nothing to the paths below it; a column that is a grouping of nothing has its figure in the row.
    """

    label: str
    aliases: tuple[str, ...] = ()
    grouping: bool = False
    article: str = ""
    unit: str = ""
    number: Literal["count", "amount", "signed", ""] = ""
    of: dict[str, Branch] = field(default_factory=dict)


@dataclass(frozen=True)
class Table:
    """Rows x columns, drawn as a ``grid`` or all in one ``line``; ``above`` is written over all columns.

    ``equations`` holds ``code name: left = right``, in the labels of rows or of columns. One name on the left of an
    equation is defined by it: such totals are computed, never typed.
    """

    rows: dict[str, Branch]
    columns: dict[str, Branch]
    title: str = ""
    corner: str = ""
    above: str = ""
    widths: tuple[int, ...] = ()
    shape: Literal["grid", "line"] = "grid"
    equations: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.rows or not self.columns:
            mend = ("写上 rows 和 columns。", "Give it rows and columns.")
            raise SettingError("表没有行或列", "the table has no rows or no columns", mend=mend)


@dataclass(frozen=True)
class Identity:
    """One equation for one row or column (``label``): both sides have equal sums.

    It ``defines`` the one total on its left where that is computed by it.
    """

    code: str
    name: str
    label: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    defines: bool


@dataclass(eq=False)
class Line:
    """One row or column with its place in the axis. ``addends`` is None where its figures are given."""

    key: str
    branch: Branch
    names: frozenset[str]
    parent: Line | None = None
    below: list[Line] = field(default_factory=list)
    addends: list[Line] | None = None

    @functools.cached_property
    def path(self) -> str:
        """The keys that lead here, groupings left out."""
        above = self.parent
        while above is not None and above.branch.grouping:
            above = above.parent
        return f"{above.path}.{self.key}" if above else self.key

    @property
    def depth(self) -> int:
        """Levels of labels, this one included."""
        return 1 + max((line.depth for line in self.below), default=0)

    def leaves(self) -> list[Line]:
        """The rows or columns at the end of this one."""
        return [leaf for line in self.below for leaf in line.leaves()] or [self]


def lines(branches: dict[str, Branch], parent: Line | None = None) -> list[Line]:
    """The top lines of an axis, each with those below it."""
    made = []
    for key, branch in branches.items():
        line = Line(key, branch, names_of(key, branch.label, branch.aliases), parent)
        line.below = lines(branch.of, line)
        made.append(line)
    return made


def every(top: list[Line]) -> Iterator[Line]:
    """All lines of an axis, parents first."""
    for line in top:
        yield line
        yield from every(line.below)


class Grid:
    """Rows crossed with columns: where each cell has its place, what it is the sum of, and what must be equal.

    Raises StandardError where an equation cannot be read.
    """

    def __init__(self, table: Table, section: str) -> None:
        self.table, self.section = table, section
        self.top_rows, self.top_columns = lines(table.rows), lines(table.columns)
        self.rows, self.columns = list(every(self.top_rows)), list(every(self.top_columns))
        self.equations = [self._bind(name, text) for name, text in table.equations.items()]
        self.defined: dict[Line, str] = {}
        for name, left, _ in self.equations:
            if len(left) == 1:
                self.defined.setdefault(left[0], name)
        for line in (*self.rows, *self.columns):
            if line.below:
                line.addends = [child for child in line.below if child not in self.defined]
        for name, left, right in self.equations:
            if self.defined.get(left[0]) == name:
                left[0].addends = right
        self._refuse_cycles()

    def stands_in_row(self, column: Line) -> bool:
        """Whether a column has no cell of its own: a row's name is its total, and its figure where there is one column."""
        return column in self.defined or column.branch.grouping and not column.below

    def path(self, row: Line, column: Line | None = None) -> str:
        """The path of a row, or of a cell."""
        path = f"{self.section}.{row.path}"
        return path if column is None or self.stands_in_row(column) else f"{path}.{column.path}"

    def paths(self) -> Iterator[str]:
        """The path of each cell that is drawn, in reading order."""
        leaves = [leaf for column in self.top_columns for leaf in column.leaves()]
        for row in (leaf for top in self.top_rows for leaf in top.leaves()):
            yield from (self.path(row, column) for column in leaves)

    def plant(self, section: Node, add: Callable[[Node, Node], None]) -> None:
        """Give the section a node for each row, cell, group and total."""
        nodes: dict[Line | None, Node] = {None: section}
        for row in self.rows:
            nodes[row] = self._row(row, nodes[row.parent], add)

    def _refuse_cycles(self) -> None:
        def depends(line: Line, above: tuple[Line, ...]) -> None:
            if line in above:
                line = next(known for known in (line, *reversed(above)) if known in self.defined)
                raise StandardError(f"“{line.branch.label}”的合计要用到它自己", f"the total “{line.branch.label}” is made of itself",
                                    place=getattr(self.table.equations.get(self.defined.get(line, ""), ""), "place", ""), mend=("改正等式。", "Correct the equation."))  # fmt: skip
            for addend in line.addends or ():
                depends(addend, (*above, line))

        for line in (*self.rows, *self.columns):
            depends(line, ())

    def _bind(self, name: str, text: str) -> tuple[str, list[Line], list[Line]]:
        """An equation's sides as rows, or as columns."""
        sides = [[normal(term) for term in side.split("+")] for side in text.split("=")]
        for axis in (self.rows, self.columns):
            named = {name: line for line in reversed(axis) for name in line.names}
            if len(sides) == 2 and all(term in named for side in sides for term in side):
                left, right = ([named[term] for term in side] for side in sides)
                return name, left, right
        raise StandardError(
            f"等式“{text}”里有表中没有的名称", f"the equation “{text}” names what the table does not have",
            place=getattr(text, "place", ""),
            mend=("等式里写各行或各列的名称：甲 + 乙 = 丙。", "Write labels of rows, or of columns: a + b = c."),
        )  # fmt: skip

    def _row(self, row: Line, parent: Node, add: Callable[[Node, Node], None]) -> Node:
        node = Node(self.path(row), row.key, row.branch.label, row.names, grouping=row.branch.grouping, tabular=True)
        node.article, node.unit = row.branch.article, row.branch.unit or parent.unit
        node.number, node.short, node.row = row.branch.number or "count", _short(row), node.path
        add(node, parent)
        cells: dict[Line | None, Node] = {None: node}
        for column in self.columns:
            if self.stands_in_row(column):
                node.own = TOTAL | column.names
                self._compute(node, row, column)
                continue
            cell = Node(self.path(row, column), column.key, column.branch.label, column.names, tabular=True)
            cell.article, cell.unit, cell.grouping = node.article, node.unit, column.branch.grouping
            cell.number, cell.short, cell.row = column.branch.number or node.number, _short(column), node.path
            add(cell, cells[column.parent])
            self._compute(cell, row, column)
            cells[column] = cell
        node.breakdown = tuple(self.path(line) for line in row.addends or () if line in row.below)
        return node

    def _compute(self, cell: Node, row: Line, column: Line) -> None:
        if column.addends is not None:
            cell.addends = tuple(self.path(row, addend) for addend in column.addends)
        elif row.addends is not None:
            cell.addends = tuple(self.path(addend, column) for addend in row.addends)
        else:
            cell.kind = "figure"

    def identities(self) -> list[Identity]:
        """Each equation, for each column where it is one of rows, for each row where it is one of columns."""
        found = []
        for title, left, right in self.equations:
            code, _, name = title.partition(" ")
            of_rows = left[0] in self.rows
            for across in self.columns if of_rows else self.rows:
                if across.below and of_rows:
                    continue
                sides = (
                    tuple(self.path(line, across) if of_rows else self.path(across, line) for line in side)
                    for side in (left, right)
                )
                name_and_label = (code, name or code, across.branch.label)
                found.append(Identity(*name_and_label, next(sides), next(sides), self.defined.get(left[0]) == title))
        return found


def _short(line: Line) -> str:
    return line.branch.aliases[0] if line.branch.aliases else bare(line.branch.label)
