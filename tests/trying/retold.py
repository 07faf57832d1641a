"""One correct report, composed once, told again in other words: rules of prose are tried on it in a millisecond each."""

from __future__ import annotations

import copy
import functools
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from nianbao.checks import Findings, check
from nianbao.facts import Fact
from nianbao.generic import rules_of
from nianbao.plugins import loaded
from nianbao.report import Part, Report
from nianbao_guoban.rules import claims, endings, fees, growth, lists, shares, twice, wording
from trying.files import examined

PROSE = (claims, endings, fees, growth, lists, shares, twice, wording)
PARTS = {
    "主动公开": "overview.proactive",
    "依申请公开": "overview.on_request",
    "信息管理": "overview.management",
    "监督保障": "overview.supervision",
    "表四说明": "disputes.notes",
}


@functools.cache
def correct(standard: str = "2021") -> Report:
    """The correct report of ``luhe.py``, under another standard if need be."""
    with tempfile.TemporaryDirectory() as folder:
        fragment = {"2019": "二、主动公开政府信息情况: null\n上年: null"}.get(standard, "上年: null")
        return examined(Path(folder), fragment, standard=standard).report


def retold(
    told: str | Mapping[str, str | None] = "", *, standard: str = "2021", figures: Mapping[str, Any] | None = None, **other: Any
) -> Report:
    """The report with other texts by path (a plain text is that of 主动公开, None takes a part away), figures and attributes.

    ``name``, ``level``, ``year``, ``telephone`` and ``workspace`` are those of its body and edition; anything else is the report's own.
    """
    report = _another(correct(standard))
    for path, text in ({"overview.proactive": told} if isinstance(told, str) and told else told or {}).items():
        _tell(report, path, text)
    report.facts = copy.copy(report.facts)
    changed = {path: None if value is None else Fact(value) for path, value in (figures or {}).items()}
    report.facts.figures = {path: fact for path, fact in {**report.facts.figures, **changed}.items() if fact is not None}
    body = replace(report.edition.jurisdiction, **{key: other.pop(key) for key in ("name", "level") if key in other})
    settings = replace(report.edition.settings, **{key: other.pop(key) for key in ("telephone", "words") if key in other})
    report.edition = replace(
        report.edition,
        jurisdiction=body,
        settings=settings,
        **{key: other.pop(key) for key in ("year", "workspace") if key in other},
    )
    for key, value in other.items():
        setattr(report, key, value)
    return report


def _another(report: Report) -> Report:
    """A report with parts of its own, whose prose nobody has read yet."""
    report = copy.copy(report)
    report.parts = {section: list(parts) for section, parts in report.parts.items()}
    vars(report).pop("passages", None)
    return report


def _tell(report: Report, path: str, text: str | None, title: str = "") -> None:
    section = path.split(".", maxsplit=1)[0]
    known = report.parts[section]
    title = title or next((part.title for part in known if part.path == path), path.rpartition(".")[2])
    part = Part(path, title, text or "", Markup(escape(text or "")), "data", "data/luhe/2024.yaml:1:1")
    at = next((number for number, one in enumerate(known) if one.path == path), len(known))
    known[at : at + 1] = [] if text is None else [part]


def looked(report: Report, code: str, **settings: Any) -> Findings:
    """What one rule finds."""
    rules = [*rules_of(report.standard), *loaded("plugins", "guoban").rules(report.standard)]
    (rule,) = (each for each in rules if each.code == code)
    if settings:
        rule = replace(rule, look=functools.partial(rule.look, **settings))
    return check(report, [rule])


def verdict(report: Report, code: str, **settings: Any) -> str:
    """``passes``, ``not assessable``, or the severities of what is found, in order."""
    findings = looked(report, code, **settings)
    if code in findings.not_assessable:
        return "not assessable"
    return " ".join(finding.severity for finding in findings.found) or "passes"


def found(report: Report, part: str, text: str) -> dict[str, str]:
    """The gravest severity of each code of the notice's rules of prose when a report says this and nothing else."""
    graver = ("error", "warning", "info")
    told: dict[str, str] = {}
    for finding in tell(report, (part, text)).found:
        told[finding.code] = min(told.get(finding.code, "info"), finding.severity, key=graver.index)
    return told


def tell(report: Report, *told: tuple[str, str]) -> Findings:
    """What those rules find when a report says these sentences, each in its part, and nothing else."""
    report = _another(report)
    report.parts = {section: [] for section in report.parts}
    for part, text in told:
        _tell(report, PARTS[part], text, part)
    return check(report, [each for family in PROSE for each in family.RULES])
