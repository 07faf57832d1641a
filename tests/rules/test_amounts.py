"""Table two's units, and what its figures can be: what passes, what fails, what cannot be assessed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from nianbao import NotAssessable, Report
from nianbao_guoban.rules import amounts
from trying.composed import answer, findings

RULES = {rule.code: rule for rule in amounts.RULES}
SECTION = "二、主动公开政府信息情况"


def cells(told: str, settings: str = "", before: str = "") -> str:
    lines = [
        f"{SECTION}: {{{told}}}",
        f"设置: {{{settings}}}" if settings else "",
        f"上年: {{{SECTION}: {{{before}}}}}" if before else "",
    ]
    return "\n".join(lines)


def prose(text: str) -> str:
    return f"一、总体情况: {{主动公开: {text}}}"


CITY, UNKNOWN = "level: 地级市", "level: 新区"
CASES = [
    ("T2-INT", "", "passes"),
    ("T2-INT", cells("行政事业性收费: 0.123456"), "passes"),
    ("T2-INT", cells("行政事业性收费: 0.1234567"), "error"),
    ("T2-INT", cells("行政事业性收费: 0.0000004"), "error"),
    ("T2-INT", cells("行政事业性收费: 98001"), "passes"),
    ("T2-FEE-UNIT", "", "passes"),
    ("T2-FEE-UNIT", cells("行政事业性收费: 409.9"), "passes"),
    ("T2-FEE-UNIT", cells("行政事业性收费: 410"), "warning"),
    ("T2-FEE-UNIT", cells("行政事业性收费: 10000", before="行政事业性收费: 9000"), "passes"),
    ("T2-FEE-UNIT", cells("行政事业性收费: 10000.5", before="行政事业性收费: 9000"), "warning"),
    ("T2-FEE-UNIT", cells("行政事业性收费: 10001", "level: 县", "行政事业性收费: 9000"), "passes"),
    ("T2-FEE-UNIT", cells("行政事业性收费: 1000000", "level: 县", "行政事业性收费: 900000"), "passes"),
    ("T2-FEE-UNIT", cells("行政事业性收费: 1000001", "level: 部门", "行政事业性收费: 900000"), "warning"),
    ("T2-FEE-UNIT", cells("行政事业性收费: 1000000", "level: 部门", "行政事业性收费: 900000"), "passes"),
    ("T2-FEE-UNIT", cells("行政事业性收费: 1000001", "level: 县", "行政事业性收费: 900000"), "warning"),
    ("T2-FEE-UNIT", cells("行政事业性收费: 10000", "level: 街道", "行政事业性收费: 9000"), "passes"),
    ("T2-FEE-UNIT", cells("行政事业性收费: 10001", "level: 街道", "行政事业性收费: 9000"), "warning"),
    ("T2-FEE-UNIT", cells("行政事业性收费: 10001", before="行政事业性收费: 9000"), "warning"),
    ("T2-FEE-UNIT", cells("行政事业性收费: 1000001", CITY, "行政事业性收费: 900000"), "passes"),
    ("T2-FEE-UNIT", cells("行政事业性收费: 900", before="行政事业性收费: 0"), "passes"),
    ("T2-FEE-UNIT", cells("行政许可: 18") + "上年: null", "passes"),
    ("T2-FEE-UNIT", cells("行政许可: 18", UNKNOWN) + "\n上年: null", "not assessable"),
    ("T2-FEE-UNIT", cells("行政许可: 18", CITY) + "\n上年: null", "not assessable"),
    ("T2-FEE-UNIT", cells("行政事业性收费: 410", UNKNOWN), "warning"),
    ("T2-MADE≤VALID", "", "passes"),
    ("T2-MADE≤VALID", cells("行政规范性文件: {制发: 6}"), "passes"),
    ("T2-MADE≤VALID", cells("行政规范性文件: {制发: 7}"), "warning"),
    ("T2-MADE≤VALID", cells("行政规范性文件: {制发: 7, 废止: 1}"), "warning"),
    ("T2-MADE≤VALID", cells("规章: {制发: 1, 废止: 0, 现行有效: 0}"), "warning"),
    ("T2-MADE≤VALID", cells("规章: {制发: 1, 废止: 0, 现行有效: 0}, 行政规范性文件: {制发: 7}"), "warning, warning"),
    ("T2-FULL", "", "passes"),
    ("T2-FULL", prose("全年双公示23条。"), "passes"),
    ("T2-FULL", prose("通过3个平台双公示24条。"), "warning"),
    ("T2-FULL", prose("全年双公示24条。"), "warning"),
    ("T2-FULL", prose("公示行政许可、行政处罚信息30件。"), "warning"),
    ("T2-FULL", prose("公示行政许可、行政处罚、行政强制信息23件。"), "passes"),
    ("T2-FULL", prose("公示行政处罚、行政强制决定6件。"), "warning"),
    ("T2-FULL", prose("公示行政许可、处罚信息24宗。"), "warning"),
    ("T2-FULL", prose("公示行政许可18件、行政处罚5件。"), "passes"),
    ("T2-FULL", prose("双公示覆盖率100%，组织双公示培训30次。"), "passes"),
    ("T2-FULL", prose("公示行政许可、行政处罚事项300条。"), "passes"),
    ("T2-FULL", prose("公示行政许可、行政处罚权责清单300条。"), "passes"),
    ("T2-FULL", prose("历年累计双公示300条。"), "passes"),
    ("T2-FULL", prose("双公示近30条。"), "passes"),
    ("T2-FULL", prose("公示行政处罚6件。"), "passes"),
    ("T2-FULL", prose("作出行政许可、行政处罚24件。"), "passes"),
    ("T2-FULL", prose("发布动态300条，双公示20条。"), "passes"),
    ("T2-FULL", f"{prose('全年双公示24条。')}\n{SECTION}: null", "not assessable"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "fragment", "expected"), CASES)
def test_a_figure_of_table_two_can_be_true(code: str, fragment: str, expected: str) -> None:
    assert answer(RULES[code], fragment) == expected


@pytest.mark.parametrize("code", ["T2-INT", "T2-FEE-UNIT", "T2-MADE≤VALID"])
def test_without_the_table_nothing_is_said(code: str) -> None:
    assert answer(RULES[code], f"{SECTION}: null") == "not assessable"


@pytest.mark.parametrize(
    ("fragment", "settings", "expected"),
    [
        (cells("行政事业性收费: 4.1"), {"times": 10}, "warning"),
        (cells("行政事业性收费: 410"), {"times": 1001}, "passes"),
        (cells("行政事业性收费: 51", before="行政事业性收费: 50"), {"most": 50}, "warning"),
        (cells("行政事业性收费: 10001", before="行政事业性收费: 9000"), {"most": 20000}, "passes"),
        (cells("行政事业性收费: 51", UNKNOWN) + "\n上年: null", {"most": 51}, "passes"),
    ],
)
def test_a_place_sets_its_own_thresholds(fragment: str, settings: dict[str, int], expected: str) -> None:
    assert answer(RULES["T2-FEE-UNIT"], fragment, **settings) == expected


def test_the_fee_is_shown_with_last_years() -> None:
    (found,) = findings(RULES["T2-FEE-UNIT"], cells("行政事业性收费: 3600")).found
    assert (found.at, found.expected, found.found) == ("proactive_disclosure.fees", "0.41（2023 年，万元）", "3600")


def test_the_three_figures_of_documents_are_shown() -> None:
    (found,) = findings(RULES["T2-MADE≤VALID"], cells("行政规范性文件: {制发: 7, 废止: 1}")).found
    assert (found.expected, found.found) == ("≤ 6 = 现行有效", "制发 7，废止 1")


def test_what_was_published_is_shown_with_the_sentence() -> None:
    (found,) = findings(RULES["T2-FULL"], prose("全年双公示24条。")).found
    assert (found.zh, found.expected, found.found) == ("主动公开“全年双公示24条”多于表中的全部决定", "≤ 23", "24条")
    assert found.at == "proactive_disclosure.licences"


def test_a_row_that_is_not_told_hides_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    known = amounts.figure

    def figure(report: Report, path: str) -> Decimal:
        if "regulations" in path:
            raise NotAssessable(path)
        return known(report, path)

    monkeypatch.setattr(amounts, "figure", figure)
    assert answer(RULES["T2-MADE≤VALID"], cells("行政规范性文件: {制发: 7}")) == "warning"
