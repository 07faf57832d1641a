"""Tables: whole on a page where they fit, heads repeated, rows unbroken, nothing out of its column."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from nianbao import PluginError
from nianbao_typst import Pdf

from .conftest import MILLIMETRE, Make, Measured

HEAD = "<thead><tr><th scope='col'>项目头</th><th scope='col'>数量头</th></tr></thead>"


def table(rows: int, head: str = HEAD) -> str:
    body = "".join(f"<tr><th scope='row'>第{number}行</th><td>{number}</td></tr>" for number in range(1, rows + 1))
    return f"<table>{head}<tbody>{body}</tbody></table>"


def pages_with(made: Measured, text: str) -> list[int]:
    return [number for number in range(len(made.pages)) if any(text in line for line in made.lines(number))]


def test_a_short_table_stands_whole_on_one_page_with_its_heading(pdf: Callable[..., Measured]) -> None:
    for before in (0, 5, 10, 18, 21):
        made = pdf(*["<p>一行字。</p>"] * before, "<h2>三、申请</h2>", table(30))
        (page,) = pages_with(made, "项目头")
        assert pages_with(made, "三、申请") == [page]
        assert pages_with(made, "第30行") == [page]


def test_a_long_table_repeats_its_head_on_every_page(pdf: Callable[..., Measured]) -> None:
    made = pdf(table(150))
    on = pages_with(made, "第")
    assert len(on) > 2
    assert pages_with(made, "项目头") == on


def test_a_short_table_that_fits_no_page_breaks_between_its_rows(pdf: Callable[..., Measured]) -> None:
    tall = "字" * 60
    made = pdf(f"<table>{HEAD}" + f"<tr><th scope='row'>{tall}</th><td>{tall}</td></tr>" * 35 + "</table>")
    assert len(made.pages) > 1
    assert all(letter.baseline > 35 * MILLIMETRE for page in made.pages for letter in page if letter.text == "字")
    assert made.blocks.count(tall) == 70


def test_a_row_that_fits_no_page_breaks_too(pdf: Callable[..., Measured]) -> None:
    made = pdf(f"<table><tr><td>{'字' * 9000}</td><td>1</td></tr></table>")
    assert all(letter.baseline > 35 * MILLIMETRE for page in made.pages for letter in page if letter.text == "字")
    assert sum(block.count("字") for block in made.blocks) == 9000


def test_a_figure_too_wide_for_its_column_stays_in_it(pdf: Callable[..., Measured]) -> None:
    made = pdf("<table><tr>" + "<td>123456789012</td>" * 15 + "</tr></table>")
    assert made.blocks[1:] == ["123456789012"] * 15
    digits = [letter for letter in made.pages[0] if letter.text.isdigit() and letter.size < 10]
    column = 156 * MILLIMETRE / 15
    for at in range(15):
        left = 28 * MILLIMETRE + column * at
        assert len([letter for letter in digits if left <= letter.left and letter.right <= left + column]) == 12


def test_columns_are_as_wide_as_the_page_says(pdf: Callable[..., Measured]) -> None:
    columns = "<colgroup><col style='width:75%'><col style='width:25%'></colgroup>"
    made = pdf(f"<table>{columns}<tr><th scope='row'>甲</th><td>乙</td></tr></table>")
    (letter,) = made.of("乙")
    assert (letter.left + letter.right) / 2 == pytest.approx((28 + 156 * 0.875) * MILLIMETRE, abs=1)


@pytest.mark.parametrize(
    ("rows", "blocks"),
    [
        ("<tr><td colspan='3' rowspan='9'>甲</td><td>乙</td></tr><tr><td>丙</td></tr><tr></tr>", ["甲", "乙", "丙"]),
        ("<tr><td>甲</td></tr><tr><td>乙</td><td>丙</td></tr>", ["甲", "乙", "丙"]),
        ("<tr><td rowspan='0' colspan='x'>甲</td></tr>", ["甲"]),
        ("<tr><td rowspan='2'>甲</td><td>乙</td></tr><tr><td colspan='2'>丙</td></tr>", ["甲", "乙", "丙"]),
        ("", []),
    ],
)
def test_spans_that_do_not_fit_lose_no_cell(pdf: Callable[..., Measured], rows: str, blocks: list[str]) -> None:
    assert pdf(f"<table>{rows}</table>").blocks[1:] == blocks


def test_a_head_whose_cell_reaches_below_it_is_cut_there(pdf: Callable[..., Measured]) -> None:
    head = "<thead><tr><th scope='col' rowspan='5'>甲</th><th scope='col'>乙</th></tr></thead>"
    assert pdf(table(2, head)).blocks[1:] == ["甲", "乙", "第1行", "1", "第2行", "2"]


@pytest.mark.parametrize("rows", ["<tr><td>1</td></tr>" * 100_000, "<tr>" + "<td>1</td>" * 100 + "</tr>"], ids=["long", "wide"])
def test_a_table_too_large_for_paper_is_told_at_once(document: Make, rows: str) -> None:
    with pytest.raises(PluginError, match="too large for a PDF"):
        Pdf().render(document(f"<table>{rows}</table>"))


def test_a_table_without_lines_has_none(pdf: Callable[..., Measured], document: Make) -> None:
    style = document().style
    ruled, bare = (
        pdf("<table><tr><td>1</td><td>2</td></tr></table>", style=replace(style, table=replace(style.table, border=border)))
        for border in ("1.5pt #c00000", "none")
    )
    assert ruled.drawn > bare.drawn == 0
