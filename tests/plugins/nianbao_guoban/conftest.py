"""The town of these tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from .town import Town


@pytest.fixture
def town(tmp_path: Path) -> Town:
    return Town(tmp_path)
