"""What of a reference.docx's settings is taken over: how text is laid out, and nothing that Word would do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .package import Package, W, refuse

if TYPE_CHECKING:
    from xml.etree import ElementTree

LAYOUT = frozenset(
    ("alignBordersAndEdges", "autoHyphenation", "bordersDoNotSurroundFooter", "bordersDoNotSurroundHeader", "characterSpacingControl",
     "clrSchemeMapping", "compat", "consecutiveHyphenLimit", "decimalSymbol", "defaultTabStop", "displayHorizontalDrawingGridEvery",
     "displayVerticalDrawingGridEvery", "doNotHyphenateCaps", "doNotUseMarginsForDrawingGridOrigin", "drawingGridHorizontalOrigin",
     "drawingGridHorizontalSpacing", "drawingGridVerticalOrigin", "drawingGridVerticalSpacing", "evenAndOddHeaders", "gutterAtTop",
     "hyphenationZone", "listSeparator", "mirrorMargins", "noLineBreaksAfter", "noLineBreaksBefore", "strictFirstAndLastChars",
     "themeFontLang", "zoom")
)  # fmt: skip
# Left out in silence, these would be missed by whoever made the file; the rest (who edited when, how it is shown) would not.
ACTING = {
    "mailMerge": ("邮件合并", "a mail merge"),
    "attachedTemplate": ("附加的模板", "an attached template"),
    "documentProtection": ("编辑限制", "a protection against editing"),
    "writeProtection": ("写保护", "a protection against writing"),
}


def kept(package: Package, name: str) -> list[ElementTree.Element]:
    """The settings in a part that lay text out. Raises SettingError where others would fetch, or lock the report."""
    children = list(package.xml(name, f"{W}settings"))
    for one in children:
        if acting := ACTING.get(one.tag.rpartition("}")[2]):
            raise refuse(f"设置里有{acting[0]}", f"its settings have {acting[1]}", name)
    return [one for one in children if one.tag.startswith(W) and one.tag.removeprefix(W) in LAYOUT]
