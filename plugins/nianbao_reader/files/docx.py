"""Word files, by pandoc: their paragraphs and tables, tracked changes accepted."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from nianbao.pandoc import pandoc
from nianbao_reader.blocks import Block, Content, Field, Line, Table
from nianbao_reader.files.cells import LONG
from nianbao_reader.files.package import refused, repacked
from nianbao_reader.files.spread import Spanning, bounded, spread
from nianbao_reader.files.tidy import tidy

SECONDS = 7
TITLE = ("title", "subtitle", "author", "date", "abstract")  # paragraphs whose style says so, which pandoc takes out
STYLED = frozenset({"Emph", "Strong", "Underline", "Strikeout", "Superscript", "Subscript", "SmallCaps"})
DROPPED = frozenset({"Note", "Image", "RawInline"})
HOLDS: dict[str, Callable[[Any], Iterable[Any]]] = {  # the blocks in a block, some lists of them
    "BlockQuote": lambda said: [said],
    "Div": lambda said: [said[1]],
    "Figure": lambda said: [said[2]],
    "BulletList": lambda said: said,
    "OrderedList": lambda said: said[1],
    "DefinitionList": lambda said: [held for term, meanings in said for held in ([{"t": "Plain", "c": term}], *meanings)],
}
COMMAND = ("-f", "docx", "-t", "json", "--sandbox", "+RTS", "-A16m", "-M300m", "-RTS")


def content(data: bytes, file: str) -> Content:
    """What a Word file says. Raises FileError where it is none, is damaged, or holds more than any report."""
    try:
        document = json.loads(_json(repacked(data, file), file))
    except RecursionError:
        raise refused(file, "Word 文件套得太深", "the Word file is nested too deep") from None
    walk = Walk(file)
    for name in TITLE:
        if name in document["meta"]:
            walk.title(document["meta"][name], 1 if name == "title" else 0)
    title = " ".join(each.text for each in walk.found if isinstance(each, Line) and each.level)
    walk.through(document["blocks"])
    return Content(tuple(walk.found), title=title)


def _json(package: bytes, file: str) -> bytes:
    try:
        done = subprocess.run([pandoc(), *COMMAND], input=package, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise refused(file, f"pandoc 用了 {SECONDS} 秒还没有读完", f"pandoc was not done after {SECONDS} s") from None
    if done.returncode == 251:  # the heap that -M allows is full
        raise refused(file, "Word 文件太大", "the Word file is too large")
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip()[-200:]
        raise refused(file, f"pandoc 读不了这个 Word 文件：{said}", f"pandoc cannot read this Word file: {said}")
    return done.stdout


class Walk:
    """Goes through pandoc's blocks; ``found`` is what they say."""

    def __init__(self, file: str) -> None:
        self.found: list[Block] = []
        self.file = file
        self.paragraphs = self.tables = self.places = 0

    def title(self, meta: Any, level: int) -> None:
        """A paragraph that pandoc took for the document's title, author …"""
        kind, value = meta["t"], meta["c"]
        if kind == "MetaInlines":
            self._line(value, level)
        elif kind == "MetaBlocks":
            self.through(value)
        elif kind == "MetaList":
            for each in value:
                self.title(each, level)

    def through(self, blocks: Sequence[Any]) -> None:
        """What these blocks say."""
        for block in blocks:
            self._block(block["t"], block.get("c"))

    def _block(self, kind: str, said: Any) -> None:
        if kind in {"Para", "Plain"}:
            self._line(said)
        elif kind == "Header":
            self._line(said[2], said[0])
        elif kind == "Table":
            self._table(said)
        elif kind == "CodeBlock":
            self._text(said[1])
        elif kind == "LineBlock":
            for line in said:
                self._line(line)
        else:
            for held in HOLDS.get(kind, lambda _: [])(said):
                self.through(held)

    def _line(self, inlines: Sequence[Any], level: int = 0) -> None:
        self._text("".join(_pieces(inlines)), level)

    def _text(self, text: str, level: int = 0) -> None:
        """A paragraph, a line for each of those that breaks make of it."""
        self.paragraphs += 1
        for line in text.split("\n"):
            if tidied := tidy(line):
                self.found.append(Line(tidied, f"{self.file}:第{self.paragraphs}段", level))

    def _table(self, said: Any) -> None:
        """A table, or what stands in its cells, one after another, where it only lays the page out."""
        _, (short, caption), _, head, bodies, foot = said
        if short is None:  # else it is the table's description, which is not to be seen
            self.through(caption)
        before = self.paragraphs
        rows = [*head[1], *(row for body in bodies for row in [*body[2], *body[3]]), *foot[1]]
        cells = [[(self._cell(blocks), down, across) for _, _, down, across, blocks in row[1]] for row in rows]
        held = [found for row in cells for found, _, _ in row]
        if sum(1 for found in held if found) < 2 or any(map(_is_long, held)):
            self.found += [each for found in held for each in found]
            return
        self.paragraphs = before  # who counts paragraphs does not count those of cells
        self.tables += 1
        place = f"{self.file}:表{self.tables}"
        spanning = [
            [_spanning(cell, f"{place} 第{at}行第{number}格") for number, cell in enumerate(row, 1)]
            for at, row in enumerate(cells, 1)
        ]
        table = spread(spanning, place)
        self.places = bounded(self.places, table)
        self.found.append(table)

    def _cell(self, blocks: Sequence[Any]) -> list[Block]:
        outside, self.found = self.found, []
        self.through(blocks)
        found, self.found = self.found, outside
        return found


def _is_long(cell: Sequence[Block]) -> bool:
    return any(isinstance(each, Table) for each in cell) or sum(len(each.text) for each in cell if isinstance(each, Line)) > LONG


def _spanning(cell: tuple[Sequence[Block], int, int], place: str) -> Spanning:
    found, down, across = cell
    return Field("\n".join(each.text for each in found if isinstance(each, Line)), place), down, across


def _pieces(inlines: Sequence[Any]) -> Iterator[str]:
    """The text of a paragraph, without footnotes and pictures."""
    for inline in inlines:
        kind, said = inline["t"], inline.get("c")
        if kind == "Str":
            yield said
        elif kind in {"Space", "SoftBreak"}:
            yield " "
        elif kind == "LineBreak":
            yield "\n"
        elif kind in STYLED:
            yield from _pieces(said)
        elif kind in {"Code", "Math"}:
            yield said[1]
        elif kind not in DROPPED:
            yield from _pieces(said[1])
