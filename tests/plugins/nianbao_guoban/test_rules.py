"""Prose against the tables: for every rule what passes, what fails, and what cannot be assessed."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nianbao.checks import check
from nianbao.facts import Fact
from nianbao.plugins import standard
from nianbao.report import Report
from nianbao_guoban.rules.prose import _read
from tests_shared import Run, replace
from trying.retold import correct, retold

from .town import Town, rules

PROSE = ("P-", "T4-WIN")
ALL = [rule.code for rule in rules(standard("2021", Path())) if rule.code.startswith(PROSE)]
WITHOUT = ("二", "三", "四")

# code, what passes, what fails with which severity
CASES: list[tuple[str, list[str], list[tuple[str, str]]]] = [
    ("P-NEW",
     ["全年新收政府信息公开申请15件。", "收到申请１５件。", "收到申请十五件。", "收到申请{{ 本年新收 }}件。", "收到申请17件（含上年结转2件）。", "收到申请10余件。",
      "通过网络收到申请9件。", "我镇各村服务大厅收到申请3件。", "2023年收到申请9件。"],
     [("收到政府信息公开申请14件。", "error"), ("收到申请十四件。", "error"), ("收到申请{{ 上年结转 }}件。", "error"), ("收到申请17件。", "warning"),
      ("收到申请20余件。", "error"), ("通过网络收到申请19件。", "warning")]),
    ("P-ZERO", ["收到申请15件。"], [("未收到政府信息公开申请。", "error"), ("收到申请0件。", "error"), ("没有收到公民、法人或其他组织提出的政府信息公开申请。", "error")]),
    ("P-DONE", ["办结申请16件。", "答复申请{{ 本年度办理结果 }}件。", "办理申请17件。"], [("办结申请15件。", "error"), ("办理申请15件。", "warning"), ("答复申请{{ 本年新收 }}件。", "error")]),
    ("P-CARRY", ["上年结转申请2件，结转下年度1件。"], [("结转下年度办理申请2件。", "error"), ("上年结转申请3件。", "error")]),
    ("P-NAT", ["收到申请15件，其中自然人12件。", "收到申请17件，含上年结转，其中自然人14件。"], [("收到申请15件，其中自然人13件。", "error"), ("自然人申请13件。", "warning")]),
    ("P-LEGAL", ["收到申请15件，其中自然人12件、法人或其他组织3件。", "收到申请15件，其中商业企业2件。"], [("收到申请15件，其中法人或其他组织4件。", "error")]),
    ("P-RES-GRANTED", ["办结16件，其中予以公开8件。"], [("办结16件，其中予以公开9件。", "error")]),
    ("P-RES-PARTIAL", ["部分公开2件。"], [("部分公开1件。", "error")]),
    ("P-RES-DENIED", ["不予公开3件（属于行政查询事项2件）。"], [("不予公开2件。", "error"), ("不予公开3件（属于行政查询事项3件）。", "error")]),
    ("P-RES-UNABLE", ["无法提供2件。"], [("无法提供3件。", "error")]),
    ("P-RES-NOPROC", ["不予处理0件。"], [("不予处理1件。", "error")]),
    ("P-RES-OTHER", ["其他处理1件。"], [("其他处理2件。", "error")]),
    ("P-RATE-DONE", ["应办结的全部办结。", "办结率94.1%。", "群众来信均已答复。", "办理热线工单47件，已全部办结。"], [("办结率100%。", "warning"), ("办结率98%。", "warning"), ("所有申请均已办结。", "warning"), ("按时办结率100%。", "info")]),
    ("P-REV", ["政府信息公开行政复议2件，其中维持1件、尚未审结1件。", "政府信息公开行政复议、行政诉讼共3件。"],
     [("政府信息公开行政复议3件。", "error"), ("未发生政府信息公开行政复议。", "error"), ("政府信息公开行政复议、行政诉讼共4件。", "error"),
      ("政府信息公开行政复议2件，其中纠正1件。", "error"), ("新增政府信息公开行政复议3件。", "warning"), ("办理行政复议案件120件。", "warning")]),
    ("P-LIT", ["政府信息公开行政诉讼1件。", "政府信息公开复议后起诉1件。"],
     [("政府信息公开行政诉讼2件。", "error"), ("未发生因政府信息公开引发的行政诉讼。", "error"), ("政府信息公开未经复议直接起诉1件。", "error")]),
    ("T4-WIN-CLAIM", ["政府信息公开行政复议无被纠正案件。", "行政诉讼均获维持。"], [("行政复议均获维持。", "error")]),
    ("P-T2-RULES", ["未制发行政规范性文件1件。", "制定政府规章0件。", "制定规章制度3项。"], [("制定政府规章1件。", "error")]),
    ("P-T2-NORM", ["制发行政规范性文件1件，废止0件，现行有效6件。", "出台政策性文件1件。"],
     [("制发行政规范性文件2件。", "error"), ("现行有效的行政规范性文件七件。", "error"), ("没有制发行政规范性文件。", "error"), ("印发规范性文件3件。", "warning"), ("出台政策性文件11件。", "info")]),
    ("P-T2-LICENCE", ["作出行政许可18件。", "公示行政许可15件。", "行政许可事项300项。"], [("作出行政许可19件。", "error"), ("公示行政许可19件。", "warning"), ("行政许可17件。", "warning")]),
    ("P-T2-PENALTY", ["作出行政许可18件、行政处罚5件。", "公示行政处罚信息200条。"], [("作出行政许可18件、行政处罚6件。", "error")]),
    ("P-T2-COERCION", ["实施行政强制0件。"], [("实施行政强制1件。", "error")]),
    ("P-T2-FEE", ["行政事业性收费0.36万元。", "行政事业性收费3600元。"], [("行政事业性收费0.35万元。", "error")]),
    ("P-FEE", ["收取信息处理费0元。", "未收取信息处理费。"], [("收取信息处理费120元。", "error")]),
    ("P-SUM", ["公开信息9条，其中网站4条、微信5条。", "公开信息9条，其中网站4条、微信4条等。", "公开信息100余条，其中网站60条、微信50条。", "公开信息9条，其中网站4条。", "公开信息90条，其中文件4条，解读5条。",
      "公开信息9条，其中文件4件，解读3篇，动态2条。"],
     [("公开信息9条，其中网站4条、微信6条。", "error"), ("公开信息9条，其中网站10条。", "error"), ("公开信息9条，其中网站4条、微信4条。", "warning"),
      ("公开信息9条，其中网站9条，微信转发8条。", ""), ("公开信息9条，其中网站5条，微信转发8条。", "warning"), ("公开信息9条，包括：网站4条、解读共计6条。", "error"),
      ("公开信息9条。其中，网站4条，占50%；微信6条，占50%。", "error"),
      ("公开信息9条，其中网站6条（其中动态4条、财政3条）、微信3条。", "error")]),
    ("P-REGION", ["收到来信180件，按地区分，甲区100件、乙县50件、丙镇30件。", "收到来信180件，按地区分，甲区100件、乙县50件、丙镇20件等。"],
     [("收到来信180件，按地区分，甲区100件、乙县50件、丙镇20件。", "error"), ("收到来信180件。甲区100件、乙县50件、丙镇20件。", "warning")]),
    ("P-SELF", ["全年累计公开政府信息326条，通过网站公开政府信息71条。"], [("全年累计公开政府信息326条。全年主动公开政府信息325条。", "error")]),
    ("P-PCT", ["公开信息16条，其中网站12条，占75%。", "公开信息21条，其中网站17条，占80.95%。", "公开信息15条，比上年增加3条，增长25%。",
      "公开信息16条，增加专栏3个，占地20%，群众满意率98%。", "发放问卷100份，收回80份；网站检查合格率90%。"],
     [("公开信息16条，其中网站12条，占80%。", "error"), ("公开信息21条，其中网站17条，占80.9%。", "warning"), ("公开信息15条，比上年增加3条，增长20%。", "error"),
      ("公开信息15条，较上年减少5条，下降30%。", "error"), ("公开信息8条，其中网站6条，占75%、微信2条，占24%。", "error")]),
    ("P-CLAIM-SUPER", ["公开信息21条，其中网站17条，占超八成。", "公开信息10条，其中网站6条，占比过半。", "公开信息10条，其中网站9条，占近九成。"],
     [("公开信息21条，其中网站16条，占超八成。", "warning"), ("公开信息10条，其中网站4条，占比过半。", "warning"), ("公开信息10条，其中网站6条，占近九成。", "warning")]),
    ("P-MISSNUM", ["受理的申请件已答复，信件、办结件，条例。", "“XX条”栏目。"], [("全年收到申请共件。", "error"), ("公开信息XX条。", "error"), ("收到申请____件。", "error"), ("全镇有现行有效的规范性文件。", "warning")]),
    ("P-APPROX", ["公开信息63条。", "设立多个窗口，最近2次。"], [("公开信息63余条。", "warning"), ("公开信息100余条。", "info"), ("公开信息近500条。", "info")]),
]  # fmt: skip
PASSING = [(code, text) for code, passing, _ in CASES for text in passing]
FAILING = [(code, text, severity) for code, _, failing in CASES for text, severity in failing]


def test_every_rule_has_its_cases() -> None:
    assert sorted(code for code, *_ in CASES) == sorted(ALL)


@pytest.mark.parametrize(("code", "text"), PASSING)
def test_what_agrees_is_not_found(town: Town, code: str, text: str) -> None:
    findings = town.findings(text)
    assert code not in {finding.code for finding in findings.found}
    assert code not in findings.not_assessable


@pytest.mark.parametrize(("code", "text", "severity"), FAILING)
def test_what_contradicts_is_found_as_gravely_as_it_is_sure(town: Town, code: str, text: str, severity: str) -> None:
    assert town.found(text).get(code, "") == severity


ASSESSED_FROM_TABLES = [case for case in CASES if case[0] not in (
    "P-SUM", "P-REGION", "P-SELF", "P-PCT", "P-CLAIM-SUPER", "P-MISSNUM", "P-APPROX", "P-FEE")]  # fmt: skip


@pytest.mark.parametrize(("code", "text"), [(code, failing[0][0]) for code, _, failing in ASSESSED_FROM_TABLES])
def test_what_the_tables_do_not_say_is_not_assessable(town: Town, code: str, text: str) -> None:
    report = town.report(text.replace("{{", "").replace("}}", ""), without=WITHOUT)
    findings = check(report, rules(report.standard))
    assert code in findings.not_assessable
    assert code not in {finding.code for finding in findings.found}


def test_the_fee_is_not_assessable_without_its_figure(town: Town) -> None:
    report = town.report("收取信息处理费120元。", fee="信息处理费: 未收取。")
    assert "P-FEE" in check(report, rules(report.standard)).not_assessable


def test_a_report_without_prose_is_not_assessable() -> None:
    report = retold({part.path: None for parts in correct().parts.values() for part in parts})
    findings = check(report, rules(report.standard))
    assert sorted(code for code in findings.not_assessable if code.startswith(PROSE)) == sorted(ALL)
    assert not findings.found


# --- prose that tells random tables

CELLS = {
    "新收": "requests.new",
    "上年结转": "requests.carried_in",
    "办结": "requests.total",
    "予以公开": "requests.granted",
    "部分公开": "requests.partial",
    "不予公开": "requests.denied",
    "结转下年度": "requests.carried_out",
    "行政复议": "disputes.review",
    "行政诉讼": "disputes.litigation",
}
TEXT = (
    "全年新收政府信息公开申请{新收}件，上年结转{上年结转}件，办结{办结}件，结转下年度{结转下年度}件。"
    "所有答复中，予以公开{予以公开}件、部分公开{部分公开}件、不予公开{不予公开}件。"
    "因政府信息公开被申请行政复议{行政复议}件、提起行政诉讼{行政诉讼}件。"
)
WRITTEN = (
    str,
    lambda number: str(number).translate(str.maketrans("0123456789", "０１２３４５６７８９")),
    lambda number: f"{number:,}",
)


def with_figures(report: Report, numbers: dict[str, int]) -> Report:
    """The report with other figures in its tables, and what it read of its prose forgotten."""
    for name, path in CELLS.items():
        report.facts.figures[path] = Fact(numbers[name])
    return report


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.fixed_dictionaries({name: st.integers(1, 5000) for name in CELLS}), st.sampled_from(WRITTEN))
def test_prose_that_tells_its_tables_is_never_found(town: Town, numbers: dict[str, int], written: Callable[[int], str]) -> None:
    text = TEXT.format_map({name: written(number) for name, number in numbers.items()})
    report = with_figures(town.report(text), numbers)
    assert not [str(finding) for finding in check(report, rules(report.standard)).found]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.fixed_dictionaries({name: st.integers(1, 5000) for name in CELLS}), st.sampled_from(sorted(CELLS)), st.integers(1, 50))
def test_any_one_number_that_is_changed_is_an_error(town: Town, numbers: dict[str, int], name: str, by: int) -> None:
    report = with_figures(town.report(TEXT.format_map({**numbers, name: numbers[name] + by})), numbers)
    found = [finding for finding in check(report, rules(report.standard)).found if finding.at == CELLS[name]]
    assert found
    assert [finding.severity for finding in found] == ["error"]


# --- what a clerk sees


def test_a_finding_names_the_part_the_sentence_both_numbers_and_the_name_to_write(town: Town) -> None:
    (finding,) = town.findings("我镇重视申请。全年新收申请14件，均已登记。").found
    assert finding.place == "data/luhe/2024.yaml:3:10"
    assert finding.zh == "依申请公开“全年新收申请14件”与表不符"
    assert (finding.expected, finding.found, finding.at) == ("15", "14件", "requests.new")
    assert finding.mend[0] == "核对后改正句子或表；句子里最好写 {{ 本年新收 }}。"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("收到申请15件，其中自然人11件。", "{{ 本年新收.自然人 }}"),
        ("政府信息公开行政复议2件，其中维持2件。", "{{ 行政复议.结果维持 }}"),
    ],
)
def test_the_name_that_a_finding_says_to_write_can_be_written(town: Town, text: str, name: str) -> None:
    (finding,) = (finding for finding in town.findings(text).found if finding.code != "P-SUM")
    assert name in finding.mend[0]
    assert not town.report(f"数据是{name}件。").mistakes


def test_a_figure_of_the_wrong_name_is_told_by_its_name(town: Town) -> None:
    (finding,) = town.findings("办结申请{{ 本年新收 }}件。").found
    assert (finding.code, finding.found) == ("P-DONE", "15件")
    assert "用的是“本年新收政府信息公开申请数量”的数" in finding.zh


def test_prose_of_an_own_figure_only_warns(town: Town) -> None:
    found = town.found("收到申请{{ 登记的申请 }}件。", fee="信息处理费: 0\n登记的申请: 14")
    assert found == {"P-NEW": "warning"}


def test_prose_in_the_section_itself_is_read_too(town: Town) -> None:
    assert town.found(lead="2024年，行政复议3件，行政诉讼1件。") == {"P-REV": "error"}


def test_the_standard_switches_its_rules_on_and_they_stop_a_build(run: Run, workspace: Path) -> None:
    assert run("build", "luhe", "--format", "html").exit_code == 0
    replace(workspace / "data" / "luhe" / "2024.yaml", "办结{{ 本年度办理结果 }}件", "办结{{ 本年新收 }}件")
    result = run("build", "luhe", "--format", "html")
    assert result.exit_code == 1
    assert "P-DONE" in result.stderr


def test_a_standard_without_the_notices_tables_gets_no_rules(tmp_path: Path) -> None:
    (tmp_path / "ours.yaml").write_text(
        "title: t\nnotice: n\ntheme: national\nsections: {overview: {label: 总体情况, keys: {all: {label: 全部, required: true}}}}\n",
        encoding="utf-8",
    )
    assert not list(rules(standard("./ours.yaml", tmp_path)))


def test_all_rules_over_a_long_report_take_a_few_milliseconds(town: Town) -> None:
    sentence = "我镇围绕中心工作，全年公开信息326条，其中网站71条、微信135条、媒体120条，占比分别为21.8%、41.4%、36.8%；收到申请15件，办结16件。"
    report = town.report(sentence * 45)  # about 3,000 letters
    spent = []
    for _ in range(5):
        _read.clear()
        start = time.process_time()
        check(report, rules(report.standard))
        spent.append(time.process_time() - start)
    assert min(spent) < 0.06  # a machine at rest needs a fourth of it
