"""What stands on a page and is no part of the report: its number, and the line that runs along the top or foot of every page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING
from unicodedata import normalize

from nianbao_reader.files.pdf.lines import Printed

if TYPE_CHECKING:
    from nianbao_reader.files.pdf.pages import Page

MARGIN = 0.1  # of a page's height, at its top and foot
_DASH = r"[-‐‑‒–—―─~·•.|]"
_COUNT = "[\\d一二三四五六七八九十百]{1,4}"
# A number that says itself that it is one of a page: “— 1 —”, “第 3 页 共 9 页”, “3/9”.
_NUMBER = re.compile(
    rf"{_DASH}+\s*\d{{1,3}}\s*{_DASH}+"
    rf"|第\s*{_COUNT}\s*页(?:[\s,/|]*共\s*{_COUNT}\s*页)?|共\s*{_COUNT}\s*页"
    r"|(?:page\s*)?\d{1,3}\s*(?:/|of)\s*\d{1,3}|page\s*\d{1,3}",
    re.IGNORECASE,
)


def without_furniture(pages: Sequence[Page]) -> list[list[Printed]]:
    """The lines of each page that belong to the report."""
    running = Counter(key for page in pages for key in {_key(page, line) for line in _margins(page)})
    shifts = Counter(shift for page in pages for shift in {_shift(page, line) for line in _margins(page)})

    def belongs(page: Page, line: Printed) -> bool:
        if not _marginal(page, line):
            return True
        if (shift := _shift(page, line)) is not None:  # bare, it may be a figure: unless so many pages are counted by it
            return shifts[shift] < max(2, len(pages) / 2)
        numbers = _outermost(page, line) and _NUMBER.fullmatch(_plain(line))
        return not numbers and (_plain(line).isdecimal() or running[_key(page, line)] <= max(1, len(pages) / 3))

    return [[line for line in page.lines if belongs(page, line)] for page in pages]


def _shift(page: Page, line: Printed) -> int | None:
    """By how much a bare number is more than the page's, None where it can be no page's."""
    said = _plain(line)
    return int(said) - page.number if said.isdecimal() and len(said) < 4 and _outermost(page, line) else None


def _outermost(page: Page, line: Printed) -> bool:
    return line in (page.lines[0], page.lines[-1])


def _margins(page: Page) -> list[Printed]:
    return [line for line in page.lines if _marginal(page, line)]


def _marginal(page: Page, line: Printed) -> bool:
    edge = (page.top - page.bottom) * MARGIN
    return line.foot < page.bottom + edge or line.foot > page.top - edge


def _plain(line: Printed) -> str:
    return normalize("NFKC", line.text).strip()


def _key(page: Page, line: Printed) -> tuple[str, int]:
    """A running line says the same, but for the page's number, at the same height."""
    return re.sub(rf"(?<!\d){page.number}(?!\d)", "#", _plain(line)), round((page.top - line.foot) / 4)
