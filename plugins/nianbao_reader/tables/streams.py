"""Tables that stand as lines of text. (Another's: his module takes this one's place.)"""

from __future__ import annotations

from collections.abc import Sequence

from nianbao import Standard
from nianbao_reader.blocks import Block, Line
from nianbao_reader.tables import Found


def read(standard: Standard, section: str, blocks: Sequence[Block], file: str) -> Found:
    """Nothing."""
    return Found(rest=tuple(blocks), in_text=any(isinstance(block, Line) and block.text.strip() for block in blocks))
