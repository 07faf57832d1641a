"""A workbook as it was read: its visible sheets, their cells, what each holds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from nianbao import SourceError, did_you_mean
from nianbao.tree import normal

ADDRESS = re.compile(r"(?:(?:'((?:[^']|'')+)'|([^'!！]+))[!！])?\$?([A-Za-z]{1,3})\$?([1-9]\d{0,6})")


class At(NamedTuple):
    """A cell's place in its sheet, counted from 0."""

    row: int
    column: int

    def __str__(self) -> str:
        letters, rest = "", self.column + 1
        while rest:
            rest, letter = divmod(rest - 1, 26)
            letters = chr(65 + letter) + letters
        return f"{letters}{self.row + 1}"

    @classmethod
    def of(cls, column: str, row: str) -> At:
        """The place that letters and a number name."""
        number = 0
        for letter in column.upper():
            number = number * 26 + ord(letter) - 64
        return cls(int(row) - 1, number - 1)


class Broken(str):
    """An error in place of a value: ``#REF!``."""

    __slots__ = ()


@dataclass(frozen=True)
class Held:
    """What a cell holds: a number, text, date, bool or Broken; where it has a ``formula``, the value it showed when saved."""

    value: object
    formula: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether nothing was written here."""
        return not self.formula and (self.value is None or (isinstance(self.value, str) and not self.value.strip()))

    @property
    def text(self) -> str:
        """Its text; '' where it holds none."""
        is_text = isinstance(self.value, str) and not isinstance(self.value, Broken)
        return str(self.value).strip() if is_text else ""


@dataclass(eq=False)
class Page:
    """One sheet: its cells by place, those without anything left out. A .csv has one, without a name."""

    name: str
    cells: dict[At, Held]
    hidden: bool = False

    def held(self, at: At) -> Held:
        """What a cell holds, be it nothing."""
        return self.cells.get(at, Held(None))


@dataclass(eq=False)
class Book:
    """A workbook: its ``file`` in the workspace and all its sheets."""

    file: str
    pages: list[Page]

    @property
    def visible(self) -> list[Page]:
        """The sheets that whoever opens it sees."""
        return [page for page in self.pages if not page.hidden]

    def where(self, page: Page, at: At) -> str:
        """A cell, as origins and messages call it."""
        return f"{self.file}:{page.name}!{at}" if page.name else f"{self.file}:{at}"

    def find(self, address: str, place: str) -> tuple[Page, At]:
        """The sheet and place that an address of settings names. Raises SourceError where there is no such sheet."""
        found = ADDRESS.fullmatch(address)
        assert found, address
        name = (found[1] or "").replace("''", "'") or found[2]
        pages = self.visible[:1] if not name else [page for page in self.pages if page.name == name]
        pages = pages or [page for page in self.pages if normal(page.name) == normal(name or "")]
        if len(pages) != 1:
            raise SourceError(f"{self.file} 里没有工作表“{name}”", f"{self.file} has no sheet “{name}”", place=place,
                              mend=did_you_mean(name or "", [page.name for page in self.pages]))  # fmt: skip
        return pages[0], At.of(found[3], found[4])
