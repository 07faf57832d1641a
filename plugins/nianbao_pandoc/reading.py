"""The files read back as blocks of text: each heading, paragraph and cell."""

from __future__ import annotations

import io
import re
import zipfile
from html import unescape
from typing import TYPE_CHECKING
from xml.parsers import expat

if TYPE_CHECKING:
    from collections.abc import Iterator

_CELL = re.compile(r"<t[hd][^>]*>(.*?)</t[hd]>")
_PIPE = re.compile(r"(?<!\\)(?:\\\\)*\|")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])|&lt;")


def docx_blocks(docx: bytes) -> list[str]:
    """The paragraphs of a Word document's body, those of cells among them."""
    found: list[str] = []
    pieces: list[str] = []
    open_texts = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal open_texts
        open_texts += name == "w:t"

    def end(name: str) -> None:
        nonlocal open_texts
        open_texts -= name == "w:t"
        if name == "w:p" and pieces:
            found.append("".join(pieces))
            pieces.clear()

    def data(text: str) -> None:
        if open_texts:
            pieces.append(text)

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, data
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        parser.Parse(archive.read("word/document.xml"), True)
    return found


def markdown_blocks(markdown: str) -> Iterator[str]:
    """Paragraphs and headings, and the cells of pipe tables and of HTML tables."""
    for line in markdown.splitlines():
        if line.startswith("<tr>"):
            yield from (unescape(cell) for cell in _CELL.findall(line))
        elif line.startswith("|"):
            yield from (_plain(cell) for cell in _PIPE.split(line)[1:-1])
        elif line and not re.fullmatch(r"</?(table|thead|tbody)>", line):
            yield _plain(re.sub(r"^#+ ", "", line))


def _plain(text: str) -> str:
    """Markdown text without its marks."""
    text = text.strip()
    bold = re.fullmatch(r"\*\*(.*)\*\*", text)
    return _ESCAPED.sub(lambda found: found[1] or "<", bold[1] if bold else text)
