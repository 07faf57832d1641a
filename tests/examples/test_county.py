"""A county's reports from register, portal, workbooks, data files and the towns below: the example, run as its users run it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from nianbao.tree import TOTAL
from tests_shared import started_county

BELOW = ("baishui", "heshan-forestry", "heshan-office", "luhe", "qingshi")


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example, started once."""
    return started_county(tmp_path_factory.mktemp("examples"))


def record(county: Path, name: str, year: int = 2024) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((county / f"build/{name}/{year}/report.json").read_bytes())
    return found


def pages(county: Path, name: str) -> Any:
    from lxml.html import document_fromstring

    (page,) = (county / f"build/{name}/2024/publish").glob("*.html")
    return document_fromstring(page.read_bytes())


def nianbao(county: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "nianbao", "-w", str(county), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


@pytest.fixture
def portal(county: Path) -> Iterator[ModuleType]:
    """The example's portal, open again; the module that knows what it lists."""
    sys.path.insert(0, str(county / "portal"))
    import serve  # type: ignore[import-not-found]

    settings = (county / "jurisdictions/heshan.yaml").read_text(encoding="utf-8")
    port = re.search(r"127\.0\.0\.1:(\d+)", settings)
    assert port
    with serve.Portal(int(port[1])) as opened:
        threading.Thread(target=opened.serve_forever, daemon=True).start()
        yield serve
        opened.shutdown()
    sys.path.remove(str(county / "portal"))


def test_every_body_publishes_its_report_in_every_format(county: Path) -> None:
    for name in (*BELOW, "heshan"):
        files = sorted(path.suffix for path in (county / f"build/{name}/2024/publish").iterdir())
        assert files == [".docx", ".html", ".md"], name


def test_every_figure_has_an_origin(county: Path) -> None:
    for name in (*BELOW, "heshan"):
        for path, figure in record(county, name)["figures"].items():
            assert figure["origin"].get("where"), (name, path)
            assert figure["origin"]["where"] in ("sum", "zero") or figure["origin"]["source"], (name, path)


def test_the_city_is_the_sum_of_those_below(county: Path) -> None:
    city, below = record(county, "heshan")["figures"], [record(county, name)["figures"] for name in BELOW]
    counted = {path: figure for path, figure in city.items() if path.split(".")[-1] not in TOTAL}
    assert counted["requests.new"]["value"] > 100
    for path, figure in counted.items():
        assert figure["value"] == pytest.approx(sum(report[path]["value"] for report in below)), path


def test_a_figure_of_the_city_is_traced_to_each_reports_source(county: Path) -> None:
    told = nianbao(county, "trace", "heshan", "信息处理费").stdout
    assert "台账/2024/heshan-office.xlsx:收费!C7" in told
    told = nianbao(county, "trace", "heshan", "本年新收.自然人").stdout
    assert "workbooks/heshan-forestry/2024.xlsx:收到和处理政府信息公开申请情况!D6" in told
    assert "luhe: 59 ← build/luhe/2024/report.json（sqlite register/register.db）" in told


def test_a_town_counts_what_its_portal_has_published(county: Path, portal: ModuleType) -> None:
    figures = record(county, "baishui")["figures"]
    for column, count in portal.expected("bsz", 2024).items():
        figure = figures[f"proactive_disclosure.公开信息.市政府门户网站.{column}"]
        assert figure["value"] == count, column
        assert "127.0.0.1" in figure["origin"]["where"]
        if not count:
            continue  # nothing was published, so there is nothing to keep
        rows = (county / "build/baishui/2024" / figure["evidence"]).read_text(encoding="utf-8-sig").splitlines()
        assert len(rows) == count + 1


def test_a_town_carries_in_what_its_last_report_carried_out(county: Path) -> None:
    last, this = record(county, "luhe", 2023)["figures"], record(county, "luhe")["figures"]
    assert this["requests.carried_in"]["value"] == last["requests.carried_out"]["value"]
    page = next((county / "build/luhe/2024/publish").glob("*.html")).read_text(encoding="utf-8")
    assert "上年度报告提出：“一是村级公开栏更新不及时" in page


def test_a_town_may_differ_from_its_county_and_answer_for_it(county: Path) -> None:
    luhe = record(county, "luhe")
    assert "proactive_disclosure.公开信息.市政府门户网站.规划总结" not in luhe["figures"]
    (waived,) = luhe["waived"]
    assert (waived["code"], waived["by"]) == ("F-CONFLICT", "党政办公室")


def test_what_was_fetched_builds_the_same_report_when_the_portal_is_gone(county: Path, portal: ModuleType) -> None:
    assert nianbao(county, "fetch", "qingshi", "--year", "2024").returncode == 0
    built = nianbao(county, "build", "qingshi", "--year", "2024", "--offline")
    assert built.returncode == 0, built.stderr
    first = {path.name: path.read_bytes() for path in (county / "build/qingshi/2024").rglob("*") if path.is_file()}
    (county / "register/register.db").rename(county / "register/away.db")
    try:
        assert nianbao(county, "build", "qingshi", "--year", "2024", "--offline").returncode == 0
    finally:
        (county / "register/away.db").rename(county / "register/register.db")
    again = {path.name: path.read_bytes() for path in (county / "build/qingshi/2024").rglob("*") if path.is_file()}
    assert again == first


def test_sources_test_tells_of_all_five(county: Path, portal: ModuleType) -> None:
    tried = nianbao(county, "sources", "test", "luhe", "--year", "2024")
    assert tried.returncode == 0, tried.stdout
    for name in ("manual", "登记系统", "门户", "previous"):
        assert f"✓  {name}" in tried.stdout
    assert "251 manual" in tried.stdout
    assert "收费台账" in tried.stdout.splitlines()[0]


def test_a_town_shows_the_channels_of_its_site_beside_last_years_and_the_city_its_own_year(county: Path) -> None:
    channels, *_ = pages(county, "luhe").iter("figure")
    assert channels.findtext("figcaption").startswith("市政府门户网站各栏目公开信息数量")
    assert [cell.text_content() for cell in channels.iter("th")][1:3] == ["2023年", "2024年"]
    figures = record(county, "luhe")["figures"]
    drawn = "".join(channels.find("svg").itertext())
    assert f"2024年 {figures['proactive_disclosure.公开信息.市政府门户网站.工作动态']['value']}" in drawn
    assert [figure.findtext("figcaption") for figure in pages(county, "heshan").iter("figure")] == [
        "行政许可、行政处罚和行政强制（单位：件）", "申请办理情况（单位：件）", "办理结果（单位：件）",
    ]  # fmt: skip
