"""A town with two years to compare."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Keep = Callable[..., Path]


@pytest.fixture
def keep(workspace: Path) -> Keep:
    """Archive a record of luhe: figures by path, parts by path."""

    def keep(year: int, figures: dict[str, Any], parts: dict[str, Any] | None = None, **more: Any) -> Path:
        record = {
            "jurisdiction": {"id": "luhe", "name": "芦河镇"}, "year": year, "standard": "2021", "draft": False,
            "figures": {path: known if isinstance(known, dict) else {"value": known, "label": path, "origin": {}} for path, known in figures.items()},
            "parts": [{"path": path, "title": path.rpartition(".")[2], "text": text} for path, text in (parts or {}).items()],
            **more,
        }  # fmt: skip
        path = workspace / f"archive/luhe/{year}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(record), encoding="utf-8")
        return path

    return keep
