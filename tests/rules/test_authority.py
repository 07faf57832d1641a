"""Who may make regulations and documents, and punish: what passes, what fails, what cannot be assessed."""

from __future__ import annotations

import pytest

from nianbao import Jurisdiction, NotAssessable
from nianbao_guoban.bodies import division, kind
from nianbao_guoban.rules import authority
from trying.composed import answer, findings

RULES = {rule.code: rule for rule in authority.RULES}
SECTION = "二、主动公开政府信息情况"
REGULATIONS = f"{SECTION}: {{规章: {{制发: 0, 废止: 0, 现行有效: 1}}}}"


def body(name: str, level: str, code: str = "", cells: str = REGULATIONS) -> str:
    return f"{cells}\n设置: {{name: {name}, level: '{level}', code: '{code}'}}"


CASES = [
    ("T2-RULES-AUTH", "", "passes"),
    ("T2-RULES-AUTH", REGULATIONS, "error"),
    ("T2-RULES-AUTH", f"{SECTION}: {{规章: {{制发: 1, 废止: 0, 现行有效: 0}}}}", "error"),
    ("T2-RULES-AUTH", f"{SECTION}: {{规章: {{制发: 0, 废止: 1, 现行有效: 0}}}}", "error"),
    ("T2-RULES-AUTH", body("芦河街道", "街道"), "error"),
    ("T2-RULES-AUTH", body("禾山市林业局", "部门"), "error"),
    ("T2-RULES-AUTH", body("禾山县", "县"), "error"),
    ("T2-RULES-AUTH", body("禾山市", "县级市"), "error"),
    ("T2-RULES-AUTH", body("禾山市", "市", "429006"), "error"),
    ("T2-RULES-AUTH", body("禾山市", "市", "420100"), "passes"),
    ("T2-RULES-AUTH", body("禾山市", "市", "420100000000"), "passes"),
    ("T2-RULES-AUTH", body("禾山市", "市"), "not assessable"),
    ("T2-RULES-AUTH", body("禾山市", "市", "X-17"), "not assessable"),
    ("T2-RULES-AUTH", body("禾山市", "市", cells=""), "passes"),
    ("T2-RULES-AUTH", body("禾山市", "地级市"), "passes"),
    ("T2-RULES-AUTH", body("禾山州", "自治州"), "passes"),
    ("T2-RULES-AUTH", body("禾山省", "省"), "passes"),
    ("T2-RULES-AUTH", body("禾山部", "国务院部门"), "passes"),
    ("T2-RULES-AUTH", body("禾山新区管委会", "新区"), "not assessable"),
    ("T2-RULES-AUTH", body("禾山市人民政府办公室", "部门"), "not assessable"),
    ("T2-RULES-AUTH", body("禾山市人民政府办公室", "部门", "420100"), "passes"),
    ("T2-RULES-AUTH", body("禾山县人民政府办公室", "部门", "420821"), "error"),
    ("T2-NORM-AUTH", "", "passes"),
    ("T2-NORM-AUTH", body("芦河街道", "街道", cells=""), "warning"),
    ("T2-NORM-AUTH", body("芦河街道", "街道", cells=f"{SECTION}: {{行政规范性文件: {{制发: 0}}}}"), "passes"),
    ("T2-NORM-AUTH", body("禾山县乡村振兴领导小组办公室", "部门", cells=""), "warning"),
    ("T2-NORM-AUTH", body("禾山县林业局", "部门", cells=""), "passes"),
    ("T2-NORM-AUTH", body("禾山新区", "新区", cells=""), "not assessable"),
    ("T2-ENF-AUTH", "", "passes"),
    ("T2-ENF-AUTH", body("禾山县史志研究室", "部门", cells=""), "warning"),
    ("T2-ENF-AUTH", body("禾山县信访局", "部门", cells=f"{SECTION}: {{行政强制: 1}}"), "warning, warning"),
    ("T2-ENF-AUTH", body("禾山县信访局", "部门", cells=f"{SECTION}: {{行政处罚: 0}}"), "passes"),
    ("T2-ENF-AUTH", body("禾山县林业局", "部门", cells=""), "passes"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "fragment", "expected"), CASES)
def test_a_body_counts_what_it_may_do(code: str, fragment: str, expected: str) -> None:
    assert answer(RULES[code], fragment) == expected


@pytest.mark.parametrize("code", RULES)
def test_without_the_table_nothing_is_said(code: str) -> None:
    assert answer(RULES[code], f"{SECTION}: null") == "not assessable"


def test_what_is_absent_is_named_by_its_first_cell() -> None:
    lacking = findings(RULES["T2-RULES-AUTH"], f"{SECTION}: null").not_assessable
    assert lacking == {"T2-RULES-AUTH": "proactive_disclosure.regulations.made"}


def test_a_place_names_its_bodies_without_power() -> None:
    assert answer(RULES["T2-ENF-AUTH"], without="县、镇") == "warning"
    assert answer(RULES["T2-ENF-AUTH"], body("禾山县信访局", "部门", cells=""), without="镇") == "passes"


def test_all_cells_of_the_row_are_shown_at_the_first() -> None:
    (found,) = findings(RULES["T2-RULES-AUTH"], f"{SECTION}: {{规章: {{制发: 1, 废止: 0, 现行有效: 3}}}}").found
    assert (found.at, found.found) == ("proactive_disclosure.regulations.made", "规章.制发 1，规章.现行有效 3")
    assert found.zh == "芦河镇无权制定规章"


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("420000", "province"), ("420100", "city"), ("420102", "county"), ("420881", "county"), ("429006", "county"), ("310115", "county"),
        ("420881104", "town"), ("420881001", "street"), ("420881099", "street"), ("420881100", "town"), ("420881000", "county"),
        ("420881104000", "town"), ("420881104201", None), ("420881104200", None), ("420100000000", "city"), ("", None), ("42088", None), ("ABCDEF", None),
        ("920100", None), ("020100", None), ("810000", "province"), ("11420881MB1234567X", None),
    ],
)  # fmt: skip
def test_a_code_of_the_divisions_tells_the_kind_of_government(code: str, expected: str | None) -> None:
    assert division(code) == expected


@pytest.mark.parametrize(
    ("name", "level", "code", "expected"),
    [
        ("芦河镇", "镇", "", "town"), ("芦河镇", " 镇 ", "", "town"), ("芦河", "", "420881104", "town"), ("禾山局", "县直部门", "420100", "department"),
        ("禾山市人民政府办公室", "市", "", "office"), ("禾山县政府办", "县", "", "office"), ("禾山市", "市", "420100", "city"),
    ],
)  # fmt: skip
def test_a_body_is_known_by_its_level_its_name_or_its_code(name: str, level: str, code: str, expected: str) -> None:
    assert kind(Jurisdiction("x", name, level, code)) == expected


def test_a_body_of_which_nothing_is_known_has_no_kind() -> None:
    with pytest.raises(NotAssessable, match="level"):
        kind(Jurisdiction("x", "禾山市", "市"))
