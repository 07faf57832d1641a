"""Whether the parts that prose names of a whole add up (P-SUM, P-REGION)."""

from __future__ import annotations

from collections.abc import Iterator

from nianbao import Found, Report, rule
from nianbao_guoban.quantities.lists import Listing
from nianbao_guoban.quantities.reading import Quantity, Statement
from nianbao_guoban.rules.prose import Passage, passages, plain


@rule("P-SUM", "error", basis="数字自洽", zh="其中各项之和与总数不符", en="the parts of a whole do not add up",
      mend=("核对总数和各项；没有列全的写“等”。", "Check the whole and its parts; write 等 where there are more."))  # fmt: skip
def parts(report: Report) -> Iterator[Found]:
    """A n 条，其中 a、b、c: never more than n; less only where the list is open (等, 主要, 包括)."""
    for passage in passages(report):
        for _, listing in passage.listings:
            if listing.kind == "其中" and listing.head is not None and not listing.adds_up:
                yield from _compare(passage, listing, listing.head, equal=False)


@rule("P-REGION", "error", basis="数字自洽", zh="分地区或分单位的数之和与总数不符", en="the numbers of places or bodies do not add up to the whole",
      mend=("核对总数和各地各单位的数；没有列全的写“等”。", "Check the whole and its parts; write 等 where there are more."))  # fmt: skip
def regions(report: Report) -> Iterator[Found]:
    """甲区 a 件、乙县 b 件、丙镇 c 件: together what was told before."""
    for passage in passages(report):
        for statement, listing in passage.listings:
            if listing.kind != "region":
                continue
            head = listing.head or _told_before(passage, statement, listing.parts[0])
            if head is not None and not head.may_be(listing.total):
                yield from _compare(passage, listing._replace(head=head), head, equal=listing.sure)


def _told_before(passage: Passage, statement: Statement, part: Quantity) -> Quantity | None:
    before = [q for one in passage.statements if one.start < statement.start for q in one.quantities]
    return next((q for q in reversed(before) if (q.unit, q.kind) == (part.unit, part.kind)), None)


def _compare(passage: Passage, listing: Listing, head: Quantity, *, equal: bool) -> Iterator[Found]:
    known = [part for part in listing.parts if part.bound in ("", ">")]
    least = sum(part.value for part in known)
    slack = head.slack
    over = head.bound in ("", "<") and least > head.value + slack
    under = (
        listing.closed
        and head.exact
        and all(part.exact for part in listing.parts)
        and listing.total < head.value - slack
        and (equal or listing.is_near)
    )
    if not (over or under):
        return
    terms = " + ".join(plain(part.value) for part in listing.parts)
    shown = passage.shown(head.start, head.end)
    zh, en = ("超过总数", "more than") if over else ("少于总数", "less than")
    what = (f"{passage.title}“{shown}”：各项之和{zh}", f"“{shown}” in {passage.title}: the parts are {en} the whole")
    found = terms if len(listing.parts) == 1 else f"{plain(listing.total)} = {terms}"
    sure = listing.sure and (over or equal)
    yield Found(passage.path, plain(head.value), found, passage.place, what, severity="error" if sure else "warning")


RULES = [parts, regions]
