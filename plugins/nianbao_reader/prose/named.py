"""The figures beside the standard's, as a page that nianbao made marks them in its sentences, at their finest level."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from nianbao import Fact, Origin, Standard, Told
from nianbao.yamlfile import as_number

DEEPEST = 12  # names that lead to a figure
_NAME = re.compile(r"\w[^.“”\n]{0,60}")


@dataclass
class _Place:
    fact: Fact | None = None
    parts: dict[str, _Place] = field(default_factory=dict)


def named(told: Iterable[Told], standard: Standard) -> dict[str, Fact]:
    """What the marked figures of sentences are, by path: what is only a sum of others is left out.

    Where the parts of a whole are not all told it is given itself, and they are not; of a figure that is told as two, nothing is.
    """
    top = _Place()
    for path, fact in _figures(told, standard).items():
        place = top
        for name in path.split("."):
            place = place.parts.setdefault(name, _Place())
        place.fact = fact
    return {path: fact for section, below in top.parts.items() for path, fact in _finest(below, section)}


def _figures(told: Iterable[Told], standard: Standard) -> dict[str, Fact]:
    found: dict[str, Fact] = {}
    doubtful = set()
    for each in told:
        for (start, end), path in each.figures.items():
            value = as_number(each.text[start:end])
            if value is None or not _is_named(path, standard):
                continue
            fact = found.setdefault(path, Fact(value, Origin(each.place)))
            doubtful |= {path} if fact.value != value else set()
    return {path: fact for path, fact in found.items() if path not in doubtful}


def _is_named(path: str, standard: Standard) -> bool:
    """Whether a path is that of a figure beside the tables: one of the standard's that stands in none, or one of one's own."""
    section, *names = path.split(".")
    if node := standard.nodes.get(path):
        return node.is_input and not node.tabular
    own = bool(names) and section in standard.sections and f"{section}.{names[0]}" not in standard.nodes
    return own and len(names) <= DEEPEST and all(map(_NAME.fullmatch, names))


def _finest(place: _Place, path: str) -> Iterator[tuple[str, Fact]]:
    below = [found for name, part in place.parts.items() for found in _finest(part, f"{path}.{name}")]
    values = [fact.value for _, fact in below if isinstance(fact.value, int | Decimal)]
    if place.fact and (not below or sum(values) != place.fact.value):
        yield path, place.fact
    else:
        yield from below
