"""Format ``html``: one self-contained page, for a portal, a phone and paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from nianbao_html.css import css

if TYPE_CHECKING:
    from nianbao import Document

_PAGE = """<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<meta name="author" content="{author}">
<meta name="keywords" content="{keywords}">
<meta name="description" content="{title}">
<style>
{css}
</style>
</head>
<body{draft}>
<main>
{html}
</main>
</body>
</html>
"""


@dataclass(frozen=True)
class Html:
    """The page as one file, its styles inside; nothing is loaded from elsewhere."""

    def render(self, document: Document) -> Mapping[str, bytes]:
        """``{".html": page}``, UTF-8."""
        meta = {key: escape(value) for key, value in document.meta.items()}
        page = _PAGE.format(
            title=escape(document.title), author=meta["author"], keywords=meta["keywords"], css=css(document.style),
            draft=' class="draft"' if document.draft else "", html=document.html,
        )  # fmt: skip
        return {".html": page.encode()}

    def read(self, files: Mapping[str, bytes]) -> list[str]:
        """The blocks of the page."""
        from nianbao_html.reading import blocks

        return blocks(files[".html"].decode())
