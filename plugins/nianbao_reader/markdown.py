"""Markdown, as nianbao writes it and as other programs make it of Word files and PDFs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import unescape

from nianbao_reader.blocks import Block, Content, Field, Line, Table
from nianbao_reader.text import is_wrapped, printed

Numbered = tuple[int, str]

_ROW = re.compile(r"\|.*\||.+(?<!\\)\|.+(?<!\\)\|.+|\|.+(?<!\\)\|.+")
_RULE = re.compile(r"\|?(\s*:?-+:?\s*\|)+\s*(:?-+:?)?\s*")
_PIPE = re.compile(r"(?<!\\)(?:\\\\)*\|")
_HEADING = re.compile(r"(#{1,6})\s+(.*?)(?:\s+#+)?")
_NOTE = re.compile(r"#\s+(\w+:\s.*|-+)", re.ASCII | re.S)  # “# year: 2024”: a program's remark about the text
_NOTHING = re.compile(r"(```|~~~).*|([-*_]\s*){3,}|=+")
_BULLET = re.compile(r"(?:>\s*)*(?:[-*+]\s+)?")
_BREAK = re.compile(r"(?i)<br\s*/?>")
_MARK = re.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])|!\[[^\]\n]*\]\([^)\n]*\)|\[(?P<link>[^\]\n]*)\]\([^)\n]*\)|</?[A-Za-z][^<>\n]*>|\*\*|__"
)
_TABLE = re.compile(r"(?i)<(/?)table\b")


def content(text: str, file: str) -> Content:
    """What Markdown says. Raises FileError where it is too long."""
    lines = printed(text, file)
    return Content(tuple(_blocks(lines, file)), is_wrapped(line for _, line in lines if not line.startswith(("<", "#"))))


def _blocks(lines: Sequence[Numbered], file: str) -> Iterator[Block]:
    at = 0
    while at < len(lines):
        number, line = lines[at]
        if _TABLE.match(line) and (end := _table_end(lines, at)):
            from nianbao_reader.html import blocks

            yield from blocks("\n".join(line for _, line in lines[at:end]), file, number - 1)
            at = end
        elif is_row(line):
            end = next((later for later in range(at, len(lines)) if not is_row(lines[later][1])), len(lines))
            yield from pipes(lines[at:end], file)
            at = end
        else:
            yield from _line(line, f"{file}:{number}")
            at += 1


def _table_end(lines: Sequence[Numbered], start: int) -> int:
    """Behind the line in which a table ends that begins in the line ``start``; 0 where it does not end."""
    depth = 0
    for at in range(start, len(lines)):
        for found in _TABLE.finditer(lines[at][1]):
            depth += -1 if found[1] else 1
        if depth <= 0:
            return at + 1
    return 0


def is_row(line: str) -> bool:
    """Whether a line is a row of a table drawn with pipes."""
    return "|" in line and _ROW.fullmatch(line) is not None


def pipes(lines: Sequence[Numbered], file: str) -> Iterator[Table]:
    """The tables that stand in such rows without a line between: each begins with the row that a rule of dashes stands under."""
    rows: list[Numbered] = []
    for number, line in lines:
        if not _RULE.fullmatch(line):
            rows.append((number, line))
            continue
        if len(rows) > 1:
            yield _table(rows[:-1], file)
        rows = rows[-1:]
    if rows:
        yield _table(rows, file)


def _table(rows: Sequence[Numbered], file: str) -> Table:
    fields = [[Field(plain(cell), f"{file}:{number}") for cell in _cells(line)] for number, line in rows]
    width = max(map(len, fields))
    return Table(tuple((*row, *[None] * (width - len(row))) for row in fields), f"{file}:{rows[0][0]}")


def _cells(line: str) -> list[str]:
    """The cells of a row; what stands behind an escape is no pipe between two."""
    cells, last = [], 0
    for found in _PIPE.finditer(line):
        cells.append(line[last : found.end() - 1])
        last = found.end()
    cells.append(line[last:])
    return cells[int(line.startswith("|")) : -1 if line.endswith("|") else None]


def _line(line: str, place: str) -> Iterator[Line]:
    """A line of text, or several where it has breaks; its heading's level."""
    if not line or _NOTHING.fullmatch(line):
        return
    level = 0
    if note := _NOTE.fullmatch(line):
        line = note[1]
    elif heading := _HEADING.fullmatch(line):
        level, line = len(heading[1]), heading[2]
    for text in plain(line).split("\n"):
        if text:
            yield Line(text, place, level)


def plain(text: str) -> str:
    """Text without the marks of Markdown; a break in it is a new line."""
    text = text.strip()
    text = text[_BULLET.match(text).end() :]  # type: ignore[union-attr]
    if len(text) > 2 and text[0] == text[-1] == "*" and text[1] != "*":
        text = text[1:-1]
    pieces = _BREAK.split(text) if "<" in text else [text]
    return "\n".join(unescape(_MARK.sub(_unmarked, piece)).strip() for piece in pieces)


def _unmarked(found: re.Match[str]) -> str:
    return found["escaped"] or found["link"] or ""
