"""Rules and findings: what a report is checked by, and what was found. The generic rules stand here."""

from __future__ import annotations

import inspect
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, cast

from yaml import MappingNode

from nianbao.errors import NianbaoError, PluginError, Remedy, SettingError, blame, did_you_mean, say
from nianbao.facts import Fact, Sentence
from nianbao.report import NotAssessable, Report, label
from nianbao.tables import Identity
from nianbao.tree import bare, outermost
from nianbao.typed import typed
from nianbao.workspace import Waiver
from nianbao.yamlfile import entries, place

Severity = Literal["error", "warning", "info", "off"]
_WORDS = {"error": ("错误", "error"), "warning": ("警告", "warning"), "info": ("提示", "note")}


@dataclass(frozen=True)
class Found:
    """What a rule found: ``at`` is a path, a name or a sentence's place, ``place`` overrides where it is shown."""

    at: str
    expected: str = ""
    found: str = ""
    place: str = ""
    what: Remedy | None = None


@dataclass(frozen=True)
class Finding:
    """A finding as the user reads it, and ``report.json`` keeps it."""

    code: str
    severity: Severity
    zh: str
    en: str
    at: str = ""
    place: str = ""
    expected: str = ""
    found: str = ""
    mend: Remedy = ("", "")

    def __str__(self) -> str:
        place = f"{self.place}: " if self.place else ""
        compared = say(f"；应为 {self.expected}，实为 {self.found}", f"; expected {self.expected}, found {self.found}")
        mend = f"\n    {say(*self.mend)}" if self.mend[0] else ""
        at = f"（{self.at}）" if self.at and self.at not in self.zh else ""
        message = f"{say(self.zh, self.en)}{at}{compared if self.expected or self.found else ''}"
        return f"{place}{say(*_WORDS[self.severity])} {self.code} {message}{mend}"

    def as_dict(self) -> dict[str, str]:
        """For JSON."""
        return {
            "code": self.code, "severity": self.severity, "message": say(self.zh, self.en), "at": self.at,
            "place": self.place, "expected": self.expected, "found": self.found,
        }  # fmt: skip


def as_finding(mistake: NianbaoError) -> Finding:
    """A mistake in the data as a finding: a draft goes on in spite of it."""
    return Finding("F-DATA", "error", mistake.zh, mistake.en, "", mistake.place, mend=mistake.mend or ("", ""))


@dataclass(frozen=True)
class Rule:
    """One rule: a stable ``code``, its severity, what it rests on, the function that looks, and whose it is."""

    code: str
    severity: Severity
    basis: str
    zh: str
    en: str
    look: Callable[..., Iterable[Found]]
    mend: Remedy = ("", "")
    plugin: str = "nianbao"


def rule(code: str, severity: Severity, *, basis: str, zh: str, en: str, mend: Remedy = ("", "")) -> Callable[..., Rule]:
    """Make a rule of a generator function ``(report, **settings) -> Iterator[Found]``.

    Its keyword arguments are the rule's settings (``rules: {CODE: {…}}``), each of its default's type. A function that reads an absent figure by
    ``report["名称"]`` is NOT ASSESSABLE by itself.
    """
    return lambda look: Rule(code, severity, basis, zh, en, look, mend)


@dataclass
class Findings:
    """All that the rules found: ``found``, those ``waived`` with their waivers, and the codes ``not_assessable``."""

    found: list[Finding] = field(default_factory=list)
    waived: list[tuple[Finding, Waiver]] = field(default_factory=list)
    not_assessable: list[str] = field(default_factory=list)

    @property
    def stop(self) -> bool:
        """Whether an error stands."""
        return any(finding.severity == "error" for finding in self.found)


def check(report: Report, rules: Iterable[Rule]) -> Findings:
    """Run the generic rules, those of the standard's equations and ``rules`` on a report."""
    findings = Findings()
    everyone = _by_code([*GENERIC, *_equations(report), *rules])
    _refuse_unknown(report, everyone)
    for code, each in everyone.items():
        severity, settings = _settings(report, each)
        if severity == "off":
            continue
        try:
            with blame(each.plugin, passing=(NotAssessable,)):
                found = list(each.look(report, **settings))
        except NotAssessable:
            findings.not_assessable.append(code)
            continue
        for one in found:
            _keep(findings, report, _finding(report, each, severity, one))
    used = {id(waiver) for _, waiver in findings.waived}
    for waiver in report.edition.settings.waivers:
        if id(waiver) not in used:
            zh, en = f"豁免 {waiver.code} 不再命中，请删去", f"the waiver of {waiver.code} fits nothing any more: delete it"
            findings.found.append(Finding("F-WAIVER", "info", zh, en, waiver.at, getattr(waiver.code, "place", "")))
    return findings


def _by_code(rules: list[Rule]) -> dict[str, Rule]:
    known: dict[str, Rule] = {}
    for each in rules:
        if twin := known.get(each.code):
            raise PluginError(
                f"规则 {each.code} 有两个：{twin.plugin}、{each.plugin}",
                f"{twin.plugin} and {each.plugin} both bring the rule {each.code}",
            )
        known[each.code] = each
    return known


def _keep(findings: Findings, report: Report, finding: Finding) -> None:
    for waiver in report.edition.settings.waivers:
        if waiver.code == finding.code and (not waiver.at or _same_place(report, waiver.at, finding.at)):
            findings.waived.append((finding, waiver))
            return
    findings.found.append(finding)


def _same_place(report: Report, name: str, at: str) -> bool:
    return name == at or at in [node.path for node in report.facts.look_up(name)]


def _settings(report: Report, each: Rule) -> tuple[Severity, dict[str, Any]]:
    node = report.edition.settings.rules.get(each.code)
    if node is None:
        return each.severity, {}
    if not isinstance(node, MappingNode):
        raise SettingError(f"规则 {each.code} 后面应是一组设置", f"rule {each.code} takes a mapping", place=place(node),
                           mend=("如 {severity: warning}。", "For example {severity: warning}."))  # fmt: skip
    severity, settings = each.severity, {}
    parameters = inspect.signature(each.look).parameters
    for key, value in entries(node):
        if key == "severity":
            severity = typed(value, Severity)
        elif key in list(parameters)[1:]:
            settings[str(key)] = typed(value, type(parameters[key].default))
        else:
            mend = did_you_mean(key, ["severity", *list(parameters)[1:]])
            raise SettingError(f"规则 {each.code} 没有设置项“{key}”", f"rule {each.code} has no setting “{key}”",
                               place=key.place, mend=mend)  # fmt: skip
    return severity, settings


def _refuse_unknown(report: Report, rules: dict[str, Rule]) -> None:
    for code in report.edition.settings.rules:
        if code not in rules:
            raise SettingError(f"没有规则“{code}”", f"there is no rule “{code}”", place=getattr(code, "place", ""),
                               mend=did_you_mean(code, rules))  # fmt: skip


def _finding(report: Report, each: Rule, severity: Severity, found: Found) -> Finding:
    zh, en = found.what or (each.zh, each.en)
    hits = report.facts.look_up(found.at) if found.at else []
    path = hits[0].path if len(hits) == 1 else found.at
    place = found.place or _where(report, path)
    return Finding(each.code, severity, zh, en, path, place, found.expected, found.found, each.mend)


def _where(report: Report, path: str) -> str:
    """The file and line of a fact, of a sum the first that it was made of."""
    if (stated := report.facts.stated.get(path)) and stated.origin:
        return stated.origin.where
    fact = report.facts.figures.get(path) or report.facts.parts.get(path)
    if fact and fact.origin and fact.origin.where not in ("sum", "zero"):
        return fact.origin.where
    node = report.facts.named.get(path) or report.standard.nodes.get(path)
    wheres = (_where(report, addend) for addend in (node.addends or () if node else ()))
    return next((where for where in wheres if where), "")


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


GENERIC: tuple[Rule, ...] = cast(tuple[Rule, ...], (unanswered, missing, left_blank, stated_totals, conflicts, typed_figures))


def _equations(report: Report) -> list[Rule]:
    """A rule for each equation of the standard, for all its rows and columns."""
    codes = dict.fromkeys(identity.code for identity in report.standard.identities)
    return [_equation(code, [i for i in report.standard.identities if i.code == code]) for code in codes]


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
