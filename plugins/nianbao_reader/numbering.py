"""The number before a heading: 一、 （一） 1. （1）, from the highest rank to the lowest."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

_DIGITS = "一二三四五六七八九十"
_LONGEST = 16  # letters that a number and the marks before it take at most, and one behind
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
    return _number(text[:_LONGEST]) if text[:1] in _FIRST else None


def unnumbered(text: str) -> str:
    """A squeezed text without the number that it starts with."""
    found = number(text)
    return text[found.end :] if found else text


@functools.lru_cache(4096)
def _number(text: str) -> Number | None:
    if not (found := _NUMBER.match(text)):
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
