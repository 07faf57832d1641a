"""Tables as a file has them: the standard's own drawing with figures in it, and what the way into a file does to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from random import Random

from markupsafe import Markup

from nianbao import Standard
from nianbao.drawing import draw
from nianbao.plugins import standard
from nianbao_reader.blocks import Field, Table

FILE = "luhe.docx"
Cells = list[list[Field | None]]
Harm = Callable[[Random, Cells, "Drawn"], list[Cells]]


@cache
def notice(name: str) -> Standard:
    return standard(name, Path())


class Drawn:
    """A drawn table: its cells, how many rows of labels it begins with, which cells are figures."""

    def __init__(self, notice: Standard, section: str, figures: Mapping[str, object]) -> None:
        drawing = draw(notice.nodes[section], notice.grids[section], Markup)
        rows = [*drawing.head, *(row for body in drawing.bodies for row in body)]
        self.head = len(drawing.head)
        self.paths: dict[int, str] = {}
        places: dict[tuple[int, int], Field] = {}
        for number, row in enumerate(rows):
            column = 0
            for cell in row:
                while (number, column) in places:
                    column += 1
                text = str(cell.html) if cell.scope else str(figures[str(cell.html)])
                field = Field(text, f"{FILE}:表1 第{number + 1}行第{column + 1}格")
                if not cell.scope:
                    self.paths[id(field)] = str(cell.html)
                for down in range(cell.rowspan):
                    places |= {(number + down, column + right): field for right in range(cell.colspan)}
        width = 1 + max(column for _, column in places)
        self.cells: Cells = [[places.get((row, column)) for column in range(width)] for row in range(len(rows))]
        self.fields = list(places.values())  # kept, so that no other gets the id of one

    def is_figure(self, cell: Field | None) -> bool:
        return id(cell) in self.paths

    def new(self, cell: Field, text: str) -> Field:
        """The cell with another text."""
        made = Field(text, cell.place)
        self.fields.append(made)
        if self.is_figure(cell):
            self.paths[id(made)] = self.paths[id(cell)]
        return made

    def each(self, cells: Cells, change: Callable[[Field], Field]) -> Cells:
        """The cells with each changed, one that spans several places once."""
        made = {id(cell): change(cell) for row in cells for cell in row if cell}
        return [[made[id(cell)] if cell else None for cell in row] for row in cells]


def table(cells: Cells) -> Table:
    width = max((len(row) for row in cells), default=0)
    return Table(tuple((*row, *[None] * (width - len(row))) for row in cells), f"{FILE}:表1")


def once(row: list[Field | None]) -> list[Field | None]:
    """A row without spans: each of its cells once."""
    return [cell for number, cell in enumerate(row) if number == 0 or cell is not row[number - 1]]


def packed(chance: Random, cells: Cells, drawn: Drawn) -> list[Cells]:
    """Spans are lost: cells move to the left, and a label over several rows stands in the first."""
    seen: set[int] = set()
    made: Cells = []
    for row in cells:
        kept = [cell for cell in once(row) if cell is None or id(cell) not in seen]
        seen |= {id(cell) for cell in kept if cell}
        made.append(kept)
    return [made]


def stretched(chance: Random, cells: Cells, drawn: Drawn) -> list[Cells]:
    """A cell that spans several places stands in the first of them, blanks in the others."""
    seen: set[int] = set()
    made: Cells = []
    for row in cells:
        made.append([cell if cell is None or id(cell) not in seen and not seen.add(id(cell)) else Field("") for cell in row])
    return [made]


def headless(chance: Random, cells: Cells, drawn: Drawn) -> list[Cells]:
    """Rows of labels are lost."""
    return [[row for row in cells if any(map(drawn.is_figure, row)) or chance.random() < 0.3]]


def split(chance: Random, cells: Cells, drawn: Drawn) -> list[Cells]:
    """A table over pages, the head repeated or not."""
    if len(cells) - drawn.head < 3:
        return [cells]
    at = chance.randint(drawn.head + 1, len(cells) - 1)
    head = cells[: drawn.head] if chance.random() < 0.5 else []
    return [cells[:at], [*head, *cells[at:]]]


def nameless(chance: Random, cells: Cells, drawn: Drawn) -> list[Cells]:
    """Labels of some rows are lost."""
    lost = {number for number, row in enumerate(cells) if any(map(drawn.is_figure, row)) and chance.random() < 0.3}
    return [
        [
            [cell if cell is None or number not in lost or drawn.is_figure(cell) else Field("") for cell in row]
            for number, row in enumerate(cells)
        ]
    ]


def worn(chance: Random, cells: Cells, drawn: Drawn) -> list[Cells]:
    """Letters of labels are lost, and others broken over lines."""

    def wear(cell: Field) -> Field:
        if drawn.is_figure(cell) or len(cell.text) < 3 or chance.random() < 0.6:
            return cell
        at = chance.randrange(len(cell.text))
        return drawn.new(cell, cell.text[:at] + chance.choice(["", "\n", " "]) + cell.text[at + chance.choice([0, 1]) :])

    return [drawn.each(cells, wear)]


def written(chance: Random, cells: Cells, drawn: Drawn) -> list[Cells]:
    """Figures as people write them."""

    def write(cell: Field) -> Field:
        text = cell.text
        if not drawn.is_figure(cell) or chance.random() < 0.7 or not text.isdigit():
            return cell
        wide = text.translate({ord("0") + digit: ord("０") + digit for digit in range(10)})
        signs = ["-", "/", "无", "—", "\xa0"] if text == "0" else [f"{int(text):,}", wide, f" {text}\n", f"{text}（其中新增1件）"]
        return drawn.new(cell, chance.choice(signs))

    return [drawn.each(cells, write)]


def added(chance: Random, cells: Cells, drawn: Drawn) -> list[Cells]:
    """A row or a column of a local template."""
    if chance.random() < 0.5:
        width = max(map(len, cells), default=1)
        row: list[Field | None] = [Field("其中：网络申请"), *(Field(str(chance.randint(0, 9))) for _ in range(width - 1))]
        at = chance.randint(min(drawn.head, len(cells)), len(cells))
        return [[*cells[:at], row, *cells[at:]]]
    right = chance.random() < 0.5
    made = []
    for row in cells:
        is_body = any(map(drawn.is_figure, row))
        new = [Field(str(chance.randint(0, 9)) if is_body else "备注")]
        made.append([*row, *new] if right else [*new, *row])
    return [made]


def lost(chance: Random, cells: Cells, drawn: Drawn) -> list[Cells]:
    """A row is lost, or one cell of a row, and what stands right of it moves."""
    rows = [number for number, row in enumerate(cells) if any(map(drawn.is_figure, row))]
    if not rows:
        return [cells]
    at = chance.choice(rows)
    if chance.random() < 0.5:
        return [[row for number, row in enumerate(cells) if number != at]]
    column = chance.randrange(max(len(cells[at]), 1))
    short = [cell for number, cell in enumerate(cells[at]) if number != column]
    return [[*cells[:at], short, *cells[at + 1 :]]]


def turned(chance: Random, cells: Cells, drawn: Drawn) -> list[Cells]:
    """Rows for columns."""
    width = max(map(len, cells), default=0)
    full = [[*row, *[None] * (width - len(row))] for row in cells]
    return [[list(column) for column in zip(*full, strict=True)]]


def twice(chance: Random, cells: Cells, drawn: Drawn) -> list[Cells]:
    """The table stands twice."""
    return [cells, cells]


def repeated(chance: Random, cells: Cells, drawn: Drawn) -> list[Cells]:
    """A label over several rows stands in each of them by itself; a label of several columns in each."""
    return [[[cell if cell is None or drawn.is_figure(cell) else Field(cell.text, cell.place) for cell in row] for row in cells]]


def glued(chance: Random, cells: Cells, drawn: Drawn) -> list[Cells]:
    """All labels of a row stand in one cell."""
    made: Cells = []
    for row in cells:
        labels = [cell for cell in once(row) if cell and not drawn.is_figure(cell)]
        figures = [cell for cell in row if drawn.is_figure(cell)]
        made.append([Field("".join(cell.text for cell in labels)), *figures] if figures and labels else row)
    return [made]


def broken(chance: Random, cells: Cells, drawn: Drawn) -> list[Cells]:
    """A row is printed as several: letters of its labels above and below its figures."""
    made: Cells = []
    for row in cells:
        label = next((cell for cell in reversed(row) if cell and not drawn.is_figure(cell)), None)
        is_body = any(map(drawn.is_figure, row))
        if not label or not is_body or len(label.text) < 8 or chance.random() < 0.7:
            made.append(row)
            continue
        at = chance.randint(2, len(label.text) - 2)
        parts = [Field(label.text[:at]), Field(label.text[at:])]
        other = [Field("") if drawn.is_figure(cell) else cell for cell in row]
        whole, empty = row, other
        if chance.random() < 0.5:
            made.append([parts[0] if cell is label else cell for cell in empty])
            made.append([parts[1] if cell is label else cell for cell in whole])
        else:
            made.append([parts[0] if cell is label else cell for cell in whole])
            made.append([parts[1] if cell is label else cell for cell in empty])
    return [made]


def swapped(chance: Random, cells: Cells, drawn: Drawn) -> list[Cells]:
    """Two columns stand in each other's place, or two rows."""
    rows = [number for number, row in enumerate(cells) if any(map(drawn.is_figure, row))]
    if not rows:
        return [cells]
    if chance.random() < 0.5 and len(rows) > 1:
        one, other = chance.sample(rows, 2)
        order = list(range(len(cells)))
        order[one], order[other] = other, one
        return [[cells[number] for number in order]]
    width = min(map(len, cells))
    figures = [column for column in range(width) if all(drawn.is_figure(cells[row][column]) for row in rows)]
    if len(figures) < 2:
        return [cells]
    one, other = chance.sample(figures, 2)
    columns = list(range(width))
    columns[one], columns[other] = other, one
    return [[[*(row[column] for column in columns), *row[width:]] for row in cells]]


HARMS: tuple[Harm, ...] = (
    packed,
    stretched,
    headless,
    split,
    nameless,
    worn,
    written,
    added,
    lost,
    turned,
    twice,
    repeated,
    glued,
    broken,
    swapped,
)
