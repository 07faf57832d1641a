"""Reports for one rule at a time, composed from a clerk's fragments without files: some hundred in a second.

The fragments are those of ``files``; under ``设置`` only what a jurisdiction is.
"""

from __future__ import annotations

import functools
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml
from markupsafe import Markup

from nianbao import Past, Report, Rule
from nianbao.answers import take
from nianbao.checks import Findings, check
from nianbao.facts import Fact, Facts, Origin
from nianbao.plugins import standard
from nianbao.record import figures
from nianbao.report import Part
from nianbao.sentences import Names
from nianbao.workspace import Edition, Jurisdiction, Settings
from trying.luhe import LAST_YEAR, THIS_YEAR, laid_over

_NOTICES: dict[str, Any] = {}  # read once: a test that changes a standard does not use these


def findings(rule: Rule, fragment: str = "", *, notice: str = "2021", **settings: object) -> Findings:
    """What one rule finds in the correct report with a fragment laid over it."""
    how = Rule(rule.code, "warning" if rule.severity == "off" else rule.severity, rule.basis, rule.zh, rule.en,
               functools.partial(rule.look, **settings), rule.mend)  # fmt: skip
    report = composed(fragment, notice=notice)
    assert not report.mistakes, [str(mistake) for mistake in report.mistakes]
    return check(report, [how])


def answer(rule: Rule, fragment: str = "", **how: Any) -> str:
    """The severity of what it finds, of several the severities in order; ``passes`` or ``not assessable``."""
    found = findings(rule, fragment, **how)
    if found.found:
        return ", ".join(finding.severity for finding in found.found)
    return "not assessable" if found.not_assessable else "passes"


def composed(fragment: str = "", *, notice: str = "2021") -> Report:
    """The report, with the one before it as its last year's."""
    told: dict[str, Any] = yaml.load(fragment, yaml.CSafeLoader) or {}
    last, body = told.pop("上年", {}), told.pop("设置", {}) or {}
    report = _report(2024, laid_over(_parsed(THIS_YEAR), told), notice, body)
    if last is not None:
        report.last_year = _past(json.dumps(last, ensure_ascii=False), body.get("上年格式", notice))
    return report


@functools.cache
def _parsed(data: str) -> Any:
    return yaml.safe_load(data)


@functools.cache
def _past(told: str, notice: str) -> Past:
    report = _report(2023, laid_over(_parsed(LAST_YEAR), json.loads(told)), notice, {})
    parts = [{"path": part.path, "text": part.html.striptags()} for each in report.parts.values() for part in each]
    return Past({"year": 2023, "standard": notice, "figures": figures(report), "parts": parts}, "archive/luhe/2023.json")


def _report(year: int, told: dict[str, Any], notice: str, body: dict[str, Any]) -> Report:
    known = _NOTICES.setdefault(notice, standard(notice, Path()))
    named = {"name": "芦河镇", "level": "镇", **{key: value for key, value in body.items() if key in ("name", "level", "code")}}
    edition = Edition(Jurisdiction("luhe", **named), year, Path("nowhere"), Settings(standard=notice, **named))
    facts = Facts(known)
    for section, said in told.items():
        node = known.root.find(section)[0]
        take(facts, "manual", node.key, _typed(said))
    facts.settle()
    report = Report(edition, facts, Names(facts, {}), [])
    for path, fact in facts.parts.items():
        node = facts.node(path)
        text = str(getattr(fact.value, "text", fact.value))
        report.parts[path.split(".")[0]].append(Part(path, node.label, text, Markup(text), "data", f"data:{path}"))
    return report


def _typed(said: Any, name: str = "") -> Any:
    """What YAML reads as a source answers it: figures with their origin."""
    if isinstance(said, dict):
        return {key: _typed(value, key) for key, value in said.items()}
    value = Decimal(str(said)) if isinstance(said, float) else said
    return value if isinstance(value, str) else Fact(value, Origin(f"data:{name}"))
