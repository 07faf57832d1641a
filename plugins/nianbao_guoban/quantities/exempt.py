"""Numbers in prose that count nothing: years, dates, document numbers, articles of law, telephones, numbering, names."""

from __future__ import annotations

import functools

from nianbao.prose import any_of
from nianbao_guoban.quantities.words import Words

_FULL_WIDTH = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), 0xFF05, 0xFF08, 0xFF09, 0xFF0E)}
_FULL_WIDTH |= {ord("﹪"): ord("%"), 0xA0: ord(" "), 0x3000: ord(" ")}
_WIDE, _WIDE_DIGITS = tuple(map(chr, _FULL_WIDTH)), tuple("０１２３４５６７８９")
_GROUPED = Words(r"(?<=[０-９])，(?=[０-９]{3}(?![０-９]))", "，")

_DASHES = "-—~～－–"
_IS_DASH, _OPENS, _CLOSES, _ENDS_A_NUMBER = map(frozenset, (_DASHES, "〔[(", "〕])", ")、."))
_OF_TOKENS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._/@:?=&#~-")
_CALLED = ("电话", "热线", "传真", "邮编", "邮政编码", "号码", "标识码")
_LINES = ("热线", "政务", "便民", "平台", "市长", "政府")
_ARTICLES = frozenset("条款项章节部编")


@functools.lru_cache(maxsize=512)  # each rule that reads sentences asks for them
def flat(text: str) -> str:
    """The same text, letter for letter, with the digits, brackets and per cent signs of ASCII."""
    if any_of(_WIDE_DIGITS, text):
        text = _GROUPED.compiled.sub(",", text)
    return text.translate(_FULL_WIDTH) if any_of(_WIDE, text) else text


class Quoted:
    """Whether a place lies within a name: 《》 or “”."""

    def __init__(self, text: str) -> None:
        self._spans = list(_pairs(text, "《", "》")) + list(_pairs(text, "“", "”"))

    def __call__(self, at: int) -> bool:
        for start, end in self._spans:  # noqa: SIM110 (asked of each number)
            if start < at < end:
                return True
        return False


def _pairs(text: str, left: str, right: str) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    end = text.find(right)
    while end >= 0:
        if (start := text.rfind(left, spans[-1][1] if spans else 0, end)) >= 0:
            spans.append((start, end))
        end = text.find(right, end + 1)
    return spans


def counts_nothing(text: str, start: int, end: int) -> bool:
    """Whether a number in a flat text, by what stands beside it, is none that counts."""
    number, before, after = text[start:end], text[max(start - 10, 0) : start].rstrip(" "), text[end : end + 10].lstrip(" ")
    if _is_a_date(number, before, after) or _is_an_article(before, after):
        return True
    return number.isascii() and (
        _is_called(number, before, after)
        or _is_of_a_range(before, after)
        or _is_of_a_token(text, start, end)
        or _is_numbering(text, start, number, before, after)
    )


def _is_year(number: str) -> bool:
    return len(number) == 4 and (number[:2] in ("19", "20") or number[0] in "一二" and not set(number) & set("十百千万亿两"))


def _is_a_date(number: str, before: str, after: str) -> bool:
    follows = after[:1]
    if follows in ("年", "版") and _is_year(number):
        return True
    if follows == "至" and _is_year(number) and after[1:].lstrip()[:2] in ("19", "20"):
        return True
    if number == "一" and before[-1:] in tuple("上下前去本今明次每"):
        return after.startswith(("年", "个年", "月", "个月", "季", "个季"))
    return len(number) <= 3 and (follows == "月" or follows == "日" and not after.startswith("日均"))


def _is_an_article(before: str, after: str) -> bool:
    if after.startswith(("号", "届")) or before.endswith("〕"):
        return True
    opened = before.removesuffix("(").rstrip()
    return opened.endswith("第") and after.lstrip(")").lstrip()[:1] in _ARTICLES


def _is_called(number: str, before: str, after: str) -> bool:
    if number == "12345":
        return not after or after.startswith(_LINES)
    if len(number) >= 14 or len(number) == 11 and number[0] == "1" and number.isdigit():
        return True
    return before.rstrip(":： ").endswith(_CALLED)


def _is_of_a_range(before: str, after: str) -> bool:
    """3-5, 24/7, 2021—2025."""
    follows, precedes = after.lstrip("%年 "), before.rstrip("%年 ")
    to, back = follows[:1] in _IS_DASH, precedes[-1:] in _IS_DASH
    if (to and follows.lstrip(_DASHES + " ")[:1].isdigit()) or (back and precedes.rstrip(_DASHES + " %年")[-1:].isdigit()):
        return True
    return (after[:1] == "/" and after[1:2].isdigit()) or (before[-1:] == "/" and before[-2:-1].isdigit())


def _is_of_a_token(text: str, start: int, end: int) -> bool:
    """www.luhe.gov.cn/2024, A4, 5G, 10:30."""
    if text[end : end + 1] in (":", "：") and text[end + 1 : end + 3].isdigit():
        return True
    if text[start - 1 : start] in (":", "：") and text[start - 2 : start - 1].isdigit() and start > 1 and end - start == 2:
        return True
    left, right = start, end
    while left and text[left - 1] in _OF_TOKENS:
        left -= 1
    while right < len(text) and text[right] in _OF_TOKENS:
        right += 1
    return (left, right) != (start, end) and any(map(str.isalpha, text[left:right]))


def _is_numbering(text: str, start: int, number: str, before: str, after: str) -> bool:
    """1. 2、 (3) 〔2021〕."""
    if before[-1:] in _OPENS and after[:1] in _CLOSES and (len(number) < 3 or _is_year(number)):
        return True
    if len(number) > 2 or after[:1] not in _ENDS_A_NUMBER or after[1:2].isdigit():
        return False
    return not before or before[-1] in "。；;：:，]\n" or text[start - 1].isspace() or before.endswith("(") and after[:1] == ")"
