"""What hides a report's headings: tables that hold the whole of it, and a table of contents that has them twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from nianbao import Standard
from nianbao_reader.blocks import Block, Field, Line, Table
from nianbao_reader.letters import squeezed
from nianbao_reader.numbering import unnumbered
from nianbao_reader.outline.headings import CAPTION, LEADER, LONGEST, names, title_of


def unfolded(blocks: Sequence[Block], standard: Standard) -> list[Block]:
    """The blocks, with headings of sections and sentences taken out of tables that hold them in rows of one cell."""
    known = names(standard)
    found: list[Block] = []
    for block in blocks:
        found += _unfolded(block, known, standard) if isinstance(block, Table) else [block]
    return found


def _unfolded(table: Table, known: dict[str, str], standard: Standard) -> Iterator[Block]:
    rows: list[tuple[Field | None, ...]] = []
    section = ""
    cells = [_only(row) for row in table.rows]
    headings = [_section(cell, known) for cell in cells]
    begins = _prose_before(cells, headings, standard)
    for at, (row, one, heading) in enumerate(zip(table.rows, cells, headings, strict=True)):
        section = heading or section
        if one and (heading or at < begins or section and section not in standard.grids):
            if rows:
                yield replace(table, rows=tuple(rows))
                rows = []
            yield from (Line(line, one.place or table.place) for line in one.text.split("\n"))
        else:
            rows.append(row)
    if rows:
        yield replace(table, rows=tuple(rows))


def _section(cell: Field | None, known: dict[str, str]) -> str:
    """The section whose heading a cell is."""
    text = squeezed(cell.text) if cell and len(cell.text) < 2 * LONGEST else ""
    return known.get(title_of(unnumbered(text)), "") if text and not CAPTION.match(text) else ""


def _prose_before(cells: Sequence[Field | None], headings: Sequence[str], standard: Standard) -> int:
    """How many rows of one cell stand before the first heading, where that is of a section without tables: title and preamble."""
    first = next((at for at, heading in enumerate(headings) if heading), 0)
    return first if all(cells[:first]) and headings[first] not in standard.grids else 0


def _only(row: Sequence[Field | None]) -> Field | None:
    """The one cell of a row that says something."""
    said: Field | None = None
    for cell in row:
        if cell is not None and cell is not said and cell.text.strip():
            if said is not None:
                return None
            said = cell
    return said


def unlisted(blocks: Sequence[Block], standard: Standard) -> list[Block]:
    """The blocks before the first section without a table of contents."""
    known = names(standard)
    kept = []
    for block in blocks:
        text = squeezed(block.text) if isinstance(block, Line) else ""
        title = LEADER.sub("", unnumbered(text))
        if len(text) <= LONGEST and (known.get(title_of(title.rstrip("0123456789"))) or text in ("目录", "目次", "正文目录")):
            continue
        kept.append(block)
    return kept
