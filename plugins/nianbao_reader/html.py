"""Pages: what is to be seen on them, in reading order, and the figures that a page of nianbao's says which they are.

By lxml, not by pandoc: that drops ``<data>``, and needs far more time and memory for a large page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

from nianbao import FileError
from nianbao_reader.blocks import Block, Content, Field, Line, Table
from nianbao_reader.pages import fit
from nianbao_reader.spread import Spanning, spread
from nianbao_reader.tidy import tidy

if TYPE_CHECKING:
    from lxml.etree import _Element

OPEN, CLOSE = "\ufdd0", "\ufdd1"  # stand around a figure until its text is tidy; no page may have these letters
BLOCKS = 100_000
LONG = 300  # letters: a cell that has more lays the page out, it is none of a table's
DROPPED = frozenset((
    "script", "style", "noscript", "template", "iframe", "frame", "object", "embed", "applet", "svg", "math", "canvas", "audio",
    "video", "map", "img", "head", "title", "link", "meta", "base", "select", "option", "datalist", "button", "input", "textarea",
    "colgroup", "col",
))  # fmt: skip
APART = frozenset((
    "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "dt", "dd", "section", "article", "main", "header",
    "footer", "nav", "aside", "blockquote", "address", "center", "form", "fieldset", "legend", "figure", "figcaption", "details",
    "summary", "caption", "table", "thead", "tbody", "tfoot", "tr", "td", "th", "body", "html", "hr", "br", "pre",
))  # fmt: skip
CELLS = frozenset({"td", "th"})
HEADINGS = {f"h{level}": level for level in range(1, 7)}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_HOLDER = re.compile(
    r"(?i)(^|\s)(ucap-?content|trs_editor|trs_\w*view|zoom\w*|vsb_content\w*|article-?con(tent)?|news_?content)(\s|$)"
)


def content(page: str, file: str) -> Content:
    """What a page says. Raises FileError where it is too large or nested too deep."""
    root = _parsed(page, file)
    body = root.find("body")
    walk = Walk(file)
    if body is not None:
        walk.inside(_holder(body))
    meta = _meta(root)
    return Content(tuple(walk.blocks), title=meta.get("ArticleTitle") or tidy(root.findtext(".//title") or ""), meta=meta)


def blocks(fragment: str, file: str, before: int) -> list[Block]:
    """What a piece of HTML says that stands in another text, behind so many of its lines."""
    walk = Walk(file, before)
    if (body := _parsed(fragment, file).find("body")) is not None:
        walk.inside(body)
    return walk.blocks


def _parsed(page: str, file: str) -> _Element:
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    page = fit(page, file).replace("\0", "").replace(OPEN, "").replace(CLOSE, "")
    try:
        root = etree.fromstring(page.encode("utf-8", "replace") or b"<p>", parser)
    except etree.XMLSyntaxError:
        root = None
    if any("xcessive depth" in error.message for error in parser.error_log):
        raise FileError("网页的标记套得太深", "the page's tags are nested too deep", place=file,
                        mend=("用浏览器打开，把正文复制到 Word，存为 .docx。", "Open it in a browser, copy the text to Word and save it as .docx."))  # fmt: skip
    return root if root is not None else etree.fromstring(b"<p></p>", etree.HTMLParser())


def _meta(root: _Element) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for each in root.iter("meta"):
        if name := each.get("name"):
            found.setdefault(name, tidy(each.get("content") or ""))
    return found


def _holder(body: _Element) -> _Element:
    """What holds the report: a page's known place for its text, if most of the text and of the tables stands in it."""
    for each in body.iter("article"):
        if each.get("class") == "report":
            return each
    found = [each for each in body.iter("article", "div", "td", "section", "ucapcontent") if _is_holder(each)]
    if not found:
        return body
    largest = max(found, key=_letters)
    return largest if _letters(largest) * 2 > _letters(body) and _cells(largest) * 2 >= _cells(body) else body


def _is_holder(element: _Element) -> bool:
    return element.tag in {"article", "ucapcontent"} or any(_HOLDER.search(element.get(name) or "") for name in ("id", "class"))


def _letters(element: _Element) -> int:
    return sum(len(text) for text in element.itertext())


def _cells(element: _Element) -> int:
    return sum(1 for _ in element.iter("td"))


class Walk:
    """Goes through a page's elements, from which ``blocks`` come; ``before`` lines stand before it in a file that is no page."""

    def __init__(self, file: str, before: int = 0) -> None:
        self.blocks: list[Block] = []
        self.file, self.before = file, before
        self.tables = 0
        self._pieces: list[str] = []
        self._paths: list[str] = []
        self._line, self._level = 1, 0

    def inside(self, element: _Element) -> None:
        """All that stands in an element, itself hidden or not."""
        self._line = _line_of(element)
        self._within(element)
        self._flush()

    def _within(self, element: _Element) -> None:
        if element.text:
            self._pieces.append(element.text)
        for child in element:
            self._element(child)
            if child.tail:
                self._pieces.append(child.tail)

    def _element(self, element: _Element) -> None:
        tag = element.tag
        if tag in DROPPED or not isinstance(tag, str) or _is_hidden(element):
            return
        if tag in APART:
            self._flush()
            self._line = _line_of(element)
            self._apart(element, tag)
            self._flush()
        elif tag == "data" and (path := element.get("data-fact")):
            self._paths.append(path)
            self._pieces.append(OPEN)
            self._within(element)
            self._pieces.append(CLOSE)
        else:
            self._within(element)

    def _apart(self, element: _Element, tag: str) -> None:
        if tag == "table":
            self._table(element)
        elif tag == "pre":
            for line in "".join(map(str, element.itertext())).splitlines():
                self._pieces.append(line)
                self._flush()
                self._line += 1
        elif level := HEADINGS.get(tag, 0):
            self._level = level
            self._within(element)
            self._flush()
            self._level = 0
        else:
            self._within(element)

    def _flush(self) -> None:
        """What was gathered becomes a line."""
        if not self._pieces:
            return
        text, paths = tidy("".join(self._pieces)), self._paths
        self._pieces.clear()
        if not text:
            return
        figures: Mapping[tuple[int, int], str] = {}
        if paths:
            self._paths = []
            text, figures = unmarked(text, paths)
        self.blocks.append(Line(text, f"{self.file}:{self.before + self._line}", self._level, figures))
        if len(self.blocks) > BLOCKS:
            raise FileError("网页的段落太多", "the page has too many paragraphs", place=self.file,
                            mend=("年度报告没有这么长，核对文件。", "No report is that long: look at the file."))  # fmt: skip

    def _table(self, element: _Element) -> None:
        """A table, or what stands in its cells, one after another, where it only lays the page out."""
        rows = [
            [(cell, self._cell(cell)) for cell in row if cell.tag in CELLS and not _is_hidden(cell)] for row in _rows(element)
        ]
        if not (element.get("class") or "").startswith("statutory"):  # that of nianbao's pages is not to be seen
            for caption in element.iterchildren("caption"):
                self._within(caption)
                self._flush()
        if _lays_out([found for row in rows for _, found in row]):
            self.blocks += [each for row in rows for _, found in row for each in found]
            return
        self.tables += 1
        place = self._at(element) if self.before else f"{self.file}:表{self.tables}"
        spanning = [
            [
                _spanning(cell, found, self._at(cell) if self.before else f"{place} 第{at}行第{number}格")
                for number, (cell, found) in enumerate(row, 1)
            ]
            for at, row in enumerate(rows, 1)
        ]
        self.blocks.append(spread(spanning, place))

    def _at(self, element: _Element) -> str:
        return f"{self.file}:{self.before + _line_of(element)}"

    def _cell(self, cell: _Element) -> list[Block]:
        """What stands in a cell."""
        outside, self.blocks = self.blocks, []
        self.inside(cell)
        found, self.blocks = self.blocks, outside
        return found


def unmarked(text: str, paths: list[str]) -> tuple[str, dict[tuple[int, int], str]]:
    """A text without the marks around its figures, and of which figure each span of it is."""
    pieces, figures, length, start = [], {}, 0, 0
    known = iter(paths)
    for piece in re.split(f"([{OPEN}{CLOSE}])", text):
        if piece == OPEN:
            start = length
        elif piece == CLOSE:
            figures[start, length] = next(known, "")
        else:
            pieces.append(piece)
            length += len(piece)
    return "".join(pieces), figures


def _line_of(element: _Element) -> int:
    return cast("int", element.sourceline or 1)


def _is_hidden(element: _Element) -> bool:
    if not element.attrib:
        return False
    style = element.get("style")
    hidden = style is not None and _HIDDEN.search(style) or element.get("hidden") is not None
    return (
        bool(hidden) or element.tag == "figure" and element.get("class") == "chart"
    )  # its numbers are for those who see no picture


def _rows(table: _Element) -> list[_Element]:
    rows: list[_Element] = []
    for child in table:
        if child.tag == "tr":
            rows.append(child)
        elif child.tag in {"thead", "tbody", "tfoot"}:
            rows += child.iterchildren("tr")
    return [row for row in rows if not _is_hidden(row)]


def _lays_out(cells: list[list[Block]]) -> bool:
    """Whether the cells of a table are places on the page: one alone, or one that holds what no cell of a report's table does."""
    return sum(1 for cell in cells if cell) < 2 or any(_is_long(cell) for cell in cells)


def _is_long(cell: list[Block]) -> bool:
    return any(isinstance(each, Table) or each.level > 0 for each in cell) or sum(
        len(each.text) for each in cell if isinstance(each, Line)) > LONG  # fmt: skip


def _spanning(cell: _Element, found: list[Block], place: str) -> Spanning:
    lines = [each for each in found if isinstance(each, Line)]
    path = next((path for line in lines for path in line.figures.values()), "")
    return Field("\n".join(line.text for line in lines), place, path), _number(cell.get("rowspan")), _number(cell.get("colspan"))


def _number(span: str | None) -> int:
    return int(span) if span and span.isascii() and span.isdigit() and len(span) < 10 else 1
