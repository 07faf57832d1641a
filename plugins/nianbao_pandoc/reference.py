"""A document's style as the reference.docx from which pandoc takes page, fonts, styles, header and footer.

What GB/T 9704-2012 asks: A4 with a text area of 156 x 225 mm, 22 lines of 28 characters, page numbers `— 1 —` outside,
7 mm under the text. What a theme says instead is followed.
"""

from __future__ import annotations

import io
import zipfile
from functools import cache
from typing import TYPE_CHECKING

from .styles import fonts_xml, styles_xml

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from nianbao.style import Page, Style

A4 = (11906, 16838)  # twips: twentieths of a point
LINES = 22
UNDER_THE_TEXT = 7  # mm from the text down to the page number
HEADER = 15  # mm from the edge down to 草稿

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def twips(millimetres: float) -> int:
    """Millimetres in twips."""
    return round(millimetres * 1440 / 25.4)


def text_width(page: Page) -> int:
    """The width of the text area in twips."""
    _, right, _, left = page.margins
    return A4[0] - twips(left) - twips(right)


@cache
def reference(style: Style, draft: bool, day: date) -> bytes:
    """The reference document of a style, with 草稿 over every page if `draft`; pandoc keeps the parts' date, `day`."""
    parts = {
        "styles": ("styles", styles_xml(style, text_width(style.page))),
        "fontTable": ("fonts", fonts_xml(style)),
        "settings": ("settings", SETTINGS),
        "footer1": ("ftr", page_number(style, "right")),
        "footer2": ("ftr", page_number(style, "left")),
    }
    if draft:
        parts |= {"header1": ("hdr", DRAFT), "header2": ("hdr", DRAFT)}
    files = {f"word/{name}.xml": part(root, content) for name, (root, content) in parts.items()}
    files["word/document.xml"] = part("document", f"<w:body><w:p/>{section(style, draft)}</w:body>")
    files["word/_rels/document.xml.rels"] = relationships({name: f"{name}.xml" for name in parts})
    files["_rels/.rels"] = relationships({"officeDocument": "word/document.xml"})
    files["[Content_Types].xml"] = content_types(parts)
    return packed(files, day)


def section(style: Style, draft: bool) -> str:
    """The page: paper, margins, the grid of lines, and which header and footer stand on odd and even pages."""
    width, height = A4
    top, right, bottom, left = map(twips, style.page.margins)
    pitch = (height - top - bottom) // (style.body.lines or LINES)
    footer = bottom - twips(UNDER_THE_TEXT) - round(style.page_number.points * 20 * 1.3)
    shown = "".join(
        f'<w:{kind}Reference w:type="{pages}" r:id="{kind}{number}"/>'
        for kind in ("header", "footer")[not draft :]
        for number, pages in ((1, "default"), (2, "even"))
    )
    return (
        f'<w:sectPr>{shown}<w:pgSz w:w="{width}" w:h="{height}"/>'
        f'<w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}"'
        f' w:header="{twips(HEADER)}" w:footer="{max(footer, 0)}" w:gutter="0"/>'
        f'<w:docGrid w:type="lines" w:linePitch="{pitch}"/></w:sectPr>'
    )


def page_number(style: Style, side: str) -> str:
    """`— 1 —`, one character in from the outer edge: right on odd pages, left on even ones (GB/T 9704-2012)."""
    indent = round(style.page_number.points * 20)
    return (
        f'<w:p><w:pPr><w:pStyle w:val="Footer"/><w:ind w:{side}Chars="100" w:{side}="{indent}"/><w:jc w:val="{side}"/></w:pPr>'
        '<w:r><w:t xml:space="preserve">— </w:t></w:r>'
        '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
        '<w:r><w:t xml:space="preserve"> —</w:t></w:r></w:p>'
    )


DRAFT = (
    '<w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr><w:r><w:rPr><w:b/><w:color w:val="FF0000"/>'
    '<w:spacing w:val="400"/><w:sz w:val="52"/><w:szCs w:val="52"/></w:rPr><w:t>草稿</w:t></w:r></w:p>'
)

SETTINGS = (
    '<w:zoom w:percent="100"/><w:evenAndOddHeaders/><w:defaultTabStop w:val="420"/>'
    '<w:characterSpacingControl w:val="doNotCompress"/>'
    '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
    '</w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/>'
)


def part(root: str, content: str) -> str:
    """A part of the package: `content` in its root element."""
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{root} xmlns:w="{WORD}" xmlns:r="{OFFICE}">{content}</w:{root}>'


def relationships(targets: dict[str, str]) -> str:
    """The relationships {id: target}; the kind is the id without its number."""
    entries = "".join(
        f'<Relationship Id="{key}" Type="{OFFICE}/{key.rstrip("12")}" Target="{target}"/>' for key, target in targets.items()
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="{PACKAGE}/relationships">{entries}</Relationships>'


def content_types(parts: Iterable[str]) -> str:
    """What each part is, beside the document itself."""
    kinds = {"document": "document.main"} | {name: name.rstrip("12") for name in parts}
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{TYPE}.{kind}+xml"/>' for name, kind in kinds.items()
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def packed(files: dict[str, str], day: date) -> bytes:
    """The parts as a zip; uncompressed, so that no version of zlib makes a difference."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0)), content)
    return buffer.getvalue()
