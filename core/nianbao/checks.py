"""Rules and findings: what a report is checked by, and what was found."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from dataclasses import field
from typing import Any, Literal

from yaml import MappingNode

from nianbao.errors import NianbaoError, PluginError, Remedy, SettingError, blame, did_you_mean, say, shown
from nianbao.lean import dataclass
from nianbao.past import Lacking, NotAssessable
from nianbao.report import Report, label
from nianbao.tree import normal
from nianbao.typed import typed
from nianbao.workspace import Settings, Waiver
from nianbao.yamlfile import entries, place

Severity = Literal["error", "warning", "info", "off"]
# What turns or moves a terminal's text: an archive, a register or a portal may hold it, and a message quotes them.
_STEERING = dict.fromkeys(
    [*range(32), *range(0x7F, 0xA0), 0x61C, 0x200E, 0x200F, *range(0x2028, 0x202F), *range(0x2066, 0x206A)], "\ufffd"
)
_WORDS = {"error": ("错误", "error"), "warning": ("警告", "warning"), "info": ("提示", "note")}


@dataclass(frozen=True)
class Found:
    """What a rule found: ``at`` is a path, a name or a sentence's place, ``place`` overrides where it is shown.

    ``severity`` is for what is less grave, or less sure, than its rule says; it never makes it graver.
    """

    at: str
    expected: str = ""
    found: str = ""
    place: str = ""
    what: Remedy | None = None
    mend: Remedy | None = None
    severity: Severity = "error"


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
    label: str = ""

    @property
    def told(self) -> str:
        """What it says in the user's language: what is wrong, of what, what was expected and found."""
        sides = [say(f"应为 {self.expected}", f"expected {self.expected}")] if self.expected else []
        sides += [say(f"实为 {self.found}", f"found {self.found}")] if self.found else []
        label = f" “{self.label}”" if self.label and self.label.split(" › ")[-1] not in self.zh else ""
        compared = say("；", "; ") + say("，", ", ").join(sides) if sides else ""
        return f"{say(self.zh, self.en)}{label}{compared}".translate(_STEERING)

    def __str__(self) -> str:
        place = f"{self.place}: " if self.place else ""
        mend = f"\n    {say(*self.mend)}" if self.mend[0] else ""
        return f"{place}{say(*_WORDS[self.severity])} {self.code} {self.told}{mend}"

    def as_dict(self) -> dict[str, str]:
        """For JSON, in both languages: the same finding gives the same bytes."""
        kept = {"code": self.code, "severity": self.severity, "zh": self.zh, "en": self.en, "at": self.at, "place": self.place}
        return {**kept, "expected": self.expected, "found": self.found, "mend_zh": self.mend[0], "mend_en": self.mend[1]}


def as_finding(mistake: NianbaoError) -> Finding:
    """A mistake in the data as a finding: a draft goes on in spite of it."""
    return Finding("F-DATA", "error", shown(mistake.zh), shown(mistake.en), "", mistake.place, mend=mistake.mend or ("", ""))


def still_to_fill() -> Finding:
    """What stops a report with 待填 in it, whatever was waived or made a warning."""
    mend = ("补上数据；只要草稿就加 --draft。", "Give what is missing; add --draft for a draft.")
    return Finding(
        "F-MISSING", "error", "报告里还有“待填”，不能豁免或降级", "the report still reads 待填: that cannot be waived", mend=mend
    )


@dataclass(frozen=True)
class Explanation:
    """Why a rule is there, in both languages, with data that it finds ``wrong`` and data that it lets pass, as a clerk writes it."""

    zh: str
    en: str
    wrong: str
    right: str


@dataclass(frozen=True)
class Rule:
    """One rule: a stable ``code``, its severity, what it rests on, the function that looks, and whose it is.

    ``explanation`` may stand beside it instead, see ``nianbao.explaining``.
    """

    code: str
    severity: Severity
    basis: str
    zh: str
    en: str
    look: Callable[..., Iterable[Found]]
    mend: Remedy = ("", "")
    plugin: str = "nianbao"
    explanation: Explanation | None = None

    @property
    def settings(self) -> dict[str, Any]:
        """What a jurisdiction can set beside the severity, each with its default."""
        return {name: each.default for name, each in list(inspect.signature(self.look).parameters.items())[1:]}


def rule(
    code: str,
    severity: Severity,
    *,
    basis: str,
    zh: str,
    en: str,
    mend: Remedy = ("", ""),
    explanation: Explanation | None = None,
) -> Callable[..., Rule]:
    """Make a rule of a generator function ``(report, **settings) -> Iterator[Found]``.

    Its keyword arguments are the rule's settings (``rules: {CODE: {…}}``), each of its default's type. A function that reads an absent fact by
    ``report["名称"]``, ``report.text(path)`` or ``report.last_year`` is NOT ASSESSABLE by itself, unless it found something before.
    """
    return lambda look: Rule(code, severity, basis, zh, en, look, mend, explanation=explanation)


@dataclass
class Findings:
    """All that the rules found: ``found``, those ``waived`` with their waivers, and ``not_assessable``: what each code lacked."""

    found: list[Finding] = field(default_factory=list)
    waived: list[tuple[Finding, Waiver]] = field(default_factory=list)
    passed: list[str] = field(default_factory=list)
    not_assessable: dict[str, Lacking] = field(default_factory=dict)

    @property
    def gaps(self) -> dict[str, Lacking]:
        """Those not assessable for want of what somebody could give."""
        return {code: lacking for code, lacking in self.not_assessable.items() if lacking.gap}

    @property
    def stop(self) -> bool:
        """Whether an error stands."""
        return any(finding.severity == "error" for finding in self.found)


def check(report: Report, rules: Iterable[Rule]) -> Findings:
    """Run rules on a report: each with its settings, those that are waived apart. Raises SettingError or PluginError."""
    findings = Findings()
    everyone = by_code(rules)
    refuse_unknown(report.edition.settings, everyone)
    for code, each in everyone.items():
        severity, settings = in_force(report.edition.settings, each)
        if severity == "off":
            continue
        found: list[Found] = []
        try:
            for one in each.look(report, **settings):
                found.append(one)
        except NotAssessable as absent:
            if not found:
                findings.not_assessable[code] = absent.lacking
                continue
        except Exception:
            with blame(each.plugin):
                raise
        if not found:
            findings.passed.append(code)
        for one in found:
            _keep(findings, report, _finding(report, each, severity, one))
    for finding in report.found:
        _keep(findings, report, finding)
    used = {id(waiver) for _, waiver in findings.waived}
    for waiver in report.edition.settings.waivers:
        if id(waiver) not in used:
            zh, en = f"豁免 {waiver.code} 不再命中", f"the waiver of {waiver.code} fits nothing any more"
            mend = ("删去它。", "Delete it.") if waiver.code in everyone else did_you_mean(waiver.code, everyone)
            findings.found.append(Finding("F-WAIVER", "info", zh, en, waiver.at, getattr(waiver.code, "place", ""), mend=mend))
    return findings


def by_code(rules: Iterable[Rule]) -> dict[str, Rule]:
    """Rules by their codes. Raises PluginError where two have one."""
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
    if name == at or at in [node.path for node in report.facts.look_up(name)]:
        return True
    node = report.facts.named.get(at) or report.standard.nodes.get(at)
    return node is not None and (normal(name) in node.names or normal(name) == normal(label(report.facts, at)))


def in_force(said: Settings, each: Rule) -> tuple[Severity, dict[str, Any]]:
    """A rule's severity, and the settings that a jurisdiction gives it. Raises SettingError."""
    node = said.rules.get(each.code)
    if node is None:
        return each.severity, {}
    if not isinstance(node, MappingNode):
        raise SettingError(f"规则 {each.code} 后面应是一组设置", f"rule {each.code} takes a mapping", place=place(node),
                           mend=("如 {severity: warning}。", "For example {severity: warning}."))  # fmt: skip
    severity, settings, known = each.severity, {}, each.settings
    for key, value in entries(node):
        if key == "severity":
            severity = typed(value, Severity)
        elif key in known:
            settings[str(key)] = typed(value, type(known[key]))
        else:
            mend = did_you_mean(key, ["severity", *known])
            raise SettingError(f"规则 {each.code} 没有设置项“{key}”", f"rule {each.code} has no setting “{key}”",
                               place=key.place, mend=mend)  # fmt: skip
    return severity, settings


def refuse_unknown(said: Settings, rules: Iterable[str]) -> None:
    """Raise SettingError for settings of a rule that there is not."""
    for code in said.rules:
        if code not in rules:
            raise SettingError(f"没有规则“{code}”", f"there is no rule “{code}”", place=getattr(code, "place", ""),
                               mend=did_you_mean(code, rules))  # fmt: skip


def _finding(report: Report, each: Rule, severity: Severity, found: Found) -> Finding:
    zh, en = found.what or (each.zh, each.en)
    hits = report.facts.look_up(found.at) if found.at else []
    path = hits[0].path if len(hits) == 1 else found.at
    known = path in report.facts.named or path in report.standard.nodes
    severity = max(severity, found.severity, key=list(_WORDS).index)
    return Finding(
        each.code, severity, zh, en, path, found.place or where_of(report, path) or _in_file(report, path), found.expected, found.found,
        found.mend or each.mend, label(report.facts, path) if known else "",
    )  # fmt: skip


def _in_file(report: Report, path: str) -> str:
    """Where a finished report speaks of a section: its first sentence there, else its file; '' for any other report."""
    parts = report.parts.get(path.split(".", maxsplit=1)[0], ()) if report.finished else ()
    return next((part.place for part in parts if part.place), report.file)


def where_of(report: Report, path: str) -> str:
    """The file and line of a fact, of a sum the first that it was made of."""
    if (stated := report.facts.stated.get(path)) and stated.origin:
        return stated.origin.where
    fact = report.facts.figures.get(path) or report.facts.parts.get(path)
    if fact and fact.origin and fact.origin.where not in ("sum", "zero"):
        return fact.origin.where
    node = report.facts.named.get(path) or report.standard.nodes.get(path)
    wheres = (where_of(report, addend) for addend in (node.addends or () if node else ()))
    return next((where for where in wheres if where), "")


def place_of_section(report: Report, section: str) -> str:
    """The file and line of the first thing that the data says of a section, else its first file."""
    facts = report.facts
    blank = [where for path, where in facts.blank.items() if path.split(".")[0] == section]
    known = [(path, fact) for kept in (facts.parts, facts.figures) for path, fact in kept.items()]
    wheres = [
        fact.origin.where for path, fact in known if path.split(".")[0] == section and fact.origin and ":" in fact.origin.where
    ]
    files = [fact.origin.where.split(":")[0] for _, fact in known if fact.origin and ":" in fact.origin.where]
    return next(iter([*blank, *wheres, *files, *(where.split(":")[0] for where in facts.blank.values())]), "")
