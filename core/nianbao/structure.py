"""Whether the report has the parts and the tables of its standard: S-SIX, S-TABLES."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nianbao.checks import Found, rule
from nianbao.past import NotAssessable
from nianbao.report import Report
from nianbao.tree import bare, chinese, normal


@rule("S-SIX", "error", basis="格式标准", zh="各部分不全或次序不对", en="the parts are not all there, or not in order",
      mend=("按格式标准列各部分的标题。", "Have the headings of the standard, in its order."))  # fmt: skip
def parts(report: Report) -> Iterator[Found]:
    """Each part of the standard has its heading, numbered in order; a name that the standard does not know only warns."""
    if not report.headings:
        raise NotAssessable("headings", "各部分的标题")
    wanted = [key for key, section in report.standard.sections.items() if section.heading]
    there = [key for key in report.headings if key in wanted]
    for number, key in enumerate(wanted, 1):
        label = f"{chinese(number)}、{bare(report.standard.sections[key].label)}"
        if key not in report.headings:
            yield Found(key, label, what=(f"没有“{label}”这一部分", f"there is no part “{label}”"))
            continue
        heading = report.headings[key]
        as_wanted = heading.startswith(f"{chinese(number)}、")  # nearly always: then nothing needs to be looked for
        counted = None if as_wanted else re.match(r"\s*[（(]?([一二三四五六七八九十]{1,3})[）)、.．\s]", heading)
        if there.index(key) != wanted.index(key) - sum(lost not in there for lost in wanted[:number]):
            yield Found(key, label, heading, what=("各部分的次序不对", "the parts are not in order"))
        elif counted and counted[1] != chinese(number):
            yield Found(key, label, heading, what=("这一部分的编号不对", "the number of this part is wrong"))
        elif normal(heading) not in report.standard.nodes[key].names:
            what = ("这一部分的标题与格式标准不同", "the heading is not that of the standard")
            mend = ("用格式标准的标题。", "Take the heading of the standard.")
            yield Found(key, label, heading, what=what, mend=mend, severity="warning")


@rule("S-TABLES", "error", basis="格式标准", zh="没有用表格", en="there is no table",
      mend=("按格式标准列表；本地要求用文字的，把这条规则设为 off。", "Draw the standard's tables; where text is asked for, set this rule `off`."))  # fmt: skip
def tables(report: Report) -> Iterator[Found]:
    """Sections two to four stand as tables; a theme that tells them in text (as: text) is asked about."""
    assessed, in_text = False, []
    for key, section in report.standard.sections.items():
        if not section.tables:
            continue
        name, told = bare(section.label), any(part.source for part in report.parts.get(key, ()))
        counted = any(
            cell.tabular and cell.is_input and report.facts.figure(cell.path) is not None
            for cell in report.standard.nodes[key].walk()
        )
        assessed = assessed or counted or told
        if key in report.without_tables:
            in_text.append(name)
        elif report.finished:
            there = any(path.split(".")[0] == key for path in (*report.cells, *report.facts.gaps))
            assessed = assessed or there or key in report.headings
            if key in report.headings and not there:
                yield Found(key, report.headings[key], what=(f"“{name}”没有表", f"“{name}” has no table"))
        elif told and not counted:
            yield Found(key, what=(f"“{name}”写了文字，没有表里的数", f"“{name}” has text, and no figure of its table"))
    if in_text:
        names = "、".join(in_text)
        yield Found("", what=(f"只有文字、没有表：{names}", f"told in text, without their tables: {names}"), severity="warning")
    if not assessed:
        raise NotAssessable("tables", "表里的数", "the figures of the tables")


RULES = [parts, tables]
