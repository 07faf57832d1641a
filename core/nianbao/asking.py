"""``answers:`` of a source: the clerk's YAML with questions where he would write numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from yaml import MappingNode, Node, ScalarNode

from nianbao.errors import SettingError
from nianbao.yamlfile import Text, entries, is_absent, place


@dataclass(frozen=True)
class Question:
    """One question: the ``names`` that lead to its place from the section down, and what is asked (``leaf``)."""

    names: tuple[Text, ...]
    leaf: Node

    @property
    def place(self) -> str:
        """Where it is written."""
        return place(self.leaf)


def questions(answers: Node, key: str) -> Iterator[Question]:
    """The questions of an ``answers:`` block, in order.

    A question is a text, or a mapping that has ``key``; other mappings lead to more. Raises SettingError.
    """
    yield from _below(answers, key, ())


def _below(node: Node, key: str, names: tuple[Text, ...]) -> Iterator[Question]:
    if is_absent(node):
        return
    if names and (isinstance(node, ScalarNode) or isinstance(node, MappingNode) and any(k.value == key for k, _ in node.value)):
        yield Question(names, node)
    elif isinstance(node, MappingNode):
        for name, below in entries(node):
            yield from _below(below, key, (*names, name))
    else:
        raise SettingError("这里应是“名称: 取数办法”", "expected names and questions", place=place(node),
                           mend=("与经办人的数据文件同形。", "It has the shape of a clerk's data file."))  # fmt: skip


def nested(found: Iterable[tuple[Iterable[str], Any]]) -> dict[str, Any]:
    """An answer, from values with the names that lead to each."""
    answer: dict[str, Any] = {}
    for names, value in found:
        *above, last = names
        inner = answer
        for name in above:
            inner = inner.setdefault(name, {})
        inner[last] = value
    return answer
