"""What ``check --json`` prints: findings, waivers, what could not be assessed, and the tables by their keys."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from nianbao.checks import Finding
from nianbao.cli import errors_of
from nianbao.record import as_json

if TYPE_CHECKING:
    from nianbao.report import Report
    from nianbao.tables import Grid
    from nianbao_check.checked import Checked


def as_dict(checked: Checked) -> dict[str, Any]:
    """One report, ready for JSON; ``tables`` is None where it could not be composed."""
    findings, edition = checked.findings, checked.edition
    return {
        **_named(checked),
        "year": edition.year if edition else None,
        "findings": [_finding(finding) for finding in findings.found] if findings else [],
        "waived": [
            {**_finding(finding), "reason": waiver.reason, "by": waiver.by, "date": waiver.date}
            for finding, waiver in (findings.waived if findings else ())
        ],
        "not_assessable": list(findings.not_assessable) if findings else [],
        "lacking": findings.not_assessable if findings else {},
        "passed": findings.passed if findings else [],
        "errors": errors_of(checked.error),
        "tables": tables(checked.examined.report) if checked.examined else None,
    }


def _named(checked: Checked) -> dict[str, Any]:
    """Which report it is: a jurisdiction's, or that of a file with what the file says of itself."""
    edition = checked.edition
    if not checked.file:
        return {"jurisdiction": edition.jurisdiction.id if edition else checked.name}
    return {
        "jurisdiction": None,
        "file": checked.file,
        "name": edition.jurisdiction.name if edition else None,
        "level": edition.jurisdiction.level if edition else None,
        "standard": edition.standard.name if edition else None,
        "title": checked.examined.report.title if checked.examined else None,
    }


def dumped(data: object) -> str:
    """JSON, amounts as numbers."""
    return json.dumps(data, ensure_ascii=False, indent=2, default=as_json)


def _finding(finding: Finding) -> dict[str, str]:
    return {"message": str(finding), **finding.as_dict()}


def tables(report: Report) -> dict[str, Any]:
    """The tables by section, row and column, as the standard's keys nest; an absent cell is None, one of a finished report as it stands."""
    return {section: _section(report, section) for section in report.standard.grids}


def _section(report: Report, section: str) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for grid in report.standard.grids[section]:
        for path, cells in _rows(report, grid):
            *above, last = path.split(".")
            home = told
            for key in above:
                home = home.setdefault(key, {})
            home[last] = cells
    return told


def _rows(report: Report, grid: Grid) -> list[tuple[str, Any]]:
    """The rows of a table by their keys, each with its cells; where there is but one column, the figure itself."""
    columns = [leaf for column in grid.top_columns for leaf in column.leaves()]
    rows = []
    for row in (leaf for top in grid.top_rows for leaf in top.leaves()):
        cells = {column.path: _value(report, grid.path(row, column)) for column in columns}
        rows.append((row.path, cells if len(columns) > 1 else next(iter(cells.values()))))
    return rows


def _value(report: Report, path: str) -> Any:
    if report.finished:
        cell = report.cells.get(path)
        return cell.value.value if cell and cell.value else None
    fact = report.facts.figure(path)
    return fact.value if fact else None
