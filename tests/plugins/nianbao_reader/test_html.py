"""Pages -> lines and tables."""

import pytest

from nianbao import FileError
from nianbao_reader.blocks import Line, Table
from nianbao_reader.files.opening import content


def page(body, head=""):
    return content(f"<html><head>{head}</head><body>{body}</body></html>".encode(), "x.html")


def lines(body):
    return [block.text for block in page(body).blocks if isinstance(block, Line)]


def grid(body):
    (table,) = (block for block in page(body).blocks if isinstance(block, Table))
    return [[field and field.text for field in row] for row in table.rows]


def test_paragraphs_headings_and_breaks_are_lines():
    blocks = page("<h2>一、总体<span>情况</span></h2>\n<div>甲<p>乙<br>丙</p>丁</div><ul><li>戊</ul>").blocks
    assert [(block.text, block.level) for block in blocks] == [("一、总体情况", 2), *((text, 0) for text in "甲乙丙丁戊")]
    assert [block.place for block in blocks][:2] == ["x.html:1", "x.html:2"]


def test_white_space_is_one_space_and_none_between_chinese_letters_that_a_new_line_parts():
    assert lines("<p>\u3000\u3000芦河&nbsp;镇\n    公开\u200b信息 15\n条 in\nall</p>") == ["芦河 镇公开信息 15 条 in all"]


def test_text_in_pre_keeps_its_lines():
    assert lines("<pre>甲 1\n乙 2</pre>") == ["甲 1", "乙 2"]


@pytest.mark.parametrize(
    "unseen",
    [
        "<script>乙</script>",
        "<SCRIPT>乙</SCRIPT>",
        "<style>乙</style>",
        "<!-- 乙 -->",
        "<noscript>乙</noscript>",
        '<p style="color:red; DISPLAY: none">乙</p>',
        "<p hidden>乙</p>",
        "<select><option>乙</select>",
        "<textarea>乙</textarea>",
        "<svg><text>乙</text></svg>",
    ],
)
def test_what_nobody_sees_is_not_read(unseen):
    assert lines(f"<p>甲</p>{unseen}<p>丙</p>") == ["甲", "丙"]


def test_lines_keep_their_numbers_behind_a_script():
    assert [block.place for block in page("\n<script>\n\n\n</script>\n<p>甲</p>").blocks] == ["x.html:6"]


def test_the_title_is_the_article_s_and_else_the_window_s():
    meta = '<title>公开_禾山市</title><meta name="PubDate" content="2025-01-20">'
    assert page("甲", meta).title == "公开_禾山市"
    assert page("甲", meta + '<meta name="ArticleTitle" content="芦河镇年度报告">').title == "芦河镇年度报告"
    assert page("甲", meta).meta["PubDate"] == "2025-01-20"


def test_a_cell_stands_at_every_place_that_it_spans():
    body = "<table><thead><tr><th rowspan=2>甲<th colspan=2>乙</thead><tr><td>1<td>2<tr><td>丙<td colspan='2'>3</table>"
    assert grid(body) == [["甲", "乙", "乙"], ["甲", "1", "2"], ["丙", "3", "3"]]
    (table,) = page(body).blocks
    assert table.rows[0][1] is table.rows[0][2]
    assert table.rows[0][0] is table.rows[1][0]
    assert (table.place, table.rows[1][2].place) == ("x.html:表1", "x.html:表1 第2行第2格")


def test_ragged_and_empty_rows_are_as_long_as_the_longest():
    assert grid("<table><tr><td>甲<td>乙<tr><td>1<tr></tr></table>") == [["甲", "乙"], ["1", None], [None, None]]


def test_a_label_that_breaks_in_its_cell_is_one_field():
    assert grid("<table><tr><td><p>商业</p><p>企业</p></td><td>甲<br/>乙</td></tr></table>") == [["商业\n企业", "甲\n乙"]]


def test_a_blank_cell_is_a_field_without_text():
    assert grid("<table><tr><td>甲<td>乙<td>&nbsp;</table>") == [["甲", "乙", ""]]


@pytest.mark.parametrize("span", ["0", "-1", "x", "", "2.5", "99999999999999999999", "²"])
def test_a_span_that_is_none_spans_one_place_or_all_below(span):
    rows = grid(f"<table><tr><td rowspan='{span}'>甲<td>1<tr><td>2<td>3</table>")
    assert rows in ([["甲", "1", None], ["2", "3", None]], [["甲", "1"], ["2", "3"]], [["甲", "1", None], ["甲", "2", "3"]])


def test_a_table_that_lays_the_page_out_is_read_cell_after_cell():
    long = "本镇公开政府信息。" * 50
    body = (
        "<table><tr><td>首页</td><td><h1>报告</h1><p>导语</p><table><tr><td>甲</td><td>1</td></tr></table></td></tr>"
        f"<tr><td>{long}</td><td>尾</td></tr></table>"
    )
    found = [block.text if isinstance(block, Line) else [field.text for field in block.rows[0]] for block in page(body).blocks]
    assert found == ["首页", "报告", "导语", ["甲", "1"], long, "尾"]


def test_a_table_of_one_cell_is_text():
    assert lines("<table><tr><td>说明</td></tr></table>") == ["说明"]


@pytest.mark.parametrize("attribute", ['class="TRS_Editor"', 'id="UCAP-CONTENT"', 'id="zoom"', 'class="main vsb_content_4 x"'])
def test_the_known_place_of_a_text_is_read_alone_if_it_holds_the_most(attribute):
    report = "<p>本镇公开政府信息。</p>" * 20
    assert lines(f"<div>首页</div><div {attribute}>{report}</div><div>备案号</div>") == ["本镇公开政府信息。"] * 20
    assert lines(f"<div {attribute}>摘要</div>{report}") == ["摘要", *["本镇公开政府信息。"] * 20]


def test_a_page_of_nianbao_s_says_which_figure_each_number_is(run, workspace):
    assert run("build", "luhe", "-F", "html").exit_code == 0
    (file,) = (workspace / "build" / "luhe" / "2024" / "publish").glob("*.html")
    read = content(file.read_bytes(), file.name)
    assert read.title == "芦河镇2024年政府信息公开工作年度报告"
    assert read.outline is not None
    assert read.outline.title == read.title
    fields = {field.path: field.text for block in read.blocks if isinstance(block, Table) for row in block.rows for field in row}
    assert (fields["requests.new.natural_person"], fields["requests.new"], fields["disputes.review.upheld"]) == ("12", "15", "1")
    told = {
        path: block.text[slice(*span)] for block in read.blocks if isinstance(block, Line) for span, path in block.figures.items()
    }
    assert told["proactive_disclosure.公开信息"] == "259"
    assert not any("其他格式" in block.text for block in read.blocks if isinstance(block, Line))
    assert len([block for block in read.blocks if isinstance(block, Table)]) == 3


def test_letters_that_mark_figures_cannot_be_forged():
    (line,) = page('<p>\ufdd0甲\ufdd1<data data-fact="a.b">12</data> 件</p>').blocks
    assert (line.text, line.figures) == ("甲12 件", {(1, 3): "a.b"})


OFFICE_PAGE = """<form id="aspnetForm"><input type="hidden" value="x"><table width="1000"><tr><td><a>首页</a> &gt; <a>年报</a></td></tr>
<tr><td><div class="TRS_Editor"><!--[if gte mso 9]><xml><w:X/></xml><![endif]--><p class="MsoNormal"><b><span>一、</span><span>总体情况</span></b><o:p></o:p></p>
<p class="MsoNormal"><st1:chsdate>2024<font>年</font></st1:chsdate>，公开<span>1</span><span>5</span>条。<o:p>&nbsp;</o:p></p>
<div align="center"><table class="MsoTableGrid" border="1"><tbody><tr style="mso-yfti-irow:0"><td width="68"><p><span>商业</span></p><p><span>企业</span></p></td>
<td><p class="MsoNormal"><span lang="EN-US">1<o:p></o:p></span></p></td><td><p><br></p></td></tr></tbody></table></div></div></td></tr></table></form>"""


def test_a_page_pasted_from_word_into_an_old_portal_is_read():
    head, told, table = page(OFFICE_PAGE).blocks
    assert (head.text, told.text) == ("一、总体情况", "2024年，公开15条。")
    assert [field.text for field in table.rows[0]] == ["商业\n企业", "1", ""]


HIDDEN = "芦河镇公开了全部信息。" * 100


@pytest.mark.parametrize(
    "body",
    [f"<textarea>{HIDDEN}</textarea>", f"<!--{HIDDEN}-->", f"<script>show('{HIDDEN}')</script>",
     "<script>show('" + HIDDEN.encode("unicode_escape").decode() + "')</script>"],
)  # fmt: skip
def test_a_text_that_nobody_sees_is_said_to_be_elsewhere(body):
    with pytest.raises(FileError, match=r"脚本|script"):
        page(f"<div>首页 政府信息公开</div>{body}")
    assert len(page(f"<p>{HIDDEN}</p>{body}").blocks) == 1
