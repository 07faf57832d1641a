"""Table three's outcomes that want a second look: what passes, what fails, what cannot be assessed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from nianbao import NotAssessable, Report
from nianbao_guoban.rules import applications
from trying.composed import answer, findings

RULES = {rule.code: rule for rule in applications.RULES}
SECTION = "三、收到和处理政府信息公开申请情况"


def rows(**given: str) -> str:
    """The outcomes and nothing else of the table."""
    cells = ", ".join(f"{name}: {value}" for name, value in given.items())
    cells = cells.replace("予以公开: {", "予以公开: {商业企业: 0, ").replace("其他处理: {其他", "其他处理: {逾期不补正: 0, 其他")
    none = "部分公开: 0, 不予公开: {保护第三方合法权益: 0, 属于行政查询事项: 0}, 无法提供: {本机关不掌握相关政府信息: 0}, 其他处理: {逾期不补正: 0}"
    return f"{SECTION}: {{予以公开: 0, {none}, {cells}}}"


def told(text: str, part: str = "依申请公开", section: str = "一、总体情况") -> str:
    return f"\n{section}: {{{part}: {text}}}"


def body(name: str = "芦河镇", level: str = "镇", code: str = "") -> str:
    return f"\n设置: {{name: {name}, level: {level}, code: '{code}'}}"


OTHER = rows(予以公开="{自然人: 20}", 其他处理="{其他: {自然人: 5}}")
FORBIDDEN = rows(不予公开="{法律行政法规禁止公开: {自然人: 1}}")
EXCESSIVE = rows(不予处理="{大量反复申请: {自然人: 1}}")
UNPAID = rows(其他处理="{逾期未缴费: {自然人: 1}}")
QUERIES = rows(不予公开="{属于行政查询事项: {自然人: 1}}")
SILENT = told("统一登记。")

CASES = [
    ("T3-DUP", "", "passes"),
    ("T3-DUP", rows(予以公开="{自然人: 20}"), "warning"),
    ("T3-DUP", rows(予以公开="{自然人: 19}"), "passes"),
    ("T3-DUP", rows(予以公开="{自然人: 19}", 部分公开="{自然人: 1}"), "warning"),
    ("T3-DUP", rows(予以公开="{自然人: 19}", 无法提供="{需要另行制作: {自然人: 1}}"), "passes"),
    ("T3-DUP", rows(予以公开="{自然人: 19}", 不予公开="{国家秘密: {自然人: 1}}"), "passes"),
    ("T3-DUP", rows(予以公开="{自然人: 19}", 不予处理="{重复申请: {自然人: 1}}"), "passes"),
    ("T3-DUP", rows(予以公开="{自然人: 19}", 其他处理="{其他: {自然人: 1}}"), "passes"),
    ("T3-OTHER-HIGH", OTHER, "passes"),
    ("T3-OTHER-HIGH", rows(予以公开="{自然人: 19}", 其他处理="{其他: {自然人: 5}}"), "warning"),
    ("T3-OTHER-HIGH", rows(予以公开="{自然人: 2}", 其他处理="{其他: {自然人: 4}}"), "passes"),
    ("T3-OTHER-HIGH", rows(其他处理="{其他: {自然人: 5}}") + told("其中申请人撤回3件。"), "passes"),
    ("T3-OTHER-HIGH", rows(其他处理="{其他: {自然人: 5}}") + told("有几件并案答复。"), "passes"),
    ("T3-OTHER-HIGH", rows(其他处理="{逾期不补正: {自然人: 9}}"), "passes"),
    ("T3-DENY-RARE", "", "passes"),
    ("T3-DENY-RARE", FORBIDDEN, "warning"),
    ("T3-DENY-RARE", FORBIDDEN + body("禾山县", "县"), "info"),
    ("T3-DENY-RARE", FORBIDDEN + body("禾山局", "部门"), "warning"),
    ("T3-DENY-RARE", FORBIDDEN + body("禾山", "“新区”"), "warning"),
    ("T3-DENY-RARE", FORBIDDEN + told("其中一件属于《档案法》禁止公开的内容。"), "passes"),
    ("T3-DENY-RARE", EXCESSIVE, "warning"),
    ("T3-DENY-RARE", EXCESSIVE + told("一名申请人反复申请同类信息，次数明显超过合理范围。"), "passes"),
    ("T3-DENY-RARE", UNPAID, "warning"),
    ("T3-DENY-RARE", UNPAID + told("发出收费通知一份，申请人未缴纳。", "收费", "六、其他需要报告的事项"), "passes"),
    ("T3-DENY-RARE", UNPAID + told("发出收费通知一份，申请人未缴纳。"), "warning"),
    ("T3-DENY-RARE", rows(不予公开="{法律行政法规禁止公开: {自然人: 1}}", 其他处理="{逾期未缴费: {自然人: 1}}"), "warning, warning"),
    ("T3-DENY8-LEVEL", "", "passes"),
    ("T3-DENY8-LEVEL", QUERIES + SILENT, "info"),
    ("T3-DENY8-LEVEL", rows() + SILENT, "passes"),
    ("T3-DENY8-LEVEL", QUERIES + told("属于户籍登记的告知查询办法。"), "passes"),
    ("T3-DENY8-LEVEL", QUERIES + SILENT + body("芦河街道", "街道"), "info"),
    ("T3-DENY8-LEVEL", QUERIES + SILENT + body("禾山市科技局", "部门"), "info"),
    ("T3-DENY8-LEVEL", QUERIES + SILENT + body("禾山市市场监督管理局", "部门"), "passes"),
    ("T3-DENY8-LEVEL", QUERIES + SILENT + body("禾山县", "县"), "passes"),
    ("T3-DENY8-LEVEL", QUERIES + SILENT + body("禾山", "“新区”"), "not assessable"),
    ("T3-DENY8-LEVEL", rows() + SILENT + body("禾山", "“新区”"), "passes"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "fragment", "expected"), CASES)
def test_an_outcome_is_questioned_where_it_is_odd(code: str, fragment: str, expected: str) -> None:
    assert answer(RULES[code], fragment) == expected


@pytest.mark.parametrize("code", RULES)
def test_without_the_table_nothing_is_said(code: str) -> None:
    assert answer(RULES[code], f"{SECTION}: null") == "not assessable"


@pytest.mark.parametrize(
    ("code", "fragment", "settings", "expected"),
    [
        ("T3-DUP", rows(予以公开="{自然人: 19}"), {"least": 19}, "warning"),
        ("T3-DUP", rows(予以公开="{自然人: 20}"), {"least": 21}, "passes"),
        ("T3-OTHER-HIGH", OTHER, {"share": 0.19}, "warning"),
        ("T3-OTHER-HIGH", rows(其他处理="{其他: {自然人: 5}}"), {"least": 6}, "passes"),
        ("T3-DENY8-LEVEL", QUERIES + SILENT, {"keepers": "县、镇"}, "passes"),
    ],
)
def test_a_place_sets_its_own_thresholds(code: str, fragment: str, settings: dict[str, object], expected: str) -> None:
    assert answer(RULES[code], fragment, **settings) == expected


def test_a_report_without_prose_explains_nothing() -> None:
    silent = "\n一、总体情况: null\n五、存在的主要问题及改进情况: null"
    assert answer(RULES["T3-DENY-RARE"], FORBIDDEN + silent) == "warning"


def test_the_share_is_shown_with_the_whole() -> None:
    (found,) = findings(RULES["T3-OTHER-HIGH"], rows(予以公开="{自然人: 1}", 其他处理="{其他: {自然人: 5}}")).found
    assert (found.at, found.expected, found.found) == ("requests.other.other", "≤ 20% × 6", "5")


def test_everything_granted_is_shown_by_its_rows() -> None:
    (found,) = findings(RULES["T3-DUP"], rows(予以公开="{自然人: 19}", 部分公开="{自然人: 1}")).found
    assert found.found == "予以公开 19 + 部分公开 1"


def test_in_the_format_of_2019_what_it_does_not_tell_apart_is_not_assessable() -> None:
    old = f"{SECTION}: {{其他处理: {{逾期不补正: null, 自然人: 9}}}}\n二、主动公开政府信息情况: null"
    assert answer(RULES["T3-OTHER-HIGH"], old, notice="2019") == "not assessable"
    assert answer(RULES["T3-DENY-RARE"], old, notice="2019") == "passes"


def test_an_outcome_that_a_standard_does_not_tell_apart_hides_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    known = applications.figure

    def figure(report: Report, path: str) -> Decimal:
        if path == "requests.denied.prohibited_by_law":
            raise NotAssessable(path)
        return known(report, path)

    monkeypatch.setattr(applications, "figure", figure)
    assert answer(RULES["T3-DENY-RARE"], UNPAID) == "warning"
