"""Source ``sheet``: figures out of workbooks (.xlsx, .ods, .xls, .csv). Its command ``workbook`` makes one to fill in."""

from __future__ import annotations

import glob
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from nianbao import Edition, Fact, Origin, Question, Questions, SettingError, SourceError, Text, filled, nested
from nianbao.workspace import Settings, inside

if TYPE_CHECKING:
    from nianbao import Answer, Jurisdiction, Run
    from nianbao_sheet.book import Book

FILE = "workbooks/<id>/<year>.xlsx"


@dataclass(frozen=True)
class Cell:
    """A cell by its address, ``收费!C7``; of the first sheet where none is named."""

    cell: str

    def __post_init__(self) -> None:
        from nianbao_sheet.book import ADDRESS

        if not ADDRESS.fullmatch(self.cell):
            raise SettingError(f"“{self.cell}”不是单元格", f"“{self.cell}” is no cell", place=getattr(self.cell, "place", ""),
                               mend=("如 C7、收费!C7、'2024 年'!C7。", "Like C7, 收费!C7 or '2024 年'!C7."))  # fmt: skip


@dataclass(frozen=True)
class Sheet:
    """Figures of a workbook in the workspace: the cells that ``answers`` names, or else whole tables, found by their labels.

    ``file``: its path, with ``<year>``, ``<id>``, ``<code>`` and ``<name>`` of the edition.
    """

    file: str = FILE
    answers: Questions[Cell] = field(default_factory=Questions)
    local: ClassVar[bool] = True

    def answer(self, edition: Edition, run: Run) -> Answer:
        """The figures, each with its sheet and cell; a cell that cannot be read is told in its place. Raises SourceError."""
        from nianbao_sheet.heading import check_heading
        from nianbao_sheet.opening import open_book
        from nianbao_sheet.tables import tables

        book = open_book(edition.workspace, self.file_of(edition), edition)
        if self.answers:
            return nested(_asked(book, self.answers))
        check_heading(book, edition)
        return nested(tables(book, edition.standard, run))

    def years(self, workspace: Path, jurisdiction: Jurisdiction) -> list[int]:
        """The years that have a workbook of whole tables."""
        if self.answers or "<year>" not in self.file:
            return []
        any_year = self._filled(Edition(jurisdiction, 0, workspace, Settings()), {"year": "<year>"})
        name = re.compile(re.escape(any_year).replace("<year>", r"(20\d\d)", 1).replace("<year>", r"\1"))
        files = workspace.glob(glob.escape(any_year).replace("<year>", "20[0-9][0-9]"))
        found = (name.fullmatch(file.relative_to(workspace).as_posix()) for file in files)
        return sorted(int(match[1]) for match in found if match)

    def file_of(self, edition: Edition) -> Text:
        """The workbook's path in the workspace. Raises SettingError where it leads out of it."""
        return self._filled(edition, {})

    def _filled(self, edition: Edition, words: dict[str, str]) -> Text:
        place = getattr(self.file, "place", "")
        file = Text(Path(filled(Text(self.file, place), edition, words)).as_posix(), place)
        inside(edition.workspace, file)
        return file


def _asked(book: Book, answers: Questions[Cell]) -> Iterator[tuple[Sequence[str], Any]]:
    for question in answers:
        try:
            yield question.names, _figure(book, question)
        except SourceError as error:
            yield question.names, error


def _figure(book: Book, question: Question[Cell]) -> Fact:
    from nianbao_sheet.figures import figure

    page, at = book.find(question.asked.cell, question.place)
    found = figure(book, page, at)
    if found is None:
        raise SourceError(f"“{question.label}”的单元格是空的", f"the cell of “{question.label}” is empty", place=book.where(page, at),
                          mend=(f"填上数字，没有就填 0；单元格写错了，改 {question.place}。", f"Fill it in, 0 where there is none; if the address is wrong, mend {question.place}."))  # fmt: skip
    return Fact(found.value, Origin(book.where(page, at), found.how))
