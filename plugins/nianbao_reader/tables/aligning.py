"""Which figures of a table that stands as text belong to which of its rows: by their labels and by their order, if both agree."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from nianbao.tables import Grid, Line
from nianbao_reader.tables.pieces import Token
from nianbao_reader.tables.words import leaves

MOST = 1500  # labels among which those of the rows are looked for


@dataclass(frozen=True)
class Slot:
    """The figures of one row, or of several whose figures run on without a border."""

    rows: tuple[Line, ...]
    tokens: tuple[Token, ...]


@dataclass(frozen=True)
class Aligned:
    """``slots`` by rows, and of which tokens (first, behind the last) the table is made."""

    slots: tuple[Slot, ...] = ()
    start: int = 0
    end: int = 0


def align(grid: Grid, tokens: Sequence[Token], every_row: frozenset[Line]) -> Aligned:
    """The figures of each row of a table; rows for which no figure is certain are missing. ``every_row``: those of the section."""
    rows, width = leaves(grid, columns=False), len(leaves(grid, columns=True))
    chain = _chain(rows, tokens)
    if not chain:
        return Aligned()
    start = min(chain.values())
    if grid.table.shape == "line":
        return _line(rows, width, chain, tokens)
    end = _end(chain, tokens, several=len(every_row) > len(rows))
    if len(rows) > 2 and len(chain) * 2 > len(rows) and (found := _in_order(rows, width, chain, tokens, end)):
        return Aligned(tuple(found), start, end)
    if _leads(start, tokens, every_row) and (led := _led(grid, rows, width, chain, tokens, end)) is not None:
        return Aligned(tuple(led), start, end)
    return Aligned(tuple(_printed(rows, width, chain, tokens, start, end)), start, end)


def _chain(rows: Sequence[Line], tokens: Sequence[Token]) -> dict[Line, int]:
    """Where the labels of rows stand: the longest run of them in the order of the standard; of equal ones the last."""
    index = {row: number for number, row in enumerate(rows)}
    hits = [(at, index[line]) for at, token in enumerate(tokens) for line in token.lines or () if line in index]
    if len(hits) > MOST:
        return {}
    best: list[tuple[int, int, int]] = []  # length, start, and the hit before
    for number, (at, row) in enumerate(hits):
        before = [(best[k][0] + 1, best[k][1], k) for k in range(number) if hits[k][1] < row and hits[k][0] < at]
        best.append(max(before, default=(1, at, -1)))
    if not best:
        return {}
    last = max(range(len(best)), key=lambda number: best[number][:2])
    found = []
    while last >= 0:
        found.append(hits[last])
        last = best[last][2]
    return {rows[row]: at for at, row in reversed(found)}


def _end(chain: dict[Line, int], tokens: Sequence[Token], *, several: bool) -> int:
    """Behind the last figure of the table. One of several ends where another label stands behind its figures."""
    end = last = max(chain.values())
    for at in range(last + 1, len(tokens)):
        if tokens[at].lines is None:
            end = at
        elif several and end > last:
            break
    return end + 1


def _in_order(
    rows: Sequence[Line], width: int, chain: dict[Line, int], tokens: Sequence[Token], end: int
) -> list[Slot] | None:
    """Every figure of the table stands there, no more: their order says which is which, if no label contradicts it."""
    numbers = [at for at in range(min(chain.values()), end) if tokens[at].lines is None]
    if len(numbers) > len(rows) * width:
        numbers = [at for at in numbers if not tokens[at].soft]
    if len(numbers) != len(rows) * width:
        return None
    figures = [tokens[at] for at in numbers]
    groups = [tuple(figures[number : number + width]) for number in range(0, len(figures), width)]
    counted = {rows.index(row): sum(number < at for number in numbers) for row, at in chain.items()}
    if any(count != row * width for row, count in counted.items()):
        printed = [{each.piece.row for each in group} for group in groups]
        apart = all(len(row) == 1 for row in printed) and len(set[int]().union(*printed)) == len(groups)
        near = all(count % width == 0 and abs(count // width - row) <= 1 for row, count in counted.items())
        if not (apart and near):
            return None
    return [Slot((row,), group) for row, group in zip(rows, groups, strict=True)]


def _leads(start: int, tokens: Sequence[Token], every_row: frozenset[Line]) -> bool:
    """Whether no figure stands before the first label that could be its own: one before it is that of another row."""
    at = start - 1
    while at >= 0 and tokens[at].lines is None:
        at -= 1
    return at == start - 1 or at >= 0 and any(line in every_row for line in tokens[at].lines or ())


def _led(
    grid: Grid, rows: Sequence[Line], width: int, chain: dict[Line, int], tokens: Sequence[Token], end: int
) -> list[Slot] | None:
    """Labels that stand before their figures: each row has what follows its label. None where they do not."""
    slots = []
    places = [*chain.items(), (None, end)]
    for (row, at), (following, until) in itertools.pairwise(places):
        assert row is not None
        few = rows[rows.index(row) : rows.index(following) if following else len(rows)]
        figures = _behind(grid, at, until, tokens)
        if following is None:
            figures = _first_printed(figures, width)
        while len(figures) > width and figures[-1].soft and len(few) == 1:
            figures.pop()
        all_of_them = [each for each in tokens[at + 1 : until] if each.lines is None and each.text]
        if len(figures) >= width * (len(few) + 1) or not all_of_them and following is None:
            return None  # labels float: what stands behind one may be another's
        if len(few) == 1 or len(figures) == width * len(few):
            slots += [Slot((one,), tuple(figures[k * width : (k + 1) * width] if len(few) > 1 else figures)) for k, one in enumerate(few)]
    return slots


def _behind(grid: Grid, at: int, until: int, tokens: Sequence[Token]) -> list[Token]:
    """The figures behind a label, up to the next label of any kind. None where a column's label tells them apart."""
    figures: list[Token] = []
    for token in tokens[at + 1 : until]:
        if token.lines is None:
            figures.append(token)
        elif figures:
            break
        elif any(line in grid.columns for line in token.lines):
            return []
    return figures


def _first_printed(figures: list[Token], width: int) -> list[Token]:
    """Those in the first printed row, where they are as many as belong there: what stands below them is none of the table's."""
    first = [each for each in figures if each.piece.row == figures[0].piece.row]
    return first if len(first) == width else figures


def _printed(
    rows: Sequence[Line], width: int, chain: dict[Line, int], tokens: Sequence[Token], start: int, end: int
) -> list[Slot]:
    """Rows whose label and figures stand in one printed row, and those between two of them, if there are just as many."""
    printed: dict[int, list[int]] = defaultdict(list)
    for at in range(start, end):
        printed[tokens[at].piece.row].append(at)
    firm: list[tuple[int, int, int]] = [(-1, start - 1, start)]
    for row, at in chain.items():
        line = printed[tokens[at].piece.row]
        figures = [each for each in line if tokens[each].lines is None]
        alone = [each for each in line if each in chain.values()] == [at]
        if alone and len(figures) == width and min(figures) > at:
            firm.append((rows.index(row), min(figures), max(figures) + 1))
    firm.append((len(rows), end, end))
    slots = []
    for (before, _, left), (row, first, after) in itertools.pairwise(firm):
        figures = [tokens[at] for at in range(left, first) if tokens[at].lines is None]
        groups = [tuple(group) for _, group in itertools.groupby(figures, key=lambda each: each.piece.row)]
        if len(groups) == row - before - 1 and all(len(group) == width for group in groups):
            slots += [Slot((rows[before + 1 + number],), group) for number, group in enumerate(groups)]
        if row < len(rows):
            slots.append(Slot((rows[row],), tuple(tokens[at] for at in range(first, after) if tokens[at].lines is None)))
    return slots


def _line(rows: Sequence[Line], width: int, chain: dict[Line, int], tokens: Sequence[Token]) -> Aligned:
    """A table in one line: its figures behind all its labels, or those of each row behind the row's label."""
    numbers = [at for at, token in enumerate(tokens) if token.lines is None]
    start, count = min(chain.values()), width * len(rows)
    if not numbers or len(chain) < 2 or numbers[0] < start:
        return Aligned()
    figures = _first_printed([tokens[at] for at in numbers], count)
    end = numbers[len(figures) - 1] + 1
    counted = {rows.index(row) * width: sum(number < at for number in numbers) for row, at in chain.items()}
    borders = {sum(number < at for number in numbers) for at in range(numbers[0], end) if tokens[at].lines is not None}
    parts = [Slot((row,), tuple(figures[k * width : (k + 1) * width])) for k, row in enumerate(rows)]
    if not borders:
        return Aligned(tuple(parts) if len(figures) == count else (Slot(tuple(rows), tuple(figures)),), start, end)
    told_apart = len(chain) == len(rows) and all(place == found for place, found in counted.items())
    if len(figures) == count and told_apart and borders <= set(counted):
        return Aligned(tuple(parts), start, end)
    return Aligned((), start, end)
