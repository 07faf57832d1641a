"""The JSON Schema of data files, from a standard: editors complete its labels and check as one types."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from nianbao.errors import PublishError, say
from nianbao.plugins import standard
from nianbao.tree import bare

if TYPE_CHECKING:
    from nianbao import Standard, Workspace
    from nianbao.tree import Node

NUMBERING = r"^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|\d+[.、])? *"
DIGITS = "一二三四五六七八九十"
_FIGURE = {"type": ["number", "null"], "minimum": 0}
_COUNT = {"type": ["integer", "null"], "minimum": 0}
_SENTENCE = {"type": ["string", "null"]}


@click.command(help=say("把格式标准写成 JSON Schema，供编辑器补全和检查。", "Write a standard's JSON Schema for editors."))
@click.option("--standard", "name", help=say("格式标准（默认工作区的）", "The standard (default: the workspace's)."))
@click.pass_obj
def schema(workspace: Workspace, name: str | None) -> None:
    from yaml import ScalarNode

    from nianbao.yamlfile import entries

    if name is None:
        said = [value for key, value in entries(workspace.load("nianbao.yaml")) if key == "standard"]
        name = said[0].value if said and isinstance(said[0], ScalarNode) else "2021"
    click.echo(str(write_schema(workspace.folder, name)))


def write_schema(workspace: Path, name: str) -> Path:
    """Write ``schema/<standard>.json`` into a workspace; returns its path. Raises PublishError."""
    path = workspace / "schema" / f"{Path(name).stem}.json"
    try:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes((json.dumps(schema_of(standard(name, workspace)), ensure_ascii=False, indent=1) + "\n").encode())
    except OSError as error:
        raise PublishError(f"写不了文件：{error.strerror}", f"cannot write: {error.strerror}", place=str(path)) from None
    return path


def schema_of(known: Standard) -> dict[str, Any]:
    """The schema (2020-12) of a data file of a standard: labels and keys, with the article in each description."""
    return _Schema(known).document()


class _Schema:
    """A schema in the making: what is the same in several places is defined once."""

    def __init__(self, known: Standard) -> None:
        self.known = known
        self.definitions: dict[str, Any] = {
            "figures": {"anyOf": [_FIGURE, {"type": "object", "additionalProperties": {"$ref": "#/$defs/figures"}}]}
        }

    def document(self) -> dict[str, Any]:
        sections = list(self.known.root.children.values())
        numbered = [node for node in sections if self.known.sections[node.key].heading]
        properties, patterns = {}, {}
        for node in sections:
            number = f"{DIGITS[numbered.index(node)]}、" if node in numbered else ""
            properties[number + node.label] = patterns[_pattern(node)] = self.section(node)
        return {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": f"{self.known.title}（{self.known.notice}）",
            "type": "object",
            "properties": properties,
            "patternProperties": patterns,
            "additionalProperties": False,
            "$defs": self.definitions,
        }

    def section(self, node: Node) -> dict[str, Any]:
        return self.define(node.key, {
            "description": _described(node),
            "type": ["object", "string", "integer", "null"],
            **self.keys(_keys(node)),
            "additionalProperties": {"anyOf": [_SENTENCE, {"$ref": "#/$defs/figures"}]},
        })  # fmt: skip

    def keys(self, nodes: list[Node]) -> dict[str, Any]:
        places = {node: self.place(node) for node in nodes}
        return {
            "properties": {bare(node.label): {"description": _described(node), **place} for node, place in places.items()},
            "patternProperties": {_pattern(node): place for node, place in places.items()},
        }

    def place(self, node: Node) -> dict[str, Any]:
        if node.kind == "part":
            return _SENTENCE
        if node.kind == "both":
            return {"anyOf": [_FIGURE, _SENTENCE]}
        if not node.children:
            return {"count": _COUNT, "amount": _FIGURE}.get(node.number, {"type": ["number", "null"]})
        below = [child for child in _keys(node) if child.inputs()]
        keys = self.keys(below)
        if node.addends is not None:
            keys["patternProperties"]["^(?:总计|合计|小计|共计|total)$"] = _FIGURE
        spec = {"type": ["object", "integer", "null"], **keys, "additionalProperties": False}
        return self.define(node.path, spec)

    def define(self, name: str, spec: dict[str, Any]) -> dict[str, Any]:
        twin = next((known for known, other in self.definitions.items() if other == spec), name)
        self.definitions.setdefault(twin, spec)
        return {"$ref": f"#/$defs/{twin}"}


def _keys(node: Node) -> list[Node]:
    """What can be written inside a place, groupings beside what they group; what is only computed is left out."""
    found = []
    for child in node.children.values():
        if child.grouping:
            found += [*([child] if child.inputs() and child.children else []), *_keys(child)]
        elif child.kind != "group" or child.inputs():
            found.append(child)
    return found


def _described(node: Node) -> str:
    unit = f"单位：{node.unit}" if node.unit and node.kind != "section" else ""
    key = node.path if node.children or node.has_part else node.key
    return "；".join(word for word in (key, unit, node.article) if word)


def _pattern(node: Node) -> str:
    words = dict.fromkeys([node.key, bare(node.label), *([node.short] if node.short else []), *sorted(node.names)])
    return f"{NUMBERING}(?:{'|'.join(map(re.escape, words))})$"
