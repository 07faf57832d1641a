"""The page of GB/T 9704-2012, measured in the PDF; conventions.md, part 1, has the numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from nianbao import Page, Role, Style

from .conftest import MILLIMETRE, TITLE, Measured

Make = Callable[..., Measured]
PROSE = "<p>" + "公开政府信息依法办理申请" * 150 + "</p>"


def test_a_full_page_has_22_lines_of_28_characters(pdf: Make) -> None:
    made = pdf(PROSE)
    *lines, number = made.lines(1)
    assert number == "—2—"
    assert [len(line) for line in lines] == [28] * 22


def test_the_paper_is_a4_and_all_text_stands_within_the_margins(pdf: Make) -> None:
    made = pdf(PROSE, '<div class="note"><p>注：说明。</p></div>')
    assert [float(side) for side in made.opened.pages[0].mediabox] == pytest.approx([0, 0, 595.28, 841.89], abs=0.01)
    for page in made.pages:  # half a point is what a letter may lean out of its square
        text = [letter for letter in page if letter.bottom > 35 * MILLIMETRE - 1]
        assert min(letter.left for letter in text) >= 28 * MILLIMETRE - 0.5
        assert max(letter.right for letter in text) <= (210 - 26) * MILLIMETRE + 0.5
        assert max(letter.top for letter in text) <= (297 - 37) * MILLIMETRE
        assert len(page) - len(text) == 3  # the page number


def test_each_part_has_its_font_and_size(pdf: Make) -> None:
    made = pdf(
        "<h2>一、总体情况</h2><h3>（一）主动公开</h3><h4>1.网站</h4><p>正文在此。</p>"
        "<table><tr><th scope='row'>表内</th><td>12</td></tr></table>"
    )
    serif, sans, kai = "NotoSerifCJKsc-Regular", "NotoSansCJKsc-Regular", "UKaiCN"
    for text, font, size in (
        ("石家河镇", serif, 22), ("总体情况", sans, 16), ("主动公开", kai, 16), ("网站", serif, 16), ("正文在此", serif, 16),
        ("表内", serif, 9), ("1—", serif, 14),
    ):  # fmt: skip
        assert {(letter.font, letter.size) for letter in made.of(text)} == {(font, size)}, text


def test_paragraphs_and_headings_begin_two_characters_in(pdf: Make) -> None:
    made = pdf("<h2>一、总体情况</h2><h3>（一）主动公开</h3><p>国土之上。</p>")
    left = 28 * MILLIMETRE
    for text in ("一、", "国土"):
        assert made.of(text)[0].left == pytest.approx(left + 32, abs=2)


def test_a_run_in_heading_has_the_letters_of_a_heading_and_the_text_goes_on(pdf: Make) -> None:
    made = pdf('<p><span class="run-in">（一）门户网站。</span>公开信息三条。</p>')
    assert made.of("门户网站")[0].font == "UKaiCN"
    assert made.of("公开信息三条")[0].font.startswith("NotoSerif")
    assert made.of("门户")[0].baseline == made.of("公开信息三条")[0].baseline


def test_the_page_number_stands_outside_one_character_in_and_7_mm_below(pdf: Make) -> None:
    made = pdf(PROSE)
    first, second = ([letter for letter in page if letter.baseline < 35 * MILLIMETRE] for page in made.pages[:2])
    assert "".join(letter.text for letter in first) == "—1—"
    assert "".join(letter.text for letter in second) == "—2—"
    assert max(letter.right for letter in first) == pytest.approx((210 - 26) * MILLIMETRE - 14, abs=3)
    assert min(letter.left for letter in second) == pytest.approx(28 * MILLIMETRE + 14, abs=3)
    assert first[1].top == pytest.approx((35 - 7) * MILLIMETRE, abs=3)


def test_the_title_stands_in_the_middle_on_one_line_where_it_fits(pdf: Make) -> None:
    letters = pdf("<p>正文</p>").of(TITLE)
    assert len({letter.baseline for letter in letters}) == 1
    middle = (28 + 210 - 26) / 2 * MILLIMETRE
    assert (letters[0].left + letters[-1].right) / 2 == pytest.approx(middle, abs=3)


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("禾山市人民政府办公室2024年政府信息公开工作年度报告", ["禾山市人民政府办公室2024年", "政府信息公开工作年度报告"]),
        ("甲乙丙丁戊己自治县2024年政府信息公开工作年度报告", ["甲乙丙丁戊己自治县2024年", "政府信息公开工作年度报告"]),
    ],
)
def test_a_long_title_is_broken_between_words(pdf: Make, title: str, lines: list[str]) -> None:
    assert pdf("<p>正文</p>", title=title).lines(0)[:2] == lines


def test_no_heading_is_the_last_on_its_page(pdf: Make) -> None:
    for before in range(15, 24):
        made = pdf(*["<p>一行字。</p>"] * before, "<h2>一、标题在此</h2><h3>（一）小标题</h3><p>下文。</p>")
        (page,) = [number for number in range(len(made.pages)) if any("标题在此" in line for line in made.lines(number))]
        assert "下文。" in made.lines(page), before


def test_a_theme_says_otherwise(pdf: Make, style: Style) -> None:
    other = replace(
        style, page=Page(margins=(30, 20, 30, 20), number=10), body=replace(style.body, size="四号", lines=30, colour="#0000c0"),
        title=replace(style.title, align="left", bold=True), table=replace(style.table, border="none"),
    )  # fmt: skip
    made = pdf(PROSE, PROSE, "<table><tr><td>1</td></tr></table>", style=other, title="题目")
    assert made.of("公开政府信息")[0].size == 14
    assert len(made.lines(1)) == 31
    assert made.of("题目")[0].left == pytest.approx(20 * MILLIMETRE, abs=3)
    assert "Bold" in made.of("题目")[0].font
    assert b"0 0 .7529" in made.data or b".7529412" in made.data


def test_a_draft_says_so_on_every_page(pdf: Make) -> None:
    made = pdf(PROSE, "<p>此处<mark>待填</mark></p>", draft=True)
    assert len(made.pages) > 2
    assert all(made.lines(number)[0] == "草稿" for number in range(len(made.pages)))
    assert "草稿" not in "".join(pdf(PROSE).lines(0))


def test_a_note_has_its_role(pdf: Make, style: Style) -> None:
    made = pdf('<div class="note"><p>注：甲乙。</p></div>', style=replace(style, note=Role(("AR PL UKai CN",), "10pt")))
    assert {(letter.font, letter.size) for letter in made.of("注：甲乙")} == {("UKaiCN", 10)}


def test_a_page_number_that_would_fall_off_the_paper_stays_on_it(pdf: Make, style: Style) -> None:
    made = pdf("<p>文</p>", style=replace(style, page=Page(margins=(20, 20, 8, 20), number=30)))
    assert min(letter.bottom for letter in made.of("1—")) >= 0
