"""Printed lines put together to the paragraphs that they were broken from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from nianbao.headlines import width
from nianbao_reader.blocks import Line
from nianbao_reader.letters import squeezed
from nianbao_reader.lines import joined
from nianbao_reader.numbering import number

_ENDS = re.compile(r"[。！？：；:;!?…][”’」）)】\]]*$")
_NUMBER = re.compile(r"\d{1,3}")
_INDENT = 2  # letters by which the first line of a paragraph is set in


def paragraphs(lines: Sequence[Line], full: float) -> list[Line]:
    """The paragraphs of printed lines, of which the longest are ``full`` letters wide."""
    lines = [line for line in lines if not _NUMBER.fullmatch(line.text.strip())]
    found: list[list[Line]] = []
    for at, line in enumerate(lines):
        follow = lines[at + 1] if at + 1 < len(lines) else None
        if found and not _starts(lines[at - 1], line, follow, full):
            found[-1].append(line)
        else:
            found.append([line])
    return [joined(each) if len(each) > 1 else each[0] for each in found]


def measure(lines: Sequence[Line]) -> float:
    """How wide full lines are: as the widest but for a tenth, which may stick out."""
    widths = sorted(width(line.text.strip()) for line in lines)
    return widths[int(len(widths) * 0.9)] if widths else 0.0


def _starts(before: Line, line: Line, follow: Line | None, full: float) -> bool:
    """Whether a paragraph begins with a line."""
    if line.level or before.level or re.match(r"[\u3000 ]{2,}|\t", line.text) and _ends(before):
        return True
    short = width(before.text.strip()) < full - 1.5
    numbered = number(squeezed(line.text[:12]))
    if numbered and (_ends(before) or short):
        return True
    if not _ends(before):
        return short and width(before.text.strip()) < full * 0.6 and bool(_SIGNED.search(squeezed(line.text)))
    if short:
        return True
    # a full line that ends with a sentence: the next is set in where it is that much shorter and yet goes on
    wide = width(line.text.strip())
    return follow is not None and not _ends(line) and full - _INDENT - 1.2 <= wide <= full - 1.2 and width(follow.text.strip()) > 0


_SIGNED = re.compile(r"^20\d\d年\d{1,2}月\d{1,2}日$")


def _ends(line: Line) -> bool:
    return bool(_ENDS.search(line.text.rstrip()))
