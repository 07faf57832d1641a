"""The labels of a sheet by their normal form, and what each stands under."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable

from nianbao.tables import Line
from nianbao.tree import normal
from nianbao_sheet.book import At, Page

LONGEST = 200  # letters of a label; what is longer is a sentence
HEAD = 6  # rows of labels that can stand over a column


class Labels:
    """Where the labels of a sheet stand. A label counts for what lies right of it, and below it, up to the next one."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.by_name: dict[str, list[At]] = defaultdict(list)
        self.by_row: dict[int, list[tuple[int, str]]] = defaultdict(list)
        self.by_column: dict[int, list[tuple[int, str]]] = defaultdict(list)
        for at in sorted(page.cells):
            if (text := page.held(at).text) and len(text) <= LONGEST and (name := normal(text)):
                self.by_name[name].append(at)
                self.by_row[at.row].append((at.column, name))
                self.by_column[at.column].append((at.row, name))

    def of_row(self, chain: tuple[Line, ...]) -> list[At]:
        """Where the label of a row stands, below those that it is grouped under."""
        return _best([(at, self._left(at)) for at in self._named(chain[-1])], chain)

    def of_column(self, chain: tuple[Line, ...], above: int | None = None) -> list[At]:
        """Where the label of a column stands, nearest above a row: one sheet may hold several tables, one over another."""
        named = (at for at in self._named(chain[-1]) if above is None or at.row < above)
        best = _best([(at, self._over(at)) for at in named], chain)
        return [at for at in best if at.row == best[-1].row] if above is not None else best

    def _named(self, line: Line) -> list[At]:
        return sorted(at for name in line.names for at in self.by_name.get(name, ()))

    def _left(self, at: At) -> set[str]:
        return {name for column, held in self.by_column.items() if column < at.column for name in _last(held, at.row)}

    def _over(self, at: At) -> set[str]:
        return {name for row in range(at.row - HEAD, at.row) for name in _last(self.by_row.get(row, []), at.column)}


def _last(held: list[tuple[int, str]], position: int) -> Iterable[str]:
    """The last label at or before a position."""
    number = bisect_right(held, position, key=lambda pair: pair[0])
    return [held[number - 1][1]] if number else []


def _best(candidates: list[tuple[At, set[str]]], chain: tuple[Line, ...]) -> list[At]:
    """Those that stand under most of the labels that they should stand under, and at least under one."""
    scored = [(sum(bool(line.names & under) for line in chain[:-1]), at) for at, under in candidates]
    most = max((score for score, _ in scored), default=0)
    return [at for score, at in scored if score == most and (most or len(chain) == 1)]
