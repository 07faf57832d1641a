"""What the tests of the commands share: a change of the example town's files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests_shared import replace

DATA, SETTINGS = "data/luhe/2024.yaml", "jurisdictions/luhe.yaml"
Edit = Callable[[str, str], None]


@pytest.fixture
def edit(workspace: Path) -> Edit:
    """Replace a text in the town's data, or, where the first is empty, add a line to its settings."""

    def edit(old: str, new: str) -> None:
        if old:
            replace(workspace / DATA, old, new)
        else:
            with (workspace / SETTINGS).open("a", encoding="utf-8") as settings:
                settings.write(f"{new}\n")

    return edit
