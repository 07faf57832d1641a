"""Sums and equations: a stated total against its items, and the rules that a standard's equations give."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import cast

from nianbao.checks import Found, Rule, place_of_section, where_of
from nianbao.facts import Fact
from nianbao.past import NotAssessable
from nianbao.report import Report, label
from nianbao.standard import Standard
from nianbao.tables import Identity
from nianbao.tree import Node, bare


def equations(standard: Standard) -> list[Rule]:
    """A rule for each code of a standard's equations."""
    codes = dict.fromkeys(identity.code for identity in standard.identities)
    return [_equation(code, [each for each in standard.identities if each.code == code]) for code in codes]


def _equation(code: str, identities: list[Identity]) -> Rule:
    def look(report: Report) -> Iterator[Found]:
        assessed = failed = False
        for identity in identities:
            if report.finished and identity.defines:
                if identity.left[0] not in report.facts.stated:
                    continue  # a total that this table does not print
            elif identity.defines:
                if stated := report.facts.stated.get(identity.left[0]):
                    yield from compare(report, identity.left[0], stated)
                assessed = assessed or stated is not None or identity.left[0] in report.facts.figures
                continue
            sums = [[_printed(report, path) for path in side] for side in (identity.left, identity.right)]
            if any(fact is None for side in sums for fact in side):
                continue
            assessed = True
            if failed and all(report.facts.node(path).addends is not None for path in identity.left):
                continue  # a column of totals fails with the column that it is the sum of
            left, right = (sum(cast(int, fact.value) for fact in side if fact) for side in sums)
            if left != right and identity.defines:
                yield _no_sum(report, identity.left[0], f"{right} = {_terms(report, identity.right, _printed)}", str(left))
            elif left != right:
                failed = True
                shown = [_terms(report, side, _printed) for side in (identity.left, identity.right)]
                what = (f"{identity.name}不成立（{identity.label}）", f"{identity.name} does not hold ({identity.label})")
                wheres = (where_of(report, path) for path in (*identity.left, *identity.right))
                place = next((where for where in wheres if where), "") or place_of_section(report, identity.left[0].split(".")[0])
                yield Found(identity.left[0], f"{left} = {shown[0]}", f"{right} = {shown[1]}", place, what)
        if not assessed:
            raise NotAssessable(identities[0].left[0].split(".")[0])

    name = identities[0].name
    mend = ("核对等式两边的各项。", "Check the figures on both sides.")
    return Rule(code, "error", "格式标准的勾稽关系", f"{name}不成立", f"{name} does not hold", look, mend)


def _printed(report: Report, path: str) -> Fact | None:
    """A figure as the report prints it: a finished one its totals as they stand, right or wrong, and a group's those of its rows."""
    facts = report.facts
    if report.finished:
        if (stated := facts.stated.get(path)) is not None:
            return stated
        if breakdown := facts.node(path).breakdown:
            rows = [_printed(report, row) for row in breakdown]
            if all(rows):
                return Fact(sum(cast(int, fact.value) for fact in rows if fact))
    return facts.figures.get(path) or facts.figure(path)


def _is_all_there_is(report: Report, path: str, stated: Fact) -> bool:
    """Whether of a total in a finished report not all items could be read: it can be compared with nothing."""
    return report.finished and report.facts.figure(path) in (None, stated)


def compare(report: Report, path: str, stated: Fact) -> Iterator[Found]:
    """A stated total against what is computed of its items."""
    computed, node = report.facts.figure(path), report.facts.node(path)
    if computed is not None and computed.value == stated.value or _is_all_there_is(report, path, stated):
        return
    cells = [report.facts.node(leaf) for leaf in _leaves(report, path)]
    given = [report.facts.figures.get(cell.path) for cell in cells]
    if node.kind != "named" and not report.finished and not any(cell and cell.value for cell in given):
        names = "、".join(dict.fromkeys(_told_apart(report, cells)))
        what = (
            f"“{label(report.facts, path)}”只写了合计 {stated.value}",
            f"“{label(report.facts, path)}” has only a total, {stated.value}",
        )
        yield Found(path, what=what, mend=(f"请分别填写：{names}。", f"Give each of: {names}."))
    else:
        expected = f"{computed.value if computed else '?'} = {_terms(report, node.addends or ())}"
        yield _no_sum(report, path, expected, str(stated.value))


def _no_sum(report: Report, path: str, expected: str, found: str) -> Found:
    what = (f"“{label(report.facts, path)}”的合计不符", f"the stated total of “{label(report.facts, path)}” is not its sum")
    mend = ("改正明细，或删去手填的合计。", "Correct the items, or delete the stated total.")
    if report.finished:
        mend = ("核对明细和合计，改正错的那个。", "Check the items and the total, and correct which is wrong.")
    return Found(path, expected, found, what=what, mend=mend)


def _leaves(report: Report, path: str) -> Iterator[str]:
    """The given figures that a computed one is made of in the end."""
    addends = report.facts.node(path).addends
    if addends is None:
        yield path
    for addend in addends or ():
        yield from _leaves(report, addend)


def _terms(report: Report, paths: Sequence[str], value: Callable[[Report, str], Fact | None] | None = None) -> str:
    """The terms of a sum as 甲 1 + 乙 2."""
    nodes = [report.facts.node(path) for path in paths]
    facts = [value(report, path) if value else report.facts.figure(path) for path in paths]
    named = zip(_told_apart(report, nodes), facts, strict=True)
    return " + ".join(f"{name} {fact.value if fact else '?'}" for name, fact in named)


def _told_apart(report: Report, nodes: Sequence[Node]) -> list[str]:
    """Names for the terms of a sum: cells of one row by their column, cells of one column by their row."""
    rows = [report.facts.node(node.row) if node.row else node for node in nodes]
    named = nodes if len({row.path for row in rows}) == 1 else rows
    return [node.short or bare(node.label) for node in named]
