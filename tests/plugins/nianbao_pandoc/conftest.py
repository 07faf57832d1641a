"""One report with its three tables, and ways to read what became of it."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from lxml import etree, html

from nianbao import Document
from nianbao.style import Role, Style
from nianbao_pandoc import Docx, Markdown

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
REPORT = Path(__file__).with_name("report.html").read_text("utf-8")
STYLE = Style(
    title=Role(("方正小标宋简体", "方正小标宋_GBK", "STZhongsong"), "2号", align="center"),
    heading1=Role(("黑体", "SimHei"), "3号", indent="2字"),
    heading2=Role(("楷体", "KaiTi"), "3号", indent="2字"),
    heading3=Role(("仿宋", "FangSong"), "3号", bold=True, indent="2字"),
    body=Role(("仿宋", "FangSong"), "3号", indent="2字", lines=22),
    table=Role(("宋体", "SimSun"), "小五", align="center"),
    note=Role(("宋体", "SimSun"), "小五", align="left"),
    page_number=Role(("宋体", "SimSun"), "4号"),
)
META = {
    "author": "石家河镇人民政府",
    "date": "2024-12-31",
    "language": "zh-CN",
    "subject": "政府信息公开",
    "keywords": "政府信息公开，年度报告、石家河镇",
}


TITLE = "石家河镇2024年政府信息公开工作年度报告"


def document(
    article: str = REPORT,
    *,
    draft: bool = False,
    style: Style = STYLE,
    title: str = TITLE,
    reference: bytes = b"",
    **meta: str,
) -> Document:
    assets = {"reference.docx": reference} if reference else {}
    return Document(article, title, draft, META | meta, style, report=None, assets=assets)  # type: ignore[arg-type]


def bare(text: str) -> str:
    """Text without regard to width of characters and white space."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def article_of(*blocks: str) -> str:
    return f'<article class="report"><h1>题目</h1>{"".join(blocks)}</article>'


def words_of_html(source: str) -> str:
    tree = html.fromstring(source)
    for caption in tree.iter("caption"):
        caption.text = ""
    return bare(tree.text_content())


class Word:
    """A DOCX file, as python-docx and as XML."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.docx = docx.Document(io.BytesIO(data))
        self.body: Any = etree.fromstring(etree.tostring(self.docx.element.body))
        self.styles = {style.name: style for style in self.docx.styles}

    def words(self) -> str:
        return bare("".join(self.body.itertext(f"{W}t")))

    def rows(self, number: int) -> list[Any]:
        table: Any = self.body.findall(f"{W}tbl")[number]
        return list(table.findall(f"{W}tr"))


@pytest.fixture(scope="session")
def word() -> Callable[..., Word]:
    """A report as Word, by default the one of report.html."""
    return lambda *args, **kinds: Word(Docx().render(document(*args, **kinds))[".docx"])


@pytest.fixture(scope="session")
def markdown() -> Callable[..., str]:
    """A report as Markdown, by default the one of report.html."""
    return lambda *args, **kinds: Markdown().render(document(*args, **kinds))[".md"].decode()


@pytest.fixture(scope="session", autouse=True)
def _one_process():
    with Docx(), Markdown():
        yield


@pytest.fixture(scope="session")
def final(word: Callable[..., Word]) -> Word:
    return word()
