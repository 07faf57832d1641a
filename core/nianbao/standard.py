"""A statutory format as data: a standard's YAML -> sections, keys, labels, tables and equations.

From this one declaration come the keys of data files, the drawn tables, computed totals, the generic rules and the
JSON Schema. A standard is a tree of ``Node``; every fact has its place in it.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import field
from typing import Literal

from yaml import MappingNode

from nianbao.errors import StandardError, nearest
from nianbao.lean import dataclass
from nianbao.tables import Grid, Identity, Table
from nianbao.tree import Kind, Node, bare, names_of
from nianbao.typed import typed

LEAD = "text"  # the key of the sentence that stands before all parts of a section
NOTES = "notes"  # the key of the sentence that stands under the tables of a section


@dataclass(frozen=True)
class Key:
    """A named figure (it has a ``unit``), a part (it has ``required`` or a ``text`` to fall back on), or both.

    A ``quoted`` part is not printed by itself, only where a sentence names it.
    """

    label: str
    aliases: tuple[str, ...] = ()
    unit: str = ""
    number: Literal["count", "amount", "signed", ""] = ""
    text: str = ""
    required: bool = False
    quoted: bool = False
    article: str = ""


@dataclass(frozen=True)
class Section:
    """One statutory part of the report; its key is the name of its hook.

    ``equations`` holds ``code name: left = right`` in the names of its figures; those of the rows of a table stand there.
    """

    label: str
    aliases: tuple[str, ...] = ()
    article: str = ""
    unit: str = "条"
    heading: bool = True
    text: str = ""
    keys: dict[str, Key] = field(default_factory=dict)
    tables: dict[str, Table] = field(default_factory=dict)
    equations: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Declaration:
    """A standard's YAML file. ``theme``: how a jurisdiction that names none lays its report out. ``plugins``: those that bring
    its rules, switched on with it.
    """

    title: str
    notice: str
    sections: dict[str, Section]
    theme: str = ""
    plugins: tuple[str, ...] = ()


class Standard:
    """A statutory format: ``sections`` and ``grids`` by key, ``nodes`` by path, the ``identities`` that must hold."""

    def __init__(self, name: str, declared: Declaration, package: str = "") -> None:
        self.name, self.title, self.notice, self.theme = name, declared.title, declared.notice, declared.theme
        self.plugins, self.sections = declared.plugins, declared.sections
        self.identities: list[Identity] = []
        self.grids: dict[str, list[Grid]] = {}
        self.nodes: dict[str, Node] = {}
        self.index: dict[str, list[Node]] = {}
        self.root = Node("", "", declared.title, frozenset())
        for key, section in declared.sections.items():
            self._section(key, section)

    @classmethod
    def of(cls, name: str, node: MappingNode) -> Standard:
        """The standard that a YAML node declares. Raises SettingError or StandardError."""
        return cls(name, typed(node, Declaration))

    def section(self, label: str) -> Node | None:
        """The section of a label, alias or key."""
        return next((node for node in self.root.find(label) if node.kind == "section"), None)

    def section_names(self) -> list[str]:
        """The labels and keys of all sections."""
        return [*(section.label for section in self.sections.values()), *self.sections]

    @classmethod
    def named(cls, name: str) -> Standard:
        """The installed standard of a name (``2021``). Raises UnknownName or StandardError. A reader asks by it for the format of a file."""
        from pathlib import Path

        from nianbao.plugins import standard

        return standard(name, Path())

    def path(self, *names: str) -> str:
        """The path of the place that these names lead to, from a section down.

        Names are labels, aliases or keys, each looked up nearest below the one before. Raises StandardError with the
        candidates where a name fits none or several.
        """
        node = self.root
        for name in itertools.chain.from_iterable(name.split(".") for name in names):
            hits = node.find(name)
            if len(hits) != 1:
                raise self._lost(node, name, hits)
            node = hits[0]
        return node.path

    def _lost(self, node: Node, name: str, hits: list[Node]) -> StandardError:
        place = f"“{node.label}”里" if node.parent else ""
        if hits:
            places = "、".join(f"{hit.parent.label}.{hit.label}" for hit in hits if hit.parent)
            return StandardError(f"{place}有几个“{name}”：{places}", f"several places are named “{name}”: {places}")
        known = [bare(child.label) for child in node.walk() if child is not node]
        close = nearest(name, known)
        names = close or "、".join(dict.fromkeys(known[:12]))
        return StandardError(f"{place}没有“{name}”；有：{names}", f"no place is named “{name}”; there are: {names}")

    def _add(self, node: Node, parent: Node) -> None:
        if node.path in self.nodes:
            first, second = (getattr(twin.label, "place", "") for twin in (self.nodes[node.path], node))
            raise StandardError(f"路径“{node.path}”重复（{first}）", f"the path {node.path} stands twice (at {first} too)",
                                place=second, mend=("给其中一个换个键。", "Give one of them another key."))  # fmt: skip
        node.parent = parent
        for name in node.names:
            self.index.setdefault(name, []).append(node)
        self.nodes[node.path] = parent.children[node.key] = node

    def _section(self, key: str, section: Section) -> None:
        if key == "rules" or not re.fullmatch(r"[a-z][a-z0-9_]*", key):
            raise StandardError(f"“{key}”不能作一个部分的键", f"“{key}” cannot be a section's key", place=getattr(key, "place", ""),
                                mend=("用小写英文字母，不用 rules。", "Use lower-case letters, not `rules`."))  # fmt: skip
        top = Node(key, key, section.label, names_of(key, section.label, section.aliases), kind="section")
        top.unit, top.article = section.unit, section.article
        self._add(top, self.root)
        lead = Node(f"{key}.{LEAD}", LEAD, "引言", names_of(LEAD, "引言", ["正文"]), kind="part", text=section.text)
        self._add(lead, top)
        if section.tables:
            notes = Node(f"{key}.{NOTES}", NOTES, "表注", names_of(NOTES, "表注", ["注"]), kind="part")
            self._add(notes, top)
        for name, spec in section.keys.items():
            kind: Kind = "part" if not spec.unit else "both" if spec.text or spec.required else "figure"
            node = Node(f"{key}.{name}", name, spec.label, names_of(name, spec.label, spec.aliases), kind=kind)
            node.short = spec.aliases[0] if spec.aliases else ""
            node.unit, node.number, node.article = spec.unit, spec.number or "count", spec.article
            node.text, node.required, node.quoted = spec.text, spec.required, spec.quoted
            self._add(node, top)
        for table in section.tables.values():
            grid = Grid(table, key)
            grid.plant(top, self._add)
            self.grids.setdefault(key, []).append(grid)
            self.identities += grid.identities()
        for title, equation in section.equations.items():
            code, _, name = title.partition(" ")
            sides = [[self._term(top, term, equation) for term in side.split("+")] for side in equation.split("=")]
            if len(sides) != 2:
                raise StandardError(f"等式“{equation}”应有一个等号", f"the equation “{equation}” needs one equals sign",
                                    place=getattr(equation, "place", ""), mend=("写成 甲 = 乙 + 丙。", "Write a = b + c."))  # fmt: skip
            self.identities.append(Identity(code, name or code, section.label, tuple(sides[0]), tuple(sides[1]), False))

    def _term(self, section: Node, name: str, equation: str) -> str:
        """The path of a figure that an equation of a section names."""
        found = [node for node in section.find(name) if node.has_figure]
        if len(found) != 1:
            error = self._lost(section, name.strip(), found)
            raise StandardError(error.zh, error.en, place=getattr(equation, "place", ""),
                                mend=("写这一部分的数据项。", "Name figures of this section."))  # fmt: skip
        return found[0].path
