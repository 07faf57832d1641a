"""The page of a comparison before its readers: on a desk, on a phone, on paper. In a real browser."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests_shared import Run

from .conftest import Keep

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.slow
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("chromium is not installed")
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=quiet)
        yield started
        started.close()


@pytest.fixture
def file(run: Run, keep: Keep, workspace: Path) -> Path:
    """The page of the example town's data beside a year that differs in everything, long names and long words too."""
    long, name = "w" * 300, "proactive_disclosure.公开信息"
    keep(
        2023,
        {"requests.new": 123456789012, "proactive_disclosure.licences": 18, name: {"value": 0.123456, "label": "名" * 60}},
        {"overview.platforms": f"镇网站按主题编排了栏目，{long}。", f"overview.“{long}”": "甲。"},
    )
    path = workspace / "page.html"
    assert run("diff", "luhe", "2023", "2024", "--all", "--html", str(path)).exit_code == 0
    return path


def shown(browser: Browser, file: Path, width: int) -> Page:
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(file.as_uri())
    return page


@pytest.mark.parametrize("width", [320, 640, 1280])
def test_axe_finds_no_violation_of_wcag_22_aa(browser: Browser, file: Path, width: int) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = shown(browser, file, width)
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": WCAG}}).response
    page.close()
    assert len(found["passes"]) > 10
    assert [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in found["violations"]] == []


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_runs_out_of_the_page(browser: Browser, file: Path, width: int) -> None:
    page = shown(browser, file, width)
    reached = page.evaluate("document.documentElement.scrollWidth")
    page.close()
    assert reached <= width


def test_two_years_stand_beside_each_other_on_a_desk_and_below_on_a_phone(browser: Browser, file: Path) -> None:
    for width, beside in ((1280, True), (390, False)):
        page = shown(browser, file, width)
        tops = page.evaluate("[...document.querySelector('.both').children].map(side => side.getBoundingClientRect().top)")
        page.close()
        assert (tops[0] == tops[1]) is beside


def test_on_paper_what_changed_is_still_marked(browser: Browser, file: Path) -> None:
    page = shown(browser, file, 1280)
    page.emulate_media(media="print")
    lines = page.evaluate(
        "['ins', 'del'].map(tag => getComputedStyle(document.querySelector(`.both ${tag}`)).textDecorationLine)"
    )
    page.close()
    assert lines == ["underline", "line-through"]
