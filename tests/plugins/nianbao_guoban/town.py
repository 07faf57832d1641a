"""What the tests of the notice's rules share: a town whose tables stand still, while its sentences change."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from nianbao import Rule, Standard
from nianbao.checks import Findings, check
from nianbao.report import Report
from nianbao_guoban.rules import rules as all_rules
from trying.files import examined

SILENT = "按要求开展工作。"
OVERVIEW = ("主动公开", "依申请公开", "政府信息管理", "平台建设", "监督保障")
TABLES = ("二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况", "四、政府信息公开行政复议、行政诉讼情况")


def rules(standard: Standard) -> list[Rule]:
    """The rules of prose against tables: the others have tests of their own, in ``tests/rules``."""
    return [rule for rule in all_rules(standard) if rule.code.startswith("P-") or rule.code == "T4-WIN-CLAIM"]


class Town:
    """The town of ``trying``, which says nothing but what it is told."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def report(self, *sentences: str, without: tuple[str, ...] = (), fee: str = "信息处理费: 0", lead: str = "") -> Report:
        """The report with these sentences on applications, ``lead`` before table four; the sections of tables named in ``without`` are absent."""
        told: dict[str, Any] = {table: None for table in TABLES if table[0] in without}
        told["一、总体情况"] = {"引言": None, **dict.fromkeys(OVERVIEW, SILENT), "依申请公开": "".join(sentences) or SILENT}
        told["五、存在的主要问题及改进情况"] = {"上年度": None, "本年度": SILENT}
        told["六、其他需要报告的事项"] = {"信息处理费": None, **yaml.safe_load(fee)}
        if lead:
            told[TABLES[2]] = {"引言": lead}
        return examined(self.folder, yaml.safe_dump({"上年": None, **told}, allow_unicode=True, width=10_000)).report

    def findings(self, *sentences: str, **how: object) -> Findings:
        """What the notice's rules find in it."""
        report = self.report(*sentences, **how)  # type: ignore[arg-type]
        assert not report.mistakes, [str(mistake) for mistake in report.mistakes]
        return check(report, rules(report.standard))

    def found(self, *sentences: str, **how: object) -> dict[str, str]:
        """The severity of each finding by its code."""
        return {finding.code: finding.severity for finding in self.findings(*sentences, **how).found}
