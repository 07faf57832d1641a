"""Format ``text``: the report as plain text, one line a paragraph or table row, for systems that take nothing else."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from lxml.html import HtmlElement, fromstring

from nianbao import Document

BLOCKS = ("h1", "h2", "h3", "p", "caption", "tr")


@dataclass(frozen=True)
class Text:
    """``formats: {text: {encoding: gb18030}}``; any other encoding is refused by core, at its line in the settings."""

    encoding: Literal["utf-8", "gb18030"] = "utf-8"

    def render(self, document: Document) -> Mapping[str, bytes]:
        """One file; core names it and writes it."""
        lines = ["草稿"] if document.draft else []
        lines += map(_line, fromstring(document.html).iter(*BLOCKS))
        return {".txt": "".join(f"{line}\n" for line in lines).encode(self.encoding)}


def _line(block: HtmlElement) -> str:
    return "\t".join(_pieces(block))


def _pieces(block: HtmlElement) -> Iterator[str]:
    """A row's cells, or the block's own text."""
    for piece in block if block.tag == "tr" else [block]:
        yield " ".join(str(piece.text_content()).split())
