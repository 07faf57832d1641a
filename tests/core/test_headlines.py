"""The lines of a title: whole words, none a last single character."""

from __future__ import annotations

import time

import pytest

from nianbao import headline, title_words
from nianbao.headlines import width

ROOM = 20.1  # characters of 2号 in 156 mm


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("芦河镇2024年政府信息公开工作年度报告", 1),
        ("禾山市人民政府办公室2024年政府信息公开工作年度报告", ["禾山市人民政府办公室2024年", "政府信息公开工作年度报告"]),
        ("禾山市某某经济技术开发区管理委员会2024年政府信息公开工作年度报告", ["禾山市某某经济技术开发区管理委员会", "2024年政府信息公开工作年度报告"]),
        ("禾山市教育和体育局关于2024年度政府信息公开工作年度报告", 2),
    ],
)  # fmt: skip
def test_a_title_is_broken_between_words_where_it_must_be(title, lines):
    made = headline(title, ROOM)
    assert made == lines or len(made) == lines


@pytest.mark.parametrize("length", range(21, 80))
def test_no_line_is_one_last_character_and_none_is_too_long(length):
    lines = headline("甲乙丙丁戊"[: length % 5 + 1] + "某" * (length - length % 5 - 1), ROOM)
    assert max(map(width, lines)) <= ROOM
    assert min(map(width, lines)) > 8


def test_years_words_and_marks_stay_whole():
    lines = headline("甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳（2024年）《Administration》（某某某）报告", ROOM)
    assert not any(line[0] in "）》" or line[-1] in "（《" for line in lines)
    assert any("2024年" in line for line in lines)
    assert any("Administration" in line for line in lines)


@pytest.mark.parametrize(
    "title", ["", "甲" * 299, "甲" * 100_000, "2024年" * 60, "a" * 150, "（" * 150, "）" * 150, "\u200b" * 150]
)
def test_whatever_it_is_it_stays_whole_and_takes_no_time(title):
    start = time.perf_counter()
    assert "".join(headline(title, ROOM)) == title
    assert time.perf_counter() - start < 5


@pytest.mark.parametrize(
    "words",
    [
        "禾山市 人民政府办公室 2024年 政府信息公开工作 年度报告",
        "禾山市 市场监督管理局 关于 2024年度 政府信息公开工作 报告",
        "某某族苗族自治州 甲乙族自治县 人民政府 2024年 政府信息公开工作 年度报告",
        "某某建设兵团 第二师 二十九团 2024年 政府信息公开 年度报告",
        "共青团 禾山市委员会 关于 2024年 政府信息公开工作 情况",
        "禾山市委 办公室 2024年 政府信息公开工作 年报",
        "甲州市 乙镇市 城市管理局 2024年 政府信息公开工作 年度报告",
        "禾山县 住房和城乡建设局 2024年 政府信息公开工作 年度报告",
        "禾山市 镇海区 乡村振兴局 供销社 关于 2024年 政府信息公开工作 年度报告",
        "禾山市 社会工作部 （2024年） 《Annual.Report》",
        "第29团 2024年 年报",
    ],
)
def test_no_word_of_a_title_is_torn(words):
    title = words.replace(" ", "")
    assert title_words(title) == words.split()
    ends = {title.index(word) + len(word) for word in words.split()}
    for room in (12, 14, 16, 20):
        at = 0
        for line in (made := headline(title, room)):
            at += len(line)
            assert at in ends or max(map(width, words.split())) > room, made


def test_any_text_is_the_sum_of_its_words():
    for title in ("", "甲" * 400, "2024年" * 60, "（）《》" * 9, "a b c", "镇", "市委", "\u200b" * 9, "甲\n乙"):
        assert "".join(title_words(title)) == title
