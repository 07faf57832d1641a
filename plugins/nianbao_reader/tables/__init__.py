"""The tables of a section, in whatever form they stand in a file, read by the labels that the standard gives them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from nianbao import Cell, NianbaoError, Standard
from nianbao_reader.blocks import Block, Table


@dataclass(frozen=True)
class Found:
    """The cells of a section's tables by path (``Grid.paths``), why some could not be read, and which blocks they were in.

    ``rest`` is what of the blocks is no table: sentences before, between and behind. ``in_text``: there are sentences, and no table.
    """

    cells: Mapping[str, Cell] = field(default_factory=dict)
    unread: Mapping[str, NianbaoError] = field(default_factory=dict)
    rest: tuple[Block, ...] = ()
    in_text: bool = False


def tables(standard: Standard, section: str, blocks: Sequence[Block], file: str, *, everywhere: Sequence[Block] = ()) -> Found:
    """The tables of a section, among its blocks. Nothing is guessed: a figure is read where one reading alone fits.

    ``everywhere`` are the blocks of the whole file: looked at where the section itself has none of its tables.
    """
    from nianbao_reader.tables import grids, streams
    from nianbao_reader.tables.forms import paths
    from nianbao_reader.tables.remains import remains

    own = [block for block in blocks if isinstance(block, Table)]
    read = grids.read(standard, section, own, file)
    cells, unread, used = dict(read.cells), dict(read.unread), {id(own[number]) for number in read.used}
    rest, in_text = tuple(blocks), False
    if any(path not in cells and not _is_told(path, unread) for path in paths(standard, section)):
        told = streams.read(standard, section, blocks, file)
        cells |= {path: cell for path, cell in told.cells.items() if path not in cells and not _is_told(path, unread)}
        if not cells and (away := [block for block in everywhere if isinstance(block, Table)]):
            found = grids.read(standard, section, away, file, elsewhere=True)
            cells, unread = dict(found.cells), unread | found.unread if found.cells else unread
        kept = {id(block) for block in told.rest}
        rest = tuple(block for block in blocks if isinstance(block, Table) or id(block) in kept)
        in_text = told.in_text and not cells and not unread
        unread |= {path: why for path, why in told.unread.items() if path not in cells and not _is_told(path, unread)}
        if cells or unread:
            lost = grids.missing(standard, standard.grids[section], {*cells, *unread}, file)
            unread |= {path: why for path, why in lost if not _is_told(path, unread)}
    return Found(cells, unread, tuple(remains(standard, section, rest, used)), in_text)


def _is_told(path: str, unread: Mapping[str, NianbaoError]) -> bool:
    """Whether the place itself, or one that holds it, is known to be unread."""
    names = path.split(".")
    return any(".".join(names[:size]) in unread for size in range(1, len(names) + 1))
