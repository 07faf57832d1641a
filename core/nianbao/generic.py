"""The rules that every report is checked by, whatever its standard, and those that a standard's equations give."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import cast

from nianbao.checks import Found, Rule, rule
from nianbao.facts import Fact, Sentence
from nianbao.report import NotAssessable, Report, label
from nianbao.standard import Standard
from nianbao.tables import Identity
from nianbao.tree import bare, outermost


@rule("F-SECTION", "error", basis="《条例》第五十条", zh="这一部分没有内容", en="nobody answered this section",
      mend=("在数据里填写；没有这类事项就写 0。", "Fill it in; write 0 where there is none."))  # fmt: skip
def unanswered(report: Report) -> Iterator[Found]:
    """A section that no source said anything of."""
    for key in _unanswered(report):
        yield Found(
            key,
            place=_section_place(report, key),
            what=(f"“{report.standard.sections[key].label}”没有内容", f"nobody answered the section {key}"),
        )


def _unanswered(report: Report) -> list[str]:
    said = {path.split(".")[0] for path in (*report.facts.figures, *report.facts.parts, *report.facts.stated)}
    return [key for key, section in report.standard.sections.items() if section.heading and key not in said]


@rule("F-MISSING", "error", basis="格式标准", zh="缺少数据", en="a fact is missing",
      mend=("填写它；没有就填 0。", "Give it; 0 where there is none."))  # fmt: skip
def missing(report: Report) -> Iterator[Found]:
    """A part that the standard requires, or a figure that a sentence or table prints, and nobody gave."""
    silent = _unanswered(report)
    for section, parts in report.parts.items():
        for part in parts:
            if not part.source and section not in silent:
                what = (f"缺少“{part.title}”", f"“{part.title}” is missing")
                yield Found(part.path, place=_section_place(report, section), what=what)
    seen = set()
    for lacking in report.names.missing:
        if lacking.path.split(".")[0] not in silent and (lacking.path, lacking.name) not in seen:
            seen.add((lacking.path, lacking.name))
            top = report.standard.nodes.get(lacking.path.split(".")[0])
            within = f"{top.label}：" if top else ""
            zh, en = f"{within}没有“{lacking.name}”的数据", f"{within}there is no “{lacking.name}”"
            yield Found(lacking.path, place=lacking.place, what=(zh, en))

    for path, where in report.facts.blank.items():
        if path in report.facts.named and report.facts.figure(path) is None:
            what = (f"“{label(report.facts, path)}”空着", f"“{path}” was left blank")
            yield Found(path, place=where, what=what)


def _section_place(report: Report, section: str) -> str:
    """The file and line of the first thing that the data says of a section, else its first file."""
    facts = report.facts
    known = [(path, fact) for kept in (facts.parts, facts.figures) for path, fact in kept.items()]
    wheres = [
        fact.origin.where for path, fact in known if path.split(".")[0] == section and fact.origin and ":" in fact.origin.where
    ]
    files = [fact.origin.where.split(":")[0] for _, fact in known if fact.origin and ":" in fact.origin.where]
    return next(iter([*wheres, *files]), "")


@rule("F-BLANK", "warning", basis="缺项不等于零", zh="表中空着的行按 0 计", en="rows left blank in a table count as 0",
      mend=("没有就写 0，有就补上。", "Write 0 where there is none, else give them."))  # fmt: skip
def left_blank(report: Report) -> Iterator[Found]:
    """Rows of a table whose keys stand in the data without a value, while other rows have one."""
    blank: dict[str, dict[str, str]] = {}
    for path, where in report.facts.blank.items():
        row = outermost(report.facts.node(path)) if path not in report.facts.named else None
        cells = [report.facts.figures.get(cell.path) for cell in row.inputs()] if row else []
        if row and cells and all(cell and cell.origin and cell.origin.where == "zero" for cell in cells):
            blank.setdefault(path.split(".")[0], {}).setdefault(row.short or bare(row.label), where)
    for section, rows in blank.items():
        names = "、".join(rows)
        yield Found(
            section, place=next(iter(rows.values())), what=(f"空着的行按 0 计：{names}", f"left blank, counted as 0: {names}")
        )


@rule("F-SUM", "error", basis="合计由系统计算", zh="合计与各项之和不符", en="a stated total is not its sum",
      mend=("改正明细，或删去手填的合计。", "Correct the items, or delete the stated total."))  # fmt: skip
def stated_totals(report: Report) -> Iterator[Found]:
    """A stated total that is not the sum of what lies below it."""
    defined = {identity.left[0] for identity in report.standard.identities if identity.defines}
    for path, stated in report.facts.stated.items():
        if path not in defined:
            yield from _compare(report, path, stated)


def _compare(report: Report, path: str, stated: Fact) -> Iterator[Found]:
    computed = report.facts.figure(path)
    if computed is None or computed.value != stated.value:
        expected = f"{computed.value if computed else '?'} = {_terms(report, report.facts.node(path).addends or ())}"
        yield Found(
            path,
            expected,
            str(stated.value),
            what=(
                f"“{label(report.facts, path)}”的合计不符",
                f"the stated total of “{label(report.facts, path)}” is not its sum",
            ),
        )


@rule("F-CONFLICT", "warning", basis="出处一致", zh="两个来源不一致", en="two sources disagree",
      mend=("核对后改正其一；确有理由的写入 waivers。", "Correct one of them, or waive it with a reason."))  # fmt: skip
def conflicts(report: Report) -> Iterator[Found]:
    """Two sources that give different values for one fact; the first in the order of sources stands."""
    for conflict in report.facts.conflicts:
        yield Found(conflict.path, _said(conflict.kept), _said(conflict.other))


def _said(fact: Fact) -> str:
    origin = f"（{fact.origin.source}, {fact.origin.where}）" if fact.origin else ""
    return f"{fact.value.text if isinstance(fact.value, Sentence) else fact.value}{origin}"


_EXEMPT = re.compile(
    r"\{\{[^{}]*\}\}|《[^《》]*》|“[^“”]*”|https?://\S+|(?<![A-Za-z0-9.-])[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,6}[/\w.-]*"
    r"|\d{3,4}-\d{6,8}|(?<!\d)1\d{10}(?!\d)|12345"
    r"|(?:19|20)\d\d(?:[-—~至](?:19|20)?\d\d)?\s*年度?|\d{1,2}月(?:\d{1,2}日)?(?:[-—~至]\d{1,2}(?:日|月\d{1,2}日))?"
    r"|〔\d+〕\d*号?|第\d+[条款项号令届次期章批]",
)  # fmt: skip


@rule("F-TYPED", "warning", basis="数字只写一次", zh="句子里直接写了数字", en="a figure is typed into a sentence",
      mend=("把数字写成数据项，句子里用 {{ 名称 }}。", "Give it as a figure and write {{ name }}."))  # fmt: skip
def typed_figures(report: Report) -> Iterator[Found]:
    """Digits in a sentence that are no year, date, document number, name, address or telephone."""
    for parts in report.parts.values():
        for part in parts:
            digits = re.findall(r"\d+(?:\.\d+)?%?", _EXEMPT.sub("", unicodedata.normalize("NFKC", part.text)))
            if digits and part.source == "data":
                yield Found(part.path, place=part.place, found="、".join(digits))


def rules_of(standard: Standard) -> list[Rule]:
    """The rules for every report of a standard: the generic ones, and one for each code of its equations."""
    generic = cast(list[Rule], [unanswered, missing, left_blank, stated_totals, conflicts, typed_figures])
    codes = dict.fromkeys(identity.code for identity in standard.identities)
    return [*generic, *(_equation(code, [i for i in standard.identities if i.code == code]) for code in codes)]


def _equation(code: str, identities: list[Identity]) -> Rule:
    def look(report: Report) -> Iterator[Found]:
        assessed = False
        for identity in identities:
            if identity.defines:
                if stated := report.facts.stated.get(identity.left[0]):
                    yield from _compare(report, identity.left[0], stated)
                assessed = assessed or identity.left[0] in report.facts.figures
                continue
            sums = [[report.facts.figure(path) for path in side] for side in (identity.left, identity.right)]
            if any(fact is None for side in sums for fact in side):
                continue
            assessed = True
            left, right = (sum(cast(int, fact.value) for fact in side if fact) for side in sums)
            if left != right:
                shown = [_terms(report, side) for side in (identity.left, identity.right)]
                what = (f"{identity.name}不成立（{identity.label}）", f"{identity.name} does not hold ({identity.label})")
                yield Found(identity.left[0], f"{left} = {shown[0]}", f"{right} = {shown[1]}", what=what)
        if not assessed:
            raise NotAssessable(code)

    name = identities[0].name
    mend = ("核对这一列的各行。", "Check the rows of this column.")
    return Rule(code, "error", "格式标准的勾稽关系", f"{name}不成立", f"{name} does not hold", look, mend)


def _terms(report: Report, paths: Sequence[str]) -> str:
    """The terms of a sum as 甲 1 + 乙 2: cells of one row by their column, cells of one column by their row."""
    nodes = [report.facts.node(path) for path in paths]
    of_one_row = len({node.parent for node in nodes}) == 1
    terms = []
    for node in nodes:
        fact = report.facts.figure(node.path)
        named = node if of_one_row or node.children or node.parent is None else node.parent
        terms.append(f"{named.short or bare(named.label)} {fact.value if fact else '?'}")
    return " + ".join(terms)
