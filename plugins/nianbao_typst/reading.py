"""A PDF's text by its tags: each paragraph, heading and cell, in the order in which a screen reader says them."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

from nianbao_typst.text import BREAK

INLINE = {"Span", "Link", "Em", "Strong", "Quote", "Code", "Sub", "Reference", "Annot"}


def blocks(pdf: bytes) -> Iterator[str]:
    """The text of each block. A paragraph over two pages comes as two; page numbers are no part of the text."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        for number in range(len(document)):
            page = document[number]
            yield from _Page(page.raw).blocks()
            page.close()
    finally:
        document.close()


class _Page:
    def __init__(self, page: Any) -> None:
        import pypdfium2.raw as pdfium

        self.pdfium, self.page = pdfium, page
        self.letters = ctypes.create_unicode_buffer(64)

    def blocks(self) -> Iterator[str]:
        texts = self._texts()
        tree = self.pdfium.FPDF_StructTree_GetForPage(self.page)
        try:
            for at in range(self.pdfium.FPDF_StructTree_CountChildren(tree)):
                yield from self._of(self.pdfium.FPDF_StructTree_GetChildAtIndex(tree, at), texts)[1]
        finally:
            self.pdfium.FPDF_StructTree_Close(tree)

    def _texts(self) -> dict[int, str]:
        """The text of each piece of marked content, by its number."""
        api = self.pdfium
        text_page = api.FPDFText_LoadPage(self.page)
        pieces: dict[int, list[str]] = {}
        for at in range(api.FPDFPage_CountObjects(self.page)):
            thing = api.FPDFPage_GetObject(self.page, at)
            if api.FPDFPageObj_GetType(thing) != api.FPDF_PAGEOBJ_TEXT:
                continue
            if (number := api.FPDFPageObj_GetMarkedContentID(thing)) < 0:
                continue
            size = api.FPDFTextObj_GetText(thing, text_page, None, 0)
            buffer = ctypes.create_string_buffer(size)
            api.FPDFTextObj_GetText(thing, text_page, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)
            pieces.setdefault(number, []).append(buffer.raw.decode("utf-16-le").rstrip("\0"))
        api.FPDFText_ClosePage(text_page)
        return {number: "".join(said).replace(BREAK, "") for number, said in pieces.items()}

    def _of(self, element: Any, texts: dict[int, str]) -> tuple[str, list[str]]:
        """(the text that belongs to the block around an element, the blocks in it)."""
        api = self.pdfium
        own, inner = [], []
        for at in range(api.FPDF_StructElement_CountChildren(element)):
            child = api.FPDF_StructElement_GetChildAtIndex(element, at)
            if child:
                said, found = self._of(child, texts)
                own.append(said)
                inner += found
            else:
                own.append(texts.get(api.FPDF_StructElement_GetChildMarkedContentID(element, at), ""))
        said = "".join(own).strip()  # pdfium puts a space where a line or cell ends
        if self._kind(element) in INLINE:
            return "".join(own), inner
        return "", [said, *inner] if said else inner

    def _kind(self, element: Any) -> str:
        buffer = ctypes.create_string_buffer(64)
        size = self.pdfium.FPDF_StructElement_GetType(element, buffer, 64)
        return buffer.raw[: max(size - 2, 0)].decode("utf-16-le")
