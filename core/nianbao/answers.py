"""What a source says, taken apart: each leaf of an answer to its place in the standard, or a mistake with its remedy."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, Literal, cast

from nianbao.errors import DataError, NianbaoError, Remedy, did_you_mean, shown
from nianbao.facts import Fact, Facts, Origin, Sentence
from nianbao.standard import LEAD
from nianbao.tree import TOTAL, Node, bare, normal

DIGITS: Remedy = ("填阿拉伯数字，没有就填 0。", "Write digits; 0 where there is none.")
LONGEST = 40  # letters of a name or value that a message repeats


def take(facts: Facts, source: str, section: str, answer: object) -> None:
    """Take in what one source says about one section; what cannot be taken in is kept in ``facts.mistakes``.

    ``source`` may be a Text: then its place is that of the source's settings.
    """
    node = facts.standard.nodes[section]
    if isinstance(answer, str | Sentence) or isinstance(answer, Fact) and isinstance(answer.value, str | Sentence):
        answer = {"引言": answer}
    _Taking(facts, source, section).take(node, answer, str(node.label))


class _Taking:
    def __init__(self, facts: Facts, source: str, section: str) -> None:
        self.facts, self.source, self.section = facts, source, section

    def take(self, node: Node, value: object, name: str) -> None:
        said = value if isinstance(value, Fact) else Fact(cast(Any, value))
        origin = said.origin or Origin(getattr(name, "place", ""))
        how = (
            {key: shown(str(said)) for key, said in origin.how.items()}
            if isinstance(origin.how, Mapping)
            else shown(str(origin.how))
        )
        origin = Origin(shown(str(origin.where)), how, str(origin.at), str(self.source), getattr(self.source, "place", ""))
        fact, value = dataclasses.replace(said, origin=origin), said.value
        if isinstance(value, NianbaoError):
            self.gap(node, value)
        elif isinstance(value, Mapping):
            for key, below in value.items():
                if (child := self.child(node, key, below)) is not None:
                    self.take(child, below, key)
        elif value is None:
            self.facts.blank.setdefault(node.path, origin.where)
        elif isinstance(value, str | Sentence):
            self.text(node, fact, name)
        elif isinstance(value, int | Decimal) and not isinstance(value, bool):
            self.number(node, fact, name)
        else:
            zh, en = f"的值是 {type(value).__name__}", f"is a {type(value).__name__}"
            self.mistake(name, fact, zh, en, ("只接受整数、小数（Decimal）和文字。", "Give an int, a Decimal or a text."))

    def gap(self, node: Node, failure: NianbaoError) -> None:
        """A place whose figure could not be had: it stays open, and so do the sums over it. The reason is told once."""
        self.facts.gaps.add(node.path)
        self.facts.doubtful.add(self.section)
        self.facts.mistakes += getattr(failure, "mistakes", [failure])

    def number(self, node: Node, fact: Fact, name: str) -> None:
        value = fact.value
        assert isinstance(value, int | Decimal)
        if isinstance(value, Decimal) and not value.is_finite():
            self.mistake(name, fact, "不是数", "is no number", DIGITS)
        elif value < 0 and node.number != "signed":
            self.mistake(name, fact, "不能是负数", "cannot be negative", DIGITS)
        elif normal(name) in TOTAL and not node.names & TOTAL:
            self.keep("stated", node, fact, name)
        elif value == 0 and node.kind != "named" and (cells := node.inputs()) != [node]:
            whole = dataclasses.replace(fact.origin or Origin(""), how=f"“{bare(name)}”整体为 0")
            if not cells and node.addends is not None:
                self.keep("stated", node, fact, name)
            elif not cells:
                self.mistake(name, fact, "应是文字", "should be a text", ("写一段文字。", "Write a text."))
            twice = [self.facts.keep("figures", cell.path, Fact(0, whole)) for cell in cells]
            if first := next((kept for kept in twice if kept), None):
                self.twice(name, fact, first)
        elif node.addends is not None:
            self.keep("stated", node, fact, name)
        elif node.kind in ("section", "group"):
            rows = "、".join(bare(child.label) for child in node.children.values() if child.has_figure or child.children)
            self.mistake(name, fact, "没有合计", "has no total", (f"请分别填写：{rows}。", f"Give each of: {rows}."))
        elif node.number == "count" and not isinstance(value, int):
            self.mistake(name, fact, "应是整数", "should be a whole number", DIGITS)
        else:
            self.keep("figures", node, fact, name)

    def text(self, node: Node, fact: Fact, name: str) -> None:
        if node.has_part:
            self.keep("parts", node, fact, name)
            return
        said = (fact.value.text if isinstance(fact.value, Sentence) else str(fact.value))[:LONGEST]
        self.mistake(name, fact, f"应是数字，写的是“{said}”", f"should be a number, not “{said}”", DIGITS)

    def keep(self, where: Literal["figures", "parts", "stated"], node: Node, fact: Fact, name: str) -> None:
        if first := self.facts.keep(where, node.path, fact):
            self.twice(name, fact, first)

    def twice(self, name: str, fact: Fact, first: Fact) -> None:
        where = first.origin.where if first.origin else ""
        self.mistake(
            name, fact, "写了两次", "is given twice", (f"另一处在 {where}，删去一处。", f"The other is at {where}; delete one.")
        )

    def child(self, node: Node, key: str, value: object) -> Node | None:
        """The place that a key means inside a node; an unknown one is named anew where the standard leaves room."""
        kind = _kind(value)
        if node.kind == "named":
            return node if normal(key) in TOTAL and kind == "number" else self.name(node, key, "named", value)
        hits = node.find(key) if node.kind != "part" else []
        fitting = [hit for hit in hits if kind == "blank" or (hit.has_part if kind == "text" else hit.kind != "part")]
        if len(fitting) == 1:
            return fitting[0]
        if len(hits) > 1:
            places = "、".join([f"{hit.parent.label}.{hit.label}" for hit in hits if hit.parent][:3])
            self.mistake(key, value, "可以指几处", "means several places", (f"写明是哪一处：{places}。", f"Say which: {places}."))
        elif hits and kind == "text":
            return hits[0]
        elif hits:
            self.mistake(key, value, "应是文字", "should be a text", ("写一句话。", "Write a sentence."))
        elif node.kind == "section" and kind == "blank":
            self.slipped(node, key, kind, value)
        elif node.kind == "section" and (other := self.elsewhere(node, key, kind)):
            self.mistake(key, value, f"属于“{other.label}”", f"belongs to “{other.label}”", ("移到那一部分。", "Move it there."))
        elif node.kind == "section" and not self.slipped(node, key, kind, value):
            return self.name(node, key, "part" if kind == "text" else "named", value)
        elif node.kind != "section":
            known = [bare(child.label) for child in node.walk() if child is not node]
            within = bare(node.label)
            self.mistake(key, value, f"不在“{within}”里", f"is not in “{within}”", did_you_mean(key, known))
        return None

    def elsewhere(self, node: Node, key: str, kind: str) -> Node | None:
        """The other section in which a name is that of a part, a figure or a row of a table."""
        for section in self.facts.standard.root.children.values():
            parts = [child for child in section.children.values() if child.has_part and child.key != LEAD]
            figures = [*section.rows(), *(child for child in section.children.values() if child.kind in ("figure", "both"))]
            if section is not node and any(normal(key) in known.names for known in (parts if kind == "text" else figures)):
                return section
        return None

    def slipped(self, node: Node, key: str, kind: str, value: object) -> bool:
        """Whether a key is one slip away from a known one of its kind: then it is a mistake, not a new name."""
        wanted = normal(key)
        for known in node.walk():
            fits = kind == "blank" or (known.has_part if kind == "text" else known.has_figure or bool(known.children))
            if known is not node and fits and any(one_slip(wanted, name) for name in known.names):
                label = bare(known.label)
                self.mistake(key, value, "没有这一项", "is an unknown key", (f"是不是“{label}”？", f"Did you mean “{label}”?"))
                return True
        return False

    def name(self, parent: Node, key: str, kind: Literal["part", "named"], value: object) -> Node | None:
        """A new name, unless it could not be told from a path, or from nothing."""
        if "." in key or not normal(key):
            mend = ("换一个名称，不用半角句点，至少有一个字。", "Choose a name with a letter in it and no full stop.")
            self.mistake(key, value, "不能作名称", "cannot be a name", mend)
            return None
        return self.facts.name(parent, key, kind)

    def mistake(self, name: str, value: object, zh: str, en: str, mend: Remedy) -> None:
        self.facts.doubtful.add(self.section)
        place = getattr(name, "place", "") or next((str(o.where) for o in _origins(value)), "") or self.source
        shown = name if len(name) <= LONGEST else f"{name[:LONGEST]}…"
        self.facts.mistakes.append(DataError(f"“{shown}”{zh}", f"“{shown}” {en}", place=place, mend=mend))


def _origins(value: object) -> Iterable[Origin]:
    if isinstance(value, Fact) and value.origin:
        yield value.origin
    elif isinstance(value, Mapping):
        for below in value.values():
            yield from _origins(below)


def _kind(value: object) -> str:
    value = value.value if isinstance(value, Fact) else value
    if value is None:
        return "blank"
    return "text" if isinstance(value, str | Sentence) else "mapping" if isinstance(value, Mapping) else "number"


def one_slip(a: str, b: str) -> bool:
    """Whether one letter put in, left out, changed or swapped with the next makes one name of the other."""
    if a == b or min(len(a), len(b)) < 3 or abs(len(a) - len(b)) > 1:
        return False
    start = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    a, b = a[start:], b[start:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or a[:2] == b[1::-1] and a[2:] == b[2:]
