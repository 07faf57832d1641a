"""Tables against last year's report: for every rule what passes, what fails, what cannot be assessed."""

from __future__ import annotations

import pytest

from nianbao import Past
from nianbao.checks import check
from nianbao_guoban.rules import years
from trying.composed import answer, composed, findings

RULES = {rule.code: rule for rule in years.RULES}
REQUESTS, DISCLOSURE, DISPUTES = (
    "三、收到和处理政府信息公开申请情况",
    "二、主动公开政府信息情况",
    "四、政府信息公开行政复议、行政诉讼情况",
)
SAME = f"{DISCLOSURE}: {{行政规范性文件: {{制发: 2, 废止: 1, 现行有效: 5}}, 行政许可: %s, 行政处罚: 0, 行政事业性收费: 0}}"


def last(section: str, cells: str) -> str:
    return f"上年: {{{section}: {{{cells}}}}}"


CASES = [
    ("X-CARRY", "", "passes"),
    ("X-CARRY", f"{REQUESTS}: {{上年结转: {{自然人: 3}}}}", "error"),
    ("X-CARRY", f"{REQUESTS}: {{上年结转: {{自然人: 1}}}}", "error"),
    ("X-CARRY", f"{REQUESTS}: {{上年结转: {{自然人: 1, 科研机构: 1}}}}", "error, error"),
    ("X-CARRY", f"{REQUESTS}: {{上年结转: 0}}\n{last(REQUESTS, '结转下年度: 0')}", "passes"),
    ("X-CARRY", f"{REQUESTS}: {{上年结转: 0}}", "error"),
    ("X-CARRY", last(REQUESTS, "结转下年度: {自然人: 1, 其他: 1}"), "error, error"),
    ("X-CARRY", f"{REQUESTS}: null", "not assessable"),
    ("X-CARRY", f"上年: {{{REQUESTS}: null}}", "not assessable"),
    ("X-CARRY", "上年: null", "not assessable"),
    ("X-VALID-norm", "", "passes"),
    ("X-VALID-norm", f"{DISCLOSURE}: {{行政规范性文件: {{现行有效: 7}}}}", "warning"),
    ("X-VALID-norm", f"{DISCLOSURE}: {{行政规范性文件: {{现行有效: 5}}}}", "warning"),
    ("X-VALID-norm", f"{DISCLOSURE}: {{行政规范性文件: {{制发: 2, 废止: 1}}}}", "passes"),
    ("X-VALID-norm", f"{DISCLOSURE}: {{行政规范性文件: {{废止: 1}}}}", "warning"),
    ("X-VALID-norm", last(DISCLOSURE, "行政规范性文件: {现行有效: 6}"), "warning"),
    ("X-VALID-norm", f"上年: {{{DISCLOSURE}: null}}", "not assessable"),
    ("X-VALID-norm", f"{DISCLOSURE}: null", "not assessable"),
    ("X-VALID-rules", "", "passes"),
    ("X-VALID-rules", f"{DISCLOSURE}: {{规章: {{制发: 1, 废止: 0, 现行有效: 1}}}}", "passes"),
    ("X-VALID-rules", f"{DISCLOSURE}: {{规章: {{制发: 0, 废止: 0, 现行有效: 1}}}}", "warning"),
    ("X-VALID-rules", "上年: null", "not assessable"),
    ("X-JUMP", "", "passes"),
    ("X-JUMP", f"{DISCLOSURE}: {{行政许可: 210}}", "passes"),
    ("X-JUMP", f"{DISCLOSURE}: {{行政许可: 211}}", "warning"),
    ("X-JUMP", f"{DISCLOSURE}: {{行政许可: 3}}", "passes"),
    ("X-JUMP", f"{DISCLOSURE}: {{行政许可: 2}}", "warning"),
    ("X-JUMP", f"{DISCLOSURE}: {{行政许可: 0}}", "warning"),
    ("X-JUMP", f"{DISCLOSURE}: {{行政强制: 9}}", "passes"),
    ("X-JUMP", f"{DISCLOSURE}: {{行政强制: 10}}", "warning"),
    ("X-JUMP", f"{DISCLOSURE}: {{行政处罚: 71}}", "warning"),
    ("X-JUMP", f"{DISCLOSURE}: {{行政事业性收费: 3600}}", "warning"),
    ("X-JUMP", f"{REQUESTS}: {{本年新收: {{自然人: 90, 商业企业: 0, 法律服务机构: 0}}}}", "passes"),
    ("X-JUMP", f"{REQUESTS}: {{本年新收: {{自然人: 90}}}}", "warning"),
    ("X-JUMP", f"{REQUESTS}: null\n{DISCLOSURE}: {{行政许可: 0}}", "warning"),
    ("X-JUMP", f"{REQUESTS}: null\n{DISCLOSURE}: null", "not assessable"),
    ("X-SAME-TABLE", "", "passes"),
    ("X-SAME-TABLE", f"{SAME % 18}\n{last(DISCLOSURE, '行政许可: 18, 行政处罚: 0, 行政事业性收费: 0')}", "warning"),
    ("X-SAME-TABLE", f"{SAME % 18}\n{last(DISCLOSURE, '行政许可: 19, 行政处罚: 0, 行政事业性收费: 0')}", "passes"),
    ("X-SAME-TABLE", f"{SAME % 0}\n{last(DISCLOSURE, '行政许可: 0, 行政处罚: 0, 行政事业性收费: 0')}", "passes"),
    ("X-SAME-TABLE", f"{DISCLOSURE}: null\n{REQUESTS}: null\n{DISPUTES}: null", "not assessable"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "fragment", "expected"), CASES)
def test_a_table_follows_from_last_years(code: str, fragment: str, expected: str) -> None:
    assert answer(RULES[code], fragment) == expected


@pytest.mark.parametrize("code", RULES)
def test_without_last_years_report_nothing_is_said(code: str) -> None:
    assert answer(RULES[code], "上年: null") == "not assessable"


@pytest.mark.parametrize(
    ("code", "fragment", "settings", "expected"),
    [
        ("X-JUMP", f"{DISCLOSURE}: {{行政许可: 70}}", {"times": 3}, "warning"),
        ("X-JUMP", f"{DISCLOSURE}: {{行政许可: 211}}", {"times": 11}, "passes"),
        ("X-JUMP", f"{DISCLOSURE}: {{行政强制: 9}}", {"least": 9}, "warning"),
        ("X-JUMP", f"{DISCLOSURE}: {{行政许可: 0}}", {"least": 22}, "passes"),
        (
            "X-SAME-TABLE",
            f"{SAME % 0}\n{last(DISCLOSURE, '行政许可: 0, 行政处罚: 0, 行政事业性收费: 0')}",
            {"cells": 3},
            "warning",
        ),
    ],
)
def test_a_place_sets_its_own_thresholds(code: str, fragment: str, settings: dict[str, int], expected: str) -> None:
    assert answer(RULES[code], fragment, **settings) == expected


def test_what_was_carried_in_is_shown_with_what_last_year_carried_out() -> None:
    (found,) = findings(RULES["X-CARRY"], f"{REQUESTS}: {{上年结转: {{自然人: 3}}}}").found
    assert (found.at, found.expected, found.found) == ("requests.carried_in.natural_person", "2（2023 年结转下年度）", "3")
    assert found.place == "data:自然人"


def test_a_cell_that_nobody_typed_is_shown_where_its_row_stands() -> None:
    (found,) = findings(RULES["X-CARRY"], last(REQUESTS, "结转下年度: {自然人: 2, 其他: 1}")).found
    assert (found.at, found.place) == ("requests.carried_in.other_organisation", "data:自然人")


@pytest.mark.parametrize(("before", "expected"), [(2, "passes"), (3, "error")])
def test_only_the_total_is_compared_where_last_years_record_has_no_more(before: int, expected: str) -> None:
    report = composed()
    report.last_year = Past({"year": 2023, "figures": {"requests.carried_out": {"value": before}}}, "archive/luhe/2023.json")
    found = check(report, [RULES["X-CARRY"]]).found
    assert ["error"] * len(found) == [finding.severity for finding in found]
    assert bool(found) == (expected == "error")


def test_valid_documents_are_shown_as_a_sum() -> None:
    (found,) = findings(RULES["X-VALID-norm"], f"{DISCLOSURE}: {{行政规范性文件: {{现行有效: 7}}}}").found
    assert (found.expected, found.found) == ("6 = 上年现行有效 5 + 制发 1 - 废止 0", "7")


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [(0, 10, "0（2023 年 0）"), (1, 11, "≤ 1 × 10（2023 年 1）"), (11, 1, "≥ 11 / 10（2023 年 11）")],
)
def test_a_jump_says_how_much_would_be_none(before: int, now: int, expected: str) -> None:
    data = f"{DISCLOSURE}: {{行政许可: {now}}}\n{last(DISCLOSURE, f'行政许可: {before}')}"
    (found,) = findings(RULES["X-JUMP"], data).found
    assert found.expected == expected


def test_a_jump_names_its_row_and_both_years() -> None:
    (found,) = findings(RULES["X-JUMP"], f"{DISCLOSURE}: {{行政许可: 0}}").found
    assert (found.zh, found.expected, found.found) == ("“行政许可”与上年相比大起大落", "≥ 21 / 10（2023 年 21）", "0")


def test_the_format_of_2019_is_compared_where_it_has_the_same_figures() -> None:
    old = f"{DISCLOSURE}: null\n{REQUESTS}: {{其他处理: {{逾期不补正: null, 自然人: 1}}}}\n上年: {{{DISCLOSURE}: null, {REQUESTS}: {{结转下年度: {{自然人: 1}}}}}}"
    assert answer(RULES["X-CARRY"], old, notice="2019") == "error"
    assert answer(RULES["X-VALID-norm"], old, notice="2019") == "not assessable"
    assert answer(RULES["X-JUMP"], old, notice="2019") == "passes"


def test_a_table_that_is_last_years_is_shown_at_its_first_cell() -> None:
    (found,) = findings(
        RULES["X-SAME-TABLE"], f"{SAME % 18}\n{last(DISCLOSURE, '行政许可: 18, 行政处罚: 0, 行政事业性收费: 0')}"
    ).found
    assert (found.at, found.place) == ("proactive_disclosure", "data:规章")
