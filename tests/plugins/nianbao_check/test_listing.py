"""``nianbao rules`` and ``nianbao explain``: which rules there are, what they are set to, and why they are there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from nianbao.errors import language
from tests_shared import Run, replace

from .conftest import Edit


@pytest.fixture
def outside(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command line in a folder that is no workspace."""
    from nianbao.cli import main

    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    return lambda *words: CliRunner().invoke(main, words)


def rows(result: Result) -> dict[str, dict[str, Any]]:
    return {row["code"]: row for row in json.loads(result.stdout)}


def test_every_rule_is_listed_a_line_each_wherever_one_is(outside: Run) -> None:
    result = outside("rules")
    assert result.exit_code == 0, result.stderr
    lines = {line.split()[0]: line for line in result.stdout.splitlines()}
    assert len(lines) == len(result.stdout.splitlines())
    assert {"F-TYPED", "F-DATA", "F-WAIVER", "T3-BAL", "P-NEW", "FEE-SUM", "L-REGION"} <= lines.keys()
    assert lines["F-TYPED"].split()[1] == "warning"
    assert lines["F-TYPED"].endswith("a figure is typed into a sentence")


def test_the_rules_of_a_jurisdiction_are_those_that_check_it_as_it_has_set_them(run: Run, edit: Edit) -> None:
    edit("", "rules: {T3-BAL: {severity: warning}, F-TYPED: {severity: off}}")
    known = rows(run("rules", "luhe", "--json"))
    assert known["T3-BAL"]["severity"] == "warning"
    assert known["F-TYPED"]["severity"] == "off"
    assert known["T3-ROW"]["severity"] == "error"
    assert "FEE-SUM" not in known
    assert {"zh", "en", "basis", "plugin", "settings", "mend_zh", "mend_en"} <= known["T3-BAL"].keys()
    assert "T3-BAL" in run("rules", "luhe").stdout
    assert rows(run("rules", "--json"))["T3-BAL"]["severity"] == "error"


def test_a_threshold_is_what_the_jurisdiction_sets_it_to(run: Run, edit: Edit, monkeypatch: pytest.MonkeyPatch) -> None:
    from nianbao.checks import Found, rule
    from nianbao_guoban.rules import wording

    made = rule("OWN-MANY", "warning", basis="惯例", zh="多", en="many")(
        lambda report, most=10, share=5: [Found("本年新收", f"≤ {most}", "15")] if most < 10 else []
    )
    monkeypatch.setattr(wording, "RULES", [*wording.RULES, made])
    assert "OWN-MANY" not in run("check", "luhe").stdout
    edit("", "rules: {OWN-MANY: {most: 3}}")
    assert "warning OWN-MANY many" in run("check", "luhe").stdout
    assert "expected ≤ 3, found 15" in run("check", "luhe").stdout
    assert rows(run("rules", "luhe", "--json"))["OWN-MANY"]["settings"] == {"most": 3, "share": 5}
    assert "many  most: 3  share: 5" in run("rules", "luhe").stdout
    assert "rules: {OWN-MANY: {severity: warning, most: 10, share: 5}}" in run("explain", "OWN-MANY").stdout


@pytest.mark.parametrize(
    "settings", ["rules: {T3-BLA: {severity: warning}}", "rules: {T3-BAL: {severity: loud}}", "rules: {T3-BAL: {most: 3}}"]
)
def test_settings_that_no_rule_has_are_told_at_their_line(run: Run, edit: Edit, settings: str) -> None:
    edit("", settings)
    for command in ("rules", "check"):
        result = run(command, "luhe")
        assert result.exit_code == 2
        assert "jurisdictions/luhe.yaml:10:" in result.stderr


def test_an_explanation_says_why_with_wrong_and_right_data(outside: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = outside("explain", "F-SUM").stdout
    assert shown.startswith("F-SUM  error  a stated total is not its sum\nrests on: 合计由系统计算; from nianbao\n")
    assert "Sums are computed" in shown
    assert "wrong:\n    二、主动公开政府信息情况:\n      公开信息: {镇网站: 31, 公告栏: 12, 合计: 44}\n" in shown
    assert "right:\n    二、" in shown
    assert "rules: {F-SUM: {severity: error}}" in shown
    assert "waivers: [{code: F-SUM, at: …, reason: …, by: …, date: 2025-01-08}]" in shown
    assert "设置" not in shown
    monkeypatch.setenv("NIANBAO_LANG", "zh")
    language.cache_clear()
    assert "合计由系统按明细计算" in outside("explain", "F-SUM").stdout


def test_an_example_of_settings_says_what_they_are(outside: Run) -> None:
    assert "(Below 设置 are a jurisdiction's settings" in outside("explain", "F-CONFLICT").stdout


@pytest.mark.parametrize("code", ["F-DATA", "F-WAIVER"])
def test_what_no_rule_brings_is_explained_and_not_offered_for_waiving(outside: Run, code: str) -> None:
    shown = outside("explain", code).stdout
    assert "wrong:" in shown
    assert "waivers: [{code: " + code not in shown


def test_a_code_may_be_typed_in_small_letters_and_one_that_is_unknown_is_guessed(outside: Run) -> None:
    assert outside("explain", "t3-bal").stdout.startswith("T3-BAL ")
    wrong = outside("explain", "T3-BALL")
    assert wrong.exit_code == 2
    assert "Did you mean “T3-BAL”?" in wrong.stderr


def test_an_explanation_as_json_has_both_languages(outside: Run) -> None:
    told = json.loads(outside("explain", "F-TYPED", "--json").stdout)
    assert (told["code"], told["severity"], told["plugin"]) == ("F-TYPED", "warning", "nianbao")
    assert set(told["explanation"]) == {"zh", "en", "wrong", "right"}


def test_the_rules_of_a_standard_of_the_workspace_are_explained_too(run: Run, workspace: Path) -> None:
    (workspace / "standards").mkdir()
    (workspace / "standards/ours.yaml").write_text(
        "extends: 2021\nsections:\n  other_matters:\n    keys: {one: {label: 甲, unit: 件}, two: {label: 乙, unit: 件}}\n"
        "    equations: {OUR-SAME 相等: 甲 = 乙}\n", encoding="utf-8",
    )  # fmt: skip
    replace(workspace / "nianbao.yaml", "standard: 2021", "standard: ./standards/ours.yaml")
    assert run("explain", "OUR-SAME").stdout.startswith("OUR-SAME  error  ")
    assert "OUR-SAME" in run("rules").stdout


def test_a_standard_that_is_broken_hides_no_other(run: Run, workspace: Path) -> None:
    replace(workspace / "nianbao.yaml", "standard: 2021", "standard: ./standards/none.yaml")
    result = run("rules")
    assert result.exit_code == 0
    assert "T3-BAL" in result.stdout
    assert "none.yaml" in result.stderr
