"""The exact numbers of a passage as another plugin may ask for them: what each counts, and of which parts it is the sum."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from nianbao import Counted, Passage, Standard
from nianbao_guoban.quantities.binding import Setting, claims
from nianbao_guoban.quantities.exempt import flat
from nianbao_guoban.quantities.lists import distributed, listings
from nianbao_guoban.quantities.reading import Quantity, statements

_DIGITS = re.compile(r"[0-9]+(?:\.[0-9]+)?")


def counted(standard: Standard, passage: Passage, year: int, body: str) -> Iterator[Counted]:
    """The numbers in digits of a passage, in order."""
    setting = Setting(passage.section, passage.path, year, body)
    told = [distributed(one) for one in statements(passage.text, passage.facts)]
    said = {claim.quantity.start: claim for one in told for claim in claims(standard, one, setting)}
    parts: dict[int, tuple[Quantity, ...]] = {}
    listed: set[int] = set()
    for before, one in zip([None, *told], told, strict=False):
        for listing in listings(one, before):
            head, below = listing.head, listing.parts
            listed |= {each.start for each in (head, *below) if each}
            if head and head.exact and len(below) > 1 and all(part.exact for part in below) and listing.total == head.value > 0:
                parts.setdefault(head.start, below)
    text = flat(passage.text)
    for quantity in (quantity for one in told for quantity in one.quantities):
        if quantity.exact and quantity.kind in ("count", "amount") and (digits := _digits(text, quantity)):
            claim = said.get(quantity.start)
            starts = tuple(found.start() for part in parts.get(quantity.start, ()) if (found := _digits(text, part)))
            paths = claim.paths if claim and claim.relation == "=" else ()
            yield Counted(
                *digits.span(),
                quantity.unit,
                quantity.subject,
                paths,
                bool(claim and claim.sure),
                starts,
                quantity.start in listed,
            )


def _digits(text: str, quantity: Quantity) -> re.Match[str] | None:
    """The digits of a number that is written as it is, or in 万元; 3.5万条 has none."""
    found = _DIGITS.search(text, quantity.start, quantity.end)
    times = 10_000 if quantity.unit == "元" and "万" in text[quantity.start : quantity.end] else 1
    return found if found and Decimal(found[0]) * times == quantity.value else None
