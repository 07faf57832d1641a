"""What the clerks' page says of mistakes is what they are told."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from nianbao.errors import language
from tests_shared import Run, replace

from .pages import ROOT

PAGE = (ROOT / "docs/zh.md").read_text(encoding="utf-8")
DATA = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)[0]
MISTAKES = re.findall(r"^\| `(.*)` \| (.*) \| `(.*)` \|$", PAGE, re.MULTILINE)


@pytest.mark.parametrize(("wrong", "told", "right"), MISTAKES, ids=[mistake[1] for mistake in MISTAKES])
def test_a_clerk_is_told_what_the_page_says(
    wrong: str, told: str, right: str, workspace: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = workspace / "data/luhe/2024.yaml"
    data.write_text(DATA, encoding="utf-8")
    replace(data, right, wrong)
    monkeypatch.setenv("NIANBAO_LANG", "zh")
    language.cache_clear()
    assert told in run("build", "luhe", "-F", "html").stderr
    replace(data, wrong, right)
    assert told not in run("build", "luhe", "-F", "html").stderr


def test_the_page_tells_of_the_mistakes_that_are_made_most() -> None:
    assert len(MISTAKES) == 11
