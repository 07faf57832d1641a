"""The article for the editor of a CMS: what it lets through, each element with its style, nothing that could clash or run."""

from __future__ import annotations

import base64
import re
from html import escape
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from .css import aligned, letters, rule

if TYPE_CHECKING:
    from nianbao import Document
    from nianbao.style import Role, Style

VOID = frozenset(("br", "hr", "img", "col"))
KEPT = VOID | frozenset(
    [
        "article",
        "section",
        "div",
        "span",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "p",
        "table",
        "caption",
        "colgroup",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "th",
        "td",
        "data",
        "mark",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "strong",
        "em",
        "b",
        "i",
        "u",
        "sup",
        "sub",
        "a",
        "figure",
        "figcaption",
        "bdi",
    ]
)
DROPPED = frozenset(
    ["script", "style", "template", "iframe", "object", "svg", "math", "noscript", "head", "title", "textarea", "select"]
)
ATTRIBUTES = frozenset(
    [
        "lang",
        "dir",
        "scope",
        "colspan",
        "rowspan",
        "value",
        "data-fact",
        "role",
        "tabindex",
        "aria-label",
        "alt",
        "title",
        "start",
    ]
)
HIDDEN = "position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%)"


def fragment(document: Document) -> str:
    """One ``<article>`` with inline styles: no ids, no classes, no scripts, no style sheet."""
    writer = _Writer(document)
    writer.feed(document.html)
    writer.close()
    return f"{''.join(writer.written).strip()}\n"


class _Writer(HTMLParser):
    """Writes what is on the list again and closes what it opened; everything else falls away, but for its text."""

    def __init__(self, document: Document) -> None:
        super().__init__(convert_charrefs=True)
        self.styles, self.assets, self.draft = _styles(document.style), document.assets, document.draft
        self.written: list[str] = []
        self.open: list[tuple[str, list[str]]] = []  # elements not yet closed, with their classes
        self.within = 0  # elements that fall away with their text

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag in DROPPED:
            self.within += 1
        if self.within or tag not in KEPT:
            return
        kept = {name: value for name, value in said.items() if name in ATTRIBUTES} | self._linked(tag, said)
        classes = said.get("class", "").split()
        if style := self._style(tag, classes, said):
            kept["style"] = style
        written = "".join(f' {name}="{escape(value)}"' for name, value in kept.items())
        if tag != "img" or "src" in kept:
            self.written.append(f"<{tag}{written}>")
        if tag not in VOID:
            self.open.append((tag, classes))
        if tag == "article" and self.draft:
            self.written.append('\n<p style="color: #c00000; font-weight: bold; text-align: center">草稿</p>')

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in DROPPED:
            self.within = max(self.within - 1, 0)
        if self.within or all(tag != opened for opened, _ in self.open):
            return
        while (last := self.open.pop()[0]) != tag:
            self.written.append(f"</{last}>")
        self.written.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if not self.within:
            self.written.append(escape(data, quote=False))

    def close(self) -> None:
        super().close()
        self.written += [f"</{tag}>" for tag, _ in reversed(self.open)]

    def _linked(self, tag: str, said: dict[str, str]) -> dict[str, str]:
        """A link that leads to a page; a picture of the report, inside the text."""
        if tag == "a" and re.match(r"(https?://|mailto:)", said.get("href", ""), re.IGNORECASE):
            return {"href": said["href"]}
        picture = self.assets.get(re.sub(r"\.svg$", ".png", said.get("src", "")))
        if tag == "img" and picture:
            return {"src": f"data:image/png;base64,{base64.b64encode(picture).decode()}"}
        return {}

    def _style(self, tag: str, classes: list[str], said: dict[str, str]) -> str:
        around = {name for _, names in self.open for name in names}
        if tag in ("th", "td"):
            return self.styles["label" if said.get("scope") == "row" and "grid" in around else "cell"]
        if tag == "p" and "note" in around:
            return self.styles["note"]
        if tag == "table" and "line" in classes:
            return f"{self.styles[tag]}; table-layout: fixed"
        if tag == "col" and (width := re.search(r"\bwidth: ?(\d{1,3}(\.\d+)?%)", said.get("style", ""))):
            return f"width: {width[1]}"
        named = next((name for name in classes if name in self.styles), tag)
        return self.styles.get(named, "")


def _styles(style: Style) -> dict[str, str]:
    """The style of each element, or of a class, as its attribute."""
    cell = f"border: {rule(style.table)}; padding: .25em .3em; vertical-align: middle; font-weight: inherit"
    heading = "margin: .8em 0 .3em; line-height: 1.5"
    return {
        "article": f"line-height: 1.75; {letters(style.body, 'pt')}",
        "h1": f"margin: 0 0 1.2em; line-height: 1.4; {_text(style.title)}",
        "h2": f"{heading}; {_text(style.heading1)}",
        "h3": f"{heading}; {_text(style.heading2)}",
        "h4": f"{heading}; {_text(style.heading3)}",
        "p": f"margin: 0; {_text(style.body)}",
        "run-in": letters(style.heading2, "pt"),
        "note": f"margin: 0; line-height: 1.5; {_text(style.note)}",
        "wide": "position: relative; overflow-x: auto; margin: .8em 0",
        "table": f"border-collapse: collapse; width: 100%; line-height: 1.3; text-indent: 0; {letters(style.table, 'pt')}",
        "caption": HIDDEN,
        "chart": "position: relative; overflow: hidden; margin: 1em 0",
        "figcaption": f"text-align: center; {letters(style.note, 'pt')}",
        "numbers": HIDDEN,
        "img": "max-width: 100%",
        "cell": f"{cell}; text-align: {style.table.align}",
        "label": f"{cell}; text-align: left",
        "mark": "background: #ffe08a; color: #000",
    }


def _text(role: Role) -> str:
    return f"{letters(role, 'pt')}; {aligned(role)}"
