"""The straight lines of a page: however each was drawn, stroked or as a thin filled shape; pieces of one line put together."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

THIN = 3.0  # points; what is thinner is a line
SNAP = 4.0  # points; lines nearer than that are one: the two of a double border, the borders of neighbouring cells
SHORTEST = 5.0  # points; less is a corner or a tick
FAR = 20_000.0  # points; no sheet of paper is that large

Point = tuple[float, float]


class Ruling(NamedTuple):
    """A straight line, upright or level: ``at`` which x or y it is, and from where to where it goes."""

    upright: bool
    at: float
    start: float
    end: float

    def turned(self, quarters: int) -> Ruling:
        """As it lies once the paper is turned so many quarters to the right."""
        ends = [(self.at, self.start), (self.at, self.end)] if self.upright else [(self.start, self.at), (self.end, self.at)]
        (left, low), (right, high) = sorted(turned(*end, quarters) for end in ends)
        if self.upright == bool(quarters % 2):
            return Ruling(False, low, left, right)
        return Ruling(True, left, low, high)


def turned(x: float, y: float, quarters: int) -> Point:
    """Where a point comes to lie when the paper is turned to the right."""
    return ((x, y), (y, -x), (-x, -y), (-y, x))[quarters % 4]


def drawn(points: Sequence[Point], filled: bool, stroked: bool) -> Iterator[Ruling]:
    """The rulings that an outline gives: each stroked side, and a filled shape that is thin."""
    if any(not math.isfinite(value) or abs(value) > FAR for point in points for value in point):
        return
    if stroked:
        for (x, y), (to_x, to_y) in pairwise(points):
            yield from _thin(min(x, to_x), min(y, to_y), max(x, to_x), max(y, to_y), 1)
    elif filled:
        xs, ys = [x for x, _ in points], [y for _, y in points]
        yield from _thin(min(xs), min(ys), max(xs), max(ys), THIN)


def _thin(left: float, low: float, right: float, high: float, thin: float) -> Iterator[Ruling]:
    wide, tall = right - left, high - low
    if wide <= thin and tall > wide:
        yield Ruling(True, (left + right) / 2, low, high)
    elif tall <= thin and wide > tall:
        yield Ruling(False, (low + high) / 2, left, right)


def joined(rulings: Sequence[Ruling]) -> list[Ruling]:
    """The lines that one sees: pieces on one line that touch or nearly do are one piece, at one place."""
    lines: list[Ruling] = []
    for upright in (True, False):
        for group in _aligned(sorted((each for each in rulings if each.upright == upright), key=lambda each: each.at)):
            place = sum(each.at for each in group) / len(group)
            for start, end in _runs(group):
                if end - start >= SHORTEST:
                    lines.append(Ruling(upright, place, start, end))
    return lines


def _aligned(rulings: Sequence[Ruling]) -> Iterator[list[Ruling]]:
    group: list[Ruling] = []
    for ruling in rulings:
        if group and ruling.at - group[0].at > SNAP:
            yield group
            group = []
        group.append(ruling)
    if group:
        yield group


def _runs(group: Sequence[Ruling]) -> Iterator[tuple[float, float]]:
    start, end = math.inf, -math.inf
    for ruling in sorted(group, key=lambda each: each.start):
        if ruling.start > end + SNAP:
            if end > start:
                yield start, end
            start = ruling.start
        end = max(end, ruling.end)
    if end > start:
        yield start, end
