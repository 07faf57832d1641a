"""A table that is cut into one for each row, the row's label in the line above each: the label put before its figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from nianbao import Standard
from nianbao_reader.blocks import Block, Field, Line, Table
from nianbao_reader.tables.figures import kind
from nianbao_reader.tables.forms import LONGEST, Form, forms, skeleton


def captioned(standard: Standard, section: str, blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks of a section, the label in front of the figures of each table that has it in the line above alone."""
    grids = standard.grids[section]
    rows = [form for grid in grids for form in forms(grid, tuple(grids)) if len(form.rows) > 1 < len(form.columns)]
    caption: Line | None = None
    for block in blocks:
        if isinstance(block, Line):
            caption = block if block.text.strip() else caption
            yield block
            continue
        yield _labelled(block, caption) if caption and _is_under(block, caption, rows) else block
        caption = None


def _is_under(table: Table, caption: Line, rows: Sequence[Form]) -> bool:
    """Whether a table has a row of figures for one row of the standard's, and no cell for its label."""
    name = skeleton(caption.text[:LONGEST])
    named = [form for form in rows if name in form.row_of]
    figures = [row for row in table.rows if any(cell and kind(cell.text) in ("number", "mark", "empty") for cell in row)]
    return any(len(row) == len(form.columns) for form in named for row in figures) and len(figures) == 1


def _labelled(table: Table, caption: Line) -> Table:
    label, corner = Field(caption.text, caption.place), Field("", caption.place)
    *above, figures = table.rows
    return replace(table, rows=(*((corner, *row) for row in above), (label, *figures)))
