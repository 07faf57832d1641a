"""Word files -> lines and tables."""

import io
import time

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from nianbao_reader.blocks import Line, Table
from nianbao_reader.files.boxes import flowing
from nianbao_reader.files.opening import content


@pytest.fixture
def word():
    return docx.Document()


def read(word):
    out = io.BytesIO()
    word.save(out)
    return content(out.getvalue(), "x.docx")


def lines(word):
    return [(block.text, block.level) for block in read(word).blocks if isinstance(block, Line)]


def test_paragraphs_have_places_and_headings_levels(word):
    word.add_paragraph("芦河镇报告", style="Title")
    word.add_heading("一、总体情况", 1)
    word.add_paragraph("甲\n乙")
    found = read(word)
    assert [(line.text, line.level, line.place) for line in found.blocks] == [
        ("芦河镇报告", 1, "x.docx:第1段"),
        ("一、总体情况", 1, "x.docx:第2段"),
        ("甲", 0, "x.docx:第3段"),
        ("乙", 0, "x.docx:第3段"),
    ]
    assert found.title == "芦河镇报告"


def test_lists_and_quotes_are_lines_in_order(word):
    for text, style in (("甲", "List Number"), ("乙", "List Number"), ("丙", "List Bullet"), ("丁", "Quote"), ("戊", "Normal")):
        word.add_paragraph(text, style=style)
    assert [text for text, _ in lines(word)] == list("甲乙丙丁戊")


def test_runs_of_every_look_are_one_text(word):
    paragraph = word.add_paragraph("全年")
    for text, name in (("公开", "bold"), ("政府", "italic"), ("信息", "underline")):
        setattr(paragraph.add_run(text), name, True)
    paragraph.add_run("15").font.superscript = True
    assert lines(word) == [("全年公开政府信息15", 0)]


def test_tracked_changes_are_accepted(word):
    paragraph = word.add_paragraph("公开")
    for kind, text in (("ins", "<w:t>15</w:t>"), ("del", "<w:delText>14</w:delText>")):
        change = f'<w:{kind} {nsdecls("w")} w:id="1" w:author="x" w:date="2025-01-01T00:00:00Z"><w:r>{text}</w:r></w:{kind}>'
        paragraph._p.append(parse_xml(change))
    assert lines(word) == [("公开15", 0)]


def test_a_cell_stands_at_every_place_that_it_spans(word):
    table = word.add_table(3, 3)
    for row in range(3):
        for column in range(3):
            table.cell(row, column).text = f"{row}{column}"
    table.cell(0, 0).merge(table.cell(0, 1)).text = "商业\n企业"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "甲"
    (found,) = read(word).blocks
    assert isinstance(found, Table)
    assert [[field.text for field in row] for row in found.rows] == [
        ["商业\n企业", "商业\n企业", "02"],
        ["甲", "11", "12"],
        ["甲", "21", "22"],
    ]
    assert found.rows[0][0] is found.rows[0][1]
    assert found.rows[1][0] is found.rows[2][0]
    assert (found.place, found.rows[1][2].place) == ("x.docx:表1", "x.docx:表1 第2行第3格")


def test_paragraphs_of_cells_are_not_counted(word):
    word.add_paragraph("甲")
    word.add_table(2, 2).cell(0, 0).text = "1"
    table = word.tables[0]
    table.cell(1, 1).text = "2"
    word.add_paragraph("乙")
    assert [block.place for block in read(word).blocks] == ["x.docx:第1段", "x.docx:表1", "x.docx:第2段"]


def test_a_table_that_lays_the_page_out_is_read_cell_after_cell(word):
    outer = word.add_table(1, 2)
    outer.cell(0, 0).text = "导语"
    inner = outer.cell(0, 1).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "甲", "1"
    line, table = read(word).blocks
    assert line.text == "导语"
    assert [field.text for field in table.rows[0]] == ["甲", "1"]


def test_our_own_word_file_comes_out_whole(run, workspace):
    assert run("build", "luhe", "-F", "docx").exit_code == 0
    (file,) = (workspace / "build" / "luhe" / "2024" / "publish").glob("*.docx")
    found = content(file.read_bytes(), file.name)
    assert found.title == "芦河镇2024年政府信息公开工作年度报告"
    shapes = [(len(block.rows), len(block.rows[0])) for block in found.blocks if isinstance(block, Table)]
    assert shapes == [(14, 4), (28, 10), (4, 15)]
    heads = [block.text for block in found.blocks if isinstance(block, Line) and block.level == 1]
    assert heads[1:3] == ["一、总体情况", "二、主动公开政府信息情况"]
    requests = [block for block in found.blocks if isinstance(block, Table)][1]
    assert [field.text for field in requests.rows[-1][-7:]] == list("1000001")


def boxed(text):
    said = f"<w:txbxContent><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:txbxContent>"
    return f'<w:pict xmlns:v="urn:schemas-microsoft-com:vml" {nsdecls("w")}><v:shape><v:textbox>{said}</v:textbox></v:shape></w:pict>'


def test_text_in_a_box_stands_before_the_paragraph_that_holds_the_box(word):
    word.add_paragraph("甲")
    word.add_paragraph("丙").add_run()._r.append(parse_xml(boxed("乙")))
    assert [text for text, _ in lines(word)] == ["甲", "乙", "丙"]


def test_a_box_that_is_there_again_for_an_older_word_is_read_once(word):
    both = (
        f'<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="wps">{boxed("乙")}'
        f"</mc:Choice><mc:Fallback>{boxed('乙')}</mc:Fallback></mc:AlternateContent>"
    )
    word.add_paragraph("丙").add_run()._r.append(parse_xml(both))
    assert [text for text, _ in lines(word)] == ["乙", "丙"]


def test_a_table_cut_in_two_has_all_its_cells_in_both(word):
    table = word.add_table(3, 2)
    table.cell(0, 0).merge(table.cell(2, 0)).text = "甲"
    for row, text in enumerate("乙丙丁"):
        table.cell(row, 1).text = text
    table._tbl.remove(table._tbl.tr_lst[0])
    (found,) = (block for block in read(word).blocks if isinstance(block, Table))
    assert [[field.text for field in row] for row in found.rows] == [["", "丙"], ["", "丁"]]


def test_endless_tables_without_rows_are_looked_at_in_time():
    started = time.perf_counter()
    assert flowing(b"<w:tbl></w:tbl>" * 200_000) == b"<w:tbl></w:tbl>" * 200_000
    assert time.perf_counter() - started < 2
