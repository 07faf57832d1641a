"""Excel 97-2003, by xlrd. It does not tell formulas from what they showed; where they stand is seen in the records."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from datetime import date

import xlrd
from xlrd.compdoc import CompDoc

from nianbao_sheet.book import At, Broken, Held, Page
from nianbao_sheet.guarding import locked

_BEGIN, _END, _LOCKED, _SHEET, _FORMULA = 0x0809, 0x000A, 0x002F, 0x0085, 0x0006


def read(data: bytes) -> list[Page]:
    """The sheets of a file; a formula in it is only known to be one."""
    formulas = _formulas(data)
    book = xlrd.open_workbook(file_contents=data, logfile=io.StringIO(), ragged_rows=True)
    return [
        Page(sheet.name, dict(_cells(sheet, formulas[number])), sheet.visibility != 0)
        for number, sheet in enumerate(book.sheets())
    ]  # fmt: skip


def _formulas(data: bytes) -> list[set[At]]:
    """Where formulas stand, by sheet. Raises SourceError where a password is asked for."""
    package = CompDoc(data, logfile=io.StringIO())
    stream = package.get_named_stream("Workbook") or package.get_named_stream("Book") or b""
    records = list(_records(stream, 0))
    if any(kind == _LOCKED for kind, _ in records):
        raise locked()
    starts = [struct.unpack_from("<I", body)[0] for kind, body in records if kind == _SHEET and body[5] == 0]
    return [
        {At(*struct.unpack_from("<HH", body)) for kind, body in _records(stream, start) if kind == _FORMULA} for start in starts
    ]


def _records(stream: bytes, position: int) -> Iterator[tuple[int, bytes]]:
    """The records of one part of the stream, those of a chart inside of it too."""
    depth = 0
    while position + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, position)
        yield kind, stream[position + 4 : position + 4 + length]
        depth += (kind == _BEGIN) - (kind == _END)
        if depth <= 0:
            return
        position += 4 + length


def _cells(sheet: xlrd.sheet.Sheet, formulas: set[At]) -> Iterator[tuple[At, Held]]:
    for row in range(sheet.nrows):
        for column in range(sheet.row_len(row)):
            at = At(row, column)
            kind, value = sheet.cell_type(row, column), _value(sheet, row, column)
            if kind not in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
                yield at, Held(value, "=…" if at in formulas else "")


def _value(sheet: xlrd.sheet.Sheet, row: int, column: int) -> object:
    kind, value = sheet.cell_type(row, column), sheet.cell_value(row, column)
    if kind == xlrd.XL_CELL_DATE:
        return date.min
    if kind == xlrd.XL_CELL_BOOLEAN:
        return bool(value)
    return Broken(xlrd.error_text_from_code.get(value, "#?")) if kind == xlrd.XL_CELL_ERROR else value
