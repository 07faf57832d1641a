"""A document's style as the reference.docx from which pandoc takes page, fonts, styles, header and footer.

What GB/T 9704-2012 asks: A4 with a text area of 156 x 225 mm, 22 lines of 28 characters, page numbers `— 1 —` outside,
7 mm under the text. What a theme says instead is followed. A theme's own reference.docx is completed by own.py.
"""

from __future__ import annotations

import io
import zipfile
from functools import cache
from typing import TYPE_CHECKING

from nianbao.lean import dataclass

from .styles import WORD, entries, fonts_xml, footer_line, styles_xml

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from nianbao.style import Page, Style

A4 = (11906, 16838)  # twips: twentieths of a point
LINES = 22
HEADER = 15  # mm from the edge down to 草稿

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
OTHER_TYPES = {"theme": "application/vnd.openxmlformats-officedocument.theme+xml"}
EXTENSIONS = {
    "rels": "application/vnd.openxmlformats-package.relationships+xml",
    "xml": "application/xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
}


def twips(millimetres: float) -> int:
    """Millimetres in twips."""
    return round(millimetres * 1440 / 25.4)


def text_width(page: Page) -> int:
    """The width of the text area in twips."""
    _, right, _, left = page.margins
    return A4[0] - twips(left) - twips(right)


@dataclass(frozen=True)
class Reference:
    """A reference.docx (``data``), the width of its text in twips, and the ids it has for our styles."""

    data: bytes
    width: int
    ids: dict[str, str]


@cache
def reference(style: Style, draft: bool, day: date) -> Reference:
    """The reference document of a style, with 草稿 over every page if `draft`; pandoc keeps the parts' date, `day`."""
    width = text_width(style.page)
    parts = {
        "styles": part("styles", styles_xml(style, width)),
        "fontTable": part("fonts", fonts_xml(style)),
        "settings": part("settings", SETTINGS),
        "footer1": part("ftr", page_number("Footer")),
        "footer2": part("ftr", page_number("FooterEven")),
    }
    if draft:
        parts |= {"header1": part("hdr", draft_mark("DraftMark")), "header2": part("hdr", draft_mark("DraftMark"))}
    files = {f"word/{name}.xml": content for name, content in parts.items()}
    body = section(style, draft)
    ids = {entry.key: entry.key for entry in entries(style, width)}
    return Reference(packed(files, {name: f"{name}.xml" for name in parts}, body, day), width, ids)


def section(style: Style, draft: bool) -> str:
    """The page: paper, margins, the grid of lines, and which header and footer stand on odd and even pages."""
    width, height = A4
    top, right, bottom, left = map(twips, style.page.margins)
    pitch = (height - top - bottom) // (style.body.lines or LINES)
    footer = bottom - twips(style.page.number) - footer_line(style.page_number) // 2  # the dash is in the middle of its line
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


def page_number(style: str) -> str:
    """`— 1 —` in a paragraph of a style."""
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t xml:space="preserve">— </w:t></w:r>'
        '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
        '<w:r><w:t xml:space="preserve"> —</w:t></w:r></w:p>'
    )


def draft_mark(style: str) -> str:
    """草稿 in a paragraph of a style."""
    return f'<w:p xmlns:w="{WORD}"><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>草稿</w:t></w:r></w:p>'


SETTINGS = (
    '<w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/><w:evenAndOddHeaders/>'
    '<w:characterSpacingControl w:val="doNotCompress"/>'
    '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
    '</w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/>'
)


def part(root: str, content: str) -> str:
    """A part of the package: `content` in its root element."""
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{root} xmlns:w="{WORD}" xmlns:r="{OFFICE}">{content}</w:{root}>'


def relationships(targets: Mapping[str, str]) -> str:
    """The relationships {id: target}; the kind is the id without its number."""
    entries = "".join(
        f'<Relationship Id="{key}" Type="{OFFICE}/{key.rstrip("0123456789")}" Target="{target}"/>'
        for key, target in targets.items()
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="{PACKAGE}/relationships">{entries}</Relationships>'


def content_types(targets: Mapping[str, str]) -> str:
    """What each part is, beside the document itself."""
    kinds = {"document.xml": "document.main"} | {target: key.rstrip("0123456789") for key, target in targets.items()}
    overrides = "".join(
        f'<Override PartName="/word/{name}" ContentType="{OTHER_TYPES.get(kind, f"{TYPE}.{kind}+xml")}"/>'
        for name, kind in kinds.items()
    )
    defaults = "".join(f'<Default Extension="{suffix}" ContentType="{kind}"/>' for suffix, kind in EXTENSIONS.items())
    return f'<?xml version="1.0" encoding="UTF-8"?><Types xmlns="{PACKAGE}/content-types">{defaults}{overrides}</Types>'


def packed(files: Mapping[str, str | bytes], targets: Mapping[str, str], sectpr: str, day: date) -> bytes:
    """A package of these files and an empty document with `sectpr`, related to the `targets` {id: file in word/}.

    Uncompressed, so that no version of zlib makes a difference.
    """
    package = {
        "[Content_Types].xml": content_types(targets),
        "_rels/.rels": relationships({"officeDocument": "word/document.xml"}),
        "docProps/app.xml": f'<Properties xmlns="{OFFICE.rpartition("/")[0]}/extended-properties"><Application>nianbao</Application></Properties>',
        "word/document.xml": part("document", f"<w:body><w:p/>{sectpr}</w:body>"),
        "word/_rels/document.xml.rels": relationships(targets),
        **files,
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in package.items():
            archive.writestr(zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0)), content)
    return buffer.getvalue()
