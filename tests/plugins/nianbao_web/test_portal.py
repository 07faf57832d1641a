"""The portal of the example counted: 12 columns, 3,000 items in GB18030, every kind of page; broken off and gone on with."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from nianbao import Fact

from .conftest import County

SETTINGS = """
base: URL/<站点>/
with: {站点: lhz, 财政栏目: 10492, 解读栏目: 77}
delay: 0
items: ul.list > li
pages: index_<n>.html
answers:
  二、主动公开政府信息情况:
    公开信息:
      市政府门户网站:
        公开指南: gkzn/
        机构概况: jggk/
        领导信息: ldxx/
        规划总结: ghzj/
        重点领域: zdly/
        安全生产: aqsc/
        乡村振兴: xczx/
        年度报告: ndbg/
        政府文件: {url: zfwj/, date: url}
        工作动态: {url: gzdt/, pages: createPageHTML, date: span.time}
        财政资金: {url: /col/col<财政栏目>/index.html, pages: "?page=<n>", date: {page: .info .date}}
        政策解读: {url: /api/list, post: {channelId: <解读栏目>, pageNo: <n>, pageSize: 50},
                   items: data.records, link: url, date: publishTime, total: data.total}
"""


@pytest.fixture
def lhz(county: County, portal: Any) -> County:
    return county.writes(SETTINGS.replace("URL", f"http://127.0.0.1:{portal.server_port}"))


def counts(county: County, year: int = 2024) -> dict[str, Any]:
    return {name: said.value if isinstance(said, Fact) else str(said) for name, said in county.answer(year).items()}


@pytest.mark.parametrize("year", [2022, 2024])
def test_every_column_is_counted_exactly(lhz: County, serve: ModuleType, year: int) -> None:
    assert counts(lhz, year) == serve.expected("lhz", year)


def test_a_new_collection_confirms_list_pages_and_takes_dated_pages_from_the_cache(
    lhz: County, serve: ModuleType, portal: Any
) -> None:
    counts(lhz)
    first, portal.unchanged = portal.requests.copy(), 0
    portal.requests.clear()
    assert counts(lhz) == serve.expected("lhz", 2024)
    items = {item.path for item in serve.items("lhz", "财政资金")}
    assert not items & portal.requests.keys()
    assert sum(portal.requests.values()) == sum(first.values()) - len(items)
    assert portal.unchanged == sum(times for path, times in portal.requests.items() if path in portal.pages or "?page=" in path)


def test_a_new_item_counts_at_the_next_collection(lhz: County, serve: ModuleType, portal: Any) -> None:
    before = counts(lhz)["领导信息"]
    page = portal.pages["/lhz/ldxx/"]
    portal.pages["/lhz/ldxx/"] = page.replace(
        "</ul>", '<li><a href="/new.html">新任领导分工</a><span>2024-12-31</span></li></ul>'
    )
    assert counts(lhz)["领导信息"] == before + 1


def test_a_figure_is_traced_to_its_column_and_the_items_counted(lhz: County, serve: ModuleType) -> None:
    fact = lhz.answer()["工作动态"]
    assert isinstance(fact, Fact)
    assert fact.origin
    assert fact.origin.where.endswith("/lhz/gzdt/")
    assert isinstance(fact.origin.how, dict)
    assert (fact.origin.how["页数"], fact.origin.how["条目"]) == (44, 1100)
    assert fact.origin.how["重复"] == 2 * 43
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:]+\+00:00", fact.origin.at)
    assert len(fact.evidence) == fact.value
    of_2024 = {item.title for item in serve.items("lhz", "工作动态") if item.day.year == 2024}
    assert {row["标题"] for row in fact.evidence} == of_2024
    assert {row["日期"][:4] for row in fact.evidence} == {"2024"}


def test_how_it_was_answered_is_told_in_a_line(lhz: County, portal: Any) -> None:
    told: list[tuple[int, int, str]] = []
    lhz.run.progress = lambda done, total, what: told.append((done, total, what))
    counts(lhz)
    assert (
        lhz.run.notes[0][1]
        == f"12 columns, 12 answered; {sum(portal.requests.values())} requests (0 unchanged), 0 more from the cache"
    )
    assert {total for _, total, _ in told} == {12}
    assert told[-1][0] == 11
    assert told[0][2].startswith("公开指南 http://127.0.0.1")


KILLED = """
import os, signal, sys
from pathlib import Path
sys.path[:0] = [sys.argv[1], str(Path(sys.argv[1]).parents[1])]
from conftest import County

left = int(sys.argv[3])
def progress(done, total, what):
    global left
    left -= 1
    if not left:
        os.kill(os.getpid(), signal.SIGKILL)

county = County(Path(sys.argv[2]))
county.run.progress = progress
county.answer()
"""


def test_a_count_that_was_killed_goes_on_where_it_stopped(lhz: County, serve: ModuleType, portal: Any) -> None:
    for calls in (2, 60, 90, 150):
        command = [sys.executable, "-c", KILLED, str(Path(__file__).parent), str(lhz.folder), str(calls)]
        done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=60)
        assert done.returncode == -signal.SIGKILL, done.stderr
    assert counts(lhz) == serve.expected("lhz", 2024)
    assert {path for path, times in portal.requests.items() if times > 1} <= {"/robots.txt"}
