"""Random figures of correct reports: tables two, three and four of a standard, whose sums and balances hold."""

from __future__ import annotations

import random

from hypothesis import strategies as st

from nianbao import Standard
from nianbao.tables import Grid, Line

SHARES = (0.0, 0.02, 0.2, 0.6)  # of the cells that are not 0: from a hamlet's table to a city's
SIZES = (1, 9, 60, 400, 70_000)


def correct(standard: Standard, most: int = 400) -> st.SearchStrategy[dict[str, int | str]]:
    """The figure of each drawn cell by path, none above ``most`` but sums; many are 0, as in life. Totals and balances hold."""
    return st.integers(0, 2**32).map(lambda seed: drawn(standard, seed, most))


def drawn(standard: Standard, seed: int, most: int = 400) -> dict[str, int | str]:
    """Those of one seed: drawn here and not by hypothesis, which takes a hundred times as long for 230 cells."""
    dice = random.Random(seed)
    share, size = dice.choice(SHARES), min(most, dice.choice(SIZES))
    figures: dict[str, int | str] = {}
    for section, grids in standard.grids.items():
        for grid in grids:
            leaves = [leaf for column in grid.top_columns for leaf in column.leaves()]
            for row in (leaf for top in grid.top_rows for leaf in top.leaves()):
                figures |= _row(dice, grid, row, leaves, share, size)
        _balance(figures, standard, section)
    return figures


def _row(dice: random.Random, grid: Grid, row: Line, leaves: list[Line], share: float, size: int) -> dict[str, int | str]:
    def figure(column: Line) -> int | str:
        if dice.random() >= share:
            return 0
        if (column.branch.number or row.branch.number) == "amount":
            return f"{dice.randint(0, 9_999_999) / 100:.2f}".rstrip("0").rstrip(".")
        return dice.randint(0, size)

    drawn: dict[str, int | str] = {grid.path(row, column): figure(column) for column in leaves if column not in grid.defined}
    for column in leaves:
        if column in grid.defined:
            drawn[grid.path(row, column)] = sum(int(value) for value in drawn.values())
    return drawn


def _balance(figures: dict[str, int | str], standard: Standard, section: str) -> None:
    """Rows that are sums of others get theirs; what is left of a balance goes into the new requests."""
    for identity in standard.identities:
        if identity.left[0].split(".")[0] != section:
            continue
        if identity.defines and identity.code == "T3-RES":
            figures[identity.left[0]] = sum(_sum(figures, standard, path) for path in identity.right)
    for identity in standard.identities:
        if identity.code == "T3-BAL" and identity.left[0].split(".")[0] == section:
            new, carried_in = identity.left
            total, carried_out = identity.right
            lacking = int(figures[total]) + int(figures[carried_out])
            figures[carried_in] = min(int(figures[carried_in]), lacking)
            figures[new] = lacking - int(figures[carried_in])
    for identity in standard.identities:  # rows whose cells were changed
        if identity.code == "T3-ROW" and identity.left[0] in figures:
            figures[identity.left[0]] = sum(_sum(figures, standard, path) for path in identity.right)


def _sum(figures: dict[str, int | str], standard: Standard, path: str) -> int:
    if path in figures:
        return int(figures[path])
    return sum(_sum(figures, standard, addend) for addend in standard.nodes[path].addends or ())
