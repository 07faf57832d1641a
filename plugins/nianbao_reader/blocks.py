"""What any file becomes first: its paragraphs and tables in reading order, each at its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from nianbao_reader.outline import Outline


@dataclass(frozen=True)
class Line:
    """A paragraph, or a printed line of one (see ``Content.wrapped``).

    ``level`` is that of a heading where the file marks it as one, 0 elsewhere. ``figures`` says of which figure, by its path, a
    span of the text is: a page that nianbao made says so. ``gap`` is how many empty lines stand before it: where a table stands
    a cell a line, one more is an empty cell.
    """

    text: str
    place: str = ""
    level: int = 0
    figures: Mapping[tuple[int, int], str] = field(default_factory=dict)
    gap: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Field:
    """A cell of a table in a file; ``path`` is that of its figure where nianbao made the page."""

    text: str
    place: str = ""
    path: str = ""


@dataclass(frozen=True)
class Table:
    """A table: ``rows`` of equal length. A cell that spans several places stands at each of them, as the same object.

    ``piped``: it is drawn with pipes, so that what a cell spans may stand elsewhere in its row.
    """

    rows: tuple[tuple[Field | None, ...], ...]
    place: str = ""
    piped: bool = field(default=False, compare=False)

    def cells(self) -> Iterator[Field]:
        """Its cells in order, each once, wherever it spans."""
        return iter({id(cell): cell for row in self.rows for cell in row if cell is not None}.values())


Block: TypeAlias = Line | Table


@dataclass(frozen=True)
class Content:
    """A file in reading order. ``wrapped``: its lines are printed ones, a paragraph may go on in the next.

    ``title`` is what the file calls itself (its metadata, ``<title>``), ``meta`` the ``<meta>`` names of a page. ``outline`` are
    the report's sections where the file says itself which they are: a page that nianbao made.
    """

    blocks: tuple[Block, ...]
    wrapped: bool = False
    title: str = ""
    meta: Mapping[str, str] = field(default_factory=dict)
    outline: Outline | None = None


def texts(block: Block) -> list[str]:
    """What a line, or each cell of a table, says."""
    return [block.text] if isinstance(block, Line) else [cell.text for cell in block.cells()]


def retold(block: Block, change: Callable[[str], str]) -> Block:
    """A block with other texts; the same where all stay as they are. A cell that spans several places stays one object."""
    if isinstance(block, Line):
        return block if (text := change(block.text)) == block.text else replace(block, text=text)
    changed = {id(cell): replace(cell, text=text) for cell in block.cells() if (text := change(cell.text)) != cell.text}
    if not changed:
        return block
    return replace(block, rows=tuple(tuple(changed.get(id(cell), cell) for cell in row) for row in block.rows))


def within(place: str, file: str) -> str:
    """A place with the file that it is in."""
    return place if place == file or place.startswith(f"{file}:") else f"{file}:{place}" if place else file
