"""What hides a report's headings: tables that hold the whole of it, and a table of contents that has them twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from nianbao import Standard
from nianbao_reader.blocks import Block, Field, Line, Table
from nianbao_reader.headings import CAPTION, LEADER, LONGEST, names, title_of
from nianbao_reader.letters import squeezed
from nianbao_reader.numbering import number


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
    for row in table.rows:
        one = _only(row)
        text = squeezed(one.text) if one and len(one.text) < 2 * LONGEST else ""
        numbered = number(text)
        heading = known.get(title_of(text[numbered.end if numbered else 0 :])) if text and not CAPTION.match(text) else None
        section = heading or section
        if one and (heading or section and section not in standard.grids):
            if rows:
                yield replace(table, rows=tuple(rows))
                rows = []
            yield from (Line(line, one.place or table.place) for line in one.text.split("\n"))
        else:
            rows.append(row)
    if rows:
        yield replace(table, rows=tuple(rows))


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
        numbered = number(text)
        title = LEADER.sub("", text[numbered.end if numbered else 0 :])
        if len(text) <= LONGEST and (known.get(title_of(title.rstrip("0123456789"))) or text in ("目录", "目次", "正文目录")):
            continue
        kept.append(block)
    return kept
