"""Typed settings: YAML nodes -> dataclasses, every mistake collected at its place.

pydantic, msgspec and cattrs lose the place or stop at the first mistake (docs/decisions/0003-typed-settings.md).
"""

from __future__ import annotations

import dataclasses
import functools
import sys
import types
import typing
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from yaml import MappingNode, Node, ScalarNode, SequenceNode

from nianbao.errors import Mistakes, NianbaoError, SettingError, did_you_mean
from nianbao.secrets import Secret
from nianbao.yamlfile import Text, entries, is_absent, number, place, text


def typed(node: Node, kind: Any) -> Any:
    """A node as a value of ``kind``: a dataclass, mapping, list, optional, literal or scalar type, or Node itself.

    Of ``str | Dataclass`` (or ``str | dict``) a mapping is the latter. A generic type with ``of_node`` reads its nodes itself (Questions).
    Strings come back as Text. A key that starts like a field's name but for a trailing underscore is that field
    (``as`` -> ``as_``). Raises the one mistake, or Mistakes with all of them.
    """
    mistakes: list[NianbaoError] = []
    value = read(node, kind, mistakes)
    if mistakes:
        raise mistakes[0] if len(mistakes) == 1 else Mistakes(mistakes)
    return value


def read(node: Node, kind: Any, mistakes: list[NianbaoError]) -> Any:
    """As ``typed``, but what is wrong goes into ``mistakes``; then the value is not to be used."""
    if kind is Node or kind is Any:
        return node
    if isinstance(kind, type):
        return (_read_dataclass if dataclasses.is_dataclass(kind) else _read_scalar)(node, kind, mistakes)
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (types.UnionType, typing.Union):
        members = [member for member in arguments if member is not types.NoneType]
        fitting = [member for member in members if _takes_mapping(member) == isinstance(node, MappingNode)]
        return read(node, (fitting or members)[0], mistakes)
    if hasattr(origin, "of_node"):
        return origin.of_node(node, arguments[0], mistakes)
    if origin in (dict, Mapping):
        pairs = entries(_expect(node, MappingNode, mistakes))
        return {key: read(value, arguments[1], mistakes) for key, value in pairs if not is_absent(value)}
    if origin in (list, tuple):
        if isinstance(node, ScalarNode) and not is_absent(node):
            return origin([read(node, arguments[0], mistakes)])
        return origin(read(v, arguments[0], mistakes) for v in _expect(node, SequenceNode, mistakes).value)
    return _read_scalar(node, kind, mistakes)


def _takes_mapping(kind: Any) -> bool:
    return dataclasses.is_dataclass(kind) or typing.get_origin(kind) in (dict, Mapping)


def _read_dataclass(node: Node, kind: Any, mistakes: list[NianbaoError]) -> Any:
    hints = _hints(kind)
    values = {}
    for key, value in entries(_expect(node, MappingNode, mistakes)):
        field = key if key in hints else f"{key}_"
        if field in hints:
            if not is_absent(value):
                values[field] = read(value, hints[field], mistakes)
            continue
        names = [name.rstrip("_") for name in hints]
        mistakes.append(
            SettingError(f"没有“{key}”这个设置", f"unknown key “{key}”", place=key.place, mend=did_you_mean(key, names))
        )
    missing = [name.rstrip("_") for name in _required(kind) if name not in values]
    if missing and isinstance(node, MappingNode):
        keys = "、".join(missing)
        mend = ("补上。", "Add them.")
        mistakes.append(SettingError(f"缺少设置：{keys}", f"missing keys: {keys}", place=place(node), mend=mend))
    if missing or mistakes:
        return None
    try:
        return kind(**values)
    except SettingError as error:  # a value of the right type that the dataclass refuses
        error.place = error.place or place(node)
        mistakes.append(error)
        return None


@functools.cache
def _hints(kind: Any) -> dict[str, Any]:
    hints = typing.get_type_hints(kind, vars(sys.modules[kind.__module__]) | {"Node": Node})
    return {field.name: hints[field.name] for field in dataclasses.fields(kind) if field.init}


@functools.cache
def _required(kind: Any) -> list[str]:
    none = dataclasses.MISSING
    return [f.name for f in dataclasses.fields(kind) if f.init and f.default is none and f.default_factory is none]


_SCALARS: dict[Any, tuple[str, str]] = {
    str: ("文字", "a text"),
    Text: ("文字", "a text"),
    Path: ("文件名", "a file's name"),
    Secret: ("env:变量名 或 keyring:服务/用户", "env:NAME or keyring:service/user"),
    bool: ("true 或 false", "true or false"),
    int: ("整数", "a whole number"),
    Decimal: ("数字", "a number"),
    float: ("数字", "a number"),
    MappingNode: ("“键: 值”的一组设置", "a mapping"),
    SequenceNode: ("列表", "a list"),
}


def _read_scalar(node: Node, kind: Any, mistakes: list[NianbaoError]) -> Any:
    if isinstance(node, ScalarNode):
        if typing.get_origin(kind) is typing.Literal:
            choices = {str(choice): choice for choice in typing.get_args(kind)}
            if node.value in choices:
                return choices[node.value]
            zh, en = did_you_mean(node.value, choices)
            error = SettingError(
                f"“{node.value}”不在可选值中", f"“{node.value}” is none of the choices", place=place(node), mend=(zh, en)
            )
            mistakes.append(error)
            return None
        if kind is Secret:
            return _secret(node, mistakes)
        if kind in (str, Text, Path):
            return Path(node.value) if kind is Path else text(node)
        if kind is bool and node.value in ("true", "false"):
            return node.value == "true"
        value = number(node)
        if kind in (Decimal, float) and value is not None or kind is int and isinstance(value, int):
            return kind(value)
    _mistyped(node, kind, mistakes)
    return None


def _secret(node: Node, mistakes: list[NianbaoError]) -> Secret | None:
    try:
        return Secret(text(node))
    except SettingError as error:
        mistakes.append(error)
        return None


def _expect(node: Node, kind: type[Node], mistakes: list[NianbaoError]) -> Node:
    if isinstance(node, kind):
        return node
    if not is_absent(node):
        _mistyped(node, kind, mistakes)
    return kind("", [], node.start_mark, node.end_mark)


def _mistyped(node: Node, kind: Any, mistakes: list[NianbaoError]) -> None:
    if kind not in _SCALARS:
        raise TypeError(f"a setting cannot be of the type {kind}")
    zh, en = _SCALARS[kind]
    found = f"“{node.value[:40]}”" if isinstance(node, ScalarNode) else "{…}" if isinstance(node, MappingNode) else "[…]"
    zh, en, mend = f"这里应是{zh}，写的是{found}", f"expected {en}, found {found}", (f"改成{zh}。", f"Write {en}.")
    mistakes.append(SettingError(zh, en, place=place(node), mend=mend))
