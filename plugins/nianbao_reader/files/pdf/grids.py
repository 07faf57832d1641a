"""Rulings that cross are a table: its rows and columns, and which places of them are one cell."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nianbao_reader.files.pdf.rulings import SNAP, Ruling, joined

MOST_CROSSINGS = 100_000  # of a page's rulings; more are a drawing
MOST_PLACES = 10_000  # of a table

Walls = list[list[tuple[float, float]]]


@dataclass(frozen=True)
class Grid:
    """A table: where its columns and rows begin and end, and for each place, rows from the top, the number of its cell."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[tuple[int, ...], ...]

    def cell(self, x: float, y: float) -> int | None:
        """In which cell a point is, None where it is in none."""
        column, row = bisect(self.xs, x) - 1, bisect(self.ys, y) - 1
        if not (0 <= column < len(self.xs) - 1 and 0 <= row < len(self.ys) - 1):
            return None
        return self.cells[len(self.ys) - 2 - row][column]


def grids(rulings: Sequence[Ruling]) -> list[Grid]:
    """The tables that rulings make, from the top down. A frame is none, with lines across neither."""
    found = [grid for lines in _crossing(joined(rulings)) if (grid := _grid(lines))]
    return sorted(found, key=lambda grid: -grid.ys[-1])


def _crossing(lines: Sequence[Ruling]) -> Iterator[list[Ruling]]:
    """The lines that hang together."""
    upright = [line for line in lines if line.upright]
    level = [line for line in lines if not line.upright]
    if len(upright) * len(level) > MOST_CROSSINGS:
        return
    sets = _Sets(len(lines))
    for at, one in enumerate(upright):
        for behind, other in enumerate(level, len(upright)):
            if _within(one.at, other) and _within(other.at, one):
                sets.unite(at, behind)
    together: dict[int, list[Ruling]] = {}
    for at, line in enumerate([*upright, *level]):
        together.setdefault(sets.of(at), []).append(line)
    yield from (lines for lines in together.values() if len({line.upright for line in lines}) == 2)


def _within(place: float, line: Ruling) -> bool:
    return line.start - SNAP <= place <= line.end + SNAP


def _grid(lines: Sequence[Ruling]) -> Grid | None:
    xs, across = _axis(lines, upright=True)
    ys, along = _axis(lines, upright=False)
    columns, rows = len(xs) - 1, len(ys) - 1
    if columns < 2 or rows < 1 or columns * rows > MOST_PLACES:
        return None
    sets = _Sets(columns * rows)
    for row in range(rows):
        for column in range(columns):
            here = row * columns + column
            if column + 1 < columns and not _walled(across[column + 1], ys[row], ys[row + 1]):
                sets.unite(here, here + 1)
            if row + 1 < rows and not _walled(along[row + 1], xs[column], xs[column + 1]):
                sets.unite(here, here + columns)
    numbers: dict[int, int] = {}
    cells = [
        [numbers.setdefault(sets.of(row * columns + column), len(numbers)) for column in range(columns)] for row in range(rows)
    ]
    return Grid(tuple(xs), tuple(ys), tuple(map(tuple, reversed(cells)))) if len(numbers) > 1 else None


def _axis(lines: Sequence[Ruling], upright: bool) -> tuple[list[float], Walls]:
    """Where the lines of one kind are, and from where to where; a side without a line is where the other kind ends."""
    walls: dict[float, list[tuple[float, float]]] = {}
    for line in lines:
        if line.upright == upright:
            walls.setdefault(line.at, []).append((line.start, line.end))
    others = [line for line in lines if line.upright != upright]
    for end in (min(line.start for line in others), max(line.end for line in others)):
        if not any(abs(end - place) <= 2 * SNAP for place in walls):
            walls[end] = []
    places = sorted(walls)
    return places, [walls[place] for place in places]


def _walled(wall: Sequence[tuple[float, float]], start: float, end: float) -> bool:
    """Whether there is a wall between two neighbours: along most of where they meet."""
    return sum(max(0.0, min(end, to) - max(start, at)) for at, to in wall) > (end - start) / 2


class _Sets:
    """Numbers, united to sets."""

    def __init__(self, count: int) -> None:
        self.parent = list(range(count))

    def of(self, one: int) -> int:
        while self.parent[one] != one:
            self.parent[one] = self.parent[self.parent[one]]
            one = self.parent[one]
        return one

    def unite(self, one: int, other: int) -> None:
        self.parent[self.of(other)] = self.of(one)
