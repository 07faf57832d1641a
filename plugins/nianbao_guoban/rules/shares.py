"""Percentages in prose against the numbers beside them (P-PCT, P-CLAIM-SUPER)."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from nianbao import Found, NotAssessable, Report, rule
from nianbao.prose import any_of
from nianbao_guoban.quantities.binding import Claim
from nianbao_guoban.quantities.lists import Listing
from nianbao_guoban.quantities.phrases import OUTCOMES
from nianbao_guoban.quantities.reading import Quantity, Statement
from nianbao_guoban.quantities.words import Words
from nianbao_guoban.rules.prose import Passage, figure, passages, plain

_SHARE = Words(
    r"^[\s，,、]*(?:约|所|各|分别)?占(?!地|用|有率)[^，,；;。]{0,16}$|^\s*[(（]\s*(?:约|近|超过?|占比?)?[^，,；;。]{0,4}$",
    "占",
    "(",
    "（",
)
_RATE = Words(r"(?<![时期])(?:办结|答复|办复|公开|纠正|采纳|整改|录用)率[为达到是]{0,2}\s*$", "率")
_WHOLE = ("收到", "受理", "接收", "新收", "共", "总", "全年", "累计", "答复", "办结", "完成")
_LESS = ("下降", "减少", "降低", "降", "少")
_LETTERS = re.compile(r"[^\W\d_]{6,}")
_COMPARED = tuple("比较")


class Share(NamedTuple):
    """A percentage with the part and the whole that it is told of; ``sure`` where no other whole is likely."""

    percent: Quantity
    part: Quantity
    whole: Quantity
    sure: bool

    @property
    def actual(self) -> Decimal:
        """The percentage that the two numbers make."""
        return 100 * self.part.value / self.whole.value


def shares(statement: Statement, listings: list[Listing]) -> Iterator[list[Share]]:
    """For each percentage of a sentence, what it can be the share of, the likeliest first."""
    shared = _told(statement.quantities)
    for part, percent in shared.items():
        heads = [one.head for one in listings if part in one.parts and one.head is not None]
        likely = [q for q in statement.quantities if q.start < part.start and q not in shared and _could_be_whole(q, part)]
        wholes = heads or likely[:1] * (len(likely) == 1)
        others = (
            [q for q in statement.quantities if q.start < part.start and q not in shared and _alike(q, part)] if heads else []
        )
        found = [
            Share(percent, part, one, one in heads)
            for one in (*wholes, *others)
            if one.exact and one.value >= part.value and one.value
        ]
        if found:
            yield found


def _could_be_whole(quantity: Quantity, part: Quantity) -> bool:
    return _alike(quantity, part) and any_of(_WHOLE, quantity.subject + quantity.after)


def _alike(quantity: Quantity, other: Quantity) -> bool:
    return (quantity.unit, quantity.kind) == (other.unit, other.kind)


def _told(quantities: Sequence[Quantity]) -> dict[Quantity, Quantity]:
    """Each part with the percentage that is told of it: 网站71条，占21.8%; 网站71条、微信135条，占比分别为21.8%、41.4%."""
    told: dict[Quantity, Quantity] = {}
    for at, percent in enumerate(quantities):
        if percent.kind == "percent" and _SHARE(percent.before):
            one_by_one = any_of(("分别", "依次"), percent.before)
            run = [*itertools.takewhile(lambda q: q.kind == "percent", quantities[at:])] if one_by_one else [percent]
            ahead = quantities[: at - 1 if at and quantities[at - 1].after.startswith("占") else at]  # 三类占比分别为
            parts = ahead[len(ahead) - len(run) :] if len(ahead) >= len(run) else ()
            told |= {
                part: share for part, share in zip(parts, run, strict=False) if part.kind in ("count", "amount") and part.exact
            }
    return told


@rule("P-PCT", "error", basis="数字自洽", zh="百分比与数字不符", en="a percentage is not that of its numbers",
      mend=("按四舍五入改正百分比，或核对数字。", "Correct the percentage, or check the numbers."))  # fmt: skip
def percentages(report: Report) -> Iterator[Found]:
    """占 p% is a/b, rounded; 增加 d 件, 增长 p% fit each other; the shares of a whole make 100%."""
    for passage in passages(report):
        for statement in passage.statements:
            if not any(q.unit == "%" for q in statement.quantities):
                continue
            lists = [listing for one, listing in passage.listings if one is statement]
            told = list(shares(statement, lists))
            yield from _of_requests(report, passage, statement, {options[0].part for options in told})
            yield from _rates(passage, statement)
            for options in told:
                first = options[0]
                if first.percent.exact and first.percent.step < 10 and not any(map(_fits, options)):
                    yield _wrong(passage, first, f"{plain(first.part.value)}/{plain(first.whole.value)}")
            yield from _growth(passage, statement)
            yield from _whole(passage, statement, lists)


def _fits(share: Share) -> bool:
    return abs(share.percent.value - share.actual) <= share.percent.step / 2


def _of_requests(report: Report, passage: Passage, statement: Statement, known: set[Quantity]) -> Iterator[Found]:
    """已办结的申请中，予以公开46件，占39%: the whole stands in the table."""
    told = _told(statement.quantities)
    outcomes = {claim.quantity: claim for one, claim in passage.claims if one is statement and _is_outcome(claim)}
    for part in outcomes if told else ():
        percent = told.get(part)
        if percent is None or part in known or not percent.exact or percent.step >= 10:
            continue
        try:
            done, new = figure(report, "requests.total"), figure(report, "requests.new")
            wholes = (done, new, new + figure(report, "requests.carried_in"))
        except NotAssessable:
            return
        options = [Share(percent, part, part._replace(value=whole), False) for whole in wholes if whole]
        if options and not any(map(_fits, options)):
            yield _wrong(passage, options[0], f"{plain(part.value)}/{plain(done or new)}")


def _is_outcome(claim: Claim) -> bool:
    return all(path.removeprefix("requests.").split(".")[0] in OUTCOMES for path in claim.paths)


def _rates(passage: Passage, statement: Statement) -> Iterator[Found]:
    """收到412件，办结402件，办结率97.6%: the rate of what is told of by the same word."""
    for percent in statement.quantities:
        said = _RATE(percent.before) if percent.unit == "%" and percent.exact else None
        if said is None:
            continue
        word = percent.before[said[0] : said[1]].partition("率")[0]
        parts = [q for q in statement.quantities if q.kind == "count" and q.exact and word in q.subject]
        options = [
            Share(percent, part, whole, False)
            for part in parts
            for whole in statement.quantities
            if whole is not part and _alike(whole, part) and whole.exact and whole.value >= part.value and whole.value
        ]
        if options and not any(map(_fits, options)):
            first = options[0]
            yield _wrong(passage, first, f"{plain(first.part.value)}/{plain(first.whole.value)}")


def _wrong(passage: Passage, share: Share, terms: str) -> Found:
    shown = passage.shown(share.part.start, share.percent.end)
    what = (f"{passage.title}“{shown}”：百分比不符", f"“{shown}” in {passage.title}: the percentage is not that of its numbers")
    cut = abs(share.percent.value - share.actual) < share.percent.step  # cut off, not rounded
    expected = f"{plain(share.actual.quantize(share.percent.step))}% = {terms}"
    sure = share.sure and not cut
    return Found(passage.path, expected, share.percent.text, passage.place, what, severity="error" if sure else "warning")


def _growth(passage: Passage, statement: Statement) -> Iterator[Found]:
    """The pattern n 件，比上年增加 d 件，增长 p%."""
    for now, change, percent in zip(statement.quantities, statement.quantities[1:], statement.quantities[2:], strict=False):
        fits = (
            (now.kind, change.kind, percent.kind) == ("count", "growth", "growth")
            and percent.unit == "%"
            and change.unit == now.unit
        )
        if (
            not fits
            or not (now.exact and change.exact and percent.exact)
            or not change.before.lstrip("，,(（、 ").removeprefix("同").startswith(_COMPARED)
        ):
            continue
        last = now.value + change.value if any_of(_LESS, change.before) else now.value - change.value
        if last > 0 and abs(percent.value - 100 * change.value / last) > percent.step / 2:
            whole = Quantity(last, now.unit, "count", now.start, now.end, now.text, "", "", "")
            sure = not _LETTERS.search(percent.before)
            yield _wrong(passage, Share(percent, change, whole, sure), f"{plain(change.value)}/{plain(last)}")


def _whole(passage: Passage, statement: Statement, lists: list[Listing]) -> Iterator[Found]:
    """The shares of all parts of a whole."""
    shared = _told(statement.quantities)
    for listing in lists:
        told = [shared[part] for part in listing.parts if part in shared and shared[part].exact]
        if listing.head is None or len(told) < 2 or len(told) < len(listing.parts) or listing.total != listing.head.value:
            continue
        total = sum((percent.value for percent in told), Decimal(0))
        if abs(total - 100) > sum((percent.step for percent in told), Decimal(0)) / 2:
            what = (f"{passage.title}：各项占比之和不是 100%", f"{passage.title}: the shares do not make 100%")
            terms = " + ".join(plain(percent.value) for percent in told)
            yield Found(passage.path, "100%", f"{plain(total)}% = {terms}", passage.place, what, severity="warning")


@rule("P-CLAIM-SUPER", "warning", basis="数字自洽", zh="“超”“近”几成与数字不符", en="超 or 近 so much of a whole does not fit the numbers",
      mend=("按实际占比改写。", "Write what share it is."))  # fmt: skip
def superlatives(report: Report) -> Iterator[Found]:
    """占超八成, 近九成, 过半: of the numbers that stand beside it."""
    for passage in passages(report):
        for statement in passage.statements:
            if not any(q.kind == "percent" for q in statement.quantities):
                continue
            lists = [listing for one, listing in passage.listings if one is statement]
            for options in shares(statement, lists):
                share = options[0]
                if (share.percent.exact and share.percent.step < 10) or any(map(_is_about, options)):
                    continue
                shown = passage.shown(share.part.start, share.percent.end)
                what = (f"{passage.title}“{shown}”与数字不符", f"“{shown}” in {passage.title} does not fit the numbers")
                expected = (
                    f"{plain(share.actual.quantize(Decimal('0.1')))}% = {plain(share.part.value)}/{plain(share.whole.value)}"
                )
                yield Found(passage.path, expected, share.percent.text, passage.place, what)


def _is_about(share: Share) -> bool:
    percent, actual = share.percent, share.actual
    near = max(percent.step, Decimal(5))
    if percent.bound == ">":
        return actual >= percent.value
    if percent.bound == "<":
        return percent.value - near <= actual <= percent.value
    return abs(actual - percent.value) <= near


RULES = [percentages, superlatives]
