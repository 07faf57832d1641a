"""Random figures of correct reports: tables two, three and four of a standard, whose sums and balances hold."""

from __future__ import annotations

from hypothesis import strategies as st

from nianbao import Standard
from nianbao.tables import Grid, Line

AMOUNTS = st.integers(0, 9_999_999).map(lambda sen: f"{sen / 100:.2f}".rstrip("0").rstrip("."))


@st.composite
def correct(draw: st.DrawFn, standard: Standard, most: int = 400) -> dict[str, int | str]:
    """The figure of each drawn cell by path; most are 0, as in life. Totals and the balance are made to hold."""
    figures: dict[str, int | str] = {}
    for section, grids in standard.grids.items():
        for grid in grids:
            leaves = [leaf for column in grid.top_columns for leaf in column.leaves()]
            for row in (leaf for top in grid.top_rows for leaf in top.leaves()):
                figures |= _row(draw, grid, row, leaves, most)
        _balance(figures, standard, section)
    return figures


def _row(draw: st.DrawFn, grid: Grid, row: Line, leaves: list[Line], most: int) -> dict[str, int | str]:
    counts = st.one_of(st.just(0), st.just(0), st.just(0), st.integers(0, 9), st.integers(0, most))
    given = AMOUNTS if row.branch.number == "amount" else counts
    drawn: dict[str, int | str] = {grid.path(row, column): draw(given) for column in leaves if not _is_total(grid, column)}
    for column in leaves:
        if _is_total(grid, column):
            drawn[grid.path(row, column)] = sum(int(value) for value in drawn.values())
    return drawn


def _is_total(grid: Grid, column: Line) -> bool:
    return column in grid.defined


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
