"""What prose says of growth, against this year's number and last year's report (X-GROWTH)."""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Iterator
from decimal import Decimal

from nianbao import Found, NotAssessable, Report, rule
from nianbao.prose import any_of
from nianbao_guoban.quantities.binding import Claim
from nianbao_guoban.quantities.fillers import YEAR, rest, without_year
from nianbao_guoban.quantities.reading import Quantity, Statement, without
from nianbao_guoban.rules.prose import Passage, all_claims, in_yuan, plain

_COMPARED = (
    "与上一年度相比", "与上年度相比", "与上年相比", "与去年相比", "比上年同期", "较上年同期", "比去年同期", "较去年同期", "比上一年度", "较上一年度",
    "比上年度", "较上年度", "比上一年", "较上一年", "比上年", "较上年", "比去年", "较去年", "同比", "相比", "同期", "相较", "比", "较", "与",
)  # fmt: skip
_DOWN = ("减少", "下降", "降低", "降幅", "回落", "降", "少")
_CHANGED = (
    "增加",
    "增长",
    "增幅",
    "上升",
    "提高",
    "提升",
    "上涨",
    *_DOWN,
    "增",
    "多",
    "涨",
    "率",
    "幅度",
    "了",
    "量",
    "略有",
    "小幅",
    "大幅",
    "明显",
)


_LAST_YEARS = tuple(f"{one}{last}的" for one in "较比" for last in ("上年", "上年度", "上一年", "上一年度", "去年"))


@rule("X-GROWTH", "error", basis="数字自洽；上年度报告", zh="增减与上年度报告不符", en="what is said of growth does not follow from last year's report",
      mend=("按两年的数重算；上年数若有更正，请在报告里说明。", "Compute it from the two years; tell in the report where last year's number was corrected."))  # fmt: skip
def growth(report: Report) -> Iterator[Found]:
    """N 件，同比增长 p%; 比上年增加 d 件: of a number that a table gives, by last year's report of the same body."""
    absent = assessed = False
    for passage, statement, claim in all_claims(report):
        for change in _changes(statement, claim, report.edition.year):
            try:
                last = sum((Decimal(report.last_year[path]) * in_yuan(report, path) for path in claim.paths), Decimal(0))
                assessed = True
            except NotAssessable:
                absent = True
                continue
            yield from _compared(passage, claim, change, last)
    if absent and not assessed:
        raise NotAssessable("last year's figures of what is compared", "所比的上年数字")


def _changes(statement: Statement, claim: Claim, year: int) -> Iterator[Quantity]:
    """What is told of the growth of a number, right behind it."""
    if claim.relation != "=" or not claim.quantity.exact or claim.note:
        return
    text, end = statement.text, claim.quantity.end - statement.start
    all_of_them = statement.quantities  # in order: a text made of numbers has thousands
    first = bisect_right(all_of_them, claim.quantity.start, key=lambda q: q.start)
    following = (all_of_them[at] for at in range(first, len(all_of_them)))
    behind = (q for q in following if not _in_brackets(text[end : q.start - statement.start]))
    for at, change in enumerate(itertools.takewhile(lambda q: q.kind == "growth" or _is_last_years(q), behind)):
        told = change.before.lstrip("，, ")
        if told.startswith(("均", "全部")):
            told = told.partition("，")[2]  # 均为自然人申请，较上年增加2件
        years = {told[start : start + 4] for start, _ in YEAR.all(told)}
        of_last_year = any_of(_COMPARED, told) and years <= {str(year - 1)} and "环比" not in told
        if not (of_last_year or at and not years) or rest(without((*_COMPARED, *_CHANGED), without_year(told)), ""):
            return
        yield change


def _in_brackets(between: str) -> bool:
    """Whether a bracket opens after a number that does not close: 268件（自然人231件），同比上升."""
    return between.count("（") + between.count("(") > between.count("）") + between.count(")")


def _is_last_years(quantity: Quantity) -> bool:
    """较上年的88件增加7件."""
    return quantity.kind == "count" and quantity.before.strip("，, ").endswith(_LAST_YEARS)


def _compared(passage: Passage, claim: Claim, change: Quantity, last: Decimal) -> Iterator[Found]:
    now = claim.quantity
    if change.kind == "count":
        if change.unit == now.unit and not change.may_be(last):
            yield _found(passage, claim, change, plain(last), plain(change.value))
        return
    actual = now.value - last
    said = -change.value if any_of(_DOWN, change.before) else change.value
    if change.unit == "%" and last:
        told, terms = 100 * actual / last, f"({plain(now.value)} - {plain(last)}) / {plain(last)}"
    elif change.unit == now.unit:
        told, terms = actual, f"{plain(now.value)} - {plain(last)}"
    else:
        return
    if not change.exact or abs(told - said) <= (
        change.step / 2 if change.unit == "%" else change.slack
    ):  # a percentage is rounded
        return
    unit = "%" if change.unit == "%" else ""
    yield _found(
        passage, claim, change, f"{plain(told.quantize(change.step) if unit else told)}{unit} = {terms}", f"{plain(said)}{unit}"
    )


def _found(passage: Passage, claim: Claim, change: Quantity, expected: str, found: str) -> Found:
    shown = passage.shown(claim.quantity.start, change.end)
    what = (f"{passage.title}“{shown}”与上年度报告不符", f"“{shown}” in {passage.title} does not follow from last year's report")
    return Found(claim.paths[0], expected, found, passage.place, what, severity="error" if claim.sure else "warning")


RULES = [growth]
