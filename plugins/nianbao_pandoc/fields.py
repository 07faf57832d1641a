"""The fields in a header or footer, by their names: what Word computes, and might fetch, when it opens the file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree import ElementTree

# What only counts pages, tells the date, or repeats words of the document. Any other may fetch, link, run or ask a database.
HARMLESS = frozenset(
    ("=", "AUTHOR", "CREATEDATE", "DATE", "DOCPROPERTY", "FILENAME", "IF", "KEYWORDS", "NUMPAGES", "PAGE", "SAVEDATE", "SECTION",
     "SECTIONPAGES", "STYLEREF", "SUBJECT", "TIME", "TITLE")
)  # fmt: skip
COMPUTING = ("=", "IF")  # the only ones in whose instruction another may stand: elsewhere it could write its name


def refused(root: ElementTree.Element) -> Iterator[str]:
    """The names of the fields that are not harmless, as far as they can be read."""
    for instruction in _instructions(root):
        name, inner = _name(instruction), "\0" in instruction
        if name not in HARMLESS or inner and name not in COMPUTING:
            yield name.replace("\0", "{…}")[:40] or "{}"


def _name(instruction: str) -> str:
    words = instruction.strip()
    return "=" if words.startswith("=") else re.split(r'[\s\\"]', words, maxsplit=1)[0].upper()


def _instructions(root: ElementTree.Element) -> Iterator[str]:
    """Each field's instruction, put together as Word does, whatever runs it is spread over; \\0 stands for a field within it.

    Element names count in any namespace: Word knows more than one for its own.
    """
    stray: list[str] = []  # what stands in no field
    open_ones: list[tuple[list[str], list[bool]]] = []  # of each field its pieces, and whether its instruction is still going on
    for one in root.iter():
        kind = one.tag.rpartition("}")[2]
        if kind == "fldSimple":
            yield _attribute(one, "instr")
        elif kind == "fldChar":
            mark = _attribute(one, "fldCharType")
            if mark == "begin":
                if open_ones and open_ones[-1][1]:
                    open_ones[-1][0].append("\0")
                open_ones.append(([], [True]))
            elif mark == "separate" and open_ones:
                open_ones[-1][1].clear()
            elif mark == "end" and open_ones:
                yield "".join(open_ones.pop()[0])
        elif kind in ("instrText", "delInstrText"):
            (open_ones[-1][0] if open_ones else stray).append(one.text or "")
        elif kind == "t" and open_ones and open_ones[-1][1]:
            open_ones[-1][0].append(one.text or "")
    yield from ("".join(pieces) for pieces, _ in open_ones)
    if stray:
        yield "".join(stray)


def _attribute(element: ElementTree.Element, name: str) -> str:
    return next((value for key, value in element.items() if key.rpartition("}")[2] == name), "")
