"""A page made fit for a parser: what is not read goes first, and what would keep the parser busy for ever is refused."""

from __future__ import annotations

import re

from nianbao import FileError

TAGS = 400_000  # a parser takes some 200 bytes for each
LONG_TAG, ATTRIBUTES = 2_000, 500_000_000
_ATTRIBUTE = re.compile(r"[\s/\"'][^\s/>\"'=]")
_PICTURE = re.compile(r"data:[a-z]+/[\w.+-]+;base64,[\w+/=%]*")
_UNREAD = (("<!--", "-->"), ("<script", "</script"), ("<style", "</style"))


def without_pictures(text: str) -> str:
    """The text without the pictures that are written into it in base64."""
    return _PICTURE.sub("", text) if ";base64," in text else text


def fit(page: str, file: str) -> str:
    """The page without scripts, styles and comments. Raises FileError where it would make a parser slow or large."""
    for start, end in _UNREAD:
        page = _without(page, start, end)
    if page.count("<") > TAGS or _attributes(page) > ATTRIBUTES:
        raise FileError("网页的标记太多", "the page has too many tags or attributes", place=file,
                        mend=("年度报告的网页不会这样，核对文件。", "No report's page is like that: look at the file."))  # fmt: skip
    return page


def _without(page: str, start: str, end: str) -> str:
    """The page without all that stands between the two; lines are kept, so that those behind keep their numbers."""
    lower = page.lower() if start.isascii() and start[1].isalpha() else page
    if start not in lower or len(lower) != len(page):
        return page
    kept, last = [], 0
    while (at := lower.find(start, last)) >= 0 and (until := lower.find(end, at + len(start))) >= 0:
        kept += [page[last:at], "\n" * page.count("\n", at, until)]
        last = until + len(end)
        if end.startswith("</"):  # what is left of the closing tag
            last = lower.find(">", last) + 1 or len(page)
    return "".join([*kept, page[last:]])


def _attributes(page: str) -> int:
    """What the attributes of long tags cost: the parser compares each with all before it."""
    long = [piece for piece in page.split("<") if len(piece) > LONG_TAG]
    tags = (piece[: piece.rfind(">")] if ">" in piece else piece for piece in long)
    return sum(len(_ATTRIBUTE.findall(tag)) ** 2 for tag in tags)
