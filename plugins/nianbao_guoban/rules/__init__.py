"""Plugin ``guoban``: what the prose of a report says against its tables (rules of the family P, T4-WIN-CLAIM, X-GROWTH)."""

from __future__ import annotations

from collections.abc import Iterable

from nianbao import Rule, Standard, hookimpl


@hookimpl
def rules(standard: Standard) -> Iterable[Rule]:
    """The rules for a standard that has the notice's tables; none for another."""
    from nianbao_guoban.rules import claims, endings, fees, growth, lists, shares, twice, wording

    if not {"requests.new", "disputes.review"} <= standard.nodes.keys():
        return []
    families = (claims, endings, fees, growth, lists, shares, twice, wording)
    return [rule for family in families for rule in family.RULES]
