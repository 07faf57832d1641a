"""What stands on a page and is no part of the report: its number, and the line that runs along the top or foot of every page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING
from unicodedata import normalize

from nianbao_reader.pdf.lines import Printed

if TYPE_CHECKING:
    from nianbao_reader.pdf.pages import Page

MARGIN = 0.1  # of a page's height, at its top and foot
_DASH = r"[-‐‑‒–—―─~·•.|]"
# A number that says itself that it is one of a page: “— 1 —”, “第 3 页 共 9 页”, “3/9”.
_NUMBER = re.compile(
    rf"{_DASH}+\s*\d{{1,3}}\s*{_DASH}+"
    r"|(?:第\s*[\d一二三四五六七八九十百]{1,4}\s*页)?[\s,/|]*(?:共\s*[\d一二三四五六七八九十百]{1,4}\s*页)?"
    r"|(?:page\s*)?\d{1,3}\s*(?:/|of)\s*\d{1,3}|page\s*\d{1,3}",
    re.IGNORECASE,
)


def without_furniture(pages: Sequence[Page]) -> list[list[Printed]]:
    """The lines of each page that belong to the report."""
    shifts = Counter(int(_plain(line)) - page.number for page in pages for line in _margins(page) if _plain(line).isdecimal())
    running = Counter(key for page in pages for key in {_key(page, line) for line in _margins(page)})

    def numbers(page: Page, line: Printed) -> bool:
        said = _plain(line)
        if said.isdecimal() and len(said) < 4:
            shift = int(said) - page.number
            return shifts[shift] > 1 or shift == 0
        return bool(_NUMBER.fullmatch(said))

    def runs(page: Page, line: Printed) -> bool:
        return running[_key(page, line)] > max(1, len(pages) / 3)

    def belongs(page: Page, line: Printed) -> bool:
        return not _marginal(page, line) or not (numbers(page, line) or runs(page, line))

    return [[line for line in page.lines if belongs(page, line)] for page in pages]


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
