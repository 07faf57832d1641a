"""What an office gets in Word."""

from __future__ import annotations

import io
import zipfile

import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from nianbao_pandoc import Docx

from .conftest import REPORT, STYLE, W, article_of, bare, document, words_of_html

TABLES = range(3)


def style_of(paragraph):
    return paragraph.find(f"{W}pPr/{W}pStyle").get(f"{W}val")


def fonts_of(style):
    return style.element.find(f"{W}rPr/{W}rFonts")


def cells(rows):
    return [cell for row in rows for cell in row.findall(f"{W}tc")]


def words(element):
    return bare("".join(element.itertext(f"{W}t")))


# --- text


def test_word_says_what_the_page_says_in_its_order(final):
    assert final.words() == words_of_html(REPORT)


def test_the_title_stands_once_and_is_no_heading(final):
    titles = [p for p in final.docx.paragraphs if p.style.name == "Title"]
    assert [p.text for p in titles] == ["石家河镇2024年政府信息公开工作年度报告"]


def test_headings_are_words_own_so_that_they_can_be_navigated(final):
    headings = [(p.style.name, p.text) for p in final.docx.paragraphs if p.style.name.startswith("Heading")]
    assert headings[:2] == [("Heading 1", "一、总体情况"), ("Heading 2", "（一）主动公开")]
    assert final.styles["Heading 2"].element.find(f"{W}pPr/{W}outlineLvl").get(f"{W}val") == "1"


def test_a_heading_in_its_line_has_the_font_of_a_heading(final):
    (run,) = [r for p in final.docx.paragraphs for r in p.runs if r.text == "（一）市政府门户网站。"]
    assert run.style.name == "Run-in Heading"
    assert fonts_of(run.style).get(qn("w:eastAsia")) == "楷体"


def test_what_is_missing_is_marked(final):
    marked = final.body.xpath("//w:r[w:rPr/w:highlight]/w:t/text()", namespaces={"w": W[1:-1]})
    assert marked == ["待填"]


def test_what_is_missing_in_a_table_is_marked(word):
    rows = word(article_of("<table><tr><th scope='row'>甲</th><td>约<mark>待填</mark></td></tr></table>")).rows(0)
    (marked,) = rows[0].iter(f"{W}highlight")
    assert words(marked.getparent().getparent()) == "待填"


def test_the_file_knows_its_title_author_and_keywords(final):
    known = final.docx.core_properties
    assert (known.title, known.author) == ("石家河镇2024年政府信息公开工作年度报告", "石家河镇人民政府")
    assert (known.keywords, known.language) == ("政府信息公开, 年度报告, 石家河镇", "zh-CN")


# --- page


def test_the_page_is_a4_with_the_margins_of_the_theme(final):
    (section,) = final.docx.sections
    size = (section.page_width, section.page_height)
    margins = (section.top_margin, section.right_margin, section.bottom_margin, section.left_margin)
    assert [round(side.mm) for side in size] == [210, 297]
    assert [round(side.mm) for side in margins] == [37, 26, 35, 28]


def test_a_page_has_22_lines(final):
    grid = final.body.find(f"{W}sectPr/{W}docGrid")
    pitch = int(grid.get(f"{W}linePitch"))
    assert grid.get(f"{W}type") == "lines"
    assert 22 * pitch <= Mm(225).twips < 23 * pitch


def test_a_line_has_28_characters(final):
    normal = final.styles["Normal"]
    spacing = int(normal.element.find(f"{W}rPr/{W}spacing").get(f"{W}val"))
    assert 28 * (16 * 20 + spacing) <= Mm(156).twips < 29 * (16 * 20 + spacing)


def test_page_numbers_stand_outside(final):
    (section,) = final.docx.sections
    assert final.docx.settings.odd_and_even_pages_header_footer
    for footer, side in ((section.footer, ALIGN.RIGHT), (section.even_page_footer, ALIGN.LEFT)):
        (paragraph,) = footer.paragraphs
        assert paragraph.style.paragraph_format.alignment == side
        assert bare("".join(paragraph._p.itertext(f"{W}t"))) == "—1—"
        assert "PAGE" in paragraph._p.xml


def test_a_draft_says_so_on_every_page_and_a_final_report_does_not(word, final):
    (draft,), (section,) = word(draft=True).docx.sections, final.docx.sections
    for header in (draft.header, draft.even_page_header):
        (paragraph,) = header.paragraphs
        assert (paragraph.text, str(paragraph.style.font.color.rgb)) == ("草稿", "FF0000")
        assert paragraph.style.font.size > Pt(22)
    assert section.header.is_linked_to_previous
    assert not any("header" in name for name in zipfile.ZipFile(io.BytesIO(final.data)).namelist())


# --- styles


def test_text_is_justified_and_indented_by_two_characters(final):
    for name in ("Body Text", "First Paragraph"):
        style = final.styles[name]
        while style.element.find(f"{W}pPr/{W}ind") is None:
            style = style.base_style
        assert style.paragraph_format.alignment == ALIGN.JUSTIFY
        assert style.element.find(f"{W}pPr/{W}ind").get(f"{W}firstLineChars") == "200"


@pytest.mark.parametrize(
    ("name", "role"),
    [("Title", STYLE.title), ("Heading 1", STYLE.heading1), ("Heading 3", STYLE.heading3), ("Normal", STYLE.body)],
)
def test_a_role_of_the_theme_is_a_style_of_word(final, name, role):
    style = final.styles[name]
    assert {fonts_of(style).get(qn(f"w:{script}")) for script in ("eastAsia", "ascii", "hAnsi")} == {role.font[0]}
    assert (style.font.size, bool(style.font.bold)) == (Pt(role.points), role.bold)


def test_a_font_names_those_that_may_replace_it(final):
    table = zipfile.ZipFile(io.BytesIO(final.data)).read("word/fontTable.xml").decode()
    assert '<w:font w:name="方正小标宋简体"><w:altName w:val="方正小标宋_GBK,STZhongsong"/>' in table


# --- tables


@pytest.mark.parametrize("number", TABLES)
def test_a_table_is_as_wide_as_the_text_in_every_row(final, number):
    table = final.body.findall(f"{W}tbl")[number]
    columns = [int(column.get(f"{W}w")) for column in table.iter(f"{W}gridCol")]
    assert abs(sum(columns) - Mm(156).twips) <= 2
    assert int(table.find(f"{W}tblPr/{W}tblW").get(f"{W}w")) == sum(columns)
    for row in final.rows(number):
        position = 0
        for cell in row.findall(f"{W}tc"):
            span = cell.find(f"{W}tcPr/{W}gridSpan")
            end = position + (1 if span is None else int(span.get(f"{W}val")))
            assert int(cell.find(f"{W}tcPr/{W}tcW").get(f"{W}w")) == sum(columns[position:end])
            position = end
        assert position == len(columns)


def test_columns_are_as_wide_as_the_theme_says(final):
    first, *_, last = [int(column.get(f"{W}w")) for column in final.body.findall(f"{W}tbl")[1].iter(f"{W}gridCol")]
    assert first / last == pytest.approx(8.5 / 7.73, rel=0.01)


def test_a_merged_cell_stays_merged_in_word(final):
    requests = final.docx.tables[1]
    assert requests.cell(5, 0)._tc is requests.cell(26, 0)._tc
    assert requests.cell(5, 0).text == "三、本年度办理结果"
    assert requests.cell(27, 0).text == "四、结转下年度继续办理"
    assert requests.cell(0, 0)._tc is requests.cell(2, 2)._tc
    disputes = final.docx.tables[2]
    assert disputes.cell(0, 5)._tc is disputes.cell(0, 14)._tc


def test_a_head_repeats_on_the_next_page(final):
    heads = [[row.find(f"{W}trPr/{W}tblHeader") is not None for row in final.rows(number)] for number in TABLES]
    assert [sum(head) for head in heads] == [0, 3, 3]
    assert heads[1][:3] == [True] * 3


@pytest.mark.parametrize("number", TABLES)
def test_a_table_that_fits_a_page_is_not_torn(final, number):
    *before, last = final.rows(number)
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in [*before, last])
    assert all(p.find(f"{W}pPr/{W}keepNext") is not None for row in before for p in row.iter(f"{W}p"))
    assert not list(last.iter(f"{W}keepNext"))


def test_a_table_longer_than_a_page_may_break_between_rows(word):
    row = "<tr><th scope='row'>甲</th><td>1</td></tr>"
    assert not list(word(article_of(f"<table>{row * 60}</table>")).body.iter(f"{W}keepNext"))


def test_labels_stand_left_and_figures_in_the_middle(final):
    kinds = {words(cell): style_of(cell.find(f"{W}p")) for cell in cells(final.rows(0))}
    assert kinds["行政规范性文件"] == "TableLabel"
    assert kinds["26"] == "TableNumber"
    assert kinds[bare("第二十条第（一）项")] == kinds["现行有效件数"] == "TableHeading"
    styles = {name: final.styles[name].paragraph_format.alignment for name in ("Table Label", "Table Number")}
    assert styles == {"Table Label": ALIGN.LEFT, "Table Number": ALIGN.CENTER}


def test_all_parts_of_a_merged_cell_look_alike(final):
    column = [row.find(f"{W}tc/{W}p") for row in final.rows(1)[5:27]]
    assert {style_of(paragraph) for paragraph in column} == {"TableLabel"}


def test_a_screen_reader_hears_the_caption(final):
    captions = [caption.get(f"{W}val") for caption in final.body.iter(f"{W}tblCaption")]
    assert captions[0] == "主动公开政府信息情况（单位：件、万元）"


# --- bytes


def test_the_file_is_dated_after_the_report_alone(word):
    made = word(date="2023-12-31")
    stamps = {entry.date_time for entry in zipfile.ZipFile(io.BytesIO(made.data)).infolist()}
    known = made.docx.core_properties
    assert stamps == {(2023, 12, 31, 0, 0, 0)}
    assert {known.created.isoformat(), known.modified.isoformat()} == {"2023-12-31T00:00:00+00:00"}


def test_the_same_report_is_the_same_bytes_after_any_other(final, word):
    word(draft=True)
    word(article_of("<p>另一份</p>"))
    assert Docx().render(document())[".docx"] == final.data
