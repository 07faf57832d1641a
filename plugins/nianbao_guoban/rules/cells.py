"""The cells of a finished report's tables, as they stand in its file (T2/T3/T4-BLANK, T3/T4-INT, T2-ANNOT).

What is built from data cannot have such cells: a mistake in the data is F-DATA. What a file lacks, or nobody can read, is F-UNREAD.
"""

from __future__ import annotations

import unicodedata
import weakref
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from nianbao import Cell, Found, NotAssessable, Report, Rule, rule
from nianbao.tree import Node, bare

NAMED = 5  # cells that a finding names
_SECTIONS = {"T2": "proactive_disclosure", "T3": "requests", "T4": "disputes"}
_ZH, _EN = {"T2": "表二", "T3": "表三", "T4": "表四"}, {"T2": "table two", "T3": "table three", "T4": "table four"}
_NOTHING = frozenset("-－–—―─/／\\无〇○\u200b\u200c\u200d\u2060\ufeff")
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


def _named(report: Report, path: str) -> str:
    """A cell by its row and column: 重复申请·自然人."""
    node = report.facts.node(path)
    row = report.facts.node(node.row) if node.row else node
    return f"{_short(row)}·{'总计' if node is row else _short(node)}" if row.children else _short(row)


def _short(node: Node) -> str:
    return node.short or bare(node.label)


def _blank(table: str) -> Rule:
    def look(report: Report) -> Iterator[Found]:
        cells = _cells(report, _SECTIONS[table])
        blank = [path for path, cell in cells.items() if cell.text != "0" and not _number(cell) and _is_blank(cell.text)]
        if blank:
            names = "、".join(_named(report, path) for path in blank[:NAMED]) + "等" * (len(blank) > NAMED)
            count = f"{len(blank)} {'cell' if len(blank) == 1 else 'cells'}"
            what = (f"{_ZH[table]}有 {len(blank)} 格没有填数：{names}", f"{_EN[table]}: {count} without a number: {names}")
            place = next(filter(None, (cells[path].place for path in blank)), "")
            yield Found(_SECTIONS[table], "0", cells[blank[0]].text.strip(), place, what)

    mend = ("没有的填 0，不要留空或写“-”“/”“无”。", "Write 0 where there is none; no blank, -, / or 无.")
    zh, en = f"{_ZH[table]}有空格", f"{_EN[table]} has blank cells"
    return Rule(f"{table}-BLANK", "warning", "编制惯例：没有就填 0", zh, en, look, mend)


def _number(cell: Cell) -> Decimal | None:
    """The number in a cell, though it may be one that cannot stand there; None where there is none."""
    if cell.value:
        return Decimal(str(cell.value.value))
    try:
        number = Decimal(unicodedata.normalize("NFKC", cell.text).strip().replace("−", "-"))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _is_blank(text: str) -> bool:
    return set("".join(text.split())) <= _NOTHING


def not_counts(report: Report, section: str) -> Iterator[Found]:
    """Cells of a finished report that are no counts: negative, with decimals, or no number at all. Raises NotAssessable."""
    for path, cell in _cells(report, section).items():
        if cell.value and isinstance(cell.value.value, int) and cell.value.value >= 0:
            continue
        kind, number = report.facts.node(path).number, _number(cell)
        if number is None:
            wrong, what = not any(map(str.isdecimal, cell.text)) and not _is_blank(cell.text), ("不是数", "is no number")
        elif number < 0:
            wrong, what = kind != "signed", ("不能是负数", "cannot be negative")
        else:
            wrong, what = kind != "amount" and number != int(number), ("应是整数", "should be a whole number")
        if wrong:
            name = _named(report, path)
            yield Found(path, "", cell.text.strip(), cell.place, (f"“{name}”{what[0]}", f"“{name}” {what[1]}"))


def _whole(table: str) -> Rule:
    def look(report: Report) -> Iterator[Found]:
        yield from not_counts(report, _SECTIONS[table])

    mend = ("填不小于 0 的整数。", "Write a whole number, 0 or greater.")
    zh, en = f"{_ZH[table]}有的格不是件数", f"{_EN[table]} has cells that are no counts"
    return Rule(f"{table}-INT", "error", "数量是非负整数", zh, en, look, mend)


@rule("T2-ANNOT", "info", basis="表里只填数", zh="表二的数后面带了说明", en="a figure of table two has a remark behind it",
      mend=("说明写在表下的注里。", "Put the remark into a note under the table."))  # fmt: skip
def annotated(report: Report) -> Iterator[Found]:
    """22（其中修订16件）: the number counts, the remark is kept beside it."""
    for path, cell in _cells(report, _SECTIONS["T2"]).items():
        if cell.remark:
            yield Found(path, "", cell.text.strip(), cell.place)


RULES = [_whole("T3"), _whole("T4"), *(_blank(table) for table in ("T2", "T3", "T4")), annotated]
