"""Sentences told to a correct report whose figures stand still: what the rules of prose find in them."""

from __future__ import annotations

from markupsafe import Markup

from nianbao.checks import Findings, check
from nianbao.report import Part, Report
from nianbao_guoban.rules import claims, endings, fees, growth, lists, shares, twice, wording
from nianbao_guoban.rules.prose import _read

FAMILIES = (claims, endings, fees, growth, lists, shares, twice, wording)
PARTS = {
    "主动公开": "overview.proactive",
    "依申请公开": "overview.on_request",
    "信息管理": "overview.management",
    "监督保障": "overview.supervision",
    "表四说明": "disputes.notes",
}


def found(report: Report, part: str, text: str) -> dict[str, str]:
    """The gravest severity of each code of the notice's rules of prose when a report says this and nothing else."""
    graver = ("error", "warning", "info")
    told: dict[str, str] = {}
    for finding in tell(report, (part, text)).found:
        told[finding.code] = min(told.get(finding.code, "info"), finding.severity, key=graver.index)
    return told


def tell(report: Report, *told: tuple[str, str]) -> Findings:
    """What those rules find when a report says these sentences, each in its part, and nothing else."""
    for parts in report.parts.values():
        parts.clear()
    for part, text in told:
        path = PARTS[part]
        report.parts[path.partition(".")[0]].append(
            Part(path, part, text, Markup.escape(text), "data", "data/luhe/2024.yaml:1:1")
        )
    vars(report).pop("passages", None)
    _read.clear()
    return check(report, [each for family in FAMILIES for each in family.RULES])
