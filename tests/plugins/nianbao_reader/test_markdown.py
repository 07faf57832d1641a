"""Markdown -> lines and tables."""

import pytest

from nianbao_reader.blocks import Line, Table
from nianbao_reader.files.opening import content


def blocks(text):
    return content(text.encode(), "x.md").blocks


def lines(text):
    return [block.text for block in blocks(text) if isinstance(block, Line)]


def tables(text):
    return [[[field and field.text for field in row] for row in block.rows] for block in blocks(text) if isinstance(block, Table)]


def test_headings_have_levels_and_every_line_its_number():
    read = blocks("# 报告\n\n## 一、总体情况 ##\n导语\n")
    assert [(line.text, line.level, line.place) for line in read] == [
        ("报告", 1, "x.md:1"),
        ("一、总体情况", 2, "x.md:3"),
        ("导语", 0, "x.md:4"),
    ]


def test_a_remark_of_the_program_that_made_the_text_is_no_heading():
    assert [(line.text, line.level) for line in blocks("# year: 2024\n# ----\n正文")] == [
        ("year: 2024", 0),
        ("----", 0),
        ("正文", 0),
    ]


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        (r"**（一）** 公开\*条\|\_", "（一） 公开*条|_"),
        ("*甲*", "甲"),
        ("- 甲", "甲"),
        ("> - 甲", "甲"),
        ("1. 甲", "1. 甲"),
        ("[市政府网站](http://x.example/a) 查阅", "市政府网站 查阅"),
        ("甲![章](a.png)乙", "甲乙"),
        ("<u>甲</u>&lt;乙&nbsp;", "甲<乙"),
        (r"\<甲>", "<甲>"),
    ],
)
def test_marks_are_off(markdown, text):
    assert lines(markdown) == [text]


def test_a_break_makes_two_lines_and_rules_and_fences_none():
    assert lines("甲<br>乙\n---\n***\n```text\n丙\n```\n") == ["甲", "乙", "丙"]


def test_rows_of_pipes_are_a_table():
    text = "| 甲 | 乙 |\n|:--|--:|\n| 规章\\|项 | **1** |\n|  | 2 |"
    assert tables(text) == [[["甲", "乙"], ["规章|项", "1"], ["", "2"]]]
    assert blocks(text)[0].rows[1][1].place == "x.md:3"


def test_rows_without_outer_pipes_and_ragged_ones_are_too():
    assert tables("甲 | 乙 | 丙\n--- | --- | ---\n1 | 2 | 3\n| 4 | 5 |") == [
        [["甲", "乙", "丙"], ["1", "2", "3"], ["4", "5", None]]
    ]


def test_a_rule_under_a_row_within_a_table_begins_another():
    assert tables("| 甲 | 1 |\n| 2 | 3 |\n|---|---|\n| 4 | 5 |\n\n| 6 |\n|---|") == [
        [["甲", "1"]],
        [["2", "3"], ["4", "5"]],
        [["6"]],
    ]


def test_an_html_table_is_one_with_its_spans():
    text = "前\n\n<table>\n<tr><th rowspan=2>甲</th><td>1</td></tr>\n<tr><td>2</td></tr>\n</table>\n\n后"
    assert tables(text) == [[["甲", "1"], ["甲", "2"]]]
    assert lines(text) == ["前", "后"]
    assert [field.place for field in blocks(text)[1].rows[1]] == ["x.md:4", "x.md:5"]


def test_our_own_markdown_comes_out_whole(run, workspace):
    assert run("build", "luhe", "-F", "markdown").exit_code == 0
    (file,) = (workspace / "build" / "luhe" / "2024" / "publish").glob("*.md")
    read = content(file.read_bytes(), file.name)
    assert not read.wrapped
    shapes = [(len(block.rows), len(block.rows[0])) for block in read.blocks if isinstance(block, Table)]
    assert shapes == [(3, 4), (2, 2), (3, 2), (2, 2), (28, 10), (2, 5), (2, 5), (2, 5)]
    texts = [block.text for block in read.blocks if isinstance(block, Line)]
    assert texts[0] == "芦河镇2024年政府信息公开工作年度报告"
    assert "全年主动公开政府信息259条，其中镇网站118条、新媒体平台104条、公告栏37条。" in texts
    assert not any(set(text) & set("*|<#\\") for text in texts)
