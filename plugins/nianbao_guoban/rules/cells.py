"""The cells of a finished report's tables, as they stand in its file (T2/T3/T4-BLANK, T3/T4-INT, T2/T3-SHAPE, T2-ANNOT).

What is built from data cannot have such cells: a mistake in the data is F-DATA.
"""

from __future__ import annotations

import functools
import weakref
from collections.abc import Iterator
from decimal import Decimal

from nianbao import Cell, Found, NotAssessable, Report, Rule, rule
from nianbao.generic import is_gap
from nianbao.report import label
from nianbao.tables import Grid
from nianbao.tree import bare

NAMED = 5  # cells or rows that a finding names
_SECTIONS = {"T2": "proactive_disclosure", "T3": "requests", "T4": "disputes"}
_ZH = {"T2": "表二", "T3": "表三", "T4": "表四"}
_NOTHING = frozenset("-－–—―─/／\\无〇○")
PRACTICE = "编制惯例：没有就填 0"


_split: weakref.WeakKeyDictionary[Report, dict[str, dict[str, Cell]]] = weakref.WeakKeyDictionary()  # once for all rules


def _cells(report: Report, section: str) -> dict[str, Cell]:
    """The cells of a section's tables. Raises NotAssessable where none was read from a file."""
    if report not in _split:
        known: dict[str, dict[str, Cell]] = {}
        for path, cell in report.cells.items():
            known.setdefault(path.partition(".")[0], {})[path] = cell
        _split[report] = known
    if not (found := _split[report].get(section)):
        raise NotAssessable(section, gap=False)
    return found


def _place(cell: Cell) -> str:
    return cell.value.origin.where if cell.value and cell.value.origin else ""


def _listed(report: Report, paths: list[str]) -> str:
    """Cells by their labels, a few of them; the section's is left out, as all are of one."""
    shown = [label(report.facts, path).partition(" › ")[2] for path in paths[:NAMED]]
    return "、".join(shown) + "等" * (len(paths) > NAMED)


def _blank(table: str) -> Rule:
    def look(report: Report) -> Iterator[Found]:
        cells = _cells(report, _SECTIONS[table])
        blank = [
            path
            for path, cell in cells.items()
            if cell.text != "0" and cell.value and not cell.value.value and _is_blank(cell.text)
        ]
        if blank:
            shown, many = _listed(report, blank), len(blank)
            what = (
                f"{_ZH[table]}有 {many} 格没有填数：{shown}",
                f"{_ZH[table]}: {many} {'cell' if many == 1 else 'cells'} without a number: {shown}",
            )
            yield Found(_SECTIONS[table], "0", cells[blank[0]].text.strip(), _place(cells[blank[0]]), what)

    mend = ("没有的填 0，不要留空或写“-”“/”“无”。", "Write 0 where there is none; no blank, -, / or 无.")
    return Rule(f"{table}-BLANK", "warning", PRACTICE, f"{_ZH[table]}有空格", f"{_ZH[table]} has blank cells", look, mend)


def _is_blank(text: str) -> bool:
    return not "".join(text.split()).strip("\u200b\ufeff") or set("".join(text.split())) <= _NOTHING


def not_counts(report: Report, section: str) -> Iterator[Found]:
    """Cells of a finished report that are no counts: negative, with decimals, or no number at all. Raises NotAssessable."""
    for path, cell in _cells(report, section).items():
        value = cell.value.value if cell.value else None
        if isinstance(value, int) and value >= 0:
            continue
        kind = report.facts.node(path).number
        if value is None:
            wrong = bool(cell.text.strip()) and not any(map(str.isdecimal, cell.text)) and not _is_blank(cell.text)
            what = ("不是数", "is no number")
        else:
            number = Decimal(str(value))
            wrong = number < 0 and kind != "signed" or number != int(number) and kind in ("count", "signed")
            what = ("不能是负数", "cannot be negative") if number < 0 else ("应是整数", "should be a whole number")
        if wrong:
            name = label(report.facts, path).partition(" › ")[2]
            yield Found(path, "", cell.text.strip(), _place(cell), (f"“{name}”{what[0]}", f"“{name}” {what[1]}"))


def _whole(table: str) -> Rule:
    def look(report: Report) -> Iterator[Found]:
        yield from not_counts(report, _SECTIONS[table])

    mend = ("填不小于 0 的整数。", "Write a whole number, 0 or greater.")
    return Rule(
        f"{table}-INT",
        "error",
        "数量是非负整数",
        f"{_ZH[table]}有的格不是件数",
        f"{_ZH[table]} has cells that are no counts",
        look,
        mend,
    )


@functools.lru_cache(maxsize=64)
def _rows(grid: Grid) -> list[tuple[str, str, frozenset[str]]]:
    """The path of each row that is drawn, its name, and the paths of its cells."""
    columns = [leaf for top in grid.top_columns for leaf in top.leaves()]
    rows = [leaf for top in grid.top_rows for leaf in top.leaves()]
    return [(grid.path(row), bare(row.branch.label), frozenset(grid.path(row, leaf) for leaf in columns)) for row in rows]


def _shape(table: str) -> Rule:
    def look(report: Report) -> Iterator[Found]:
        there = _cells(report, _SECTIONS[table])
        lost = [
            name
            for grid in report.standard.grids.get(_SECTIONS[table], ())
            for row, name, paths in _rows(grid)
            if not paths & there.keys() and not is_gap(report, row)
        ]
        if lost:
            shown = "、".join(lost[:NAMED]) + "等" * (len(lost) > NAMED)
            what = (
                f"{_ZH[table]}少了 {len(lost)} 行：{shown}",
                f"{_ZH[table]} lacks {len(lost)} {'row' if len(lost) == 1 else 'rows'}: {shown}",
            )
            yield Found(_SECTIONS[table], what=what)

    mend = ("按格式标准补上这些行。", "Have the rows of the standard.")
    return Rule(f"{table}-SHAPE", "warning", "格式标准", f"{_ZH[table]}少了行", f"{_ZH[table]} lacks rows", look, mend)


@rule("T2-ANNOT", "info", basis="表里只填数", zh="表二的数后面带了说明", en="a figure of table two has a remark behind it",
      mend=("说明写在表下的注里。", "Put the remark into a note under the table."))  # fmt: skip
def annotated(report: Report) -> Iterator[Found]:
    """22（其中修订16件）: the number counts, the remark is kept beside it."""
    for path, cell in _cells(report, _SECTIONS["T2"]).items():
        if cell.remark:
            yield Found(path, "", cell.text.strip(), _place(cell))


RULES = [
    *(_shape(table) for table in ("T2", "T3")),
    _whole("T3"),
    _whole("T4"),
    *(_blank(table) for table in ("T2", "T3", "T4")),
    annotated,
]
