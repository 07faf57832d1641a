"""Pictures for pandoc, which reaches no file: in the page itself, as wide as the text or as much less as the page is low."""

from __future__ import annotations

import base64
import re
import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nianbao import Document, Page

PAPER = (210, 297)  # mm
HIGHEST = 0.85  # of the text area: room for the caption
PNG = b"\x89PNG\r\n\x1a\n"
_IMAGE = re.compile(r'(<img\b[^<>]*?\s)src="(charts/[\w-]+)\.svg"')


def with_pictures(document: Document) -> str:
    """The document's page, each chart's PNG in it."""
    html = document.html
    if "charts/" not in html:
        return html

    def embed(found: re.Match[str]) -> str:
        picture = document.assets.get(f"{found[2]}.png", b"")
        if not picture.startswith(PNG):
            return found[0]
        width = _width(picture, document.style.page)
        return f'{found[1]}src="data:image/png;base64,{base64.b64encode(picture).decode()}" width="{width:.1f}mm"'

    return _IMAGE.sub(embed, html)


def _width(picture: bytes, page: Page) -> float:
    """The width of a picture on a page, in millimetres."""
    across: int
    down: int
    across, down = struct.unpack(">II", picture[16:24])
    top, right, bottom, left = page.margins
    height: float = (PAPER[1] - top - bottom) * HIGHEST
    return min(PAPER[0] - left - right, height * across / max(down, 1))
