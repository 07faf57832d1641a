"""The tree in which every fact has its place, and the one normal form of the names in it."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import field
from typing import Literal

from nianbao.lean import dataclass

_NUMBERING = re.compile(
    r"^(?:第[一二三四五六七八九十\d]+[部条]分?[、:]?|\([一二三四五六七八九十\d]+\)[、.]?"
    r"|[一二三四五六七八九十]+[、.]|\d+[、.](?!\d))"
)
DIGITS = "零一二三四五六七八九"
_NOISE = re.compile(r"[\s\W_]+")


@functools.lru_cache(maxsize=4096)
def normal(name: str) -> str:
    """The one normal form of a name: NFKC; numbering with its delimiter, spaces and punctuation off."""
    folded = unicodedata.normalize("NFKC", name).strip()
    bare = _NOISE.sub("", _NUMBERING.sub("", folded))
    return (bare or _NOISE.sub("", folded)).casefold()


@functools.lru_cache(maxsize=4096)
def bare(name: str) -> str:
    """A name as a person reads it, without its numbering."""
    folded = unicodedata.normalize("NFKC", name).strip()
    found = _NUMBERING.match(folded)
    return name.strip()[found.end() :].strip() if found else name.strip()


def chinese(number: int) -> str:
    """A number in Chinese numerals; above 99 in digits."""
    if number > 99:
        return str(number)
    tens, ones = divmod(number, 10)
    return (DIGITS[tens] if tens > 1 else "") + ("十" if tens else "") + (DIGITS[ones] if ones or not tens else "")


def names_of(key: str, label: str, aliases: Iterable[str]) -> frozenset[str]:
    """The normal forms by which a place can be named."""
    return frozenset(normal(name) for name in (key, label, *aliases))


Kind = Literal["section", "figure", "part", "both", "group", "named"]
TOTAL = frozenset({"总计", "合计", "小计", "共计", "total"})


@dataclass(eq=False)
class Node:
    """One place for a fact. ``addends`` is None for what is given, else the paths that it is the sum of.

    ``breakdown`` is what a reader would have listed under it, ``short`` what it is called there. ``tabular`` nodes are
    rows and cells of tables, each with the path of its ``row``. A ``quoted`` part is printed where a sentence names it only.
    """

    path: str
    key: str
    label: str
    names: frozenset[str]
    parent: Node | None = None
    kind: Kind = "group"
    number: str = "count"
    unit: str = ""
    article: str = ""
    text: str = ""
    required: bool = False
    quoted: bool = False
    grouping: bool = False
    tabular: bool = False
    row: str = ""
    addends: tuple[str, ...] | None = None
    breakdown: tuple[str, ...] = ()
    short: str = ""
    own: frozenset[str] = TOTAL
    children: dict[str, Node] = field(default_factory=dict)

    @property
    def has_figure(self) -> bool:
        """Whether a number can stand here."""
        return self.kind in ("figure", "both", "named") or self.addends is not None

    @property
    def has_part(self) -> bool:
        """Whether a sentence can stand here."""
        return self.kind in ("part", "both")

    def walk(self) -> Iterator[Node]:
        """The node and all below it, in order."""
        yield self
        for child in self.children.values():
            yield from child.walk()

    def matches(self, chain: list[str]) -> int | None:
        """How many levels lie between the names of a chain that leads here (groupings do not count), or None.

        The last name of the chain is this node's own; the others are ancestors, in order.
        """
        skipped, above = 0, self.parent
        for name in reversed(chain[:-1]):
            while above is not None and name not in above.names:
                skipped += not above.grouping
                above = above.parent
            if above is None:
                return None
            above = above.parent
        return skipped

    def rows(self) -> list[Node]:
        """The rows of a section's tables, those that a grouping holds one by one."""
        rows = []
        for child in self.children.values():
            if child.tabular and child.has_inputs:
                rows += child.rows() if child.grouping and any(c.children for c in child.children.values()) else [child]
        return rows

    def inputs(self) -> list[Node]:
        """The figures below that are given, not computed."""
        found = [self] if self.is_input else []
        for child in self.children.values():
            found += child.inputs()
        return found

    @property
    def is_input(self) -> bool:
        """Whether its figure is given, not computed."""
        return self.kind in ("figure", "both") and self.addends is None

    @property
    def has_inputs(self) -> bool:
        """Whether any figure, its own or one below it, is given."""
        return self.is_input or any(child.has_inputs for child in self.children.values())

    def find(self, name: str) -> list[Node]:
        """The nodes of that name nearest below this one; groupings count as nothing between.

        What is only a sum across a table gives way to what can be given.
        """
        wanted = normal(name)
        level = list(self.children.values())
        while level:
            level = [*level, *(c for node in level if node.grouping for c in node.children.values())]
            if hits := [node for node in level if wanted in node.names]:
                given = [node for node in hits if node.kind != "group" or node.has_inputs]
                return given or hits
            level = [c for node in level if not node.grouping for c in node.children.values()]
        return [self] if wanted in self.own and self.has_figure else []


def holders(path: str) -> Iterator[str]:
    """The paths of what holds a place, from its section down to itself."""
    names = path.split(".")
    return (".".join(names[:size]) for size in range(1, len(names) + 1))
