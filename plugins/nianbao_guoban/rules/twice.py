"""Whether prose gives one number twice, and differs (P-SELF)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from nianbao import Found, NotAssessable, Report, rule
from nianbao.checks import Severity
from nianbao.prose import any_of
from nianbao_guoban.quantities import fillers
from nianbao_guoban.quantities.binding import says_nothing_else
from nianbao_guoban.quantities.phrases import OTHER_YEARS
from nianbao_guoban.quantities.reading import Quantity
from nianbao_guoban.quantities.words import Words
from nianbao_guoban.rules.prose import Passage, figure, passages, plain

_TOTAL = Words(
    r"(?P<rest>.*?)(?:主动)?(?:公开|发布|公布)(?:各类)?(?:政府)?信息(?:总数|总量|数量)?(?:共计|总计|合计|共|为|达)?$", "信息"
)
_PUBLISHED = ("公开信息", "主动公开信息", "公开政府信息", "主动公开政府信息")
_WHOLE = ("全年", "累计", "共", "总", "年")
_CHANNEL = (
    "网", "微信", "微博", "公众号", "媒体", "平台", "栏", "公报", "日报", "晚报", "报纸", "报刊",  "屏", "客户端", "领域", "类", "通过", "利用", "依托", "其中", "窗口", "号",
)  # fmt: skip
_OF_A_TIME = ("半年", "季度", "每", "月", "平均", "日均", "首次", "其中", "另", "分别")
_LEAST = 5  # letters that name one thing: 召开会议 may be two meetings


class _Told(NamedTuple):
    """A number told once: of what, where, and whether the same words surely mean the same."""

    what: tuple[str, ...]
    passage: Passage
    quantity: Quantity
    sure: bool = True


@rule("P-SELF", "error", basis="数字自洽", zh="同一个数前后不一致", en="one number is given twice, and differs",
      mend=("核对后改成同一个数，最好写成数据项。", "Make them one; best give it as a figure."))  # fmt: skip
def twice(report: Report) -> Iterator[Found]:
    """The whole of published information, what no table gives, and what two parts tell in the same words."""
    seen: dict[tuple[str, ...], _Told] = {}
    named = {path.rpartition(".")[2]: path for path in report.facts.named if path.startswith("proactive_disclosure.")}
    for passage in passages(report):
        totals = [*_totals(passage)]
        for told in (*totals, *_without_table(report, passage), *_in_the_same_words(passage)):
            first = seen.setdefault(told.what, told)
            if first.passage is passage and not told.sure or _agree(first.quantity, told.quantity):
                continue
            yield _differs(told, first)
        for told in totals:
            if path := next((named[name] for name in _PUBLISHED if name in named), ""):
                yield from _against_figure(report, told, path)


def _agree(one: Quantity, other: Quantity) -> bool:
    return one.may_be(other.value) or other.may_be(one.value)


def _differs(told: _Told, first: _Told) -> Found:
    passage, quantity = told.passage, told.quantity
    shown, before = passage.shown(quantity.start, quantity.end), first.passage.shown(first.quantity.start, first.quantity.end)
    what = (
        f"{passage.title}“{shown}”与{first.passage.title}“{before}”不一致",
        f"“{shown}” in {passage.title} differs from “{before}” in {first.passage.title}",
    )
    severity: Severity = "error" if told.sure else "warning"
    return Found(passage.path, plain(first.quantity.value), plain(quantity.value), passage.place, what, severity=severity)


def _against_figure(report: Report, told: _Told, path: str) -> Iterator[Found]:
    """A whole that is typed, where the data has it as a figure: its sum is made of what was told in part two."""
    fact, quantity = report.facts.figure(path), told.quantity
    if fact is None or quantity.fact or quantity.unit != "条" or quantity.may_be(figure(report, path)):
        return
    shown = told.passage.shown(quantity.start, quantity.end)
    what = (
        f"{told.passage.title}“{shown}”与数据项“{path.rpartition('.')[2]}”不一致",
        f"“{shown}” in {told.passage.title} differs from the figure “{path.rpartition('.')[2]}”",
    )
    yield Found(path, plain(figure(report, path)), plain(quantity.value), told.passage.place, what, severity="warning")


def _totals(passage: Passage) -> Iterator[_Told]:
    if any_of(_CHANNEL, passage.title.replace("平台建设", "")):
        return
    for statement in passage.statements:
        for quantity in statement.quantities:
            if quantity.kind != "count" or "信息" not in quantity.subject or not any_of(_WHOLE, quantity.subject):
                continue
            said = None if OTHER_YEARS(quantity.subject) else _TOTAL.compiled.fullmatch(quantity.subject)
            if said is None or any_of(_CHANNEL, statement.text[: quantity.start - statement.start]):
                continue
            if says_nothing_else(said["rest"], passage.setting) and not passage.setting.is_other_year(quantity.before):
                yield _Told(("公开信息", quantity.unit), passage, quantity)


def _without_table(report: Report, passage: Passage) -> Iterator[_Told]:
    for _, claim in passage.claims:
        if not claim.sure or claim.relation != "=":
            continue
        try:
            for path in claim.paths:
                figure(report, path)
        except NotAssessable:
            yield _Told(claim.paths, passage, claim.quantity)


def _in_the_same_words(passage: Passage) -> Iterator[_Told]:
    """What no table and no list has, by all that is said of it."""
    bound = {claim.quantity.start for _, claim in passage.claims}
    bound |= {part.start for _, listing in passage.listings for part in listing.parts}
    for statement in passage.statements:
        for quantity in statement.quantities:
            if quantity.start in bound or quantity.kind not in ("count", "amount") or not (quantity.unit and quantity.exact):
                continue
            if len(quantity.subject) < _LEAST:
                continue
            if (
                any_of(_OF_A_TIME, quantity.before)
                or OTHER_YEARS(quantity.before)
                or passage.setting.is_other_year(quantity.before)
            ):
                continue
            words = fillers.rest(fillers.without_year(quantity.subject), passage.setting.body)
            if len(words) >= _LEAST:
                yield _Told((words, quantity.unit), passage, quantity, sure=False)


RULES = [twice]
