"""What prose says in words that there was none of: 未收到政府信息公开申请, 未发生行政复议、行政诉讼."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from nianbao.prose import any_of
from nianbao_guoban.quantities.binding import Setting
from nianbao_guoban.quantities.exempt import flat
from nianbao_guoban.quantities.phrases import NORMATIVE
from nianbao_guoban.quantities.words import Words

_CLAUSE = re.compile(r"[^，,；;。！!？?\n]+")
_NOUNS = ("申请", "复议", "诉讼", "行政规范性文件", "费")  # of which each pattern needs one
_SAY_NO = ("未", "没", "无", "不", "零")
_NOT = r"(?<!从)(?:从?未|没有|没|无|不存在|零|尚无|暂无|均无)"
_GOT = r"(?:曾|有|新|(?:和|或|、)?(?:收到|受理|接到|接收到?|处理|办理|产生|发生|收)){0,4}(?:过|任何|一件|1件)?"
_REQUESTS = Words(
    rf"{_NOT}(?P<got>{_GOT})(?:任何|对|公民|法人|和|、|或者?|其他组织|单位|个人|群众|提出的?|有关|关于|相关|书面|网上|我镇|本机关|的)*"
    r"(?:政府信息公开的?(?:依)?申请(?:公开)?|政府信息依申请公开(?:申请)?|依申请公开(?:政府信息)?(?:的?申请)?|公开(?:政府)?信息的?申请|信息公开申请|公开申请|申请公开(?:政府信息)?)"
    r"(?:事项|情况|件|案件)?(?![人书表中答费办结处的])",
    "申请",
)
_CASES = Words(
    rf"{_NOT}(?:发生|产生|出现|收到|引发|有|接到|涉及|提起|被|因)?(?P<between>[^，,；;。]{{0,40}}?)"
    r"(?P<cases>(?:行政)?复议(?!机关|机构|决定|审|委)|(?:行政)?诉讼(?!法))",
    "复议", "诉讼",
)  # fmt: skip
_DOCUMENTS = Words(
    rf"{_NOT}(?P<verb>制发|制定|出台|印发|废止)?(?:过|任何|的|本级)*行政规范性文件(?P<after>制发|出台|废止)?(?!的|起草|清理|备案|审|公开)",
    "行政规范性文件",
)
_FEE = Words(
    rf"(?:{_NOT}|不)(?:有|收取|发生|产生|收到|收|涉及|向[^，。；]{{1,6}}收取)(?:过|任何|相关)?[^，,；;。]{{0,12}}?(?:信息处理费|处理费用?|信息公开收费|收费(?=事项|情况))"
    r"|无[^，,；;。]{0,10}信息处理费",
    "费",
)
_RESULT = ("纠", "败", "撤销", "违法", "追究", "责任", "胜", "维持", "机关", "未经")
_OTHER_YEARS = ("去年", "上年", "上一年", "往年")


class Denial(NamedTuple):
    """That there was none: each of ``paths`` is 0. ``words`` are what says so, at ``start``."""

    paths: tuple[str, ...]
    words: str
    start: int
    sure: bool = True


def denials(text: str, setting: Setting) -> Iterator[Denial]:
    """What a plain text says there was none of."""
    if not (any_of(_NOUNS, text) and any_of(_SAY_NO, text)):
        return
    for clause in _CLAUSE.finditer(flat(text)):
        said = clause[0]
        if (
            any_of(_NOUNS, said)
            and any_of(_SAY_NO, said)
            and not _counts(said)
            and not setting.is_other_year(said)
            and not any_of(_OTHER_YEARS, said)
        ):
            yield from _denied(said, clause.start(), setting)


def _counts(said: str) -> bool:
    """Whether a clause has a number other than a year and a date."""
    return any(letter.isdigit() for letter in re.sub(r"20\d\d\s*年|\d{1,2}\s*[月日]", "", said) if letter.isascii())


def _denied(said: str, start: int, setting: Setting) -> Iterator[Denial]:
    if found := _search(_REQUESTS, said):
        paths = ("requests.new", "requests.carried_in") if "办理" in found["got"] else ("requests.new",)
        yield Denial(paths, found[0], start + found.start())
    if not any_of(_RESULT, said) and (found := _search(_CASES, said)):
        yield _cases(found, said, start, setting)
    if found := _search(_DOCUMENTS, said):
        verb = found["verb"] or found["after"] or ""
        cell = "repealed" if "废" in verb else "made"
        yield Denial((f"{NORMATIVE}.{cell}",), found[0], start + found.start(), sure=bool(verb))
    if found := _search(_FEE, said):
        yield Denial(("other_matters.fee",), found[0], start + found.start(), sure="处理费" in found[0])


def _search(words: Words, said: str) -> re.Match[str] | None:
    return words.compiled.search(said) if any_of(words.needs, said) else None


def _cases(found: re.Match[str], said: str, start: int, setting: Setting) -> Denial:
    told = said[found.start() :]
    paths = tuple(path for word, path in (("复议", "disputes.review"), ("诉讼", "disputes.litigation")) if word in told)
    of_disclosure = setting.section == "disputes" or "信息公开" in said or "依申请公开" in said
    return Denial(paths, told, start + found.start(), sure=of_disclosure and len(found["between"]) < 30)
