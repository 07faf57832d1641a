"""Whose report it is, and what its sentences tell of the fee for information; what is not certain is not told."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from nianbao import Cell, Fact, FileError, Origin, Reading, Told
from nianbao.finished import edition_of
from nianbao.plugins import standard
from nianbao.taking import figures_told, gaps_of, is_of, unfit


def reading(name: str = "", *told: Told) -> Reading:
    return Reading("x.html", name, "", 2024, standard("2021", Path()), told=told)


@pytest.mark.parametrize("name", ["芦河镇", "芦河镇人民政府", "禾山市芦河镇人民政府", "某省禾山市芦河镇", "芦 河镇", ""])
def test_a_body_is_known_by_its_name_with_and_without_those_above(name: str) -> None:
    assert is_of(reading(name), "芦河镇")


@pytest.mark.parametrize("name", ["东芦河镇", "芦河", "河镇", "石桥镇", "禾山市", "芦河镇财政所"])
def test_another_body_is_not_taken_for_it(name: str) -> None:
    assert not is_of(reading(name), "芦河镇")


def test_a_department_is_known_without_its_city() -> None:
    assert is_of(reading("禾山市财政局"), "市财政局")
    assert is_of(reading("禾山市人民政府办公室"), "禾山市政府办公室") is False  # abbreviated: let a person look
    assert is_of(reading("禾山市人民政府"), "禾山市")


@pytest.mark.parametrize(
    ("title", "text", "fee"),
    [
        ("", "本年度未收取信息处理费。", 0),
        ("", "没有向申请人收取政府信息处理费。", 0),
        ("收取信息处理费情况", "本年度没有收取。", 0),
        ("", "全年无信息处理费。", 0),
        ("", "收取信息处理费0元。", 0),
        ("", "本年度信息处理费为零。", 0),
        ("", "依规定收取信息处理费共计１，２５０．５元。", Decimal("1250.5")),
        ("", "信息处理费收取0.3万元。", 3000),
        ("", "每页10元，全年收取信息处理费300元。", None),
        ("", "未收取信息处理费。另有一件收取信息处理费40元。", None),
        ("", "未按收费通知缴纳信息处理费的有一件。", None),
        ("", "行政事业性收费300元。", None),
        ("", "按要求报告信息处理费情况。", None),
        ("", "信息处理费见附件。收取停车费10元。", None),
    ],
)
def test_the_fee_is_read_where_one_amount_alone_is_told(title: str, text: str, fee: object) -> None:
    found = figures_told(reading("", Told("other_matters", title, text, "x.html:7")))
    told = found.get("other_matters.fee")
    assert (told.value if told else None) == fee
    assert told is None or (told.origin is not None and told.origin.where == "x.html:7")


def test_a_fee_that_another_section_speaks_of_is_not_taken() -> None:
    assert not figures_told(reading("", Told("overview", "", "未收取信息处理费。", "x.html:7")))


def test_a_report_of_another_year_or_form_is_told() -> None:
    of_2024 = edition_of(reading("芦河镇"))
    assert unfit(reading("芦河镇"), of_2024) is None
    assert unfit(replace(reading(), year=2023), of_2024) == ("是 2023 年度的", "it is of 2023")
    assert unfit(replace(reading(), year=0), of_2024) == ("看不出是哪一年的", "it tells no year")
    old = replace(reading(), standard=standard("2019", Path()))
    assert unfit(old, of_2024) == ("格式标准是 2019", "it follows the standard 2019")


def test_a_body_without_a_name_may_be_any() -> None:
    assert is_of(reading("芦河镇"), "")


def test_cells_that_could_not_be_read_are_gaps_each_with_the_reason() -> None:
    why = FileError("读不出", "unreadable", place="x.html:表3", mend=("看原文", "look"))
    row = "requests.new"
    known = {f"{row}.business": Cell("2", Fact(2, Origin("x.html:表3 第5行第3格"))), f"{row}.research": Cell("2?", None)}
    found = gaps_of(replace(reading(), cells=known, unread={row: why, "improvements": why, "other_matters.fee": why}))
    assert f"{row}.business" not in found
    assert {f"{row}.natural_person", f"{row}.research"} <= found.keys()
    assert all(path.startswith(f"{row}.") for path in found)  # no sentence, no figure beside the tables
    told = found[f"{row}.research"]
    assert (told.zh, told.en, told.place, told.mend) == ("读不出", "unreadable", "x.html:表3", ("看原文", "look"))
