"""A page read back as blocks of text: each heading, paragraph and cell, as a browser would show it."""

from __future__ import annotations

from html.parser import HTMLParser

INLINE = frozenset(
    ("a", "b", "bdi", "br", "data", "em", "i", "mark", "small", "span", "strong", "sub", "sup", "time", "u", "wbr")
)
UNSEEN = frozenset(("head", "script", "style", "svg", "template"))


class Reader(HTMLParser):
    """Gathers ``blocks``: text between any two tags that are not inline."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[str] = []
        self._pieces: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unseen += tag in UNSEEN
        self._end_block(tag)

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in UNSEEN
        self._end_block(tag)

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self._pieces.append(data)

    def _end_block(self, tag: str) -> None:
        if tag in INLINE or not self._pieces:
            return
        if text := "".join(self._pieces).strip():
            self.blocks.append(text)
        self._pieces.clear()


def blocks(page: str) -> list[str]:
    """The blocks of a page, in reading order."""
    reader = Reader()
    reader.feed(page)
    reader.close()
    return reader.blocks
