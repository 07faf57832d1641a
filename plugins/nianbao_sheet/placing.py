"""The drawing of a section's tables, laid on the cells of a sheet; the same drawing as the printed report's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markupsafe import Markup

from nianbao import Standard
from nianbao.drawing import Drawing, draw
from nianbao.tables import Identity
from nianbao_sheet.book import At


@dataclass(frozen=True)
class Placed:
    """A cell of a drawing at its place: a label (of a row where ``is_row``), or else the ``path`` of a figure; what it spans."""

    at: At
    rows: int
    columns: int
    label: str
    path: str
    is_row: bool


@dataclass(eq=False)
class Plan:
    """A section's tables on a sheet: its ``head`` rows where they are one table, the place of each figure by its path.

    What is written besides goes to ``bottom`` and to ``right`` of them.
    """

    standard: Standard
    section: str
    caption: str
    widths: list[float]
    head: range
    placed: list[Placed]

    def __post_init__(self) -> None:
        self.at = {one.path: one.at for one in self.placed if one.path}
        self.top = self.head.start
        self.bottom = 1 + max(one.at.row for one in self.placed)
        self.right = len(self.widths)

    def cells(self, path: str) -> list[At]:
        """The drawn cells that make up a figure: its own, else those that it is the sum of."""
        if path in self.at:
            return [self.at[path]]
        return self.addends(path)

    def addends(self, path: str) -> list[At]:
        """The drawn cells that a figure is the sum of."""
        return [at for addend in self.standard.nodes[path].addends or () for at in self.cells(addend)]

    def identities(self) -> list[Identity]:
        """The equations of the section, each for every row or column."""
        return [known for known in self.standard.identities if known.left[0].split(".")[0] == self.section]

    def equation(self, identity: Identity) -> str:
        """An equation in words."""
        tables = (grid.table.equations for grid in self.standard.grids[self.section])
        return next(text for known in tables for title, text in known.items() if title.partition(" ")[0] == identity.code)

    def sides(self, identity: Identity) -> tuple[list[At], list[At]]:
        """The drawn cells of both sides of an equation."""
        left, right = ([at for path in side for at in self.cells(path)] for side in (identity.left, identity.right))
        return left, right


def plan(standard: Standard, section: str, top: int) -> Plan:
    """Where everything of a section's tables stands, from a row of the sheet down."""
    drawing = draw(standard.nodes[section], standard.grids[section], Markup)  # where a figure is printed stands its path
    head = range(top, top + len(drawing.head))
    return Plan(standard, section, drawing.caption, drawing.widths, head, list(_placed(drawing, top)))


def _placed(drawing: Drawing, top: int) -> Iterator[Placed]:
    taken: set[At] = set()
    rows = [*drawing.head, *(row for body in drawing.bodies for row in body)]
    for number, row in enumerate(rows, top):
        column = 0
        for cell in row:
            while At(number, column) in taken:
                column += 1
            taken |= {At(number + down, column + right) for down in range(cell.rowspan) for right in range(cell.colspan)}
            label, path = (str(cell.html), "") if cell.scope else ("", str(cell.html))
            yield Placed(At(number, column), cell.rowspan, cell.colspan, label, path, cell.scope == "row")


def summed(cells: Iterable[At]) -> str:
    """Cells as a SUM of as few ranges as they make: ``SUM($D$7:$D$9,$D$12)``."""
    ordered = sorted(set(cells), key=lambda at: (at.column, at.row))
    is_row = len({at.row for at in ordered}) == 1
    runs: list[list[At]] = []
    for at in ordered:
        before = At(at.row, at.column - 1) if is_row else At(at.row - 1, at.column)
        if runs and runs[-1][-1] == before:
            runs[-1].append(at)
        else:
            runs.append([at])
    return f"SUM({','.join(':'.join(dict.fromkeys(map(fixed, (run[0], run[-1])))) for run in runs)})"


def fixed(at: At) -> str:
    """A cell's address that stays when it is copied: ``$D$7``."""
    return f"${str(at).rstrip('0123456789')}${at.row + 1}"
