"""Lines cut and put together; what is known of spans in them goes along."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nianbao_reader.blocks import Line, Table

_LATIN = re.compile(r"[A-Za-z]$"), re.compile(r"^[A-Za-z]")


def cut(line: Line, start: int, stop: int | None = None) -> Line:
    """A piece of a line, without the spaces around it."""
    stop = len(line.text) if stop is None else stop
    piece = line.text[start:stop]
    start += len(piece) - len(piece.lstrip())
    piece = piece.strip()
    spans = {(a - start, b - start): path for (a, b), path in line.figures.items() if start <= a and b <= start + len(piece)}
    return Line(piece, line.place, line.level, spans)


def joined(lines: Sequence[Line], glue: str = "") -> Line:
    """Lines as one, at the place of the first. Without a ``glue`` a space comes only between two Latin words."""
    text = ""
    spans: dict[tuple[int, int], str] = {}
    for line in (cut(line, 0) for line in lines):
        if text:
            text += glue or (" " if _LATIN[0].search(text) and _LATIN[1].search(line.text) else "")
        spans |= {(a + len(text), b + len(text)): path for (a, b), path in line.figures.items()}
        text += line.text
    return Line(text, lines[0].place, lines[0].level, spans)


def rows(table: Table) -> list[Line]:
    """A table that is none of the notice's, a row a line: each cell once, wherever it spans."""
    told: list[Line] = []
    seen: set[int] = set()
    for row in table.rows:
        text = ""
        spans: dict[tuple[int, int], str] = {}
        places = []
        for cell in row:
            if cell is None or id(cell) in seen or not cell.text.strip():
                continue
            seen.add(id(cell))
            said = " ".join(cell.text.split())
            text += " " if text else ""
            if cell.path:
                spans[len(text), len(text) + len(said)] = cell.path
            text += said
            places.append(cell.place)
        if text:
            told.append(Line(text, places[0] or table.place, 0, spans))
    return told
