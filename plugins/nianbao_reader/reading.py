"""A file's blocks -> a Reading: its sections, the cells of its tables, its sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from nianbao import Cell, FileError, NianbaoError, Reading, Standard, Told
from nianbao_reader.blocks import Block, Content, Line
from nianbao_reader.letters import simplified
from nianbao_reader.named import named
from nianbao_reader.outline import outline
from nianbao_reader.paragraphs import measure
from nianbao_reader.prose import told
from nianbao_reader.tables import tables
from nianbao_reader.tables.forms import skeleton


def reading(content: Content, file: str) -> Reading:
    """What a file says as a report. Raises FileError where it holds none."""
    found = content.outline or outline(content, file)
    cells: dict[str, Cell] = {}
    unread: dict[str, NianbaoError] = {}
    in_text: set[str] = set()
    sentences: list[Told] = []
    prose = [section.blocks for key, section in found.sections.items() if key not in found.standard.grids]
    full = measure([block for blocks in prose for block in blocks if isinstance(block, Line)]) if content.wrapped else 0.0
    for key, section in found.sections.items():
        rest = section.blocks
        if key in found.standard.grids:
            plain = [_simplified(block) for block in section.blocks]
            read = tables(found.standard, key, plain, file, everywhere=content.blocks)
            cells |= read.cells
            unread |= read.unread
            if not (read.cells or read.unread) and _is_drawn(found.standard, key, plain):
                unread[key] = FileError("表里没有能读的数字", "there is no figure in the table that can be read", place=section.place or file,
                                        mend=("请人工核对原文。", "Look at the file."))  # fmt: skip
            printed = {id(one): block for one, block in zip(plain, section.blocks, strict=True)}
            rest = tuple(printed.get(id(block), block) for block in read.rest)
            in_text |= {key} if read.in_text else set()
        sentences += (
            _within(each, file)
            for each in told(found.standard, key, rest, wrapped=content.wrapped, whole=section.blocks, full=full)
        )
    headings = {key: section.heading for key, section in found.sections.items() if section.heading}
    return Reading(file, found.name, found.level, found.year, found.standard, found.title, headings, tuple(sentences),
                   cells, named(sentences, found.standard), unread, frozenset(in_text), content.meta)  # fmt: skip


def _is_drawn(standard: Standard, section: str, blocks: Sequence[Block]) -> bool:
    """Whether most labels of a section's tables stand in it by themselves: then a table is there, though nothing in it can be read."""
    labels = {skeleton(line.branch.label) for grid in standard.grids[section] for line in (*grid.rows, *grid.columns)}
    alone = {skeleton(text) for block in blocks for text in _texts(block)}
    return len(labels & alone) * 2 > len(labels)


def _texts(block: Block) -> list[str]:
    return [block.text] if isinstance(block, Line) else [cell.text for row in block.rows for cell in row if cell is not None]


def _simplified(block: Block) -> Block:
    """A block as the labels of a standard are written; the same where it is in simplified letters."""
    if isinstance(block, Line):
        return block if (text := simplified(block.text)) == block.text else replace(block, text=text)
    cells = {id(cell): cell for row in block.rows for cell in row if cell is not None}
    plain = {key: replace(cell, text=text) for key, cell in cells.items() if (text := simplified(cell.text)) != cell.text}
    if not plain:
        return block
    return replace(block, rows=tuple(tuple(plain.get(id(cell), cell) for cell in row) for row in block.rows))


def _within(told: Told, file: str) -> Told:
    """It at a place that names the file."""
    return told if told.place.startswith(file) else replace(told, place=f"{file}:{told.place}" if told.place else file)
