"""What ``check --sarif`` prints: one SARIF 2.1.0 log for all reports, as forges and their code scanners read it."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from nianbao import __version__
from nianbao.checks import Finding, Rule
from nianbao.errors import NianbaoError, say, shown
from nianbao.explaining import explanation
from nianbao.generic import UNRULED

if TYPE_CHECKING:
    from pathlib import Path

    from nianbao.workspace import Waiver
    from nianbao_check.checked import Checked

SCHEMA = "https://raw.githubusercontent.com/oasis-tcs/sarif-spec/master/Schemata/sarif-schema-2.1.0.json"
LEVELS = {"error": "error", "warning": "warning", "info": "note", "off": "none"}


class Log:
    """A log that grows report by report; of each only what is printed is kept. Files are named from the workspace's folder."""

    def __init__(self, workspace: Path) -> None:
        self.workspace = workspace
        self.rules: dict[str, dict[str, Any]] = {}
        self.results: list[dict[str, Any]] = []
        self.troubles: list[dict[str, Any]] = []

    def add(self, checked: Checked) -> None:
        """A report's findings, those that are waived as suppressed; an error for which it could not be checked."""
        if checked.error:
            self.troubles.append({"level": "error", "message": {"text": f"{checked.name}: {checked.error}"}})
        for rule in (*UNRULED, *(checked.examined.rules if checked.examined else ())):
            if rule.code not in self.rules:
                self.rules[rule.code] = _described(rule)
        if checked.findings:
            self.results += [self._result(checked, finding) for finding in checked.findings.found]
            self.results += [
                {**self._result(checked, finding), "suppressions": [_suppression(waiver)]}
                for finding, waiver in checked.findings.waived
            ]

    @classmethod
    def of(cls, workspace: Path, logs: Iterable[Log]) -> Log:
        """The logs of several reports as one."""
        whole = cls(workspace)
        for log in logs:
            whole.rules = log.rules | whole.rules
            whole.results += log.results
            whole.troubles += log.troubles
        return whole

    def dumped(self) -> str:
        """The log as JSON."""
        order = list(self.rules)
        for result in self.results:
            result["ruleIndex"] = order.index(result["ruleId"])
        driver = {"name": "nianbao", "version": __version__, "rules": list(self.rules.values())}
        run = {
            "tool": {"driver": driver},
            "columnKind": "unicodeCodePoints",
            "invocations": [{"executionSuccessful": not self.troubles, "toolExecutionNotifications": self.troubles}],
            "results": self.results,
        }
        return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)

    def _result(self, checked: Checked, finding: Finding) -> dict[str, Any]:
        own = checked.file or f"jurisdictions/{_id(checked)}.yaml"
        physical = self._physical(finding.place, checked.file) or {"artifactLocation": {"uri": quote(own)}}
        location: dict[str, Any] = {"physicalLocation": physical}
        if finding.at:
            location["logicalLocations"] = [{"name": finding.label or finding.at, "fullyQualifiedName": finding.at}]
        told = finding.told if "region" in physical or not finding.place else f"{finding.place}: {finding.told}"
        return {
            "ruleId": finding.code,
            "level": LEVELS[finding.severity],
            "message": {"text": shown("\n".join(filter(None, (told, say(*finding.mend)))))},
            "locations": [location],
            "properties": {"file" if checked.file else "jurisdiction": _id(checked)},
        }

    def _physical(self, place: str, finished: str) -> dict[str, Any] | None:
        """The file, line and column of a place; None where it is neither in the ``finished`` report nor a file of the workspace
        (a database, a portal).
        """
        if finished and place.startswith(finished):
            file, rest = finished, place[len(finished) + 1 :]
        else:
            file, _, rest = place.partition(":")
        if not file or file != finished and not (self.workspace / file).is_file():
            return None
        line, _, column = rest.partition(":")
        region = {name: int(said) for name, said in (("startLine", line), ("startColumn", column)) if said.isdecimal()}
        return {"artifactLocation": {"uri": quote(file)}} | ({"region": region} if "startLine" in region else {})


def _described(rule: Rule) -> dict[str, Any]:
    why = None
    with contextlib.suppress(NianbaoError):  # a stranger's file that is wrong: `nianbao explain` tells
        why = explanation(rule)
    told: dict[str, Any] = {
        "id": rule.code,
        "shortDescription": {"text": say(rule.zh, rule.en)},
        "defaultConfiguration": {"level": LEVELS[rule.severity], "enabled": rule.severity != "off"},
        "properties": {"basis": rule.basis, "plugin": rule.plugin},
    }
    if why:
        wrong, right = say("错例", "wrong"), say("对例", "right")
        told["fullDescription"] = {"text": say(why.zh, why.en)}
        told["help"] = {
            "text": f"{say(why.zh, why.en)}\n\n{wrong}\n{why.wrong}\n\n{right}\n{why.right}",
            "markdown": f"{say(why.zh, why.en)}\n\n{wrong}\n\n```yaml\n{why.wrong}\n```\n\n{right}\n\n```yaml\n{why.right}\n```\n",
        }
    return told


def _id(checked: Checked) -> str:
    return checked.edition.jurisdiction.id if checked.edition and not checked.file else checked.name


def _suppression(waiver: Waiver) -> dict[str, str]:
    return {"kind": "external", "status": "accepted", "justification": f"{waiver.reason}（{waiver.by}，{waiver.date}）"}
