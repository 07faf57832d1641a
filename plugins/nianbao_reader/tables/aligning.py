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
WILD = 4  # times as many figures as a table has: they are something else
SPARE = 3  # lines that a gap at the end of a row has more
FEW = 3  # rows from which on their order tells which is which


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
    rows = leaves(grid, columns=False)
    chain = _chain(rows, tokens)
    return _Labelled(grid, rows, tokens, chain, every_row).aligned() if chain else Aligned()


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


class _Labelled:
    """A table of which some labels of rows were found: ``chain`` says where."""

    def __init__(
        self, grid: Grid, rows: list[Line], tokens: Sequence[Token], chain: dict[Line, int], every_row: frozenset[Line]
    ) -> None:
        self.grid, self.rows, self.tokens, self.chain = grid, rows, tokens, chain
        self.width = len(leaves(grid, columns=True))
        self.every_row, self.told_apart = every_row, every_row.union(grid.columns)
        self.start = min(chain.values())
        self.by_gaps = any(token.gap for token in tokens)

    def aligned(self) -> Aligned:
        """By the order of figures where all are there, else by labels before them, else by what is printed in one row."""
        if self.grid.table.shape == "line":
            return self._line()
        end = self._end()
        slots = self._in_order(end)
        if slots is None and self._leads():
            slots = self._led(end)
        return Aligned(tuple(_alike(self._printed(end) if slots is None else slots)), self.start, end)

    def _end(self) -> int:
        """Behind the last figure of the table. One of several ends where another label stands behind its figures."""
        end = last = max(self.chain.values())
        for at in range(last + 1, len(self.tokens)):
            if self.tokens[at].lines is None:
                end = at
            elif end > last and len(self.every_row) > len(self.rows):
                break
        return end + 1

    def _numbers(self, start: int, end: int) -> list[int]:
        return [at for at in range(start, end) if self.tokens[at].lines is None]

    def _slots(self, figures: Sequence[Token], rows: Sequence[Line]) -> list[Slot]:
        return [Slot((row,), tuple(figures[k * self.width : (k + 1) * self.width])) for k, row in enumerate(rows)]

    def _in_order(self, end: int) -> list[Slot] | None:
        """Every figure of the table stands there, no more: their order says which is which, if no label contradicts it."""
        if len(self.rows) < FEW or len(self.chain) * 2 <= len(self.rows):
            return None
        numbers, width = self._numbers(self.start, end), self.width
        if len(numbers) > len(self.rows) * width:
            numbers = [at for at in numbers if not self.tokens[at].soft]
        if len(numbers) != len(self.rows) * width:
            return None
        slots = self._slots([self.tokens[at] for at in numbers], self.rows)
        if self._has_one_twice() and (len(self.chain) < len(self.rows) or self._contradicted(slots)):
            return None
        counted = {self.rows.index(row): sum(number < at for number in numbers) for row, at in self.chain.items()}
        if any(count != row * width for row, count in counted.items()):
            printed = [{each.piece.row for each in slot.tokens} for slot in slots]
            apart = all(len(row) == 1 for row in printed) and len(set[int]().union(*printed)) == len(slots)
            least = (
                0 if len(self.chain) < len(self.rows) else -1
            )  # with a label lost, figures that come too late may be another's
            near = all(count % width == 0 and least <= count // width - row <= 1 for row, count in counted.items())
            return slots if apart and near and not self._contradicted(slots) else None
        return slots

    def _has_one_twice(self) -> bool:
        """Whether the label of a row stands twice: then as many figures as there should be need not be those of all rows."""
        own = [line for token in self.tokens[self.start :] for line in token.lines or ()]
        return any(own.count(row) > 1 for row in self.rows)

    def _contradicted(self, slots: Sequence[Slot]) -> bool:
        """Whether a printed row has the label of one row, and figures that would be another's."""
        labels: dict[int, set[Line]] = defaultdict(set)
        for token in self.tokens:
            labels[token.piece.row].update(set(self.rows).intersection(token.lines or ()))
        return any(labels[slot.tokens[0].piece.row] not in (set(), set(slot.rows)) for slot in slots)

    def _leads(self) -> bool:
        """Whether no figure stands before the first label that could be its own: one before it is that of another row."""
        at = self.start - 1
        while at >= 0 and self.tokens[at].lines is None:
            at -= 1
        return at == self.start - 1 or at >= 0 and not self.every_row.isdisjoint(self.tokens[at].lines or ())

    def _led(self, end: int) -> list[Slot] | None:
        """Labels that stand before their figures: each row has what follows its label. None where they do not."""
        slots = []
        places = [*self.chain.items(), (None, end)]
        for (row, at), (following, until) in itertools.pairwise(places):
            assert row is not None
            few = self.rows[self.rows.index(row) : self.rows.index(following) if following else len(self.rows)]
            figures = self._behind(self.tokens[at + 1 : until])
            if len(figures) == self.width and self.tokens[min(at + 1 + self.width, until - 1)].lines is not None:
                few = [row]  # another label stands behind them
            if len(few) == 1 and following is None:
                figures = _first_printed(figures, self.width, self.tokens[at].piece.row)
            if len(few) == 1:
                if self.by_gaps and following and not self.width <= len(figures) <= self.width + SPARE:
                    return []  # the gaps do not tell how many cells there are
                figures = self._trimmed(figures)
            if len(figures) >= self.width * (len(few) + 1) or following is None and until == at + 1:
                return None  # labels float: what stands behind one may be another's
            if len(few) == 1 and figures and not self._is_torn(figures, self.tokens[at].piece.row):
                slots.append(Slot((row,), tuple(figures)))
            elif len(few) > 1 and len(figures) == self.width * len(few) and len(self.rows) >= FEW:
                slots += self._slots(figures, few)
        return slots

    def _is_torn(self, figures: Sequence[Token], row: int) -> bool:
        """Whether some figures stand in the printed row of their label, and others below: these are a page's number or the like."""
        hard = [each.piece.row == row for each in figures if not each.gap]
        return any(hard) and not all(hard)

    def _behind(self, tokens: Sequence[Token]) -> list[Token]:
        """The figures behind a label, up to the next label of any kind; none where another label says what they are."""
        figures: list[Token] = []
        for token in tokens:
            if token.lines is None:
                figures.append(token)
            elif figures:
                break
            elif self.width == 1 or not self.told_apart.isdisjoint(token.lines):
                return []
        return figures

    def _trimmed(self, figures: list[Token]) -> list[Token]:
        """Without the empty cells behind the last column."""
        while len(figures) > self.width and figures[-1].soft:
            figures = figures[:-1]
        return figures

    def _printed(self, end: int) -> list[Slot]:
        """Rows whose label and figures stand in one printed row, and those between two of them, if there are just as many."""
        printed: dict[int, list[int]] = defaultdict(list)
        for at in range(self.start, end):
            printed[self.tokens[at].piece.row].append(at)
        firm: list[tuple[int, int, int, list[Token]]] = [(-1, self.start, self.start, [])]
        for row, at in self.chain.items():
            here = printed[self.tokens[at].piece.row]
            figures = self._trimmed(self._behind([self.tokens[each] for each in here if each > at]))
            numbers = [each for each in here if self.tokens[each].lines is None]
            hard = [each for each in numbers if not self.tokens[each].soft and each > at]
            alone = [each for each in here if each in self.chain.values()] == [at]
            if alone and len(figures) == self.width and numbers[0] > at and len(hard) == sum(not each.soft for each in figures):
                firm.append((self.rows.index(row), numbers[0], numbers[-1] + 1, figures))
        firm.append((len(self.rows), end, end, []))
        slots = []
        for (before, _, left, _), (number, first, _, figures) in itertools.pairwise(firm):
            between = [self.tokens[at] for at in self._numbers(left, first)]
            groups = [tuple(group) for _, group in itertools.groupby(between, key=lambda each: each.piece.row)]
            few = self.rows[before + 1 : number]
            whole = [group for group in groups if len(group) == self.width]
            if (
                len(self.rows) >= FEW
                and len(whole) == len(few)
                and (all(row in self.chain for row in few) or _differ(whole))
                and all(len(group) == 1 for group in groups if group not in whole)
            ):
                slots += [Slot((row,), group) for row, group in zip(few, whole, strict=True)]
            if figures:
                slots.append(Slot((self.rows[number],), tuple(figures)))
        return slots

    def _line(self) -> Aligned:
        """A table in one line: its figures behind all its labels, or those of each row behind the row's label."""
        numbers, count = self._numbers(0, len(self.tokens)), self.width * len(self.rows)
        last = max(
            (at for at, token in enumerate(self.tokens) if token.lines and not self.told_apart.isdisjoint(token.lines)), default=0
        )
        if all(self.tokens[at].soft for at in numbers if at < last):
            ends = [at for at in numbers if at < last and self.tokens[at].gap]  # what the end of a row of labels leaves
            most = max((sum(1 for _ in run) for _, run in itertools.groupby(ends, lambda at: at - ends.index(at))), default=0)
            numbers = [at for at in numbers if at > last + (most if self.tokens[numbers[-1]].gap else 0)]
        while len(numbers) > count and self.tokens[numbers[-1]].gap:
            numbers.pop()
        if not numbers or len(self.chain) < 2 or numbers[0] < self.start or len(numbers) > count * WILD:
            return Aligned()
        figures = _first_printed([self.tokens[at] for at in numbers], count)
        end = numbers[len(figures) - 1] + 1
        counted = {self.rows.index(row) * self.width: sum(number < at for number in numbers) for row, at in self.chain.items()}
        borders = {sum(number < at for number in numbers) for at in range(numbers[0], end) if self.tokens[at].lines is not None}
        slots = tuple(self._slots(figures, self.rows))
        if not borders:
            whole = Slot(tuple(self.rows), tuple(figures))
            return Aligned(slots if len(figures) == count else (whole,), self.start, end)
        led = len(self.chain) == len(self.rows) and all(place == found for place, found in counted.items())
        return Aligned(slots if len(figures) == count and led and borders <= set(counted) else (), self.start, end)


def _alike(slots: Sequence[Slot]) -> Sequence[Slot]:
    """Where rows stand in a printed row each, without those that are put together from several: one of their figures is a stray."""
    printed = [{token.piece.row for token in slot.tokens if token.text} for slot in slots]
    apart = [len(printed_in) < 2 for printed_in in printed]
    whole = sum(each and any(token.text for token in slot.tokens) for each, slot in zip(apart, slots, strict=True))
    return [slot for each, slot in zip(apart, slots, strict=True) if each] if whole > apart.count(False) else slots


def _differ(groups: Sequence[Sequence[Token]]) -> bool:
    """Whether none of some rows of figures is printed twice, unless it is one of zeros."""
    printed = [texts for group in groups if set(texts := tuple(token.text for token in group)) != {"0"}]
    return len(printed) == len(set(printed))


def _first_printed(figures: list[Token], width: int, row: int | None = None) -> list[Token]:
    """Those in the first printed row, where they are as many as belong there: what stands below them is none of the table's.

    All of them where it is not the ``row`` of their label, and others follow: any of these could be one of them.
    """
    printed = [list(group) for _, group in itertools.groupby(figures, lambda each: each.piece.row)]
    if not printed or len(printed[0]) != width:
        return figures
    return printed[0] if row in (None, figures[0].piece.row) else figures
