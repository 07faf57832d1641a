"""The rules that places add are explained, and their examples are true."""

from __future__ import annotations

from pathlib import Path

import pytest

from nianbao.checks import Rule
from nianbao.explaining import explanation
from nianbao.generic import rules_of
from nianbao.plugins import loaded, standard
from trying.files import findings

JIANGSU = standard("2021-jiangsu", Path())
RULES = {rule.code: rule for rule in (*rules_of(JIANGSU), *loaded("plugins", "local").rules(JIANGSU))}


@pytest.mark.parametrize("code", ["FEE-SUM", "L-REGION"])
def test_what_a_rule_of_a_place_calls_wrong_is_found_and_what_it_calls_right_passes(code: str, tmp_path: Path) -> None:
    rule: Rule = RULES[code]
    why = explanation(rule)
    assert why is not None
    assert all((why.zh, why.en))
    assert code in [finding.code for finding in findings(tmp_path, why.wrong, standard="2021-jiangsu").found]
    assert code in findings(tmp_path, why.right, standard="2021-jiangsu").passed
