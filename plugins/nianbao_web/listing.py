"""One list page read: its items, each with a title, a link and a date."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from parsel import Selector

from nianbao import SourceError
from nianbao_web import addresses, dates
from nianbao_web.expressions import parsed, select, words

if TYPE_CHECKING:
    from nianbao_web import Column
    from nianbao_web.client import Page

_BESIDE = ".//text()[not(ancestor::a or ancestor::script)]"
_IN_LINK = "(self::a|.//a)/*//text()"
_QUOTED = re.compile(r"[\"']([^\"']*)[\"']")


@dataclass(frozen=True)
class Item:
    """One thing that was published; ``link`` is absolute. ``node`` is what the list says of it."""

    title: str
    link: str
    node: Selector

    @property
    def key(self) -> str:
        """What tells it from others."""
        return addresses.identity(self.link)


class Listing:
    """A list page by a column's settings. Raises SourceError where it cannot be read by them."""

    def __init__(self, page: Page, column: Column) -> None:
        self.page, self.column = page, column
        self.root = document(page)
        self.kind = self.root.type.upper()
        self.base = addresses.joined(page.url, _base(self.root))
        self.items = [self._item(node) for node in self._find(self.root, column.items) if not _is_blank(node)]

    def total(self) -> int:
        """How many items the portal says there are."""
        text = "\n".join(words(node) for node in self._find(self.root, self.column.total))
        found = re.findall(r"\d+(?:,\d{3})*", text)
        if len(found) != 1:
            raise SourceError(f"total “{self.column.total}”在 {self.page.url} 上得到 {len(found)} 个数", f"total “{self.column.total}” gives {len(found)} numbers on {self.page.url}",
                              mend=("改 total，只取总条数。", "Let `total` find the number of items alone."))  # fmt: skip
        return int(found[0].replace(",", ""))

    def date(self, item: Item) -> date:
        """The date that the list gives an item. Raises dates.Undated."""
        how = self.column.date
        assert isinstance(how, str)
        if how == "url":
            return dates.in_url(item.link)
        if how:
            return dates.in_text(_text(self._find(item.node, how), how), item.link)
        if item.node.type == "json":
            raise dates.Undated("JSON 要写 date", "JSON needs `date:`")
        texts = ["\n".join(item.node.xpath(where).getall()) for where in (_BESIDE, _IN_LINK)]
        return dates.in_text(next(filter(dates.is_dated, texts), ""), item.link)

    def _find(self, node: Selector, expression: str) -> list[Selector]:
        try:
            return list(select(node, expression))
        except ValueError as error:
            raise SourceError(f"{self.page.url} 回答的是 {self.kind}，“{expression}”用不上：{error}", f"{self.page.url} answers {self.kind}, for which “{expression}” is not written: {error}",
                              mend=("JSON 写 JMESPath，网页写 CSS 或 XPath。", "Write JMESPath for JSON, CSS or XPath for pages.")) from None  # fmt: skip

    def _item(self, node: Selector) -> Item:
        if isinstance(node.root, str) or node.type == "xml" and not node.xpath("./*"):
            node = parsed(words(node), "html")  # a record that holds a piece of HTML
        link = self._link(node)
        found = self._find(node, self.column.title) if self.column.title else self._titles(node)
        return Item(plain(words(found[0]) if found else ""), link, node)

    def _titles(self, node: Selector) -> list[Selector]:
        if node.type == "json":
            return self._find(node, "title")
        anchors = node.xpath("(self::a|.//a)[1]")
        return [*anchors.xpath("@title[normalize-space()]"), *anchors]

    def _link(self, node: Selector) -> str:
        if node.type == "json" and not self.column.link:
            raise SourceError(f"{self.page.url} 回答的是 JSON，没有写 link", f"{self.page.url} answers JSON, and there is no `link:`",
                              mend=("写 link: 条目网址的 JMESPath。", "Write `link:`, the JMESPath of an item's URL."))  # fmt: skip
        found = self._find(node, self.column.link) if self.column.link else list(node.xpath("(self::a|.//a)[1]"))
        written = _target(found[0]) if found else ""
        link = addresses.canonical(addresses.joined(self.base, written)) if written else ""
        if not link:
            told = plain(words(node))[:60]
            raise SourceError(f"“{told}”没有链接（{self.page.url}）", f"“{told}” has no link ({self.page.url})",
                              mend=("改 items，只取条目；或写 link。", "Narrow `items` to the items, or write `link`."))  # fmt: skip
        return link


def document(page: Page) -> Selector:
    """A page as what it is: JSON, XML or HTML. Raises SourceError for JSON that is broken."""
    text = (page.text or "").strip("\ufeff \t\r\n")
    if text[:1] in ("{", "["):
        try:
            return Selector(root=json.loads(text), type="json")
        except (ValueError, RecursionError) as error:
            raise SourceError(f"{page.url} 的 JSON 是坏的：{error}", f"{page.url} answers broken JSON: {error}",
                              mend=("在浏览器里打开核对。", "Open it in a browser."))  from None  # fmt: skip
    is_xml = text.startswith("<") and not re.search(r"<(!doctype\s+)?html|<body|<script", text[:2000], re.IGNORECASE) and (
        text.startswith("<?xml") or "<record" in text[:2000]
    )  # fmt: skip
    return parsed(text, "xml" if is_xml else "html")


def on_page(page: Page, expression: str, link: str) -> date:
    """The date on an item's own page. Raises dates.Undated."""
    if page.text is None:
        raise dates.Undated("网页不存在（404）", "the page is not there (404)")
    try:
        return dates.in_text(_text(list(select(document(page), expression)), expression), link)
    except ValueError as error:
        if isinstance(error, dates.Undated):
            raise
        raise dates.Undated(f"“{expression}”用不上：{error}", f"“{expression}” is not written for it: {error}") from None


def plain(text: str) -> str:
    """A scraped text as data: no controls, no overrides of direction, at most 200 characters."""
    return "".join(letter for letter in " ".join(text.split()) if unicodedata.category(letter)[0] != "C")[:200]


def _text(found: list[Selector], expression: str) -> str:
    if not found:
        raise dates.Undated(f"“{expression}”没有找到", f"“{expression}” finds nothing")
    return "\n".join(map(words, found))


def _base(root: Selector) -> str:
    return "" if root.type == "json" else root.xpath("//base/@href").get("")


def _is_blank(node: Selector) -> bool:
    """A line that only divides, as lists have them."""
    return node.type == "html" and not isinstance(node.root, str) and not words(node) and not node.xpath("self::a|.//a")


def _target(node: Selector) -> str:
    """Where a link leads to, also one that a script opens."""
    href = words(node) if isinstance(node.root, str) or node.type != "html" else node.xpath("@href").get("").strip()
    if href and not href.startswith("#") and not href.lower().startswith("javascript:"):
        return href
    scripts = [href, *([] if isinstance(node.root, str) else node.xpath("@onclick").getall())]
    quoted = [text for script in scripts for text in _QUOTED.findall(script)]
    return next((text for text in quoted if "/" in text or ".htm" in text), "")
