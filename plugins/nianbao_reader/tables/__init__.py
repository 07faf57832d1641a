"""The tables of a section, in whatever form they stand in a file, read by the labels that the standard gives them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from nianbao import Cell, FileError, NianbaoError, Standard
from nianbao.tree import holders
from nianbao_reader.blocks import Block, Line, Table, retold, texts
from nianbao_reader.letters import simplified


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
    from nianbao_reader.tables.captions import captioned
    from nianbao_reader.tables.remains import remains

    labelled = list(captioned(standard, section, [retold(block, simplified) for block in blocks]))
    search = _Search(standard, section, labelled, file)
    search.drawn()
    if search.is_lacking:
        search.written(everywhere)
    search.name_what_lacks()
    printed = {id(one): block for one, block in zip(labelled, blocks, strict=True)}
    rest = tuple(printed.get(id(block), block) for block in remains(standard, section, search.rest, search.used))
    return Found(search.cells, search.unread, rest, search.in_text)


class _Search:
    """The cells found so far, those known to be unread, the ids of the tables they stood in, and the blocks that are left."""

    def __init__(self, standard: Standard, section: str, blocks: Sequence[Block], file: str) -> None:
        self.standard, self.section, self.blocks, self.file = standard, section, blocks, file
        self.cells: dict[str, Cell] = {}
        self.unread: dict[str, NianbaoError] = {}
        self.used: set[int] = set()
        self.rest: Sequence[Block] = blocks
        self.in_text = False

    @property
    def is_lacking(self) -> bool:
        """Whether of a cell neither its figure is known nor why it has none."""
        from nianbao_reader.tables.forms import paths

        return any(path not in self.cells and not self._is_told(path) for path in paths(self.standard, self.section))

    def drawn(self) -> None:
        """What stands in real tables."""
        from nianbao_reader.tables import grids

        own = [block for block in self.blocks if isinstance(block, Table)]
        read = grids.read(self.standard, self.section, own, self.file)
        self.cells |= read.cells
        self.unread |= read.unread
        self.used |= {id(own[number]) for number in read.used}

    def written(self, everywhere: Sequence[Block]) -> None:
        """What stands as text; where there is nothing at all, what stands in tables elsewhere in the file."""
        from nianbao_reader.tables import grids, streams

        told = streams.read(self.standard, self.section, [block for block in self.blocks if not _is_regular(block)], self.file)
        self.cells |= {path: cell for path, cell in told.cells.items() if path not in self.cells and not self._is_told(path)}
        away = [block for block in everywhere if isinstance(block, Table)]
        if not self.cells and away:
            found = grids.read(self.standard, self.section, away, self.file, elsewhere=True)
            self.cells = dict(found.cells)
            self.unread |= found.unread if found.cells else {}
        self.rest = tuple(_left(self.blocks, [block for block in told.rest if isinstance(block, Line)]))
        self.in_text = told.in_text and not self.cells and not self.unread
        self.unread |= {path: why for path, why in told.unread.items() if path not in self.cells and not self._is_told(path)}

    def name_what_lacks(self) -> None:
        """Rows that were read in the end are not unread; of a table that is there, each cell that nobody found is."""
        from nianbao_reader.tables import grids

        drawn = self.standard.grids[self.section]
        rows = {grid.path(row): (grid, row) for grid in drawn for top in grid.top_rows for row in top.leaves()}
        for path, (grid, row) in rows.items():
            if path in self.unread and all(
                grid.path(row, column) in self.cells for top in grid.top_columns for column in top.leaves()
            ):
                del self.unread[path]
        if not (self.cells or self.unread) and self._is_drawn():
            self.unread[self.section] = FileError("表里没有能读的数字", "there is no figure in the table that can be read", place=self.file,
                                                  mend=("请人工核对原文。", "Look at the file."))  # fmt: skip
        elif self.cells or self.unread:
            lost = grids.missing(self.standard, drawn, {*self.cells, *self.unread}, self.file)
            self.unread |= {path: why for path, why in lost if not self._is_told(path)}

    def _is_drawn(self) -> bool:
        """Whether most labels of the tables stand in the section by themselves: then a table is there, though nothing in it can be read."""
        from nianbao_reader.tables.forms import skeleton

        drawn = self.standard.grids[self.section]
        labels = {skeleton(line.branch.label) for grid in drawn for line in (*grid.rows, *grid.columns)}
        alone = {skeleton(text) for block in self.blocks for text in texts(block)}
        return len(labels & alone) * 2 > len(labels)

    def _is_told(self, path: str) -> bool:
        """Whether the place itself, or one that holds it, is known to be unread."""
        return any(holder in self.unread for holder in holders(path))


def _is_regular(block: Block) -> bool:
    """Whether it is a table in which a cell stands where it should: their order tells nothing that columns do not."""
    return isinstance(block, Table) and all(len(row) > 1 and not (block.piped and None in row) for row in block.rows)


def _left(blocks: Sequence[Block], lines: Sequence[Line]) -> Iterator[Block]:
    """The blocks of which something is left: tables, and those of the lines, which can be pieces of them."""
    waiting = list(reversed(lines))
    for block in blocks:
        if isinstance(block, Table):
            yield block
        elif waiting and waiting[-1].place == block.place and waiting[-1].text in block.text:
            yield waiting.pop()
