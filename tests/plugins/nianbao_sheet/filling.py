"""What an office does to a workbook, and what a build then knows."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.workbook import Workbook

from nianbao import Edition, Workspace
from nianbao_sheet.placing import plan
from nianbao_sheet.writing import TOP
from tests_shared import Run

SETTINGS = "sources: {sheet: {}, manual: {}}"
FILE = "workbooks/luhe/2024.xlsx"
GIVEN: dict[str, Any] = {
    "proactive_disclosure.regulations.made": 0,
    "proactive_disclosure.normative_documents.made": 1,
    "proactive_disclosure.normative_documents.valid": 6,
    "proactive_disclosure.licences": 18,
    "proactive_disclosure.penalties": 5,
    "proactive_disclosure.coercion": 0,
    "proactive_disclosure.fees": 0.36,
    "requests.new.natural_person": 12,
    "requests.new.business": 2,
    "requests.carried_in.natural_person": 2,
    "requests.granted.natural_person": 10,
    "requests.denied.state_secret.natural_person": 1,
    "requests.denied.administrative_query.business": 1,
    "requests.unable.not_held.business": 1,
    "requests.other.other.natural_person": 2,
    "requests.carried_out.natural_person": 1,
    "disputes.review.upheld": 1,
    "disputes.litigation_direct.pending": 2,
    "disputes.litigation_after_review.upheld": 3,
}
TOTALS = {"requests.total": 15, "requests.denied": 2, "requests.new": 14, "disputes.review": 1}


def places(edition: Edition) -> dict[str, tuple[int, str]]:
    """The number of the sheet and the cell of each drawn figure, by its path."""
    sections = enumerate(edition.standard.grids, 1)
    return {
        path: (number, str(at)) for number, section in sections for path, at in plan(edition.standard, section, TOP).at.items()
    }


def fill(path: Path, workspace: Workspace, given: Mapping[str, Any] = GIVEN) -> None:
    """Type values into the cells of their paths."""
    known = places(workspace.edition(workspace.named("luhe"), 2024))
    with edited(path) as book:
        for name, value in given.items():
            number, cell = known[name]
            book.worksheets[number][cell] = value


@contextlib.contextmanager
def edited(path: Path) -> Iterator[Workbook]:
    """A workbook, opened, changed and saved."""
    book = openpyxl.load_workbook(path)
    yield book
    book.save(path)


def put(office: Path, path: str, value: Any) -> str:
    """Type a value into the cell of a path; its place, as messages call it."""
    workspace = Workspace(office)
    number, cell = places(workspace.edition(workspace.named("luhe"), 2024))[path]
    with edited(office / FILE) as book:
        book.worksheets[number][cell] = value
        return f"{FILE}:{book.worksheets[number].title}!{cell}"


def changed(data: bytes, **parts: Callable[[bytes], bytes]) -> bytes:
    """A package with parts changed or added; ``/`` and ``.`` in their names are written ``__`` and ``_dot_``."""
    names = {name.replace("__", "/").replace("_dot_", "."): change for name, change in parts.items()}
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(entry.filename, names.pop(entry.filename, bytes)(old.read(entry)))
        for name, change in names.items():
            new.writestr(name, change(b""))
    return target.getvalue()


def rows(path: Path) -> list[list[Any]]:
    """All that stands in a workbook, its sheets one under another with a line between them."""
    return [list(row) for sheet in openpyxl.load_workbook(path).worksheets for row in (*sheet.iter_rows(values_only=True), ())]


def write_csv(path: Path, encoding: str, found: list[list[Any]]) -> None:
    """Rows as a spreadsheet saves them in .csv, formulas left out."""
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows([["" if str(value).startswith("=") else value for value in row] for row in found])


def figures(folder: Path, run: Run) -> dict[str, Any]:
    """The figures of luhe's build, which succeeds."""
    result = run("build", "luhe", "-F", "html")
    assert result.exit_code == 0, result.stderr
    known: dict[str, Any] = json.loads((folder / "build/luhe/2024/report.json").read_bytes())["figures"]
    return known


def values(folder: Path, run: Run) -> dict[str, Any]:
    """What the build has at the paths that were filled in, and their totals."""
    known = figures(folder, run)
    return {path: known[path]["value"] for path in (*GIVEN, *TOTALS)}


def refused(run: Run) -> str:
    """What is told by a build that does not succeed."""
    result = run("build", "luhe", "-F", "html")
    assert result.exit_code in (1, 2), result.stderr + result.stdout
    assert "Traceback" not in result.stderr
    return result.stderr
