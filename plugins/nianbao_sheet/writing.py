"""The workbook that an office fills in, by XlsxWriter: the tables as the notice draws them, totals and equations as formulas."""

from __future__ import annotations

import io
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any

import xlsxwriter

from nianbao.tree import bare
from nianbao_sheet.book import At
from nianbao_sheet.heading import heading
from nianbao_sheet.instructions import explain
from nianbao_sheet.looks import FONT, LOOKS, height, set_page
from nianbao_sheet.placing import Plan, plan, summed

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from nianbao import Edition
    from nianbao.tables import Identity

WIDTH = 104  # of a table, in digits
TOP = 2  # rows over a table: its caption, whose it is


def workbook_of(edition: Edition, file: str, date: datetime) -> bytes:
    """The bytes of an edition's workbook, to be saved as ``file``; ``date`` is the one that it bears."""
    target = io.BytesIO()
    literal = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, {"in_memory": True, "default_format_properties": FONT, **literal}) as book:
        book.set_properties({"title": edition.standard.title, "author": edition.jurisdiction.name, "created": date})
        formats = {name: book.add_format(FONT | look) for name, look in LOOKS.items()}
        explain(book.add_worksheet("说明"), edition, file, formats)
        names = {"说明"}
        for section in edition.standard.grids:
            drawn = plan(edition.standard, section, TOP)
            _Writing(book.add_worksheet(_name(edition.standard.sections[section].label, names)), drawn, formats).write(edition)
    return target.getvalue()


class _Writing:
    """One section's sheet."""

    def __init__(self, sheet: Worksheet, plan: Plan, formats: dict[str, Format]) -> None:
        self.sheet, self.plan, self.formats = sheet, plan, formats
        self.columns = len(plan.widths)
        self.widths = [width * WIDTH / 100 for width in plan.widths]

    def write(self, edition: Edition) -> None:
        for column, width in enumerate(self.widths):
            self.sheet.set_column(column, column, width)
        self._span(At(0, 0), 1, self.columns, self.plan.caption, "caption")
        self._span(At(1, 0), 1, self.columns, heading(edition), "beside")
        self.sheet.set_row(0, 30)
        self._heights()
        for one in self.plan.placed:
            if one.path:
                self._figure(one.path, one.at, one.rows, one.columns)
            else:
                self._span(one.at, one.rows, one.columns, one.label, "row" if one.is_row else "label")
        for _, identities in groupby(self.plan.identities(), key=lambda known: (known.code, known.name)):
            self._equation(list(identities))
        self.sheet.protect("", {"format_columns": True, "format_rows": True, "format_cells": True})
        set_page(self.sheet)
        if self.plan.head:
            self.sheet.repeat_rows(0, self.plan.head.stop - 1)

    def _span(self, at: At, rows: int, columns: int, text: str, look: str) -> None:
        if rows * columns > 1:
            self.sheet.merge_range(at.row, at.column, at.row + rows - 1, at.column + columns - 1, "", self.formats[look])
        self.sheet.write_string(at.row, at.column, text, self.formats[look])

    def _figure(self, path: str, at: At, rows: int, columns: int) -> None:
        node = self.plan.standard.nodes[path]
        self._span(at, rows, columns, "", "input" if node.addends is None else "total")
        if node.addends is not None:
            self.sheet.write_formula(at.row, at.column, f"={summed(self.plan.addends(path))}", self.formats["total"], 0)
            return
        self.sheet.write_blank(at.row, at.column, None, self.formats["input"])
        self.sheet.data_validation(at.row, at.column, at.row, at.column, _VALID[node.number])

    def _equation(self, identities: list[Identity]) -> None:
        """An equation for each row or column: its cells turn red where it fails, a cell of its own says by how much."""
        checks = []
        for identity in identities:
            left, right = self.plan.sides(identity)
            if not _are_in_line(left + right):
                continue  # of a group that is not drawn: it holds where it holds for all that is
            difference = f"ROUND({summed(left)}-{summed(right)},6)"
            for at in left if identity.defines else left + right:
                self._red(at, difference)
            if not identity.defines:
                checks.append((left + right, difference))
        if checks:
            self._checks(identities[0], checks)

    def _checks(self, identity: Identity, checks: list[tuple[list[At], str]]) -> None:
        """The cells that check an equation: under the table, or beside it where it is one for each row."""
        told = f"核对 {identity.name}：{self.plan.equation(identity)}"
        is_line = len({at.row for at in self.plan.at.values()}) == 1
        under = is_line or all(len({at.column for at in cells}) == 1 for cells, _ in checks)
        if under:
            self._span(At(self.plan.bottom, 0), 1, self.columns, told, "beside")
            row, self.plan.bottom = self.plan.bottom + 1, self.plan.bottom + 2
        else:
            self._span(At(self.plan.top, self.plan.right), max(len(self.plan.head), 1), 1, told, "check")
            self.sheet.set_column(self.plan.right, self.plan.right, 20)
            column, self.plan.right = self.plan.right, self.plan.right + 1
        for cells, difference in checks:
            at = At(row, cells[0].column) if under else At(cells[0].row, column)
            self.sheet.write_formula(*at, f'=IF({difference}=0,"✓","差 "&{difference})', self.formats["check"], "✓")
            self._red(at, difference)

    def _red(self, at: At, difference: str) -> None:
        rule = {"type": "formula", "criteria": f"={difference}<>0", "format": self.formats["wrong"]}
        self.sheet.conditional_format(at.row, at.column, at.row, at.column, rule)

    def _heights(self) -> None:
        """Rows as high as the labels in them need."""
        needed: dict[int, float] = {}
        for one in self.plan.placed:
            if one.rows == 1:
                width = sum(self.widths[one.at.column : one.at.column + one.columns])
                needed[one.at.row] = max(needed.get(one.at.row, 0), height(one.label, width))
        for row, points in needed.items():
            self.sheet.set_row(row, points)


def _are_in_line(cells: list[At]) -> bool:
    return len({at.row for at in cells}) == 1 or len({at.column for at in cells}) == 1


_DIGITS = {"error_title": "应是数字", "error_message": "填阿拉伯数字，不带单位；没有就填 0。"}
_VALID: dict[str, dict[str, Any]] = {
    "count": {"validate": "integer", "criteria": ">=", "value": 0, **_DIGITS},
    "amount": {"validate": "decimal", "criteria": ">=", "value": 0, **_DIGITS},
    "signed": {"validate": "integer", "criteria": "between", "minimum": -1_000_000_000, "maximum": 1_000_000_000, **_DIGITS},
}


def _name(label: str, taken: set[str]) -> str:
    """A section's label as the name of a sheet: at most 31 letters, none of those that are forbidden, each once."""
    name = "".join(" " if letter in "[]:*?/\\'" else letter for letter in bare(label))[:28].strip() or "表"
    while name.casefold() in taken:
        name += "+"
    taken.add(name.casefold())
    return name
