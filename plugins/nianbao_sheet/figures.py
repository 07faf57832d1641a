"""What a cell holds -> a figure: numbers are taken, text that is plainly a number is taken and noted, nothing is guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal

from nianbao import SourceError, notify
from nianbao_sheet.book import At, Book, Broken, Held, Page

_NUMBER = re.compile(r"[+-]?\d{1,15}(\.\d{1,15})?", re.ASCII)
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}  # full-width forms
DIGITS, LARGEST = 15, 10**15  # all that a spreadsheet keeps of a number


@dataclass(frozen=True)
class Figure:
    """A number, and how it was had where it was not simply written there."""

    value: int | Decimal
    how: str = ""


def figure(book: Book, page: Page, at: At) -> Figure | None:
    """The figure in a cell; a formula is computed anew. None where it is blank. Raises SourceError where it is none."""
    held = page.held(at)
    if held.is_blank:
        return None
    if not held.formula:
        return Figure(number(held.value, book.where(page, at)))
    from nianbao_sheet.reckoning import reckon

    value = exact(reckon(book, page, at))
    if (cached := shown(held)) is not None and cached != value:
        notify(f"单元格显示 {cached}，重算得 {value}，取后者", f"the cell shows {cached}, computed anew it is {value}, which is taken",
               place=book.where(page, at))  # fmt: skip
    return Figure(value, held.formula)


def shown(held: Held) -> int | Decimal | None:
    """The number that a cell shows, typed or left by a formula; None where it shows none, or one beyond all counting."""
    value = held.value
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    return exact(value) if Decimal(value).is_finite() and -LARGEST < value < LARGEST else None


def is_number(held: Held) -> bool:
    """Whether a cell shows a number, be it as text."""
    return shown(held) is not None or _NUMBER.fullmatch(held.text.translate(_NARROW)) is not None


def number(value: object, where: str) -> int | Decimal:
    """A value as a number. Raises SourceError that says what it is instead; text that is a number is noted."""
    if (known := shown(Held(value))) is not None:
        return known
    if isinstance(value, str) and not isinstance(value, Broken):
        digits = value.strip().translate(_NARROW)
        if _NUMBER.fullmatch(digits):
            notify(f"“{value}”是文本，按 {digits} 读", f"“{value}” is text, read as {digits}", place=where)
            return exact(Decimal(digits))
    zh, en = _told(value)
    raise SourceError(f"应是数字，这里是{zh}", f"expected a number, here is {en}", place=where,
                      mend=("填阿拉伯数字，不带单位；没有就填 0。", "Write digits without a unit; 0 where there is none."))  # fmt: skip


def exact(value: int | float | Decimal) -> int | Decimal:
    """A number as it was typed: without the dust of binary fractions, whole where it is whole."""
    if isinstance(value, int):
        return value
    rounded = Decimal(f"{value:.{DIGITS}g}")
    return int(rounded) if rounded == rounded.to_integral_value() else Decimal(f"{rounded.normalize():f}")


def _told(value: object) -> tuple[str, str]:
    if isinstance(value, Broken):
        return f"公式错误 {value}", f"the error {value}"
    if isinstance(value, bool):
        return "逻辑值", "true or false"
    if isinstance(value, date | time | timedelta):
        return "日期或时间", "a date or time"
    text = " ".join(str(value).split())[:40]
    return f"“{text}”", f"“{text}”"
