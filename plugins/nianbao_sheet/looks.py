"""How the workbook looks: fonts, colours, heights, the printed page."""

from __future__ import annotations

import math
import unicodedata
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

LINE = 15  # height of a line, in points
FONT = {"font_name": "仿宋", "font_size": 10.5, "font_charset": 134}  # 134: where the font is missing, another Chinese one
_TABLE: dict[str, Any] = {"border": 1, "text_wrap": True, "valign": "vcenter", "align": "center"}
LOOKS: dict[str, dict[str, Any]] = {
    "caption": {"font_name": "黑体", "font_size": 14, "align": "center", "valign": "vcenter", "text_wrap": True},
    "beside": {"align": "left", "valign": "vcenter"},
    "label": _TABLE,
    "row": {**_TABLE, "align": "left"},
    "input": {**_TABLE, "bg_color": "#FFF8D6", "locked": False},
    "total": {**_TABLE, "bg_color": "#EDEDED"},
    "check": {"font_size": 9, "text_wrap": True, "valign": "vcenter", "align": "center"},
    "wrong": {"bg_color": "#FFC7CE", "font_color": "#9C0006", "bold": True},
    "title": {"font_name": "黑体", "font_size": 16, "valign": "vcenter"},
    "text": {"text_wrap": True, "valign": "top"},
}


def height(text: str, width: float) -> float:
    """The points that a text needs in a column of a width in digits: spreadsheets do not find that out for merged cells."""
    letters = sum(2 if unicodedata.east_asian_width(letter) in "WFA" else 1 for letter in text)
    return LINE * max(1, math.ceil(letters / max(width - 1.5, 2))) + 4


def set_page(sheet: Worksheet) -> None:
    """A4, one page across."""
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.6, right=0.6, top=0.7, bottom=0.7)
    sheet.center_horizontally()
    sheet.set_footer("&C第 &P 页，共 &N 页")
