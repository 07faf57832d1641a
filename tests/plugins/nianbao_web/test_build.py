"""A town's report built with the figures of its portal."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from tests_shared import Run, replace

from .conftest import Site, rows


def use(workspace: Path, site: Site) -> None:
    replace(
        workspace / "jurisdictions/luhe.yaml", "level: 镇\n",
        f"level: 镇\nsources:\n  门户:\n    use: web\n    base: {site.url}\n    delay: 0\n    items: li\n"
        "    answers: {二、主动公开政府信息情况: {公开信息: {镇网站: {通知公告: tz/, 工作动态: gz/}}}}\n",
    )  # fmt: skip
    root = workspace / "nianbao.yaml"
    root.write_text(root.read_text(encoding="utf-8") + "private_hosts: [127.0.0.1]\n", encoding="utf-8")


def test_a_report_has_the_portals_figures_and_tells_where_they_come_from(workspace: Path, run: Run, site: Site) -> None:
    site.pages |= {
        "/tz/": rows(*((f"第{n}号", f"{n}.html", "2024-05-01") for n in range(7))),
        "/gz/": rows(*((f"{n}", f"{n}.html", "2024-05-01") for n in range(63))),
    }
    use(workspace, site)
    result = run("build", "luhe", "-F", "html")
    assert result.exit_code == 0, result.stderr
    figures: dict[str, Any] = json.loads((workspace / "build/luhe/2024/report.json").read_bytes())["figures"]
    [notices] = [figure for path, figure in figures.items() if path.endswith("通知公告")]
    assert (notices["value"], notices["origin"]["where"], notices["origin"]["source"]) == (7, f"{site.url}/tz/", "门户")
    assert "第3号" not in (workspace / "build/luhe/2024/publish").glob("*.html").__next__().read_text(encoding="utf-8")


def test_a_column_that_cannot_be_counted_stops_the_report_at_its_line(workspace: Path, run: Run, site: Site) -> None:
    site.pages |= {"/tz/": "<p>改版中</p>", "/gz/": rows(*((f"{n}", f"{n}.html", "2024-05-01") for n in range(63)))}
    use(workspace, site)
    result = run("build", "luhe", "-F", "html")
    assert result.exit_code == 2
    assert re.search(r"luhe\.yaml:\d+:\d+: “li” finds nothing on http://127\.0\.0\.1:\d+/tz/ \(HTML, ", result.stderr)
    assert not (workspace / "build/luhe/2024/publish").exists()
