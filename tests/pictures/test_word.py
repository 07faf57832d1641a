"""The Word file as an office prints it, measured on paper beside GB/T 9704-2012."""

from __future__ import annotations

import io
import itertools
import shutil
import socket
import subprocess
import sys
import unicodedata
from collections import Counter
from pathlib import Path

import docx
import pytest

from nianbao import Document
from nianbao.themes import theme
from nianbao_pandoc import Docx

from .paper import Line, Paper, Sheet, on_paper

pytestmark = pytest.mark.slow
EXAMPLES = Path(__file__).parents[2] / "examples"
LEFT, RIGHT, TOP, BOTTOM = 28, 210 - 26, 37, 297 - 35  # mm
CHARACTER = 156 / 28
HANGING = "，。；：、？！”》）"  # LibreOffice takes w:overflowPunct the wrong way round: there, one mark may hang out
TOWNS = ("luhe", "shijiahe", "heshan")
FONTS = {"NotoSerifCJKjp", "NotoSansCJKjp", "UKaiCN"}
HEAD = "<thead><tr><th scope='col'>表头</th><th scope='col'>数</th></tr></thead>"


def table(rows: int) -> str:
    body = "".join(f"<tr><th scope='row'>第{number}行</th><td>{number}</td></tr>" for number in range(1, rows + 1))
    return f"<table>{HEAD}{body}</table>"


def paragraph(characters: int) -> str:
    return f"<p>{'公开' * (characters // 2)}</p>"


ARTICLES = {
    "prose": [paragraph(28 * 12 - 2)] * 5,
    "long": ["<h2>一、长表</h2>", table(70), "<h2>二、整表</h2>", table(28)],
    **{f"heading at line {line}": [paragraph(28 * line - 2), "<h2>二、标题</h2>", paragraph(100)] for line in (17, 18, 19)},
    **{f"table at line {line}": [paragraph(28 * line - 2), "<h2>二、标题</h2>", table(8)] for line in (9, 12, 17)},
}
LONG_TITLE = "禾山市某某经济技术开发区管理委员会2024年政府信息公开工作年度报告"


def article(blocks: list[str], title: str = "标题", **kinds: str) -> Document:
    meta = {"author": "甲", "date": "2024-12-31", "language": "zh-CN"}
    html = f"<article><h1>{title}</h1>{''.join(blocks)}</article>"
    return Document(html, title, False, meta, theme("national", EXAMPLES).style, report=None)  # type: ignore[arg-type]


def built(folder: Path) -> dict[str, bytes]:
    """The reports of both example towns and of the city whose report is theirs and others'."""
    for name in ("tianmen", "heshan"):
        shutil.copytree(EXAMPLES / name, folder / name, ignore=shutil.ignore_patterns("build", "archive", "*.db", ".cache"))
    settings = folder / "heshan/jurisdictions/heshan.yaml"
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    settings.write_text(settings.read_text("utf-8").replace("127.0.0.1:8765", f"127.0.0.1:{port}"), encoding="utf-8")
    build = [sys.executable, "-m", "nianbao", "-w", str(folder / "tianmen"), "build", "-F", "docx"]
    for command in ([*build, "luhe"], [*build, "shijiahe"], [sys.executable, str(folder / "heshan/start.py")]):
        subprocess.run(command, check=True, capture_output=True, timeout=300)
    found = [next(folder.glob(f"*/build/{town}/2024/publish/*.docx")) for town in TOWNS]
    return {town: file.read_bytes() for town, file in zip(TOWNS, found, strict=True)}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    made = {name: Docx().render(article(blocks))[".docx"] for name, blocks in ARTICLES.items()}
    made["title"] = Docx().render(article([], LONG_TITLE))[".docx"]
    return made | built(tmp_path_factory.mktemp("examples"))


@pytest.fixture(scope="module")
def paper(files: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Paper]:
    return on_paper(files, tmp_path_factory.mktemp("paper"))


def text(sheet: Sheet) -> list[Line]:
    """The lines of a page without its number."""
    return [line for line in sheet.lines if line.middle < BOTTOM]


def squeezed(words: str) -> str:
    return "".join(unicodedata.normalize("NFKC", words).split())


@pytest.mark.parametrize("name", [*TOWNS, *ARTICLES, "title"])
def test_nothing_stands_outside_the_text_area_but_the_page_number(paper: dict[str, Paper], name: str) -> None:
    for sheet in paper[name].sheets:
        for word in text(sheet):
            hung = CHARACTER if word.text[-1] in HANGING else 0
            assert word.left >= LEFT - 0.3, word
            assert word.right <= RIGHT + 0.3 + hung, word
            assert word.middle >= TOP, word


@pytest.mark.parametrize("name", TOWNS)
def test_the_page_number_stands_outside_one_character_in_and_seven_millimetres_down(paper: dict[str, Paper], name: str) -> None:
    for number, sheet in enumerate(paper[name].sheets, start=1):
        (shown,) = [line for line in sheet.lines if line.middle >= BOTTOM]
        assert shown.text == f"—{number}—"
        assert shown.middle - BOTTOM == pytest.approx(7, abs=1)
        one = 14 * 25.4 / 72
        if number % 2:
            assert shown.right == pytest.approx(RIGHT - one, abs=0.5)
        else:
            assert shown.left == pytest.approx(LEFT + one, abs=0.5)


def test_a_full_page_has_22_lines_of_28_characters(paper: dict[str, Paper]) -> None:
    lines = text(paper["prose"].sheets[1])
    assert len(lines) == 22
    assert {len(line.text) for line in lines if line.left < LEFT + 1 and line.right > RIGHT - 1} == {28}
    pitches = {round(below.middle - line.middle, 1) for line, below in itertools.pairwise(lines)}
    assert pitches == {10.2}


def test_a_paragraph_begins_two_characters_in(paper: dict[str, Paper]) -> None:
    first = [line for line in text(paper["prose"].sheets[1]) if line.left > LEFT + 1]
    assert len(first) == 2
    assert all(line.left == pytest.approx(LEFT + 2 * CHARACTER, abs=0.3) for line in first)


def test_a_page_of_prose_is_full_in_the_towns_report_too(paper: dict[str, Paper]) -> None:
    assert len(text(paper["shijiahe"].sheets[1])) == 22
    assert [len(paper[town].sheets) for town in TOWNS] == [4, 3, 4]


@pytest.mark.parametrize("name", TOWNS)
def test_no_line_has_more_than_28_characters(paper: dict[str, Paper], name: str) -> None:
    for line in (line for sheet in paper[name].sheets for line in text(sheet) if line.right - line.left > 100):
        if not line.text[0].isdigit() and not any(mark in line.text for mark in ("结果维持", "人数", "勾稽")):
            wide = sum(1 if unicodedata.east_asian_width(one) in "WFA" else 0.5 for one in line.text)
            assert wide <= 28 + (line.text[-1] in HANGING), line


@pytest.mark.parametrize("name", [*TOWNS, *ARTICLES])
def test_no_heading_is_the_last_on_its_page(files: dict[str, bytes], paper: dict[str, Paper], name: str) -> None:
    paragraphs = docx.Document(io.BytesIO(files[name])).paragraphs
    headings = {squeezed(each.text) for each in paragraphs if each.style and each.style.name.startswith("Heading")}
    assert headings or name == "prose"
    for sheet in paper[name].sheets:
        assert squeezed(text(sheet)[-1].text) not in headings


@pytest.mark.parametrize("name", ["luhe", "heshan"])
def test_the_table_of_requests_stands_whole_on_one_page_under_its_heading(paper: dict[str, Paper], name: str) -> None:
    (page,) = [lines for sheet in paper[name].sheets if "申请人情况" in (lines := "".join(one.text for one in text(sheet)))]
    assert page.startswith("三、收到和处理政府信息公开申请情况")
    assert "一、本年新收政府信息公开申请数量" in page
    assert "四、结转下年度继续办理" in page


def test_a_table_longer_than_a_page_repeats_its_head_and_tears_no_row(paper: dict[str, Paper]) -> None:
    pages = ["".join(line.text for line in text(sheet)) for sheet in paper["long"].sheets]
    assert all("表头数第" in page for page in pages)
    long, whole = "".join(pages).split("二、整表")
    assert (long.count("行"), whole.count("行")) == (70, 28)
    assert long.count("表头") > 1
    assert whole.count("表头") == 1


@pytest.mark.parametrize("line", [9, 12, 17])
def test_a_short_table_moves_to_the_next_page_with_its_heading(paper: dict[str, Paper], line: int) -> None:
    for sheet in paper[f"table at line {line}"].sheets:
        said = "".join(each.text for each in text(sheet))
        assert ("二、标题" in said) == ("表头" in said) == ("第8行" in said)


def test_a_long_title_is_broken_between_words_and_centred(paper: dict[str, Paper]) -> None:
    lines = text(paper["title"].sheets[0])
    assert [line.text for line in lines] == ["禾山市某某经济技术开发区管理委员会", "2024年政府信息公开工作年度报告"]
    for line in lines:
        assert line.left - LEFT == pytest.approx(RIGHT - line.right, abs=1)
    assert (lines[0].right - lines[0].left) / len(lines[0].text) == pytest.approx(22 * 25.4 / 72, rel=0.02)


@pytest.mark.parametrize("name", TOWNS)
def test_every_character_is_printed_and_none_borrowed_from_another_font(
    files: dict[str, bytes], paper: dict[str, Paper], name: str
) -> None:
    printed = Counter(squeezed("".join(line.text for sheet in paper[name].sheets for line in text(sheet))))
    words = docx.Document(io.BytesIO(files[name])).element.body.itertext("{*}t")
    assert printed == Counter(squeezed("".join(words)))
    assert {font.partition("-")[0] for font in paper[name].fonts} <= FONTS
