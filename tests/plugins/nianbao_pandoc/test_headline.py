"""The lines of a title: whole words, none a last single character."""

from __future__ import annotations

import time

import pytest

from nianbao_pandoc.headline import headline, width

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
