"""A PDF's lines and ruled tables, cell by cell, in the layouts that offices print."""

from __future__ import annotations

import random
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from nianbao_reader.blocks import Content, Line, Table
from nianbao_reader.files.pdf import content
from tests_shared import Run

from .paper import Sheets, Span, disputes, line, overview, requests, spread, table, text, typeset

DICE = random.Random(7)


def figures(count: int, most: int = 3000) -> list[str]:
    return [str(DICE.choice((0, DICE.randrange(12), DICE.randrange(most)))) for _ in range(count)]


def read(data: bytes) -> Content:
    made = content(data, "x.pdf")
    assert made.wrapped
    return made


def cells(made: Table) -> list[list[str]]:
    return [[re.sub(r"\s", "", field.text if field else "?") for field in row] for row in made.rows]


def tables(made: Content) -> list[list[list[str]]]:
    return [cells(block) for block in made.blocks if isinstance(block, Table)]


def lines(made: Content) -> list[str]:
    return [block.text for block in made.blocks if isinstance(block, Line)]


def test_the_three_tables_come_out_cell_by_cell() -> None:
    drawn = [overview([*figures(9), "59237.2449"]), requests(figures(175)), disputes(figures(15, 99))]
    body = table(drawn[0], "(1fr,) * 4") + table(drawn[1], "(1cm, 2cm, 4cm) + (1fr,) * 7") + table(drawn[2], "(1fr,) * 15")
    assert tables(read(typeset(body, "height: 60cm"))) == [spread(rows) for rows in drawn]


def test_a_cell_over_several_places_is_the_same_one_at_each() -> None:
    made = next(
        block for block in read(typeset(table(disputes(figures(15, 99)), "(1fr,) * 15"))).blocks if isinstance(block, Table)
    )
    assert made.rows[0][0] is made.rows[0][4]
    assert made.rows[1][0] is made.rows[2][0]
    assert made.rows[0][4] is not made.rows[0][5]
    cell = made.rows[3][14]
    assert cell is not None
    assert (made.place, cell.place) == ("第1页 表1", "第1页 表1 第4行第15格")


def test_a_table_that_goes_on_over_pages_stays_together_with_its_repeated_head() -> None:
    drawn = requests(figures(175))
    made = read(typeset("前文\n" + table(drawn, "(1cm, 2cm, 4cm) + (1fr,) * 7", head=3) + "后文", "height: 20.5cm"))
    first, *others = tables(made)
    assert others
    for got, wanted in zip([*first, *(row for each in others for row in each[3:])], spread(drawn), strict=True):
        assert got[2:] == wanted[2:]
        assert all(
            label in ("", meant) for label, meant in zip(got[:2], wanted[:2], strict=True)
        )  # printed once, not on the next page
    assert [type(block) for block in made.blocks] == [Line, *[Table] * (1 + len(others)), Line]


def test_a_row_cut_by_the_end_of_a_page_has_its_figures_on_one_of_them() -> None:
    drawn: list[list[Span | str]] = [["项目", "件数"], [f"{'很长的名称' * 12}", "37"]]
    first, second = tables(read(typeset(table(drawn, "(3cm, 3cm)"), "height: 4.5cm, margin: 1cm")))
    assert [first[1][1], second[0][1]] in (["37", ""], ["", "37"])
    assert first[1][0] + second[0][0] == drawn[1][0]


def test_labels_of_one_letter_a_line_keep_their_columns() -> None:
    drawn = disputes(figures(15, 99))
    made = read(typeset(table(drawn, "(0.75cm,) * 15")))
    assert tables(made) == [spread(drawn)]
    block = made.blocks[0]
    assert isinstance(block, Table)
    assert block.rows[2][5].text == "结\n果\n维\n持"


@pytest.mark.parametrize(
    "settings",
    [
        "stroke: (x, y) => (left: if x > 0 { 0.5pt }, top: 0.5pt, bottom: 0.5pt)",  # open to the left and right
        "stroke: 3pt",
        "stroke: 0.05pt",
        "stroke: (dash: 'dashed', thickness: 0.5pt)",
        "stroke: 0.5pt, fill: (x, y) => if y < 3 { luma(200) }",
    ],
)
def test_however_the_rulings_are_drawn(settings: str) -> None:
    drawn = disputes(figures(15, 99))
    assert tables(read(typeset(table(drawn, "(1fr,) * 15", settings=settings.replace("'", '"'))))) == [spread(drawn)]


def test_a_table_that_lies_on_its_side_is_read() -> None:
    drawn = requests(figures(175))
    body = f"#rotate(-90deg, reflow: true)[#block(width: 24cm)[{table(drawn, '(1cm, 3cm, 5cm) + (1fr,) * 7')}]]"
    assert tables(read(typeset(body, "margin: 1cm"))) == [spread(drawn)]


def test_rulings_drawn_as_thin_shapes_within_a_form() -> None:
    sheets = Sheets()
    rules = [f"{x} 600 0.5 60 re f" for x in (100, 200, 300)] + [f"100 {y} 200 0.5 re f" for y in (600, 630, 660)]
    words = [text("甲", 140, 640), text("12", 240, 640), text("乙", 140, 610), text("345", 240, 610)]
    sheets.page("q 0.5 0 0 0.5 20 30 cm /X Do Q", XObject={"/X": sheets.form("\n".join(rules + words).encode())})
    assert tables(read(sheets.data())) == [[["甲", "12"], ["乙", "345"]]]


def test_figures_of_a_table_without_rulings_stay_apart() -> None:
    drawn: list[list[Span | str]] = [["规章", "1", "0", "15"], ["行政规范性文件", "13", "2", "4"]]
    made = read(typeset(table(drawn, "(4cm, 1.5cm, 1.5cm, 1.5cm)", settings="stroke: none")))
    assert [said.split() for said in lines(made)] == [["规章", "1", "0", "15"], ["行政规范性文件", "13", "2", "4"]]
    assert not tables(made)


def test_lines_come_in_reading_order_with_their_page_and_where_a_paragraph_begins() -> None:
    made = read(
        typeset(
            "#set par(first-line-indent: (amount: 2em, all: true))\n"
            + "芦河镇今年办理申请十五件。" * 12
            + "\n#pagebreak()\n二、其他"
        )
    )
    assert [(block.text[:4], block.place) for block in made.blocks if isinstance(block, Line)][-1] == ("　　二、", "第2页")
    first, second, *_ = lines(made)
    assert first.startswith("　　芦河镇")
    assert not second.startswith("　")


def test_page_numbers_and_running_lines_are_left_out() -> None:
    sheets = Sheets()
    for number in range(1, 5):
        sheets.page(
            text("禾山市人民政府公报", 80, 800), text(f"正文第{number}句", 80, 600), text(f"{number}", 80, 500),
            text(["— 1 —", "- 2 -", "第 3 页 共 4 页", "4/4"][number - 1], 280, 40),
        )  # fmt: skip
    assert lines(read(sheets.data())) == [said for number in range(1, 5) for said in (f"正文第{number}句", f"{number}")]


def test_bare_page_numbers_are_left_out_where_they_count_the_pages() -> None:
    sheets = Sheets()
    for number in range(1, 4):
        sheets.page(text(f"本年新收{number * 11}件", 80, 780), text(f"{number + 6}", 290, 40))
    sheets.page(text("合计", 80, 780), text("37", 200, 60))
    assert lines(read(sheets.data())) == ["本年新收11件", "本年新收22件", "本年新收33件", "合计", "　　37"]


@pytest.mark.parametrize("figure", ["0", "/", "-", "2"])
def test_a_figure_at_a_page_s_edge_is_no_page_number(figure: str) -> None:
    sheets = Sheets()
    for number in range(1, 4):
        sheets.page(text(f"{'甲乙丙'[number - 1]}类", 80, 700), *([text(figure, 80, 60)] if number == 2 else []))
    assert lines(read(sheets.data())) == ["甲类", "乙类", figure, "丙类"]


def test_letters_printed_twice_raised_or_across_the_page() -> None:
    sheets = Sheets()
    sheets.page(
        text("一、总体情况", 80, 700, 16), text("一、总体情况", 80.4, 700, 16),  # bold by printing twice
        text("公开11条", 80, 650), text("注", 128, 655, 7),
        text("草稿", 200, 400, 90, "0.7 0.7 -0.7 0.7"),
    )  # fmt: skip
    assert lines(read(sheets.data())) == ["一、总体情况", "公开11条注"]


def test_a_frame_around_text_is_no_table_and_a_line_under_it_neither() -> None:
    sheets = Sheets()
    sheets.page("50 50 495 742 re S", text("禾山市财政局", 80, 700), line(80, 695, 300, 695), text("公开3条", 80, 650))
    assert lines(read(sheets.data())) == ["禾山市财政局", "公开3条"]


def test_a_table_within_a_frame_with_a_line_across_is_a_table_and_the_rest_lines() -> None:
    sheets = Sheets()
    rules = [line(x, 600, x, 630) for x in (100, 200, 300)] + [line(100, y, 300, y) for y in (600, 630)]
    sheets.page(
        "50 50 495 742 re S",
        line(50, 740, 545, 740),
        *rules,
        text("禾山市", 80, 750),
        text("规章", 110, 610),
        text("7", 210, 610),
    )
    made = read(sheets.data())
    assert tables(made) == [[["规章", "7"]]]
    assert lines(made) == ["禾山市"]


def test_a_letter_that_the_font_does_not_name_is_never_left_out_of_a_figure() -> None:
    sheets = Sheets()
    sheets.page(text("新收1" + "\x00" + "5件，芦河镇依法办理", 80, 700))
    (said,) = lines(read(sheets.data()))
    assert "15" not in said


def test_a_figure_that_runs_into_the_next_cell_is_read_in_neither() -> None:
    sheets = Sheets()
    rules = [line(x, 600, x, 630) for x in (100, 140, 190, 240)] + [line(100, y, 240, y) for y in (600, 630)]
    sheets.page(*rules, text("59237.2449", 104, 610), text("15", 210, 610))
    ((first, second, third),) = tables(read(sheets.data()))[0]
    assert not first.replace(".", "").isdecimal()
    assert not second.replace(".", "").isdecimal()
    assert third == "15"


def test_a_hyphen_at_the_end_of_a_line_stays() -> None:
    sheets = Sheets()
    sheets.page(text("call 0700-", 80, 700), text("1234567", 80, 680))
    assert lines(read(sheets.data())) == ["call 0700-", "1234567"]


def test_a_file_that_opens_without_a_password_is_read() -> None:
    import pikepdf

    sheets = Sheets()
    sheets.page(text("本年新收十五件", 80, 700))
    assert lines(read(sheets.data(pikepdf.Encryption(owner="secret", user="")))) == ["本年新收十五件"]


def in_html(page: str) -> list[list[list[str]]]:
    from lxml import html

    def spans(row: html.HtmlElement) -> Sequence[Span]:
        found = row.xpath("./td|./th")
        return [
            Span(re.sub(r"\s", "", each.text_content()), int(each.get("colspan", 1)), int(each.get("rowspan", 1)))
            for each in found
        ]

    return [spread([spans(row) for row in each.iter("tr")]) for each in html.fromstring(page).iter("table")]


def built(run: Run, town: str, suffix: str) -> Path:
    result = run("build", town, "-F", suffix)
    assert result.exit_code == 0, result.stderr
    return Path(result.stdout.strip())


@pytest.mark.parametrize("town", ["luhe", "shijiahe"])
def test_a_report_of_ours_has_the_tables_of_its_page(run: Run, town: str) -> None:
    drawn = in_html(built(run, town, "html").read_text("utf-8"))
    made = read(built(run, town, "pdf").read_bytes())
    assert tables(made) == drawn
    assert "2024年政府信息公开工作年度报告" in made.title


@pytest.mark.slow
@pytest.mark.parametrize("town", ["luhe", "shijiahe"])
def test_word_made_a_pdf_by_an_office_has_the_tables_of_its_page(run: Run, town: str, tmp_path: Path) -> None:
    drawn = in_html(built(run, town, "html").read_text("utf-8"))
    docx = built(run, town, "docx")
    command = [
        "soffice",
        f"-env:UserInstallation=file://{tmp_path / 'profile'}",
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
    ]
    subprocess.run([*command, str(docx)], check=True, capture_output=True, timeout=120)
    made = read((tmp_path / f"{docx.stem}.pdf").read_bytes())
    assert [row for each in tables(made) for row in each] == [row for each in drawn for row in each]
