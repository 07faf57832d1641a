"""The page as a flat list of blocks, which report.typ sets: headings, paragraphs, lists, tables, figures.

Of HTML only what a report needs is known; the rest is taken apart for its text. Nothing is nested but lists and cells, so that
depth is bounded here and report.typ need not be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree, html

from nianbao import PluginError
from nianbao_typst.tables import table_of
from nianbao_typst.text import Runs, Written, runs_of

Block = dict[str, Any]
DEEPEST = 100
HEADINGS = {"h2": 1, "h3": 2, "h4": 3, "h5": 3, "h6": 3}
DROPPED = {"script", "style", "template", "head", "noscript", "iframe", "object", "svg", "math", "form"}
INLINE = {
    "a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "data", "del", "dfn", "em", "i", "ins", "kbd", "label", "mark", "q", "rb", "rp", "rt", "ruby", "s", "samp", "small",
    "span", "strong", "sub", "sup", "time", "u", "var", "wbr",
}  # fmt: skip


def blocks_of(page: str, assets: Mapping[str, bytes], written: Written) -> list[Block]:
    """The blocks of an article. ``assets`` are its pictures by name. Raises PluginError where it is too deep or too large."""
    parser = html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True, encoding="utf-8")
    root = html.document_fromstring(page.encode(), parser=parser)
    if any("depth" in error.message.lower() for error in parser.error_log):
        raise too_deep()
    return list(_Page(assets, written).blocks(root, "body", 0))


def too_deep() -> PluginError:
    """The message for a page whose elements lie too deep in each other."""
    return PluginError(
        f"页面的元素嵌套超过 {DEEPEST} 层", f"the elements of the page lie more than {DEEPEST} deep in each other",
        mend=("核对版式的模板。", "Check the theme's templates."),
    )  # fmt: skip


class _Page:
    def __init__(self, assets: Mapping[str, bytes], written: Written) -> None:
        self.assets, self.written = assets, written

    def blocks(self, element: html.HtmlElement, role: str, depth: int) -> Iterator[Block]:
        """The blocks below an element; text that stands loose between them is a paragraph."""
        if depth > DEEPEST:
            raise too_deep()
        loose = Runs()
        loose.add(element.text)
        for child in element:
            tag = child.tag
            if tag in INLINE:
                loose.take(child)
            elif tag not in DROPPED and child.get("hidden") is None:
                yield from self._paragraph(loose, role)
                loose = Runs()
                yield from self._block(child, role, depth)
            loose.add(child.tail)
        yield from self._paragraph(loose, role)

    def _block(self, element: html.HtmlElement, role: str, depth: int) -> Iterator[Block]:
        tag = element.tag
        if tag == "h1":
            yield from self._told({"kind": "title"}, runs_of(element), "title")
        elif tag in HEADINGS:
            level = HEADINGS[tag]
            yield from self._told({"kind": "heading", "level": level}, runs_of(element), f"heading{level}")
        elif tag in ("p", "figcaption", "pre", "dt", "dd"):
            yield from self._paragraph(runs_of(element), role)
        elif tag in ("ul", "ol"):
            items = [runs.done() for item in element.iter("li") if (runs := runs_of(item)).done()]
            if items:
                self.written.add(role, items)
                yield {"kind": "list", "ordered": tag == "ol", "items": items}
        elif tag == "table":
            yield from table_of(element, self.written)
        elif tag == "figure":
            yield from self._figure(element, depth)
        elif tag == "img":
            yield from self._image(element, sticky=False)
        else:
            note = "note" if "note" in (element.get("class") or "").split() else role
            yield from self.blocks(element, note, depth + 1)

    def _paragraph(self, runs: Runs, role: str) -> Iterator[Block]:
        yield from self._told({"kind": "paragraph", "role": role}, runs, role)

    def _told(self, block: Block, runs: Runs, role: str) -> Iterator[Block]:
        if content := runs.done():
            self.written.add(role, [content])
            yield block | {"content": content}

    def _figure(self, element: html.HtmlElement, depth: int) -> Iterator[Block]:
        """A picture and its caption; the numbers that stand beside it for those who do not see it are in its ``alt``."""
        pictures = [block for image in element.iter("img") for block in self._image(image, sticky=True)]
        if not pictures:
            yield from self.blocks(element, "note", depth + 1)
            return
        yield from pictures
        for caption in element.iter("figcaption"):
            yield from self._paragraph(runs_of(caption), "note")

    def _image(self, element: html.HtmlElement, *, sticky: bool) -> Iterator[Block]:
        name, alt = element.get("src") or "", " ".join((element.get("alt") or "").split())
        if re.fullmatch(r"charts/[^/\\]+\.svg", name) and name in self.assets and alt:
            yield {"kind": "figure", "svg": _plain_svg(name, self.assets[name]), "alt": alt, "sticky": sticky}


def _plain_svg(name: str, data: bytes) -> str:
    """A picture that reaches for nothing outside of itself. Raises PluginError."""
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    except etree.XMLSyntaxError as error:
        raise PluginError(f"图 {name} 不是 SVG：{error}", f"the picture {name} is no SVG: {error}") from None
    for element in list(root.iter("{*}image", "{*}script", "{*}foreignObject")):
        if (parent := element.getparent()) is not None:
            parent.remove(element)
    return etree.tostring(root, encoding="unicode")
