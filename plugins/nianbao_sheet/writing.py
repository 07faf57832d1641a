"""The workbook that an office fills in, by XlsxWriter: the tables as the notice draws them, totals and equations as formulas."""

from __future__ import annotations

import io
import math
import unicodedata
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any

import xlsxwriter

from nianbao.tree import bare
from nianbao_sheet.book import At
from nianbao_sheet.placing import Plan, plan, summed

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from nianbao import Edition
    from nianbao.tables import Identity

WIDTH, EXPLAINED = 104, 80  # of a table and of the instructions, in digits
LINE = 15  # height of a line, in points
TOP = 2  # rows over a table: its caption, whose it is
_TABLE: dict[str, Any] = {"border": 1, "text_wrap": True, "valign": "vcenter", "align": "center"}
_FORMATS: dict[str, dict[str, Any]] = {
    "caption": {"font_name": "黑体", "font_size": 14, "align": "center", "valign": "vcenter", "text_wrap": True},
    "whose": {"align": "left", "valign": "vcenter"},
    "label": _TABLE,
    "row": {**_TABLE, "align": "left"},
    "input": {**_TABLE, "bg_color": "#FFF8D6", "locked": False},
    "total": {**_TABLE, "bg_color": "#EDEDED"},
    "check": {"font_size": 9, "text_wrap": True, "valign": "vcenter", "align": "center"},
    "wrong": {"bg_color": "#FFC7CE", "font_color": "#9C0006", "bold": True},
    "title": {"font_name": "黑体", "font_size": 16, "valign": "vcenter"},
    "text": {"text_wrap": True, "valign": "top"},
}


def workbook_of(edition: Edition, file: str, date: datetime) -> bytes:
    """The bytes of an edition's workbook, to be saved as ``file``; ``date`` is the one that it bears."""
    target = io.BytesIO()
    literal = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
    font = {"font_name": "仿宋", "font_size": 10.5, "font_charset": 134}
    with xlsxwriter.Workbook(target, {"in_memory": True, "default_format_properties": font, **literal}) as book:
        book.set_properties({"title": edition.standard.title, "author": edition.jurisdiction.name, "created": date})
        formats = {name: book.add_format(font | look) for name, look in _FORMATS.items()}
        _explain(book.add_worksheet("说明"), edition, file, formats)
        names: set[str] = set()
        for section in edition.standard.grids:
            drawn = plan(edition.standard, section, TOP)
            _Writing(book.add_worksheet(_name(edition.standard.sections[section].label, names)), drawn, formats).write(edition)
    return target.getvalue()


def _explain(sheet: Worksheet, edition: Edition, file: str, formats: dict[str, Format]) -> None:
    year = edition.year
    lines = [
        f"编制单位：{edition.jurisdiction.name}",
        f"统计期限：{year}年1月1日至{year}年12月31日",
        f"格式标准：{edition.standard.notice}",
        "",
        "1. 只填浅黄色的格。灰色的格是合计，由公式算出，不用填。",
        "2. 填阿拉伯数字，不带单位、逗号和文字；不写“若干”“约”。需要计算的，先算好再填数值。",
        "3. 没有的填 0。一部分的表里只要填了一格，其余空着的格就按 0 计；整个部分都没有的，至少填一个 0；一格不填就是没有填报。",
        "4. 格子变红，是等式两边不相等；表下面或右边的“核对”写明是哪个等式、差多少。改到红色消失为止。",
        "5. 备注写在表格以外。不改标题文字，不在表格中间加有数字的行和列。隐藏的工作表不读。",
        "6. 从别的文件复制时，用“选择性粘贴—数值”，不要带来公式和链接。",
        f"7. 保存为 {file}，不设打开密码，不另存为带宏的文件。也可以另存为 .ods 或 .xls，并在设置里改 file。",
    ]
    sheet.set_column(0, 0, EXPLAINED)
    sheet.write_string(0, 0, f"{year}年度政府信息公开工作年度报告填报表", formats["title"])
    sheet.set_row(0, 30)
    for number, line in enumerate(lines, 2):
        sheet.write_string(number, 0, line, formats["text"])
        sheet.set_row(number, _height(line, EXPLAINED))
    sheet.protect()
    _print(sheet)


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
        self._span(At(1, 0), 1, self.columns, f"编制单位：{edition.jurisdiction.name}　　{edition.year}年度", "whose")
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
        _print(self.sheet)
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
            if (
                not left
                or not right
                or (len({at.row for at in left + right}) > 1 and len({at.column for at in left + right}) > 1)
            ):
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
            self._span(At(self.plan.bottom, 0), 1, self.columns, told, "whose")
            row, self.plan.bottom = self.plan.bottom + 1, self.plan.bottom + 2
        else:
            self._span(At(self.plan.top, self.plan.right), 1, 1, told, "check")
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
        """Rows as high as what is written in them needs: spreadsheets do not find that out for merged cells."""
        needed: dict[int, float] = {}
        for one in self.plan.placed:
            if one.rows == 1:
                width = sum(self.widths[one.at.column : one.at.column + one.columns])
                needed[one.at.row] = max(needed.get(one.at.row, 0), _height(one.label, width))
        for row, height in needed.items():
            self.sheet.set_row(row, height)


_DIGITS = {"error_title": "应是数字", "error_message": "填阿拉伯数字，不带单位；没有就填 0。"}
_VALID: dict[str, dict[str, Any]] = {
    "count": {"validate": "integer", "criteria": ">=", "value": 0, **_DIGITS},
    "amount": {"validate": "decimal", "criteria": ">=", "value": 0, **_DIGITS},
    "signed": {"validate": "integer", "criteria": "between", "minimum": -1_000_000_000, "maximum": 1_000_000_000, **_DIGITS},
}


def _height(text: str, width: float) -> float:
    """Points that a text needs in a column of a width."""
    letters = sum(2 if unicodedata.east_asian_width(letter) in "WFA" else 1 for letter in text)
    return LINE * max(1, math.ceil(letters / max(width - 1.5, 2))) + 4


def _name(label: str, taken: set[str]) -> str:
    """A section's label as the name of a sheet: at most 31 letters, none of those that are forbidden, each once."""
    name = "".join(" " if letter in "[]:*?/\\'" else letter for letter in bare(label))[:28].strip() or "表"
    while name.casefold() in taken:
        name += "+"
    taken.add(name.casefold())
    return name


def _print(sheet: Worksheet) -> None:
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.6, right=0.6, top=0.7, bottom=0.7)
    sheet.center_horizontally()
    sheet.set_footer("&C第 &P 页，共 &N 页")
