"""Settings: the dataclasses that core types the YAML with, those of sources and formats by their entry points."""

from __future__ import annotations

import dataclasses
import sys
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from yaml import Node

from _reference.markdown import code, codes, doc, plain, table
from nianbao import NianbaoError, Questions, Secret, Text
from nianbao.plugins import Block, entry, installed, loaded, origin
from nianbao.workspace import IDENTITY, WORDS, Settings

HEAD = ["key", "takes", "default"]
# What the keys of core say; those of plugins are told by the docstrings of their dataclasses.
MEANS = {
    "name": "The body that publishes.", "level": "镇, 街道, 部门, 县, 市 …; `for:` of a source names levels.",
    "office": "The office to ask.", "telephone": "Its telephone.", "code": "Its code in a register.",
    "parent": "The id of the one above, whose settings are inherited.", "waivers": "Findings that someone answers for.",
    "standard": "`2021`, `2019`, or a file of the workspace: `./standards/ours.yaml`.",
    "theme": "An installed theme, or a folder of the workspace: `./themes/mine`.",
    "title": "The report's title over the theme's: `{{ 年度 }}年{{ 编制单位 }}政府信息公开工作年度报告`.",
    "site": "A name for sentences: the website.", "basis": "A name for sentences: the notice that asks for the report.",
    "published": "When it is published, `2025-01-20` or `2025-01-20 09:00`, under `years:`. A `parent` does not pass it on; what `nianbao.yaml` says holds for all.",
    "words": "Names of your own for sentences.", "formats": "A list of names, or names with the settings of each: below.",
    "sources": "In the order of precedence, each with its settings: below.", "plugins": "Hooks of your own, by name.",
    "sections": "A jurisdiction's own titles and sentences over the theme's.",
    "rules": "Severity and settings by [code](rules.md).", "private_hosts": "The only private addresses that a source may reach.",
}  # fmt: skip
_TYPES: dict[Any, str] = {
    str: "a text", Text: "a text", int: "a whole number", float: "a number", bool: "`true` or `false`", Path: "a file's name",
    Secret: "`env:NAME` or `keyring:service/user`", Node: "a block",
}  # fmt: skip


def page() -> str:
    """The page."""
    identity = ", ".join(map(code, IDENTITY))
    return "\n".join([
        "# Settings\n",
        "Every key is typed when it is read; a mistake is told with its file, line and column.\n",
        "## nianbao.yaml and jurisdictions/*.yaml\n",
        f"A jurisdiction inherits from its `parent` all but {identity} and `published`: these are its own. `years: {{2024: {{…}}}}` holds for one year.\n",
        table([*HEAD[:2], "says"], ([*row[:2], MEANS.get(field.name, "")] for field, row in _rows(Settings))),
        "Names for sentences:\n",
        table(["key", "in a sentence"], ([code(key), ", ".join(code(f"{{{{ {name} }}}}") for name in names)] for key, names in WORDS.items())),
        *_nested(Settings, 3),
        "## Every source\n\n" + doc(Block) + "\n\n" + _keys(Block),
        *_group("sources"),
        *_group("formats"),
    ])  # fmt: skip


def _group(group: str) -> Iterator[str]:
    yield f"## {group.capitalize()}\n"
    for name in sorted(installed(group)):
        yield f"### {name}\n"
        try:
            kind = loaded(group, name)
        except NianbaoError as error:
            yield f"It cannot be loaded: {plain(error.en)}\n"
            continue
        yield f"From {plain(origin(entry(group, name)))}. {doc(kind)}\n"
        if dataclasses.is_dataclass(kind):
            yield _keys(kind) or "It has no settings.\n"
            yield from _nested(kind, 4)


def _keys(kind: Any) -> str:
    return table(HEAD, (row for _, row in _rows(kind)))


def _rows(kind: Any) -> Iterator[tuple[dataclasses.Field[Any], list[str]]]:
    hints = _hints(kind)
    for field in dataclasses.fields(kind):
        if field.init:
            yield field, [code(field.name.rstrip("_")), _type(hints[field.name]), _default(field)]


def _nested(kind: Any, level: int) -> Iterator[str]:
    """The dataclasses that stand inside a setting."""
    for inner in dict.fromkeys(found for hint in _hints(kind).values() for found in _inside(hint)):
        yield f"{'#' * level} {inner.__name__}\n\n{doc(inner)}\n\n{_keys(inner)}"
        yield from _nested(inner, level)


def _hints(kind: Any) -> dict[str, Any]:
    return typing.get_type_hints(kind, vars(sys.modules[kind.__module__]) | {"Node": Node})


def _inside(hint: Any) -> list[Any]:
    if dataclasses.is_dataclass(hint):
        return [hint]
    return [found for argument in typing.get_args(hint) for found in _inside(argument)]


def _type(hint: Any) -> str:
    kind, arguments = typing.get_origin(hint), [a for a in typing.get_args(hint) if a not in (type(None), ...)]
    if kind is Questions:
        return f"the shape of a clerk's data file, a {arguments[0].__name__} where he writes a number"
    if kind is typing.Literal:
        return " or ".join(map(code, arguments))
    if kind in (tuple, list):
        return f"a list, of {_type(arguments[0])} each"
    if kind is dict:
        return f"a mapping of names to {_type(arguments[1])} each"
    if arguments:
        return " or ".join(map(_type, arguments))
    name = getattr(hint, "__name__", str(hint))
    return f"a {name}" if dataclasses.is_dataclass(hint) else _TYPES.get(hint, code(name))


def _default(field: dataclasses.Field[Any]) -> str:
    if field.default is dataclasses.MISSING:
        return "**required**" if field.default_factory is dataclasses.MISSING else ""
    if isinstance(field.default, tuple):
        return codes(map(str, field.default))
    return code("" if field.default is None else str(field.default).lower() if isinstance(field.default, bool) else field.default)
