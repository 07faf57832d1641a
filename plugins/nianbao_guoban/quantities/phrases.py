"""The words by which prose names the cells of the standard. Paths that a standard does not have are left out for it.

A *topic* is what a number counts (申请, 行政复议, 行政规范性文件), a *measure* which of its cells (新收, 办结, 维持). The labels and
aliases of the standard's own rows are added to these by ``naming.py``.
"""

from __future__ import annotations

from typing import NamedTuple

from nianbao_guoban.quantities.words import Words

CASES = frozenset(("件", "条", "份", "宗", "起", "例", "个", "项", "次", ""))
DISPUTES = frozenset(("件", "起", "宗", "例", "个", ""))
DOCUMENTS = frozenset(("件", "份", "个", "部", "项", ""))
MONEY = frozenset(("元",))


class Measure(NamedTuple):
    """One cell or row below a topic: ``words`` that say it, and whether they say it for sure."""

    path: str
    words: Words
    sure: bool = True
    at_most: bool = False


class Topic(NamedTuple):
    """What numbers count. ``paths`` is what a number means that names the topic only, ``sure`` whether it is sure then.

    A ``note``: the words are often taken for those of the cell, and are not.
    """

    key: str
    words: Words
    units: frozenset[str]
    measures: tuple[Measure, ...] = ()
    paths: tuple[str, ...] = ()
    sure: bool = False
    note: bool = False


_RESULTS = (
    ("pending", Words("尚?未(?:审)?结|正在审理|审理中", "未", "审理"), True),
    ("upheld", Words("维持"), True),
    ("upheld", Words("胜诉|驳回"), False),
    ("corrected", Words("纠正|纠错"), True),
    ("corrected", Words("败诉|撤销|确认违法"), False),
    ("other", Words("其他结果"), True),
    ("other", Words("撤回|终止|其他"), False),
)


def _dispute(key: str, words: Words) -> Topic:
    path = f"disputes.{key}"
    measures = tuple(Measure(f"{path}.{column}", said, sure) for column, said, sure in _RESULTS)
    return Topic(key, words, DISPUTES, measures, (path,), sure=True)


def _documents(key: str, words: Words, *, sure: bool) -> Topic:
    path = f"proactive_disclosure.{key}"
    measures = (
        Measure(f"{path}.valid", Words("现行有效|继续有效"), sure),
        Measure(f"{path}.repealed", Words("废止|宣布失效"), sure),
        Measure(f"{path}.made", Words("制发|制定|制作"), sure),
        Measure(f"{path}.made", Words("出台|印发|发布|公开|公布|新增"), sure=False),
    )
    return Topic(key if sure else f"{key}?", words, DOCUMENTS, measures)


_PUBLISHED = Words("公示|公开|公布|录入|归集|上传|报送|推送|发布")
_DECIDED = Words("作出|处理决定|办理|办结|实施|决定")
_NOT_A_DECISION = r"(?!(?:[、和及与]行政(?:许可|处罚|强制))*[^，,；;。\d]{0,4}?(?:事项|申请|类|清单|目录|信息|中介|权|法|网|服务|公示|机关|案卷|文书|裁量|听证|程序|系统|平台|结果|数据|窗口))"


def _decisions(key: str, name: str) -> Topic:
    path = f"proactive_disclosure.{key}"
    measures = (Measure(path, _PUBLISHED, sure=False, at_most=True), Measure(path, _DECIDED))
    return Topic(key, Words(f"{name}{_NOT_A_DECISION}", name), CASES, measures, (path,))


NORMATIVE = "proactive_disclosure.normative_documents"
REQUESTS = Topic(
    "requests",
    Words(
        "依申请公开(?:申请|事项|件)?|(?:政府)?信息(?:依申请)?公开的?申请|公开(?:政府)?信息的?申请|申请公开(?:政府)?信息",
        "申请公开", "公开申请", "公开的申请", "信息申请", "信息的申请",
    ),
    CASES,
    (
        Measure("requests.carried_out", Words("(?:结转|转结|转|顺延|延期|延续|留待)(?:至|到|入)?(?:下|次|明)(?:一|个)*年度?|下一?年度?继续办理", "下", "次年", "明年")),
        Measure("requests.carried_out", Words("尚未办结|尚未答复|未办结"), sure=False),
        Measure("requests.carried_in", Words("(?:上|前|去)(?:一|个)?年度?的?(?:结转|转结|转入|遗留|延续)|结转自?上一?年度?", "结转", "转结", "转入", "遗留", "延续")),
        Measure("requests.partial", Words("部分公开|部分予以公开")),
        Measure("requests.denied", Words("不公开|不予公开|不予以公开|不同意公开")),
        Measure("requests.granted", Words("(?<![不分])(?:予以|同意|准予)公开", "予以公开", "同意公开", "准予公开")),
        Measure("requests.unable", Words("无法提供|不能提供")),
        Measure("requests.not_processed", Words("不予处理")),
        Measure("requests.other", Words("其他处理|其他方式处理")),
        Measure("requests.total", Words("办结|办理完毕|办理完成|办理完结|办复|(?<![延逾]期)答复(?!期|时限)|处理完毕", "办", "答复", "处理完毕")),
        Measure("requests.total", Words("(?<!正在)(?<!继续)办理|处理", "理"), sure=False),
        Measure("requests.new", Words("新收到|新收|收到|受理|接到|接收|收悉")),
    ),
    ("requests.new",),
)  # fmt: skip
BARE_REQUESTS = Words("(?<!复议)(?<!许可)申请(?![人书表])", "申请")  # where the section speaks of nothing else

APPLICANTS = (
    Measure("natural_person", Words("自然人|公民个人|公民")),
    Measure("organisations", Words("法人(?:或者?|和|及|、)其他组织", "其他组织")),
    Measure("organisations", Words("法人|单位申请"), sure=False),
    Measure("business", Words("商业企业")),
    Measure("research", Words("科研机构")),
    Measure("social", Words("社会公益组织")),
    Measure("legal_service", Words("法律服务机构")),
)

TOPICS = (
    REQUESTS,
    Topic("disputes", Words("(?:行政)?复议(?:案件)?(?:、|和|及|与|或)(?:行政)?诉讼(?:案件)?", "复议"), DISPUTES, (), ("disputes.review", "disputes.litigation"), sure=True),
    _dispute("litigation_direct", Words("(?:未经(?:行政)?复议)?直接(?:提起(?:行政)?诉讼|起诉)", "直接")),
    _dispute("litigation_after_review", Words("(?<!未)(?:经)?(?:行政)?复议后(?:提起(?:行政)?诉讼|起诉)", "复议后")),
    _dispute("review", Words("(?<!未经)(?:行政)?复议(?!后|机关|机构|决定|委|法|审|体制|员|工作|应诉|、诉讼|和诉讼)(?:案件|申请|件)?", "复议")),
    _dispute("litigation", Words("行政诉讼(?!法)(?:案件)?|诉讼案件|(?:行政)?应诉案件", "诉")),
    _documents("regulations", Words("(?<!党内)(?<!规)(?:政府|部门)?规章(?!制度|和|、制度)", "规章"), sure=True),
    _documents("normative_documents", Words("行政规范性文件"), sure=True),
    _documents("normative_documents", Words("(?<!行政)(?<!党内)(?<!、)规范性文件", "规范性文件"), sure=False),
    Topic("policies", Words("政策性文件|政策文件"), DOCUMENTS, (Measure(f"{NORMATIVE}.made", Words("制发|制定|出台|印发"), sure=False),), note=True),
    _decisions("licences", "行政许可"),
    _decisions("penalties", "行政处罚"),
    _decisions("coercion", "行政强制"),
    Topic("fees", Words("行政事业性收费"), MONEY, (), ("proactive_disclosure.fees",), sure=True),
    Topic("fee", Words("信息(?:公开)?处理费", "处理费"), MONEY, (), ("other_matters.fee",), sure=True),
)  # fmt: skip

EVERYBODY = Words("公民(?:、|和|及|或者?)法人(?:、|和|及|与|或者?)其他组织", "公民")
OUTCOMES = ("granted", "partial", "denied", "unable", "not_processed", "other")
# What makes a number that of a part: a channel, a content, a body below, a half of the year.
PARTS = (
    "网络", "网上", "网站", "线上", "线下", "邮件", "邮箱", "信函", "邮寄", "来信", "当面", "现场", "窗口", "平台", "系统", "传真", "书面", "口头",
    "关于", "有关", "涉及", "方面", "领域", "类", "本级", "半年", "季度", "重复", "主要", "个人", "第一", "其他", "依据", "根据", "《", "同一", "合并", "最多", "最高", "转来", "移交", "转办", "撤销", "撤回", "下属", "所属", "直属",
)  # fmt: skip
BODIES = (
    "局", "委", "办", "厅", "处", "科", "所", "站", "中心", "部门", "街道", "村", "社区", "镇", "乡", "县", "区", "市", "公司", "集团", "大队", "支队",
)  # fmt: skip
OTHER_YEARS = Words(
    r"去年|前年|往年|历年|上一?年(?!度?的?(?:结转|转结|转入|遗留|延续))|(?<!年)以来|近[一二三四五六七八九十两\d]+年|每年|年均",
    "去年",
    "前年",
    "往年",
    "历年",
    "上年",
    "上一年",
    "以来",
    "近",
    "每年",
    "年均",
)
LESS_SURE = ("备案", "应诉", "新增", "代理", "化解", "调解", "审理", "协助", "配合", "参与", "指导", "审查", "出庭", "累计")
