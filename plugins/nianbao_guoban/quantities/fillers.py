"""What may stand beside the words that name a cell without making its number another one."""

from __future__ import annotations

from nianbao_guoban.quantities.words import Words

YEAR = Words(r"20\d\d\s*年度?", "20")
_DAY = Words(r"(?<![\d第])\d{1,2}\s*月(?:\s*\d{1,2}\s*日|底|末)", "月")  # 截至12月31日
_OF_DISCLOSURE = ("涉及政府信息公开", "有关政府信息公开", "关于政府信息公开", "因政府信息公开",
                  "涉及信息公开", "有关信息公开", "关于信息公开", "因信息公开", "政府信息公开类", "信息公开类")  # fmt: skip
_AREAS = "省市县区镇乡"
_WORDS = (
    "全年 本年度 本年 收取 当年 年度 年内 一年来 今年 共 共计 总共 一共 合计 总计 累计 新增 依法 依规 按规定 按要求 按照规定 按时 按期 及时 认真 规范 妥善 "
    "在法定期限内 在规定期限内 均 都 已 全部 所有 其中 涉及 政府信息公开 政府信息 信息公开 工作 答复 处理 决定 的 件数 数量 总数 总量 数 为 是 有 达 达到 "
    "各 各类 予以 作出 进行 分别 在 于 和 及 以及 与 并 也 则 另 含 包括 包含 我街道 本单位 本机关 本部门 本行政机关 我单位 各级 各部门 行政机关 机关 单位 案件 情况 事项 "
    "申请 新 截至 由 因 引发 引起 导致 发生 产生 提起 被 收到 受理 办结 办理 结果 中 该 这 公开 仅 只 截至目前 截至年底 今年以来 其它 实际 累积 以上 上述 而 属于 "
    ", ， 、 : ： ( ) （ ）"
)
_FILLERS = frozenset(_WORDS.split()) | {"我" + one for one in _AREAS + "局委办厅院校所"} | {"全" + one for one in _AREAS}
_FILLERS |= {"本" + one for one in _AREAS + "局委办厅"}
# How long the fillers are that begin with a letter, the longest first.
_LENGTHS: dict[str, list[int]] = {}
for _length in sorted(set(map(len, _FILLERS)), reverse=True):
    for _first in {filler[0] for filler in _FILLERS if len(filler) == _length}:
        _LENGTHS.setdefault(_first, []).append(_length)


def without_year(words: str) -> str:
    """Words without the year that they name, and the day of it."""
    words = YEAR.compiled.sub("", words) if "20" in words else words
    return _DAY.compiled.sub("", words) if "月" in words else words


def without_disclosure(words: str) -> str:
    """Words without 涉及政府信息公开: that is what everything here is about."""
    for said in _OF_DISCLOSURE if "信息公开" in words else ():
        words = words.replace(said, "")
    return words


def rest(words: str, body: str) -> str:
    """What is left of words when fillers and the name of the ``body`` that speaks are taken away."""
    words, left, at = without_disclosure(words), "", 0
    while at < len(words):
        length = 0
        for size in _LENGTHS.get(words[at], ()):
            if words[at : at + size] in _FILLERS:
                length = size
                break
        if not length and not words[at].isspace():
            left += words[at]
        at += length or 1
    return "" if left and left in body else left
