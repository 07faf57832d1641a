"""The preview in a real browser: what a clerk sees while they write, and what no report can do to them."""

from __future__ import annotations

import json
import re
import shutil
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests_shared import replace

from .serving import Serve

if TYPE_CHECKING:
    from playwright.sync_api import Browser, FrameLocator, Page, Route

pytestmark = pytest.mark.slow
LUHE = "data/luhe/2024.yaml"
LICENCES = "data[data-fact='proactive_disclosure.licences']"
SUM = "data[data-fact='proactive_disclosure.公开信息']"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("chromium is not installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


def new_tab(browser: Browser) -> Page:
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    page.set_default_timeout(10_000)
    return page


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    """A tab in which the browser may complain of what it refuses."""
    page = new_tab(browser)
    yield page
    page.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A tab in which every complaint of the browser fails the test."""
    page = new_tab(browser)
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    yield page
    page.close()
    allowed = re.compile("ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED_ENCODING|403|404")
    assert [said for said in complaints if not allowed.search(said)] == []


def report(page: Page) -> FrameLocator:
    return page.frame_locator("#page")


def visit(page: Page, url: str) -> FrameLocator:
    page.goto(url)
    page.locator("#downloads a").first.wait_for()
    return report(page)


def scrolled(page: Page) -> float:
    return float(page.evaluate("document.getElementById('page').contentWindow.scrollY"))


def test_a_save_swaps_the_page_in_where_the_reader_is(workspace: Path, serve: Serve, page: Page) -> None:
    shown = visit(page, serve("luhe").url)
    assert shown.locator("h1").inner_text() == "芦河镇2024年政府信息公开工作年度报告"
    page.evaluate("document.getElementById('page').contentWindow.scrollTo(0, 600)")
    loads: list[str] = []
    page.on("framenavigated", lambda frame: loads.append(frame.url))
    replace(workspace / LUHE, "行政许可: 18", "行政许可: 1918")
    shown.locator(LICENCES, has_text="1918").first.wait_for()
    assert (scrolled(page), loads) == (600, [])  # in place: nothing flashes
    assert page.locator("#status").get_attribute("data-kind") == "ready"


def test_the_page_looks_as_the_built_one(workspace: Path, serve: Serve, page: Page) -> None:
    shown = visit(page, serve("luhe").url)
    looks = "body => getComputedStyle(body.querySelector('h1')).font + getComputedStyle(body).backgroundColor"
    before = shown.locator("body").evaluate(looks)
    replace(workspace / LUHE, "行政许可: 18", "行政许可: 1919")
    shown.locator(LICENCES, has_text="1919").first.wait_for()
    assert shown.locator("body").evaluate(looks) == before  # its styles are in force after a swap too
    assert "29.33" in before  # 2号


def test_a_click_on_a_figure_shows_its_origin_and_keeps_it_up_to_date(workspace: Path, serve: Serve, page: Page) -> None:
    shown = visit(page, serve("luhe").url)
    shown.locator(SUM).first.click()
    origin = page.locator("#origin")
    origin.get_by_text("公告栏 = 37").wait_for()
    assert "data/luhe/2024.yaml:16:10" in origin.inner_text()
    replace(workspace / LUHE, "公告栏: 37", "公告栏: 38")
    origin.get_by_text("公告栏 = 38").wait_for()


def test_figures_are_reached_by_keyboard(serve: Serve, page: Page) -> None:
    shown = visit(page, serve("luhe").url)
    figures = shown.locator("data[data-fact]")
    assert shown.locator("data[tabindex='0']").count() == 1
    figures.first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.locator("#origin li").first.wait_for()
    path = figures.nth(1).get_attribute("data-fact")
    assert page.locator("#origin > code").inner_text() == path


def test_a_finding_leads_to_its_figure(workspace: Path, serve: Serve, page: Page) -> None:
    replace(workspace / LUHE, "结转下年度: {自然人: 1}", "结转下年度: {自然人: 2}")
    visit(page, serve("luhe").url)
    finding = page.locator("#findings li")
    assert "data/luhe/2024.yaml:28:15" in finding.inner_text()
    assert "Check the figures on both sides." in finding.inner_text()
    finding.get_by_role("button").click()
    report(page).locator("data.shown").first.wait_for()
    assert scrolled(page) > 0
    assert page.locator("#status").get_attribute("data-kind") == "draft"


def test_broken_yaml_keeps_the_page_and_tells_the_line_until_it_is_mended(workspace: Path, serve: Serve, page: Page) -> None:
    shown = visit(page, serve("luhe").url)
    replace(workspace / LUHE, "行政许可: 18", "行政许可：18")
    page.locator("#status[data-kind=broken]").wait_for()
    assert "data/luhe/2024.yaml:19:7" in page.locator("#findings").inner_text()
    assert shown.locator(LICENCES).first.inner_text() == "18"
    replace(workspace / LUHE, "行政许可：18", "行政许可: 18")
    page.locator("#status[data-kind=ready]").wait_for()


@pytest.mark.parametrize(("format", "suffix"), [("docx", ".docx"), ("markdown", ".md"), ("html", ".html")])
def test_a_click_downloads_the_file(serve: Serve, page: Page, tmp_path: Path, format: str, suffix: str) -> None:
    visit(page, serve("luhe").url)
    with page.expect_download() as download:
        page.get_by_role("link", name=format).click()
    assert download.value.suggested_filename == f"芦河镇2024年政府信息公开工作年度报告{suffix}"
    download.value.save_as(tmp_path / "file")
    assert (tmp_path / "file").stat().st_size > 1000


def test_nothing_in_a_report_can_run_even_where_it_came_through_everything_before(
    workspace: Path, serve: Serve, tab: Page
) -> None:
    run = "parent.document.title = 'taken'"
    bad = (
        f'<h1 onclick="{run}">bad</h1><script>{run}</script><img src="x" onerror="{run}"><a href="javascript:{run}">go</a>'
        f'<form action="again" method="post"><button>ask</button></form><iframe srcdoc="<script>parent.{run}</script>"></iframe>'
    )

    def spoil(route: Route) -> None:
        """What a broken format could put there."""
        answer = route.fetch()
        body = answer.text().replace("Content-Security-Policy", "none")  # what the page says of itself
        body = body.replace(
            "<main", json.dumps(bad)[1:-1] + "<main" if "json" in answer.headers["content-type"] else bad + "<main"
        )
        route.fulfill(response=answer, body=body)

    served = serve("luhe")
    tab.route("**/page", spoil)
    tab.route("**/state", spoil)
    shown = visit(tab, served.url)
    for figure in (1920, 1921):  # as it is loaded, and after a swap
        shown.locator("h1", has_text="bad").click()
        shown.locator("a", has_text="go").click()
        shown.locator("button", has_text="ask").click()
        tab.wait_for_timeout(100)
        assert tab.title() == "芦河镇 2024 · preview"
        (workspace / LUHE).write_text(
            re.sub("行政许可: [0-9]+", f"行政许可: {figure}", (workspace / LUHE).read_text("utf-8")), encoding="utf-8"
        )
        shown.locator(LICENCES, has_text=str(figure)).first.wait_for()
    assert tab.title() == "芦河镇 2024 · preview"


def test_a_name_of_markup_is_text_in_what_is_beside_the_page(workspace: Path, serve: Serve, page: Page) -> None:
    replace(workspace / LUHE, "公告栏: 37", "'<img src=x onerror=1>': 37")
    replace(workspace / LUHE, "公告栏: 各村公告栏张贴信息{{ 公告栏 }}条。", "")
    replace(workspace / LUHE, "、公告栏{{ 公告栏 }}条", "等")
    shown = visit(page, serve("luhe").url)
    shown.locator(SUM).first.click()
    page.locator("#origin li li").first.wait_for()
    assert "<img src=x onerror=1> = 37" in page.locator("#origin").inner_text()
    assert page.locator("aside img").count() == 0


class _Site(BaseHTTPRequestHandler):
    """Another site on the same machine, as a page on the internet would try it."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<title>elsewhere</title>")

    def log_message(self, *_: Any) -> None:
        pass


def test_another_sites_page_reads_nothing(serve: Serve, tab: Page) -> None:
    served = serve("luhe")
    site = HTTPServer(("127.0.0.1", 0), _Site)
    threading.Thread(target=site.serve_forever, daemon=True).start()
    try:
        tab.goto(f"http://localhost:{site.server_port}/")
        read = "url => fetch(url).then(answer => answer.text(), () => 'refused')"
        blind = "url => fetch(url, {mode: 'no-cors', method: 'POST'}).then(answer => answer.type, () => 'refused')"
        hear = """url => new Promise(resolve => { const news = new EventSource(url);
                  news.onmessage = () => resolve('heard'); news.onerror = () => resolve('refused'); })"""
        assert tab.evaluate(read, f"{served.url}state") == "refused"
        assert tab.evaluate(hear, f"{served.url}news") == "refused"
        assert tab.evaluate(blind, f"{served.url}again") in ("refused", "opaque")  # it answered 403: see test_serve.py
        tab.set_content(f'<iframe src="{served.url}"></iframe>')
        tab.wait_for_timeout(300)
        assert tab.frame_locator("iframe").get_by_text("芦河镇").count() == 0
    finally:
        site.shutdown()
        site.server_close()


def test_a_browser_finds_a_preview_that_was_started_again(workspace: Path, serve: Serve, page: Page) -> None:
    served = serve("luhe")
    shown = visit(page, served.url)
    assert served.end() == 0
    page.locator("#status[data-kind=lost]").wait_for()
    replace(workspace / LUHE, "行政许可: 18", "行政许可: 1921")
    serve("luhe", "--port", str(served.port))
    shown.locator(LICENCES, has_text="1921").first.wait_for()


@pytest.mark.parametrize("path", ["", "/", "/nobody/2024/"])
def test_axe_finds_nothing(workspace: Path, serve: Serve, page: Page, path: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    replace(workspace / LUHE, "结转下年度: {自然人: 1}", "结转下年度: {自然人: 2}")
    served = serve("luhe")
    page.goto(served.url if not path else f"http://127.0.0.1:{served.port}{path}")
    if not path:
        page.locator("#findings li").first.wait_for()
        report(page).locator(SUM).first.click()
        page.locator("#origin li").first.wait_for()
    found = Axe().run(page, context=None if path else {"exclude": ["iframe"]})
    assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found.response["violations"]] == []


def test_a_phone_shows_the_page_and_below_it_what_was_found(serve: Serve, page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    visit(page, serve("luhe").url)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    frame, aside = page.locator("#page").bounding_box(), page.locator("aside").bounding_box()
    assert frame
    assert aside
    assert frame["y"] + frame["height"] <= aside["y"] + 1
