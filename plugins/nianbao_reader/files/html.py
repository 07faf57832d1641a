"""Pages: what is to be seen on them, in reading order, and the figures that a page of nianbao's says which they are.

By lxml, not by pandoc: that drops ``<data>``, and needs far more time and memory for a large page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

from nianbao import FileError
from nianbao_reader.blocks import Block, Content, Line, Table
from nianbao_reader.files import own
from nianbao_reader.files.cells import Held, alone, is_hidden, rows_of
from nianbao_reader.files.pages import fit, seen
from nianbao_reader.files.spread import bounded, spread
from nianbao_reader.files.tidy import tidy

if TYPE_CHECKING:
    from lxml.etree import _Element

OPEN, CLOSE = "\ufdd0", "\ufdd1"  # stand around a figure until its text is tidy; no page may have these letters
NEVER = dict.fromkeys(map(ord, (OPEN, CLOSE, "\0")))
BLOCKS = 100_000
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
_HOLDER = re.compile(
    r"(?i)(^|\s)(ucap-?content|trs_editor|trs_\w*view|zoom\w*|vsb_content\w*|article-?con(tent)?|news_?content)(\s|$)"
)


def content(page: str, file: str) -> Content:
    """What a page says. Raises FileError where it is too large or nested too deep."""
    root = _parsed(page, file)
    body, meta = root.find("body"), _meta(root)
    title = meta.get("ArticleTitle") or tidy(root.findtext(".//title") or "")
    if body is None:
        return Content((), title=title, meta=meta)
    report = own.article(body)
    if report is not None and (outline := own.outline(report, Walk(file))):
        blocks = tuple(block for section in outline.sections.values() for block in section.blocks)
        return Content(blocks, title=title, meta=meta, outline=outline)
    walk = Walk(file)
    walk.inside(_holder(body) if report is None else report)
    if not any(isinstance(block, Table) for block in walk.blocks):
        seen("".join(block.text for block in walk.blocks if isinstance(block, Line)), page, file)
    return Content(tuple(walk.blocks), title=title, meta=meta)


def blocks(fragment: str, file: str, before: int) -> list[Block]:
    """What a piece of HTML says that stands in another text, behind so many of its lines."""
    walk = Walk(file, before)
    if (body := _parsed(fragment, file).find("body")) is not None:
        walk.inside(body)
    return walk.blocks


def _parsed(page: str, file: str) -> _Element:
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    page = fit(page, file)
    if any(letter in page for letter in "\0" + OPEN + CLOSE):
        page = page.translate(NEVER)
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
        self.tables = self.places = 0
        self._pieces: list[str] = []
        self._paths: list[str] = []
        self._line, self._level = 1, 0

    def inside(self, element: _Element) -> None:
        """All that stands in an element, itself hidden or not."""
        self._line = _line_of(element)
        self._within(element)
        self._flush()

    def block(self, element: _Element) -> list[Block]:
        """What an element says."""
        outside, self.blocks = self.blocks, []
        self._element(element)
        self._flush()
        found, self.blocks = self.blocks, outside
        return found

    def _within(self, element: _Element) -> None:
        if element.text:
            self._pieces.append(element.text)
        for child in element:
            self._element(child)
            if child.tail:
                self._pieces.append(child.tail)

    def _element(self, element: _Element) -> None:
        tag = element.tag
        if tag in DROPPED or not isinstance(tag, str) or is_hidden(element):
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
        if not (element.get("class") or "").startswith("statutory"):  # that of nianbao's pages is not to be seen
            for caption in element.iterchildren("caption"):
                self._within(caption)
                self._flush()
        rows = [[self._cell(cell) for cell in row if cell.tag in CELLS and not is_hidden(cell)] for row in rows_of(element)]
        held = [cell for row in rows for cell in row]
        if sum(1 for cell in held if cell.text) < 2 or any(cell.is_long for cell in held):
            self.blocks += [each for cell in held for each in cell.blocks or self._as_line(cell)]
            return
        self.tables += 1
        place = self._at(element) if self.before else f"{self.file}:表{self.tables}"
        spanning = [
            [
                cell.spanning(self._at(cell.element) if self.before else f"{place} 第{at}行第{nth}格")
                for nth, cell in enumerate(row, 1)
            ]
            for at, row in enumerate(rows, 1)
        ]
        table = spread(spanning, place)
        self.places = bounded(self.places, table)
        self.blocks.append(table)

    def _at(self, element: _Element) -> str:
        return f"{self.file}:{self.before + _line_of(element)}"

    def _as_line(self, cell: Held) -> list[Line]:
        return (
            [Line(cell.text, self._at(cell.element), 0, {(0, len(cell.text)): cell.path} if cell.path else {})]
            if cell.text
            else []
        )

    def _cell(self, cell: _Element) -> Held:
        """What stands in a cell; most hold one text or one figure, which is soon read."""
        if (quick := alone(cell)) is not None:
            return quick
        outside, self.blocks = self.blocks, []
        self.inside(cell)
        found, self.blocks = self.blocks, outside
        lines = [each for each in found if isinstance(each, Line)]
        path = next((path for line in lines for path in line.figures.values()), "")
        return Held(cell, "\n".join(line.text for line in lines), path, found)


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
