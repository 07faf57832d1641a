"""What a report has to tell: for every rule what passes, what fails and how gravely, and what cannot be assessed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from nianbao_guoban.rules import structure
from trying.retold import correct, looked, retold, verdict

PASSES, ERROR, WARNING, INFO, UNKNOWN = "passes", "error", "warning", "info", "not assessable"
HEADINGS = dict(correct().headings)
OVERVIEW = (
    "overview.text",
    "overview.proactive",
    "overview.on_request",
    "overview.management",
    "overview.platforms",
    "overview.supervision",
)
PREAMBLE = "preamble.text"
FIVE = "improvements.this_year"


def headed(**changed: str | None) -> dict[str, Any]:
    """The headings with some called otherwise, or taken away."""
    return {"headings": {key: text for key, text in {**HEADINGS, **changed}.items() if text is not None}}


def swapped() -> dict[str, Any]:
    first, second, *rest = HEADINGS.items()
    return {"headings": dict([second, first, *rest])}


def short(**told: str) -> dict[str, str | None]:
    """Section one with nothing but these parts."""
    return {**dict.fromkeys(OVERVIEW), **{f"overview.{key}": text for key, text in told.items()}}


CASES: list[tuple[str, Any, dict[str, Any], str]] = [
    # --- S-SIX
    ("S-SIX", "", {}, PASSES),
    ("S-SIX", "", headed(overview=None), ERROR),
    ("S-SIX", "", headed(other_matters=None, requests=None), "error error"),
    ("S-SIX", "", swapped(), "error error"),
    ("S-SIX", "", headed(overview="总体情况"), PASSES),
    ("S-SIX", "", headed(overview="（一）总体情况"), PASSES),
    ("S-SIX", "", headed(overview="二、总体情况"), ERROR),
    ("S-SIX", "", headed(overview="一、一、总体情况"), WARNING),
    ("S-SIX", "", headed(overview="一、总体工作情况"), WARNING),
    ("S-SIX", "", headed(proactive_disclosure="二、行政机关主动公开政府信息情况"), PASSES),
    ("S-SIX", "", headed(disputes="四、因政府信息公开工作被申请行政复议、提起行政诉讼情况"), PASSES),
    ("S-SIX", "", headed(appendix="七、附件"), PASSES),
    ("S-SIX", "", {"headings": {}}, UNKNOWN),
    # --- S-TABLES
    ("S-TABLES", "", {}, PASSES),
    ("S-TABLES", "", {"without_tables": {"disputes"}}, WARNING),
    ("S-TABLES", "", {"without_tables": {"disputes", "requests"}}, WARNING),
    ("S-TABLES", {"disputes.text": "没有行政复议。"}, {}, PASSES),
    # --- S-FIVE
    ("S-FIVE", "", {}, PASSES),
    ("S-FIVE", {"overview.platforms": None}, {}, WARNING),
    ("S-FIVE", {"overview.management": None}, {}, ERROR),
    ("S-FIVE", {"overview.management": None, "overview.信息管理": "逐级审核。"}, {}, PASSES),
    ("S-FIVE", {"overview.management": None, "overview.proactive": "规范管理信息。"}, {}, WARNING),
    ("S-FIVE", {"overview.management": None, "overview.on_request": None}, {}, "error error"),
    ("S-FIVE", {"overview.proactive": None, "overview.主动公开情况": "如实。", "overview.management": None}, {}, ERROR),
    ("S-FIVE", dict.fromkeys(OVERVIEW), {}, UNKNOWN),
    # --- S-NARR (the setting counts Chinese letters and numbers)
    ("S-NARR", "", {}, PASSES),
    ("S-NARR", short(proactive="公开信息。" * 15), {}, PASSES),
    ("S-NARR", short(proactive="公开信息。" * 14 + "公开信"), {}, WARNING),
    ("S-NARR", {**short(proactive="公开信息。" * 15), PREAMBLE: "公开信息。"}, {}, WARNING),
    ("S-NARR", dict.fromkeys(OVERVIEW), {}, UNKNOWN),
    # --- S-LEN
    ("S-LEN", short(proactive="公" * 1000), {}, PASSES),
    ("S-LEN", short(proactive="公，" * 1000), {}, PASSES),
    ("S-LEN", short(proactive="公" * 1001), {}, WARNING),
    ("S-LEN", short(proactive="公" * 999 + "2024.5%ABC"), {}, PASSES),
    ("S-LEN", short(proactive="公" * 999 + "20 24"), {}, WARNING),
    ("S-LEN", dict.fromkeys(OVERVIEW), {}, UNKNOWN),
    # --- S-SIXLIST
    ("S-SIXLIST", {PREAMBLE: "依据条例编制。"}, {}, PASSES),
    ("S-SIXLIST", {PREAMBLE: "报告由总体情况、主动公开、公开申请、行政复议、主要问题和其他需要报告的事项六部分组成。"}, {}, PASSES),
    ("S-SIXLIST", {PREAMBLE: "报告由总体情况、主动公开、公开申请、行政诉讼、主要问题和其他需要报告的事项6个部分组成。"}, {}, PASSES),
    ("S-SIXLIST", {PREAMBLE: "报告由总体情况、主动公开、公开申请、行政复议、主要问题和其他需要报告的事项五部分组成。"}, {}, WARNING),
    ("S-SIXLIST", {PREAMBLE: "报告包括总体情况、主动公开、公开申请、行政复议和主要问题。"}, {}, WARNING),
    ("S-SIXLIST", {PREAMBLE: "报告包括总体情况、主动公开、公开申请、行政复议。"}, {}, WARNING),
    ("S-SIXLIST", {PREAMBLE: "报告包括总体情况、主动公开、公开申请。"}, {}, PASSES),
    ("S-SIXLIST", {PREAMBLE: "报告包括总体情况等。"}, {}, PASSES),
    ("S-SIXLIST", {"overview.proactive": "报告包括总体情况、主动公开、公开申请、行政复议。"}, {}, PASSES),
    ("S-SIXLIST", {PREAMBLE: None}, {}, UNKNOWN),
    # --- S-GOV
    ("S-GOV", "", {}, PASSES),
    ("S-GOV", {"overview.supervision": "定期自查。"}, {}, ERROR),
    ("S-GOV", {"overview.supervision": "定期自查。"}, {"level": "县"}, ERROR),
    ("S-GOV", {"overview.supervision": "定期自查。"}, {"level": "街道"}, WARNING),
    ("S-GOV", {"overview.supervision": "定期自查。"}, {"level": "区", "name": "禾山经济开发区"}, WARNING),
    ("S-GOV", {"overview.supervision": "定期自查。"}, {"level": "区", "name": "禾山经济开发区管委会"}, INFO),
    ("S-GOV", {"overview.supervision": "定期自查。"}, {"level": "部门"}, INFO),
    ("S-GOV", {"overview.supervision": "定期自查。"}, {"level": "市", "name": "禾山市人民政府办公室"}, INFO),
    ("S-GOV", {"overview.supervision": "定期自查。"}, {"level": ""}, ERROR),
    ("S-GOV", {"overview.supervision": "定期自查。"}, {"level": "", "name": "禾山市林业局"}, INFO),
    ("S-GOV", {"overview.supervision": "未发生责任追究。"}, {}, WARNING),
    ("S-GOV", {"overview.supervision": "未发生责任追究。", "overview.management": "考核合格，评议满意。"}, {}, PASSES),
    ("S-GOV", {"overview.supervision": "未发生责任追究；考核合格；开展社会评议。"}, {}, WARNING),
    ("S-GOV", {"overview.supervision": "未发生责任追究；考核合格；开展社会评议。评议结果为良好。"}, {}, PASSES),
    ("S-GOV", {"overview.supervision": "未发生责任追究；考核合格；开展社会评议。群众满意。"}, {}, PASSES),
    ("S-GOV", {"overview.supervision": "开展社会评议；考核合格；未发生责任追究。"}, {}, WARNING),
    ("S-GOV", {"overview.supervision": "列入考核；评议优秀；未发生责任追究。"}, {}, WARNING),
    ("S-GOV", {"overview.supervision": "考核居第3名；评议满意率98%；追究0人。"}, {}, PASSES),
    ("S-GOV", {"overview.supervision": "考核得分96.5分；评议得到肯定；没有问责。"}, {}, PASSES),
    ("S-GOV", dict.fromkeys(OVERVIEW), {}, UNKNOWN),
    # --- S-FEE
    ("S-FEE", "", {}, PASSES),
    ("S-FEE", {"other_matters.fee": "无。"}, {}, PASSES),
    ("S-FEE", {"other_matters.fee": None, "other_matters.其他": "没有其他事项。"}, {}, ERROR),
    ("S-FEE", {"other_matters.fee": None, "other_matters.其他": "没有收取费用。"}, {}, WARNING),
    ("S-FEE", {"other_matters.fee": None, "other_matters.其他": "未收信息公开处理费。"}, {}, PASSES),
    ("S-FEE", {"other_matters.fee": None, "other_matters.处理费": "无。"}, {}, PASSES),
    ("S-FEE", {"other_matters.fee": None}, {}, UNKNOWN),
    ("S-FEE", "", {"standard": "2019"}, UNKNOWN),
    ("S-FEE", {"other_matters.其他": "没有其他事项。"}, {"standard": "2019"}, UNKNOWN),
    # --- S-FEE-MIX
    ("S-FEE-MIX", "", {}, PASSES),
    ("S-FEE-MIX", "信息处理费（行政事业性收费）0元。", {}, ERROR),
    ("S-FEE-MIX", "信息处理费即行政事业性收费。", {}, ERROR),
    ("S-FEE-MIX", "行政事业性收费（政府信息公开信息处理费）0元。", {}, ERROR),
    ("S-FEE-MIX", "行政事业性收费和信息处理费均已公开。", {}, PASSES),
    ("S-FEE-MIX", "信息处理费不是行政事业性收费。", {}, PASSES),
    ("S-FEE-MIX", "", {"figures": {"other_matters.fee": 3600, "proactive_disclosure.fees": Decimal("0.36")}}, WARNING),
    ("S-FEE-MIX", "", {"figures": {"other_matters.fee": 5, "proactive_disclosure.fees": 5}}, WARNING),
    ("S-FEE-MIX", "", {"figures": {"other_matters.fee": 5, "proactive_disclosure.fees": 6}}, PASSES),
    ("S-FEE-MIX", "", {"figures": {"other_matters.fee": 0, "proactive_disclosure.fees": 0}}, PASSES),
    ("S-FEE-MIX", "", {"figures": {"other_matters.fee": None}}, UNKNOWN),
    # --- S-FEE-LINK
    ("S-FEE-LINK", "", {}, PASSES),
    ("S-FEE-LINK", "", {"figures": {"other_matters.fee": 5}}, PASSES),
    ("S-FEE-LINK", "", {"figures": {"other_matters.fee": 5, "requests.new": 0, "requests.carried_in": 0}}, WARNING),
    ("S-FEE-LINK", "", {"figures": {"other_matters.fee": 5, "requests.new": 0, "requests.carried_in": 1}}, PASSES),
    ("S-FEE-LINK", "", {"figures": {"other_matters.fee": 5, "requests.new": 1, "requests.carried_in": 0}}, PASSES),
    ("S-FEE-LINK", "", {"figures": {"other_matters.fee": 0, "requests.new": 0, "requests.carried_in": 0}}, PASSES),
    ("S-FEE-LINK", "", {"figures": {"other_matters.fee": 5, "requests.new": 1, "requests.carried_in": 1}}, PASSES),
    ("S-FEE-LINK", "", {"figures": {"other_matters.fee": None}}, UNKNOWN),
    # --- S-PROB
    ("S-PROB", "", {}, PASSES),
    ("S-PROB", {FIVE: "公告栏更新不及时。下一步将按月巡查公告栏。"}, {}, PASSES),
    ("S-PROB", {FIVE: "公告栏更新不及时。"}, {}, WARNING),
    ("S-PROB", {FIVE: "无。"}, {}, "warning warning"),
    ("S-PROB", {FIVE: "工作还有待加强。下一步将继续努力。"}, {}, "warning warning"),
    ("S-PROB", {FIVE: "工作还有待加强，公告栏更新不及时。下一步将继续努力，按月巡查。"}, {}, PASSES),
    ("S-PROB", {FIVE: "一是目录不全。下一步一是补全目录。"}, {}, PASSES),
    ("S-PROB", {FIVE: "（一）存在的不足：公告栏更新慢。（二）工作打算：按月巡查公告栏。"}, {}, PASSES),
    ("S-PROB", {FIVE: "(一)存在的不足：公告栏更新慢。(二)工作打算：按月巡查公告栏。"}, {}, PASSES),
    ("S-PROB", {FIVE: "镇目录不够。下一步将按月巡查公告栏。"}, {}, WARNING),
    ("S-PROB", {FIVE: "村镇目录不够。下一步将按月巡查公告栏。"}, {}, PASSES),
    ("S-PROB", {FIVE: None}, {}, PASSES),
    ("S-PROB", {FIVE: None, "improvements.last_year": None}, {}, UNKNOWN),
    # --- S-PROB-GAP
    ("S-PROB-GAP", "", {}, PASSES),
    ("S-PROB-GAP", {FIVE: "一是目录不全，二是更新不快。下一步一是补全目录。"}, {}, WARNING),
    ("S-PROB-GAP", {FIVE: "一是目录不全。下一步一是补全目录，二是按月更新。"}, {}, WARNING),
    ("S-PROB-GAP", {FIVE: "一是目录不全，二是更新不快。下一步补全目录。"}, {}, PASSES),
    ("S-PROB-GAP", {FIVE: "（一）存在的问题：一是目录不全，二是更新不快。（二）改进措施：一是补全目录，二是按月更新。"}, {}, PASSES),
    ("S-PROB-GAP", {FIVE: None, "improvements.last_year": None}, {}, UNKNOWN),
    # --- S-BASIS
    ("S-BASIS", "", {}, PASSES),
    ("S-BASIS", {PREAMBLE: "编制本报告。", "overview.text": "做好公开。"}, {}, INFO),
    ("S-BASIS", {PREAMBLE: "根据条例和国办公开办函〔2019〕60号编制。"}, {}, ERROR),
    ("S-BASIS", {PREAMBLE: "根据条例和国办公开办函[2019]60号编制。"}, {}, ERROR),
    ("S-BASIS", {PREAMBLE: "根据条例和国办公开办函〔2019〕61号编制。"}, {}, PASSES),
    ("S-BASIS", {PREAMBLE: "根据条例和替代〔2019〕60号的〔2021〕30号编制。"}, {}, PASSES),
    ("S-BASIS", {PREAMBLE: "根据条例和国办公开办函〔2019〕60号编制。"}, {"standard": "2019"}, PASSES),
    ("S-BASIS", {PREAMBLE: "根据条例和国办公开办函〔2019〕60号编制。"}, {"standard": "2021-shanghai"}, ERROR),
    # --- S-DOCNO
    ("S-DOCNO", "根据国办公开办函〔2021〕30号和天政办〔2024〕5号编制。", {}, PASSES),
    ("S-DOCNO", "根据国办公开办函[2021]30号编制。", {}, WARNING),
    ("S-DOCNO", "根据国办公开办函（2021）30号编制。", {}, WARNING),
    ("S-DOCNO", "根据国办公开办函【2021】30 号编制。", {}, WARNING),
    ("S-DOCNO", "根据国办公开办函〔2021〕第30号编制。", {}, WARNING),
    ("S-DOCNO", "根据国办公开办函〔2021〕030号编制。", {}, WARNING),
    ("S-DOCNO", "根据国办公开办函〔2021〕30编制。", {}, WARNING),
    ("S-DOCNO", "根据国办公开函〔2021〕30号编制。", {}, WARNING),
    ("S-DOCNO", "根据国办公开函〔2023〕30号编制。", {}, PASSES),
    ("S-DOCNO", "根据国办发〔2021〕30号编制。", {}, PASSES),
    ("S-DOCNO", "国务院令第711号（2019）公布。", {}, PASSES),
    ("S-DOCNO", "（2024）5号楼设点。", {}, PASSES),
    ("S-DOCNO", "根据国务院办公厅政府信息与政务公开办公室的通知编制。", {}, PASSES),
    ("S-DOCNO", "根据国务院办公厅政务公开办公室的通知编制。", {}, WARNING),
    ("S-BASIS", "〔2019〕60号已经废止。", {}, PASSES),
    ("S-BASIS", f"〔2019〕60号{'文' * 18}废止", {}, PASSES),
    ("S-BASIS", f"〔2019〕60号{'文' * 19}废止", {}, ERROR),
    ("S-BASIS", f"废止{'文' * 28}〔2019〕60号", {}, PASSES),
    ("S-BASIS", f"废止{'文' * 29}〔2019〕60号", {}, ERROR),
    ("S-PERIOD", {PREAMBLE: "按要求编制。统计期限自2023年1月1日起至2023年12月31日止。"}, {}, ERROR),
    ("S-PERIOD", {PREAMBLE: "2024年按要求编制。统计期限自2023年1月1日起至2023年12月31日止。"}, {}, ERROR),
    ("S-BASIS", "原〔2019〕60号文件。", {}, PASSES),
    # --- S-OLDTPL
    ("S-OLDTPL", "", {}, PASSES),
    ("S-OLDTPL", "规章本年新制作数量为0。", {}, ERROR),
    ("S-OLDTPL", "上一年项目数量为5。", {}, ERROR),
    ("S-OLDTPL", "对外公开总数量5件，本年增/减2件。", {}, ERROR),
    ("S-OLDTPL", "不再使用“本年新制作数量”。", {}, PASSES),
    ("S-OLDTPL", "政府集中采购信息已公开。", {}, PASSES),
    ("S-OLDTPL", "规章本年新制作数量为0。", {"standard": "2019"}, UNKNOWN),
    # --- S-PERIOD
    ("S-PERIOD", "", {}, PASSES),
    ("S-PERIOD", {PREAMBLE: "统计期限自2024年1月1日起至2024年12月31日止。"}, {}, PASSES),
    ("S-PERIOD", {PREAMBLE: "统计期限为2024 年 1 月 1 日至 12 月 31 日。"}, {}, PASSES),
    ("S-PERIOD", {PREAMBLE: "统计周期为2024.1.1—2024.12.31。"}, {}, PASSES),
    ("S-PERIOD", {PREAMBLE: "数据统计自２０２４年１月１日起，到１２月３１日。"}, {}, PASSES),
    ("S-PERIOD", {PREAMBLE: "统计期限自2023年1月1日起至2023年12月31日止。"}, {}, ERROR),
    ("S-PERIOD", {PREAMBLE: "统计期限自2024年1月1日起至2025年12月31日止。"}, {}, ERROR),
    ("S-PERIOD", {PREAMBLE: "统计期限自2024年1月1日起至2024年12月30日止。"}, {}, ERROR),
    ("S-PERIOD", {PREAMBLE: "统计期限自2024年1月1日起至2024年11月31日止。"}, {}, ERROR),
    ("S-PERIOD", {PREAMBLE: "统计期限自2024年3月1日起至2024年12月31日止。"}, {}, WARNING),
    ("S-PERIOD", {PREAMBLE: "统计期限自2024年1月2日起至2024年12月31日止。"}, {}, WARNING),
    ("S-PERIOD", {PREAMBLE: "统计期限为全年。"}, {}, UNKNOWN),
    ("S-PERIOD", {PREAMBLE: "活动自2023年1月1日至2023年2月1日。"}, {}, UNKNOWN),
    ("S-PERIOD", {PREAMBLE: None}, {}, UNKNOWN),
    # --- S-TERM
    ("S-TERM", "", {}, PASSES),
    ("S-TERM", "截止2024年底设点三处。", {}, WARNING),
    ("S-TERM", "截止到目前设点三处。", {}, WARNING),
    ("S-TERM", "报名截止日期为五月。", {}, PASSES),
    ("S-TERM", "行政事业型收费0元。", {}, WARNING),
    ("S-TERM", "执行《中华人民共和国政务公开条例》。", {}, WARNING),
    ("S-TERM", "做好政务公开工作。", {}, PASSES),
    ("S-TERM", "芦河镇镇在网站公开。", {}, WARNING),
    ("S-TERM", "芦河镇镇长信箱。", {}, PASSES),
    ("S-TERM", "各乡乡村干部。", {}, PASSES),
    ("S-TERM", "公开目的的实现。", {}, PASSES),
    ("S-TERM", "公开的的信息，目的的实现。", {}, WARNING),
    ("S-TERM", "政府信息信息公开。", {}, WARNING),
    ("S-TERM", "政府信息信息化。", {}, PASSES),
]  # fmt: skip


@pytest.mark.parametrize(("code", "told", "how", "expected"), CASES)
def test_structure_is_found_as_gravely_as_it_is_sure(code: str, told: Any, how: dict[str, Any], expected: str) -> None:
    assert verdict(retold(told, **how), code) == expected


@pytest.mark.parametrize(
    "code",
    [
        "S-BASIS",
        "S-DOCNO",
        "S-OLDTPL",
        "S-PERIOD",
        "S-TERM",
        "S-FIVE",
        "S-NARR",
        "S-LEN",
        "S-GOV",
        "S-FEE",
        "S-FEE-MIX",
        "S-PROB",
        "S-PROB-GAP",
        "S-SIXLIST",
    ],
)
def test_a_report_without_prose_is_not_assessable(code: str) -> None:
    report = retold()
    report.parts = {section: [] for section in report.parts}
    assert verdict(report, code) == UNKNOWN


def test_tables_are_not_assessable_where_there_is_neither_figure_nor_text() -> None:
    report = retold()
    report.parts = {section: [] for section in report.parts}
    report.facts.figures = {}
    assert verdict(report, "S-TABLES") == UNKNOWN


def test_a_section_that_is_told_in_text_without_its_figures_is_an_error() -> None:
    report = retold({"disputes.text": "没有行政复议。"})
    report.facts.figures = {path: fact for path, fact in report.facts.figures.items() if not path.startswith("disputes")}
    assert verdict(report, "S-TABLES") == ERROR


def test_sections_in_text_are_told_in_one_finding() -> None:
    (finding,) = looked(retold(without_tables={"requests", "disputes"}), "S-TABLES").found
    assert finding.zh == "只有文字、没有表：收到和处理政府信息公开申请情况、政府信息公开行政复议、行政诉讼情况"


@pytest.mark.parametrize(("title", "expected"), [("平台建设", PASSES), ("建设公开平台", PASSES), ("其他工作", WARNING)])
def test_a_matter_may_be_called_otherwise_if_its_words_remain(title: str, expected: str) -> None:
    from dataclasses import replace

    report = retold()
    parts = report.parts["overview"]
    report.parts["overview"] = [replace(part, title=title) if part.path == "overview.platforms" else part for part in parts]
    assert verdict(report, "S-FIVE") == expected


def test_the_thresholds_of_length_are_settings() -> None:
    told = short(proactive="公" * 20)
    assert verdict(retold(told), "S-LEN", letters=20) == PASSES
    assert verdict(retold(told), "S-LEN", letters=19) == WARNING
    assert verdict(retold(told), "S-NARR", letters=20) == PASSES
    assert verdict(retold(told), "S-NARR", letters=21) == WARNING


def test_far_too_long_is_said_so() -> None:
    much, little = (looked(retold(short(proactive="公" * count)), "S-LEN").found[0] for count in (1501, 1500))
    assert (much.zh, much.expected, much.found) == ("总体情况大大超过规定的字数", "≤ 1000", "1501")
    assert little.zh == "总体情况超过规定的字数"


@pytest.mark.parametrize(("letters", "expected"), [(4, WARNING), (3, PASSES)])
def test_how_much_makes_a_problem_concrete_is_a_setting(letters: int, expected: str) -> None:
    assert verdict(retold({FIVE: "目录不全。下一步将按月巡查公告栏。"}), "S-PROB", letters=letters + 1) == expected


def test_a_government_is_told_what_lacks() -> None:
    (finding,) = looked(retold({"overview.supervision": "列入考核；未发生责任追究。"}), "S-GOV").found
    assert finding.zh == "总体情况没有写社会评议，似乎没有写工作考核的结果"
    assert finding.at == "overview.supervision"


@pytest.mark.parametrize(("text", "code", "expected", "found"), [
    ("根据国办公开函[2021]030号编制。", "S-DOCNO", "根据国办公开办函〔2021〕30号", "根据国办公开函[2021]030号"),
    ("截止2024年底设点三处。", "S-TERM", "截至", "截止"),
    ("登陆网站公开。", "S-TERM", "登录网站", "登陆网站"),
    ("表中本年新公开数量为3件。", "S-OLDTPL", "", "本年新公开数量"),
    ({PREAMBLE: "报告由总体情况、主动公开、公开申请、行政复议、主要问题和其他需要报告的事项五部分组成。"}, "S-SIXLIST", "六", "五"),
    ("芦河镇镇在网站公开。", "S-TERM", "镇", "镇镇"),
    ("国办公开办函〔2019〕60号。", "S-BASIS", "国办公开办函〔2021〕30号", "国办公开办函〔2019〕60号"),
])  # fmt: skip
def test_a_finding_says_what_should_stand_there(text: str, code: str, expected: str, found: str) -> None:
    (finding,) = looked(retold(text), code).found
    assert (finding.expected, finding.found) == (expected, found)


def test_the_period_is_told_beside_the_right_one() -> None:
    (finding,) = looked(retold({PREAMBLE: "统计期限自2023年1月1日起至2023年12月31日止。"}), "S-PERIOD").found
    assert (finding.expected, finding.found) == ("2024年1月1日至2024年12月31日", "2023年1月1日起至2023年12月31日")


def test_problems_and_measures_are_counted() -> None:
    (finding,) = looked(retold({FIVE: "一是目录不全，二是更新不快。下一步一是补全目录。"}), "S-PROB-GAP").found
    assert finding.zh == "问题 2 个，措施 1 条"


def test_a_matter_that_a_standard_does_not_know_hides_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(structure, "_FIVE", {"unknown": ("无",), **structure._FIVE})
    assert verdict(retold({"overview.management": None}), "S-FIVE") == ERROR


@pytest.mark.parametrize(
    ("key", "told"), [("platforms", "总体情况没有单列“政府信息公开平台建设”"), ("management", "总体情况没有写“政府信息管理”")]
)
def test_a_matter_that_is_touched_is_told_from_one_that_is_not(key: str, told: str) -> None:
    assert [finding.zh for finding in looked(retold({f"overview.{key}": None}), "S-FIVE").found] == [told]


@pytest.mark.parametrize(("text", "count"), [
    ("2024", 1), ("㐀鿿", 2), ("㏿ꀀ、 ", 0), ("公０公９公Ａ公Ｚ公ａ公ｚ", 12), ("1.5％", 1), ("", 0),
])  # fmt: skip
def test_a_number_is_one_letter_and_a_mark_is_none(text: str, count: int) -> None:
    assert structure._letters(text) == count


def test_a_report_without_a_preamble_lacks_nothing() -> None:
    assert "S-SIXLIST" not in looked(retold({PREAMBLE: None}), "S-SIXLIST").gaps


def test_a_fee_that_a_standard_does_not_ask_for_is_no_gap() -> None:
    assert "S-FEE" not in looked(retold(standard="2019"), "S-FEE").gaps


@pytest.mark.parametrize(("told", "code"), [("2019", "S-OLDTPL"), ("2021", "S-PERIOD")])
def test_what_a_report_need_not_say_is_no_gap(told: str, code: str) -> None:
    found = looked(retold({PREAMBLE: None}, standard=told), code)
    assert code in found.not_assessable
    assert code not in found.gaps
