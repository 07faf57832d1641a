"""Lists in prose: what 其中 takes apart, closed or open, nested in brackets; what is told by place or body."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Literal, NamedTuple

from nianbao.prose import any_of, cut
from nianbao_guoban.quantities.exempt import flat
from nianbao_guoban.quantities.reading import Quantity, Statement, without_gaps
from nianbao_guoban.quantities.words import Words

_MARKER = Words(
    r"其中|(?<=[件条份篇个家])[^\d，,；;。:：()、其]{0,8}中(?=[，,：:]|[^\d，,；;。()]{1,6}\d)|(?:分别|具体)(?:为|是)(?=[^\d，,；;])|包括|(?<=[条件份篇])\s*[：:](?!\s*(?:其中|包括))",
    "中",
    "分别",
    "具体",
    "包括",
    "：",
    ":",
)
_CLEAR = ("其中", "包括", "：", ":")
_ENDS = Words(
    r"另有?|此外|同时|还(?!款|原)|并(?!联|案)|(?:^|[，,；;])\s*(?:合计|总计|共|累计|全年)",
    "另", "此外", "同时", "还", "并", "合计", "总计", "共", "累计", "全年",
)  # fmt: skip
_ALIKE = frozenset(("条", "件", "份", "篇", "则", "件次", "条次", "篇次", ""))  # units that one list mixes: 信息10条，其中文件2件
_OPEN = Words(
    r"(?<![平高中初对均同优])等(?![级于候待同量额])|主要|包括|包含|含|例如|比如|涉及|重点|之一|以[^，。]{1,8}为主",
    "等", "主要", "包", "含", "例如", "比如", "涉及", "重点", "之一", "为主",
)  # fmt: skip
_NOT_EXCLUSIVE = ("转发", "转载", "同步", "推送", "同时", "重复", "兼", "交叉", "累计")
_CHANGED = Words(r"(?:[比较]|同比|环比)[^，,；;]*", "比", "较")
_LETTERS = re.compile(r"[^\W\d_]{5,}")
_REGIONS = ("区", "县", "市", "镇", "乡", "街道", "旗", "委", "局", "办", "厅", "中心", "管委会", "部门")
_BY_REGION = Words(
    r"分(?:地区|区域|县区|区县|单位|部门|镇街|乡镇)|[按从](?:地区|区域|地域|单位|部门|行政区划|县区|区县|镇街)|(?:地区|区域|地域)分布",
    "地区", "区域", "地域", "县区", "区县", "单位", "部门", "镇街", "乡镇", "行政区划",
)  # fmt: skip
_LONGEST_PLACE = 8
_OPENING = ("(", "（")
_JOINED = ("、", "和", "及")
_SAID_IN_BRACKETS = (*tuple("其含包注占同较比约另第"), "结转", "上年")  # what is no bare list of parts: 4篇（文字2篇、图解2篇）


class Listing(NamedTuple):
    """A whole and the parts that a sentence names of it.

    ``closed``: the parts are said to be all of it. ``sure``: they are exact, of one unit, exclude each other, and no other
    whole is likely. ``kind``: 其中, or region (by place or body). ``following`` are numbers of the sentences behind it, which
    may go on with the list.
    """

    head: Quantity | None
    parts: tuple[Quantity, ...]
    closed: bool
    sure: bool
    kind: Literal["其中", "region"] = "其中"
    following: tuple[Quantity, ...] = ()

    @property
    def total(self) -> Decimal:
        """What the parts add up to."""
        return sum((part.value for part in self.parts), Decimal(0))

    @property
    def is_near(self) -> bool:
        """Whether the parts are most of the whole: few parts are examples of it."""
        return self.head is not None and 2 * self.total >= self.head.value

    @property
    def adds_up(self) -> bool:
        """Whether the parts, or the first of them, or they and some that follow, are the whole."""
        head, told = self.head, (*self.parts, *self.following)
        sums = itertools.accumulate(part.value for part in told)
        # A list does not end where the next part is joined to it: a、b、c
        goes_on = (*(part.before.startswith(_JOINED) and at < len(self.parts) for at, part in enumerate(told[1:], 1)), False)
        return head is not None and any(head.may_be(total) for total, more in zip(sums, goes_on, strict=True) if not more)


class _Text:
    """A sentence as a list is looked for in it: how deep in brackets each letter stands, and where lists begin."""

    def __init__(self, statement: Statement, before: Statement | None) -> None:
        self.statement, self.before, self.text = statement, before, flat(statement.text)
        self.brackets = "(" in self.text or ")" in self.text
        self.depths = list(_depths(self.text)) if self.brackets else [0] * len(self.text)
        self.markers = list(_MARKER.all(self.text))

    def at_depth(self, start: int, stop: int, depth: int) -> str:
        """The words of a stretch that stand at one depth."""
        if not self.brackets:
            return self.text[start:stop]
        return "".join(
            letter for letter, deep in zip(self.text[start:stop], self.depths[start:stop], strict=True) if deep == depth
        )

    def to_stop(self, start: int) -> str:
        """The words up to the next stop."""
        return cut(self.text[start:], "，,；;。()")[0]

    def at(self, quantity: Quantity) -> int:
        """Where a quantity stands in the sentence."""
        return quantity.start - self.statement.start


def _depths(text: str) -> Iterator[int]:
    depth = 0
    for letter in text:
        depth += letter == "("
        yield depth
        depth -= letter == ")"


def listings(statement: Statement, before: Statement | None = None, after: Sequence[Statement] = ()) -> list[Listing]:
    """The lists of a sentence, in order; 其中 at its start takes apart what the sentence ``before`` told.

    A list may go on in the sentences ``after`` it.
    """
    if not statement.quantities:
        return []
    bracketed = [*_bracketed(statement)] if len(statement.quantities) > 2 else []
    if any_of(_MARKER.needs, statement.text):
        told = _Text(statement, before)
        found = [listing for marker in told.markers if (listing := _listing(told, marker)) is not None]
        if found:
            found[-1] = found[-1]._replace(following=tuple(_going_on(found[-1], after)))
            return found + bracketed
    listing = _by_region(statement, flat(statement.text)) if len(statement.quantities) > 2 else None
    return [listing] if listing else bracketed


def _bracketed(statement: Statement) -> Iterator[Listing]:
    """The bare lists in brackets right behind their whole: 4篇（文字解读2篇、图解2篇）."""
    for head in statement.quantities:
        at = head.end - statement.start
        if statement.text[at : at + 1] not in _OPENING or head.kind != "count" or not head.unit:
            continue
        text = flat(statement.text)
        said = text[at + 1 : text.find(")", at)]
        if said.startswith(_SAID_IN_BRACKETS) or any_of(("结转", "其中"), said):
            continue
        listing = _of(head, _Text(statement, None), (at, at + 1))
        if listing is not None and len(listing.parts) > 1:
            yield listing._replace(sure=False)


def _going_on(listing: Listing, after: Sequence[Statement]) -> Iterator[Quantity]:
    """The first number of each sentence that follows, where it could be a part."""
    for statement in after:
        first = next(iter(statement.quantities), None)
        if first is None or listing.head is None or first.kind != listing.head.kind or _MARKER(first.before):
            return
        yield first


def _listing(told: _Text, marker: tuple[int, int]) -> Listing | None:
    """The list that begins at a marker. Of several wholes that it may take apart, the one that it adds up to."""
    statement, before = told.statement, told.before
    depth = told.depths[marker[0]]
    outer = [q for q in statement.quantities if q.end <= statement.start + marker[0] and q.kind in ("count", "amount") and q.unit
             and told.depths[told.at(q)] <= depth]  # fmt: skip
    opening = not told.text[: marker[0]].strip("（(“ \n")
    heads = outer[-1:] or [q for q in before.quantities if q.kind in ("count", "amount")] if before and opening else outer[-1:]
    options = [one for head in reversed(heads) if (one := _of(head, told, marker))]
    if len(options) > 1:
        options = [one._replace(sure=False) for one in options]
    largest = max(options, key=lambda one: one.head.value if one.head else 0, default=None)
    return next((one for one in options if one.adds_up), largest)


def _of(head: Quantity, told: _Text, marker: tuple[int, int]) -> Listing | None:
    parts = tuple(_parts(told, marker, head))
    if not parts:
        return None
    start, end = marker
    depth, last = told.depths[start], parts[-1].end - told.statement.start
    between = told.text[head.end - told.statement.start : start] if head.start >= told.statement.start else ""
    said = told.at_depth(start, last, depth) + told.to_stop(last)
    nested = any(stop <= told.at(head) and told.depths[begin] == depth for begin, stop in told.markers)
    sure = (
        told.text[start:end].strip() in _CLEAR
        and not nested
        and not _LETTERS.search(_CHANGED.compiled.sub("", between) if any_of(_CHANGED.needs, between) else between)
        and not any_of(_NOT_EXCLUSIVE, said)
        and all(quantity.exact for quantity in (head, *parts))
        and all(part.unit == head.unit for part in parts)
    )
    marker_says = told.text[start:end]  # of 16件申请中 only some may be told
    within = (q for q in told.statement.quantities if parts[0].start < q.start < parts[-1].start and q not in parts)
    mixed = head.kind == "count" and any(
        q.kind == "count" and told.depths[told.at(q)] == depth for q in within
    )  # 文件3件、调查16期、简讯9条
    closed = (
        not mixed
        and not _OPEN(said)
        and not (len(parts) == 1 and marker_says == "其中")
        and (marker_says == "其中" or marker_says[-1] != "中")
    )
    return Listing(head, parts, closed, sure)


def _parts(told: _Text, marker: tuple[int, int], head: Quantity) -> Iterator[Quantity]:
    """The quantities like the head that follow at the marker's depth, up to where the list ends."""
    start, end = marker
    depth, last = told.depths[start], end
    by_semicolon = told.text[end : end + 1] in tuple("：:，,") or start == 0
    for quantity in told.statement.quantities:
        at = told.at(quantity)
        if at < end:
            continue
        passed = told.at_depth(last, at, depth)
        if min(told.depths[last : at + 1], default=depth) < depth or (not by_semicolon and ("；" in passed or ";" in passed)):
            return
        if told.depths[at] > depth:
            continue
        if last > end and (_ENDS(passed) or _MARKER(passed)):
            return
        last = quantity.end - told.statement.start
        if quantity.kind == head.kind and (quantity.unit == head.unit or {quantity.unit, head.unit} <= _ALIKE):
            yield quantity


def _by_region(statement: Statement, text: str) -> Listing | None:
    """A list whose parts are places or bodies: 甲区3件、乙县2件、丙镇1件; said to be by region, their names may be any."""
    by_region = _BY_REGION(text)

    def is_place(quantity: Quantity) -> bool:
        name = quantity.subject.strip("、：: ")
        is_told = by_region is not None and quantity.start - statement.start > by_region[1] and len(name) <= _LONGEST_PLACE
        return name.endswith(_REGIONS) or is_told

    runs = [list(group) for named, group in itertools.groupby(statement.quantities, is_place) if named]
    parts: Sequence[Quantity] = max(runs, key=len, default=[])
    if len(parts) < 3 or len({(part.unit, part.kind) for part in parts}) > 1 or parts[0].kind not in ("count", "amount"):
        return None
    others = [q for q in statement.quantities if q.start < parts[0].start and (q.unit, q.kind) == (parts[0].unit, parts[0].kind)]
    last = parts[-1].end - statement.start
    told = text[parts[0].start - statement.start : last] + cut(text[last:], "，,；;。()")[0]
    head = others[-1] if others else None
    sure = head is not None and by_region is not None and all(q.exact for q in (head, *parts))
    return Listing(head, tuple(parts), not _OPEN(told), sure, "region")


_AND = re.compile(r"\s*(?:、|和|及|与|以及|,|，)\s*")
_EACH = re.compile(r"(.+?)(?:件数|数量|数)?分别(?:为|是|有|达)?\s*")


def distributed(statement: Statement) -> Statement:
    """A sentence in which 甲、乙、丙分别为 a、b、c件 gives each number the name that is its own, and the unit that is said once."""
    if all(quantity.unit and "分别" not in quantity.subject for quantity in statement.quantities):
        return statement
    made = list(statement.quantities)
    for at in range(len(made) - 2, -1, -1):
        following = made[at + 1]
        if not made[at].unit and made[at].kind == "count" and _AND.fullmatch(following.before):
            made[at] = made[at]._replace(unit=following.unit, kind=following.kind)
    for at, quantity in enumerate(made):
        said = _EACH.fullmatch(quantity.subject) if "分别" in quantity.subject else None
        names = [name for name in re.split(r"、|和|与|以及|及", said[1]) if name.strip()] if said else []
        run = made[at : at + len(names)]
        if said and len(names) > 1 and len(run) == len(names) and all(_AND.fullmatch(q.before) for q in run[1:]):
            made[at : at + len(names)] = [
                one._replace(subject=without_gaps(name.strip()), before=said[1]) for one, name in zip(run, names, strict=True)
            ]
    return statement._replace(quantities=tuple(made))
