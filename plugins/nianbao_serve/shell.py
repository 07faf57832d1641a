"""The pages around the report, in the user's language: the index, the preview, a message."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader

from nianbao import __version__
from nianbao.errors import NianbaoError, say, shown
from nianbao.plugins import is_asked_without_years, years
from nianbao.workspace import Jurisdiction, Workspace

_FOLDER = Path(__file__).parent / "templates"


def index(workspace: Workspace, year: int | None) -> str:
    """Every jurisdiction with its years; whose settings have a mistake, with the mistake."""
    try:
        ids, problem = workspace.ids, ""
    except NianbaoError as error:
        ids, problem = [], str(error)
    rows = [_row(workspace, id) for id in ids]
    known = sorted({each for row in rows for each in row["years"]})
    for row in rows:
        row["years"] = ([year] if row["any"] or year in row["years"] else []) if year else (known if row["any"] else row["years"])
    return _fill("index.html", rows=rows, problem=problem, folder=workspace.folder.resolve().name)


def preview(workspace: Workspace, id: str, year: int) -> str:
    """The page that shows the report and what is beside it."""
    try:
        name = workspace.jurisdiction(id).name
    except NianbaoError:
        name = id
    return _fill("preview.html", name=name, year=year)


def message(error: NianbaoError) -> str:
    """A page that tells a mistake."""
    return _fill("message.html", text=str(error))


def _row(workspace: Workspace, id: str) -> dict[str, Any]:
    row: dict[str, Any] = {"id": id, "name": id, "level": "", "years": [], "any": False, "problem": ""}
    try:
        jurisdiction: Jurisdiction = workspace.jurisdiction(id)
        row |= {"name": jurisdiction.name, "level": jurisdiction.level}
        row |= {"years": years(workspace, jurisdiction), "any": is_asked_without_years(workspace, jurisdiction)}
    except NianbaoError as error:
        row["problem"] = shown(str(error))
    return row


def _fill(template: str, **context: object) -> str:
    return _environment().get_template(template).render(say=say, lang=say("zh-CN", "en"), version=__version__, **context)


@functools.cache
def _environment() -> Environment:
    return Environment(autoescape=True, loader=FileSystemLoader(_FOLDER), trim_blocks=True, lstrip_blocks=True)
