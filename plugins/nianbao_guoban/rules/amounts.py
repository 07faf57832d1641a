"""Table two by itself: units, and what its figures can be (T2-INT, T2-FEE-UNIT, T2-MADE≤VALID, T2-FULL)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from nianbao import Found, NotAssessable, Report, rule
from nianbao_guoban.bodies import kind
from nianbao_guoban.rules.cells import not_counts
from nianbao_guoban.rules.prose import figure, passages, plain
from nianbao_guoban.rules.years import both

FEES = "proactive_disclosure.fees"
PLACES = 6  # decimals of 万元: a 分 is the sixth
DECISIONS = {"许可": "licences", "处罚": "penalties", "强制": "coercion"}


@rule("T2-INT", "error", basis="国办公开办函〔2021〕30号：单位万元", zh="收费金额不到一分钱", en="the amount of fees is finer than a fen",
      mend=("以万元为单位，最多六位小数。", "Give it in 万元, with six decimals at most."))  # fmt: skip
def whole_fen(report: Report) -> Iterator[Found]:
    """收费金额 in 万元 has six decimals at most; that counts are whole is told where data are read (F-DATA), and here of a finished report."""
    yield from not_counts(report, "proactive_disclosure") if report.finished else ()
    value = Decimal(report[FEES])
    if value != round(value, PLACES):
        yield Found(FEES, plain(round(value, PLACES)), plain(value))


@rule("T2-FEE-UNIT", "warning", basis="国办公开办函〔2021〕30号：单位万元", zh="收费金额像是以元为单位", en="the fees seem to be given in 元",
      mend=("核对单位：表里填万元。", "Check the unit: the table is in 万元."))  # fmt: skip
def unit(report: Report, times: int = 1000, most: int = 0) -> Iterator[Found]:
    """``times`` as much as last year, or more than ``most`` (0: 1 亿元 for a town or street, 100 亿元 for others below a city)."""
    value = Decimal(report[FEES])
    limit = most or _limit(report)
    if limit and value > limit:
        yield Found(FEES, f"≤ {limit}（万元）", plain(value))
        return
    try:
        pair = both(report, FEES)
    except NotAssessable:
        if limit is None:
            raise
        return
    if pair and pair[1] and value >= times * pair[1]:
        yield Found(FEES, f"{plain(pair[1])}（{report.last_year.year} 年，万元）", plain(value))


def _limit(report: Report) -> int | None:
    """What a body hardly collects, in 万元; None where nothing is known of it."""
    try:
        whose = kind(report.edition.jurisdiction)
    except NotAssessable:
        return None
    return {"town": 10_000, "street": 10_000, "county": 1_000_000, "department": 1_000_000}.get(whose)


@rule("T2-MADE≤VALID", "warning", basis="本年制发的文件应当现行有效", zh="本年制发多于现行有效", en="more was made this year than is valid",
      mend=("核对三个数；本年制发、当年又废止或失效的，写入 waivers。", "Check the three; where something was made and repealed within the year, waive it with that reason."))  # fmt: skip
def made(report: Report) -> Iterator[Found]:
    """制发 is at most 现行有效, of 规章 and of 行政规范性文件."""
    assessed = False
    for row in ("regulations", "normative_documents"):
        path = f"proactive_disclosure.{row}"
        try:
            new, valid, repealed = (figure(report, f"{path}.{column}") for column in ("made", "valid", "repealed"))
        except NotAssessable:
            continue
        assessed = True
        if new > valid:
            yield Found(f"{path}.made", f"≤ {plain(valid)} = 现行有效", f"制发 {plain(new)}，废止 {plain(repealed)}")
    if not assessed:
        raise NotAssessable("proactive_disclosure")


@rule("T2-FULL", "warning", basis="国办公开办函〔2021〕30号一（二）：包括已公开和依法未公开的全部处理决定", zh="公示的决定多于表中的全部决定", en="more decisions were published than the table has",
      mend=("表里填全部决定，不论是否公开；核对公示的条数。", "The table holds all decisions, published or not; check what was published."))  # fmt: skip
def full(report: Report) -> Iterator[Found]:
    """双公示 n 条, and licences and penalties published together, are at most the table's; of one kind, P-T2-* tells."""
    for passage in passages(report):
        for statement in passage.statements:
            rows = _published(statement.text)
            for quantity in statement.quantities if rows else ():
                if quantity.kind != "count" or quantity.unit not in ("条", "件", "宗", "例") or not _published(quantity.before):
                    continue
                known = sum((figure(report, f"proactive_disclosure.{row}") for row in rows), Decimal(0))
                if quantity.value > known and quantity.bound != "<":
                    shown = passage.shown(quantity.start, quantity.end)
                    what = (
                        f"{passage.title}“{shown}”多于表中的全部决定",
                        f"“{shown}” in {passage.title}: more than the table's decisions",
                    )
                    yield Found(f"proactive_disclosure.{rows[0]}", f"≤ {plain(known)}", quantity.text, passage.place, what)


def _published(words: str) -> list[str]:
    """The rows of what is said to be published together; none where it is one kind, or nothing of the sort."""
    if "公示" not in words or any(word in words for word in ("清单", "目录", "事项", "依据", "流程", "累计", "历年")):
        return []
    if "双公示" in words:
        return [DECISIONS["许可"], DECISIONS["处罚"]]
    rows = [row for word, row in DECISIONS.items() if f"行政{word}" in words or f"、{word}" in words]
    return rows if "公示" in words and len(rows) > 1 else []


RULES = [whole_fen, unit, made, full]
