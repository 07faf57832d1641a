"""The roles of a style as Word styles: one function from a role to a style, and the table of fonts they name."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nianbao.style import Role, Style

JUSTIFICATION = {"justify": "both"}
TABLE_BORDERS = "".join(
    f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
)
CELL_MARGINS = (
    '<w:tblCellMar><w:top w:w="20" w:type="dxa"/><w:left w:w="40" w:type="dxa"/>'
    '<w:bottom w:w="20" w:type="dxa"/><w:right w:w="40" w:type="dxa"/></w:tblCellMar>'
)
FIGURE = '<w:pPr><w:keepNext/><w:snapToGrid w:val="0"/><w:spacing w:before="160"/><w:jc w:val="center"/></w:pPr>'
STATUTORY_TABLE = f"<w:tblPr><w:tblBorders>{TABLE_BORDERS}</w:tblBorders>{CELL_MARGINS}</w:tblPr>"


def styles_xml(style: Style, width: int) -> str:
    """The content of w:styles; `width` is that of the text in twips.

    Headings are Word's own, so that its navigation pane and a screen reader find them.
    """
    latin = '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
    headings = (style.heading1, style.heading2, style.heading3)
    return "".join(
        (
            f"<w:docDefaults><w:rPrDefault><w:rPr>{latin}</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>",
            entry("Normal", "Normal", text(style.body, width), default=True),
            entry("BodyText", "Body Text", based="Normal"),
            entry("FirstParagraph", "First Paragraph", based="BodyText"),
            entry("Compact", "Compact", based="BodyText"),
            entry("CaptionedFigure", "Captioned Figure", FIGURE),
            entry("ImageCaption", "Image Caption", off_grid(style.note, "center")),
            entry("Note", "Note", text(style.note, width), based="Normal"),
            entry("Title", "Title", title(style.title), following="BodyText"),
            *(
                entry(f"Heading{level}", f"heading {level}", heading(role, level, width), following="BodyText")
                for level, role in enumerate(headings, start=1)
            ),
            entry("TableHeading", "Table Heading", off_grid(style.table, "center")),
            entry("TableLabel", "Table Label", off_grid(style.table, "left")),
            entry("TableNumber", "Table Number", off_grid(style.table, style.table.align)),
            entry("Header", "header", off_grid(style.title, "center")),
            entry("Footer", "footer", off_grid(style.page_number, "right")),
            entry("DefaultParagraphFont", "Default Paragraph Font", kind="character", default=True),
            entry("RunInHeading", "Run-in Heading", letters(style.heading2), kind="character"),
            entry("TableNormal", "Normal Table", kind="table", default=True),
            entry("StatutoryTable", "Statutory Table", STATUTORY_TABLE, kind="table", based="TableNormal"),
        )
    )


def entry(
    key: str,
    name: str,
    content: str = "",
    *,
    kind: str = "paragraph",
    based: str = "",
    following: str = "",
    default: bool = False,
) -> str:
    """One w:style."""
    standard = ' w:default="1"' if default else ""
    parent = f'<w:basedOn w:val="{based}"/>' if based else ""
    successor = f'<w:next w:val="{following}"/>' if following else ""
    return (
        f'<w:style w:type="{kind}"{standard} w:styleId="{key}"><w:name w:val="{name}"/>'
        f"{parent}{successor}<w:qFormat/>{content}</w:style>"
    )


def text(role: Role, width: int) -> str:
    """Running text: on the grid of lines, no widow control, so that every page has all its lines."""
    return f'<w:pPr><w:widowControl w:val="0"/>{indented(role)}</w:pPr>{letters(role, squeeze(role, width))}'


def heading(role: Role, level: int, width: int) -> str:
    """A heading: in the outline, never the last on a page."""
    outline = f'<w:outlineLvl w:val="{level - 1}"/>'
    return f"<w:pPr><w:keepNext/><w:keepLines/>{indented(role)}{outline}</w:pPr>{letters(role, squeeze(role, width))}"


def title(role: Role) -> str:
    """Off the grid, which would set a line of 2号 on two lines of text."""
    line = round(role.points * 20 * 1.6)
    spacing = f'<w:spacing w:before="0" w:after="{line}" w:line="{line}" w:lineRule="exact"/>'
    return f'<w:pPr><w:keepNext/><w:keepLines/><w:snapToGrid w:val="0"/>{spacing}{indented(role)}</w:pPr>{letters(role)}'


def off_grid(role: Role, align: str) -> str:
    """Table cells, header and footer: as high as their letters."""
    return f'<w:pPr><w:widowControl w:val="0"/><w:snapToGrid w:val="0"/>{aligned(align)}</w:pPr>{letters(role)}'


def indented(role: Role) -> str:
    """The first line's indent in characters, and in twips for readers that know no characters."""
    characters, twips = round(role.characters * 100), round(role.characters * role.points * 20)
    return f'<w:ind w:firstLineChars="{characters}" w:firstLine="{twips}"/>{aligned(role.align)}'


def aligned(align: str) -> str:
    """The alignment in Word's words."""
    return f'<w:jc w:val="{JUSTIFICATION.get(align, align)}"/>'


def letters(role: Role, spacing: int = 0) -> str:
    """Font, weight, colour and size; the font for Latin letters and digits too, as offices have it."""
    font = f'"{escape(role.font[0])}"'
    weight = "<w:b/><w:bCs/>" if role.bold else ""
    squeezed = f'<w:spacing w:val="{spacing}"/>' if spacing else ""
    size = round(role.points * 2)
    return (
        f'<w:rPr><w:rFonts w:ascii={font} w:hAnsi={font} w:eastAsia={font} w:cs={font} w:hint="eastAsia"/>{weight}'
        f'<w:color w:val="{role.colour[1:].upper()}"/>{squeezed}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>'
    )


def squeeze(role: Role, width: int) -> int:
    """Twips between letters, never above 0, that give a line the nearest whole number of characters.

    GB/T 9704-2012 asks for 28 characters of 3号 in 156 mm, where 27.6 fit.
    """
    size = role.points * 20
    characters = round(width / size)
    return min(int((width - characters * size) // characters), 0)


def fonts_xml(style: Style) -> str:
    """The content of w:fonts: each wanted font with the names of those that may stand in for it.

    None is embedded: the fonts of GB/T 9704-2012 are not free.
    """
    roles = (
        style.title, style.heading1, style.heading2, style.heading3, style.body, style.table, style.note, style.page_number
    )  # fmt: skip
    wanted = {role.font[0]: role.font[1:] for role in roles}
    return "".join(
        f'<w:font w:name="{escape(name)}">'
        + (f'<w:altName w:val="{escape(",".join(others))}"/>' if others else "")
        + '<w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>'
        for name, others in wanted.items()
    )
