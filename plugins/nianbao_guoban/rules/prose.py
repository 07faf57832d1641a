"""The prose of a report, read once for all rules: its passages, what they claim of the standard's cells, the words around a place."""

from __future__ import annotations

import contextlib
import re
import weakref
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from nianbao import NotAssessable
from nianbao.prose import Passage as Plain
from nianbao.prose import clause
from nianbao.tree import bare
from nianbao_guoban.quantities.binding import Claim, Setting, claims
from nianbao_guoban.quantities.denials import Denial, denials
from nianbao_guoban.quantities.lists import Listing, distributed, listings
from nianbao_guoban.quantities.reading import Span, Statement, statements
from nianbao_guoban.quantities.sums import sums

if TYPE_CHECKING:
    from nianbao import Report

_YUAN = {"万元": 10_000, "亿元": 10**8}
_AHEAD = 3  # sentences over which a list may go on
Remedy = tuple[str, str]


class Passage:
    """A part of a report, read: its ``text`` without the gaps that a PDF leaves within words, its sentences and their
    quantities, and what these claim of the standard's cells.
    """

    def __init__(self, plain: Plain, report: Report) -> None:
        edition = report.edition
        self.path, self.title, self.place = plain.path, plain.title, plain.place
        self.setting = Setting(plain.section, plain.path, edition.year, edition.jurisdiction.name)
        self.text, self.facts = compact(plain.text, plain.facts or {})
        self._standard = report.standard

    @cached_property
    def statements(self) -> list[Statement]:
        """Its sentences with their quantities; none where it has no number."""
        return [distributed(statement) for statement in statements(self.text, self.facts)]

    @cached_property
    def claims(self) -> list[tuple[Statement, Claim]]:
        """What its quantities say of cells of the standard."""
        return [(one, claim) for one in self.statements for claim in claims(self._standard, one, self.setting)]

    @cached_property
    def denials(self) -> list[Denial]:
        """What it says there was none of."""
        return list(denials(self.text, self.setting))

    @cached_property
    def listings(self) -> list[tuple[Statement, Listing]]:
        """Its lists of parts."""
        told = self.statements
        before = [None, *told]
        return [(one, listing) for at, one in enumerate(told)
                for listing in (*listings(one, before[at], told[at + 1 : at + 1 + _AHEAD]), *sums(one, before[at]))]  # fmt: skip

    def shown(self, start: int, end: int) -> str:
        """The clause around a place, as a message repeats it."""
        return clause(self.text, start, end)


_GAP = re.compile(r"\s+")
_ENDS = tuple("。！？；：!?;:")
_NUMBERS = tuple("一二三四五六七八九十123456789（(")


def compact(text: str, facts: Mapping[Span, str]) -> tuple[str, Mapping[Span, str]]:
    """A text without the spaces and line breaks within its sentences, and where its facts stand then.

    A line ends a paragraph where it ends with a stop, or what follows is blank or numbered.
    """
    kept, gaps, last = [], [], 0
    for gap in _GAP.finditer(text):
        start, end = gap.span()
        stays = _stays(text, start, end)
        if stays != gap[0]:
            kept += [text[last:start], stays]
            gaps.append((end, end - start - len(stays)))
            last = end
    if not gaps:
        return text, facts

    def moved(at: int) -> int:
        return at - sum(length for end, length in gaps if end <= at)

    return "".join((*kept, text[last:])), {(moved(start), moved(end)): path for (start, end), path in facts.items()}


def _stays(text: str, start: int, end: int) -> str:
    before, after, gap = text[start - 1 : start], text[end : end + 1], text[start:end]
    if not before or not after:
        return gap
    if before.isdecimal() and after.isdecimal() and _groups_thousands(text, start, end):
        return ""
    numbered = after in _NUMBERS and any(mark in text[end : end + 5] for mark in "、）).．")
    if "\n" in gap and (before in _ENDS or gap.count("\n") > 1 or numbered):
        return "\n"
    return " " if before.isascii() and after.isascii() else ""


_LEAD = re.compile(r"(?<![\d.])[1-9]\d{0,2}(?:\s+\d{3})*$")
_THOUSANDS = re.compile(r"\d{3}(?!\d)")


def _groups_thousands(text: str, start: int, end: int) -> bool:
    """Whether a gap parts the thousands of one number: 9 872."""
    return bool(_THOUSANDS.match(text, end) and _LEAD.search(text[max(start - 16, 0) : start]))


class _Prose:
    """All that a report says."""

    def __init__(self, report: Report) -> None:
        self.passages = [Passage(each, report) for each in report.passages]

    @cached_property
    def claims(self) -> list[tuple[Passage, Statement, Claim]]:
        return [(passage, *claim) for passage in self.passages for claim in passage.claims]


_read: weakref.WeakKeyDictionary[Report, _Prose] = weakref.WeakKeyDictionary()


def _prose(report: Report) -> _Prose:
    if report not in _read:
        _read[report] = _Prose(report)
    return _read[report]


def passages(report: Report) -> list[Passage]:
    """The parts of a report, read once for all rules. Raises NotAssessable where it has none."""
    return _prose(report).passages


def all_claims(report: Report) -> list[tuple[Passage, Statement, Claim]]:
    """What the prose of a report claims of cells. Raises NotAssessable where it has none."""
    return _prose(report).claims


def figure(report: Report, path: str) -> Decimal:
    """A figure by its path, money in 元. Raises NotAssessable where it is absent."""
    return Decimal(report[path]) * in_yuan(report, path)


def present(report: Report, paths: Iterable[str], lacking: str) -> dict[str, Decimal]:
    """Those of some figures that are there. Raises NotAssessable of what is ``lacking`` where none is."""
    found = {}
    for path in paths:
        with contextlib.suppress(NotAssessable):
            found[path] = figure(report, path)
    if not found:
        raise NotAssessable(lacking)
    return found


def in_yuan(report: Report, path: str) -> int:
    """How many 元 one of a figure is; 1 where it is no money."""
    return _YUAN.get(report.facts.node(path).unit, 1)


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
