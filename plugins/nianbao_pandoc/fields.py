"""The fields in a header or footer, by their names: what Word computes, and might fetch, when it opens the file."""

from __future__ import annotations

import re
from dataclasses import field
from typing import TYPE_CHECKING

from nianbao.lean import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree import ElementTree

# What only counts pages, tells the date, or repeats words of the document. Any other may fetch, link, run or ask a database.
HARMLESS = frozenset(
    ("=", "AUTHOR", "CREATEDATE", "DATE", "DOCPROPERTY", "FILENAME", "IF", "KEYWORDS", "NUMPAGES", "PAGE", "SAVEDATE", "SECTION",
     "SECTIONPAGES", "STYLEREF", "SUBJECT", "TIME", "TITLE")
)  # fmt: skip
COMPUTING = ("=", "IF")  # the only ones in whose instruction another may stand: elsewhere it could write its name
INNER = "\0"  # what stands in an instruction for a field within it; no XML has it


@dataclass
class _Field:
    pieces: list[str] = field(default_factory=list)
    instructing: bool = True  # until its result begins


def refused(root: ElementTree.Element) -> Iterator[str]:
    """The names of the fields that are not harmless, as far as they can be read."""
    for instruction in _instructions(root):
        name, inner = _name(instruction), INNER in instruction
        if name not in HARMLESS or inner and name not in COMPUTING:
            yield name.replace(INNER, "{…}")[:40] or "{}"


def _name(instruction: str) -> str:
    words = instruction.strip()
    return "=" if words.startswith("=") else re.split(r'[\s\\"]', words, maxsplit=1)[0].upper()


def _instructions(root: ElementTree.Element) -> Iterator[str]:
    """Each field's instruction, put together as Word does, whatever runs it is spread over.

    Element names count in any namespace: Word knows more than one for its own.
    """
    stray = _Field()  # what stands in no field
    nest: list[_Field] = []
    for one in root.iter():
        kind, inmost = one.tag.rpartition("}")[2], nest[-1] if nest else None
        if kind == "fldSimple":
            yield _attribute(one, "instr")
        elif kind == "fldChar":
            mark = _attribute(one, "fldCharType")
            if mark == "begin":
                if inmost and inmost.instructing:
                    inmost.pieces.append(INNER)
                nest.append(_Field())
            elif mark == "separate" and inmost:
                inmost.instructing = False
            elif mark == "end" and inmost:
                yield "".join(nest.pop().pieces)
        elif kind in ("instrText", "delInstrText"):
            (inmost or stray).pieces.append(one.text or "")
        elif kind == "t" and inmost and inmost.instructing:
            inmost.pieces.append(one.text or "")
    yield from ("".join(one.pieces) for one in [*nest, stray] if one is not stray or stray.pieces)


def _attribute(element: ElementTree.Element, name: str) -> str:
    return next((value for key, value in element.items() if key.rpartition("}")[2] == name), "")
