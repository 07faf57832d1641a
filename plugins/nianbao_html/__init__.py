"""Formats ``html`` and ``fragment``: one self-contained page for a portal, a phone and paper; and what to paste into a CMS."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field
from html import escape, unescape
from typing import TYPE_CHECKING, ClassVar

from nianbao import title_words
from nianbao.lean import dataclass
from nianbao_html.around import downloads, header
from nianbao_html.css import css
from nianbao_html.meta import metas, title
from nianbao_html.settings import Column, Site, check_links, check_names, check_published

if TYPE_CHECKING:
    from nianbao import Document

# Whatever a theme's templates or styles hold: no script runs, nothing is loaded from elsewhere, no form is sent.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'"
_PAGE = """<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
{metas}
<style>
{css}
</style>
</head>
<body{draft}>
{header}<main id="report">
{html}
</main>
{footer}</body>
</html>
"""
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_TITLE = re.compile(r"(<h1\b[^<>]{0,1000}>)(.{1,2000}?)(</h1>)", re.DOTALL)
_TEXT = re.compile(r"[^<>]+(?![^<>]*>)")
_TAG_OR_TURNING = re.compile(f"(<[^>]*>)|{_TURNING.pattern}")


@dataclass(frozen=True)
class Html:
    """The page as one file, its styles inside; nothing is loaded from elsewhere.

    ``breadcrumb`` is names with their links ("" for none), ``information`` the block 索引号, 分类 …, ``meta`` further names of
    ``<meta>`` or other words for those that the page has. Every text may hold ``{{ names }}``.
    """

    suffixes: ClassVar[tuple[str, ...]] = (".html",)

    site: Site = field(default_factory=Site)
    column: Column = field(default_factory=Column)
    published: str = ""
    breadcrumb: dict[str, str] = field(default_factory=dict)
    information: dict[str, str] = field(default_factory=dict)
    meta: dict[str, str] = field(default_factory=dict)
    downloads: bool = True

    def __post_init__(self) -> None:
        """Raise SettingError at the place of a time, link or name that is not one."""
        check_published(self.published)
        check_links(self.breadcrumb)
        check_names(self.meta)

    def render(self, document: Document) -> Mapping[str, bytes]:
        """``{".html": page}``, UTF-8. Raises SettingError or SentenceError where a setting names what is not there."""
        page = _PAGE.format(
            policy=POLICY, title=escape(title(self, document)), metas=metas(self, document), css=_styles(document),
            draft=' class="draft"' if document.draft else "", header=upright(header(self, document)),
            html=upright(whole_words(_pictured(document))), footer=downloads(self, document),
        )  # fmt: skip
        return {".html": page.encode()}

    def read(self, files: Mapping[str, bytes]) -> list[str]:
        """The blocks of the page."""
        from nianbao_html.reading import blocks

        return blocks(files[".html"].decode())


@dataclass(frozen=True)
class Fragment:
    """The article alone, its styles in its elements, for the editor of a CMS. No page links to it."""

    def render(self, document: Document) -> Mapping[str, bytes]:
        """``{".fragment.html": article}``, UTF-8."""
        from nianbao_html.fragment import fragment

        return {".fragment.html": upright(whole_words(fragment(document))).encode()}

    def read(self, files: Mapping[str, bytes]) -> list[str]:
        """The blocks of the article."""
        from nianbao_html.reading import blocks

        return blocks(files[".fragment.html"].decode())


def upright(html: str) -> str:
    """Markup in which no character turns the direction of others: each stands in an isolate of its own, the text is the same."""
    if not _TURNING.search(html):
        return html
    return _TAG_OR_TURNING.sub(lambda found: found[1] or f"<bdi>{found[0]}</bdi>", html)


def whole_words(html: str) -> str:
    """Markup whose title may be broken between its words only, where styles say `word-break: keep-all`; the text is the same."""
    return _TITLE.sub(lambda found: f"{found[1]}{_TEXT.sub(_worded, found[2])}{found[3]}", html)


def _worded(found: re.Match[str]) -> str:
    return "<wbr>".join(escape(word, quote=False) for word in title_words(unescape(found[0])))


def _pictured(document: Document) -> str:
    """The article with its pictures in it; a page without any pays nothing for them."""
    if "charts/" not in document.html:
        return document.html
    from nianbao_html.pictures import inlined

    return inlined(document.html, document.assets)


def _styles(document: Document) -> str:
    """Ours, then what the theme adds (core has looked it through)."""
    extra = document.assets.get("extra.css", b"").decode("utf-8-sig").strip()
    return f"{css(document.style)}\n{extra}" if extra else css(document.style)
