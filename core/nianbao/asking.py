"""``answers:`` of a source: the clerk's YAML with questions where he would write numbers."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from yaml import MappingNode, Node, ScalarNode

from nianbao.errors import NianbaoError, SettingError, did_you_mean, nearest
from nianbao.lean import dataclass
from nianbao.typed import read
from nianbao.yamlfile import Text, entries, is_absent, place

if TYPE_CHECKING:
    from nianbao.workspace import Edition

Leaf = TypeVar("Leaf")


@dataclass(frozen=True)
class Question(Generic[Leaf]):
    """One question: the ``names`` that lead to its place from the section down, what is ``asked``, where it is written."""

    names: tuple[Text, ...]
    asked: Leaf
    place: str = field(repr=False)

    @property
    def label(self) -> Text:
        """The last of its names, as messages call it."""
        return self.names[-1]


class Questions(tuple[Question[Leaf], ...]):
    """A setting's type: ``answers: Questions[Query]``. A source that has it promises a figure for each question.

    ``Query`` is a dataclass. A leaf is a mapping that has its first field, or a text that stands for just that; other
    mappings are branches. Mistakes of all leaves are told together, before anything is asked.
    """

    __slots__ = ()

    @classmethod
    def of_node(cls, node: Node, kind: Any, mistakes: list[NianbaoError]) -> Questions[Any]:
        """The questions written in a node, each leaf typed as ``kind``; ``mistakes`` takes what is wrong."""
        fields = [f.name.rstrip("_") for f in dataclasses.fields(kind)]
        leaves = list(_leaves(node, fields, (), mistakes))
        halves = [(names, leaf) for names, leaf in leaves if isinstance(leaf, MappingNode) and fields[0] not in _keys(leaf)]
        whole = [(names, leaf) for names, leaf in leaves if (names, leaf) not in halves]
        mistakes += (_half(names[-1], leaf, fields[0], [known for known, _ in whole]) for names, leaf in halves)
        return cls(Question(names, read(_mapping(leaf, fields[0]), kind, mistakes), place(leaf)) for names, leaf in whole)


def _leaves(
    node: Node, fields: list[str], names: tuple[Text, ...], mistakes: list[NianbaoError]
) -> Iterator[tuple[tuple[Text, ...], Node]]:
    """The questions with the names that lead to them, those among them that only say how and not what."""
    if is_absent(node):
        return
    if names and (isinstance(node, ScalarNode) or fields[0] in _keys(node) or _keys(node) and _keys(node) <= {*fields}):
        yield names, node
    elif isinstance(node, MappingNode):
        for name, below in entries(node):
            yield from _leaves(below, fields, (*names, name), mistakes)
    else:
        mend = ("与经办人的数据文件同形。", "It has the shape of a clerk's data file.")
        mistakes.append(SettingError("这里应是“名称: 取数办法”", "expected names and questions", place=place(node), mend=mend))


def _keys(node: Node) -> set[str]:
    return {key.value for key, _ in node.value} if isinstance(node, MappingNode) else set()


def _mapping(leaf: Node, first: str) -> Node:
    if isinstance(leaf, MappingNode):
        return leaf
    key = ScalarNode("tag:yaml.org,2002:str", first, leaf.start_mark, leaf.start_mark)
    return MappingNode("tag:yaml.org,2002:map", [(key, leaf)], leaf.start_mark, leaf.end_mark)


def _half(name: Text, leaf: Node, first: str, known: list[tuple[Text, ...]]) -> SettingError:
    """What a town changed of a question that its county does not ask."""
    keys = "、".join(sorted(_keys(leaf)))
    others: dict[str, Text] = {names[-1]: names[-1] for names in known}
    close = nearest(name, others)
    zh, en = f"“{name}”只写了 {keys}，没有 {first}", f"“{name}” has only {keys}, no {first}"
    mend = (f"写上 {first}；上级也没有这一项。", f"Write its {first}; no settings above have this one.")
    if close:
        mend = (f"是不是“{close}”（{others[close].place}）？", f"Did you mean “{close}” ({others[close].place})?")
    return SettingError(zh, en, place=name.place, mend=mend)


def nested(found: Iterable[tuple[Iterable[str], Any]]) -> dict[str, Any]:
    """An answer, from values with the names that lead to each."""
    answer: dict[str, Any] = {}
    for names, value in found:
        *above, last = names
        inner = answer
        for name in above:
            inner = inner.setdefault(name, {})
            if not isinstance(inner, dict):
                raise _both(name)
        if isinstance(inner.get(last), dict):
            raise _both(last)
        inner[last] = value
    return answer


def _both(name: str) -> SettingError:
    return SettingError(f"“{name}”既是一个数，又有下级", f"“{name}” is a figure and has figures below it", place=getattr(name, "place", ""),
                        mend=("只写其中一种。", "Write one or the other."))  # fmt: skip


def filled(template: Text, edition: Edition, words: Mapping[str, str | None] | None = None) -> str:
    """A URL or a file's name with its ``<词>`` filled: ``words``, and of the edition ``year``, ``id``, ``code``, ``name``.

    A word whose value is None stays as it is. Raises SettingError for one that nobody gave.
    """
    of_edition = {"year": str(edition.year), **{key: getattr(edition.jurisdiction, key) for key in ("id", "code", "name")}}
    known: dict[str, str | None] = {**of_edition, **(words or {})}

    def value(found: re.Match[str]) -> str:
        if found[1] in known:
            given = known[found[1]]
            return found[0] if given is None else given
        raise SettingError(f"没有给出 {found[0]}", f"nobody gave {found[0]}", place=template.place,
                           mend=did_you_mean(found[1], known))  # fmt: skip

    return re.sub(r"<([^<>/\s]+)>", value, template)
