"""Every rule says why it is there, and its examples are true: what it calls wrong is found, what it calls right is not."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from nianbao.build import Assessed
from nianbao.checks import Rule
from nianbao.explaining import explanation
from nianbao.generic import UNRULED, rules_of
from nianbao.plugins import loaded, standard
from trying.filed import checked
from trying.files import examined, findings

NOTICE = standard("2021", Path())
BROUGHT = [rule for name in NOTICE.plugins for rule in loaded("plugins", name).rules(NOTICE)]
EVERY = (*rules_of(NOTICE), *BROUGHT, *UNRULED)
RULES = {rule.code: rule for rule in EVERY}


@pytest.fixture(params=RULES.values(), ids=RULES)
def rule(request: pytest.FixtureRequest) -> Rule:
    """Each rule of the notice."""
    made: Rule = request.param
    return made


def assessed(folder: Path, example: str) -> Assessed:
    """An example checked: a clerk's fragment, or lines of a finished report's file."""
    lines = (yaml.safe_load(example) or {}).get("文件")
    return checked(folder, lines) if lines else examined(folder, example)


def test_every_rule_is_explained_in_both_languages(rule: Rule) -> None:
    why = explanation(rule)
    assert why is not None, f"{rule.code} is not explained"
    assert all((why.zh, why.en, why.wrong, why.right))


def test_what_a_rule_calls_wrong_is_found(rule: Rule, tmp_path: Path) -> None:
    why = explanation(rule)
    assert why
    found = assessed(tmp_path, why.wrong).findings.found  # mistakes in the data among them
    assert rule.code in [finding.code for finding in found]


def test_what_a_rule_calls_right_passes(rule: Rule, tmp_path: Path) -> None:
    why = explanation(rule)
    assert why
    right = assessed(tmp_path, why.right)
    assert not right.report.mistakes
    shown = right.findings
    assert rule.code not in [finding.code for finding in shown.found]
    assert rule.code in shown.passed or rule in UNRULED


def test_a_correct_file_has_no_finding(tmp_path: Path) -> None:
    assert not [str(finding) for finding in checked(tmp_path, "").findings.found]


def test_a_correct_report_has_no_finding(tmp_path: Path) -> None:
    assert not [str(finding) for finding in findings(tmp_path).found]
