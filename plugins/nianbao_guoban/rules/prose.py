"""The prose of a report, read once for all rules: its passages, what they claim, and how a claim is compared with the facts."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from nianbao import Found, NotAssessable
from nianbao.prose import Passage as Plain
from nianbao.tree import bare
from nianbao_guoban.quantities.binding import Binder, Claim, Setting, binder
from nianbao_guoban.quantities.denials import Denial, denials
from nianbao_guoban.quantities.lists import Listing, distributed, listings
from nianbao_guoban.quantities.reading import Statement, statements

if TYPE_CHECKING:
    from nianbao import Report

_YUAN = {"万元": 10_000, "亿元": 10**8}
Remedy = tuple[str, str]


@dataclass(frozen=True)
class Passage(Plain):
    """A part of a report, read: its sentences, their quantities, and what these claim of the standard's cells."""

    setting: Setting = field(default_factory=Setting)
    binder: Binder | None = None

    @cached_property
    def statements(self) -> list[Statement]:
        """Its sentences with their quantities."""
        return [distributed(statement) for statement in statements(self.text, self.facts)]

    @cached_property
    def claims(self) -> list[tuple[Statement, Claim]]:
        """What its quantities say of cells of the standard."""
        if self.binder is None:
            return []
        return [(one, claim) for one in self.statements for claim in self.binder.claims(one, self.setting)]

    @cached_property
    def listings(self) -> list[tuple[Statement, Listing]]:
        """Its lists of parts."""
        before = [None, *self.statements]
        return [(one, listing) for last, one in zip(before, self.statements, strict=False) for listing in listings(one, last)]

    @cached_property
    def denials(self) -> list[Denial]:
        """What it says in words that there was none of."""
        return list(denials(self.text, self.setting))


_read: weakref.WeakKeyDictionary[Report, list[Passage]] = weakref.WeakKeyDictionary()


def passages(report: Report) -> list[Passage]:
    """The parts of a report, read once for all rules. Raises NotAssessable where it has none."""
    if report not in _read:
        edition, known = report.edition, binder(report.standard)
        _read[report] = [
            Passage(**vars(each), setting=Setting(each.section, each.path, edition.year, edition.jurisdiction.name), binder=known)
            for each in report.passages
        ]
    return _read[report]


def figure(report: Report, path: str) -> Decimal:
    """A figure by its path, money in 元. Raises NotAssessable where it is absent."""
    value = Decimal(report[path])
    return value * _YUAN.get(report.facts.node(path).unit, 1)


Excuse = Callable[[Passage, Statement, Claim], Remedy | bool]


def contradicted(
    report: Report, wanted: Callable[[Claim], bool], excuse: Excuse | None = None, *, denied: Callable[[str], bool] | None = None
) -> Iterator[Found]:
    """The claims of a report's prose that its facts contradict.

    ``wanted`` says which claims, ``denied`` the cells of which it may be said that there were none. ``excuse`` is asked
    about a number that differs: True lets it pass, two texts make it a warning that says them. Raises NotAssessable where
    each of the facts is absent.
    """
    absent = assessed = False
    for passage in passages(report):
        for statement, claim in passage.claims:
            if not wanted(claim):
                continue
            try:
                value = sum((figure(report, path) for path in claim.paths), Decimal(0))
                assessed = True
                if not _agrees(claim, value):
                    yield from _contradiction(report, passage, statement, claim, value, excuse)
            except NotAssessable:
                absent = True
        for denial in passage.denials if denied else ():
            for path in filter(denied, denial.paths):
                try:
                    value, assessed = figure(report, path), True
                    if value:
                        yield _denied(report, passage, denial, path)
                except NotAssessable:
                    absent = True
    if absent and not assessed:
        raise NotAssessable("the figures that the prose speaks of")


def _agrees(claim: Claim, value: Decimal) -> bool:
    quantity = claim.quantity
    if claim.relation == "<=":
        return quantity.bound == "<" or quantity.value <= value
    return quantity.fact in claim.paths or quantity.may_be(value)


def _contradiction(
    report: Report, passage: Passage, statement: Statement, claim: Claim, value: Decimal, excuse: Excuse | None
) -> Iterator[Found]:
    excused = excuse(passage, statement, claim) if excuse else False
    if excused is True:
        return
    quantity, path = claim.quantity, claim.paths[0]
    sure = claim.sure and quantity.fact not in report.facts.named and quantity.bound != "~"
    shown = passage.shown(quantity.start, quantity.end)
    what = (
        f"{passage.title}“{shown}”{'' if sure else '可能'}与表不符",
        f"“{shown}” in {passage.title} {'contradicts' if sure else 'may contradict'} the table",
    )
    if isinstance(excused, tuple):
        what, sure = (f"{what[0]}：{excused[0]}", f"{what[1]}: {excused[1]}"), False
    if quantity.fact and quantity.fact not in claim.paths:
        name = bare(report.facts.node(quantity.fact).label)
        what = (f"{what[0]}（句子里用的是“{name}”的数）", f"{what[1]} (the sentence takes the figure of “{name}”)")
    expected = f"{'≤ ' if claim.relation == '<=' else ''}{plain(value)}"
    if len(claim.paths) > 1:
        terms = " + ".join(f"{named(report, one)} {plain(figure(report, one))}" for one in claim.paths)
        expected = f"{expected} = {terms}"
    yield Found(path, expected, quantity.text, passage.place, what, correct(report, claim.paths), "error" if sure else "warning")


def _denied(report: Report, passage: Passage, denial: Denial, path: str) -> Found:
    sure = denial.sure
    what = (
        f"{passage.title}写“{denial.words}”，{'' if sure else '可能'}与表不符",
        f"“{denial.words}” in {passage.title} {'contradicts' if sure else 'may contradict'} the table",
    )
    mend = ("改正这句话，或核对表中的数。", "Correct the sentence, or check the table.")
    return Found(path, plain(figure(report, path)), "0", passage.place, what, mend, "error" if sure else "warning")


def correct(report: Report, paths: tuple[str, ...]) -> Remedy:
    """How to mend a number in a sentence."""
    name = "、".join(f"{{{{ {named(report, path)} }}}}" for path in paths)
    return (f"核对后改正句子或表；句子里最好写 {name}。", f"Correct the sentence or the table; best write {name} in it.")


def named(report: Report, path: str) -> str:
    """The name by which a sentence can call a figure."""
    node = report.facts.node(path)
    name = node.short or bare(node.label)
    if node.parent is not None and (node.row and node.row != path or node.parent.tabular and not node.parent.grouping):
        return f"{node.parent.short or bare(node.parent.label)}.{name}"
    return name


def plain(value: Decimal) -> str:
    """A number without an exponent or idle zeros."""
    return format(value.normalize(), "f")
