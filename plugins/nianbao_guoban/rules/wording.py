"""Numbers that are lost or vague in a statutory report (P-MISSNUM, P-APPROX)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nianbao import Found, Report, rule
from nianbao_guoban.quantities.exempt import flat
from nianbao_guoban.rules.prose import passages, plain

_UNIT = "(?:万元|元|件|条|份|次|篇|期|场|人次)"
_END = r"(?=[，,。；;、()！\n]|$)"
_LOST = (
    rf"(?:共计?|总计|合计|累计|收到|新收|制发|废止|(?<![作成行认])为){_UNIT}{_END}",
    rf"(?<![A-Za-z])(?:[XxＸ×✕＊]{{1,4}}|\*{{2,}}|[○〇]{{2,}})\s*{_UNIT}",
    r"[_＿]{2,}|[（(]\s+[）)]\s*(?:件|条|份|次|篇|元|万元)",
)
_MISSING = re.compile("|".join(_LOST))
_VALID = re.compile(r"(?:有|共|为)(?:我[镇乡县市区局]|本级|全[镇乡县市区])?现行有效的?(?:行政)?规范性文件" + _END)
_ROUND = 10


@rule("P-MISSNUM", "error", basis="编制惯例", zh="句子里的数漏写了", en="a number is missing in a sentence",
      mend=("补上这个数；没有就写 0。", "Give the number; 0 where there is none."))  # fmt: skip
def lost(report: Report) -> Iterator[Found]:
    """共件, XX件, ____, 有现行有效的规范性文件。"""
    for passage in passages(report):
        text = flat(re.sub("“[^“”]*”|《[^《》]*》", lambda quoted: "〃" * len(quoted[0]), passage.text))
        for pattern, severity in ((_MISSING, "error"), (_VALID, "warning")):
            for found in pattern.finditer(text):
                shown = passage.shown(found.start(), found.end())
                what = (f"{passage.title}“{shown}”漏了数", f"a number is missing in “{shown}” ({passage.title})")
                yield Found(passage.path, "", found[0].strip(), passage.place, what, severity=severity)  # type: ignore[arg-type]


@rule("P-APPROX", "warning", basis="编制惯例", zh="法定报告里用了约数", en="a statutory report gives a number as about so much",
      mend=("写准确的数。", "Write the exact number."))  # fmt: skip
def approximate(report: Report) -> Iterator[Found]:
    """63余条 is exact and vague at once; 100余条 is a note."""
    for passage in passages(report):
        for statement in passage.statements:
            for quantity in statement.quantities:
                if quantity.kind not in ("count", "amount") or not re.search(
                    "余|多|约|近|左右", _told(passage.text, quantity.start, quantity.end)
                ):
                    continue
                if quantity.exact:
                    continue
                odd = quantity.value % _ROUND != 0 and quantity.step <= 1
                shown = passage.shown(quantity.start, quantity.end)
                zh, en = ("既准确又约略", "is exact and vague at once") if odd else ("是约数", "is vague")
                what = (f"{passage.title}“{shown}”{zh}", f"“{shown}” in {passage.title} {en}")
                yield Found(passage.path, "", plain(quantity.value), passage.place, what, severity="warning" if odd else "info")


def _told(text: str, start: int, end: int) -> str:
    return text[max(start - 2, 0) : end + 2]


RULES = [lost, approximate]
