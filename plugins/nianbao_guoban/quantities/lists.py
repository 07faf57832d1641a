"""Lists in prose: what 其中 takes apart, closed or open, nested in brackets; what is told by place or body."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from nianbao_guoban.quantities.exempt import flat
from nianbao_guoban.quantities.reading import Quantity, Statement

_MARKER = re.compile(r"其中|(?:分别|具体)(?:为|是)(?=[^\d，,；;])|包括|(?<=[条件份篇])\s*[：:](?!\s*(?:其中|包括))")
_CLEAR = re.compile(r"其中|包括|\s*[：:]")
_ENDS = re.compile(r"另有?|此外|同时|还(?!款|原)|并(?!联|案)|(?:^|[，,；;])\s*(?:合计|总计|共|累计|全年)")
_ALIKE = frozenset(("条", "件", "份", "篇", "个", "则", ""))  # units that one list mixes: 信息10条，其中文件2件
_OPEN = re.compile(r"(?<![平高中初对均同优])等(?![级于候待同量额])|主要|包括|包含|含|例如|比如|涉及|重点|之一|以[^，。]{1,8}为主")
_NOT_EXCLUSIVE = re.compile(r"转发|转载|同步|推送|同时|重复|兼|交叉|累计")
_CHANGED = re.compile(r"(?:[比较]|同比|环比)[^，,；;]*")
_REGION = re.compile(r"(?:区|县|市|镇|乡|街道|旗)$|(?:委|局|办|厅|中心|管委会|部门)$")
_BY_REGION = re.compile(
    r"分(?:地区|区域|县区|区县|单位|部门|镇街|乡镇)|[按从](?:地区|区域|地域|单位|部门|行政区划|县区|区县|镇街)|(?:地区|区域|地域)分布"
)


@dataclass(frozen=True)
class Listing:
    """A whole and the parts that a sentence names of it.

    ``closed``: the parts are said to be all of it. ``sure``: they are exact, of one unit, exclude each other, and no other
    whole is likely. ``kind``: 其中, or region (by place or body).
    """

    head: Quantity | None
    parts: tuple[Quantity, ...]
    closed: bool
    sure: bool
    kind: Literal["其中", "region"] = "其中"

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
        """Whether the parts, or the first two or more of them, are the whole: what follows them is then another matter."""
        head = self.head
        return head is not None and any(head.may_be(total) for total in itertools.accumulate(part.value for part in self.parts))


def listings(statement: Statement, before: Statement | None = None) -> list[Listing]:
    """The lists of a sentence, in order; 其中 at its start takes apart what the sentence ``before`` told."""
    text = flat(statement.text)
    depths, depth = [], 0
    for letter in text:
        depth += letter == "("
        depths.append(depth)
        depth -= letter == ")"
    markers = list(_MARKER.finditer(text))
    found = [listing for marker in markers if (listing := _listing(statement, text, depths, marker, markers, before)) is not None]
    if not found and (listing := _by_region(statement, text)) is not None:
        found.append(listing)
    return found


def _listing(
    statement: Statement,
    text: str,
    depths: list[int],
    marker: re.Match[str],
    markers: list[re.Match[str]],
    before: Statement | None,
) -> Listing | None:
    depth, at = depths[marker.start()], statement.start + marker.start()
    told = [q for q in statement.quantities if q.end <= at and q.kind in ("count", "amount") and q.unit]
    outer = [q for q in told if depths[q.start - statement.start] <= depth]
    opening = not statement.quantities or not text[: marker.start()].strip("（(“ \n")
    if not outer and not (opening and before):
        return None
    heads = outer[-1:] or [q for q in before.quantities if q.kind in ("count", "amount")] if before else outer[-1:]
    options = [one for head in reversed(heads) if (one := _of(head, statement, text, depths, marker, markers))]
    if len(options) > 1:
        options = [replace(one, sure=False) for one in options]
    largest = max(options, key=lambda one: one.head.value if one.head else 0, default=None)
    return next((one for one in options if one.adds_up), largest)


def _of(
    head: Quantity,
    statement: Statement,
    text: str,
    depths: list[int],
    marker: re.Match[str],
    markers: list[re.Match[str]],
) -> Listing | None:
    depth = depths[marker.start()]
    parts = list(_parts(statement, text, depths, marker, head))
    if not parts:
        return None
    between = text[head.end - statement.start : marker.start()] if head.start >= statement.start else ""
    last = parts[-1].end - statement.start
    told = _at_depth(text, depths, marker.start(), last, depth) + _to_stop(text, last)
    begins = head.start - statement.start
    nested = any(other.end() <= begins and depths[other.start()] == depth for other in markers)
    sure = (
        bool(_CLEAR.fullmatch(marker[0]))
        and not nested
        and not re.search(r"[\u4e00-\u9fff]{5,}", _CHANGED.sub("", between))
        and not _NOT_EXCLUSIVE.search(told)
        and all(quantity.exact for quantity in (head, *parts))
        and all(part.unit == head.unit for part in parts)
    )
    closed = not _OPEN.search(told) and not (len(parts) == 1 and marker[0] == "其中")
    return Listing(head, tuple(parts), closed, sure)


def _parts(statement: Statement, text: str, depths: list[int], marker: re.Match[str], head: Quantity) -> Iterator[Quantity]:
    """The quantities like the head that follow at the marker's depth, up to where the list ends."""
    depth, last = depths[marker.start()], marker.end()
    by_semicolon = text[marker.end() : marker.end() + 1] in ("：", ":", "，", ",") or marker.start() == 0
    for quantity in statement.quantities:
        at = quantity.start - statement.start
        if at < marker.end():
            continue
        passed = _at_depth(text, depths, last, at, depth)
        if min(depths[last : at + 1], default=depth) < depth or (not by_semicolon and re.search(r"[；;]", passed)):
            return
        if depths[at] > depth:
            continue
        if last > marker.end() and (_ENDS.search(passed) or _MARKER.search(passed)):
            return
        last = quantity.end - statement.start
        if quantity.kind == head.kind and (quantity.unit == head.unit or {quantity.unit, head.unit} <= _ALIKE):
            yield quantity


def _at_depth(text: str, depths: list[int], start: int, stop: int, depth: int) -> str:
    return "".join(letter for letter, deep in zip(text[start:stop], depths[start:stop], strict=True) if deep == depth)


def _to_stop(text: str, start: int) -> str:
    return re.split(r"[，,；;。()]", text[start:], maxsplit=1)[0]


def _by_region(statement: Statement, text: str) -> Listing | None:
    """A list whose parts are places or bodies: 甲区3件、乙县2件、丙镇1件."""
    runs = [
        list(group) for named, group in itertools.groupby(statement.quantities, lambda q: bool(_REGION.search(q.subject.strip("、 "))))
        if named
    ]  # fmt: skip
    parts: Sequence[Quantity] = max(runs, key=len, default=[])
    if len(parts) < 3 or len({(part.unit, part.kind) for part in parts}) > 1 or parts[0].kind not in ("count", "amount"):
        return None
    others = [q for q in statement.quantities if q.start < parts[0].start and (q.unit, q.kind) == (parts[0].unit, parts[0].kind)]
    last = parts[-1].end - statement.start
    told = text[parts[0].start - statement.start : last] + _to_stop(text, last)
    head = others[-1] if others else None
    sure = head is not None and bool(_BY_REGION.search(text)) and all(q.exact for q in (head, *parts))
    return Listing(head, tuple(parts), not _OPEN.search(told), sure, "region")


def distributed(statement: Statement) -> Statement:
    """A sentence in which 甲、乙、丙分别为 a、b、c件 gives each number the name that is its own, and the unit that is said once."""
    made = list(statement.quantities)
    for at in range(len(made) - 2, -1, -1):
        following = made[at + 1]
        if not made[at].unit and made[at].kind == "count" and re.fullmatch(r"\s*(?:、|和|及|与|以及|,|，)\s*", following.before):
            made[at] = replace(made[at], unit=following.unit, kind=following.kind)
    for at, quantity in enumerate(made):
        said = (
            re.fullmatch(r"(.+?)(?:件数|数量|数)?分别(?:为|是|有|达)?\s*", quantity.subject)
            if "分别" in quantity.subject
            else None
        )
        names = [name for name in re.split(r"、|和|与|以及|及", said[1]) if name.strip()] if said else []
        run = made[at : at + len(names)]
        if (
            len(names) > 1
            and len(run) == len(names)
            and all(re.fullmatch(r"\s*(?:、|和|及|与|以及|，|,)\s*", q.before) for q in run[1:])
        ):
            made[at : at + len(names)] = [
                replace(one, subject=name.strip(), before=said[1] if said else "") for one, name in zip(run, names, strict=True)
            ]
    return replace(statement, quantities=tuple(made))
