"""Finished reports as the reader reads them of a page that nianbao built, or made by hand."""

from __future__ import annotations

import re
from pathlib import Path

from nianbao import Cell, Fact, NianbaoError, Origin, Reading, Told
from nianbao.plugins import Plugins, standard
from nianbao.reading import read_bytes
from nianbao.report import compose
from nianbao.themes import theme
from nianbao.tree import bare, chinese
from nianbao.workspace import Workspace


def built(folder: Path, town: str, *, marked: bool = True) -> Reading:
    """What the reader reads of a town's report of 2024, built; not ``marked``: its page does not say which figure is which."""
    workspace = Workspace(folder)
    edition = workspace.edition(workspace.named(town), 2024)
    plugins = Plugins(edition)
    laid_out = theme(plugins.theme, folder)
    layouts = laid_out.layouts(plugins.standard, edition)
    report = compose(edition, plugins, layouts)
    assert not report.mistakes, report.mistakes
    report.title = laid_out.title_of(report)
    page = laid_out.render(report, layouts).html
    return read_bytes((page if marked else re.sub("</?data[^>]*>", "", page)).encode(), "report.html")


def by_hand(sections: dict[str, str], cells: dict[str, int | str] | None = None, *, name: str = "芦河镇", title: str = "",
            zeros: bool = True, numbered: bool = True) -> Reading:  # fmt: skip
    """A reading of sentences by section (``（一）标题`` on a line of its own begins a part) and cells by their names.

    ``zeros``: the other cells of the tables are 0, totals as they add up. A cell that is a text could not be read.
    """
    known = standard("2021", Path())
    told, headings = [], {}
    for key, declared in known.sections.items():
        if declared.heading:
            headings[key] = f"{chinese(len(headings) + 1)}、{declared.label}"
        heading, lines = "", []
        for line in [*sections.get(key, "").strip().split("\n"), "\0"]:
            begins = re.fullmatch(r"（[一二三四五六七八九十]+）(.{2,20})", line)
            if begins or line == "\0":
                if lines and lines != [""]:
                    run_in = heading.endswith("。")
                    told.append(
                        Told(
                            key,
                            bare(heading).removesuffix("。"),
                            "\n".join(lines),
                            "r.txt:1",
                            heading if numbered or run_in else "",
                        )
                    )
                heading, lines = (line if begins else ""), []
            else:
                lines.append(line)
    given = {known.path(name): value for name, value in (cells or {}).items()}
    made: dict[str, Cell] = {}
    unread: dict[str, NianbaoError] = {}
    for grid in (grid for grids in known.grids.values() for grid in grids) if zeros else ():
        for path in grid.paths():
            value = given.get(path, _added(known, path, given))
            fact = None if isinstance(value, str) else Fact(value, Origin("r.txt:9"))
            made[path] = Cell(str(value), fact)
            if fact is None:
                unread[path] = NianbaoError("读不出", "unreadable", place="r.txt:9")
    title = title or f"{name}2024年政府信息公开工作年度报告"
    return Reading("r.txt", name, "镇", 2024, known, title, headings, tuple(told), made, {}, unread)


def _added(known: object, path: str, given: dict[str, int | str]) -> int:
    node = known.nodes[path]  # type: ignore[attr-defined]
    if node.addends is None:
        value = given.get(path, 0)
        return value if isinstance(value, int) else 0
    return sum(_added(known, addend, given) for addend in node.addends)
