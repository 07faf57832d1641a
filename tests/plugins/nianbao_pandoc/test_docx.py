"""What an office gets in Word."""

from __future__ import annotations

import dataclasses
import io
import zipfile

import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from nianbao.style import Page, Role
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


def test_lines_neither_hang_out_nor_are_stretched_by_digits_and_pages_are_filled(final):
    for name in ("Normal", "Heading 1", "Title", "Note", "Table Number"):
        style = final.styles[name]
        style = style.base_style if name == "Note" and style.element.find(f"{W}pPr") is None else style
        said = {each.tag.removeprefix(W): each.get(f"{W}val") for each in style.element.find(f"{W}pPr")}
        assert {said[key] for key in ("widowControl", "overflowPunct", "autoSpaceDE", "autoSpaceDN")} == {"0"}


@pytest.mark.parametrize("number", [0, 7, 12])
def test_the_page_number_stands_as_far_under_the_text_as_the_theme_says(word, number):
    (section,) = word(style=dataclasses.replace(STYLE, page=Page(number=number))).docx.sections
    half_a_line = Pt(14 * 1.3 / 2)
    assert section.bottom_margin - section.footer_distance - half_a_line == pytest.approx(Mm(number), abs=Mm(0.1))


def test_a_note_is_a_style_of_its_own(word):
    made = word(
        article_of("<p>文</p><div class='note'><p>注：甲</p></div>"), style=dataclasses.replace(STYLE, note=Role(size="六号"))
    )
    (note,) = [p for p in made.docx.paragraphs if p.text == "注：甲"]
    assert (note.style.name, note.style.font.size) == ("Note", Pt(7.5))


def test_a_title_too_long_for_its_line_is_broken_between_words_unless_the_theme_breaks_it(word):
    title = "石家河镇人民政府党政办公室2024年政府信息公开工作年度报告"
    broken = word(f"<article><h1>{title}</h1></article>", title=title).docx.paragraphs[0].text
    assert broken.split("\n") == ["石家河镇人民政府党政办公室", "2024年政府信息公开工作年度报告"]
    own = word(f"<article><h1>{title[:4]}<br>{title[4:]}</h1></article>", title=title).docx.paragraphs[0].text
    assert own.split("\n") == [title[:4], title[4:]]


def test_text_has_styles_and_next_to_no_formatting_of_its_own(final):
    direct = {each.tag.removeprefix(W) for part in ("pPr", "rPr") for one in final.body.iter(f"{W}{part}") for each in one}
    assert direct <= {"pStyle", "rStyle", "keepNext", "rFonts", "highlight"}
    assert {tuple(each.attrib) for each in final.body.iter(f"{W}rFonts")} <= {(f"{W}hint",)}


# --- tables


@pytest.mark.parametrize(
    ("border", "line"),
    [
        ("0.5pt #000000", ("single", "4", "000000")),
        ("1.5pt #1f4e79", ("single", "12", "1F4E79")),
        ("0.1pt", ("single", "2", "C00000")),
        ("none", ("nil", None, None)),
        ("0pt", ("nil", None, None)),
    ],
)
def test_a_table_has_the_lines_of_the_theme(word, border, line):
    made = word(style=dataclasses.replace(STYLE, table=Role(border=border, colour="#c00000")))
    edges = list(made.styles["Statutory Table"].element.find(f"{W}tblPr/{W}tblBorders"))
    assert [edge.tag.removeprefix(W) for edge in edges] == ["top", "left", "bottom", "right", "insideH", "insideV"]
    said = {tuple(edge.get(f"{W}{key}") for key in ("val", "sz", "color")) for edge in edges}
    assert said == {line} or line[1] and "#" not in border and {one[:2] for one in said} == {line[:2]}


def test_the_head_of_a_table_longer_than_a_page_keeps_a_first_row(word):
    head, row = "<thead><tr><th>甲</th></tr></thead>", "<tr><td>1</td></tr>"
    rows = word(article_of(f"<table>{head}{row * 60}</table>")).rows(0)
    assert [bool(list(one.iter(f"{W}keepNext"))) for one in rows] == [True] + [False] * 60


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
