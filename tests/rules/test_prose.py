"""The rules of prose at their edges: thresholds, what excuses, what cannot be assessed, what a finding shows."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from nianbao import NotAssessable
from nianbao.report import Report
from nianbao_guoban.quantities.hanzi import read
from nianbao_guoban.quantities.reading import statements
from nianbao_guoban.rules import endings
from nianbao_guoban.rules.prose import compact
from trying.files import examined
from trying.retold import found, tell


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """The correct report, whose figures stay while its prose changes."""
    return examined(tmp_path_factory.mktemp("prose")).report


@pytest.fixture(scope="module")
def first_report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """The report of a body whose last year's is not archived."""
    return examined(tmp_path_factory.mktemp("first"), "上年: null").report


# --- numerals


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("零", 0), ("十", 10), ("十二", 12), ("二十", 20), ("两百", 200), ("一百零五", 105), ("一百〇五", 105), ("一百五", 150), ("一百一十", 110), ("一百十", 110),
        ("九百九十九", 999), ("两千三", 2300), ("三千零五十", 3050), ("三万五", 35_000), ("三万零五", 30_005), ("三万五千", 35_000), ("一百二十六万", 1_260_000),
        ("一亿", 10**8), ("一亿零三百", 100_000_300), ("一万亿", 10**12), ("二〇二四", 2024), ("一二三", 123), ("三点五", "3.5"), ("零点三六", "0.36"),
    ],
)  # fmt: skip
def test_a_chinese_numeral_is_read(numeral: str, value: int | str) -> None:
    assert read(numeral) == Decimal(value)


@pytest.mark.parametrize(
    "numeral",
    [
        "",
        "百",
        "万",
        "十十",
        "二三千",
        "三五",
        "一百一百",
        "一百二千",
        "一百零十五",
        "三百零",
        "点五",
        "一十十",
        "十零",
        "一" * 25,
        "一百零五十",
    ],
)
def test_what_is_no_single_numeral_is_refused(numeral: str) -> None:
    with pytest.raises(ValueError, match=r"^[零〇一二两三四五六七八九十百千万亿点]*$"):
        read(numeral)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("不超过3件", "<3"), ("不少于3件", ">3"), ("超过3件", ">3"), ("少于3件", "<3"), ("接近3件", "<3"), ("最近3件", "3"), ("约3件", "~3"), ("节约3件", "3"),
        ("3件左右", "~3"), ("3件以上", ">3"), ("3件以内", "<3"), ("最近3件以上", ">3"), ("3.5万余件", ">35000"), ("百分之三点五", "3.5"), ("三分之一", "33"),
    ],
)  # fmt: skip
def test_words_around_a_number_say_how_exact_it_is(text: str, told: str) -> None:
    (quantity,) = statements(text)[0].quantities
    assert (
        f"{quantity.bound}{quantity.value:.0f}" == told
        if told == "33"
        else f"{quantity.bound}{quantity.value.normalize():f}" == told
    )


def test_the_last_digit_says_how_precise_a_number_is() -> None:
    steps = [quantity.step for quantity in statements("3.5万元，百分之三点五，百分之三，35%，3万件，0.36万元")[0].quantities]
    assert steps == [1000, Decimal("0.1"), 1, 1, 10_000, 100]


# --- text from PDF


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        ("收到申\n请 15 件", "收到申请15件"),
        ("第一段。\n第二段", "第一段。\n第二段"),
        ("标题\n\n正文", "标题\n正文"),
        ("按要求\n（一）平台", "按要求\n（一）平台"),
        ("按要求\n2.平台", "按要求\n2.平台"),
        ("共 3\n5 件", "共3 5件"),
        ("open data 平台", "open data平台"),
        ("没有空格", "没有空格"),
    ],
)
def test_gaps_within_sentences_are_closed_and_paragraphs_stay(text: str, read_as: str) -> None:
    assert compact(text, {})[0] == read_as


def test_figures_keep_their_places_when_gaps_are_closed() -> None:
    text, facts = compact("收 到 15 件，办 结 16 件", {(4, 6): "a", (13, 15): "b"})
    assert {text[start:end]: path for (start, end), path in facts.items()} == {"15": "a", "16": "b"}


# --- edges, each with what it is just short of

EDGES = [
    # a percentage is rounded at its last digit; what is cut off warns
    ("主动公开", "公开信息400条，其中网站63条，占15.7%。", ""),  # 15.75
    ("主动公开", "公开信息400条，其中网站63条，占15.8%。", ""),
    ("主动公开", "公开信息400条，其中网站63条，占15.85%。", "P-PCT=error"),
    ("主动公开", "公开信息400条，其中网站63条，占16%。", ""),
    ("主动公开", "公开信息400条，其中网站63条，占15%。", "P-PCT=warning"),
    ("主动公开", "公开信息400条，其中网站63条，占17%。", "P-PCT=error"),
    ("主动公开", "公开信息9条，其中网站3条，占33.3%、微信3条，占33.3%、报纸3条，占33.3%。", ""),
    ("主动公开", "公开信息8条，其中网站4条、微信4条，占比分别为50%、50%。", ""),
    ("主动公开", "公开信息8条，其中网站4条、微信4条，占比依次为50%、51%。", "P-PCT=error"),
    # parts that are less than half of the whole are examples
    ("主动公开", "公开信息326条，其中网站100条、微信62条。", ""),
    ("主动公开", "公开信息326条，其中网站100条、微信63条。", "P-SUM=warning"),
    ("主动公开", "公开信息326条，其中网站100条、微信226条。", ""),
    ("主动公开", "公开信息326条，其中网站100条、微信227条。", "P-SUM=error"),
    ("主动公开", "公开信息326件，其中网站100条、微信227条。", "P-SUM=warning"),
    ("主动公开", "收到意见180条，按地区分，东片100条、西片80条。", ""),  # two places are no list
    ("主动公开", "收到意见180条。东镇100条、西镇50条、南镇29条。", "P-REGION=warning"),
    # 余 behind a number that is not round
    ("主动公开", "公开信息60余条。", "P-APPROX=info"),
    ("主动公开", "公开信息61余条。", "P-APPROX=warning"),
    ("主动公开", "公开信息3.5万余条。", "P-APPROX=info"),
    ("主动公开", "浏览量超过300次。", ""),
    # rates
    ("依申请公开", "办结率94.1%。", ""),
    ("依申请公开", "办结率94%。", ""),
    ("依申请公开", "办结率94.2%。", "P-RATE-DONE=warning"),
    ("依申请公开", "办结率95%。", "P-RATE-DONE=warning"),
    ("依申请公开", "按时办结率95%。", ""),
    ("监督保障", "办结率95%。", ""),
    ("监督保障", "政府信息公开申请办结率95%。", "P-RATE-DONE=warning"),
    # growth: of what, by what
    ("依申请公开", "收到申请15件，增长66.7%。", ""),  # nothing says: since when
    ("依申请公开", "收到申请15件，较2022年增长66%。", ""),
    ("依申请公开", "收到申请15件，较2023年增长66%。", "X-GROWTH=error"),
    ("依申请公开", "收到申请15件，较2023年增长67%。", ""),
    ("依申请公开", "收到申请15件，同比增长66.6%。", "X-GROWTH=error"),
    ("依申请公开", "收到申请15件，同比增长约60%。", ""),
    ("依申请公开", "收到申请15件，同比上升0.7个百分点。", ""),
    ("依申请公开", "结转下年度1件，比上年减少1件，下降50%。", ""),
    ("依申请公开", "结转下年度1件，比上年增加1件。", "X-GROWTH=error"),
    ("依申请公开", "部分公开2件，同比增长50%。", ""),  # none last year: no percentage can be told
    ("依申请公开", "部分公开2件，同比增加1件。", "X-GROWTH=error"),
    ("主动公开", "收取行政事业性收费0.36万元，同比下降12.2%。", ""),
    ("主动公开", "收取行政事业性收费0.36万元，同比下降12.3%。", "X-GROWTH=error"),
    ("主动公开", "行政许可18件，同比下降15%。", "X-GROWTH=warning"),
    ("依申请公开", "收到申请15件，较2023年增长50%。", "X-GROWTH=error"),
    ("依申请公开", "收到申请15件，较2023年同期增长50%。", "X-GROWTH=error"),
    ("依申请公开", "收到申请15件，较2022年增长50%。", ""),
    ("依申请公开", "收到申请15件(自然人12件)，同比增长50%。", "X-GROWTH=error"),
    ("依申请公开", "统一登记。收到申请15件（自然人12件），同比增长50%。", "X-GROWTH=error"),
    ("依申请公开", "收到申请15件，较上年的9件增加5件。", "X-GROWTH=error"),
    ("依申请公开", "收到申请15件，较上年的8件增加6件。", "X-GROWTH=error"),
    ("依申请公开", "收到申请15件，较上年的9件增加6件。", ""),
    ("依申请公开", "收到申请15件，较上年8件有所增加。", ""),
    ("依申请公开", "收到申请10余件，同比增长50%。", "P-APPROX=info"),
    ("依申请公开", "受理申请15件以上，同比增长50%。", ""),
    ("依申请公开", "收到申请15件，均为书面申请，较上年增加5件。", "X-GROWTH=error"),
    ("依申请公开", "收到申请15件，均为书面申请，较上年增加6件。", ""),
    # a number of another matter ends what the sentence spoke of
    ("依申请公开", "受理群众来信3件，办结3件。", ""),
    ("依申请公开", "收到申请15件，化解群众矛盾纠纷事项9件，办结9件。", "P-DONE=warning"),
    # what is denied
    ("依申请公开", "未收到申请公开的投诉，没有产生收费事项。", ""),
    ("依申请公开", "2023年未收到政府信息公开申请。", ""),
    ("依申请公开", "没有办理政府信息公开申请。", "P-ZERO=error"),
    ("监督保障", "未发生行政复议。", "P-REV=warning"),
    ("表四说明", "未发生行政复议。", "P-REV=error"),
    ("监督保障", "没有因信息公开工作人员不作为被群众举报投诉或因处理不当被提起行政复议。", "P-REV=error"),
    # numbers with 结转 counted in
    ("依申请公开", "收到申请17件（含上年结转2件）。", ""),
    ("依申请公开", "收到申请18件（含上年结转2件）。", "P-NEW=error"),
    ("依申请公开", "办理申请17件。", ""),
    ("依申请公开", "办理申请18件。", "P-DONE=warning"),
    ("依申请公开", "办结申请17件。", "P-DONE=error"),
    # money
    ("主动公开", "行政事业性收费3600元。", ""),
    ("主动公开", "行政事业性收费3601元。", "P-T2-FEE=error"),
    ("主动公开", "行政事业性收费0.4万元。", ""),
    ("主动公开", "行政事业性收费0.3万元。", "P-T2-FEE=error"),
    ("依申请公开", "收取信息处理费1件，金额0元。", ""),
    ("依申请公开", "收到申请0件，收取信息处理费0元。", "P-ZERO=error"),
]


@pytest.mark.parametrize(("part", "text", "expected"), EDGES, ids=[text for _, text, _ in EDGES])
def test_a_rule_finds_what_is_just_beyond_its_edge_and_nothing_short_of_it(
    report: Report, part: str, text: str, expected: str
) -> None:
    assert found(report, part, text) == dict(one.split("=") for one in expected.split())


# --- told in two places


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("全年主动公开政府信息326条。", "全年共公开政府信息326条。", {}),
        ("全年主动公开政府信息326条。", "全年共公开政府信息325条。", {"P-SELF": "error"}),
        ("全年主动公开政府信息300余条。", "全年共公开政府信息326条。", {"P-APPROX": "info"}),
        ("举办业务培训班2次。", "举办业务培训班3次。", {"P-SELF": "warning"}),
        ("举办业务培训班2次。", "举办业务培训班3期。", {}),
        ("举办培训2次。", "举办培训3次。", {}),  # may be two of them
        ("上半年举办业务培训班2次。", "举办业务培训班3次。", {}),
        ("2023年举办业务培训班2次。", "举办业务培训班3次。", {}),
        ("举办业务培训班2次，举办业务培训班3次。", "按要求开展工作。", {}),
        ("举办业务培训班10余次。", "举办业务培训班3次。", {"P-APPROX": "info"}),
        ("主动公开政府信息326条。", "全年共公开政府信息325条。", {}),
        ("2023年全年公开政府信息300条。", "全年共公开政府信息325条。", {}),
        ("群众对办事服务的满意率为98%。", "群众对办事服务的满意率为97%。", {}),
        ("在政务服务窗口公示行政许可18件。", "在政务服务窗口公示行政许可17件。", {}),
        ("编印指南册2次。", "编印指南册3次。", {"P-SELF": "warning"}),
        ("编印读物2次。", "编印读物3次。", {}),
        ("按要求开展工作。全年主动公开政府信息326条，多为网站发布。", "全年共公开政府信息325条。", {"P-SELF": "error"}),
    ],
)
def test_one_number_told_in_two_parts_is_one(report: Report, first: str, second: str, expected: dict[str, str]) -> None:
    findings = tell(report, ("主动公开", first), ("监督保障", second)).found
    assert {finding.code: finding.severity for finding in findings} == expected


def test_a_whole_that_is_typed_is_compared_with_the_figure_of_part_two(tmp_path: Path) -> None:
    told = "二、主动公开政府信息情况:\n  公开信息: {网站: 200, 公告栏: 126}\n"
    counted = examined(tmp_path, told).report
    assert found(counted, "主动公开", "全年主动公开政府信息326条。") == {}
    assert found(counted, "主动公开", "全年主动公开政府信息325条。") == {"P-SELF": "warning"}


# --- what cannot be assessed


def test_growth_is_not_assessable_without_last_years_report(first_report: Report) -> None:
    findings = tell(first_report, ("依申请公开", "收到申请15件，同比增长60%。"))
    assert "X-GROWTH" in findings.not_assessable
    assert not findings.found


def test_without_a_word_of_growth_nothing_contradicts_last_year(first_report: Report) -> None:
    assert "X-GROWTH" in tell(first_report, ("依申请公开", "收到申请15件。")).passed


def test_money_from_nobody_is_found_though_part_six_has_no_figure(tmp_path: Path) -> None:
    unpaid = examined(tmp_path, "六、其他需要报告的事项:\n  信息处理费: 按规定没有收取。\n").report
    findings = tell(unpaid, ("依申请公开", "收取信息处理费0件、130元。"))
    assert [(finding.code, finding.severity) for finding in findings.found] == [("P-FEE", "error")]
    assert "P-FEE" in tell(unpaid, ("依申请公开", "收取信息处理费2件、130元。")).not_assessable


# --- what a finding shows


@pytest.mark.parametrize(
    ("text", "zh", "expected", "what"),
    [
        ("收到申请15件，同比增长60%。", "依申请公开“收到申请15件，同比增长60%”与上年度报告不符", "67% = (15 - 9) / 9", "60%"),
        ("收到申请15件，比上年减少6件。", "依申请公开“收到申请15件，比上年减少6件”与上年度报告不符", "6 = 15 - 9", "-6"),
        ("办结率98%。", "依申请公开“办结率98%”与表不符", "94.1% = 16/17", "98%"),
        ("予以公开及部分公开11件。", "依申请公开“予以公开及部分公开11件”与表不符", "10 = 予以公开 8 + 部分公开 2", "11件"),
        ("公开信息9条，其中网站4条、微信6条。", "依申请公开“公开信息9条”：各项之和超过总数", "9", "10 = 4 + 6"),
        ("公开信息21条，其中网站17条，占82%。", "依申请公开“其中网站17条，占82%”：百分比不符", "81% = 17/21", "82%"),
        ("公示行政许可26件。", "依申请公开“公示行政许可26件”可能与表不符", "≤ 18", "26件"),
    ],
)
def test_a_finding_shows_the_words_what_was_expected_and_how_it_was_reckoned(
    report: Report, text: str, zh: str, expected: str, what: str
) -> None:
    (finding,) = tell(report, ("依申请公开", text)).found
    assert (finding.zh, finding.expected, finding.found, finding.place) == (zh, expected, what, "data/luhe/2024.yaml:1:1")


def test_a_long_clause_is_shown_by_its_end(report: Report) -> None:
    (finding,) = (
        tell(report, ("依申请公开", "在" + "全面深入推进" * 10 + "公开过程中收到申请14件。")).found
        or tell(report, ("依申请公开", f"（{'全年' * 30}收到申请14件）")).found
    )
    assert "…" in finding.zh
    assert "收到申请14件”" in finding.zh


def test_cases_that_the_table_does_not_tell_cannot_be_contradicted(report: Report, tmp_path: Path) -> None:
    untold = examined(tmp_path, "四、政府信息公开行政复议、行政诉讼情况: null").report
    assert "T4-WIN-CLAIM" in tell(untold, ("依申请公开", "行政复议均获维持，无败诉案件。")).not_assessable
    assert "T4-WIN-CLAIM" in tell(untold, ("依申请公开", "统一登记。")).passed
    assert "T4-WIN-CLAIM" in tell(report, ("依申请公开", "行政诉讼无败诉案件。")).passed


def test_one_group_of_cases_that_is_not_told_hides_no_other(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    known = endings.figure

    def figure(told: Report, path: str) -> Decimal:
        if path.startswith("disputes.litigation") or path == "disputes.review.corrected":
            raise NotAssessable(path)
        return known(told, path)

    monkeypatch.setattr(endings, "figure", figure)
    findings = tell(report, ("依申请公开", "行政复议、行政诉讼均获维持。"))
    assert [finding.at for finding in findings.found if finding.code == "T4-WIN-CLAIM"] == ["disputes.review.pending"]
    assert "T4-WIN-CLAIM" not in findings.not_assessable
    monkeypatch.setattr(endings, "figure", lambda told, path: known(told, path) if "review" in path else figure(told, path))
    assert "T4-WIN-CLAIM" in tell(report, ("依申请公开", "行政复议、行政诉讼无败诉案件。")).passed


@pytest.mark.parametrize(("rate", "codes"), [("94", []), ("94.4", []), ("95", ["P-RATE-DONE"]), ("94.5", ["P-RATE-DONE"])])
def test_a_rate_may_be_rounded_by_half_a_step(
    report: Report, monkeypatch: pytest.MonkeyPatch, rate: str, codes: list[str]
) -> None:
    told = {"requests.total": 17, "requests.new": 18, "requests.carried_in": 0}
    monkeypatch.setattr(endings, "figure", lambda _, path: Decimal(told[path]))
    assert [finding.code for finding in tell(report, ("依申请公开", f"办结率{rate}%。")).found] == codes
    told |= {"requests.total": 7, "requests.new": 8}  # 87.5 %
    assert not tell(report, ("依申请公开", "办结率88%。")).found


@pytest.mark.parametrize(("text", "found"), [
    ("统一登记。收取信息处理费0件、130元。", True), ("收取信息处理费0件，由3个窗口办理。", False), ("减免信息处理费0件，计130元。", False),
    ("收到申请0件，信息处理费130元。", False), ("收取信息处理费0件、0元。", False),
])  # fmt: skip
def test_money_from_nobody_is_money_that_was_taken_in_no_case(tmp_path: Path, text: str, found: bool) -> None:
    unpaid = examined(tmp_path, "六、其他需要报告的事项:\n  信息处理费: 按规定没有收取。\n").report
    assert ("P-FEE" in [finding.code for finding in tell(unpaid, ("依申请公开", text)).found]) == found


@pytest.fixture(scope="module")
def report_after_eight(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """The correct report after one of 8 requests: 15 are 87.5 % more."""
    last = "上年: {三、收到和处理政府信息公开申请情况: {本年新收: {自然人: 8}, 结转下年度: {自然人: 1}}, 四、政府信息公开行政复议、行政诉讼情况: null}"
    return examined(tmp_path_factory.mktemp("eight"), last).report


@pytest.mark.parametrize(("said", "right"), [
    ("同比增长87.5%", True), ("同比增长87.4%", False), ("同比增长87%", True), ("同比增长88%", True), ("同比增长86%", False),
    ("同比增长89%", False), ("较上年的8件增加7件", True), ("较上年的9件增加7件", False), ("较上年的9人增加7件", True),
])  # fmt: skip
def test_a_percentage_may_be_rounded_by_half_and_a_count_may_not(report_after_eight: Report, said: str, right: bool) -> None:
    assert found(report_after_eight, "依申请公开", f"收到申请15件，{said}。") == ({} if right else {"X-GROWTH": "error"})


def test_one_growth_that_cannot_be_assessed_hides_no_other(report_after_eight: Report) -> None:
    both = tell(report_after_eight, ("依申请公开", "行政复议2件，同比增加1件；收到申请15件，同比增加7件。"))
    assert "X-GROWTH" in both.passed
    assert "X-GROWTH" in tell(report_after_eight, ("依申请公开", "行政复议2件，同比增加1件。")).not_assessable


def test_growth_of_a_sum_is_shown_at_its_first_row(report: Report) -> None:
    (finding,) = tell(report, ("依申请公开", "予以公开及部分公开10件，同比增加5件。")).found
    assert (finding.code, finding.at) == ("X-GROWTH", "requests.granted")


@pytest.mark.parametrize(("text", "severities"), [
    ("行政复议2件。行政复议3件。", ["error"]), ("行政复议2件。行政复议2件。", []), ("行政复议不超过2件。行政复议3件。", []),
    ("行政复议2件。行政复议3件。行政复议4件。", ["error", "error"]),
])  # fmt: skip
def test_what_no_table_tells_is_compared_with_itself(tmp_path: Path, text: str, severities: list[str]) -> None:
    untold = examined(tmp_path, "四、政府信息公开行政复议、行政诉讼情况: null").report
    assert [finding.severity for finding in tell(untold, ("表四说明", text)).found if finding.code == "P-SELF"] == severities


def test_what_may_be_something_else_is_not_compared(tmp_path: Path) -> None:
    untold = examined(tmp_path, "三、收到和处理政府信息公开申请情况: null").report
    assert not tell(untold, ("依申请公开", "办理申请17件。办理申请16件。")).found


def test_a_missing_number_is_shown_where_it_is_missing(report: Report) -> None:
    (finding,) = tell(report, ("监督保障", "按要求开展工作，召开会议共次，并作了记录。")).found
    assert (finding.code, finding.found, finding.zh) == ("P-MISSNUM", "议共次", "监督保障“召开会议共次”漏了数")


@pytest.mark.parametrize(
    "text", ["收到申请15件(自然人12件)，同比增长50%。", "统一登记。收到申请15件（自然人12件），同比增长50%。"]
)
def test_growth_behind_a_bracket_is_that_of_the_number_before_it(report: Report, text: str) -> None:
    assert "requests.new" in [finding.at for finding in tell(report, ("依申请公开", text)).found]


@pytest.mark.parametrize("told", [
    "二、主动公开政府信息情况: {公开信息: 以网站为主。}\n一、总体情况: {主动公开: 全年主动公开政府信息326条。}",
    "二、主动公开政府信息情况: {公开信息: 325, 全部信息: 326}\n一、总体情况: {主动公开: '全年主动公开政府信息{{ 全部信息 }}条。'}",
])  # fmt: skip
def test_a_whole_that_the_data_gives_in_words_or_by_another_name_is_not_compared(tmp_path: Path, told: str) -> None:
    done = examined(tmp_path, told)
    assert not done.report.mistakes
    assert "P-SELF" in done.findings.passed


def test_an_exact_number_that_is_vague_is_told_from_a_vague_one(report: Report) -> None:
    odd, even = (tell(report, ("监督保障", f"整改问题{number}余条。")).found[0].zh for number in (63, 60))
    assert odd.endswith("既准确又约略")
    assert even.endswith("是约数")
