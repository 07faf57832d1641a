"""The figures as lines of a table, and as one object."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nianbao import Document
    from nianbao_data.figures import Published


def lines(document: Document, figures: Iterable[Published]) -> list[dict[str, str]]:
    """A line a figure, under the Chinese names of the columns; absent figures are empty."""
    edition = document.report.edition
    return [
        {
            "年度": str(edition.year),
            "编制单位": edition.jurisdiction.name,
            "代码": edition.jurisdiction.code,
            "部分": figure.section,
            "行": figure.row,
            "列": figure.column,
            "路径": figure.path,
            "数值": "" if figure.value is None else format(Decimal(figure.value), "f"),
            "单位": figure.unit,
            "数据来源": _provenance(figure),
        }
        for figure in figures
    ]


def whole(document: Document, figures: list[Published]) -> dict[str, Any]:
    """The report's data as one object: ``tables`` nested by the standard's keys, ``figures`` flat with all that is known."""
    report = document.report
    jurisdiction, standard = report.edition.jurisdiction, report.standard
    tables: dict[str, Any] = {}
    for figure in figures:
        if figure.keys:
            inner = tables.setdefault(figure.path.split(".")[0], {})
            for key in figure.keys[:-1]:
                inner = inner.setdefault(key, {})
            inner[figure.keys[-1]] = figure.value
    return {
        "title": document.title,
        "jurisdiction": {"name": jurisdiction.name, "code": jurisdiction.code or None, "level": jurisdiction.level or None},
        "year": report.edition.year,
        "standard": {"name": standard.name, "title": standard.title, "notice": standard.notice},
        "draft": document.draft,
        "tables": tables,
        "figures": [
            {
                "path": figure.path,
                "label": figure.label,
                "value": figure.value,
                "unit": figure.unit or None,
                "source": _source(figure),
            }
            for figure in figures
        ],
    }


def as_json(value: Mapping[str, Any]) -> bytes:
    """JSON in UTF-8, an entry a line, each number with all its digits (``json`` would make floats of them)."""
    return (_written(value, "\n") + "\n").encode()


def _written(value: Any, line: str) -> str:
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, Mapping) and value:
        below = (f"{json.dumps(key, ensure_ascii=False)}: {_written(inner, line + '  ')}" for key, inner in value.items())
        return f"{{{line}  {f',{line}  '.join(below)}{line}}}"
    if isinstance(value, list) and value:
        return f"[{line}  {f',{line}  '.join(_written(inner, line + '  ') for inner in value)}{line}]"
    return json.dumps(value, ensure_ascii=False)


def _provenance(figure: Published) -> str:
    """Where a figure comes from, in words that may be public: a source by its name, a sum by its parts."""
    if figure.kind == "sum":
        return f"合计：{'＋'.join(figure.of)}"
    return {"zero": "表中未填，计 0", "given": figure.source}.get(figure.kind, "")


def _source(figure: Published) -> dict[str, Any] | None:
    if not figure.kind:
        return None
    named = {"name": figure.source} if figure.source else {}
    return {"kind": figure.kind, **named, **({"of": list(figure.of)} if figure.of else {})}
