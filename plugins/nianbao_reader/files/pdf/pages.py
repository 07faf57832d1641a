"""The pages of a file as blocks in reading order: tables where they stand, without page numbers and what stands on every page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from nianbao_reader.files.pdf.furniture import without_furniture
from nianbao_reader.files.pdf.grids import Grid, grids
from nianbao_reader.files.pdf.limits import Refused, Remarks
from nianbao_reader.files.pdf.lines import Printed, printed
from nianbao_reader.files.pdf.sheets import UNKNOWN, Letter, Sheet

INDENT = 1.5  # letters; a line that starts so far in begins a paragraph, or is set apart
TOUCH = 0.12  # letters; figures of two cells have more between them
ENOUGH = 10  # letters that a page must have to hold text, more than its number


@dataclass
class Page:
    """A page taken apart: its lines from the top down, and its tables with the letters in each cell."""

    number: int
    bottom: float
    top: float
    lines: list[Printed] = field(default_factory=list)
    tables: list[tuple[Grid, dict[int, list[Letter]]]] = field(default_factory=list)


def blocks(sheets: Iterable[Sheet]) -> list[Remarks]:
    """The blocks of a file. Raises Refused where it holds no text, or none that can be read."""
    pages, letters, unknown, pictures = [], 0, 0, 0
    for sheet in sheets:
        said = [letter.text for letter in sheet.letters if not letter.text.isspace()]
        letters, unknown = letters + len(said), unknown + said.count(UNKNOWN)
        pictures += 1 if sheet.pictured and len(said) < ENOUGH else -1 if len(said) >= ENOUGH else 0
        pages.append(_page(sheet))
    if not letters or pictures > 0:
        raise Refused("scanned" if pictures > 0 else "blank")
    if unknown > letters / 5:
        raise Refused("unmapped")
    made: list[Remarks] = []
    tables = 0
    kept = without_furniture(pages)
    margin = _margin(kept)
    for page, lines in zip(pages, kept, strict=True):
        made += _ordered(page, lines, tables, margin)
        tables += len(page.tables)
    return made


def _page(sheet: Sheet) -> Page:
    page, rest = Page(sheet.number, sheet.bottom, sheet.top), sheet.letters
    for grid in sorted(grids(sheet.rulings), key=_area):  # a table within a frame before the frame
        inside: dict[int, list[Letter]] = {}
        outside = []
        for letter in rest:
            at = grid.cell(letter.x, letter.y)
            if at is None:
                outside.append(letter)
            else:
                inside.setdefault(at, []).append(letter)
        if any(not letter.text.isspace() for letters in inside.values() for letter in letters):
            _spoil_torn(inside)
            page.tables.append((grid, inside))
            rest = outside
    page.lines = printed(rest)
    page.tables.sort(key=lambda each: -each[0].ys[-1])
    return page


def _area(grid: Grid) -> float:
    return (grid.xs[-1] - grid.xs[0]) * (grid.ys[-1] - grid.ys[0])


def _spoil_torn(inside: dict[int, list[Letter]]) -> None:
    """A figure too wide for its cell runs into the next: neither of the two can be read, so each gets a letter that no figure has."""
    figures = [(letter, cell) for cell, letters in inside.items() for letter in letters if letter.text in "0123456789."]
    figures.sort(key=lambda each: (round(each[0].foot), each[0].left))
    for (letter, cell), (following, other) in pairwise(figures):
        near = -letter.size / 2 < following.left - letter.right < TOUCH * letter.size
        if cell != other and near and abs(letter.foot - following.foot) < 1:
            for spoilt, number in ((letter, cell), (following, other)):
                inside[number].append(spoilt._replace(text=UNKNOWN, left=spoilt.right, right=spoilt.right))


def _margin(pages: Iterable[list[Printed]]) -> float:
    """Where lines begin that are not set in: as far left as lines of the file begin time and again."""
    lefts = Counter(round(line.left / 2) for lines in pages for line in lines)
    return 2.0 * min((left for left, times in lefts.items() if times > 1), default=min(lefts, default=0))


def _ordered(page: Page, lines: list[Printed], tables: int, margin: float) -> list[Remarks]:
    """A page's blocks from the top down; ``tables``: how many tables there were before."""
    place = f"第{page.number}页"
    margin = min([margin, *(line.left for line in lines)])
    heights = [(line.foot + line.size / 2, {"text": _indented(line, margin), "place": place}) for line in lines]
    for number, (grid, inside) in enumerate(page.tables, tables + 1):
        heights.append((grid.ys[-1], _table(grid, inside, f"{place} 表{number}")))
    return [block for _, block in sorted(heights, key=lambda each: -each[0])]


def _indented(line: Printed, margin: float) -> str:
    """A line with the two spaces before it that a paragraph begins with in Chinese, where it does so on the paper."""
    return f"　　{line.text}" if line.left - margin > INDENT * line.size else line.text


def _table(grid: Grid, inside: dict[int, list[Letter]], place: str) -> Remarks:
    fields: dict[int, tuple[str, str]] = {}
    for row, cells in enumerate(grid.cells, 1):
        for column, cell in enumerate(cells, 1):
            if cell not in fields:
                text = "\n".join(line.text for line in printed(inside.get(cell, ())))
                fields[cell] = text, f"{place} 第{row}行第{column}格"
    order = {cell: at for at, cell in enumerate(fields)}
    return {"place": place, "fields": list(fields.values()), "rows": [[order[cell] for cell in cells] for cells in grid.cells]}
