"""Where a figure comes from, in words: its origin, or what it is the sum of down to the lines that people wrote."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from nianbao.errors import say
from nianbao.lean import dataclass


@dataclass(frozen=True)
class Branch:
    """A figure by its name, its ``origin`` in words, and the figures that it is the sum of (``below``).

    ``details`` are a query and the values that it was asked with; those of a query stand once in a tree. ``zeros`` are the
    origins of a sum of nothing but zeros.
    """

    path: str
    name: str
    value: Any
    origin: str
    details: dict[str, Any]
    below: list[Branch]
    zeros: list[str]


def branch(figures: Mapping[str, Any], path: str, told: set[str], above: str = "") -> Branch:
    """The branch of a figure of a record (``record()["figures"]``). ``told`` are the queries that need not be told again."""
    known = figures[path]
    addends = known.get("sum_of", ())
    counted = [addend for addend in addends if figures[addend]["value"]]
    origin = {} if addends else known["origin"]
    how = origin.get("how")
    several = how if isinstance(how, dict) and len(how) > 1 else {}
    given = in_words({**origin, "how": ""} if several else origin)
    details = {} if str(several) in told else several
    if several:
        told.add(str(several))
    below = [branch(figures, addend, told, known["label"]) for addend in counted]
    zeros = sorted({in_words(leaf["origin"]) for leaf in _leaves(figures, path)}) if addends and not counted else []
    return Branch(path, _apart(known["label"], above), known["value"], given, details, below, zeros)


def in_words(origin: Mapping[str, Any]) -> str:
    """An origin of a record: file and line, query, address, time, source."""
    if origin.get("where") == "zero":
        return say("表中未填，按 0 计", "not given in a table that is: 0")
    how = origin.get("how", "")
    how = "，".join(f"{key}={value}" for key, value in how.items()) if isinstance(how, dict) else how
    return "  ".join(word for word in (origin.get("where", ""), how, origin.get("at", ""), origin.get("source", "")) if word)


def _leaves(figures: Mapping[str, Any], path: str) -> Iterator[dict[str, Any]]:
    known = figures[path]
    if "sum_of" not in known:
        yield known
    for addend in known.get("sum_of", ()):
        yield from _leaves(figures, addend)


def _apart(label: str, above: str) -> str:
    """What tells a label from that of its sum: 予以公开 in … › 予以公开 › 自然人, a part of … › 总计 › 自然人."""
    words, others = label.split(" › "), above.split(" › ")
    while words and others and words[0] == others[0]:
        del words[0], others[0]
    while len(words) > 1 and others and words[-1] == others[-1]:
        del words[-1], others[-1]
    return " › ".join(words) or label
