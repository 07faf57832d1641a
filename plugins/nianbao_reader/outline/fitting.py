"""Which of the installed standards a report follows, by the labels that only one has."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from pathlib import Path

from nianbao import NianbaoError, Standard
from nianbao.plugins import installed, standard
from nianbao.tree import Node, normal
from nianbao_reader.blocks import Block, Line
from nianbao_reader.letters import squeezed
from nianbao_reader.numbering import number, unnumbered

_NOTICE = re.compile(r"[〔\[(【]?(20\d\d)[〕\])】]?(\d+)号")


def fitting(text: str, blocks: Sequence[Block]) -> Standard:
    """The standard whose tables have the labels of a file's squeezed text; a notice it cites decides where it has no tables.

    Of several to one notice, those that ask for more are it only where the file has all of that under headings.
    """
    families: dict[str, list[Standard]] = {}
    for one in _standards():
        families.setdefault(one.notice, []).append(one)
    family = max(families.values(), key=lambda each: _fit(each[0], families, text))
    plain = family[0]
    asks = [(own, each) for each in family[1:] if (own := _own(each, plain)) and all(_may_be(node, text) for node in own)]
    headings = _headings(blocks) if asks else set()
    more = [(len(own), each) for own, each in asks if all(node.names & headings for node in own)]
    return max(more, key=lambda each: each[0], default=(0, plain))[1]


def oldest() -> int:
    """The year of the oldest notice among the installed standards: reports of years before it were made to none of them."""
    return min((int(cited[1]) for one in _standards() if (cited := _NOTICE.search(squeezed(one.notice)))), default=0)


@functools.cache
def _standards() -> list[Standard]:
    """Those installed, the one that asks for least first; one that cannot be loaded is no reason not to read a report."""
    found = []
    for name in installed("standards"):
        try:
            found.append(standard(name, Path()))
        except NianbaoError:
            continue
    return sorted(found, key=lambda each: (len(each.nodes), each.name))


def _fit(one: Standard, families: dict[str, list[Standard]], text: str) -> tuple[float, int, str]:
    """How many of the labels of its tables that others have not are in a text; whether its notice is; the newest, where nothing tells."""
    own = _labels(one).difference(*(_labels(each[0]) for notice, each in families.items() if notice != one.notice))
    there = sum(label in text for label in own)
    cited = _NOTICE.search(squeezed(one.notice))
    says = bool(cited and re.search(rf"{cited[1]}[^\w]?{cited[2]}号", text))
    return (there / len(own) if own else 0.0), says, one.notice[-12:] if not cited else cited[1]


@functools.cache
def _labels(one: Standard) -> frozenset[str]:
    lines = (line for grids in one.grids.values() for grid in grids for line in (*grid.rows, *grid.columns))
    return frozenset(squeezed(line.branch.label) for line in lines)


@functools.cache
def _own(one: Standard, plain: Standard) -> list[Node]:
    """What a standard asks for beside another's: its sections and the parts that must be there."""
    new = (node for path, node in one.nodes.items() if path not in plain.nodes)
    return [node for node in new if node.kind == "section" or node.required and node.has_part]


def _may_be(node: Node, text: str) -> bool:
    """Whether the beginning of one of a node's names stands anywhere: most reports need not be looked at line by line."""
    return any(name[:3] in text for name in node.names)


def _headings(blocks: Sequence[Block]) -> set[str]:
    """What may be headings, in their normal form: short lines and the beginnings of numbered ones."""
    found = set()
    for block in blocks:
        if isinstance(block, Line):
            text = squeezed(block.text)
            if number(text) or len(text) < 30:
                found.add(normal("、" + re.split(r"[。:;]", unnumbered(text)[:40])[0]))
    return found
