"""Charts in Word and Markdown: a picture no wider than the text and no higher than a page, or its numbers."""

from __future__ import annotations

import dataclasses
import re
import struct

import pytest

from nianbao_pandoc import Docx, Markdown
from nianbao_pandoc.pictures import with_pictures

from .conftest import Word, article_of, document

FIGURE = (
    '<figure class="chart"><img src="charts/x-1.svg" alt="甲&quot;1&quot;&lt;b&gt;"><figcaption>题（单位：条）</figcaption><table class="numbers">'
    "<caption>题</caption><thead><tr><th scope='col'>项目</th><th scope='col'>2024年</th></tr></thead>"
    "<tbody><tr><th scope='row'>甲</th><td>1</td></tr></tbody></table></figure>"
)


def picture(across: int, down: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + struct.pack(">II", across, down) + b"\x08\x02\x00\x00\x00" + b"\x00" * 16


def charted(article: str, **assets: bytes):
    return dataclasses.replace(document(article), assets={f"charts/x-1.{kind}": data for kind, data in assets.items()})


def test_a_chart_is_a_table_of_its_numbers_under_its_title_in_markdown():
    text = Markdown().render(charted(article_of(FIGURE), png=picture(4, 2)))[".md"].decode()
    assert "**题（单位：条）**\n\n| 项目 | 2024年 |\n|:-----|-------:|\n| 甲   |      1 |" in text
    assert "base64" not in text


def test_a_chart_is_a_picture_with_its_words_in_word():
    word = Word(Docx().render(charted(article_of(FIGURE), png=picture(4, 2)))[".docx"])
    assert word.docx.inline_shapes[0]._inline.docPr.get("descr") == '甲"1"<b>'
    assert "项目" not in word.words()
    assert "题(单位:条)" in word.words()


@pytest.mark.parametrize("assets", [{}, {"png": b"no picture"}, {"svg": b"<svg/>"}])
def test_where_there_is_no_picture_word_has_the_numbers(assets):
    word = Word(Docx().render(charted(article_of(FIGURE), **assets))[".docx"])
    assert not word.docx.inline_shapes
    assert len(word.rows(0)) == 2


@pytest.mark.parametrize(("across", "down"), [(1000, 100), (1000, 1000), (1000, 9000), (1, 0)])
def test_a_picture_is_as_wide_as_the_text_or_as_much_less_as_it_is_too_high(across, down):
    page = with_pictures(charted(article_of(FIGURE), png=picture(across, down)))
    width = float(re.search(r'width="([\d.]+)mm"', page)[1])
    assert width == pytest.approx(156 if down <= 1000 else 225 * 0.85 / 9, abs=0.1)


@pytest.mark.parametrize("make", [Docx, Markdown])
def test_a_figure_that_is_no_chart_keeps_what_it_says(make):
    (data,) = make().render(document(article_of("<figure><p>图中的话</p></figure>"))).values()
    assert "图中的话" in (Word(data).words() if make is Docx else data.decode())
