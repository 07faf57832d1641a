"""The record of a build, ``report.json``: facts with origins, sentences, findings, waivers, digests of the inputs."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nianbao.errors import SourceError, shown
from nianbao.publish import file_name
from nianbao.tree import bare
from nianbao.yamlfile import as_number

if TYPE_CHECKING:
    from nianbao.checks import Findings
    from nianbao.facts import Fact, Origin
    from nianbao.report import Report
    from nianbao.workspace import Edition

EVIDENCE = "evidence"  # the folder of what was counted, beside the record


def record(report: Report, findings: Findings, *, draft: bool) -> dict[str, Any]:
    """What is known of a report, ready for JSON; figures by path, each with its label and origin."""
    edition, facts = report.edition, report.facts
    quoted = [(facts.standard.nodes[path], fact) for path, fact in facts.parts.items() if path in facts.standard.nodes]
    return {
        "jurisdiction": {"id": edition.jurisdiction.id, "name": edition.jurisdiction.name},
        "year": edition.year,
        "standard": edition.standard.name,
        "draft": draft,
        "figures": figures(report),
        "stated": {path: _fact(report, path, fact) for path, fact in sorted(facts.stated.items())},
        "parts": [
            {"path": part.path, "title": part.title, "text": part.html.striptags(), "from": part.source, "place": part.place}
            for parts in (*report.parts.values(), report.annotations.values())
            for part in parts
        ]
        + [
            {
                "path": node.path,
                "title": bare(node.label),
                "text": str(fact.value),
                "from": "data",
                "place": _origin(fact.origin).get("where", ""),
            }
            for node, fact in quoted
            if node.quoted
        ],
        "findings": [finding.as_dict() for finding in findings.found],
        "waived": [
            {**finding.as_dict(), "reason": waiver.reason, "by": waiver.by, "date": waiver.date}
            for finding, waiver in findings.waived
        ],
        "not_assessable": list(findings.not_assessable),
        "inputs": {file: _digest(edition.workspace / file) for file in sorted(set(_inputs(report)))},
    }


def figures(report: Report) -> dict[str, Any]:
    """The figures by path, each with its value, label and origin, and what it is the sum of."""
    return {path: _fact(report, path, fact) for path, fact in sorted(report.facts.figures.items())}


def dump(data: dict[str, Any]) -> bytes:
    """JSON as ``report.json`` holds it: Chinese as it is, each fact, sentence and finding a line of its own."""
    write = functools.partial(json.dumps, ensure_ascii=False, default=as_json)
    blocks = []
    for key, value in data.items():
        if isinstance(value, dict) and value:
            inner = ",\n".join(f"  {write(name)}: {write(below)}" for name, below in value.items())
            blocks.append(f" {write(key)}: {{\n{inner}\n }}")
        elif isinstance(value, list) and value:
            inner = ",\n".join(f"  {write(below)}" for below in value)
            blocks.append(f" {write(key)}: [\n{inner}\n ]")
        else:
            blocks.append(f" {write(key)}: {write(value)}")
    return ("{\n" + ",\n".join(blocks) + "\n}\n").encode()


def read(folder: Path, file: str) -> dict[str, Any]:
    """A record that a build wrote. Raises SourceError where the file is none."""
    try:
        known = json.loads((folder / file).read_text(encoding="utf-8"), parse_float=Decimal)
        known["year"], known["jurisdiction"]["id"], known["figures"].items(), known.get("parts", [])
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise SourceError(f"读不了报告的记录：{error}", f"cannot read the record: {error}", place=file,
                          mend=("用 nianbao build 重新生成；存档用 nianbao archive。", "Build it again, or archive it again."))  from None  # fmt: skip
    return dict(known)


def archive_file(edition: Edition, year: int) -> str:
    """Where `nianbao archive` keeps the record of a jurisdiction's report of a year, in its workspace."""
    return f"archive/{edition.jurisdiction.id}/{year}.json"


def archived(edition: Edition, year: int) -> dict[str, Any] | None:
    """The archived record of a jurisdiction's report of a year, None where there is none.

    Raises SourceError where the file is no finished report of this jurisdiction and year.
    """
    file = archive_file(edition, year)
    if not (edition.workspace / file).exists():
        return None
    known = read(edition.workspace, file)
    if known.get("draft") or known["year"] != year or known["jurisdiction"]["id"] != edition.jurisdiction.id:
        raise SourceError(f"不是本单位 {year} 年度的定稿", f"it is no finished report of this jurisdiction for {year}", place=file,
                          mend=("用 nianbao archive 重新存档。", "Archive it again with `nianbao archive`."))  # fmt: skip
    return known


def evidence(report: Report) -> dict[str, bytes]:
    """The rows that were counted, as CSV by the name of its file: one for each fact that has any."""
    return {_evidence_file(path): as_csv(fact.evidence) for path, fact in report.facts.figures.items() if fact.evidence}


def _evidence_file(path: str) -> str:
    return f"{file_name(path)}.csv"


def as_csv(rows: Sequence[Mapping[str, Any]]) -> bytes:
    """Rows under the names of their columns, as CSV that spreadsheets open: nothing in them is taken for a formula."""
    import csv
    import io

    written = io.StringIO()
    columns = list(dict.fromkeys(name for row in rows for name in row))
    table = csv.writer(written)
    table.writerow(map(_plain, columns))
    table.writerows([_plain(row.get(column, "")) for column in columns] for row in rows)
    return written.getvalue().encode("utf-8-sig")


def _plain(cell: object) -> str:
    text = shown(str(cell))
    is_formula = text.lstrip().startswith(("=", "+", "-", "@")) and as_number(text) is None
    return f"'{text}" if is_formula or text.startswith(("\t", "\r")) else text


def _fact(report: Report, path: str, fact: Fact) -> dict[str, Any]:
    from nianbao.report import label  # what writes a record has imported it long since; what reads one need not

    known: dict[str, Any] = {"value": fact.value, "label": label(report.facts, path), "origin": _origin(fact.origin)}
    if fact.evidence:
        known["evidence"] = f"{EVIDENCE}/{_evidence_file(path)}"
    addends = report.facts.node(path).addends
    if addends and fact.origin and fact.origin.where == "sum":
        known["sum_of"] = list(addends)
    return known


def _origin(origin: Origin | None) -> dict[str, Any]:
    return {key: value for key, value in vars(origin).items() if value} if origin else {}


def _inputs(report: Report) -> Iterator[str]:
    edition = report.edition
    yield from (*edition.files, *report.files)
    for name in (edition.settings.standard, edition.settings.theme):
        if name.startswith("."):
            here = edition.workspace / name
            files = [here] if here.is_file() else sorted(path for path in here.rglob("*") if path.is_file())
            yield from (path.relative_to(edition.workspace).as_posix() for path in files)
    for fact in (*report.facts.figures.values(), *report.facts.parts.values()):
        file = fact.origin.where.split(":")[0] if fact.origin else ""
        if file and (edition.workspace / file).is_file():
            yield file


def _digest(path: Path) -> str:
    import hashlib

    return hashlib.sha256(path.read_bytes()).hexdigest()


def as_json(value: object) -> int | float:
    """An amount as a number of JSON."""
    assert isinstance(value, Decimal)
    return int(value) if value == value.to_integral_value() else float(value)
