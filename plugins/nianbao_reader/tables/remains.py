"""What of a section's blocks is no table: its sentences, without captions and pieces of labels that a table left behind."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from nianbao import Standard
from nianbao_reader.blocks import Block, Table, texts
from nianbao_reader.tables.forms import LONGEST, skeleton

_CAPTION = ("表一", "表二", "表三", "表四", "附表", "单位件", "单位", "续表")
_SENTENCE = re.compile(r"[。；;]|\d{2}")


def remains(standard: Standard, section: str, blocks: Sequence[Block], used: Collection[int]) -> Iterator[Block]:
    """The blocks that are no table and no piece of one. ``used`` are the ids of the tables that were read."""
    labels = _labels(standard, section)
    pieces = [id(block) in used or _is_piece(block, labels) for block in blocks]
    at = [number for number, block in enumerate(blocks) if id(block) in used]
    first, last = (at[0], at[-1]) if at else (len(blocks), -1)
    while first and at and pieces[first - 1]:  # captions and heads whose letters floated out of the table
        first -= 1
    yield from (block for number, block in enumerate(blocks) if not (pieces[number] and first <= number <= last))


def _labels(standard: Standard, section: str) -> list[str]:
    texts = [standard.nodes[section].label, *standard.sections[section].aliases, *_CAPTION]
    for grid in standard.grids[section]:
        texts += [grid.table.title, grid.table.corner, grid.table.above]
        texts += [name for line in (*grid.rows, *grid.columns) for name in (line.branch.label, *line.branch.aliases)]
    return [name for name in map(skeleton, texts) if name]


def _is_piece(block: Block, labels: Sequence[str]) -> bool:
    """Whether a block is made of nothing but labels and pieces of them."""
    if isinstance(block, Table):
        said = set(texts(block))
        return not any(letter.isdigit() for text in said for letter in text) and all(_is_made(text, labels) for text in said)
    return _is_made(block.text, labels)


def _is_made(text: str, labels: Sequence[str]) -> bool:
    if len(text) > LONGEST or _SENTENCE.search(text) and not any(skeleton(text) == label for label in labels):
        return False
    name = skeleton(text)
    while name:
        size = next((size for size in range(len(name), 0, -1) if any(name[:size] in label for label in labels)), 0)
        if not size:
            return False
        name = name[size:]
    return True
