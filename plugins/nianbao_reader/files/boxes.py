"""What pandoc leaves out of a Word file's document: text in boxes, and labels that span the rows of a table cut in two."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"  # the same box again, for an older Word
_CUT = re.compile(rb"<w:tbl>(?:(?!</w:tr>|<w:tbl>).)*?<w:vMerge(?:/>|\s+w:val=\"continue\")", re.S)
_BOX = f"{_W}txbxContent"


def flowing(document: bytes) -> bytes:
    """A document with the text of its boxes before the paragraphs that hold them, and each table complete in itself."""
    if b"txbxContent" not in document and not _CUT.search(document):
        return document
    from lxml import etree

    root = etree.fromstring(document, etree.XMLParser(resolve_entities=False, no_network=True))
    for again in [again for again in root.iter(_FALLBACK) if next(again.iter(_BOX), None) is not None]:
        again.getparent().remove(again)  # type: ignore[union-attr]
    for box in [box for box in root.iter(_BOX) if next(box.iterancestors(_BOX), None) is None]:
        for holder in [*box.iterancestors(f"{_W}p")][-1:]:
            for said in list(box):
                holder.addprevious(said)
    for merged in _unbegun(root):
        merged.set(f"{_W}val", "restart")
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


def _unbegun(root: _Element) -> Iterator[_Element]:
    """The marks in first rows of tables that say a cell goes on from above, where nothing is."""
    for table in root.iter(f"{_W}tbl"):
        first = table.find(f"{_W}tr")
        for cell in first.iterchildren(f"{_W}tc") if first is not None else ():
            merged = cell.find(f"{_W}tcPr/{_W}vMerge")
            if merged is not None and merged.get(f"{_W}val", "continue") == "continue":
                yield merged
