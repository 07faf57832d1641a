"""Numbers in Chinese prose with their units: 326条, １，２３４件, 三百零五件, 3.5万余条, 近九成, 百分之四."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Bound = Literal["", ">", "<", "~"]

_TIMES = {"百": 100, "千": 1000, "万": 10_000, "百万": 10**6, "千万": 10**7, "亿": 10**8, "万亿": 10**12, None: 1}
_ONES = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
TIME = ("个工作日", "工作日", "个月", "个季度", "季度", "小时", "分钟", "年", "天", "日", "周", "岁", "秒")
_UNITS = (
    *TIME, "个百分点", "人次", "场次", "宗", "起(?![来草诉步])", "件(?![事套])", "条(?![例件款龙线])", "份(?!额)", "次(?![性要序于数办])",
    "篇", "期(?!间)", "项(?!目(?!标))", "例(?![如会])", "部(?![分门委署级队])", "个(?![别性体])", "人(?![民员均])", "名(?![单称录])",
    "场(?![所景地])", "家(?!庭)", "户", "处(?![理罚室置于])", "块(?!链)", "张(?!贴)", "幅", "册", "本(?![级市县区省镇乡年次单机部])",
    "封", "则", "组(?![织长])", "批(?![准复评])", "轮", "辆", "字(?!号)", "元(?![旦素化])", "倍", "版", "类", "套", "集", "堂", "支",
)  # fmt: skip
_UNIT = "|".join(_UNITS)
_DIGITS = re.compile(
    r"(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d])|\d+(?:\.\d+)?)\s*(?P<more>[余多几])?\s*"
    rf"(?:(?P<times>百万|千万|万亿|[百千万亿])(?P<more2>[余多几])?\s*)?(?P<unit>%|‰|{_UNIT})?"
)
_HAN = re.compile(
    r"百分之(?P<percent>[零一二两三四五六七八九十百]+(?:点[零一二三四五六七八九]+)?)"
    r"|(?P<parts>[二三四五六七八九十])分之(?P<of>[一二两三四五六七八九])"
    r"|(?P<tenths>[一二三四五六七八九])成(?P<fives>半)?(?![立为效果员功就本长品交绩熟人形])"
    r"|(?P<half>过半|一半|半数)"
    r"|(?<![第一二三四五六七八九十百千万零])(?P<number>[一二两三四五六七八九十][零〇一二两三四五六七八九十百千万亿]*(?:点[零一二三四五六七八九]+)?)"
    rf"(?P<more>[余多几])?\s*(?P<unit>{_UNIT})"
)
_BEFORE = re.compile(
    r"(?P<up>(?<![最附接将])近|接近|将近|不足|不到|未满|不满|少于)\s*$|(?P<down>超过?|逾|多于|突破|至少)\s*$"
    r"|(?P<about>(?<![预签合节大])约|大约|大概)\s*$"
)
_AFTER = re.compile(r"(?:数?的)?(?:(?P<down>以上|之多)|(?P<up>以下|以内)|(?P<about>左右|上下))")


@dataclass(frozen=True)
class Numeral:
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


def numerals(text: str, exempt: list[tuple[int, int]], known: list[tuple[int, int]] | None = None) -> Iterator[Numeral]:
    """The numbers of a flat text in order, but for those in ``exempt`` spans; ``known`` spans are numbers whatever they look like."""
    known = known or []
    sure = {start for start, _ in known}
    barred = [(start, end) for start, end in exempt if not any(start < stop and begin < end for begin, stop in known)]
    free = _Free(barred)
    found = [*_digits(text, free, sure), *_han(text, free)]
    last = -1
    for numeral in sorted(found, key=lambda numeral: numeral.start):
        if numeral.start >= last:
            last = numeral.end
            yield numeral


class _Free:
    """Whether a place lies outside the spans that count nothing."""

    def __init__(self, spans: list[tuple[int, int]]) -> None:
        self.barred = {at for start, end in spans for at in range(start, end)}

    def __call__(self, start: int) -> bool:
        return start not in self.barred


def _digits(text: str, free: _Free, known: set[int]) -> Iterator[Numeral]:
    for found in _DIGITS.finditer(text):
        if not (free(found.start()) or found.start() in known):
            continue
        digits, times = found["digits"].replace(",", ""), _TIMES[found["times"]]
        decimals = len(digits.partition(".")[2])
        bound: Bound = ">" if found["more"] or found["more2"] else ""
        yield _numeral(text, found, Decimal(digits) * times, Decimal(times).scaleb(-decimals), bound)


def _han(text: str, free: _Free) -> Iterator[Numeral]:
    for found in _HAN.finditer(text):
        if not free(found.start()):
            continue
        if found["percent"]:
            yield _numeral(text, found, read(found["percent"]), Decimal(1), unit="%")
        elif found["parts"]:
            yield _numeral(text, found, 100 * read(found["of"]) / read(found["parts"]), Decimal(1), unit="%")
        elif found["tenths"]:
            yield _numeral(text, found, 10 * read(found["tenths"]) + (5 if found["fives"] else 0), Decimal(10), unit="%")
        elif found["half"]:
            yield _numeral(text, found, Decimal(50), Decimal(10), ">" if found["half"] == "过半" else "", unit="%")
        elif (value := _read(found["number"])) is not None:
            yield _numeral(text, found, value, Decimal(1), ">" if found["more"] else "")


def _numeral(
    text: str, found: re.Match[str], value: Decimal, step: Decimal, bound: Bound = "", *, unit: str | None = None
) -> Numeral:
    before = text[max(found.start() - 4, 0) : found.start()]
    around = _BEFORE.search(before) or _AFTER.match(text, found.end())
    if around and not bound:
        bound = ">" if around["down"] else "<" if around["up"] else "~"
    ordinal = before.rstrip().endswith("第")
    return Numeral(value, found["unit"] or "" if unit is None else unit, *found.span(), step, bound, ordinal)


def read(numeral: str) -> Decimal:
    """A number in Chinese numerals. Raises ValueError where it is none."""
    if numeral in _ONES:
        return Decimal(_ONES[numeral])
    from cn2an import cn2an  # costs more to load than all else here: only for numerals of several letters

    return Decimal(str(cn2an(numeral.replace("〇", "零"), "normal")))


def _read(numeral: str) -> Decimal | None:
    try:
        return read(numeral)
    except ValueError:
        return None
