"""Facts with their origins: what the sources say, merged, their sums computed, their conflicts kept visible."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from nianbao.errors import NianbaoError
from nianbao.lean import dataclass
from nianbao.standard import Standard
from nianbao.tree import TOTAL, Node, bare, normal


@dataclass(frozen=True)
class Sentence:
    """A text in which ``{{ names }}`` are filled; a plain str is literal."""

    text: str


@dataclass(frozen=True)
class Origin:
    """Where a fact comes from: ``where`` it stands, ``how`` it was asked for, ``at`` what time.

    Core adds the ``source``'s name and the place of its ``settings``.
    """

    where: str
    how: str | Mapping[str, Any] = ""
    at: str = ""
    source: str = ""
    settings: str = ""

    def __str__(self) -> str:
        how = self.how if isinstance(self.how, str) else "，".join(f"{k}={v}" for k, v in self.how.items())
        return "  ".join(part for part in (self.where, how, self.at, self.source) if part)


@dataclass(frozen=True)
class Fact:
    """A value with its origin. ``evidence``: the rows that were counted."""

    value: int | Decimal | str | Sentence
    origin: Origin | None = None
    evidence: Sequence[Mapping[str, Any]] = ()


if TYPE_CHECKING:
    Answer: TypeAlias = "Mapping[str, int | Decimal | str | Sentence | Fact | NianbaoError | Answer]"
else:
    Answer = Mapping  # what a stranger writes as ``Answer | None`` is evaluated


@dataclass(frozen=True)
class Conflict:
    """Two sources that disagree about one path; the first stands."""

    path: str
    kept: Fact
    other: Fact


_ZERO, _SUM = Fact(0, Origin("zero")), Origin("sum")


class Facts:
    """The facts of one edition by path: ``figures``, ``parts``, ``stated`` totals, ``conflicts`` and ``mistakes``.

    ``named`` are the places that the data brought beside the standard's, ``blank`` the keys that were written without a
    value (path -> place), ``gaps`` the paths whose figure could not be had, ``doubtful`` the sections in which something
    could not be taken in.
    """

    def __init__(self, standard: Standard) -> None:
        self.standard = standard
        self.figures: dict[str, Fact] = {}
        self.parts: dict[str, Fact] = {}
        self.stated: dict[str, Fact] = {}
        self.conflicts: list[Conflict] = []
        self.mistakes: list[NianbaoError] = []
        self.named: dict[str, Node] = {}
        self._known: dict[tuple[str, str, str], Node] = {}
        self.blank: dict[str, str] = {}
        self.gaps: set[str] = set()
        self.doubtful: set[str] = set()

    def name(self, parent: Node, key: str, kind: Literal["part", "named"]) -> Node:
        """The place of a name that the standard does not know; made where it is new."""
        called = (parent.path, kind, normal(key))
        if (known := self._known.get(called)) is not None:
            return known
        label = bare(key)
        node = Node(f"{parent.path}.{label}", label, label, frozenset([normal(key)]), parent, kind, "amount", parent.unit)
        if kind == "part":
            node.path = f"{parent.path}.“{label}”"
        elif parent.kind == "named":
            parent.children[label] = node
            parent.addends = (*(parent.addends or ()), node.path)
        self.named[node.path] = self._known[called] = node
        return node

    def keep(self, where: Literal["figures", "parts", "stated"], path: str, fact: Fact) -> Fact | None:
        """Keep a fact. The first one at a path stands; one that the same source gave before is returned."""
        facts: dict[str, Fact] = getattr(self, where)
        kept = facts.setdefault(path, fact)
        if kept is fact:
            return None
        if kept.origin and fact.origin and kept.origin.source == fact.origin.source:
            return kept
        if kept.value != fact.value:
            self.conflicts.append(Conflict(path, kept, fact))
        return None

    def node(self, path: str) -> Node:
        """The place of a path, of the standard or of a name that a source brought."""
        return self.named.get(path) or self.standard.nodes[path]

    def figure(self, path: str) -> Fact | None:
        """The fact at a path: given, or the sum of what lies below, with that as its origin; None where absent."""
        figures = self.figures
        if (given := figures.get(path)) is not None:
            return given
        total: int | Decimal = 0
        for addend in (addends := self.node(path).addends or ()):
            if (fact := figures.get(addend) or self.figure(addend)) is None:
                return None
            if isinstance(fact.value, int | Decimal):
                total += fact.value
        return figures.setdefault(path, Fact(total, _SUM)) if addends else None

    def settle(self) -> None:
        """After the last source: the tables of a section in which any cell was given have no gaps, and sums are computed.

        Where a mistake was found in a section its gaps stay: what was meant there is not known.
        """
        for section in self.standard.root.children.values():
            if section.path in self.doubtful:
                continue
            cells = [cell for row in section.rows() for cell in row.inputs()]
            if any(cell.path in self.figures for cell in cells):
                for cell in cells:
                    self.figures.setdefault(cell.path, _ZERO)
        for path in list(self.named):
            self._settle_whole(path)
        self.compute()

    def compute(self) -> None:
        """Every sum whose addends are there."""
        for path, node in [*self.named.items(), *self.standard.nodes.items()]:
            if node.addends and path not in self.figures:
                self.figure(path)

    def _settle_whole(self, path: str) -> None:
        """A named whole that an earlier source gave stands before the parts that a later one gives."""
        if (whole := self.figures.pop(path, None)) is None:
            return
        if (parts := self.figure(path)) is not None and parts.value != whole.value:
            self.conflicts.append(Conflict(path, whole, parts))
        self.figures[path] = whole

    def look_up(self, name: str) -> list[Node]:
        """The places that a name (``名称`` or ``上级.名称``) can mean: those with a figure first, nearest in the chain."""
        chain = [normal(part) for part in name.split(".")]
        if name in self.named or name in self.standard.nodes:
            return [self.node(name)]
        known = [*self.standard.index.get(chain[-1], []), *self._named(chain[-1])]
        ranked = [(node.matches(chain), node) for node in known if node.has_figure]
        found = [(rank, node) for rank, node in ranked if rank is not None]
        if not found and chain[-1] in TOTAL and len(chain) > 1:
            return self.look_up(name.rpartition(".")[0])
        present = [(rank, node) for rank, node in found if node.path in self.figures] or found
        best = min((rank for rank, _ in present), default=0)
        return [node for rank, node in present if rank == best]

    def quoted(self, name: str) -> Node | None:
        """The part of that name which is printed only where a sentence names it."""
        return next((node for node in self.standard.index.get(normal(name), []) if node.quoted), None)

    def names(self) -> Iterator[str]:
        """Every name that a figure goes by."""
        for path in self.figures:
            node = self.node(path)
            yield from (name for name in (bare(node.label), node.short) if name)

    def _named(self, name: str) -> list[Node]:
        return [node for node in self.named.values() if name in node.names]
