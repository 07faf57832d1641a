"""Figures that are run together without separators, cut where the equations of a table leave one solution."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from nianbao.tables import Grid, Line

Vector = tuple[int, ...]
LONGEST = 9  # digits of a figure
STEPS = 60_000  # of looking for combinations of rows, and for cuts of all of them: what needs more is not read
MOST = 20_000  # of them for cuts of one row


class Patience:
    """How many steps are left for the rows of one table."""

    def __init__(self) -> None:
        self.steps = STEPS

    def step(self) -> None:
        """Raises GaveUp where it was the last one."""
        self.steps -= 1
        if self.steps < 0:
            raise GaveUp


class GaveUp(Exception):
    """Too many possibilities."""


def weights(grid: Grid, leaves: Sequence[Line]) -> list[Vector]:
    """The equations that hold between these rows or columns: with these factors their figures add up to 0."""
    made = []
    for _, left, right in grid.equations:
        ends = [[end for line in side for end in _ends(line)] for side in (left, right)]
        if all(end in leaves for side in ends for end in side):
            made.append(tuple(ends[0].count(leaf) - ends[1].count(leaf) for leaf in leaves))
    return made


def _ends(line: Line) -> Iterator[Line]:
    if not line.below:
        yield line
    for child in line.addends or () if line.below else ():
        yield from _ends(child)


def cuts(texts: Sequence[str], count: int, equations: Sequence[Vector] = (), patience: Patience | None = None) -> list[Vector]:
    """Every way in which digits are ``count`` figures that fit the equations. A figure lies within one of ``texts``.

    Raises GaveUp where there are too many.
    """
    if len(texts) > count or sum(map(len, texts)) > count * LONGEST or not all(re.fullmatch(r"[0-9]+", text) for text in texts):
        return []
    whole = "".join(texts)
    ends, position = [], 0
    for text in texts:
        ends += [position + len(text)] * len(text)
        position += len(text)
    last = {equation: max(number for number, factor in enumerate(equation) if factor) for equation in equations}
    due = [[equation for equation in equations if last[equation] == number] for number in range(count)]
    found: list[Vector] = []
    patience = patience or Patience()
    least = patience.steps - MOST

    def cut(start: int, figures: Vector) -> None:
        patience.step()
        if patience.steps < least:
            raise GaveUp
        number = len(figures)
        if number == count:
            if start == len(whole):
                found.append(figures)
            return
        if len(whole) - start < count - number:
            return
        for value, end in _next(whole, start, ends, [_wanted(equation, figures) for equation in due[number]]):
            cut(end, (*figures, value))

    cut(0, ())
    return found


def _wanted(equation: Vector, figures: Vector) -> int | None:
    """The figure that the last place of an equation must have; -1 where none can."""
    rest = -sum(factor * figure for factor, figure in zip(equation, figures, strict=False))
    value, left = divmod(rest, equation[len(figures)])
    return -1 if left else value


def _next(whole: str, start: int, ends: Sequence[int], wanted: Sequence[int | None]) -> Iterator[tuple[int, int]]:
    """The figures that can begin at a place, each with its end."""
    if start == len(whole):
        return
    if wanted:
        text = str(wanted[0])
        end = start + len(text)
        if whole.startswith(text, start) and end <= ends[start] and len(set(wanted)) == 1:
            yield int(text), end
        return
    longest = 1 if whole[start] == "0" else LONGEST
    for end in range(start + 1, min(start + longest, ends[start]) + 1):
        yield int(whole[start:end]), end


def combine(choices: Sequence[Sequence[Vector]], equations: Sequence[Vector]) -> list[list[Vector]]:
    """Of the choices of each row those that belong to some solution of the equations between rows; all empty where there is none.

    Raises GaveUp where there are too many combinations.
    """
    width = len(choices[0][0])
    order = sorted(range(len(choices)), key=lambda row: min((sum(map(bool, each)) for each in equations if each[row]), default=0))
    steps = [[_added(vector, row, equations) for vector in choices[row]] for row in order]
    low, high = _bounds(steps, width * len(equations))
    layers = [{(0,) * (width * len(equations))}]
    work = 0
    for number, step in enumerate(steps):
        after = set()
        for state in layers[-1]:
            for change in step:
                work += 1
                if work > STEPS:
                    raise GaveUp
                reached = tuple(map(sum, zip(state, change, strict=True)))
                if all(a <= -value <= b for value, a, b in zip(reached, low[number + 1], high[number + 1], strict=True)):
                    after.add(reached)
        layers.append(after)
    good = layers[-1]
    usable: list[list[Vector]] = [[] for _ in choices]
    for number in reversed(range(len(steps))):
        before = set()
        row = order[number]
        for vector, change in zip(choices[row], steps[number], strict=True):
            from_here = {tuple(a - b for a, b in zip(state, change, strict=True)) for state in good} & layers[number]
            if from_here:
                usable[row].append(vector)
            before |= from_here
        good = before
    return usable


def _added(vector: Vector, row: int, equations: Sequence[Vector]) -> Vector:
    return tuple(equation[row] * figure for equation in equations for figure in vector)


def _bounds(steps: Sequence[Sequence[Vector]], size: int) -> tuple[list[Vector], list[Vector]]:
    """The least and the most that the steps from each one on can add."""
    low, high = [(0,) * size], [(0,) * size]
    for step in reversed(steps):
        low.append(tuple(a + min(b) for a, b in zip(low[-1], zip(*step, strict=True), strict=True)))
        high.append(tuple(a + max(b) for a, b in zip(high[-1], zip(*step, strict=True), strict=True)))
    return low[::-1], high[::-1]


def agreed(choices: Sequence[Vector], width: int) -> tuple[int | None, ...]:
    """The figures in which all choices agree, None where they do not."""
    columns = zip(*choices, strict=True) if choices else ([] for _ in range(width))
    return tuple(column[0] if len(set(column)) == 1 else None for column in map(list, columns))
