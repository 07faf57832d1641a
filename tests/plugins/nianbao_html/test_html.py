"""The page: self-contained, semantic, readable by machines, and never code."""

import itertools
import re
from html import unescape
from pathlib import Path

import pytest
from lxml.html import HtmlElement, document_fromstring

from nianbao import Document, Style
from nianbao_html.page import Fragment, Html
from tests_shared import Run, replace


@pytest.fixture
def page(run: Run) -> HtmlElement:
    return document_fromstring(Path(run("build", "luhe", "-F", "html").stdout.strip()).read_bytes())


def test_the_page_loads_nothing_from_elsewhere(page: HtmlElement) -> None:
    assert not page.xpath("//link | //script | //img | //*[@src] | //*[@href]")
    assert "url(" not in page.findtext(".//style")
    assert "@import" not in page.findtext(".//style")


def test_the_page_is_chinese_with_one_title_and_headings_in_order(page: HtmlElement) -> None:
    assert page.get("lang") == "zh-CN"
    assert len(page.findall(".//h1")) == 1
    levels = [int(heading.tag[1]) for heading in page.xpath("//h1|//h2|//h3")]
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_every_table_has_a_caption_and_every_header_a_scope(page: HtmlElement) -> None:
    for table in page.iter("table"):
        assert table.findtext("caption")
        assert all(cell.get("scope") for cell in table.iter("th"))


def test_every_figure_can_be_read_back(page: HtmlElement) -> None:
    figures = {data.get("data-fact"): data.get("value") for data in page.iter("data")}
    assert figures["requests.total"] == "16"
    assert figures["proactive_disclosure.fees"] == "0.36"
    assert all(data.text == data.get("value") for data in page.iter("data"))


@pytest.mark.parametrize(
    "evil", ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "</article><style>*{display:none}"]
)
def test_what_people_type_is_never_code(workspace: Path, run: Run, evil: str) -> None:
    replace(
        workspace / "data/luhe/2024.yaml", "公告栏: 各村公告栏", f"公告栏: '{evil}'\n  “{evil}”: '{evil}'\n  别的: 各村公告栏"
    )
    replace(workspace / "jurisdictions/luhe.yaml", "name: 芦河镇", f"name: '芦河镇{evil}'")
    result = run("build", "luhe", "-F", "html")
    assert result.exit_code == 0, result.stderr
    page = document_fromstring(Path(result.stdout.strip()).read_bytes())
    assert not page.xpath("//script | //img")
    assert len(page.findall(".//style")) == 1
    assert evil in page.text_content()


def test_the_styles_come_from_the_theme(workspace: Path, run: Run) -> None:
    home = workspace / "themes" / "mine"
    home.mkdir(parents=True)
    (home / "theme.yaml").write_text(
        "extends: national\nstyle: {title: {font: [隶书], size: 一号, colour: '#c00000', bold: true}}\n", encoding="utf-8"
    )
    replace(workspace / "jurisdictions/luhe.yaml", "theme: national", "theme: ./themes/mine")
    page = Path(run("build", "luhe", "-F", "html").stdout.strip()).read_text(encoding="utf-8")
    assert 'h1 { font-family: "隶书", serif; font-size: 2.1667rem; font-weight: bold; color: #c00000; text-align: center' in page


def test_the_lines_of_tables_and_the_place_of_the_page_number_come_from_the_theme(workspace: Path, run: Run) -> None:
    home = workspace / "themes" / "mine"
    home.mkdir(parents=True)
    style = "{table: {border: '1.5pt #336699'}, page: {number: 9, margins: [30, 20, 30, 20]}, body: {lines: 30}}"
    (home / "theme.yaml").write_text(f"extends: national\nstyle: {style}\n", encoding="utf-8")
    replace(workspace / "jurisdictions/luhe.yaml", "theme: national", "theme: ./themes/mine")
    page = Path(run("build", "luhe", "-F", "html").stdout.strip()).read_text(encoding="utf-8")
    assert "th, td { border: 1.5pt solid #336699;" in page
    assert "@page { size: A4; margin: 30mm 20mm 30mm 20mm; }" in page
    assert "padding: 9mm 0 0;" in page
    assert "main { line-height: 7.9mm; }" in page


def test_whatever_a_theme_brings_no_script_runs_and_nothing_is_fetched(page: HtmlElement) -> None:
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'; ")
    assert "script-src" not in policy


TURNING = "\u202e\u2066\u202d"


@pytest.mark.parametrize(("kind", "suffix"), [(Html, ".html"), (Fragment, ".fragment.html")])
def test_characters_that_turn_text_round_turn_nothing_but_themselves(kind: type[Html | Fragment], suffix: str) -> None:
    """Core refuses them in YAML; a register, a workbook or a portal may still hold them."""
    said = f"受理{TURNING}123件"
    html = f'<article><p>{said}<data value="1" data-fact="甲{TURNING}">1</data></p></article>'
    meta = {"author": "", "keywords": ""}
    written = kind().render(Document(html, "", False, meta, Style(), None))[suffix].decode()  # type: ignore[arg-type]
    seen = document_fromstring(written)
    assert said in seen.text_content()
    assert [each.text for each in seen.iter("bdi")] == list(TURNING)
    assert seen.find(".//data").get("data-fact") == f"甲{TURNING}"


@pytest.mark.parametrize(("kind", "suffix"), [(Html, ".html"), (Fragment, ".fragment.html")])
@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("芦河镇2024年年报", "芦河镇<wbr>2024年<wbr>年报"),
        ("甲&amp;乙局<br>2024年年报", "甲&amp;乙局<br>2024年<wbr>年报"),
        ("<span lang='zh'>芦河镇年报</span>", '<span lang="zh">芦河镇<wbr>年报</span>'),
        ("年", "年"),
    ],
)
def test_the_words_of_a_title_stay_whole_and_its_text_the_same(
    kind: type[Html | Fragment], suffix: str, title: str, shown: str
) -> None:
    meta = dict.fromkeys(("author", "keywords", "date"), "")
    html = f"<article><h1>{title}</h1><p>芦河镇2024年</p></article>"
    format = kind()
    made = format.render(Document(html, "芦河镇2024年年报", False, meta, Style(), None))  # type: ignore[arg-type]
    page = made[suffix].decode().replace("'", '"')
    assert f"{shown}</h1>" in page
    assert "word-break: keep-all" in page
    assert "芦河镇2024年</p>" in page
    assert unescape(re.sub("<[^>]*>", "", title)) in format.read(made)
