"""Plugin ``guoban``: the rules of the notice. Tables by themselves (T), against last year's (X), against the prose (P); structure (S), dates (D)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from nianbao import Rule, Standard, hookimpl

if TYPE_CHECKING:
    from nianbao import Counted, Passage


@hookimpl
def counted(standard: Standard, passage: Passage, year: int, body: str) -> Iterable[Counted]:
    """What the numbers of a passage count, by the words of the notice's tables."""
    from nianbao_guoban.quantities.counted import counted

    return list(counted(standard, passage, year, body)) if "requests.new" in standard.nodes else []


@hookimpl
def rules(standard: Standard) -> Iterable[Rule]:
    """The rules for a standard that has the notice's tables; none for another."""
    from nianbao_guoban.rules import (
        amounts,
        applications,
        authority,
        cases,
        cells,
        citations,
        claims,
        dates,
        duties,
        endings,
        fees,
        growth,
        likeness,
        lists,
        shares,
        structure,
        twice,
        wording,
        years,
    )

    if not {"requests.new", "disputes.review"} <= standard.nodes.keys():
        return []
    of_tables = (cells, applications, cases, amounts, authority, years, likeness)
    of_prose = (claims, endings, fees, growth, lists, shares, twice, wording)
    of_structure = (structure, duties, citations, dates)
    families = (*of_tables, *of_prose, *of_structure)
    return [rule for family in families for rule in family.RULES]
