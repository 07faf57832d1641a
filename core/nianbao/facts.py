"""Facts with their origins: what the sources say, merged, their sums computed, their conflicts kept visible."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from nianbao.errors import DataError, NianbaoError, did_you_mean
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
    Answer: TypeAlias = "Mapping[str, int | Decimal | str | Sentence | Fact | Answer]"
else:
    Answer = Mapping  # what a stranger writes as ``Answer | None`` is evaluated


@dataclass(frozen=True)
class Conflict:
    """Two sources that disagree about one path; the first stands."""

    path: str
    kept: Fact
    other: Fact


class Facts:
    """The facts of one edition by path: ``figures``, ``parts``, ``stated`` totals, ``conflicts`` and ``mistakes``."""

    def __init__(self, standard: Standard) -> None:
        self.standard = standard
        self.figures: dict[str, Fact] = {}
        self.parts: dict[str, Fact] = {}
        self.stated: dict[str, Fact] = {}
        self.conflicts: list[Conflict] = []
        self.mistakes: list[NianbaoError] = []
        self.named: dict[str, Node] = {}
        self._source = self._section = ""
        self._doubtful: set[str] = set()

    def add(self, source: str, section: str, answer: object) -> None:
        """Take in what one source says about one section; what cannot be taken in is kept as a mistake.

        ``source`` may be a Text: then its place is that of the source's settings.
        """
        self._source, self._section = source, section
        node = self.standard.nodes[section]
        if isinstance(answer, str | Sentence) or isinstance(answer, Fact) and isinstance(answer.value, str | Sentence):
            answer = {"引言": answer}
        self._take(node, answer, str(node.label))

    def node(self, path: str) -> Node:
        """The place of a path, of the standard or of a name that a source brought."""
        return self.named.get(path) or self.standard.nodes[path]

    def figure(self, path: str) -> Fact | None:
        """The fact at a path: given, or the sum of what lies below, with that as its origin; None where absent."""
        if (given := self.figures.get(path)) is not None:
            return given
        node = self.node(path)
        if not node.addends:
            return None
        below = [self.figure(addend) for addend in node.addends]
        if any(fact is None for fact in below):
            return None
        values = [fact.value for fact in below if fact is not None]
        total = sum(value for value in values if isinstance(value, int | Decimal))
        self.figures[path] = Fact(total, Origin("sum"))
        return self.figures[path]

    def settle(self) -> None:
        """After the last source: a table that is given has no gaps (absent cells are 0), and every sum is computed.

        Where a mistake was found in a section its gaps stay: what was meant there is not known.
        """
        for section in self.standard.root.children.values():
            rows = [child for child in section.children.values() if child.kind != "both"]
            cells = [cell for row in rows for cell in row.inputs()]
            if section.path not in self._doubtful and any(cell.path in self.figures for cell in cells):
                for cell in cells:
                    self.figures.setdefault(cell.path, Fact(0, Origin("zero")))
        for path, node in self.named.items():
            if node.children and path in self.figures:  # one source gave the whole, another its parts
                self.stated.setdefault(path, self.figures.pop(path))
        for path in [*self.named, *self.standard.nodes]:
            self.figure(path)

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

    def names(self) -> Iterator[str]:
        """Every name that a figure goes by."""
        for path in self.figures:
            yield bare(self.node(path).label)

    def _named(self, name: str) -> list[Node]:
        return [node for node in self.named.values() if name in node.names]

    def _take(self, node: Node, value: object, name: str) -> None:
        said = value if isinstance(value, Fact) else Fact(cast(Any, value))
        origin = said.origin or Origin(getattr(name, "place", ""))
        origin = dataclasses.replace(origin, source=str(self._source), settings=getattr(self._source, "place", ""))
        fact, value = dataclasses.replace(said, origin=origin), said.value
        if isinstance(value, Mapping):
            for key, below in value.items():
                if (child := self._child(node, key, below)) is not None:
                    self._take(child, below, key)
        elif isinstance(value, str | Sentence):
            self._take_text(node, fact, name)
        elif isinstance(value, int | Decimal) and not isinstance(value, bool):
            self._take_number(node, fact, name)
        else:
            kind = type(value).__name__
            self._mistake(name, fact, f"“{name}”的值是 {kind}，只接受整数、小数和文字", f"“{name}” is a {kind}")

    def _take_number(self, node: Node, fact: Fact, name: str) -> None:
        value = fact.value
        assert isinstance(value, int | Decimal)
        if value < 0 and node.number != "signed":
            self._mistake(name, fact, f"“{name}”不能是负数", f"“{name}” cannot be negative")
        elif normal(name) in TOTAL and not node.names & TOTAL:
            self._keep(self.stated, node.path, fact)
        elif value == 0 and node.kind != "named" and (cells := node.inputs()) != [node]:
            whole = dataclasses.replace(fact.origin or Origin(""), how=f"“{bare(name)}”整体为 0")
            for cell in (cell for cell in cells if cell.kind == "figure"):
                self._keep(self.figures, cell.path, Fact(0, whole))
        elif node.addends is not None:
            self._keep(self.stated, node.path, fact)
        elif node.kind in ("section", "group"):
            rows = "、".join(bare(child.label) for child in node.children.values() if child.has_figure or child.children)
            self._mistake(name, fact, f"“{name}”没有合计，请分别填写：{rows}", f"“{name}” has no total; give {rows}")
        elif node.number == "count" and not isinstance(value, int):
            self._mistake(name, fact, f"“{name}”应是整数", f"“{name}” should be a whole number")
        else:
            self._keep(self.figures, node.path, fact)

    def _take_text(self, node: Node, fact: Fact, name: str) -> None:
        if node.has_part:
            self._keep(self.parts, node.path, fact)
            return
        shown = fact.value.text if isinstance(fact.value, Sentence) else str(fact.value)
        mend = ("填阿拉伯数字，没有就填 0。", "Write digits; 0 where there is none.")
        self._mistake(
            name, fact, f"“{name}”应是数字，写的是“{shown[:20]}”", f"“{name}” should be a number, not “{shown[:20]}”", mend
        )

    def _keep(self, facts: dict[str, Fact], path: str, fact: Fact) -> None:
        kept = facts.setdefault(path, fact)
        if kept is fact:
            return
        if kept.origin and fact.origin and kept.origin.source == fact.origin.source:
            label = self.node(path).label
            self._mistake(label, fact, f"“{label}”写了两次（另一处：{kept.origin.where}）", f"“{label}” is given twice")
        elif kept.value != fact.value:
            self.conflicts.append(Conflict(path, kept, fact))

    def _child(self, node: Node, key: str, value: object) -> Node | None:
        """The place that a key means inside a node; an unknown one is named anew where the standard leaves room."""
        kind = _kind(value)
        if node.kind == "named":
            return node if normal(key) in TOTAL and kind == "number" else self._name(node, key, "named")
        hits = node.find(key) if node.kind != "part" else []
        fitting = [hit for hit in hits if (hit.has_part if kind == "text" else hit.kind != "part")]
        if len(fitting) == 1:
            return fitting[0]
        if len(hits) > 1:
            places = "、".join(f"{h.parent.label}.{h.label}" for h in hits if h.parent)
            self._mistake(key, value, f"有几个“{key}”：{places}", f"several places are named “{key}”: {places}")
        elif hits and kind == "text":
            return hits[0]
        elif hits:
            self._mistake(key, value, f"“{key}”应是文字", f"“{key}” should be a text")
        elif node.kind == "section" and not self._slip(node, key, kind, value):
            return self._name(node, key, "part" if kind == "text" else "named")
        elif node.kind != "section":
            known = [bare(child.label) for child in node.walk() if child is not node]
            self._mistake(
                key, value, f"“{bare(node.label)}”里没有“{key}”", f"“{bare(node.label)}” has no “{key}”", did_you_mean(key, known)
            )
        return None

    def _slip(self, node: Node, key: str, kind: str, value: object) -> bool:
        """Whether a key is one slip away from a known one of its kind: then it is a mistake, not a new name."""
        wanted = normal(key)
        for known in node.walk():
            fits = known.has_part if kind == "text" else known.has_figure or bool(known.children)
            if known is node or not fits:
                continue
            if any(_one_slip(wanted, name) for name in known.names):
                label = bare(known.label)
                right = (f"是不是“{label}”？", f"Did you mean “{label}”?")
                self._mistake(key, value, f"没有“{key}”这一项", f"unknown key “{key}”", right)
                return True
        return False

    def _name(self, parent: Node, key: str, kind: Any) -> Node:
        label = bare(key)
        path = f"{parent.path}.{label}" if kind == "named" else f"{parent.path}.“{label}”"
        if path not in self.named:
            node = Node(path, label, label, frozenset([normal(key)]), parent, kind, unit=parent.unit)
            node.number = "amount"
            self.named[path] = node
            if parent.kind == "named":
                parent.children[label] = node
                parent.addends = (*(parent.addends or ()), path)
        return self.named[path]

    def _mistake(self, name: str, value: object, zh: str, en: str, mend: tuple[str, str] | None = None) -> None:
        self._doubtful.add(self._section)
        place = getattr(name, "place", "") or next((str(o.where) for o in _origins(value)), "") or self._source
        self.mistakes.append(DataError(zh, en, place=place, mend=mend))


def _origins(value: object) -> Iterable[Origin]:
    if isinstance(value, Fact) and value.origin:
        yield value.origin
    elif isinstance(value, Mapping):
        for below in value.values():
            yield from _origins(below)


def _kind(value: object) -> str:
    value = value.value if isinstance(value, Fact) else value
    return "text" if isinstance(value, str | Sentence) else "mapping" if isinstance(value, Mapping) else "number"


def _one_slip(a: str, b: str) -> bool:
    """Whether one letter put in, left out, changed or swapped with the next makes one name of the other."""
    if a == b or min(len(a), len(b)) < 3 or abs(len(a) - len(b)) > 1:
        return False
    start = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    a, b = a[start:], b[start:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or a[:2] == b[1::-1] and a[2:] == b[2:]
