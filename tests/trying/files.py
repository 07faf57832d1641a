"""Reports by the files of a workspace, read, composed and checked as a build does it.

A fragment is a clerk's YAML, laid over the data of 2024; under ``上年`` it is laid over that of 2023, under ``设置`` over the settings.
``下级`` are bodies below, each with a fragment: the report is then the sum of theirs. ``null`` takes a key away.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from nianbao.build import Examined, Order, examine
from nianbao.checks import Findings
from nianbao.record import dump, record
from nianbao.workspace import Workspace
from trying.luhe import LAST_YEAR, SETTINGS, THIS_YEAR, laid_over


def examined(folder: Path, fragment: str = "", *, standard: str = "2021") -> Examined:
    """The report of 2024 with a fragment laid over it, checked by the rules that its standard brings."""
    told: dict[str, Any] = yaml.safe_load(fragment) or {}
    last, settings, below = told.pop("上年", {}), told.pop("设置", {}), told.pop("下级", {})
    for name in ("jurisdictions", "data/luhe", "archive/luhe"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    root = f"standard: {standard}\nformats: [html, docx]\nsources: {{manual: {{}}}}\n"
    (folder / "nianbao.yaml").write_text(root, encoding="utf-8")
    if below:
        settings = {"sources": {"manual": {}, "subordinates": {}}, **settings}
    _lay(folder / "jurisdictions/luhe.yaml", SETTINGS, settings)
    for body, fragment_of_body in below.items():
        _finish(folder, body, fragment_of_body)
    _lay(folder / "data/luhe/2024.yaml", THIS_YEAR, told)
    archived = folder / "archive/luhe/2023.json"
    archived.unlink(missing_ok=True)
    if last is not None:
        _lay(folder / "data/luhe/2023.yaml", LAST_YEAR, last)
        before = _examine(folder, 2023)
        archived.write_bytes(dump(record(before.report, before.findings, draft=False)))
    return _examine(folder, 2024)


def findings(folder: Path, fragment: str = "", **how: Any) -> Findings:
    """What the rules find in it."""
    checked = examined(folder, fragment, **how)
    assert not checked.report.mistakes, [str(mistake) for mistake in checked.report.mistakes]
    return checked.findings


def _finish(folder: Path, name: str, told: dict[str, Any]) -> None:
    """The report of a body below, as a build records it."""
    settings = {"name": name, "parent": "luhe", "sources": {"subordinates": None}}
    for each in (f"data/{name}", f"build/{name}/2024"):
        (folder / each).mkdir(parents=True, exist_ok=True)
    _lay(folder / f"jurisdictions/{name}.yaml", SETTINGS, settings)
    _lay(folder / f"data/{name}/2024.yaml", THIS_YEAR, told)
    made = _examine(folder, 2024, name)
    (folder / f"build/{name}/2024/report.json").write_bytes(dump(record(made.report, made.findings, draft=False)))


def _examine(folder: Path, year: int, name: str = "luhe") -> Examined:
    workspace = Workspace(folder)
    return examine(workspace.edition(workspace.named(name), year), Order())


def _lay(file: Path, base: str, told: dict[str, Any]) -> None:
    laid = laid_over(yaml.safe_load(base), told)
    file.write_text(yaml.safe_dump(laid, allow_unicode=True, sort_keys=False, width=10_000), encoding="utf-8")
