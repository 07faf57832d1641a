"""Chinese numerals: 十二, 三百零五, 两千三, 一百二十六万, 三点五, 二〇二四."""

from __future__ import annotations

from decimal import Decimal

DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
PLACES = {"亿": 10**8, "万": 10**4, "千": 1000, "百": 100, "十": 10}
HAN = "".join((*DIGITS, *PLACES))
_LONGEST = 24


def read(numeral: str) -> Decimal:
    """A number in Chinese numerals. Raises ValueError where it is none, or no single one: 十十, 二三千, 三五."""
    whole, _, decimals = numeral.partition("点")
    if not whole or len(numeral) > _LONGEST:
        raise ValueError(numeral)
    if decimals:
        return Decimal(_whole(whole)) + Decimal(_told_one_by_one(decimals)).scaleb(-len(decimals))
    return Decimal(_whole(whole))


def _whole(numeral: str) -> int:
    """The largest place first: what stands before it says how many, what stands behind it is less than one of it."""
    for letter, worth in PLACES.items():
        before, found, behind = numeral.rpartition(letter)
        if found:
            times = _whole(before) if before else 1
            if not 0 < times < (10 if worth < 10**4 else worth) or not (before or letter == "十"):
                raise ValueError(numeral)
            return times * worth + _behind(behind, worth)
    if len(numeral) == 1:
        return DIGITS[numeral]
    if len(numeral) < 3 and not set(numeral) & {"零", "〇"}:
        raise ValueError(numeral)  # 三五, 两三: about so many
    return _told_one_by_one(numeral)


def _behind(numeral: str, worth: int) -> int:
    if not numeral:
        return 0
    if len(numeral) == 1 and worth > 10 and (digit := DIGITS.get(numeral)):
        return digit * worth // 10  # 三万五
    after_zero = numeral[0] in "零〇"
    value = _whole(numeral[after_zero:])
    if not 0 < value < (worth // 10 if after_zero else worth):
        raise ValueError(numeral)
    return value


def _told_one_by_one(numeral: str) -> int:
    try:
        return int("".join(str(DIGITS[letter]) for letter in numeral))
    except KeyError:
        raise ValueError(numeral) from None
