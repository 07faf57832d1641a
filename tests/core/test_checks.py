"""The generic rules: what stops a build, what warns, what is waived, what could not be assessed."""

from collections.abc import Callable
from pathlib import Path

import pytest

from nianbao.checks import Finding, Findings, Found, Rule, check, rule
from nianbao.errors import NianbaoError
from nianbao.generic import rules_of
from nianbao.plugins import Plugins
from nianbao.report import Report, compose
from nianbao.themes import theme
from nianbao.workspace import Workspace
from tests_shared import Run

Edit = Callable[[str, str], None]


@pytest.fixture
def edit(workspace: Path) -> Edit:
    """Replace a text in luhe's data, or in its settings where the first starts with ``@``."""

    def edit(old: str, new: str) -> None:
        settings = old.startswith("@")
        path = workspace / ("jurisdictions/luhe.yaml" if settings else "data/luhe/2024.yaml")
        text = path.read_text(encoding="utf-8")
        assert old.lstrip("@") in text
        path.write_text(text.replace(old.lstrip("@"), new, 1), encoding="utf-8")

    return edit


def report_of(folder: Path, town: str = "luhe") -> Report:
    workspace = Workspace(folder)
    edition = workspace.edition(workspace.named(town), 2024)
    plugins = Plugins(edition)
    laid_out = theme(plugins.theme, folder)
    layouts = laid_out.layouts(plugins.standard, edition)
    report = compose(edition, plugins, layouts)
    report.title = laid_out.title_of(report)
    laid_out.render(report, layouts)
    return report


def found(folder: Path, *rules: Rule) -> Findings:
    report = report_of(folder)
    return check(report, [*rules_of(report.standard), *rules])


def only(findings: Findings) -> Finding:
    assert len(findings.found) == 1, [str(finding) for finding in findings.found]
    return findings.found[0]


def test_a_correct_report_has_no_finding(workspace: Path) -> None:
    findings = found(workspace)
    assert not findings.found
    assert not findings.not_assessable


def test_an_equation_that_does_not_hold_is_shown_with_both_sides(workspace: Path, edit: Edit) -> None:
    edit("  结转下年度: {自然人: 1}", "  结转下年度: {自然人: 2}")
    findings = found(workspace)
    assert [finding.code for finding in findings.found] == ["T3-BAL"]
    assert findings.stop
    first = findings.found[0]
    assert first.expected == "14 = 本年新收 12 + 上年结转 2"
    assert first.found == "15 = 总计 13 + 结转下年度 2"
    assert first.place.startswith("data/luhe/2024.yaml:28:")


def test_a_stated_total_that_is_not_its_sum_stops(workspace: Path, edit: Edit) -> None:
    edit("    公告栏: 37", "    公告栏: 37\n    合计: 260")
    finding = only(found(workspace))
    assert (finding.code, finding.severity, finding.found) == ("F-SUM", "error", "260")
    assert finding.expected == "259 = 镇网站 118 + 新媒体平台 104 + 公告栏 37"
    assert finding.place == "data/luhe/2024.yaml:17:9"


def test_a_stated_total_that_is_its_sum_says_nothing(workspace: Path, edit: Edit) -> None:
    edit("    公告栏: 37", "    公告栏: 37\n    合计: 259")
    edit("  本年新收: {自然人: 12,", "  本年新收: {总计: 15, 自然人: 12,")
    assert not found(workspace).found


def test_a_stated_total_of_a_table_is_compared_under_the_equations_code(workspace: Path, edit: Edit) -> None:
    edit("  行政复议: {结果维持: 1,", "  行政复议: {总计: 3, 结果维持: 1,")
    assert only(found(workspace)).code == "T4-SUM"


def test_a_section_nobody_answered_stops(workspace: Path, edit: Edit) -> None:
    edit(
        "四、政府信息公开行政复议、行政诉讼情况:\n  行政复议: {结果维持: 1, 尚未审结: 1}\n  未经复议直接起诉: 0\n  复议后起诉: {结果维持: 1}\n",
        "",
    )
    findings = found(workspace)
    assert only(findings).code == "F-SECTION"
    assert list(findings.not_assessable) == ["T4-SUM"]


def test_a_part_that_the_standard_requires_is_missed(workspace: Path, edit: Edit) -> None:
    edit("  监督保障:", "  其他工作:")
    assert (only(found(workspace)).code, only(found(workspace)).at) == ("F-MISSING", "overview.supervision")


def test_a_figure_typed_into_a_sentence_warns(workspace: Path, edit: Edit) -> None:
    edit(
        "占比百分之四",
        "占4%，召开会议３次，印发〔2024〕5号文件，第20条，12345，0700-1234567，《24小时》，3月5日，www.luhe.gov.cn/1.html",
    )
    finding, wide = found(workspace).found
    assert (finding.code, finding.severity, finding.found) == ("F-TYPED", "warning", "4%、3")
    assert (wide.code, wide.found) == ("S-CHAR", "３")
    assert not found(workspace).stop


@pytest.mark.parametrize(("many", "told"), [(12, "、".join(["7"] * 12)), (13, "、".join(["7"] * 12) + "等")])
def test_of_many_figures_in_a_sentence_the_first_are_told(workspace: Path, edit: Edit, many: int, told: str) -> None:
    edit("占比百分之四", "，".join(["占7"] * many))
    assert only(found(workspace)).found == told


def test_two_sources_that_disagree_warn_and_can_be_waived(workspace: Path, edit: Edit) -> None:
    other = workspace / "other" / "luhe"
    other.mkdir(parents=True)
    (other / "2024.yaml").write_text("二、主动公开政府信息情况: {行政许可: 19}\n", encoding="utf-8")
    edit("@name: 芦河镇\n", "name: 芦河镇\nsources: {second: {use: manual, folder: other}}\n")
    finding = only(found(workspace))
    assert (finding.code, finding.severity) == ("F-CONFLICT", "warning")
    assert "18（manual, data/luhe/2024.yaml:19:9）" in finding.expected
    assert "19（second, other/luhe/2024.yaml:1:22）" in finding.found
    edit(
        "@name: 芦河镇\n",
        "name: 芦河镇\nwaivers: [{code: F-CONFLICT, at: 行政许可, reason: 以手填为准, by: 党政办, date: 2025-01-08}]\n",
    )
    findings = found(workspace)
    assert not findings.found
    assert findings.waived[0][1].reason == "以手填为准"


def test_a_waiver_that_fits_nothing_is_told(workspace: Path, edit: Edit) -> None:
    edit("@name: 芦河镇\n", "name: 芦河镇\nwaivers: [{code: F-SUM, reason: r, by: b, date: 2025-01-08}]\n")
    assert (only(found(workspace)).code, only(found(workspace)).severity) == ("F-WAIVER", "info")


@rule("OWN", "warning", basis="本镇", zh="许可太多", en="too many licences")
def too_many(report: Report, limit: int = 10) -> "list[Found]":
    return [Found(at="行政许可", expected=f"≤ {limit}", found=str(report["行政许可"]))] if report["行政许可"] > limit else []


def test_a_rule_of_a_plugin_is_run_with_its_settings(workspace: Path, edit: Edit) -> None:
    assert only(found(workspace, too_many)).expected == "≤ 10"
    edit("@name: 芦河镇\n", "name: 芦河镇\nrules: {OWN: {limit: 12, severity: error}, F-TYPED: {severity: 'off'}}\n")
    assert only(found(workspace, too_many)).expected == "≤ 12"
    assert found(workspace, too_many).stop


def test_a_rule_that_reads_an_absent_figure_is_not_assessable(workspace: Path) -> None:
    report = report_of(workspace, "shijiahe")
    findings = check(report, [*rules_of(report.standard), too_many])
    assert findings.not_assessable["OWN"] == "行政许可"
    assert findings.gaps["OWN"].zh == "行政许可"


@pytest.mark.parametrize(
    ("rules", "says"),
    [
        ("{NOPE: {severity: info}}", "there is no rule “NOPE”"),
        ("{OWN: {limits: 3}}", "has no setting “limits”"),
        ("{OWN: {limit: many}}", "expected a whole number"),
        ("{OWN: {severity: fatal}}", "none of the choices"),
    ],
)
def test_a_wrong_setting_of_a_rule_has_a_place(workspace: Path, edit: Edit, rules: str, says: str) -> None:
    edit("@name: 芦河镇\n", f"name: 芦河镇\nrules: {rules}\n")
    with pytest.raises(NianbaoError, match=says) as caught:
        found(workspace, too_many)
    assert "jurisdictions/luhe.yaml:3:" in str(caught.value)


def test_a_finding_reads_as_one_message() -> None:
    finding = Finding("X-1", "error", "不对", "wrong", "a.b", "f:1:2", "1", "2", ("改", "mend it"))
    assert str(finding) == "f:1:2: error X-1 wrong; expected 1, found 2\n    mend it"


def test_a_row_left_blank_in_a_given_table_counts_as_zero_and_is_named(workspace: Path, edit: Edit) -> None:
    edit("  行政许可: 18", "  行政许可:")
    edit("  行政处罚: 5", "  行政处罚:")
    finding = only(found(workspace))
    assert (finding.code, finding.severity) == ("F-BLANK", "warning")
    assert "行政许可、行政处罚" in finding.en
    assert finding.place == "data/luhe/2024.yaml:19:3"


def test_a_name_left_blank_in_a_breakdown_is_missed(workspace: Path, edit: Edit) -> None:
    edit("    公告栏: 37", "    公告栏:")
    codes = [(finding.code, finding.place) for finding in found(workspace).found]
    assert ("F-MISSING", "data/luhe/2024.yaml:16:5") in codes


def test_a_total_without_its_figures_says_what_to_give(workspace: Path, edit: Edit) -> None:
    edit("  上年结转: {自然人: 2}", "  上年结转: 2")
    findings = [str(finding) for finding in found(workspace).found]
    assert any("上年结转政府信息公开申请数量” has only a total, 2" in finding for finding in findings)
    assert any("Give each of: 自然人、商业企业" in finding for finding in findings)


def test_rows_that_nobody_mentions_in_a_section_of_several_tables_are_named(workspace: Path, edit: Edit) -> None:
    edit("  行政事业性收费: 0.36                 # 单位：万元\n", "")
    finding = only(found(workspace))
    assert (finding.code, "行政事业性收费" in finding.en) == ("F-BLANK", True)


def test_a_waiver_may_name_a_part_by_its_label(workspace: Path, edit: Edit) -> None:
    edit("占比百分之四", "占比4")
    edit("@name: 芦河镇\n", "name: 芦河镇\nwaivers: [{code: F-TYPED, at: 监督保障, reason: r, by: b, date: 2025-01-08}]\n")
    assert not found(workspace).found


def test_a_setting_that_a_sentence_needs_is_asked_for_in_its_file(workspace: Path, edit: Edit) -> None:
    edit("@basis: 《关于编制发布{{ 年度 }}年度政府信息公开工作年度报告的通知》\n", "theme: tianmen\n")
    edit("@theme: national                       # 换成 tianmen 就以文字说明，数据不用改\n", "")
    (workspace / "jurisdictions/tianmen.yaml").write_text("name: 天门市\n", encoding="utf-8")
    finding, text = found(workspace).found
    assert text.code == "S-TABLES"
    assert "the settings do not say “依据”" in str(finding)
    assert "Write basis: … in jurisdictions/luhe.yaml" in str(finding)


def test_what_a_rule_calls_by_a_name_of_several_is_an_error_of_the_rule(workspace: Path) -> None:
    with pytest.raises(LookupError, match="several"):
        report_of(workspace)["其他"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("  予以公开:", "  总计: {自然人: 13, 商业企业: 2, 科研机构: 0, 总计: 16}\n  予以公开:"),
        ("  不予公开:\n", "  不予公开:\n    自然人: 2\n    科研机构: 0\n"),
        ("  行政复议:", "  行政诉讼: {结果维持: 1, 结果纠正: 0}\n  行政复议:"),
    ],
)
def test_a_total_of_any_kind_that_is_right_says_nothing(workspace: Path, edit: Edit, old: str, new: str) -> None:
    edit(old, new)
    report = report_of(workspace)
    assert not report.mistakes
    assert not check(report, rules_of(report.standard)).found


def test_only_totals_in_every_row_are_told_as_such(workspace: Path, edit: Edit) -> None:
    text = (workspace / "data/luhe/2024.yaml").read_text(encoding="utf-8")
    start, end = text.index("  本年新收:"), text.index("四、政府")
    edit(text[start:end], "  本年新收: 3\n  予以公开: 3\n\n")
    told = [str(finding) for finding in found(workspace).found]
    assert sum("has only a total, 3" in finding for finding in told) == 2


def test_a_balance_that_fails_names_its_rows_whoever_applied(workspace: Path, edit: Edit) -> None:
    edit("  本年新收: {自然人: 12, 商业企业: 2,", "  本年新收: {自然人: 12, 商业企业: 4,")
    finding = only(found(workspace))
    assert finding.expected == "4 = 本年新收 4 + 上年结转 0"
    assert finding.place.startswith("data/luhe/2024.yaml:28")


def test_what_is_still_to_be_filled_stops_a_build_whatever_was_waived(workspace: Path, edit: Edit, run: Run) -> None:
    edit("  监督保障:", "  其他工作:")
    edit("@name: 芦河镇\n", "name: 芦河镇\nwaivers: [{code: F-MISSING, reason: r, by: b, date: 2025-01-08}]\n")
    result = run("build", "luhe", "-F", "html")
    assert result.exit_code == 1
    assert "the report still reads 待填: that cannot be waived" in result.stderr
    assert "“监督保障” is missing" in result.stderr


def test_a_section_of_words_is_not_answered_by_zero(workspace: Path, edit: Edit) -> None:
    text = (workspace / "data/luhe/2024.yaml").read_text(encoding="utf-8")
    start, end = text.index("五、存在"), text.index("六、其他")
    edit(text[start:end], "")
    assert only(found(workspace)).mend[1] == "Write a text."


def test_a_waiver_of_an_unknown_rule_is_told_the_right_one(workspace: Path, edit: Edit) -> None:
    edit("@name: 芦河镇\n", "name: 芦河镇\nwaivers: [{code: F-TYPDE, reason: r, by: b, date: 2025-01-08}]\n")
    assert "Did you mean “F-TYPED”?" in str(only(found(workspace)))


@pytest.mark.parametrize("letter", ["\u202e", "\u2066", "\u200f", "\x1b", "\n", "\x9b"])
def test_a_message_shows_no_letter_that_steers_the_terminal(letter: str) -> None:
    from nianbao.checks import Finding

    told = str(Finding("OWN", "info", f"甲{letter}乙", f"a{letter}b", expected=letter, found=letter, mend=("改", "mend")))
    assert letter not in told.replace("\n    mend", "")
    assert told.count("\ufffd") == 3
