"""The page of a finished report as a town may have published it: correct but for the figures that a test says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nianbao import Standard
from nianbao.plugins import standard
from trying.wild import Draft, page

UNREAD = "若干"  # no reader makes a figure of it
OVERVIEW = (
    "（一）主动公开。本年度在公告栏{{ 原样 }}公开信息。",
    "（二）依申请公开。专人接收，按时答复。",
    "（三）政府信息管理。逐件审核，逐件登记。",
    "（四）政府信息公开平台建设。公告栏换了新的。",
    "（五）监督保障。工作考核结果为合格，社会评议结果为满意，没有责任追究的情形。",
)


def published(
    name: str = "芦河镇",
    year: int = 2024,
    *,
    of: str = "2021",
    figures: dict[str, Any] | None = None,
    fee: str = "没有收取信息处理费。",
) -> str:
    """The report, whatever its file is called: every cell 0 but ``figures``, by path, and the sums over them."""
    notice = standard(of, Path())
    paths = [path for grids in notice.grids.values() for grid in grids for path in grid.paths()]
    cells = {path: str(value) for path, value in (dict.fromkeys(paths, 0) | _summed(notice, paths, figures or {})).items()}
    said = {
        "overview": OVERVIEW,
        "improvements": ("问题是更新不及时，下年度将按月核对公告栏。",),
        "other_matters": (fee,),
    }
    title = f"{name}{year}年政府信息公开工作年度报告"
    return page(notice, Draft(title, said, cells))


def _summed(notice: Standard, paths: list[str], figures: dict[str, Any]) -> dict[str, Any]:
    """Figures with the sums over them, so that the tables are right where a test does not say otherwise."""
    given = {path: value for path, value in figures.items() if value != UNREAD}

    def value(path: str) -> Any:
        addends = notice.nodes[path].addends
        return given.get(path, 0) if addends is None else sum(map(value, addends))

    return {path: value(path) for path in paths} | figures
