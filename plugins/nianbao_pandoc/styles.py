"""The roles of a style as Word styles: one function from a role to a style, and the table of fonts they name."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from nianbao.lean import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nianbao.style import Role, Style

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
JUSTIFICATION = {"justify": "both"}
EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")
CELL_MARGINS = (
    '<w:tblCellMar><w:top w:w="20" w:type="dxa"/><w:left w:w="40" w:type="dxa"/>'
    '<w:bottom w:w="20" w:type="dxa"/><w:right w:w="40" w:type="dxa"/></w:tblCellMar>'
)
# In every paragraph no mark hangs out of the text area, no space comes between Chinese and digits, and no page is cut short to keep
# two lines together: so that a line has its characters and a page its lines. LibreOffice does not take this from w:docDefaults.
TYPOGRAPHY = '<w:widowControl w:val="0"/><w:overflowPunct w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
DEFAULTS = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
    "<w:pPrDefault/></w:docDefaults>"
)
SELDOM = ("Compact", "Block Text", "Source Code", "Definition Term", "Definition")  # what pandoc may make of a theme's HTML
FIGURE = '<w:pPr><w:keepNext/><w:snapToGrid w:val="0"/><w:spacing w:before="160"/><w:jc w:val="center"/></w:pPr>'
DRAFT = (
    '<w:pPr><w:snapToGrid w:val="0"/><w:jc w:val="center"/></w:pPr>'
    '<w:rPr><w:b/><w:color w:val="FF0000"/><w:spacing w:val="400"/><w:sz w:val="52"/><w:szCs w:val="52"/></w:rPr>'
)


@dataclass(frozen=True)
class Entry:
    """One w:style: its id (``key``), its name, and what it says."""

    key: str
    name: str
    content: str = ""
    kind: str = "paragraph"
    based: str = ""
    following: str = ""
    default: bool = False

    def xml(self, ids: Mapping[str, str]) -> str:
        """The style as XML, where ``ids`` says by which id a file knows the styles of these keys."""
        standard = ' w:default="1"' if self.default else ""
        parent = f'<w:basedOn w:val="{escape(ids[self.based])}"/>' if self.based else ""
        successor = f'<w:next w:val="{escape(ids[self.following])}"/>' if self.following else ""
        return (
            f'<w:style w:type="{self.kind}"{standard} w:styleId="{escape(ids[self.key])}">'
            f'<w:name w:val="{self.name}"/>{parent}{successor}<w:qFormat/>{self.content}</w:style>'
        )


def styles_xml(style: Style, width: int) -> str:
    """The content of w:styles; `width` is that of the text in twips."""
    wanted = entries(style, width)
    ids = {entry.key: entry.key for entry in wanted}
    return DEFAULTS + "".join(entry.xml(ids) for entry in wanted)


def entries(style: Style, width: int) -> list[Entry]:
    """Every style that a report uses; `width` is that of the text in twips.

    Headings are Word's own, so that its navigation pane and a screen reader find them.
    """
    headings = (style.heading1, style.heading2, *[style.heading3] * 3)
    return [
        Entry("Normal", "Normal", text(style.body, width), default=True),
        Entry("BodyText", "Body Text", based="Normal"),
        Entry("FirstParagraph", "First Paragraph", based="BodyText"),
        *(Entry(name.replace(" ", ""), name, based="BodyText") for name in SELDOM),
        Entry("CaptionedFigure", "Captioned Figure", FIGURE),
        Entry("ImageCaption", "Image Caption", off_grid(style.note, "center")),
        Entry("Note", "Note", off_grid(style.note), based="Normal"),
        Entry("Title", "Title", title(style.title), following="BodyText"),
        *(
            Entry(f"Heading{level}", f"heading {level}", heading(role, level, width), following="BodyText")
            for level, role in enumerate(headings, start=1)
        ),
        Entry("TableHeading", "Table Heading", off_grid(style.table, "center")),
        Entry("TableLabel", "Table Label", off_grid(style.table, "left")),
        Entry("TableNumber", "Table Number", off_grid(style.table, style.table.align)),
        Entry("Header", "header", off_grid(style.title, "center")),
        Entry("DraftMark", "Draft Mark", DRAFT, based="Header"),
        Entry("Footer", "footer", footer(style.page_number, "right")),
        Entry("FooterEven", "Footer Even", footer(style.page_number, "left"), based="Footer"),
        Entry("DefaultParagraphFont", "Default Paragraph Font", kind="character", default=True),
        Entry("Hyperlink", "Hyperlink", kind="character"),
        Entry("VerbatimChar", "Verbatim Char", kind="character"),
        Entry("RunInHeading", "Run-in Heading", letters(style.heading2), kind="character"),
        Entry("TableNormal", "Normal Table", kind="table", default=True),
        Entry("StatutoryTable", "Statutory Table", bordered(style.table), kind="table", based="TableNormal"),
    ]


def bordered(role: Role) -> str:
    """A table's lines as the role has them, in eighths of a point (Word draws none thinner than two), or none."""
    width, colour = role.rule
    line = f'w:val="single" w:sz="{max(round(width * 8), 2)}" w:space="0" w:color="{colour[1:].upper()}"'
    drawn = line if width else 'w:val="nil"'
    edges = "".join(f"<w:{edge} {drawn}/>" for edge in EDGES)
    return f"<w:tblPr><w:tblBorders>{edges}</w:tblBorders>{CELL_MARGINS}</w:tblPr>"


def footer(role: Role, side: str) -> str:
    """The page number's line, of a known height, one character in from its side (GB/T 9704-2012)."""
    left, right = (100, 0) if side == "left" else (0, 100)
    inward = (
        f'<w:ind w:leftChars="{left}" w:left="{round(role.points * left / 5)}"'
        f' w:rightChars="{right}" w:right="{round(role.points * right / 5)}"/>'
    )
    spacing = f'<w:spacing w:line="{footer_line(role)}" w:lineRule="exact"/>'
    return f'<w:pPr>{TYPOGRAPHY}<w:snapToGrid w:val="0"/>{spacing}{inward}{aligned(side)}</w:pPr>{letters(role)}'


def footer_line(role: Role) -> int:
    """The height of the page number's line in twips."""
    return round(role.points * 20 * 1.3)


def text(role: Role, width: int) -> str:
    """Running text: on the grid of lines."""
    return f"<w:pPr>{TYPOGRAPHY}{indented(role)}</w:pPr>{letters(role, squeeze(role, width))}"


def heading(role: Role, level: int, width: int) -> str:
    """A heading: in the outline, never the last on a page."""
    outline = f'<w:outlineLvl w:val="{level - 1}"/>'
    return f"<w:pPr><w:keepNext/><w:keepLines/>{TYPOGRAPHY}{indented(role)}{outline}</w:pPr>{letters(role, squeeze(role, width))}"


def title(role: Role) -> str:
    """Off the grid, which would set a line of 2号 on two lines of text."""
    line = round(role.points * 20 * 1.6)
    spacing = f'<w:spacing w:before="0" w:after="{line}" w:line="{line}" w:lineRule="exact"/>'
    return (
        f'<w:pPr><w:keepNext/><w:keepLines/>{TYPOGRAPHY}<w:snapToGrid w:val="0"/>{spacing}{indented(role)}</w:pPr>{letters(role)}'
    )


def off_grid(role: Role, align: str = "") -> str:
    """Table cells, notes, captions and header: as high as their letters; without `align` as the role has it."""
    spacing = '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
    return f'<w:pPr>{TYPOGRAPHY}<w:snapToGrid w:val="0"/>{spacing}{aligned(align) if align else indented(role)}</w:pPr>{letters(role)}'


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
