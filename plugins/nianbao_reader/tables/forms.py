"""The forms that a table of a standard can take: as it is drawn, turned round, all in one row, one figure a row."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from nianbao import Standard
from nianbao.tables import Grid, Line
from nianbao.tree import TOTAL
from nianbao_reader.letters import squeezed

_NUMBERING = re.compile(r"\(?[一二三四五六七八九十]{1,3}[)、.]|\(\d{1,2}\)|\d+[.、]?")
_NOISE = re.compile(r"[\W_]+")
LONGEST = 120  # letters of a label; what is longer is a sentence
_SUM = frozenset({"总计", "合计", "共计"})


@functools.lru_cache(maxsize=4096)
def skeleton(text: str) -> str:
    """The letters of a label by which it is known: numbering within it, digits and punctuation off, unlike ``normal`` also
    where several labels stand in one text.
    """
    return _NOISE.sub("", _NUMBERING.sub("", squeezed(text))).replace("其它", "其他").casefold()


@functools.lru_cache(maxsize=1 << 15)
def _ratio(name: str, own: str) -> float:
    return SequenceMatcher(None, name, own, autojunk=False).ratio()


@dataclass(frozen=True)
class Item:
    """A row or a column of a form: all that it can be called, alone or behind the labels that it stands under."""

    label: str = ""
    names: frozenset[str] = frozenset()

    def likeness(self, name: str) -> float:
        """How alike a name is to the likest of its own, up to 1."""
        return max((_ratio(name, own) for own in self.names), default=0)

    def holds(self, name: str) -> bool:
        """Whether the letters of a name stand in one of its own, in order."""
        return any(_within(name, own) for own in self.names)


@dataclass(frozen=True)
class Form:
    """Rows crossed with columns as they may stand in a file; ``paths`` by row and column.

    ``groups`` are the labels over rows or columns, ``foreign`` those of the rows of the section's other tables. ``sums`` are the
    columns whose figures are computed in every row. ``turned``: rows are columns. ``whole``: it is read as a whole, or not.
    """

    rows: tuple[Item, ...]
    columns: tuple[Item, ...]
    paths: tuple[tuple[str, ...], ...]
    groups: frozenset[str]
    foreign: frozenset[str] = frozenset()
    sums: frozenset[int] = frozenset()
    turned: bool = False
    whole: bool = False
    row_of: dict[str, int] = field(init=False, compare=False)
    column_of: dict[str, int] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "row_of", _index(self.rows))
        object.__setattr__(self, "column_of", _index(self.columns))

    @property
    def anonymous(self) -> bool:
        """Whether its one row has no label."""
        return not self.rows[0].names

    def is_group(self, name: str) -> bool:
        """Whether a name is a label over others, or a piece of one."""
        return not name or _in_any(name, self.groups)

    def is_foreign(self, name: str) -> bool:
        """Whether a label over figures is of no column, and no piece of one or several is in it."""
        return not any(item.holds(name) or any(own in name for own in item.names) for item in self.columns)


@functools.lru_cache(maxsize=64)
def forms(grid: Grid, others: tuple[Grid, ...] = ()) -> list[Form]:
    """The forms that a table may take, likeliest first."""
    rows, columns = (tuple(leaf for top in tops for leaf in top.leaves()) for tops in (grid.top_rows, grid.top_columns))
    foreign = frozenset(name for other in others if other is not grid for row in _ends(other) for name in _names(row))
    texts = [grid.table.title, grid.table.above, grid.table.corner, "信息内容", "申请人", "项目", "序号", "单位件", "数量件数"]
    over = [line for line in (*grid.rows, *grid.columns) if line.below]
    groups = frozenset(filter(None, [*map(skeleton, texts), *(name for line in over for name in _names(line))]))
    row_items = tuple(_item(row, ("",)) for row in rows)
    column_items = tuple(_item(column, ("", skeleton(grid.table.above))) for column in columns)
    paths = tuple(tuple(grid.path(row, column) for column in columns) for row in rows)
    turned = tuple(zip(*paths, strict=True))
    sums = frozenset(number for number, column in enumerate(columns) if column in grid.defined)
    made = [Form(row_items, column_items, paths, groups, foreign, sums)]
    if len(rows) > 1 and len(columns) > 1 and not foreign:
        made.append(Form(column_items, row_items, turned, groups, foreign, turned=True))
    if grid.table.shape == "line":
        pairs = tuple(
            Item(f"{row.label} › {column.label}", _crossed(row, column)) for row in row_items for column in column_items
        )
        flat = tuple(path for line in paths for path in line)
        totals = frozenset(number for number in range(len(pairs)) if number % len(columns) in sums)
        made.insert(0, Form((Item(),), pairs, (flat,), groups, foreign, totals))
        made.append(Form(pairs, (Item(),), tuple((path,) for path in flat), groups, foreign, whole=True))
    return made


def _ends(grid: Grid) -> list[Line]:
    return [leaf for top in grid.top_rows for leaf in top.leaves()]


def _item(line: Line, above: Sequence[str]) -> Item:
    return Item(line.branch.label, frozenset(first + name for first in above for name in _names(line)))


def _names(line: Line) -> frozenset[str]:
    """What a row or column can be called: each of its names, with or without each of those above it."""
    own = {skeleton(name) for name in (line.branch.label, *line.branch.aliases)}
    own |= _SUM if line.names & TOTAL - {line.key} else set()
    return frozenset(before + name for before in _before(line.parent) for name in own)


def _before(line: Line | None) -> set[str]:
    if line is None:
        return {""}
    above, own = _before(line.parent), {skeleton(name) for name in (line.branch.label, *line.branch.aliases)}
    return above | {before + name for before in above for name in own}


def _crossed(row: Item, column: Item) -> frozenset[str]:
    return frozenset(first + second for first in row.names for second in column.names)


def _index(items: Sequence[Item]) -> dict[str, int]:
    """Which item each name means; a name of two means none."""
    counted = Counter(name for item in items for name in item.names)
    return {name: number for number, item in enumerate(items) for name in item.names if counted[name] == 1}


def _within(name: str, whole: str) -> bool:
    letters = iter(whole)
    return all(letter in letters for letter in name)


@functools.lru_cache(maxsize=4096)
def _in_any(name: str, wholes: frozenset[str]) -> bool:
    return any(_within(name, whole) for whole in wholes)


@functools.lru_cache(maxsize=64)
def paths(standard: Standard, section: str) -> frozenset[str]:
    """The paths of all cells of a section's tables."""
    return frozenset(path for grid in standard.grids[section] for path in grid.paths())
