"""A city sums up what its towns have published elsewhere: files, and pages of a portal, each fault told town by town."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from serving import Reply, Site, serving
from tests_shared import Run, replace
from trying.published import UNREAD, published

CITY = """
一、总体情况: {主动公开: 甲。, 依申请公开: "全市新收{{ 本年新收 }}件。", 政府信息管理: 乙。, 平台建设: 丙。, 监督保障: 考核合格。}
五、存在的主要问题及改进情况: {本年度: 戊。}
"""
RIGHT = {"requests.new.natural_person": 3, "requests.granted.natural_person": 3}
KINDS = ("natural_person", "business", "research", "social", "legal_service", "other_organisation")
UNBALANCED = {**RIGHT, "requests.granted.natural_person": 2}


@pytest.fixture(autouse=True)
def _reader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nianbao_web.fetching.DELAY", 0.0)


@pytest.fixture
def site() -> Iterator[Any]:
    yield from serving(Site())


class City:
    """A city with towns whose reports are not built here."""

    def __init__(self, folder: Path, run: Run) -> None:
        self.folder, self.run = folder, run

    def sums(self, reports: str, *towns: str) -> City:
        """Sum up these towns, from ``reports``."""
        for name in towns:
            (self.folder / f"jurisdictions/{name}.yaml").write_text(
                f"name: {name}\nlevel: 镇\nparent: tianmen\n", encoding="utf-8"
            )
        block = f"sources: {{manual: {{}}, 所属单位: {{use: subordinates, for: 市, reports: {reports}}}}}\n"
        replace(self.folder / "jurisdictions/tianmen.yaml", "level: 市\n", f"level: 市\n{block}")
        return self

    def writes(self, name: str, text: str) -> City:
        """A file of the workspace."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return self

    def build(self, *options: str) -> Any:
        return self.run("build", "tianmen", "--year", "2024", "-F", "html", *options)

    @property
    def record(self) -> dict[str, Any]:
        known: dict[str, Any] = json.loads((self.folder / "build/tianmen/2024/report.json").read_bytes())
        return known

    def listed(self, site: Site) -> City:
        """Let the portal be one that may be reached."""
        with (self.folder / "nianbao.yaml").open("a", encoding="utf-8") as settings:
            settings.write(f"\nprivate_hosts: ['127.0.0.1:{site.server_port}']\n")
        return self


@pytest.fixture
def city(workspace: Path, run: Run) -> City:
    for each in ("luhe", "shijiahe"):
        (workspace / f"jurisdictions/{each}.yaml").unlink()
    replace(workspace / "jurisdictions/tianmen.yaml", "theme: tianmen", "theme: national")
    return City(workspace, run).writes("data/tianmen/2024.yaml", CITY)


def test_files_of_the_workspace_are_summed_up_and_traced_to_their_cells(city: City) -> None:
    city.sums("reports/<id>-<year>.docx", "甲镇", "乙镇")
    city.writes("reports/甲镇-2024.docx", published("甲镇", figures=RIGHT))
    city.writes("reports/乙镇-2024.docx", published("天门市乙镇人民政府", figures=RIGHT, fee="本年度收取信息处理费1,200元。"))
    built = city.build()
    assert built.exit_code == 0, built.stderr
    assert city.record["figures"]["requests.new.natural_person"]["value"] == 6
    assert city.record["figures"]["other_matters.fee"]["value"] == 1200
    told = city.run("trace", "tianmen", "本年新收.自然人").stdout
    assert "甲镇: 3 ← reports/甲镇-2024.docx:表2 第4行第2格" in told


def test_pages_of_a_portal_are_summed_up_whatever_their_charset(city: City, site: Site) -> None:
    site.pages["/a.html"] = published("甲镇", figures=RIGHT).encode("gb18030")
    site.pages["/moved"] = Reply(status=302, Location="/b")
    site.pages["/b"] = published("乙镇", figures=RIGHT)
    city.sums(f"{{甲镇: {site.url}/a.html, 某某局: {site.url}/c.html, 乙镇: {site.url}/moved}}", "甲镇", "乙镇").listed(site)
    site.pages["/c.html"] = published("某某局", figures=RIGHT)
    built = city.build()
    assert built.exit_code == 0, built.stderr
    assert city.record["figures"]["requests.new.natural_person"]["value"] == 9  # 某某局 has no settings file
    assert site.seen.count("/robots.txt") == 1


def test_each_fault_of_a_page_is_one_message_of_its_town(city: City, site: Site) -> None:
    pages: dict[str, Any] = {
        "照片镇": b"\x89PNG a picture",
        "闲谈镇": "<p>hello</p>",
        "去年镇": published("去年镇", 2023),
        "别人镇": published("芦河镇"),
        "旧式镇": published("旧式镇", of="2019"),
        "内网镇": Reply(status=302, Location="http://10.1.2.3/"),
    }
    site.pages |= {f"/{number}": page for number, page in enumerate(pages.values())}
    reports = ", ".join(f"{name}: {site.url}/{number}" for number, name in enumerate(pages))
    city.sums(f"{{{reports}, 没有镇: {site.url}/none, 文件镇: 'file:///etc/passwd'}}", *pages, "没有镇", "文件镇").listed(site)
    told = city.build()
    assert told.exit_code == 2
    for says in (
        "照片镇: this is a picture, there is no text in it",
        "闲谈镇: this does not look like an annual report",
        "去年镇: it is of 2023",
        "别人镇: it is the report of 芦河镇",
        "旧式镇: it follows the standard 2019",
        "10.1.2.3:80 (10.1.2.3) is not a public address",
        "/none is not there (HTTP 404)",
        "文件镇: addresses that start with file: are not visited",
    ):
        assert told.stderr.count(says) == 1, (says, told.stderr)
    assert "Traceback" not in told.stderr


def test_a_private_address_is_reached_only_where_the_workspace_lists_it(city: City, site: Site) -> None:
    city.sums(f"{{甲镇: {site.url}/a}}", "甲镇")
    told = city.build()
    assert (told.exit_code, site.seen) == (2, [])
    assert "is not a public address" in told.stderr


def test_robots_txt_is_kept_to(city: City, site: Site) -> None:
    site.pages |= {"/robots.txt": "User-agent: *\nDisallow: /a", "/a": published("甲镇")}
    city.sums(f"{{甲镇: {site.url}/a}}", "甲镇").listed(site)
    assert "robots.txt does not allow" in city.build().stderr
    assert site.seen == ["/robots.txt"]


def test_an_unread_figure_leaves_only_its_own_sum_open(city: City) -> None:
    city.sums("reports/<name>.html", "甲镇", "乙镇").writes("reports/甲镇.html", published("甲镇", figures=RIGHT))
    city.writes("reports/乙镇.html", published("乙镇", figures={**RIGHT, "requests.new.research": UNREAD}))
    told = city.build()
    assert told.exit_code == 2
    assert (
        "reports/乙镇.html:表2 第4行第4格: the reports of 乙镇 have no requests.new.research: the cell “科研机构” says “若干”"
        in told.stderr
    )
    assert told.stderr.count("the reports of") == 1
    drafted = city.build("--draft")
    assert drafted.exit_code == 0, drafted.stderr
    draft = json.loads((city.folder / "build/tianmen/2024/draft/report.json").read_bytes())
    assert draft["figures"]["requests.new.natural_person"]["value"] == 6
    assert "requests.new.research" not in draft["figures"]


def test_a_row_that_cannot_be_read_is_told_once(city: City) -> None:
    row = dict.fromkeys([f"requests.new.{kind}" for kind in KINDS], UNREAD)
    city.sums("reports/<name>.html", "甲镇").writes("reports/甲镇.html", published("甲镇", figures=row))
    told = city.build()
    assert told.exit_code == 2
    assert told.stderr.count("which is no number") == 1
    assert "the reports of 甲镇 have no requests.new: the cell “自然人” says “若干”" in told.stderr


def test_the_errors_of_a_town_stand_beside_its_sums(city: City) -> None:
    city.sums("reports/<id>.html", "甲镇", "乙镇").writes("reports/乙镇.html", published("乙镇", figures=RIGHT))
    city.writes("reports/甲镇.html", published("甲镇", figures=UNBALANCED))
    built = city.build("--draft")
    assert built.exit_code == 0, built.stderr
    assert "reports/甲镇.html: warning AG-LEVEL the report of 甲镇 has" in built.stderr
    assert "T3-BAL" in built.stderr
    assert "the report of 乙镇" not in built.stderr
    told = city.run("trace", "tianmen", "予以公开.自然人").stdout
    assert "甲镇: 2 ← reports/甲镇.html:表2 第6行第3格，有错误：T3-BAL" in told
    assert told.count("有错误") == 1
    assert "有错误" not in city.run("trace", "tianmen", "行政许可").stdout


def test_ag_level_can_be_waived_and_switched_off(city: City) -> None:
    city.sums("reports/<id>.html", "甲镇").writes("reports/甲镇.html", published("甲镇", figures=UNBALANCED))
    settings = city.folder / "jurisdictions/tianmen.yaml"
    waiver = "waivers: [{code: AG-LEVEL, at: 甲镇, reason: 已函告更正, by: 张某, date: 2025-02-03}]\n"
    replace(settings, "level: 市\n", f"level: 市\n{waiver}")
    city.build("--draft")
    draft = json.loads((city.folder / "build/tianmen/2024/draft/report.json").read_bytes())
    assert "AG-LEVEL" in [finding["code"] for finding in draft["waived"]]
    replace(settings, waiver, "rules: {AG-LEVEL: {severity: off}}\n")
    assert "AG-LEVEL" not in city.build("--draft").stderr


def test_a_report_that_is_built_here_wins(city: City) -> None:
    city.sums("reports/<id>.html", "甲镇").writes("reports/甲镇.html", published("甲镇", figures=RIGHT))
    city.build()
    record = {**city.record, "jurisdiction": {"id": "甲镇", "name": "甲镇"}, "inputs": {}}
    record["figures"]["requests.new.natural_person"]["value"] = 70
    city.writes("build/甲镇/2024/report.json", json.dumps(record))
    city.build("--draft")
    draft = json.loads((city.folder / "build/tianmen/2024/draft/report.json").read_bytes())
    assert draft["figures"]["requests.new.natural_person"]["value"] == 70


def test_what_the_county_types_itself_is_told_where_it_differs(city: City) -> None:
    """AG-SUM: a sum is made here, so only a figure typed beside it can differ."""
    city.sums("reports/<id>.html", "甲镇").writes("reports/甲镇.html", published("甲镇", figures=RIGHT))
    city.writes("data/tianmen/2024.yaml", CITY + "三、收到和处理政府信息公开申请情况: {本年新收: {自然人: 5}}\n")
    told = city.build("--draft").stderr
    assert "F-CONFLICT" in told
    assert "5（manual" in told
    assert "3（所属单位, 汇总 1 份报告" in told


def test_one_file_of_two_towns_is_not_counted_twice(city: City) -> None:
    city.sums("reports/all.html", "甲镇", "乙镇").writes("reports/all.html", published(""))
    assert "it is the same report as that of" in city.build().stderr


@pytest.mark.parametrize(
    ("reports", "says"),
    [
        ("{jiazen: a.html}", "“jiazen” under `reports` is no jurisdiction"),
        ("{tianmen: a.html}", "天门市 under `reports` is not summed up"),
        ("../../<id>.html", "is not in the workspace"),
        ("reports/<ort>.html", "nobody gave <ort>"),
        ("reports/<id>.html", "cannot read the file: No such file or directory"),
        ("reports/<id>.exe", "no plugin reads .exe files"),
        ("ftp://127.0.0.1/<id>", "addresses that start with ftp: are not visited"),
    ],
)
def test_a_wrong_setting_is_told(city: City, reports: str, says: str) -> None:
    told = city.sums(reports, "甲镇").writes("reports/甲镇.exe", "MZ").build()
    assert (told.exit_code, says in told.stderr) == (2, True), told.stderr
    assert "Traceback" not in told.stderr


def test_fetch_brings_the_pages_for_a_build_offline(city: City, site: Site) -> None:
    site.pages["/a"] = published("甲镇", figures=RIGHT)
    city.sums(f"{{甲镇: {site.url}/a}}", "甲镇").listed(site)
    lacking = city.build("--offline")
    assert (lacking.exit_code, "nothing is kept of" in lacking.stderr, site.seen) == (2, True, [])
    fetched = city.run("fetch", "tianmen", "--year", "2024")
    assert fetched.exit_code == 0, fetched.stderr
    asked = len(site.seen)
    assert city.build("--offline").exit_code == 0
    assert len(site.seen) == asked
    del site.pages["/a"]
    failed = city.run("fetch", "tianmen", "--year", "2024")
    assert (failed.exit_code, "甲镇: " in failed.stderr, "HTTP 404" in failed.stderr) == (2, True, True)


def test_what_was_fetched_is_asked_for_again_by_the_next_build(city: City, site: Site) -> None:
    site.pages["/a"] = published("甲镇", figures=RIGHT)
    city.sums(f"{{甲镇: {site.url}/a}}", "甲镇").listed(site)
    city.build()
    site.pages["/a"] = published("甲镇", figures=dict.fromkeys(RIGHT, 8))
    city.build()
    assert city.record["figures"]["requests.new.natural_person"]["value"] == 8


@pytest.mark.parametrize("kind", ["html", "docx"])
def test_a_report_that_nianbao_made_is_summed_up_as_it_was_built(
    workspace: Path, run: Run, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the reader itself: the file alone gives the sums that the record of its build gives."""
    monkeypatch.undo()
    monkeypatch.setenv("NIANBAO_LANG", "en")
    for part in ("nianbao_reader.files.html", "nianbao_reader.tables.grids"):
        pytest.importorskip(part)
    (workspace / "jurisdictions/shijiahe.yaml").unlink()
    replace(workspace / "jurisdictions/tianmen.yaml", "theme: tianmen", "theme: national")
    assert run("build", "luhe", "--year", "2024", "-F", kind).exit_code == 0
    [file] = (workspace / "build/luhe/2024/publish").iterdir()
    city = City(workspace, run).writes("data/tianmen/2024.yaml", CITY).sums(f"reports/<id>{file.suffix}")
    sums = []
    for _ in range(2):
        built = city.build()
        assert built.exit_code == 0, built.stderr
        sums.append({path: fact["value"] for path, fact in city.record["figures"].items()})
        if file.exists():
            (workspace / "reports").mkdir()
            file.rename(workspace / f"reports/luhe{file.suffix}")
            (workspace / "build/luhe/2024/report.json").unlink()
    assert sums[0] == sums[1]
    assert sums[0]["requests.new"] == 15
