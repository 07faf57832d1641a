"""A table of the page as rows that fill its grid, cell by cell, as typst wants them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml.html import HtmlElement

from nianbao import PluginError
from nianbao_typst.text import Content, Written, breakable, plain, runs_of

COLUMNS, CELLS = 60, 20_000
SHORT = 40  # rows; a longer table may break over pages, its head is repeated
LETTER = 0.6  # em: the widest that a digit or Latin letter usually is
LEAST = 0.5  # of its size: what a cell may be shrunk to before its figure is broken

Cell = dict[str, Any]


def table_of(element: HtmlElement, written: Written) -> Iterator[dict[str, Any]]:
    """The table as one block, nothing where it has no rows. Raises PluginError where it is too large for paper."""
    if (cells := sum(1 for _ in element.iter("td", "th"))) > CELLS:
        raise _too_large(f"{cells} 格", f"{cells} cells")
    groups = [group for part in _parts(element) for group in _groups(part)]
    placed = [(head, [_Row(row) for row in rows]) for head, rows in groups]
    columns = max((_place(rows) for _, rows in placed), default=0)
    total = sum(len(rows) for _, rows in placed)
    if columns > COLUMNS or columns * total > CELLS:
        raise _too_large(f"{total} 行 {columns} 列", f"{total} rows and {columns} columns")
    if not columns:
        return
    widths = _widths(element, columns)
    top = any(head == 1 for head, _ in placed)
    told: list[dict[str, Any]] = [
        {"level": 0 if not head else 1 if head == 1 or not top else 2, "repeat": head == 1, "rows": _filled(rows, columns)}
        for head, rows in placed
    ]
    for row in (row for group in told for row in group["rows"]):
        written.add("table", (cell["content"] for cell in row if cell.get("content")))
    yield {"kind": "table", "widths": widths, "whole": total <= SHORT, "groups": told}


def _too_large(zh: str, en: str) -> PluginError:
    return PluginError(f"表格有 {zh}，PDF 放不下", f"a table of {en} is too large for a PDF",
                       mend=(f"最多 {COLUMNS} 列、{CELLS} 格；明细宜另作数据文件。", f"At most {COLUMNS} columns, {CELLS} cells; publish the details as a data file."))  # fmt: skip


class _Row:
    def __init__(self, element: HtmlElement) -> None:
        self.cells: list[Cell] = []
        self.head = _is_head(element)
        for cell in element.iterchildren("th", "td"):
            content: Content = runs_of(cell).done()
            told: Cell = {"content": content, "across": _span(cell, "colspan"), "down": _span(cell, "rowspan")}
            scope = cell.get("scope") or ""
            if cell.tag == "th" and not self.head:
                told["label"] = True
            if scope == "row":
                told["align"] = "left"
            elif cell.tag == "th":
                told["align"] = "center"
            self.cells.append(told)


def _parts(table: HtmlElement) -> Iterator[tuple[bool, list[HtmlElement]]]:
    """(whether it is the head, its rows) for each part of a table."""
    loose: list[HtmlElement] = []
    for part in table.iterchildren():
        if part.tag == "tr":
            loose.append(part)
        elif part.tag in ("thead", "tbody", "tfoot"):
            yield part.tag == "thead", list(part.iterchildren("tr"))
    if loose:
        yield False, loose


def _groups(part: tuple[bool, list[HtmlElement]]) -> Iterator[tuple[int, list[HtmlElement]]]:
    """The rows of a part, those of headers apart from those of figures: (1 the table's head, 2 one below it, 0 figures; rows)."""
    head, rows = part
    if head:
        if rows:
            yield 1, rows
        return
    reach = 0
    group: list[HtmlElement] = []
    kind = 0
    for row in rows:
        this = 2 if _is_head(row) and (reach <= 0 or kind == 2) else 0
        if group and this != kind:
            yield kind, group
            group, reach = [], 0
        kind = this
        group.append(row)
        reach = max(reach - 1, *(_span(cell, "rowspan") - 1 for cell in row.iterchildren("th", "td")), 0)
    if group:
        yield kind, group


def _is_head(row: HtmlElement) -> bool:
    cells = list(row.iterchildren("th", "td"))
    return (
        bool(cells) and all(cell.tag == "th" for cell in cells) and any("col" in (cell.get("scope") or "col") for cell in cells)
    )


def _span(cell: HtmlElement, name: str) -> int:
    written = cell.get(name) or "1"
    return min(max(int(written), 1), 100_000) if re.fullmatch(r"\d{1,6}", written) else 1


def _place(rows: list[_Row]) -> int:
    """Give each cell of a group its column, and cut what reaches out of the group; how many columns there are."""
    reaching: dict[int, int] = {}  # column -> rows that a cell above still covers
    columns = 0
    for at, row in enumerate(rows):
        column = 0
        begun: dict[int, int] = {}
        for cell in row.cells:
            while column in reaching:
                column += 1
            free = next((n for n in range(cell["across"]) if column + n in reaching), min(cell["across"], COLUMNS + 1))
            cell.update(column=column, across=free, down=min(cell["down"], len(rows) - at))
            begun.update((number, cell["down"]) for number in range(column, column + free))
            column += free
        columns = max(columns, column, *(number + 1 for number in reaching), 0)
        reaching = {n: left - 1 for n, left in (reaching | begun).items() if left > 1}
    return columns


def _filled(rows: list[_Row], columns: int) -> list[list[Cell]]:
    """The cells of each row, with empty ones where the page has none."""
    covered: set[tuple[int, int]] = set()
    for at, row in enumerate(rows):
        for cell in row.cells:
            covered.update((at + y, cell["column"] + x) for y in range(cell["down"]) for x in range(cell["across"]))
    full = []
    for at, row in enumerate(rows):
        holes = [{"column": column} for column in range(columns) if (at, column) not in covered]
        full.append(sorted([*row.cells, *holes], key=lambda cell: cell["column"]))
    return full


def _widths(table: HtmlElement, columns: int) -> list[float]:
    """The share of each column, from ``<col style="width:…%">``; equal where they are not all told."""
    told = [re.search(r"width:\s*(\d{1,3}(?:\.\d+)?)%", col.get("style") or "") for col in table.iter("col")]
    shares = [float(share[1]) for share in told if share and float(share[1]) > 0]
    return shares if len(shares) == columns else [100 / columns] * columns


def fit(table: dict[str, Any], width: float, height: float, size: float) -> None:
    """Shrink and break what would run out of its column; ``width`` and ``height`` of the text and ``size`` are in points.

    Rows do not break, unless one would fill more than half a page.
    """
    share = width / sum(table["widths"])
    cells = [cell for group in table["groups"] for row in group["rows"] for cell in row]
    long = False
    for cell in cells:
        first = cell.pop("column")
        if not (content := cell.get("content")):
            continue
        room = sum(table["widths"][first : first + cell["across"]]) * share - 4
        text = plain(content)
        longest = max((len(run) for run in re.findall(r"[^\s\u1100-\uffff]+", text)), default=0)
        if longest * LETTER * size > room:
            cell["scale"] = max(round(room / (longest * LETTER * size), 3), LEAST)
            letters = max(int(room / (LETTER * size * cell["scale"])), 1)
            cell["content"] = [_broken(run, letters) for run in content]
        long = long or len(text) * size * size * 1.3 > room * height / 2
    table["whole"] = table["whole"] and not long
    table["breakable"] = long


def _broken(run: Any, letters: int) -> Any:
    if isinstance(run, str):
        return breakable(run, letters)
    return run | {"text": breakable(run["text"], letters)}
