"""Excel 2007 and later, by openpyxl: it keeps formulas apart from the values that they showed."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING

import openpyxl

from nianbao_sheet.book import At, Broken, Held, Page

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet


def read(data: bytes) -> list[Page]:
    """The sheets of a file: once for what is written, once more for what formulas showed."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # of what openpyxl would not save again
        written, shown = (openpyxl.load_workbook(io.BytesIO(data), data_only=only, keep_links=False) for only in (False, True))
    pairs = zip(written.worksheets, shown.worksheets, strict=True)
    return [Page(sheet.title, dict(_cells(sheet, twin)), sheet.sheet_state != "visible") for sheet, twin in pairs]


def _cells(sheet: Worksheet, twin: Worksheet) -> Iterator[tuple[At, Held]]:
    # not iter_rows: that walks the whole rectangle up to the farthest cell, which may be seventeen thousand millions
    for (row, column), cell in sheet._cells.items():
        shown = twin._cells[row, column]
        value = Broken(shown.value) if shown.data_type == "e" else shown.value
        if cell.data_type == "f":
            yield At(row - 1, column - 1), Held(value, getattr(cell.value, "text", None) or str(cell.value))
        elif value is not None:
            yield At(row - 1, column - 1), Held(value)
