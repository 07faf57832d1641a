"""Numbers in Chinese prose with their units: 326条, １，２３４件, 三百零五件, 3.5万余条, 近九成, 百分之四."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Literal, NamedTuple

from nianbao_guoban.quantities.exempt import Quoted, counts_nothing
from nianbao_guoban.quantities.hanzi import HAN, read

Bound = Literal["", ">", "<", "~"]

TIMES = {"百万": 10**6, "千万": 10**7, "万亿": 10**12, "百": 100, "千": 1000, "万": 10_000, "亿": 10**8}
TIME = frozenset(("个工作日", "工作日", "个月", "个季度", "季度", "小时", "分钟", "年", "天", "日", "周", "岁", "秒"))
# Units, each with the letters of which none may follow: 件事 and 条例 are no units.
UNITS = dict.fromkeys((*TIME, "个百分点", "人次", "场次", "件次", "条次", "篇次", "%", "‰"), "") | {
    "宗": "", "起": "来草诉步", "件": "事套", "条": "例件款龙线", "份": "额", "次": "性要序于数办", "篇": "", "期": "间", "项": "目",
    "例": "如会", "部": "分门委署级队", "个": "别性体", "人": "民员均", "名": "单称录", "场": "所景地", "家": "庭", "户": "", "处": "理罚室置于",
    "块": "链", "张": "贴", "幅": "", "册": "", "本": "级市县区省镇乡年次单机部", "封": "", "则": "", "组": "织长", "批": "准复评", "轮": "", "辆": "",
    "字": "号", "元": "旦素化", "倍": "", "版": "", "类": "", "套": "", "集": "", "堂": "", "支": "", "笔": "", "款": "",
}  # fmt: skip
_NUMBER = re.compile(
    rf"(?=[0-9过半{HAN}])(?:(?:[0-9]{{1,3}}(?:,[0-9]{{3}})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?|过半|一半|半数|[{HAN}]+(?:点[{HAN}]+)?)"
)
# What stands before a number and says how exact it is; the first that fits.
_BEFORE: tuple[tuple[tuple[str, ...], Bound], ...] = (
    (("最近", "附近", "预约", "签约", "合约", "节约", "制约", "公约", "条约", "契约"), ""),
    (("不少于", "不低于"), ">"),
    (("不超过", "不多于", "不高于"), "<"),
    (("近", "不足", "不到", "未满", "不满", "少于", "低于"), "<"),
    (("超过", "超", "逾", "多于", "高于", "突破", "至少"), ">"),
    (("约", "大概"), "~"),
)
_AFTER: tuple[tuple[tuple[str, ...], Bound], ...] = ((("以上", "之多"), ">"), (("以下", "以内"), "<"), (("左右", "上下"), "~"))
# By one letter most texts are seen to have none of these words.
_FIRST_OF_TIMES = frozenset(word[0] for word in TIMES)
_LAST_OF_BEFORE = frozenset(word[-1] for words, _ in _BEFORE for word in words)
_FIRST_OF_AFTER = frozenset(word[0] for words, _ in _AFTER for word in words)
_BY_FIRST: dict[str, list[str]] = {}  # units by their first letter, the longest first
for _unit in sorted(UNITS, key=len, reverse=True):
    _BY_FIRST.setdefault(_unit[0], []).append(_unit)
_LONGEST_DIGITS = 30


class Numeral(NamedTuple):
    """A number where it stands: its ``unit`` as written without 万 or 亿, ``step`` the worth of its last digit.

    ``bound`` says what is known of the true value where this is not it: ``>`` at least, ``<`` at most, ``~`` about.
    """

    value: Decimal
    unit: str
    start: int
    end: int
    step: Decimal = Decimal(1)
    bound: Bound = ""
    ordinal: bool = False


class _Tail(NamedTuple):
    """What stands behind a number's digits: 余, 万, 余, a unit."""

    more: bool
    times: int
    unit: str
    end: int


def numerals(text: str, known: frozenset[int] = frozenset()) -> Iterator[Numeral]:
    """The numbers of a flat text in order; what starts at a ``known`` place is one whatever it looks like."""
    quoted, last = Quoted(text), -1
    for found in _NUMBER.finditer(text):
        start, end = found.span()
        is_known = start in known
        if start < last or not is_known and (end - start > _LONGEST_DIGITS or quoted(start)):
            continue
        made = _digits(text, start, end, is_known) if found[0][0] in "0123456789" else _han(text, start, end)
        if made is not None:
            last = made.end
            yield made


_STEPS = {times: Decimal(times) for times in (1, *TIMES.values())}


def _digits(text: str, start: int, end: int, known: bool) -> Numeral | None:
    if not known and counts_nothing(text, start, end):
        return None
    digits = text[start:end]
    if "," in digits:
        digits = digits.replace(",", "")
    tail = _tail(text, end)
    step = Decimal(tail.times).scaleb(-len(digits.partition(".")[2])) if "." in digits else _STEPS[tail.times]
    ordinal = text[max(start - 2, 0) : start].rstrip().endswith("第")
    return _numeral(text, start, tail, Decimal(digits) if tail.times == 1 else Decimal(digits) * tail.times, step, ordinal)


def _han(text: str, start: int, end: int) -> Numeral | None:
    """A number in Chinese numerals: one is a quantity with a unit only."""
    said, before = text[start:end], text[max(start - 1, 0) : start]
    try:
        if said in ("过半", "一半", "半数"):
            return _numeral(text, start, _Tail(said == "过半", 1, "%", end), Decimal(50), Decimal(10))
        if text.startswith("分之", end) and (over := _NUMBER.match(text, end + 2)):
            percent = read(over[0]) if said == "百" else 100 * read(over[0]) / read(said)
            return _numeral(text, start, _Tail(False, 1, "%", over.end()), percent, _step(over[0]))
        if text.startswith("成", end) and len(said) == 1 and text[end + 1 : end + 2] not in "立为果效员功就本长品交绩熟人形":
            half = text.startswith("半", end + 1)
            return _numeral(text, start, _Tail(False, 1, "%", end + 1 + half), 10 * read(said) + 5 * half, Decimal(10))
        tail = _tail(text, end)
        if not tail.unit or said[0] in "零〇百千万亿" or before == "第" or counts_nothing(text, start, end):
            return None
        return _numeral(text, start, tail, read(said) * tail.times, _step(said) * tail.times)
    except (ValueError, ZeroDivisionError):
        return None


def _step(said: str) -> Decimal:
    return Decimal(1).scaleb(-len(said.partition("点")[2]))


def _tail(text: str, at: int) -> _Tail:
    more, at = _more(text, _next(text, at))
    times = next((word for word in TIMES if text.startswith(word, at)), "") if text[at : at + 1] in _FIRST_OF_TIMES else ""
    if times:
        again, at = _more(text, _next(text, at + len(times)))
        more = more or again
    unit = unit_at(text, at)
    end = at + len(unit)
    while text[end - 1].isspace():
        end -= 1
    return _Tail(more, TIMES.get(times, 1), unit, end)


def _next(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _more(text: str, at: int) -> tuple[bool, int]:
    return (True, _next(text, at + 1)) if text[at : at + 1] in ("余", "多", "几") else (False, at)


def unit_at(text: str, at: int) -> str:
    """The unit that stands at a place; "" where there is none."""
    for unit in _BY_FIRST.get(text[at : at + 1], ()):
        if text.startswith(unit, at):
            follows = text[at + len(unit) : at + len(unit) + 1]
            if not follows or follows not in UNITS[unit] or text.startswith("项目标", at):
                return unit
    return ""


def _numeral(text: str, start: int, tail: _Tail, value: Decimal, step: Decimal, ordinal: bool = False) -> Numeral:
    bound: Bound = ">" if tail.more else _bound(text[max(start - 6, 0) : start].rstrip(), text[tail.end : tail.end + 5])
    return Numeral(value, tail.unit, start, tail.end, step, bound, ordinal)


def _bound(before: str, after: str) -> Bound:
    """What the words around a number say of how exact it is."""
    after = after.lstrip().removeprefix("数").removeprefix("的")
    for words, bound in _BEFORE if before[-1:] in _LAST_OF_BEFORE else ():
        if before.endswith(words) and bound:
            return bound
        if before.endswith(words):
            break
    return next((bound for words, bound in _AFTER if after.startswith(words)), "") if after[:1] in _FIRST_OF_AFTER else ""
