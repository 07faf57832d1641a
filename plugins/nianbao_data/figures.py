"""Which figures a report publishes, each in its place: in a table's row and column, or by its name."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from nianbao.facts import Origin
from nianbao.report import label
from nianbao.tree import bare

if TYPE_CHECKING:
    from nianbao import Document, Report
    from nianbao.tables import Line
    from nianbao.tree import Node

_PRINTED = re.compile(r'data-fact="([^"]*)"')


@dataclass(frozen=True)
class Published:
    """One figure: ``row`` and ``column`` are labels, the column empty outside tables; ``value`` None where it is absent.

    ``keys`` lead to it among the tables of its section, and are empty outside them. ``source`` is the name of the source
    that gave it; ``kind`` says how it came about: given, ``sum`` ``of`` other paths, or ``zero``.
    """

    path: str
    section: str
    row: str
    column: str
    label: str
    unit: str
    keys: tuple[str, ...]
    value: int | Decimal | None
    source: str
    kind: str
    of: tuple[str, ...]


def published(document: Document) -> Iterator[Published]:
    """The figures of a report: section by section those of the tables, then those with a key, then those that are printed."""
    report = document.report
    printed = dict.fromkeys(html.unescape(path) for path in _PRINTED.findall(document.html))
    for section in report.standard.sections:
        seen = set()
        for figure in _of_tables(report, section):
            seen.add(figure.path)
            yield figure
        keys = [child.path for child in report.standard.nodes[section].children.values() if child.kind in ("figure", "both")]
        names = [path for path in printed if path.startswith(f"{section}.")]
        for path in dict.fromkeys([*keys, *names]):
            if path not in seen:
                yield _figure(report, path)


def _of_tables(report: Report, section: str) -> Iterator[Published]:
    for grid in report.standard.grids.get(section, ()):
        columns = [leaf for column in grid.top_columns for leaf in column.leaves()]
        for row in (leaf for top in grid.top_rows for leaf in top.leaves()):
            for column in columns:
                keys = tuple(grid.path(row, column).split(".")[1:])
                in_row = keys == tuple(grid.path(row).split(".")[1:])
                if in_row and len(columns) > 1:
                    keys = (*keys, column.key)
                yield _figure(report, grid.path(row, column), _words(row), _words(column), keys)


def _figure(report: Report, path: str, row: str = "", column: str = "", keys: tuple[str, ...] = ()) -> Published:
    node, fact = report.facts.node(path), report.facts.figure(path)
    words = label(report.facts, path)
    section, _, name = words.partition(" › ")
    value = fact.value if fact and isinstance(fact.value, int | Decimal) else None
    origin = (fact.origin or Origin("")) if fact and value is not None else None
    kind, of = _kind(node, origin) if origin else ("", ())
    return Published(path, section, row or name, column, words, node.unit, keys, value, origin.source if origin else "", kind, of)


def _kind(node: Node, origin: Origin) -> tuple[str, tuple[str, ...]]:
    """How a figure came about: what core itself computed or filled in has no source's name."""
    if origin.where == "sum" and not origin.source and node.addends:
        return "sum", node.addends
    return "zero" if origin.where == "zero" and not origin.source else "given", ()


def _words(line: Line) -> str:
    words = [bare(line.branch.label)]
    while (line := line.parent) is not None:  # type: ignore[assignment]
        words.append(bare(line.branch.label))
    return " › ".join(reversed(words))
