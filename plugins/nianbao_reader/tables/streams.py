"""Tables that stand as text: a cell a line, figures behind their labels, all of it run together in one line."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from nianbao import Cell, Fact, FileError, NianbaoError, Origin, Standard
from nianbao.tables import Grid, Line
from nianbao_reader.blocks import Block, Table, texts, within
from nianbao_reader.tables import Found
from nianbao_reader.tables.aligning import Aligned, Slot, align
from nianbao_reader.tables.pieces import LETTERS, Piece, Scanner, Token, pieces, touch
from nianbao_reader.tables.solving import GaveUp, Patience, Vector, agreed, combine, cuts, weights
from nianbao_reader.tables.words import leaves, words
from nianbao_reader.tables.worn import mended

LARGEST = 50_000  # letters of a section's tables: what is longer is none
FEW_LOST = 5  # a row in so many may be lost where figures that are run together are cut
ZEROS = re.compile(r"0\d|\d*0{5}")  # what no figure is: several run together, zeros among them
MANY = 5_000  # lines, likewise
MEND = ("请人工核对原文。", "Look at the file.")


def read(standard: Standard, section: str, blocks: Sequence[Block], file: str) -> Found:
    """The tables of a section that stand as text among its blocks; a figure is read where its place is beyond doubt."""
    if len(blocks) > MANY or sum(len(text) for block in blocks for text in texts(block)) > LARGEST:
        why = FileError("这一部分太长，不是一张表", "this section is too long for a table", place=file, mend=MEND)
        return Found({}, {section: why}, tuple(blocks))
    scanner = Scanner(words(standard, section))
    parts = [mended(piece, scanner.words) for piece in pieces(blocks)]
    prose = {id(piece) for piece in parts if scanner.prose(piece)}
    tokens = scanner.tokens([piece for piece in parts if id(piece) not in prose])
    grids = standard.grids[section]
    aligned = [align(grid, tokens, scanner.words.rows) for grid in grids]
    if not any(found.end for found in aligned) or prose and all(token.lines is not None for token in tokens):
        return Found({}, {}, tuple(blocks), in_text=bool(prose))
    cells: dict[str, Cell] = {}
    unread: dict[str, NianbaoError] = {}
    start, end = min(one.start for one in aligned if one.end), max(one.end for one in aligned)
    readers = [_Reader(standard, grid, file, tokens[start].piece.place) for grid in grids]
    zeros = any(ZEROS.match(token.text) for one in aligned for slot in one.slots for token in slot.tokens)
    cut = zeros and all(reader.may_cut(one) for reader, one in zip(readers, aligned, strict=True))
    for reader, one in zip(readers, aligned, strict=True):
        reader.fill(one, cells, unread, cut=cut)
    if not cells:
        unread = {section: _unread(file, tokens[start].piece.place, standard.sections[section].label)}
    taken = [token for one in aligned for slot in one.slots for token in slot.tokens]
    return Found(cells, unread, tuple(_rest(blocks, parts, prose, tokens, [tokens[start], *(taken or tokens[start:end])])))


class _Reader:
    """Reads the cells of one table from the figures of its rows."""

    def __init__(self, standard: Standard, grid: Grid, file: str, place: str) -> None:
        self.standard, self.grid, self.file, self.place = standard, grid, file, place
        self.patience = Patience()
        self.rows, self.columns = leaves(grid, columns=False), leaves(grid, columns=True)

    def may_cut(self, aligned: Aligned) -> bool:
        """Whether no row looks as if it had empty cells that left no trace: digits run together would be cut in their place too."""
        cells = {slot: len(slot.rows) * len(self.columns) for slot in aligned.slots}
        known = sum(len(slot.rows) for slot in aligned.slots)
        lost = len(self.rows) - known
        enough = all(sum(len(token.text) for token in slot.tokens) >= count for slot, count in cells.items())
        return enough and (lost * FEW_LOST <= len(self.rows) if weights(self.grid, self.columns) else not lost)

    def fill(self, aligned: Aligned, cells: dict[str, Cell], unread: dict[str, NianbaoError], *, cut: bool) -> None:
        """Add the table's cells, and why those are missing that are. ``cut``: figures run together may be."""
        width = len(self.columns)
        glued = [slot for slot in aligned.slots if len(slot.tokens) < len(slot.rows) * width and self._is_run_together(slot)]
        glued = glued if cut else []
        separate = [slot for slot in aligned.slots if len(slot.tokens) == len(slot.rows) * width]
        read = {row: list(self._separate(slot, row)) for slot in separate for row in slot.rows}
        for slot, figures in self._solved(glued, separate, lengths_decide=len(glued) > len(separate)):
            for number, row in enumerate(slot.rows):
                read[row] = [self._cut(slot, value) for value in figures[number * width : (number + 1) * width]]
        for row in self.rows:
            self._place(row, read.get(row) or [None] * width, cells, unread)

    def _is_run_together(self, slot: Slot) -> bool:
        """Whether fewer figures than cells can be cells run together: what has a border or a space between is none."""
        tokens, first = slot.tokens, slot.tokens[0]
        if any(token.piece.cell or token.soft for token in tokens) or not all(map(touch, tokens, tokens[1:])):
            return False
        return bool(weights(self.grid, self.columns)) or not first.piece.text[: first.at][-1:].isspace() and first.at > 0

    def _place(self, row: Line, figures: list[Cell | None], cells: dict[str, Cell], unread: dict[str, NianbaoError]) -> None:
        paths = [self.grid.path(row, column) for column in self.columns]
        cells |= {path: cell for path, cell in zip(paths, figures, strict=True) if cell}
        missing = [path for path, cell in zip(paths, figures, strict=True) if cell is None]
        place = next((cell.place for cell in figures if cell), "") or within(self.place, self.file)
        for path in missing if len(missing) < len(paths) else [self.grid.path(row)]:
            label = self.standard.nodes[path].label if len(missing) < len(paths) else row.branch.label
            unread[path] = _unread(self.file, place, label)

    def _separate(self, slot: Slot, row: Line) -> Iterator[Cell | None]:
        for token, column in zip(slot.tokens, self.columns, strict=True):
            number = column.branch.number or row.branch.number or "count"
            total = column in self.grid.defined
            wrong_unit = bool(token.unit) and row.branch.unit != token.unit
            value = None if token.soft and total or wrong_unit else _value(token.text, number)
            fact = None if value is None else Fact(value, Origin(within(token.piece.place, self.file)))
            yield None if wrong_unit else Cell(token.text, fact, token.remark)

    def _cut(self, slot: Slot, value: int | None) -> Cell | None:
        place = within(slot.tokens[0].piece.place, self.file)
        return None if value is None else Cell(str(value), Fact(value, Origin(place)))

    def _solved(
        self, glued: Sequence[Slot], separate: Sequence[Slot], *, lengths_decide: bool
    ) -> Iterator[tuple[Slot, tuple[int | None, ...]]]:
        """The figures of slots that are run together: cut so that rows, columns and the balance add up."""
        if not glued:
            return
        choices = {slot.rows: self._choices(slot, lengths_decide=lengths_decide) for slot in glued}
        known = {slot.rows: [values] for slot in separate if (values := _counts(slot))}
        usable = self._combined({rows: found for rows, found in (choices | known).items() if found})
        for slot in glued:
            yield slot, agreed(usable.get(slot.rows, ()), len(slot.rows) * len(self.columns))

    def _choices(self, slot: Slot, *, lengths_decide: bool) -> list[Vector]:
        """The ways to cut the figures of a slot; digits as many as cells can be cut in one way, whether it adds up or not."""
        texts, count = [token.text for token in slot.tokens], len(slot.rows) * len(self.columns)
        width = len(self.columns)
        equations = [
            (0,) * (number * width) + equation + (0,) * (count - (number + 1) * width)
            for number in range(len(slot.rows))
            for equation in weights(self.grid, self.columns)
        ]
        try:
            if lengths_decide and sum(map(len, texts)) == count:
                return cuts(texts, count, (), self.patience)
            return cuts(texts, count, equations, self.patience)
        except GaveUp:
            return []

    def _combined(self, choices: dict[tuple[Line, ...], list[Vector]]) -> dict[tuple[Line, ...], list[Vector]]:
        """Of the choices those that fit all equations between rows together; if the table has a mistake, those that fit one."""
        rows = [key for key in choices if len(key) == 1]
        single = [key[0] for key in rows]
        equations = [each for each in weights(self.grid, self.rows) if _within(each, self.rows, single)]
        equations = [tuple(each[self.rows.index(row)] for row in single) for each in equations]
        if not equations:
            return choices
        for chosen in (equations, *([each] for each in equations)):
            try:
                usable = combine([choices[row] for row in rows], chosen)
            except GaveUp:
                continue
            if all(usable):
                in_it = [any(each[number] for each in chosen) for number in range(len(rows))]
                sure = {key: found for key, found, inside in zip(rows, usable, in_it, strict=True) if inside or len(found) == 1}
                return {key: found for key, found in choices.items() if key not in rows} | sure
        return {rows: found for rows, found in choices.items() if len(found) == 1}


def _within(equation: Vector, rows: Sequence[Line], known: Sequence[Line]) -> bool:
    return all(row in known for row, factor in zip(rows, equation, strict=True) if factor)


def _counts(slot: Slot) -> Vector | None:
    values = [_value(token.text, "count") for token in slot.tokens]
    return tuple(int(value) for value in values if value is not None) if None not in values else None


def _value(text: str, number: str) -> int | Decimal | None:
    """The figure of a cell; None where it is none of its kind. An empty cell, a dash and the like say 0."""
    plain = text.replace(",", "").replace("−", "-").replace("–", "-").lstrip("+" if number == "signed" else "")
    if not plain.strip("-—―/○〇无"):
        return 0
    if plain.lstrip("-").isdecimal() and (number == "signed" or not plain.startswith("-")):
        return int(plain) if plain == "0" or not plain.lstrip("-").startswith("0") else None
    return Decimal(plain) if number == "amount" and "." in plain and not plain.startswith("-") else None


def _unread(file: str, place: str, label: str) -> FileError:
    return FileError(
        f"“{label}”的数字读不准", f"the figures of “{label}” cannot be told for certain", place=within(place, file), mend=MEND
    )


def _rest(
    blocks: Sequence[Block], parts: Sequence[Piece], prose: set[int], tokens: Sequence[Token], taken: Sequence[Token]
) -> Iterator[Block]:
    """What of the blocks is no table, in order; of a line that is partly one, the rest of it."""
    place = {id(piece): number for number, piece in enumerate(parts)}
    first = min(place[id(token.piece)] for token in taken)
    final = max(taken, key=lambda token: (place[id(token.piece)], token.at))
    last = place[id(final.piece)]
    no_head = prose | {id(token.piece) for token in tokens if token.lines is None}
    while first and id(parts[first - 1]) not in no_head and "。" not in parts[first - 1].text:
        first -= 1
    spare: dict[int, list[Piece]] = {number: [] for number in range(len(blocks))}
    used = set()
    for number, piece in enumerate(parts):
        if id(piece) in prose or not first <= number <= last:
            spare[piece.block].append(piece)
        else:
            used.add(piece.block)
    for number, block in enumerate(blocks):
        mine = spare[number]
        if isinstance(block, Table):
            if number not in used:
                yield block
            continue
        text = "".join(block.text[piece.start : piece.end] for piece in mine)
        if number == final.piece.block:
            text = _behind(final, block.text) + text
        if text.strip():
            yield block if text == block.text else dataclasses.replace(block, text=text.strip(), figures={})


def _behind(token: Token, text: str) -> str:
    """What stands in a line behind the last figure of a table."""
    piece = token.piece
    text = text[piece.start : piece.end]
    rest = text[token.at + len(token.text) + len(token.remark) :] if len(text) == len(piece.text) else ""
    return rest if len(rest.strip()) >= LETTERS else ""
