"""A finished report as a source: its tables and sentences, literally; what it does not say is told, and never guessed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from serving import Site, serving
from tests_shared import Run, replace
from trying.published import UNREAD, published

RIGHT = {"requests.new.natural_person": 3, "requests.granted.natural_person": 3, "proactive_disclosure.fees": 0.36}


@pytest.fixture(autouse=True)
def _reader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nianbao_web.fetching.DELAY", 0.0)


@pytest.fixture
def site() -> Iterator[Any]:
    yield from serving(Site())


class Town:
    """A town whose figures come from a report that was made elsewhere."""

    def __init__(self, folder: Path, run: Run) -> None:
        self.folder, self.run = folder, run

    def reads(self, block: str, private: str = "") -> Town:
        replace(
            self.folder / "jurisdictions/luhe.yaml",
            "name: 芦河镇\n",
            f"name: 芦河镇\nsources: {{manual: null, 旧报告: {{use: reader, {block}}}}}\n",
        )
        if private:
            with (self.folder / "nianbao.yaml").open("a", encoding="utf-8") as settings:
                settings.write(f"\nprivate_hosts: ['{private}']\n")
        return self

    def has(self, text: str, name: str = "reports/luhe-2024.docx") -> Town:
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return self

    def build(self, *options: str) -> Any:
        return self.run("build", "luhe", "--year", "2024", "-F", "html", *options)

    def record(self, folder: str = "") -> dict[str, Any]:
        known: dict[str, Any] = json.loads((self.folder / f"build/luhe/2024/{folder}report.json").read_bytes())
        return known


@pytest.fixture
def town(workspace: Path, run: Run) -> Town:
    return Town(workspace, run)


def test_a_file_answers_every_section(town: Town) -> None:
    built = town.reads("file: reports/<id>-<year>.docx").has(published(figures=RIGHT)).build()
    assert built.exit_code == 0, built.stderr
    figures = town.record()["figures"]
    assert figures["requests.total"]["value"] == 3
    assert figures["proactive_disclosure.fees"]["value"] == 0.36
    assert figures["other_matters.fee"]["value"] == 0
    assert figures["requests.new.natural_person"]["origin"]["where"] == "reports/luhe-2024.docx:表2 第4行第2格"
    texts = [part["text"] for part in town.record()["parts"]]
    assert "本年度在公告栏{{ 原样 }}公开信息。" in texts  # no template


def test_its_years_are_known(town: Town) -> None:
    town.reads("file: reports/<id>-<year>.docx").has(published()).has(published(year=2022), "reports/luhe-2022.docx")
    told = json.loads(town.run("jurisdictions", "--json").stdout)
    assert next(each["years"] for each in told if each["id"] == "luhe") == [2022, 2024]


def test_a_stated_total_that_is_wrong_is_found(town: Town) -> None:
    told = town.reads("file: reports/<id>-<year>.docx").has(published(figures={**RIGHT, "requests.new": 4})).build()
    assert (told.exit_code, "T3-ROW" in told.stderr) == (1, True), told.stderr


def test_what_cannot_be_read_is_told_in_the_place_of_the_figure(town: Town) -> None:
    town.reads("file: reports/<id>-<year>.docx").has(published(figures={**RIGHT, "requests.new.research": UNREAD}))
    told = town.build()
    assert told.exit_code == 2
    assert "the cell “科研机构” says “若干”, which is no number" in told.stderr
    assert town.build("--draft").exit_code == 0
    assert "requests.new.research" not in town.record("draft/")["figures"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (published(year=2023), "it is of 2023, not of use for 2024"),
        (published(of="2019"), "it follows the standard 2019"),
        ("<p>hello</p>", "this does not look like an annual report"),
    ],
)
def test_another_report_is_refused(town: Town, text: str, says: str) -> None:
    told = town.reads("file: reports/<id>-<year>.docx").has(text).build()
    assert (told.exit_code, says in told.stderr) == (2, True), told.stderr


def test_the_report_of_another_body_is_a_warning(town: Town) -> None:
    town.reads("file: reports/<id>-<year>.docx").has(published("石桥镇", figures=RIGHT))
    told = town.build()
    assert told.exit_code == 0, told.stderr
    assert "it is the report of 石桥镇, not of 芦河镇" in told.stderr


@pytest.mark.parametrize(
    ("block", "says"),
    [
        ("file: a.docx, url: 'https://a.example/'", "write either `file` or `url`"),
        ("for: [镇]", "write either `file` or `url`"),
        ("file: ../a.docx", "is not in the workspace"),
        ("file: none.docx", "cannot read the file"),
        ("url: 'ftp://a.example/'", "addresses that start with ftp: are not visited"),
    ],
)
def test_a_wrong_setting_is_told(town: Town, block: str, says: str) -> None:
    told = town.reads(block).build()
    assert (told.exit_code, says in told.stderr) == (2, True), told.stderr


def test_a_page_is_fetched_kept_and_read_offline(town: Town, site: Site) -> None:
    site.pages["/2024/"] = published("石桥镇", figures=RIGHT).encode("gb18030")
    town.reads(f"url: '{site.url}/<year>/'", f"127.0.0.1:{site.server_port}")
    assert town.run("fetch", "luhe", "--year", "2024").stdout.strip().endswith(".json")
    asked = len(site.seen)
    built = town.build("--offline")
    assert (built.exit_code, len(site.seen)) == (0, asked), built.stderr
    assert town.record()["figures"]["requests.new"]["value"] == 3


def test_with_many_cores_a_warning_of_a_page_is_not_lost(town: Town, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    from nianbao import batch

    monkeypatch.setattr(batch, "cores", lambda: 2)
    site.pages["/a"] = published("石桥镇", figures=RIGHT)
    town.reads(f"url: '{site.url}/a'", f"127.0.0.1:{site.server_port}")
    told = town.run("build", "luhe", "tianmen", "--year", "2024", "-F", "html").stderr
    assert "it is the report of 石桥镇, not of 芦河镇" in told
