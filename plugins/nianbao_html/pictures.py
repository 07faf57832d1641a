"""Pictures that a page shows (``<img src="charts/….svg">``) put into it: shapes and text of the SVG, nothing that acts or loads."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape, unescape
from xml.etree import ElementTree

from nianbao import PluginError

SVG = "{http://www.w3.org/2000/svg}"
SHAPES = frozenset(
    re.findall(
        r"\w+", "svg g path rect circle ellipse line polyline polygon text tspan defs clipPath linearGradient stop pattern"
    )
)
LOOKS = frozenset(
    re.findall(
        r"[\w-]+",
        "x y x1 y1 x2 y2 dx dy cx cy r rx ry d points width height viewBox transform fill fill-opacity fill-rule stroke stroke-width"
        " stroke-opacity stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit opacity font-family"
        " font-size font-weight font-style text-anchor dominant-baseline clip-path clip-rule offset stop-color stop-opacity"
        " gradientUnits gradientTransform patternUnits patternTransform id display",
    )
)
LARGEST = 2_000_000  # bytes of one picture
_IMAGE = re.compile(r'<img\b[^<>]*?\ssrc="(charts/([\w-]+)\.svg)"[^<>]*>')
_ALT = re.compile(r'\salt="([^"]*)"')
_LOCAL = re.compile(r"url\(#([\w-]+)\)")


def inlined(html: str, assets: Mapping[str, bytes]) -> str:
    """The page with its pictures in it, each one image to assistive technology, named by its `alt`.

    Raises PluginError where a picture is no SVG.
    """

    def inline(found: re.Match[str]) -> str:
        source, key = found.groups()
        alt = _ALT.search(found[0])
        return _inlined(source, key, unescape(alt[1]) if alt else "", assets[source]) if source in assets else ""

    return _IMAGE.sub(inline, html)


def _inlined(source: str, key: str, alt: str, data: bytes) -> str:
    try:
        kept = _kept(_parsed(data), key)
        shapes = "".join(map(_written, kept))
    except (ElementTree.ParseError, ValueError, LookupError, RecursionError) as error:
        raise PluginError(f"图表 {source} 不是能用的 SVG：{error}", f"the chart {source} is no SVG that can be used: {error}",
                          mend=("报告给图表插件的作者。", "Tell the author of the chart's plugin."))  from None  # fmt: skip
    box = kept.get("viewBox") or f"0 0 {kept.get('width', '480')} {kept.get('height', '320')}"
    return f'<svg role="img" aria-label="{escape(alt)}" viewBox="{escape(box)}"><g aria-hidden="true">{shapes}</g></svg>'


def _parsed(data: bytes) -> ElementTree.Element:
    text = data.decode()
    if len(data) > LARGEST or "<!" in text.replace("<!--", ""):
        raise ValueError("it is too large, or has a DOCTYPE")
    root = ElementTree.fromstring(text)  # noqa: S314 - no entity without a DOCTYPE
    if root.tag != f"{SVG}svg":
        raise ValueError(f"its root is {root.tag:.40}")
    return root


def _kept(element: ElementTree.Element, key: str) -> ElementTree.Element:
    """An element with what may stay of it and of those within it; ids become the picture's own."""
    kept = ElementTree.Element(element.tag.removeprefix(SVG))
    kept.text, kept.tail = element.text, element.tail
    for name, value in element.attrib.items():
        local = _LOCAL.sub(rf"url(#{key}-\1)", value)
        if name in LOOKS and "url(" not in _LOCAL.sub("", value):
            kept.set(name, f"{key}-{value}" if name == "id" else local)
    for child in element:
        if isinstance(child.tag, str) and child.tag.removeprefix(SVG) in SHAPES:
            kept.append(_kept(child, key))
    return kept


def _written(element: ElementTree.Element) -> str:
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in element.items())
    inner = escape(element.text or "", quote=False) + "".join(map(_written, element))
    is_text = element.tag in ("text", "tspan")
    return f"<{element.tag}{attributes}>{inner if is_text or len(element) else ''}</{element.tag}>{escape(element.tail or '', quote=False) if is_text else ''}"
