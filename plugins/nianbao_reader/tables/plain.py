"""Blocks as the standard writes its labels: in simplified letters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from nianbao_reader.blocks import Block, Line
from nianbao_reader.letters import simplified


def plain(block: Block) -> Block:
    """A block in simplified letters; the same where it is in them already."""
    if isinstance(block, Line):
        return block if (text := simplified(block.text)) == block.text else replace(block, text=text)
    cells = {id(cell): cell for row in block.rows for cell in row if cell is not None}
    changed = {key: replace(cell, text=text) for key, cell in cells.items() if (text := simplified(cell.text)) != cell.text}
    if not changed:
        return block
    return replace(block, rows=tuple(tuple(changed.get(id(cell), cell) for cell in row) for row in block.rows))


def texts(block: Block) -> Iterator[str]:
    """What a line, or each cell of a table, says."""
    if isinstance(block, Line):
        yield block.text
    else:
        yield from (cell.text for row in block.rows for cell in row if cell is not None)
