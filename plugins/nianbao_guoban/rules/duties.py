"""What the regulation and the notice ask a report to tell in words: S-GOV, S-FEE, S-FEE-MIX, S-FEE-LINK, S-PROB, S-PROB-GAP."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nianbao import Found, NotAssessable, Report, rule
from nianbao.checks import Severity
from nianbao.prose import any_of, cut
from nianbao.standard import LEAD
from nianbao_guoban.bodies import kind
from nianbao_guoban.problems import told

_GOVERNMENTS = ("省", "市", "州", "盟", "县", "区", "旗", "镇", "乡", "苏木", "街道", "人民政府")
_TOPICS = {
    "工作考核": ("考核", "考评", "绩效"), "社会评议": ("评议", "满意度", "社会评价", "问卷"), "责任追究": ("追究", "问责", "追责"),
}  # fmt: skip
_RESULT = (
    r"优[秀良等]|[好表]评|第[一二三四五六七八九十\d]+[名位]|位[列居]|\d\s*[分%％人起件次]|"
    r"结果(?:均|全部|都)?[为是：:]|未[发出收受接有被开启]"
)
_RESULT_WORDS = (
    "合格", "良好", "满意", "达标", "等次", "先进", "肯定", "表扬", "名列", "排名", "得分", "没有", "无", "零", "不存在", "不涉及",
)  # fmt: skip
_WEIGHT = r"(?:占比?|权重|分值)[^，,。\d]{0,6}\d+(?:\.\d+)?\s*[%％分]"  # how much it weighs is no result
_EMPTY = (
    "政府信息公开", "政务公开", "信息公开", "公开", "工作", "存在", "一定", "一些", "问题", "不足", "差距", "还", "仍", "需要", "需", "有待", "进一步", "继续", "不断", "加强", "提高",
    "提升", "完善", "加大", "深化", "强化", "不够", "水平", "质量", "力度", "学习", "认识", "重视", "意识", "组织领导", "的", "和", "与", "有", "将", "是", "等", "方面", "本年度", "今后",
    "下一步", "下一年", "我们", "努力", "认真", "做好", "方式", "方法", "思想", "业务", "制度", "规范", "，", "、", "：",
)  # fmt: skip
# Bodies that are no government, whatever their level is called.
_NONE = ("管委会", "管理委员会", "办公室", "办公厅", "局", "委", "中心")
_UNSURE = ("街道", "街道办事处", "开发区", "实验区", "高新区", "新区", "园区", "示范区", "保税区", "度假区", "管理区")
FEE = "other_matters.fee"


def _gravely(report: Report) -> Severity:
    """How grave it is that a body does not tell what governments have to tell."""
    body = report.edition.jurisdiction
    try:
        known = kind(body)
    except NotAssessable:
        known = "county" if (body.level or body.name).endswith(_GOVERNMENTS) else "department"
    if known in ("department", "office", "ministry") or body.name.endswith(_NONE):
        return "info"
    return "warning" if known == "street" or body.name.endswith(_UNSURE) else "error"


@rule("S-GOV", "error", basis="《条例》第五十条第四项", zh="没有写工作考核、社会评议和责任追究的结果", en="the results of assessment, public review and accountability are not told",
      mend=("在监督保障里写明三项各自的结果；没有发生的也写明。", "Tell the result of each of the three under 监督保障; also where there was none."))  # fmt: skip
def supervision(report: Report) -> Iterator[Found]:
    """A government tells 工作考核, 社会评议 and 责任追究, each with its result: none of them is an error, one that lacks a warning.

    A sub-district or a development zone may be no government of its own, and a department need not: a warning, and a note.
    """
    pieces = cut(report.text("overview"), "。；;\n")
    absent = [name for name, words in _TOPICS.items() if not any(word in piece for piece in pieces for word in words)]
    vague = [name for name, words in _TOPICS.items() if name not in absent and not _has_result(pieces, words)]
    if not absent and not vague:
        return
    said = [f"没有写{'、'.join(absent)}"] * bool(absent) + [f"似乎没有写{'、'.join(vague)}的结果"] * bool(vague)
    told_en = [f"{'、'.join(absent)} not told"] * bool(absent) + [f"perhaps no result of {'、'.join(vague)}"] * bool(vague)
    severity = _gravely(report)
    if severity == "error" and len(absent) < len(_TOPICS):
        severity = "warning"
    what = (f"总体情况{'，'.join(said)}", f"section one: {', '.join(told_en)}")
    yield Found("overview.supervision", what=what, severity=severity)


def _has_result(pieces: list[str], words: tuple[str, ...]) -> bool:
    """Whether a clause that names the matter, or the next one if it names no other, says what came of it."""
    others = [word for known in _TOPICS.values() if known != words for word in known]
    for piece, following in zip(pieces, [*pieces[1:], ""], strict=True):
        if any(word in piece for word in words):
            more = "" if any(word in following for word in others) else following
            said = f"{piece}。{more}"
            if any_of(("占", "权重", "分值"), said) and any(map(str.isdecimal, said)):
                said = re.sub(_WEIGHT, "", said)
            if any_of(_RESULT_WORDS, said) or re.search(_RESULT, said):
                return True
    return False


@rule("S-FEE", "error", basis="国办公开办函〔2021〕30号", zh="第六部分没有写信息处理费", en="part six does not tell of the fee for information",
      mend=("写明收了多少信息处理费；没有收的也写明。", "Tell how much was taken; also where nothing was."))  # fmt: skip
def fee_told(report: Report) -> Iterator[Found]:
    """Part six tells of 信息处理费, taken or not; a fee by another name only warns."""
    node = report.standard.nodes.get(FEE)
    if node is None or not node.required:
        raise NotAssessable(FEE, gap=False)
    said = report.text("other_matters") + "".join(part.title for part in report.parts["other_matters"])
    if "处理费" not in said:
        sure = not any(word in said for word in ("收费", "费用", "收取"))
        yield Found("other_matters", "信息处理费", severity="error" if sure else "warning")


@rule("S-FEE-MIX", "error", basis="国办函〔2020〕109号", zh="信息处理费与行政事业性收费混为一谈", en="the fee for information is taken for the body's other charges",
      mend=("信息处理费写在第六部分，单位是元；行政事业性收费填在第二部分，单位是万元。", "The fee stands in part six, in 元; the other charges in part two, in 万元."))  # fmt: skip
def fee_mixed(report: Report) -> Iterator[Found]:
    """信息处理费（行政事业性收费）: they are two. Equal amounts only warn; a fee of 0 beside charges is right."""
    for passage in report.passages:
        if "处理费" in passage.text and "事业性收费" in passage.text:
            for hit in re.finditer(
                r"处理费\s*(?:[（(]即?|即|也就是|就是)行政事业性收费|行政事业性收费\s*(?:[（(]即?|即|也就是|就是)(?:政府信息公开)?信息处理费",
                passage.text,
            ):
                shown = passage.shown(*hit.span())
                what = (f"{passage.title}“{shown}”把两种收费当成一种", f"“{shown}” in {passage.title} takes two charges for one")
                yield Found(passage.path, place=passage.place, what=what)
    fee, charges = report[FEE], report["proactive_disclosure.fees"]
    if fee and fee in (charges, charges * 10_000):
        what = ("信息处理费与行政事业性收费的金额相同", "the fee for information equals the other charges")
        yield Found(FEE, "", f"{fee} 元，{charges} 万元", what=what, severity="warning")


@rule("S-FEE-LINK", "warning", basis="编制惯例", zh="收了信息处理费，却没有申请", en="a fee for information was taken, and there was no request",
      mend=("核对信息处理费和申请数。", "Check the fee and the requests."))  # fmt: skip
def fee_linked(report: Report) -> Iterator[Found]:
    """Whoever took a fee had a request to answer."""
    if report[FEE] and not report["requests.new"] + report["requests.carried_in"]:
        yield Found(FEE, "0", str(report[FEE]))


@rule("S-PROB", "warning", basis="国办公开办函〔2021〕30号", zh="第五部分没有具体的问题或措施", en="part five names no concrete problem or measure",
      mend=("写明一个具体的问题和对应的措施。", "Name a concrete problem, and what is done about it."))  # fmt: skip
def problems(report: Report, letters: int = 4) -> Iterator[Found]:
    """At least one problem and one measure that say more than 有待加强: ``letters`` beyond the phrases that fit any body."""
    path, text = _this_year(report)
    five = told(text)
    for items, zh, en in ((five.problems, "问题", "problem"), (five.measures, "改进措施", "measure")):
        if not items:
            yield Found(path, what=(f"第五部分看不出{zh}", f"part five seems to name no {en}"))
        elif not any(len(_stripped(item)) >= letters for item in items):
            what = (f"第五部分的{zh}笼统，放在哪个单位都说得通", f"the {en} of part five would fit any body")
            yield Found(path, "", "；".join(items)[:60], what=what)


@rule("S-PROB-GAP", "warning", basis="编制惯例", zh="问题与措施的数目不同", en="there are not as many measures as problems",
      mend=("每个问题各写一条措施。", "Give each problem its measure."))  # fmt: skip
def gap(report: Report) -> Iterator[Found]:
    """Problems and measures that are both numbered (一是…二是…) are equally many."""
    path, text = _this_year(report)
    five = told(text)
    if five.listed and len(five.problems) != len(five.measures):
        what = (
            f"问题 {len(five.problems)} 个，措施 {len(five.measures)} 条",
            f"{len(five.problems)} problems, {len(five.measures)} measures",
        )
        yield Found(path, what=what)


def _this_year(report: Report) -> tuple[str, str]:
    """What part five says of this year: its own part, else all of it; headings that run into the text stand on lines of their own."""
    path = "improvements.this_year"
    try:
        text = report.text(path)
    except NotAssessable:
        path, text = "improvements", _headed(report)
    if "（" not in text and "(" not in text:
        return path, text
    return path, re.sub(r"([（(][一二三四][）)][^。，：:\n]{2,24}(?:问题|不足|措施|情况|打算))[：:]", r"\n\1\n", text)


def _headed(report: Report) -> str:
    """All of part five, each heading on a line before its text: 存在问题 and 改进情况 say which is which. Raises NotAssessable."""
    parts = [passage for passage in report.passages if passage.section == "improvements"]
    titles = {part.title for part in parts if part.path != f"improvements.{LEAD}"}
    return (
        report.text("improvements")
        if not titles
        else "\n".join(f"{part.title}\n{part.text}" if part.title in titles else part.text for part in parts)
    )


def _stripped(item: str) -> str:
    for word in _EMPTY:
        item = item.replace(word, "")
    return item.strip()


RULES = [supervision, fee_told, fee_mixed, fee_linked, problems, gap]
