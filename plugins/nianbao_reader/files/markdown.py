"""Markdown, as nianbao writes it and as other programs make it of Word files and PDFs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import unescape

from nianbao_reader.blocks import Block, Content, Field, Line, Table
from nianbao_reader.files.spread import LARGEST, too_large
from nianbao_reader.files.text import gaps, is_wrapped, printed

LONG = 2_000  # letters: a rule of dashes is never that long
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
    r"\\(?P<escaped>[!-/:-@\[-`{-~])|!\[[^][\n]*\]\([^()\n]*\)|\[(?P<link>[^][\n]*)\]\([^()\n]*\)|</?[A-Za-z][^<>\n]*>|\*\*|__"
)
_TABLE = re.compile(r"(?i)<(/?)table\b")
_ENDED = re.compile(r"^[^|]*\|\s*\|+$")  # a cell, its border, and pipes with nothing between


def content(text: str, file: str) -> Content:
    """What Markdown says. Raises FileError where it is too long."""
    lines = printed(text, file)
    return Content(tuple(_blocks(lines, text, file)), is_wrapped(line for _, line in lines if not line.startswith(("<", "#"))))


def _blocks(lines: Sequence[Numbered], text: str, file: str) -> Iterator[Block]:
    ends, before = _table_ends(lines), list(gaps(lines, text))
    a_cell_a_line = any(line == "|" for _, line in lines)  # then a row of pipes is the last cell of one, and what its cells span
    at = 0
    while at < len(lines):
        number, line = lines[at]
        if at in ends and _TABLE.match(line):
            from nianbao_reader.files.html import blocks

            end = ends[at]
            yield from blocks("\n".join(line for _, line in lines[at:end]), file, number - 1)
            at = end
        elif is_row(line) and not (a_cell_a_line and _ENDED.search(line)):
            end = next((later for later in range(at, len(lines)) if not is_row(lines[later][1])), len(lines))
            yield from pipes(lines[at:end], file)
            at = end
        else:
            yield from _line(line, f"{file}:{number}", before[at])
            at += 1


def _table_ends(lines: Sequence[Numbered]) -> dict[int, int]:
    """For each line in which an HTML table begins, the one behind its end; those that do not end are not among them."""
    ends: dict[int, int] = {}
    begun: list[int] = []
    for at, (_, line) in enumerate(lines):
        for found in _TABLE.finditer(line) if "<" in line else ():
            if not found[1]:
                begun.append(at)
            elif begun:
                ends[begun.pop()] = at + 1
    return ends


def is_row(line: str) -> bool:
    """Whether a line is a row of a table drawn with pipes; pipes with nothing between are the end of one that stands a cell a line."""
    return "|" in line and line.strip("|") != "" and _ROW.fullmatch(line) is not None


def pipes(lines: Sequence[Numbered], file: str) -> Iterator[Table]:
    """The tables that stand in such rows without a line between: each begins with the row that a rule of dashes stands under."""
    rows: list[Numbered] = []
    for number, line in lines:
        if len(line) > LONG or not _RULE.fullmatch(line):
            rows.append((number, line))
            continue
        if len(rows) > 1:
            yield _table(rows[:-1], file)
        rows = rows[-1:]
    if rows:
        yield _table(rows, file)


def _table(rows: Sequence[Numbered], file: str) -> Table:
    if sum(line.count("|") for _, line in rows) > LARGEST:
        raise too_large(f"{file}:{rows[0][0]}")
    opened = sum(line.startswith("|") for _, line in rows) * 2 > len(rows)
    width = max((len(_cells(line)) for _, line in rows if not line.startswith("|") and line.endswith("|")), default=0)
    fields = [[Field(plain(cell), f"{file}:{number}") for cell in _of_row(line, opened, width)] for number, line in rows]
    width = max(map(len, fields))
    return Table(tuple((*row, *[None] * (width - len(row))) for row in fields), f"{file}:{rows[0][0]}", piped=True)


def _of_row(line: str, opened: bool, width: int) -> list[str]:
    """The cells of a row, of a table whose rows a pipe ``opened`` or not: then one in front is behind an empty cell, if the row
    is as wide as the others with it or the next is empty too.
    """
    cells = _cells(line)
    if line.startswith("|") and (opened or len(cells) != width and len(cells) > 1 and cells[1].strip()):
        return cells[1:]
    return cells


def _cells(line: str) -> list[str]:
    """What stands between the pipes of a row; what an escape stands before is none."""
    cells, last = [], 0
    for found in _PIPE.finditer(line):
        cells.append(line[last : found.end() - 1])
        last = found.end()
    cells.append(line[last:])
    return cells[: -1 if line.endswith("|") else None]


def _line(line: str, place: str, gap: int) -> Iterator[Line]:
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
            yield Line(text, place, level, gap=gap)
            gap = 0


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
