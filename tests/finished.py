"""Finished reports without a reader of real files: JSON of what is read stands for the file, so that a test says what a file says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from nianbao import Cell, Fact, FileError, Origin, Reading, Told
from nianbao.plugins import standard

UNREAD = "?"
OVERVIEW = {
    "主动公开": "本年度在公告栏{{ 原样 }}公开信息。",
    "依申请公开": "专人接收，按时答复。",
    "政府信息管理": "逐件审核，逐件登记。",
    "平台建设": "公告栏换了新的。",
    "监督保障": "工作考核结果为合格，社会评议结果为满意，没有责任追究的情形。",
}


def finished(
    name: str = "芦河镇",
    year: int = 2024,
    *,
    of: str = "2021",
    figures: dict[str, Any] | None = None,
    fee: str = "没有收取信息处理费。",
) -> str:
    """A file that says so: every cell of the tables 0 but ``figures``, by path; UNREAD cannot be read."""
    return json.dumps({"name": name, "year": year, "of": of, "figures": figures or {}, "fee": fee}, ensure_ascii=False)


def read(data: bytes, file: str) -> Reading:
    """What stands for a reader."""
    if data.startswith(b"%PDF"):
        raise FileError("是扫描件，没有文字", "it is scanned: there is no text in it", place=file, mend=("找有文字的一份。", "Look for one with text."))  # fmt: skip
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("gb18030")
    if not text.startswith("{"):
        raise FileError("不是年度报告", "it is no annual report", place=file, mend=("核对文件。", "Look at the file."))
    told = json.loads(text)
    notice = standard(told["of"], Path())
    paths = [path for grids in notice.grids.values() for grid in grids for path in grid.paths()]
    unread = {
        path: FileError("读不出", "unreadable", place=f"{file}:{'.'.join(path.split('.')[:2])}")
        for path, value in told["figures"].items()
        if value == UNREAD
    }
    cells = {
        path: Cell(str(value), None if path in unread else Fact(_number(value), Origin(f"{file}:{path}")))
        for path, value in (dict.fromkeys(paths, 0) | _summed(notice, told["figures"])).items()
    }
    other = Told("other_matters", "信息处理费", told["fee"], f"{file}:90")
    parts = [Told("overview", title, text, f"{file}:{line}") for line, (title, text) in enumerate(OVERVIEW.items(), 9)]
    parts.append(Told("improvements", "", "问题是更新不及时，下年度将按月核对公告栏。", f"{file}:80"))
    return Reading(file, told["name"], "镇", told["year"], notice, f"{told['name']}{told['year']}年政府信息公开工作年度报告", {}, (*parts, other), cells, {}, unread)  # fmt: skip


def _summed(notice: Any, figures: dict[str, Any]) -> dict[str, Any]:
    """Figures with the sums over them, so that the tables are right where a test does not say otherwise."""
    given = {path: value for path, value in figures.items() if value != UNREAD}

    def value(path: str) -> Any:
        node = notice.nodes[path]
        return given.get(path, 0) if node.addends is None else sum(value(addend) for addend in node.addends)

    sums = {path: value(path) for grids in notice.grids.values() for grid in grids for path in grid.paths()}
    return sums | figures


def _number(value: Any) -> Any:
    from decimal import Decimal

    return Decimal(str(value)) if isinstance(value, float) else value
