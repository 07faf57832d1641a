"""The tables of a section, in whatever form they stand in a file, read by the labels that the standard gives them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from nianbao import Cell, NianbaoError, Standard
from nianbao_reader.blocks import Block


@dataclass(frozen=True)
class Found:
    """The cells of a section's tables by path (``Grid.paths``), why some could not be read, and which blocks they were in.

    ``rest`` is what of the blocks is no table: sentences before, between and behind. ``in_text``: there are sentences, and no table.
    """

    cells: Mapping[str, Cell] = field(default_factory=dict)
    unread: Mapping[str, NianbaoError] = field(default_factory=dict)
    rest: tuple[Block, ...] = ()
    in_text: bool = False


def tables(standard: Standard, section: str, blocks: Sequence[Block], file: str) -> Found:
    """The tables of a section, among its blocks. Nothing is guessed: a figure is read where one reading alone fits."""
    raise NotImplementedError
