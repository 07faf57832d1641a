"""Plain text: its lines, but for those that only a printed page has."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from nianbao import FileError
from nianbao_reader.blocks import Content, Line
from nianbao_reader.files.tidy import seen

LINES = 100_000
ENDS = "。！？；：.!?;:）”"
PAGE_NUMBER = re.compile(
    r"\s*([-—–－―─·•]+\s*\d{1,4}\s*[-—–－―─·•]+|第\s*\d{1,4}\s*页(\s*[,，/、]?\s*共\s*\d{1,4}\s*页)?"
    r"|P\.\s*\d{1,4}|Page\s+(?!1\b)\d{1,4}(\s+-\s.*)?)\s*"  # of books made of pages; the first may be all that has the title
)


def content(text: str, file: str) -> Content:
    """The lines of a text. Raises FileError where it has too many."""
    lines = printed(text, file)
    blocks = tuple(
        Line(line, f"{file}:{number}", gap=gap) for (number, line), gap in zip(lines, gaps(lines, text), strict=True) if line
    )
    return Content(blocks, is_wrapped(line for _, line in lines))


def gaps(lines: Iterable[tuple[int, str]], text: str) -> Iterator[int]:
    """How many empty lines stand before each line of a text.

    A line with nothing but a space that cannot break is an empty cell that somebody filled: where the lines around such cells
    are spread evenly, it counts as one line more than those that stand between two cells.
    """
    written = text.split("\n")
    empty = cells = 0
    for number, line in lines:
        yield empty // (cells + 1) + cells if cells and empty % (cells + 1) == 0 else empty + cells
        if line:
            empty = cells = 0
        elif "\xa0" in written[number - 1]:
            cells += 1
        else:
            empty += 1


def printed(text: str, file: str) -> list[tuple[int, str]]:
    """The lines of a text with their numbers, without page numbers and what stands at the top of every page."""
    if text.count("\n") > LINES:
        raise FileError(f"超过 {LINES} 行，太长", f"it has more than {LINES} lines, which is too long", place=file,
                        mend=("年度报告没有这么长，核对文件。", "No report is that long: look at the file."))  # fmt: skip
    text = _tabbed(text)
    lines, pages, number = [], [], 0
    for page in text.split("\f"):
        pages.append([(number + at, seen(line).strip()) for at, line in enumerate(page.split("\n"), 1)])
        number += page.count("\n")
    heads = _repeated(pages)
    for page_lines in pages:
        first = next((number for number, line in page_lines if line), 0)
        lines += [
            (at, line) for at, line in page_lines if not PAGE_NUMBER.fullmatch(line) and not (at == first and line in heads)
        ]
    return lines


def _tabbed(text: str) -> str:
    """The rows of a table that was copied with tabs as rows with pipes, where an empty cell shows that it is one."""
    if "\t\t" not in text and "\t\n" not in text:
        return text
    return "\n".join(f"| {line.replace(chr(9), ' | ')} |" if "\t" in line.strip() else line for line in text.split("\n"))


def _repeated(pages: Sequence[Sequence[tuple[int, str]]]) -> set[str]:
    """The first lines that most pages have in common."""
    firsts = Counter(next((line for _, line in page if line), "") for page in pages)
    return {line for line, times in firsts.items() if line and times > 2 and times * 2 > len(pages)}


def is_wrapped(lines: Iterable[str]) -> bool:
    """Whether lines end where the paper did: most long ones are equally wide, and in the middle of a sentence."""
    long = sorted({(width, line) for line in lines if (width := _width(line)) > 30 and "|" not in line})
    if len(long) < 5:
        return False
    usual = long[len(long) * 4 // 5][0]
    full = [line for width, line in long if usual * 0.85 <= width <= usual * 1.1 + 2 and line[-1] not in ENDS]
    beyond = sum(width > usual * 1.3 for width, _ in long)  # a paper's edge lets few lines pass
    return usual <= 140 and len(full) * 5 > len(long) * 2 and beyond * 20 <= len(long)


def _width(line: str) -> int:
    """How many half-width letters wide a line is printed; beyond any paper it does not matter."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in line[:200])
