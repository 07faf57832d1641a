"""Digits in prose that count nothing: years, dates, document numbers, articles of law, telephones, numbering, names."""

from __future__ import annotations

import re

_FULL_WIDTH = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), 0xFF05, 0xFF08, 0xFF09, 0xFF0E)}
_FULL_WIDTH |= {ord("﹪"): ord("%"), 0xA0: ord(" "), 0x3000: ord(" ")}
_GROUPED = re.compile(r"(?<=[０-９])，(?=[０-９]{3}(?![０-９]))")

_NUMERAL = "[零〇○一二三四五六七八九十百]"
_ALTERNATIVES = (
    r"《[^《》]*》",
    r"“[^“”]*”",
    r"(?:https?://|www\.)[!-~]+",
    r"[A-Za-z0-9._-]+@[A-Za-z0-9.-]+",
    r"(?:电话|热线|传真|邮编|邮政编码|号码|标识码)(?:号码)?\s*[:：]?\s*[\d-]+",
    r"\d{3,4}-\d{6,8}",
    r"(?<!\d)1\d{10}(?!\d)",
    r"(?<!\d)12345(?!\d)(?=\s*(?:热线|政务|便民|平台|市长|政府|$))",
    r"(?:19|20)\d\d\s*年?\s*[-—~～－–至]\s*(?:19|20)?\d\d\s*年",
    r"(?:19|20)\d\d\s*(?:年度?|版)",
    r"[一二][零〇○一二三四五六七八九]{3}\s*年",
    rf"(?:\d{{1,2}}|{_NUMERAL}{{1,3}})\s*月(?:份|底|初|末)?(?:\s*(?:\d{{1,2}}|{_NUMERAL}{{1,3}})\s*日)?",
    r"(?<!\d)\d{1,2}\s*日(?!均)",
    r"\d{1,2}[:：]\d{2}(?!\d)",
    r"[〔\[(]\s*(?:19|20)\d\d\s*[〕\])]\s*第?\s*\d*\s*号?",
    rf"第?\s*(?:\d+|{_NUMERAL}+)\s*(?:号(?:令|文)?|届)",
    rf"第\s*(?:\d+|{_NUMERAL}+)\s*[条款项章节部编](?:\s*第?\s*\(?(?:\d+|{_NUMERAL}+)\)?\s*[款项])*",
    r"(?:^|(?<=[。；;：:，\]\n\s]))\(?\d{1,2}[)、.](?!\d)",
    r"[上下前去本今明次每]\s*一?个?\s*年",
    r"[上下前]一个?(?:年度?|月|季度|级|步)",
    r"\(\d{1,2}\)",
    r"\d+(?:\.\d+)?\s*%?\s*[-—~～–]\s*\d+(?:\.\d+)?%?",
    r"\d+/\d+",
    r"[A-Za-z]+[-.]?\d+(?:\.\d+)*|\d+[A-Za-z]+",
    r"\d{14,}",
)  # fmt: skip
_EXEMPT = re.compile("|".join(_ALTERNATIVES), re.MULTILINE)


def flat(text: str) -> str:
    """The same text, letter for letter, with the digits, brackets and per cent signs of ASCII."""
    return _GROUPED.sub(",", text).translate(_FULL_WIDTH)


def exempt(text: str) -> list[tuple[int, int]]:
    """The spans of a flat text in which no number is a quantity."""
    return [found.span() for found in _EXEMPT.finditer(text)]
