"""CSV, in UTF-8 or GB18030, as WPS and Excel save it: one sheet without a name."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from decimal import Decimal

from nianbao import SourceError
from nianbao_sheet.book import At, Held, Page

_NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,15})?", re.ASCII)


def read(data: bytes) -> list[Page]:
    """Its one sheet. Raises SourceError where it is no text."""
    return [Page("", dict(_cells(_text(data))))]


def _text(data: bytes) -> str:
    for encoding in ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise SourceError(
        "不是文本文件", "it is no text", mend=("另存为 UTF-8 的 .csv，或 .xlsx。", "Save it as .csv in UTF-8, or as .xlsx.")
    )


def _cells(text: str) -> Iterator[tuple[At, Held]]:
    for row, line in enumerate(csv.reader(io.StringIO(text, newline=""))):
        for column, written in enumerate(line):
            if _NUMBER.fullmatch(written):
                yield At(row, column), Held(Decimal(written))
            elif written.strip():
                yield At(row, column), Held(None, written) if written.startswith("=") else Held(written)
