"""Table four by itself and against last year's: what passes, what fails, what cannot be assessed."""

from __future__ import annotations

import pytest

from nianbao_guoban.rules import cases
from trying.composed import answer, findings

RULES = {rule.code: rule for rule in cases.RULES}
SECTION = "四、政府信息公开行政复议、行政诉讼情况"


def told(now: str, before: str = "行政复议: {结果维持: 1}") -> str:
    now = now.replace("行政复议: {", "行政复议: {尚未审结: 0, ")
    return f"{SECTION}: {{行政复议: 0, 复议后起诉: 0, {now}}}\n上年: {{{SECTION}: {{行政复议: {{结果维持: 0}}, {before}}}}}"


CASES = [
    ("T4-PENDING", "", "passes"),
    ("T4-PENDING", told("行政复议: {结果维持: 2}", "行政复议: {尚未审结: 2}"), "passes"),
    ("T4-PENDING", told("行政复议: {结果维持: 1}", "行政复议: {尚未审结: 2}"), "warning"),
    ("T4-PENDING", told("行政复议: 0", "未经复议直接起诉: {尚未审结: 1}, 复议后起诉: {尚未审结: 1}"), "warning, warning"),
    ("T4-SCOPE", "", "passes"),
    ("T4-SCOPE", told("复议后起诉: {结果维持: 1}"), "passes"),
    ("T4-SCOPE", told("复议后起诉: {结果维持: 1}", "行政复议: 0"), "warning"),
    ("T4-SCOPE", told("复议后起诉: 0", "行政复议: 0"), "passes"),
    ("T4-SCOPE", f"{SECTION}: {{行政复议: 0}}\n上年: null", "not assessable"),
    ("T4-POST≤", "", "passes"),
    ("T4-POST≤", told("复议后起诉: {结果维持: 2}"), "warning"),
    ("T4-POST≤", told("复议后起诉: {结果维持: 1}"), "passes"),
    ("T4-POST≤", told("行政复议: {结果维持: 1}, 复议后起诉: {结果维持: 2}"), "passes"),
    ("T4-POST≤", told("行政复议: {结果维持: 1}, 复议后起诉: {结果维持: 3}"), "warning"),
    ("T4-POST≤", told("行政复议: {结果维持: 1}, 复议后起诉: {结果维持: 2}", "行政复议: 0"), "warning"),
    ("T4-POST≤", told("复议后起诉: {结果维持: 2}", "行政复议: 0"), "passes"),
    ("T4-POST≤", f"{SECTION}: {{行政复议: {{结果维持: 0}}, 复议后起诉: {{结果维持: 2}}}}\n上年: null", "not assessable"),
    ("T4-POST≤", f"{SECTION}: {{复议后起诉: {{结果维持: 2}}}}\n上年: null", "passes"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "fragment", "expected"), CASES)
def test_cases_of_two_years_go_together(code: str, fragment: str, expected: str) -> None:
    assert answer(RULES[code], fragment) == expected


@pytest.mark.parametrize("code", RULES)
def test_without_the_table_nothing_is_said(code: str) -> None:
    assert answer(RULES[code], f"{SECTION}: null") == "not assessable"


def test_cases_carried_over_are_looked_for_only_where_a_place_counts_them_again() -> None:
    assert RULES["T4-PENDING"].severity == "off"
    assert answer(RULES["T4-PENDING"], "上年: null") == "not assessable"
    assert answer(RULES["T4-PENDING"], f"上年: {{{SECTION}: null}}") == "not assessable"


def test_the_reviews_of_both_years_are_shown() -> None:
    (found,) = findings(RULES["T4-POST≤"], told("行政复议: {结果维持: 1}, 复议后起诉: {结果维持: 3}")).found
    assert (found.at, found.expected, found.found) == ("disputes.litigation_after_review", "≤ 2 = 本年行政复议 1 + 上年 1", "3")


def test_what_was_pending_is_shown() -> None:
    (found,) = findings(RULES["T4-PENDING"], told("行政复议: {结果维持: 1}", "行政复议: {尚未审结: 2}")).found
    assert (found.expected, found.found) == ("≥ 2（2023 年尚未审结）", "1")
