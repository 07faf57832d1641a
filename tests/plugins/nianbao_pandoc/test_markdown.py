"""What a reader and a diff get in Markdown."""

from __future__ import annotations

import html
import re

import pypandoc
import pytest

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


def test_a_draft_says_so_in_its_first_line(markdown):
    assert markdown(draft=True).splitlines()[0] == "**草稿**"
    assert "草稿" not in markdown()
