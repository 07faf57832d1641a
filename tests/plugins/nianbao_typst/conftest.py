"""Documents in the national style, and ways to measure the PDF that became of them."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from nianbao import Document, Style
from nianbao_typst import Pdf

META = {
    "author": "石家河镇人民政府", "date": "2024-12-31", "language": "zh-CN", "subject": "政府信息公开",
    "keywords": "政府信息公开，年度报告、石家河镇",
}  # fmt: skip
TITLE = "石家河镇2024年政府信息公开工作年度报告"
MILLIMETRE = 72 / 25.4
FONTS = {"Noto Serif CJK SC": "fonts-noto-cjk", "AR PL UKai": "fonts-arphic-ukai"}


@pytest.fixture(scope="session", autouse=True)
def _fonts() -> None:
    """Skip, with the reason, where the fonts that the tests measure are not installed."""
    from nianbao_typst.press import press

    for font, package in FONTS.items():
        if not press().shelf.found((font,)):
            pytest.skip(f"{font} is not installed: apt install {package}")


@pytest.fixture(scope="session")
def style() -> Style:
    """The style of the theme `national`."""
    from nianbao.themes import theme

    return theme("national", Path()).style


Make = Callable[..., Document]


@pytest.fixture(scope="session")
def document(style: Style) -> Make:
    """A document of some blocks of HTML under the title."""

    def document(*blocks: str, title: str = TITLE, assets: Mapping[str, bytes] | None = None, **changed: Any) -> Document:
        html = f'<article class="report" lang="zh-CN"><h1>{title}</h1>{"".join(blocks)}</article>'
        made = Document(html, title, False, META, style, report=None, assets=assets or {})  # type: ignore[arg-type]
        return replace(made, **changed)

    return document


class Letter(NamedTuple):
    """A letter of a page; place and size are in points from the bottom left."""

    text: str
    font: str
    size: float
    left: float
    right: float
    bottom: float
    top: float
    baseline: float


@dataclass(frozen=True)
class Measured:
    """A PDF, as pdfium draws it and as pikepdf sees its objects."""

    data: bytes

    @cached_property
    def pages(self) -> list[list[Letter]]:
        """The letters of each page."""
        opened = pypdfium2.PdfDocument(self.data)
        return [list(_letters(page.get_textpage())) for page in opened]

    def lines(self, page: int) -> list[str]:
        """The lines of a page from top to bottom."""
        lines: dict[float, str] = {}
        for letter in self.pages[page]:
            lines[round(letter.baseline, 1)] = lines.get(round(letter.baseline, 1), "") + letter.text
        return [lines[baseline] for baseline in sorted(lines, reverse=True)]

    def of(self, text: str) -> list[Letter]:
        """The letters of a text, at its first place."""
        for page in self.pages:
            said = "".join(letter.text for letter in page)
            if (at := said.find(text)) >= 0:
                return page[at : at + len(text)]
        raise AssertionError(f"{text} is not in the PDF")

    @cached_property
    def opened(self) -> pikepdf.Pdf:
        return pikepdf.open(io.BytesIO(self.data))

    @cached_property
    def tags(self) -> list[tuple[str, dict[str, Any]]]:
        """(kind, attributes) of each structure element, in reading order."""
        return list(_tags(self.opened.Root.StructTreeRoot))

    @property
    def drawn(self) -> int:
        """How many lines and grounds the first page has."""
        return len(list(pypdfium2.PdfDocument(self.data)[0].get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH])))

    @cached_property
    def blocks(self) -> list[str]:
        return list(Pdf().read({".pdf": self.data}))


def _letters(page: pypdfium2.PdfTextPage) -> Iterator[Letter]:
    name = ctypes.create_string_buffer(200)
    x, y = ctypes.c_double(), ctypes.c_double()
    for at in range(page.count_chars()):
        left, bottom, right, top = page.get_charbox(at)
        text = page.get_text_range(at, 1)
        if right - left <= 0 or not text.strip():
            continue
        pdfium.FPDFText_GetFontInfo(page.raw, at, name, 200, None)
        pdfium.FPDFText_GetCharOrigin(page.raw, at, x, y)
        size = pdfium.FPDFText_GetFontSize(page.raw, at)
        font = name.value.decode().partition("+")[2]
        yield Letter(text, font, round(size, 2), left, right, bottom, top, y.value)


def _tags(element: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    if not isinstance(element, pikepdf.Dictionary):
        return
    if "/S" in element:
        told = element.get("/A", pikepdf.Array())
        attributes = {key: value for one in (told if isinstance(told, pikepdf.Array) else [told]) for key, value in one.items()}
        yield str(element.S), attributes | ({"/Alt": str(element.Alt)} if "/Alt" in element else {})
    kids = element.get("/K", pikepdf.Array())
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        yield from _tags(kid)


@pytest.fixture(scope="session")
def pdf(document: Make) -> Callable[..., Measured]:
    """The PDF of some blocks of HTML."""
    return lambda *blocks, **changed: Measured(Pdf().render(document(*blocks, **changed))[".pdf"])
