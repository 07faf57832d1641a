"""The rules that every report is checked by, whatever its standard."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import cast

from nianbao.checks import Found, Rule, place_of_section, rule
from nianbao.equations import compare, equations
from nianbao.facts import Fact, Sentence
from nianbao.letters import RULES as LETTERS
from nianbao.naming import RULES as NAMING
from nianbao.prose import folded
from nianbao.report import Report, label
from nianbao.standard import Standard
from nianbao.structure import RULES as STRUCTURE
from nianbao.tree import bare
from nianbao.wording import RULES as WORDING
from nianbao.workspace import OWN, WORDS

WRITE = ("写一段文字。", "Write a text.")


@rule("F-SECTION", "error", basis="《条例》第五十条", zh="这一部分没有内容", en="nobody answered this section",
      mend=("在数据里填写；没有这类事项就写 0。", "Fill it in; write 0 where there is none."))  # fmt: skip
def unanswered(report: Report) -> Iterator[Found]:
    """A section that no source said anything of."""
    for key in _unanswered(report):
        section = report.standard.sections[key]
        zero = ("填写数字；整个部分都没有就写 0。", "Give the figures; 0 where the whole section has none.")
        mend = zero if report.standard.nodes[key].inputs() else WRITE
        what = (f"“{section.label}”没有内容", f"nobody answered the section “{section.label}”")
        yield Found(key, place=place_of_section(report, key), what=what, mend=mend)


def _unanswered(report: Report) -> list[str]:
    facts = report.facts
    said = {path.split(".")[0] for path in (*facts.figures, *facts.parts, *facts.stated)}
    told = {
        key for key, parts in report.parts.items() for part in parts if part.source in ("jurisdiction", "theme") and part.whole
    }
    silent = {key for key, section in report.standard.sections.items() if section.heading} - said - told
    return [key for key in report.standard.sections if key in silent and not is_gap(report, key)]


@rule("F-MISSING", "error", basis="格式标准", zh="缺少数据", en="a fact is missing",
      mend=("填写它；没有就填 0。", "Give it; 0 where there is none."))  # fmt: skip
def missing(report: Report) -> Iterator[Found]:
    """A part that the standard requires, or a figure or setting that is printed, and nobody gave."""
    silent, blank = _unanswered(report), report.facts.blank
    for section, parts in report.parts.items():
        for part in parts:
            if not part.source and section not in silent:
                what = (f"缺少“{part.title}”", f"“{part.title}” is missing")
                yield Found(part.path, place=blank.get(part.path) or place_of_section(report, section), what=what, mend=WRITE)
    for path, name in dict.fromkeys((lacking.path, lacking.name) for lacking in report.names.missing):
        top = report.standard.nodes.get(path.split(".")[0])
        if is_gap(report, path):
            continue  # why it could not be had is told where it was asked for
        if top is None:
            yield _missing_setting(report, name)
        elif top.key not in silent and path not in report.facts.stated:
            where = blank.get(path) or next(m.place for m in report.names.missing if (m.path, m.name) == (path, name))
            what = (f"{top.label}：没有“{name}”的数据", f"{top.label}: there is no “{name}”")
            yield Found(path, place=where or place_of_section(report, top.key), what=what)
    for path, where in blank.items():
        if path in report.facts.named and report.facts.figure(path) is None:
            what = (f"“{label(report.facts, path)}”空着", f"“{label(report.facts, path)}” was left blank")
            yield Found(path, place=where, what=what)


def is_gap(report: Report, path: str) -> bool:
    """Whether a source could not give the figure of a place, or one that it is the sum of."""
    return any(gap == path or gap.startswith(f"{path}.") or path.startswith(f"{gap}.") for gap in report.facts.gaps)


def _missing_setting(report: Report, name: str) -> Found:
    key = next((key for key, names in WORDS.items() if name in (key, *names)), name)
    file = f"jurisdictions/{report.edition.jurisdiction.id}.yaml"
    what = (f"设置里没有“{name}”", f"the settings do not say “{name}”")
    mend = (f"在 {file} 里写上 {key}: …。", f"Write {key}: … in {file}.")
    if key not in OWN:
        mend = (f"在 {file} 或上级的设置里写上 {key}: …。", f"Write {key}: … in {file}, or in the settings above it.")
    return Found(name, place=file, what=what, mend=mend)


@rule("F-BLANK", "warning", basis="缺项不等于零", zh="表中没有填的行按 0 计", en="rows not given in a table count as 0",
      mend=("没有就写 0，有就补上。", "Write 0 where there is none, else give them."))  # fmt: skip
def left_blank(report: Report) -> Iterator[Found]:
    """Rows that nobody gave in a table that is given: where their key stands without a value, or the section has several
    tables, one of which could have been forgotten.
    """
    blank = report.facts.blank
    for section in report.standard.root.children.values():
        several = len(report.standard.sections[section.key].tables) > 1
        rows = {}
        for row in section.rows():
            wheres = [where for node in row.walk() if (where := blank.get(node.path))] if blank else []
            if (wheres or several) and all(_is_zero(report, cell.path) for cell in row.inputs()):
                rows[row.short or bare(row.label)] = next(iter(wheres), "")
        if rows:
            names = "、".join(rows)
            place = next((where for where in rows.values() if where), "") or place_of_section(report, section.key)
            yield Found(section.key, place=place, what=(f"没有填的行按 0 计：{names}", f"not given, counted as 0: {names}"))


def _is_zero(report: Report, path: str) -> bool:
    """Whether a cell counts as 0 because nobody gave it."""
    cell = report.facts.figures.get(path)
    return bool(cell and cell.origin and cell.origin.where == "zero")


@rule("F-SUM", "error", basis="合计由系统计算", zh="合计与各项之和不符", en="a stated total is not its sum",
      mend=("改正明细，或删去手填的合计。", "Correct the items, or delete the stated total."))  # fmt: skip
def stated_totals(report: Report) -> Iterator[Found]:
    """A stated total that is not the sum of what lies below it."""
    defined = {identity.left[0] for identity in report.standard.identities if identity.defines}
    for path, stated in report.facts.stated.items():
        if path not in defined:
            yield from compare(report, path, stated)


@rule("F-CONFLICT", "warning", basis="出处一致", zh="两个来源不一致", en="two sources disagree",
      mend=("核对后改正其一；确有理由的写入 waivers。", "Correct one of them, or waive it with a reason."))  # fmt: skip
def conflicts(report: Report) -> Iterator[Found]:
    """Two sources that give different values for one fact; the first in the order of sources stands."""
    for conflict in report.facts.conflicts:
        yield Found(conflict.path, _said(conflict.kept), _said(conflict.other))


def _said(fact: Fact) -> str:
    origin = f"（{fact.origin.source}, {fact.origin.where}）" if fact.origin else ""
    return f"{fact.value.text if isinstance(fact.value, Sentence) else fact.value}{origin}"


_EXEMPT = (
    r"(?=[-{《“\dA-Za-z〔第])(?:"  # by one letter most places are seen to begin none
    r"\{\{[^{}]*\}\}|《[^《》]*》|“[^“”]*”|https?://[!-~]+|(?<![A-Za-z0-9.-])[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,6}[!-~]*"
    r"|\d{3,4}-\d{6,8}|(?<!\d)1\d{10}(?!\d)|(?<!\d)12345(?!\d)"
    r"|(?:19|20)\d\d(?:[-—~至](?:19|20)?\d\d)?\s*年度?|\d{1,2}月(?:\d{1,2}日)?(?:[-—~至]\d{1,2}(?:日|月\d{1,2}日))?"
    r"|〔\d+〕\d*号?|第\d+[条款项号令届次期章批])"
)  # fmt: skip


MANY = 12  # of the figures of one part that a finding repeats


@rule("F-TYPED", "warning", basis="数字只写一次", zh="句子里直接写了数字", en="a figure is typed into a sentence",
      mend=("把数字写成数据项，句子里用 {{ 名称 }}。", "Give it as a figure and write {{ name }}."))  # fmt: skip
def typed_figures(report: Report) -> Iterator[Found]:
    """Digits in a sentence that are no year, date, document number, name, address or telephone."""
    own = f"{report.edition.year}年"
    for parts in (*report.parts.values(), report.annotations.values()):
        for part in parts:
            if part.source == "standard" or not any(map(str.isdecimal, folded(part.text).replace(own, ""))):
                continue
            text = folded(re.sub(r"\{%.*?%\}", "", part.text))
            if digits := re.findall(r"\d+(?:\.\d+)?%?", re.sub(_EXEMPT, "", text)):
                yield Found(part.path, place=part.place, found="、".join(digits[:MANY]) + "等" * (len(digits) > MANY))


# Findings that no rule brings and no setting changes, described like rules for whoever looks their codes up.
UNRULED = (
    Rule("F-DATA", "error", "数据要读得懂", "数据有误", "a mistake in the data", lambda report: (),
         ("按提示改正。", "Mend it as the message says.")),
    Rule("F-UNREAD", "warning", "读不出的不猜", "文件里读不出来", "cannot be read in the file", lambda report: (),
         ("对照原件核对；有 Word 或网页版的，用那一份。", "Look at the file itself; take its Word or web version if there is one.")),
    Rule("F-WAIVER", "info", "豁免要有对象", "豁免不再命中", "a waiver fits nothing any more", lambda report: (),
         ("删去它。", "Delete it.")),
)  # fmt: skip


def rules_of(standard: Standard, *, finished: bool = False) -> list[Rule]:
    """The rules for every report of a standard: the generic ones, and one for each code of its equations.

    Those of a ``finished`` report look at what it says, not at how its data were given.
    """
    of_data = [] if finished else [unanswered, missing, left_blank, conflicts, typed_figures]
    return [*cast(list[Rule], [*of_data, stated_totals, *STRUCTURE, *WORDING, *LETTERS, *NAMING]), *equations(standard)]
