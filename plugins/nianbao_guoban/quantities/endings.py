"""What prose says in words of how cases and requests ended: 均获维持, 零败诉, 全部办结, 办结率98%."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Literal, NamedTuple

from nianbao.prose import any_of
from nianbao_guoban.quantities.binding import Setting
from nianbao_guoban.quantities.exempt import flat
from nianbao_guoban.quantities.words import Words

Outcome = Literal["upheld", "not_corrected"]

_SENTENCE = re.compile(r"[^。！!？?\n]+")
_NOT_CORRECTED = Words(
    r"(?:未|没有|无|零|不存在)[^，,；;。]{0,14}?(?:纠错|纠正|败诉|撤销|确认违法)|零败诉|无一败诉|零纠错",
    "纠错",
    "纠正",
    "败诉",
    "撤销",
    "确认违法",
)
_UPHELD = Words(
    r"(?<!其余)(?<!其他)(?:均|全部|都|悉数)(?:[获被予为得到以由]|结果|复议机关|法院|人民法院|依法){0,4}(?:维持|胜诉|支持)|全部胜诉|胜诉率\s*(?:为|达|达到)?\s*100%",
    "维持", "胜诉", "支持",
)  # fmt: skip
_GROUPS = (("review", Words("复议(?!后)", "复议")), ("litigation", Words("诉讼|败诉|胜诉|应诉")))


class Outcomes(NamedTuple):
    """That no case was lost (``not_corrected``), or that all were upheld; of review, litigation, or both."""

    outcome: Outcome
    groups: tuple[str, ...]
    words: str
    start: int


def outcomes(text: str) -> Iterator[Outcomes]:
    """What a plain text says of how all cases ended; which cases, its sentence says."""
    if not any_of(("复议", "诉"), text):
        return
    for sentence in _SENTENCE.finditer(flat(text)):
        said = sentence[0]
        told: tuple[tuple[Words, Outcome], ...] = ((_NOT_CORRECTED, "not_corrected"), (_UPHELD, "upheld"))
        for words, outcome in told:
            if (place := words(said)) and (groups := _groups(said, *place)):
                yield Outcomes(outcome, groups, said[slice(*place)], sentence.start() + place[0])


def _groups(sentence: str, start: int, end: int) -> tuple[str, ...]:
    """The cases that the clause of a claim names, else those that its sentence names."""
    for said in (sentence[_clause(sentence, start) : end], sentence):
        if groups := tuple(key for key, words in _GROUPS if words(said)):
            return groups
    return ()


def _clause(sentence: str, at: int) -> int:
    """Where the clause begins that a place is in."""
    return max(sentence.rfind(mark, 0, at) for mark in "，,；;") + 1


_RATE = Words(
    r"(?P<what>(?:办结|答复|办复)率)[^\d，,；;。]{0,8}?(?P<digits>\d+(?:\.\d+)?)\s*%"
    r"|(?:办结|答复|办复)率[^，,；;。]{0,8}?百分之百"
    r"|(?:全部|所有[^，,；;。]{0,12}?[均已都]|均|都)[已予按]?(?:要求|以|予以)?(?:办结|办理完[成毕结]|答复|办复|办理答复)(?![后的])",
    "办结", "办理完", "答复", "办复",
)  # fmt: skip
_ALL = ("率", "全部", "所有", "均", "都")
_DUE = ("应办结", "应答复", "应当办结", "到期", "法定期限", "规定期限")
_IN_TIME = ("当年", "按时", "按期", "及时", "如期", "期限")
_OTHER_MATTERS = ("来信", "信件", "留言", "提案", "建议", "咨询", "工单", "诉求", "热线", "代表", "委员", "信访", "投诉", "许可")


class Answered(NamedTuple):
    """That so many per cent of all requests were answered, at the precision of ``step``: of those that were ``due``, or
    ``in_time``, where the words say so.
    """

    percent: Decimal
    step: Decimal
    words: str
    start: int
    due: bool
    in_time: bool


def answered(text: str, setting: Setting) -> Iterator[Answered]:
    """Where a plain text says what share of the requests was answered: 全部办结 is 100%."""
    if not (any_of(_RATE.needs, text) and any_of(_ALL, text)):
        return
    for sentence in _SENTENCE.finditer(flat(text)):
        said = sentence[0]
        if not (any_of(_RATE.needs, said) and any_of(_ALL, said)) or not (
            setting.topic or any_of(("公开申请", "公开的申请", "依申请公开"), said)
        ):
            continue
        for found in _RATE.compiled.finditer(said):
            begin = _clause(said, found.start())
            around = said[begin : found.end()]
            of_some = any_of(("上年", "结转"), around)  # 上年结转的2件均已答复
            if not of_some and not any_of(_OTHER_MATTERS, said[: found.end()]) and not setting.is_other_year(around):
                percent = Decimal(found["digits"] or 100)
                step = Decimal(1).scaleb(-len((found["digits"] or "").partition(".")[2]))
                yield Answered(
                    percent,
                    step,
                    around.strip(),
                    sentence.start() + found.start(),
                    any_of(_DUE, around),
                    any_of(_IN_TIME, around),
                )
