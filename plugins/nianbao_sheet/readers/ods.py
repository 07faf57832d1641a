"""OpenDocument, as LibreOffice writes it: one pass over its content, formulas kept apart from what they showed."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, time
from decimal import Decimal
from typing import TYPE_CHECKING

from defusedxml.ElementTree import fromstring

from nianbao import SourceError
from nianbao_sheet.book import At, Broken, Held, Page

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MOST = 200_000  # cells of a sheet that hold something
_NAMES = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_TABLE, _OFFICE, _TEXT, _STYLE = (_NAMES % name for name in ("table", "office", "text", "style"))
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"


def read(data: bytes) -> list[Page]:
    """The sheets of a file."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        content = fromstring(package.read("content.xml"))
    hidden = {
        style.get(f"{_STYLE}name")
        for style in content.iter(f"{_STYLE}style")
        if any(properties.get(f"{_TABLE}display") == "false" for properties in style.iter(f"{_STYLE}table-properties"))
    }
    tables = content.iterfind(f"{_OFFICE}body/{_OFFICE}spreadsheet/{_TABLE}table")
    return [
        Page(table.get(f"{_TABLE}name", ""), dict(_cells(table)), table.get(f"{_TABLE}style-name") in hidden) for table in tables
    ]


def _cells(table: Element) -> Iterator[tuple[At, Held]]:
    """Cells in order; equal neighbours are written once, with how often they stand side by side or one below another."""
    row = told = 0
    for line in table.iter(f"{_TABLE}table-row"):
        lines, column = _repeated(line, "rows"), 0
        for cell in line:
            held = _held(cell) if cell.tag in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell") else None
            cells = _repeated(cell, "columns")
            told += lines * cells if held else 0
            if told > MOST:
                raise SourceError(f"有内容的单元格超过 {MOST} 个", f"more than {MOST} cells hold something",
                                  mend=("删去表格以外的内容。", "Delete what lies outside of the tables."))  # fmt: skip
            if held:
                yield from ((At(row + down, column + right), held) for down in range(lines) for right in range(cells))
            column += cells
        row += lines


def _repeated(element: Element, axis: str) -> int:
    return int(element.get(f"{_TABLE}number-{axis}-repeated", "1"))


def _held(cell: Element) -> Held | None:
    formula = cell.get(f"{_TABLE}formula", "")
    value = _value(cell)
    return Held(value, _as_excel(formula)) if formula or value is not None else None


def _value(cell: Element) -> object:
    kind = cell.get(f"{_OFFICE}value-type")
    said = "\n".join("".join(line.itertext()) for line in cell.iterfind(f"{_TEXT}p"))
    if cell.get(f"{_CALC}value-type") == "error":
        return Broken(said)
    if kind in ("float", "percentage", "currency"):
        return Decimal(cell.get(f"{_OFFICE}value", "nan"))
    if kind == "boolean":
        return cell.get(f"{_OFFICE}boolean-value") == "true"
    if kind == "date":
        return date.fromisoformat(cell.get(f"{_OFFICE}date-value", "")[:10])
    if kind == "time":
        return time()
    return said or None


def _as_excel(formula: str) -> str:
    """A formula in the words of Excel: ``of:=SUM([.B4:.C4];[$收费.C7])`` -> ``=SUM(B4:C4,收费!C7)``."""

    def reference(found: re.Match[str]) -> str:
        sheet, _, rest = found[1].partition(".")
        return f"{sheet.lstrip('$')}!{rest.replace('.', '')}" if sheet else rest.replace(".", "")

    return re.sub(r"\[([^\]]*)\]", reference, formula.partition(":")[2]).replace(";", ",")
