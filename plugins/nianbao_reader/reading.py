"""A file's blocks -> a Reading: its sections, the cells of its tables, its sentences."""

from __future__ import annotations

from dataclasses import replace

from nianbao import Cell, NianbaoError, Reading, Told
from nianbao_reader.blocks import Content, Line, within
from nianbao_reader.outline import outline
from nianbao_reader.prose import told
from nianbao_reader.prose.named import named
from nianbao_reader.prose.paragraphs import measure
from nianbao_reader.tables import tables


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
            read = tables(found.standard, key, section.blocks, file, everywhere=content.blocks)
            cells |= read.cells
            unread |= read.unread
            rest = read.rest
            in_text |= {key} if read.in_text else set()
        sentences += (
            replace(each, place=within(each.place, file))
            for each in told(found.standard, key, rest, wrapped=content.wrapped, whole=section.blocks, full=full)
        )
    headings = {key: section.heading for key, section in found.sections.items() if section.heading}
    return Reading(file, found.name, found.level, found.year, found.standard, found.title, headings, tuple(sentences),
                   cells, named(sentences, found.standard), unread, frozenset(in_text), content.meta)  # fmt: skip
