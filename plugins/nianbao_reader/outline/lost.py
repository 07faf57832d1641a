"""Reports that have lost headings: what those that are left tell of them."""

from __future__ import annotations

from collections.abc import Sequence

from nianbao import Standard
from nianbao.tree import Node
from nianbao_reader.blocks import Block, Line
from nianbao_reader.letters import squeezed
from nianbao_reader.numbering import number
from nianbao_reader.outline.headings import LONGEST, Mark, printed, title_of

_WORD = 4  # letters from which on a title says what it is the title of
_IN_PLACE = 3  # headings with the right numbers that no other text has


def parts_begin(blocks: Sequence[Block], section: Node) -> int | None:
    """At which block, behind others, the parts of a section begin: from there on all headings of one rank have words of its names, in order."""
    names = [name for node in (section, *section.children.values()) for name in node.names]
    heads = [
        (at, found.rank, text[found.end :])
        for at, block in enumerate(blocks)
        if isinstance(block, Line) and len(text := squeezed(block.text)) <= LONGEST and (found := number(text)) and found.rank
    ]
    begins: dict[int, int] = {}  # by rank: from where on all headings are the section's
    over: set[int] = set()
    for at, rank, title in reversed(heads):
        if rank not in over and len(name := title_of(title)) >= _WORD and any(_has_in_order(own, name) for own in names):
            begins[rank] = at
        else:
            over.add(rank)
    return min(begins.values(), default=0) or None


def _has_in_order(name: str, title: str) -> bool:
    """Whether a name has all letters of a title, in its order."""
    letters = iter(name)
    return all(letter in letters for letter in title)


def are_in_place(blocks: Sequence[Block], marks: Sequence[Mark], standard: Standard) -> bool:
    """Whether at least three headings have the numbers of their sections: 一, 五 and 六 say that the rest was left out."""
    order = [key for key, section in standard.sections.items() if section.heading]
    numbers = [(order.index(mark.section) + 1, number(squeezed(printed(blocks, mark)))) for mark in marks]
    return sum(found is not None and found.rank == 0 and found.value == place for place, found in numbers) >= _IN_PLACE
