"""Whose workbook it is: the line under each title, as it is written and as it is looked for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nianbao import SourceError
from nianbao.tree import normal

if TYPE_CHECKING:
    from nianbao import Edition
    from nianbao_sheet.book import Book

_WRITTEN = re.compile(r"编制单位：(.+?)\s+(20\d\d)年度")


def heading(edition: Edition) -> str:
    """The line under a table's title."""
    return f"编制单位：{edition.jurisdiction.name}　　{edition.year}年度"


def check_heading(book: Book, edition: Edition) -> None:
    """Raise SourceError where such a line still stands and names another body, or another year."""
    for page in book.visible:
        for at, held in page.cells.items():
            found = _WRITTEN.fullmatch(held.text)
            if found and (normal(found[1]) != normal(edition.jurisdiction.name) or int(found[2]) != edition.year):
                raise SourceError(
                    f"这是{found[1]} {found[2]} 年度的填报表，不是{edition.jurisdiction.name} {edition.year} 年度的",
                    f"this is the workbook of {found[1]} for {found[2]}, not of {edition.jurisdiction.name} for {edition.year}",
                    place=book.where(page, at), mend=("换上本单位本年度的填报表。", "Put the right workbook here."),
                )  # fmt: skip
