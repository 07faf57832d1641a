"""The words by which prose names the cells of the standard. Paths that a standard does not have are left out for it.

A *topic* is what a number counts (申请, 行政复议, 行政规范性文件), a *measure* which of its cells (新收, 办结, 维持). The labels and
aliases of the standard's own rows and columns are added to these by ``binding.py``.
"""

from __future__ import annotations

from dataclasses import dataclass

CASES = frozenset(("件", "条", "份", "宗", "起", "例", "个", "项", "次", ""))
DISPUTES = frozenset(("件", "起", "宗", "例", "个", ""))
DOCUMENTS = frozenset(("件", "份", "个", "部", "项", ""))
MONEY = frozenset(("元",))


@dataclass(frozen=True)
class Measure:
    """One cell or row below a topic: ``words`` that say it, and whether they say it for sure."""

    path: str
    words: str
    sure: bool = True
    at_most: bool = False


@dataclass(frozen=True)
class Topic:
    """What numbers count. ``paths`` is what a number means that names the topic only, ``sure`` whether it is sure then."""

    key: str
    words: str
    units: frozenset[str]
    measures: tuple[Measure, ...] = ()
    paths: tuple[str, ...] = ()
    sure: bool = False


_RESULTS = (
    ("pending", "尚?未(?:审)?结|正在审理|审理中", True),
    ("upheld", "(?:结果)?维持", True),
    ("upheld", "胜诉|驳回", False),
    ("corrected", "(?:结果)?纠正|纠错", True),
    ("corrected", "败诉|撤销|确认违法", False),
    ("other", "其他结果", True),
    ("other", "撤回|终止|其他", False),
)


def _dispute(key: str, words: str) -> Topic:
    path = f"disputes.{key}"
    measures = tuple(Measure(f"{path}.{column}", said, sure) for column, said, sure in _RESULTS)
    return Topic(key, words, DISPUTES, measures, (path,), sure=True)


def _documents(key: str, words: str, *, sure: bool) -> Topic:
    path = f"proactive_disclosure.{key}"
    measures = (
        Measure(f"{path}.valid", "现行有效|继续有效", sure),
        Measure(f"{path}.repealed", "废止|宣布失效", sure),
        Measure(f"{path}.made", "制发|制定|制作", sure),
        Measure(f"{path}.made", "出台|印发|发布|公开|公布|新增", sure=False),
    )
    return Topic(key if sure else f"{key}?", words, DOCUMENTS, measures)


def _decisions(key: str, words: str) -> Topic:
    path = f"proactive_disclosure.{key}"
    published = Measure(path, "公示|公开|公布|录入|归集|上传|报送|推送|发布", sure=False, at_most=True)
    return Topic(key, words, CASES, (published, Measure(path, "作出|处理决定|办理|办结|实施|决定")), (path,))


_NOT_A_DECISION = (
    "(?!事项|申请|类|清单|目录|信息|中介|权|法|网|服务|公示|机关|案卷|文书|裁量|听证|执法|程序|系统|平台|结果|双公示)"
)

REQUESTS = Topic(
    "requests",
    "依申请公开(?:申请|事项|件)?|(?:政府)?信息(?:依申请)?公开的?申请|公开(?:政府)?信息的?申请|申请公开(?:政府)?信息",
    CASES,
    (
        Measure(
            "requests.carried_out",
            "(?:结转|转结|转|顺延|延期|延续|留待)(?:至|到|入)?(?:下|次|明)(?:一|个)*年度?|下一?年度?继续办理",
        ),
        Measure("requests.carried_out", "尚未(?:办结|答复)|未办结", sure=False),
        Measure("requests.carried_in", "(?:上|前|去)(?:一|个)?年度?的?(?:结转|转结|转入|遗留|延续)|结转自?上一?年度?"),
        Measure("requests.partial", "部分(?:予以)?公开"),
        Measure("requests.denied", "不(?:予以?|同意)公开"),
        Measure("requests.granted", "(?<![不分])(?:予以|同意|准予)公开"),
        Measure("requests.unable", "(?:无法|不能)提供"),
        Measure("requests.not_processed", "不予处理"),
        Measure("requests.other", "其他(?:方式)?处理"),
        Measure("requests.total", "办结|办理完(?:毕|成|结)|办复|答复|处理完毕"),
        Measure("requests.total", "办理|处理", sure=False),
        Measure("requests.new", "新收到?|收到|受理|接到|接收|收悉"),
    ),
    ("requests.new",),
)
BARE_REQUESTS = "(?<!复议)(?<!许可)申请(?![人书表])"  # where the section speaks of nothing else

APPLICANTS = (
    Measure("natural_person", "自然人|公民(?:个人)?"),
    Measure("organisations", "法人(?:或者?|和|及|、)其他组织"),
    Measure("organisations", "法人|单位申请", sure=False),
    Measure("business", "商业企业"),
    Measure("research", "科研机构"),
    Measure("social", "社会公益组织"),
    Measure("legal_service", "法律服务机构"),
)

TOPICS = (
    REQUESTS,
    Topic("disputes", "(?:行政)?复议(?:案件)?(?:、|和|及|与|或)(?:行政)?诉讼(?:案件)?", DISPUTES, (), ("disputes.review", "disputes.litigation"), sure=True),
    _dispute("litigation_direct", "(?:未经(?:行政)?复议)?直接(?:提起(?:行政)?诉讼|起诉)"),
    _dispute("litigation_after_review", "(?<!未)(?:经)?(?:行政)?复议后(?:提起(?:行政)?诉讼|起诉)"),
    _dispute("review", "(?<!未经)(?:行政)?复议(?!后|机关|机构|决定|委|法|审|体制|员|工作|、诉讼|和诉讼)(?:案件|申请|件)?"),
    _dispute("litigation", "行政诉讼(?!法)(?:案件)?|诉讼案件|(?:行政)?应诉案件"),
    _documents("regulations", "(?<!党内)(?<!规)(?:政府|部门)?规章(?!制度|和|、制度)", sure=True),
    _documents("normative_documents", "行政规范性文件", sure=True),
    _documents("normative_documents", "(?<!行政)(?<!党内)(?<!、)规范性文件", sure=False),
    _decisions("licences", f"行政许可{_NOT_A_DECISION}"),
    _decisions("penalties", f"行政处罚{_NOT_A_DECISION}"),
    _decisions("coercion", f"行政强制{_NOT_A_DECISION}"),
    Topic("fees", "行政事业性收费", MONEY, (), ("proactive_disclosure.fees",), sure=True),
    Topic("fee", "信息处理费", MONEY, (), ("other_matters.fee",), sure=True),
)  # fmt: skip

# What may stand beside the words that name a cell without making it another number.
FILLERS = (
    "全年|本年度?|收取|当年|年度|年内|一年来|共计?|总共|一共|合计|总计|累计|新增|依法|依规|按规定|按要求|按照规定|按时|按期|及时|认真|规范|妥善|"
    "(?:均|已)?在(?:法定|规定)期限内|均|都|已|全部|所有|其中|涉及政府信息公开(?:工作|申请)?|因政府信息公开(?:工作|申请)?(?:引发|引起|产生|被提起)?|"
    "政府信息公开工作|政府信息公开|政府信息|信息公开|工作|答复|处理|决定|的|件数|数量|总数|总量|数|为|是|有|达到?|各类?|予以|作出|进行|分别|"
    "在|于|和|及|以及|与|并|也|则|另|含|包括|我[省市县区镇乡局委办厅院校所]|我街道|本(?:单位|机关|部门|行政机关|[省市县区镇乡局委办厅])|全[省市县区镇乡]|各级|"
    "各部门|行政机关|机关|单位|案件|情况|事项|申请|由|因|引发|引起|导致|发生|产生|提起|被|涉及|收到|受理|办结|办理|结果|中|该|这|公开|仅|只|"
    "截至目前|截至年底|[，,、：:\\s（）()]"
)
OF_DISCLOSURE = "(?:涉及|有关|关于|因)(?:政府)?信息公开(?:工作|事务|申请)?"
EVERYBODY = "公民(?:、|和|及|或者?)法人(?:、|和|及|与|或者?)其他组织"
OUTCOMES = ("granted", "partial", "denied", "unable", "not_processed", "other")
# What makes a number that of a part: a channel, a content, a body below, a half of the year.
PARTS = (
    "网络|网上|网站|线上|线下|邮件|邮箱|信函|邮寄|来信|当面|现场|窗口|平台|系统|传真|书面|口头|(?<!因)涉及(?!的)|关于|有关|方面|领域|类|"
    "本级|半年|季度|重复|主要|个人"
)
BODIES = "(?:局|委|办|厅|处|科|所|站|中心|部门|街道|村|社区|镇|乡|县|区|市|公司|集团|大队|支队)$"
OTHER_YEARS = "去年|前年|往年|上一?年(?!度?的?(?:结转|转结|转入|遗留|延续))|(?<!年)以来|近[一二三四五六七八九十两\\d]+年"
LESS_SURE = "备案|应诉|新增|代理|化解|调解|审理|协助|配合|参与|指导"
