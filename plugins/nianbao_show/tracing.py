"""Where a figure comes from: the record of the last build, or the sources where nothing was built yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from nianbao.build import edition_of
from nianbao.errors import say
from nianbao.kept import asked, built
from nianbao.origins import Branch, branch
from nianbao.tree import Node, normal
from nianbao.workspace import Workspace
from nianbao.yamlfile import as_number

MOST = 20  # figures that one trace tells people of


@dataclass(frozen=True)
class Trace:
    """The figures and parts found, each with its path.

    ``all`` is every figure of the record, ``names`` what they are called; ``blank`` are places so named that nobody filled.
    """

    rows: list[dict[str, Any]]
    all: dict[str, dict[str, Any]]
    names: list[str]
    built: bool
    blank: list[str]


def trace_figures(workspace: Workspace, jurisdiction: str, what: str, year: int | None) -> Trace:
    """The figures of an edition that a name, a path or a value means. Raises NianbaoError."""
    edition = edition_of(workspace, jurisdiction, year)
    known = built(edition) or asked(edition)
    record = known.record
    figures: dict[str, dict[str, Any]] = record["figures"]
    nodes = edition.standard.nodes
    value = as_number(what)
    wanted = [normal(word) for word in what.split(".")]

    def is_meant(path: str, known: dict[str, Any]) -> bool:
        if value is not None:
            return bool(known["value"] == value)
        line = list(_names(path, nodes))
        rest = iter(line)
        return path == what or wanted[-1] in line[-1] and all(any(word in names for names in rest) for word in wanted)

    rows = [{"path": path, **known} for path, known in figures.items() if is_meant(path, known)]
    rows += [part for part in record["parts"] if what in (part["path"], part["title"])]
    names = list(dict.fromkeys(known["label"].split(" › ")[-1] for known in figures.values()))
    blank = [path for path, node in nodes.items() if path not in figures and node.has_figure and node.matches(wanted) is not None
             and wanted[-1] in node.names]  # fmt: skip
    return Trace(rows, figures, names, known.origin == "built", blank)


def _names(path: str, nodes: dict[str, Node]) -> Iterator[frozenset[str]]:
    """The names of a path and of all above it, from the top."""
    if path in nodes:
        line = [nodes[path]]
        while (above := line[-1].parent) is not None and above.path:
            line.append(above)
        yield from (node.names for node in reversed(line))
    elif path:
        upper, _, last = path.rpartition(".")
        yield from _names(upper, nodes)
        yield frozenset([normal(last)])


def tell(trace: Trace) -> str:
    """A trace for people: each figure, what it is the sum of, and the file and line of each."""
    lines = [] if trace.built else [say("（还没有生成过报告，按数据来源查）", "(not built yet: asked of the sources)")]
    told: set[str] = set()
    for row in trace.rows[:MOST]:
        if "text" in row:
            lines.append(f"{row['path']}  {row['title']}\n    {row['text']}\n    {row['place']}  {row['from']}")
        else:
            lines += _told(branch(trace.all, row["path"], told))
    if len(trace.rows) > MOST:
        more = len(trace.rows) - MOST
        lines.append(say(f"（还有 {more} 项，请写名称或路径）", f"({more} more: give a name or a path)"))
    return "\n".join(lines)


def _told(figure: Branch, depth: int = 0) -> Iterator[str]:
    """A figure's branch, a line each, those below it further in."""
    indent = "    " * depth
    yield f"{indent}{figure.name} = {figure.value}{f'  {figure.origin}' if figure.origin else ''}"
    yield from (f"{indent}    {key}: {said}" for key, said in figure.details.items())
    if depth == 0:
        yield f"{indent}    {figure.path}"
    for addend in figure.below:
        yield from _told(addend, depth + 1)
    yield from (f"{indent}    0  {origin}" for origin in figure.zeros)
