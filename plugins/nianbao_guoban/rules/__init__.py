"""Plugin ``guoban``: prose against tables (P-, and T4-WIN-CLAIM), and what the notice asks of a report's structure (S-)."""

from __future__ import annotations

from collections.abc import Iterable

from nianbao import Rule, Standard, hookimpl


@hookimpl
def rules(standard: Standard) -> Iterable[Rule]:
    """The rules for a standard that has the notice's tables; none for another."""
    from nianbao_guoban.rules import citations, disclosure, disputes, duties, lists, requests, shares, structure, wording

    if not {"requests.new", "disputes.review"} <= standard.nodes.keys():
        return []
    families = (requests, disputes, disclosure, lists, shares, wording, structure, duties, citations)
    return [rule for family in families for rule in family.RULES]
