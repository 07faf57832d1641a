"""What a reader and a diff get in Markdown."""

from __future__ import annotations

import html
import re

import pypandoc
import pytest
from lxml import html as lxml_html

from nianbao_pandoc import Markdown

from .conftest import REPORT, article_of, bare, words_of_html

DISPUTES = "<h2>四、政府信息公开行政复议、行政诉讼情况</h2>"


def read_back(text):
    return words_of_html(pypandoc.convert_text(text, "html", format="gfm"))


def after(text, heading):
    return text.split(heading, 1)[1].split("\n## ", 1)[0]


def test_markdown_says_what_the_page_says_in_its_order(markdown):
    before, disputes = re.match(f"(.*){DISPUTES}(.*)", REPORT, re.DOTALL).groups()
    said = read_back(markdown())
    assert said.startswith(words_of_html(before + "</section></article>"))
    assert said.endswith(words_of_html("<article>" + disputes.split("</section>", 1)[1]))


def test_headings_keep_their_level(markdown):
    heads = re.findall(r"^(#+) (.*)$", markdown(), re.MULTILINE)
    assert heads[:3] == [("#", "石家河镇2024年政府信息公开工作年度报告"), ("##", "一、总体情况"), ("###", "（一）主动公开")]


def test_a_paragraph_is_one_line_without_markup(markdown):
    assert "\n（一）市政府门户网站。全年在市政府门户网站发布信息274条，其中工作动态231条。\n" in markdown()


def test_a_table_of_four_items_is_four_small_tables_each_under_its_name(markdown):
    section = after(markdown(), "## 二、主动公开政府信息情况")
    assert re.findall(r"\*\*(.+)\*\*", section) == [f"第二十条第（{item}）项" for item in "一五六八"]
    assert len(re.findall(r"^\|:?-", section, re.MULTILINE)) == 4
    assert "| 行政事业性收费 |                   4068.208 |" in section


def test_a_table_of_fifteen_columns_is_three_of_five_each_under_its_group(markdown):
    section = after(markdown(), "## 四、政府信息公开行政复议、行政诉讼情况")
    assert re.findall(r"\*\*(.+)\*\*", section) == ["行政复议", "行政诉讼 / 未经复议直接起诉", "行政诉讼 / 复议后起诉"]
    rows = [re.findall(r"[^|\s]+", line) for line in section.splitlines() if line.startswith("|")]
    assert rows[0] == rows[3] == rows[6] == ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    assert [int(figure) for row in rows[2::3] for figure in row] == [2, 1, 0, 0, 3, 1, 0, 0, 1, 2, 0, 0, 0, 0, 0]


def test_only_a_table_merged_downwards_is_html_and_that_has_nothing_but_scope_and_spans(markdown):
    text = markdown()
    attributes = set(re.findall(r' ([a-z-]+)="', text))
    assert attributes == {"scope", "colspan", "rowspan"}
    assert set(re.findall(r"</?([a-z]+)", text)) == {"table", "thead", "tbody", "tr", "th", "td"}
    assert text.count("<table>") == 1
    assert '<tr><th scope="rowgroup" rowspan="22">三、本年度办理结果</th>' in text


def test_a_plain_table_is_a_plain_table(markdown):
    table = (
        "<table><thead><tr><th scope='col'>甲|乙</th><th>丙</th></tr></thead><tr><th scope='row'>丁</th><td>1</td></tr></table>"
    )
    assert re.sub(" +|-+", "", markdown(article_of(table))).endswith("|甲\\|乙|丙|\n|:|:|\n|丁|1|\n")


def test_chinese_text_has_no_backslashes(markdown):
    assert "\\" not in markdown()


@pytest.mark.parametrize(
    "text",
    [
        "重点*事项*，_下划线_，#号，a|b，`代码`，[方括号](圆括号)，![图](a)",
        "占比63%~68%，比上年5~8个百分点",
        "写作<b>粗</b>、&amp;、&#65;、<!-- 注 -->",
        "两\\\\个、三\\\\\\个，\\\\\\\\，尾\\",
        "$5和$6，\\(x\\)，反\\斜杠，C:\\*",
        "- 一",
        "+ 一",
        "* 一",
        "1. 一",
        "2024) 一",
        "# 一",
        "> 一",
        "---",
        "***",
        "___",
        "===",
        "|a|b|",
        "    四个空格",
        "[ ] 未办 [x]: /a",
    ],
)
def test_marks_in_a_sentence_stay_marks_in_a_sentence(markdown, text):
    made = markdown(article_of(f"<p>{html.escape(text)}</p>", f"<p>前<br>{html.escape(text)}</p>"))
    assert read_back(made) == bare(f"题目{text}前{text}")
    assert not re.search(r"<(b|em|strong|code|del|ul|ol|hr|a|img|blockquote|table)\b", pypandoc.convert_text(made, "html", "gfm"))


def test_an_address_stays_readable(markdown):
    assert "https://www.example.gov.cn/zwgk_1/a_b" in markdown(article_of("<p>网址：https://www.example.gov.cn/zwgk_1/a_b</p>"))


IN_AN_ADDRESS = [
    "见http://a.b/<img src=x onerror=document.title++>",
    "见ftp://a.b<iframe src=x>",
    "见http://a.b/甲 和<svg onload=1>，https://a.b/乙<svg onload=1>",
    "HTTPS://a.b/</p><script>1</script><!--",
    "https://a.b/*x*_y_[z]",
    "www.a.b/\\<b>x~~y~~",
    "WWW.a.b/`<b>`|x|",
    "mailto:a@b.cn*x*<b>x",
    "xmpp:a@b.cn/*x*<b>x",
    "a@b.cn<b>x</b>，_c_@d.ef",
    "<http://a.b/>x&lt;b&gt;",
    "http://http://a.b/&lt;$x$\\\\\\",
]


@pytest.mark.parametrize("text", IN_AN_ADDRESS)
@pytest.mark.parametrize(
    "place",
    [
        "<p>{}</p>",
        "<h2>{}</h2>",
        "<p><strong>{}</strong> 后</p>",
        "<p>前<span>http://a.b/</span><span>{}</span></p>",
        "<table><thead><tr><th>甲</th></tr></thead><tr><td>{}</td></tr></table>",
        "<table><tr><th rowspan='2'>甲</th><td>{}</td></tr><tr><td>1</td></tr></table>",
    ],
)
def test_no_sentence_with_an_address_becomes_html_where_a_reader_makes_links_of_addresses(markdown, text, place):
    block = place.format(html.escape(text))
    made = markdown(article_of(block))
    page = lxml_html.fromstring(f"<div>{pypandoc.convert_text(made, 'html', 'gfm+autolink_bare_uris-emoji')}</div>")
    assert bare(page.text_content()) == words_of_html(article_of(block))
    tables = {"table", "thead", "tbody", "tr", "th", "td", "colgroup", "col"}
    assert {element.tag for element in page.iter()} <= {"div", "h1", "h2", "p", "strong", "a"} | tables
    assert bare(text) in bare("".join(Markdown().read({".md": made.encode()})).replace("**", ""))


def test_an_ordinary_address_is_written_as_it_is_and_so_is_one_in_a_link(markdown):
    text = "见www.p252.cn和https://x.y/z，另见http://a.b/?x=1&y=2，a.b@c.cn"
    assert markdown(article_of(f"<p>{html.escape(text)}</p>")).endswith(f"\n{text}\n")
    assert "[https://x.y/z](https://x.y/z)" in markdown(article_of('<p>见<a href="https://x.y/z">https://x.y/z</a></p>'))


def test_a_draft_says_so_in_its_first_line(markdown):
    assert markdown(draft=True).splitlines()[0] == "**草稿**"
    assert "草稿" not in markdown()
