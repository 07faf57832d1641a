"""Printed lines put together to the paragraphs that they were broken from."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nianbao.headlines import width
from nianbao_reader.blocks import Line
from nianbao_reader.letters import squeezed
from nianbao_reader.lines import joined
from nianbao_reader.numbering import number

_ENDS = re.compile(r"[。！？：；:;!?…][”’」）)】\]]*$")
_NUMBER = re.compile(r"\d{1,3}")
_INDENTED = re.compile(r"[\u3000 ]{2,}|\t")
_LATIN = re.compile(r"[A-Za-z]")
_HEADING = re.compile(r"[^,;:。!?]{2,22}")  # a short line that has a number and no mark is no sentence that goes on
_INDENT = 2  # letters by which the first line of a paragraph is set in


def paragraphs(lines: Sequence[Line], full: float) -> list[Line]:
    """The paragraphs of printed lines, of which the longest are ``full`` letters wide; an empty line may stand between two."""
    found: list[list[Line]] = []
    parted = False
    lines = [line for line in lines if not _NUMBER.fullmatch(line.text.strip())]
    for at, line in enumerate(lines):
        if not line.text.strip():
            parted = True
            continue
        follow = lines[at + 1] if at + 1 < len(lines) else None
        if found and not _starts(found[-1][-1], line, follow, full, parted):
            found[-1].append(line)
        else:
            found.append([line])
        parted = False
    return [joined(each) for each in found]


def measure(lines: Sequence[Line]) -> float:
    """How wide full lines are: as the widest but for a tenth, which may stick out."""
    widths = sorted(width(line.text.strip()) for line in lines if line.text.strip())
    return widths[int(len(widths) * 0.9)] if widths else 0.0


def _starts(before: Line, line: Line, follow: Line | None, full: float, parted: bool) -> bool:
    """Whether a paragraph begins with a line. ``parted``: an empty line stands before it."""
    if line.level or before.level:
        return True
    wide = width(before.text.strip())
    if _HEADING.fullmatch(said := squeezed(before.text)) and number(said):
        return True
    ended, is_full = bool(_ENDS.search(before.text.rstrip())), wide >= full - 1.5
    if wide < full * 0.75 and not _LATIN.match(line.text.strip()) or parted and (ended or not is_full):
        return True
    if number(squeezed(line.text[:12])):
        return ended or not is_full
    if not ended:
        return False
    if not is_full or _INDENTED.match(line.text):
        return True
    # a full line that ends with a sentence: the next is set in where it is that much shorter and yet goes on; a signature ends nowhere
    wide = width(line.text.strip())
    if _ENDS.search(line.text.rstrip()):
        return False
    return wide < full * 0.75 or follow is not None and bool(follow.text.strip()) and full - _INDENT - 1.2 <= wide <= full - 1.2
