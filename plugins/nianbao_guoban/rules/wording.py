"""Numbers that are lost or vague in a statutory report (P-MISSNUM, P-APPROX)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from nianbao import Found, Report, rule
from nianbao.checks import Severity
from nianbao.prose import any_of
from nianbao_guoban.quantities.exempt import Quoted, flat
from nianbao_guoban.quantities.words import Words
from nianbao_guoban.rules.prose import passages, plain

_UNITS = ("万元", "人次", "元", "件", "条", "份", "次", "篇", "期", "场")
_TOLD = ("共", "共计", "总计", "合计", "累计", "收到", "新收", "制发", "废止", "为")
_NOT_TOLD = ("作为", "成为", "行为", "认为", "较为", "最为", "公共", "人为")
_PLACEHOLDERS = Words(
    rf"(?<![A-Za-z])(?:[XxＸ×✕＊]{{1,4}}|\*{{2,}}|[○〇]{{2,}})\s*(?:{'|'.join(_UNITS)})|[_＿]{{2,}}|[（(]\s+[）)]\s*(?:{'|'.join(_UNITS)})",
    "__", "＿＿", "( ", *(mark + unit for mark in "XxＸ×✕＊*○〇" for unit in " 万人元件条份次篇期场"),
)  # fmt: skip
_MARKS = ("_", "＿", "( ", *"XxＸ×✕＊*○〇")  # one of which a placeholder has
_VALID = Words(
    r"(?:有|共|为)(?:我[镇乡县市区局]|本级|全[镇乡县市区])?现行有效的?(?:行政)?规范性文件(?=[，,。；;、()！\n]|$)",
    "现行有效的规",
    "现行有效的行",
    "现行有效规",
    "现行有效行",
)
_ABOUT = ("余", "多", "约", "近", "左右")
_ROUND = 10
_STOPS = "，,。；;、()！\n"


class _Lost(NamedTuple):
    start: int
    end: int
    severity: Severity = "error"


@rule("P-MISSNUM", "error", basis="编制惯例", zh="句子里的数漏写了", en="a number is missing in a sentence",
      mend=("补上这个数；没有就写 0。", "Give the number; 0 where there is none."))  # fmt: skip
def lost(report: Report) -> Iterator[Found]:
    """共件, XX件, ____, 有现行有效的规范性文件。"""
    for passage in passages(report):
        text = flat(passage.text)
        for one in _lost(text):
            if not Quoted(text)(one.start):
                shown = passage.shown(one.start, one.end)
                what = (f"{passage.title}“{shown}”漏了数", f"a number is missing in “{shown}” ({passage.title})")
                found = text[one.start : one.end].strip()
                yield Found(passage.path, "", found, passage.place, what, severity=one.severity)


def _lost(text: str) -> Iterator[_Lost]:
    if any_of(_MARKS, text):
        yield from (_Lost(*place) for place in _PLACEHOLDERS.all(text))
    yield from (_Lost(*place, "warning") for place in _VALID.all(text))
    yield from sorted(_told_without(text))


def _told_without(text: str) -> Iterator[_Lost]:
    """共件, 收到条: what should tell a number stands right before a unit that ends its clause."""
    for word in _TOLD:
        at = text.find(word)
        while at >= 0:
            end = at + len(word)
            unit = next((unit for unit in _UNITS if text.startswith(unit, end)), "")
            stop = end + len(unit)
            if unit and (stop == len(text) or text[stop] in _STOPS) and not text.endswith(_NOT_TOLD, 0, end):
                yield _Lost(max(end - 2, 0), stop)
            at = text.find(word, end)


@rule("P-APPROX", "warning", basis="编制惯例", zh="法定报告里用了约数", en="a statutory report gives a number as about so much",
      mend=("写准确的数。", "Write the exact number."))  # fmt: skip
def approximate(report: Report) -> Iterator[Found]:
    """63余条 is exact and vague at once; 100余条 is a note."""
    for passage in passages(report):
        for quantity in (q for statement in passage.statements for q in statement.quantities if not q.exact):
            told = passage.text[max(quantity.start - 2, 0) : quantity.end + 2]
            if quantity.kind not in ("count", "amount") or not any_of(_ABOUT, told):
                continue
            odd = quantity.value % _ROUND != 0 and quantity.step <= 1
            shown = passage.shown(quantity.start, quantity.end)
            zh, en = ("既准确又约略", "is exact and vague at once") if odd else ("是约数", "is vague")
            what = (f"{passage.title}“{shown}”{zh}", f"“{shown}” in {passage.title} {en}")
            yield Found(passage.path, "", plain(quantity.value), passage.place, what, severity="warning" if odd else "info")


RULES = [lost, approximate]
