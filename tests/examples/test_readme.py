"""What the documentation shows works as it is written."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from nianbao.cli import main
from tests_shared import Run, replace

ROOT = Path(__file__).parents[2]


def blocks(file: str, language: str) -> list[str]:
    """The fenced blocks of one language in a document."""
    return re.findall(rf"```{language}\n(.*?)```", (ROOT / file).read_text(encoding="utf-8"), re.DOTALL)


def nianbao(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["-w", str(folder), *arguments])


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_the_tutorial_leads_to_a_report(readme: str, tmp_path: Path) -> None:
    commands = [
        shlex.split(line, comments=True)
        for block in blocks(readme, "sh")
        for line in block.splitlines()
        if line.startswith("nianbao ")
    ]
    folder = tmp_path / "mycounty"
    named = [command[1:] for command in commands]
    assert [command[0] for command in named] == ["new", "add", "start", "build", "trace", "build", "build"]
    for command in named[:3]:
        result = nianbao(folder, *(str(folder) if word == "mycounty" else word for word in command))
        assert result.exit_code == 0, result.stderr
    (data,) = (block for block in blocks(readme, "yaml") if "一、总体情况" in block)
    (folder / "data" / "清河镇" / "2025.yaml").write_text(data, encoding="utf-8")
    results = [nianbao(folder, *command) for command in named[3:]]
    assert [result.exit_code for result in results] == [0] * 4, [result.stderr for result in results]
    assert "公开信息 = 87" in results[1].stdout


def test_the_mistake_that_the_tutorial_proposes_is_found(tmp_path: Path) -> None:
    folder = tmp_path / "county"
    nianbao(folder, "new", str(folder))
    nianbao(folder, "add", "清河镇")
    data = next(block for block in blocks("README.md", "yaml") if "一、总体情况" in block)
    (folder / "data" / "清河镇").mkdir(parents=True)
    (folder / "data" / "清河镇" / "2025.yaml").write_text(
        data.replace("予以公开: {自然人: 3}", "予以公开: {自然人: 2}"), encoding="utf-8"
    )
    result = nianbao(folder, "build", "清河镇", "-F", "html")
    assert result.exit_code == 1
    assert "T3-BAL 勾稽 does not hold (自然人)" in result.stderr
    assert "expected 3 = 本年新收 3 + 上年结转 0, found 2 = 总计 2 + 结转下年度 0" in result.stderr


def test_the_standard_of_the_guide_is_one(workspace: Path, run: Run) -> None:
    (workspace / "standards").mkdir()
    (workspace / "standards" / "ours.yaml").write_text(blocks("docs/how-to/standard.md", "yaml")[0], encoding="utf-8")
    replace(workspace / "nianbao.yaml", "standard: 2021", "standard: ./standards/ours.yaml")
    result = run("build", "luhe", "-F", "html")
    assert "“标准化建设” is missing" in result.stderr
    assert "nobody answered the section “分地区情况”" in result.stderr
