"""Wholes that prose gives behind their parts: 建议132件、提案145件，合计277件."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from nianbao.prose import any_of
from nianbao_guoban.quantities.exempt import flat
from nianbao_guoban.quantities.lists import Listing
from nianbao_guoban.quantities.reading import Quantity, Statement
from nianbao_guoban.quantities.words import Words

_WHOLE = Words(r"(?:^|[，,；;。:：(])\s*(?:以上|上述)?[两三四五二]?[者项类]?(?:合计|共计|总计|共)[为达是有]?\s*$", "计", "共")
_ABOVE = ("以上", "上述")


def sums(statement: Statement, before: Statement | None) -> Iterator[Listing]:
    """The lists of a sentence whose whole comes last; 以上合计 is of the sentence ``before``.

    Of the numbers before it those count that stand next to it: as many as make the whole, else all of its unit.
    """
    if not any_of(_WHOLE.needs, statement.text):
        return
    for at, head in enumerate(statement.quantities):
        if head.kind not in ("count", "amount") or not (head.unit and head.exact) or not _WHOLE(head.before):
            continue
        of, told = statement, statement.quantities[:at]
        if not told and before is not None and any_of(_ABOVE, head.before):
            of, told = before, before.quantities
        parts = [*_beside(of, told, head)]
        adds_up = any(map(head.may_be, itertools.accumulate(part.value for part in parts)))
        if len(parts) > 1 and not adds_up:
            yield Listing(head, tuple(reversed(parts)), closed=True, sure=False)


def _beside(statement: Statement, told: tuple[Quantity, ...], head: Quantity) -> Iterator[Quantity]:
    """The exact numbers of one unit that lead up to a whole, the nearest first; what brackets tell of them is left out."""
    text = flat(statement.text)
    for part in reversed(told):
        behind = text[part.end - statement.start : head.start - statement.start if of_same(statement, head) else None]
        if behind.count(")") > behind.count("("):
            continue
        if (part.unit, part.kind) != (head.unit, head.kind) or not part.exact:
            return
        yield part


def of_same(statement: Statement, quantity: Quantity) -> bool:
    """Whether a quantity stands in a sentence."""
    return statement.start <= quantity.start < statement.start + len(statement.text)
