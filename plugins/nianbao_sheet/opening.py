"""A file of the workspace -> Book; whatever is wrong with the file is told by its name."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import TYPE_CHECKING

from nianbao import SourceError, notify
from nianbao_sheet.book import Book, Page
from nianbao_sheet.guarding import LARGEST, check

if TYPE_CHECKING:
    from nianbao import Edition

KINDS = (".xlsx", ".ods", ".xls", ".csv")
ROWS, COLUMNS = 20_000, 1_000  # far more than any table has; what lies beyond is a mistake or an attack


def open_book(workspace: Path, file: str, edition: Edition) -> Book:
    """The workbook at a path of the workspace. Raises SourceError."""
    suffix = Path(file).suffix.lower()
    if suffix not in KINDS:
        raise SourceError(f"不读 {suffix or '没有后缀的'} 文件", f"{suffix or 'a file without a suffix'} is not read", place=file,
                          mend=("另存为 .xlsx（不带宏）。", "Save it as .xlsx, without macros."))  # fmt: skip
    data = _bytes(workspace / file, file, edition)
    check(data, suffix, file)
    reader = importlib.import_module(f"nianbao_sheet.readers.{suffix[1:]}")
    try:
        pages: list[Page] = reader.read(data)
    except SourceError as error:
        error.place = error.place or file
        raise
    except Exception as error:  # a damaged file makes the readers raise anything
        raise SourceError(f"文件读不了，可能已损坏：{error}", f"the file cannot be read, it may be damaged: {error}", place=file,
                          mend=("用 WPS 或 Excel 打开，另存为 .xlsx。", "Open it in a spreadsheet and save it as .xlsx."))  from None  # fmt: skip
    for page in pages:
        if any(at.row >= ROWS or at.column >= COLUMNS for at in page.cells):
            raise SourceError(f"工作表“{page.name}”超过 {ROWS} 行或 {COLUMNS} 列", f"the sheet “{page.name}” has more than {ROWS} rows or {COLUMNS} columns",
                              place=file, mend=("删去表格以外的内容。", "Delete what lies outside of the tables."))  # fmt: skip
        if page.hidden:
            notify(f"工作表“{page.name}”隐藏着，没有读", f"the sheet “{page.name}” is hidden and was not read", place=file)
    return Book(file, pages)


def _bytes(path: Path, file: str, edition: Edition) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise SourceError(f"文件超过 {LARGEST // 1_000_000} MB", f"the file has more than {LARGEST // 1_000_000} MB", place=file,
                              mend=("只留要填报的表。", "Keep only the tables to report."))  # fmt: skip
        return path.read_bytes()
    except FileNotFoundError:
        id, year = edition.jurisdiction.id, edition.year
        raise SourceError("没有这个文件", "there is no such file", place=file,
                          mend=(f"放好文件；填报表可用 nianbao workbook {id} --year {year} 新建。",
                                f"Put it there, or make one with `nianbao workbook {id} --year {year}`."))  from None  # fmt: skip
    except OSError as error:
        raise SourceError(f"读不了文件：{error.strerror}", f"cannot read: {error.strerror}", place=file,
                          mend=("核对文件和权限。", "Check the file and its permissions."))  from None  # fmt: skip
