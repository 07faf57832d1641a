"""The JSON Schema that editors complete and check by."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from nianbao.plugins import standard
from nianbao_manual.schema import schema_of
from tests_shared import Run

EXAMPLES = Path(__file__).parents[3] / "examples"
SCHEMA = schema_of(standard("2021", Path()))


def errors(data: dict[str, Any]) -> list[str]:
    return [error.message for error in jsonschema.Draft202012Validator(SCHEMA).iter_errors(data)]


@pytest.mark.parametrize("town", ["luhe", "shijiahe"])
def test_the_examples_pass(town: str) -> None:
    assert not errors(yaml.safe_load((EXAMPLES / "tianmen" / "data" / town / "2024.yaml").read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    "data",
    [
        {"总体情况": {"平台建设": "好。"}},
        {"requests": {"new": {"business": 3}}},
        {"三、收到和处理政府信息公开申请情况": {"（三）不予公开": {"1.属于国家秘密": {"自然人": 1}}}},
        {"三、收到和处理政府信息公开申请情况": {"本年度办理结果": {"予以公开": {"法人或其他组织": {"其他": 1}}}}},
        {"四、政府信息公开行政复议、行政诉讼情况": 0},
        {"六、其他需要报告的事项": {"信息处理费": 12.5, "另一项": "文字。", "另一数": {"甲": 1}}},
    ],
)
def test_what_the_source_reads_the_schema_accepts(data: dict[str, Any]) -> None:
    assert not errors(data)


@pytest.mark.parametrize(
    "data",
    [
        {"七、没有的部分": {}},
        {"requests": {"new": {"自燃人": 1}}},
        {"requests": {"new": {"business": -1}}},
        {"requests": {"new": {"business": 1.5}}},
        {"requests": {"new": {"business": "三"}}},
        {"overview": {"监督保障": 3}},
        {"proactive_disclosure": {"行政许可": "若干"}},
    ],
)
def test_what_the_source_refuses_the_schema_marks(data: dict[str, Any]) -> None:
    assert errors(data)


def test_a_label_carries_its_article() -> None:
    assert "条例第五十条第四项" in SCHEMA["$defs"]["overview"]["properties"]["监督保障"]["description"]


def test_the_command_writes_the_schema_of_the_workspaces_standard(workspace: Path, run: Run) -> None:
    result = run("schema")
    path = workspace / "schema" / "2021.json"
    assert Path(result.stdout.strip()) == path
    assert json.loads(path.read_bytes()) == SCHEMA
    assert Path(run("schema", "--standard", "2019").stdout.strip()).name == "2019.json"
    assert run("schema", "--standard", "2020").exit_code == 2


def test_the_examples_schema_is_that_of_its_standard() -> None:
    assert json.loads((EXAMPLES / "tianmen" / "schema" / "2021.json").read_bytes()) == SCHEMA
