"""Whether the sources of an edition answer: each by itself, then what they lack together."""

from __future__ import annotations

import json
import runpy
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from nianbao.cli import main
from tests_shared import replace

EXAMPLE = Path(__file__).parents[3] / "examples" / "tianmen"
Try = Callable[..., Result]


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """The example with its register: 芦河勘测局 is built from both YAML and SQL."""
    folder = Path(shutil.copytree(EXAMPLE, tmp_path / "tianmen", ignore=shutil.ignore_patterns("build", "*.db")))
    runpy.run_path(str(folder / "register/make.py"), run_name="__main__")
    return folder


@pytest.fixture
def try_(office: Path) -> Try:
    def try_(*arguments: str) -> Result:
        return CliRunner().invoke(main, ["-w", str(office), "sources", *arguments])

    return try_


def test_each_source_is_told_with_what_it_reached_and_what_it_answered(try_: Try) -> None:
    result = try_("test", "kance")
    assert result.exit_code == 0, result.stdout
    lines = result.stdout.splitlines()
    assert lines[0] == "芦河勘测局 year 2024 · 2 sources, the first stands"
    assert any(line.startswith("✓  manual  data/kance/2024.yaml") for line in lines)
    asked = next(line for line in lines if "登记系统" in line)
    assert asked.startswith("✓")
    assert "sqlite register/register.db, read only  429006990 = 芦河勘测局" in asked
    assert asked.endswith("jurisdictions/kance.yaml:12:3")
    assert any("本年新收 271（自然人 197" in line for line in lines)


def test_a_source_that_fails_is_told_with_its_reason_and_the_others_are_tried(office: Path, try_: Try) -> None:
    replace(office / "jurisdictions/kance.yaml", "sqlite:///register/register.db", "sqlite:///nowhere.db")
    result = try_("test", "kance")
    assert result.exit_code == 2
    assert "✗  登记系统" in result.stdout
    assert "cannot connect" in result.stdout
    assert "✓  manual" in result.stdout
    assert "本年新收" in next(line for line in result.stdout.splitlines() if line.startswith("no source"))


def test_one_query_that_fails_leaves_the_answers_of_the_others(office: Path, try_: Try) -> None:
    replace(office / "jurisdictions/kance.yaml", "from fee where", "from fees where")
    result = try_("test", "kance")
    assert result.exit_code == 2
    assert "no such table: fees" in result.stdout
    assert "行政许可 116" in result.stdout


def test_a_setting_that_is_wrong_for_one_source_does_not_hide_the_others(office: Path, try_: Try) -> None:
    replace(office / "jurisdictions/kance.yaml", "sqlite:///register/register.db", "nothing://")
    result = try_("test", "kance")
    assert result.exit_code == 2
    assert "✓  manual" in result.stdout


def test_sources_that_disagree_and_those_left_out_are_named(office: Path, try_: Try) -> None:
    replace(office / "data/kance/2024.yaml", "  规章: 0\n", "  规章: 0\n  行政许可: 117\n")
    replace(office / "jurisdictions/kance.yaml", "sources:\n", "sources:\n  各镇: {use: subordinates, for: 市}\n")
    told = try_("test", "kance").stdout
    assert "conflict  proactive_disclosure.licences: 117 manual（data/kance/2024.yaml:16:9） ≠ 116 登记系统" in told
    assert "not asked: 各镇" in told.splitlines()[0]


def test_of_a_name_each_figure_is_told_and_its_sum_only_where_all_could_be_had(office: Path, try_: Try) -> None:
    county = "公开信息: {网站: select 5, 微信: select 7}\n        行政许可"
    replace(office / "jurisdictions/kance.yaml", "        行政许可", f"        {county}")
    assert "公开信息 12（网站 5，微信 7）" in try_("test", "kance").stdout
    replace(office / "jurisdictions/kance.yaml", "微信: select 7", "微信: select x")
    assert "公开信息 ?（网站 5）" in try_("test", "kance").stdout


def test_programs_read_it_as_json(office: Path, try_: Try) -> None:
    replace(office / "jurisdictions/kance.yaml", "from fee where", "from fees where")
    trial = json.loads(try_("test", "kance", "--json").stdout)
    assert [source["name"] for source in trial["sources"]] == ["manual", "登记系统"]
    assert trial["sources"][0]["errors"] == []
    assert "no such table: fees" in trial["sources"][1]["errors"][0]
    assert trial["without_source"] == ["主动公开政府信息情况：行政事业性收费"]


def test_without_test_it_lists_what_is_installed(try_: Try) -> None:
    assert "manual  nianbao" in try_().stdout
    assert {"name", "from"} == set(json.loads(try_("--json").stdout)[0])
