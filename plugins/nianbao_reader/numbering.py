"""The number before a heading: 一、 （一） 1. （1）, from the highest rank to the lowest."""

from __future__ import annotations

import re
from dataclasses import dataclass

_DIGITS = "一二三四五六七八九十"
_FIRST = frozenset(f"#*>第({_DIGITS}0123456789")
_NUMBER = re.compile(
    rf"(?P<mark>[#*>]*)(?:(?P<a>第[{_DIGITS}]{{1,3}}部分[、:.]?|[{_DIGITS}]{{1,3}}[、.:])|(?P<b>\([{_DIGITS}]{{1,3}}\)[、.]?)"
    r"|(?P<c>\d{1,2}[.、](?!\d))|(?P<d>\(\d{1,2}\)[、.]?))"
)


@dataclass(frozen=True)
class Number:
    """A number at the start of a squeezed text: its ``rank`` from 0 (一、) to 3, its value and where it ends."""

    rank: int
    value: int
    end: int


def number(text: str) -> Number | None:
    """The number that a squeezed text starts with."""
    if text[:1] not in _FIRST or not (found := _NUMBER.match(text)):
        return None
    rank = next(rank for rank, name in enumerate("abcd") if found[name])
    digits = re.sub(rf"[^{_DIGITS}\d]", "", found[found.lastgroup or "a"])
    return Number(rank, _value(digits), found.end())


def _value(digits: str) -> int:
    if digits.isdecimal():
        return int(digits)
    tens, ten, ones = digits.rpartition("十")
    value = _DIGITS.find(ones) + 1 if ones else 0
    return ((_DIGITS.find(tens) + 1 if tens else 1) * 10 if ten else 0) + value
