"""Pictures of charts, once for all formats: shapes and text of an SVG, nothing that acts or loads."""

from __future__ import annotations

import re
from html import escape
from xml.etree import ElementTree

from nianbao.errors import PluginError

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
_LOCAL = re.compile(r"url\(#([\w-]+)\)")


def clean(name: str, key: str, data: bytes, place: str = "") -> bytes:
    """An SVG of the allowed elements and attributes alone, with a `viewBox`; its ids begin with ``key``, so that pictures share none.

    Raises PluginError, which tells ``name`` and ``place``, where the data is no SVG.
    """
    try:
        kept = _kept(_parsed(data), key)
        shapes = "".join(map(_written, kept))
    except (ElementTree.ParseError, ValueError, LookupError, RecursionError) as error:
        raise PluginError(f"图表 {name} 不是能用的 SVG：{error}", f"the chart {name} is no SVG that can be used: {error}", place=place,
                          mend=("报告给图表插件的作者。", "Tell the author of the chart's plugin."))  from None  # fmt: skip
    kept.set("viewBox", kept.get("viewBox") or f"0 0 {kept.get('width', '480')} {kept.get('height', '320')}")
    looks = "".join(f' {look}="{escape(value)}"' for look, value in kept.items())
    return f'<svg xmlns="http://www.w3.org/2000/svg"{looks}>{shapes}</svg>'.encode()


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
        local = _LOCAL.sub(lambda found: f"url(#{key}-{found[1]})", value)
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
