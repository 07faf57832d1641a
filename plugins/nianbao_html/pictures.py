"""Pictures that a page shows (``<img src="charts/….svg">``) put into it; core let nothing into them that acts or loads."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape, unescape

_IMAGE = re.compile(r'<img\b[^<>]*?\ssrc="(charts/[\w-]+\.svg)"[^<>]*>')
_ALT = re.compile(r'\salt="([^"]*)"')
_CLEAN = re.compile(r'<svg xmlns="http://www\.w3\.org/2000/svg"[^<>]*? viewBox="([^<>"]*)"[^<>]*>(.*)</svg>', re.DOTALL)


def inlined(html: str, assets: Mapping[str, bytes]) -> str:
    """The page with its pictures in it, each one image to assistive technology, named by its `alt`."""

    def inline(found: re.Match[str]) -> str:
        picture = _CLEAN.fullmatch(assets.get(found[1], b"").decode("utf-8", "replace"))
        alt = _ALT.search(found[0])
        return _inlined(picture[1], picture[2], unescape(alt[1]) if alt else "") if picture else ""

    return _IMAGE.sub(inline, html)


def _inlined(box: str, shapes: str, alt: str) -> str:
    return f'<svg role="img" aria-label="{escape(alt)}" viewBox="{box}"><g aria-hidden="true">{shapes}</g></svg>'
