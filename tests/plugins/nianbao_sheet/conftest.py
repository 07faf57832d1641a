"""A town that reports by workbook: luhe, its tables in ``workbooks/luhe/2024.xlsx``, its words in YAML."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from nianbao import Workspace
from tests_shared import Run, replace

from .filling import SETTINGS, fill


@pytest.fixture
def office(workspace: Path, run: Run) -> Path:
    """The workspace; the workbook is made by the command and filled in as luhe's office would."""
    replace(workspace / "nianbao.yaml", "sources: {manual: {}}", SETTINGS)
    keep_words(workspace)
    assert run("workbook", "luhe", "--year", "2024").exit_code == 0
    fill(workspace / "workbooks/luhe/2024.xlsx", Workspace(workspace))
    return workspace


def keep_words(workspace: Path) -> None:
    """Take the tables out of the clerk's YAML."""
    data = workspace / "data/luhe/2024.yaml"
    text = data.read_text(encoding="utf-8")
    text = text[: text.index("三、收到")] + text[text.index("五、存在") :]
    for row in ("规章", "行政规范性文件", "行政许可", "行政处罚", "行政强制", "行政事业性收费"):
        text = re.sub(rf"(?m)^  {row}: .*\n", "", text)
    data.write_text(text, encoding="utf-8")
