"""Plain text -> lines."""

import pytest

from nianbao_reader.files.opening import content

PRINTED = """芦河镇人民政府按照条例要求办理政府信息公开各项工作，全年公
开政府信息三百余条，其中门户网站公开一百余条，新媒体平台公开
二百余条。镇政务服务中心设有查阅点，便于村民查阅，各村公告栏
同步张贴与村民有关的信息。对收到的公开申请，由党政办公室登记
、承办，按期答复，没有逾期的情形，也没有因此引起的行政复议。
"""


def read(text):
    return content(text.encode(), "x.txt")


def lines(text):
    return [line.text for line in read(text).blocks]


def test_every_line_has_its_number():
    assert [(line.text, line.place) for line in read("甲\r\n\r\n  乙 1  2\n").blocks] == [
        ("甲", "x.txt:1"),
        ("乙 1  2", "x.txt:3"),
    ]


@pytest.mark.parametrize("number", ["— 1 —", "- 12 -", "－3－", "-4-", "——5——", "第 1 页", "第1页 共9页", "第 1 页，共 9 页"])
def test_page_numbers_are_left_out(number):
    assert lines(f"甲\n{number}\n乙") == ["甲", "乙"]


@pytest.mark.parametrize("cell", ["1", "-", "--", "-5", "12", "0.36"])
def test_cells_are_not(cell):
    assert lines(f"甲\n{cell}\n乙") == ["甲", cell, "乙"]


def test_what_stands_on_top_of_every_page_is_left_out():
    assert lines("\f".join(f"年度报告\n第{n}段" for n in range(4))) == ["第0段", "第1段", "第2段", "第3段"]


def test_a_label_that_two_pages_begin_with_is_not():
    assert lines("总计\n1\f总计\n2\f甲") == ["总计", "1", "总计", "2", "甲"]


def test_lines_keep_their_numbers_behind_a_form_feed():
    assert [line.place for line in read("甲\n乙\f丙\n丁").blocks] == ["x.txt:1", "x.txt:2", "x.txt:2", "x.txt:3"]


def test_printed_lines_are_known_by_their_width():
    assert read(PRINTED).wrapped
    assert read(PRINTED + "行政许可\n18\n" * 20).wrapped


@pytest.mark.parametrize(
    "text",
    [
        "\n".join("本镇公开政府信息。" * n for n in range(1, 20)),
        "一、本年新收政府信息公开申请数量\n1\n0\n" * 20,
        "芦河镇公开政府信息" * 300,
        "\n".join("芦河镇公开政府信息，" * 20 + "，" * n + "。" for n in range(9)),
    ],
)
def test_paragraphs_and_cells_are_not_taken_for_printed_lines(text):
    assert not read(text).wrapped


def test_the_heads_of_a_book_of_pages_are_no_lines():
    head = "芦河镇2022年政府信息公开工作年度报告"
    said = content(f"Page 1 - {head}\n一、总体情况\nP. 1\nPage 2 - {head}\n收到12件。\nP. 2".encode(), "a.txt")
    assert [line.text for line in said.blocks] == [f"Page 1 - {head}", "一、总体情况", "收到12件。"]
