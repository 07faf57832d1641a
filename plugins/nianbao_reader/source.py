"""Source ``reader``: a finished report, a file of the workspace or a page, answers every section."""

from __future__ import annotations

import glob
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nianbao import Edition, Fact, Finding, NianbaoError, Origin, SettingError, SourceError, Text, filled
from nianbao.reading import read, read_fetched
from nianbao.taking import as_source_error, figures_told, gaps_of, is_of, unfit
from nianbao.tree import normal
from nianbao.workspace import Settings, inside

if TYPE_CHECKING:
    from nianbao import Answer, Jurisdiction, Reading, Run

LEAD = "引言"  # what stands under a section's own heading


@dataclass(frozen=True)
class Finished:
    """A finished report that was made elsewhere: its tables cell by cell, its sentences under their titles, literally.

    ``file``: its path in the workspace, or ``url``: its address; both with ``<year>``, ``<id>``, ``<code>`` and ``<name>`` of the edition.
    """

    file: str = ""
    url: str = ""

    def __post_init__(self) -> None:
        if bool(self.file) == bool(self.url):
            raise SettingError("file 和 url 写一个", "write either `file` or `url`",
                               mend=("如 file: reports/<id>-<year>.docx。", "Like file: reports/<id>-<year>.docx."))  # fmt: skip

    @property
    def local(self) -> bool:
        """A file is read afresh even offline."""
        return not self.url

    def answer(self, edition: Edition, run: Run) -> Answer:
        """What it says; a figure that cannot be read is told in its place. Raises SourceError where it is not the edition's."""
        try:
            reading = self._read(edition, run)
        except NianbaoError as error:
            raise as_source_error(error) from None
        if wrong := unfit(reading, edition):
            raise SourceError(f"这份报告{wrong[0]}，不能用作 {edition.year} 年度的", f"{wrong[1]}, not of use for {edition.year}", place=reading.file,
                              mend=("核对文件或网址。", "Look at the file or address."))  # fmt: skip
        if not is_of(reading, edition.jurisdiction.name):
            run.found.append(_of_another(reading, edition))
        return _answer(reading)

    def years(self, workspace: Path, jurisdiction: Jurisdiction) -> list[int]:
        """The years that have a file."""
        if "<year>" not in self.file:
            return []
        any_year = self._filled(self.file, Edition(jurisdiction, 0, workspace, Settings()), {"year": "<year>"})
        name = re.compile(re.escape(any_year).replace("<year>", r"(20\d\d)", 1).replace("<year>", r"\1"))
        files = workspace.glob(glob.escape(any_year).replace("<year>", "20[0-9][0-9]"))
        found = (name.fullmatch(file.relative_to(workspace).as_posix()) for file in files)
        return sorted(int(match[1]) for match in found if match)

    def _read(self, edition: Edition, run: Run) -> Reading:
        if self.url:
            return read_fetched(run.fetch(self._filled(self.url, edition, {}), edition))
        file = self._filled(self.file, edition, {})
        return read(inside(edition.workspace, file), file)

    def _filled(self, written: str, edition: Edition, words: dict[str, str]) -> Text:
        place = getattr(written, "place", "")
        return Text(filled(Text(written, place), edition, words), place)


def _answer(reading: Reading) -> dict[str, Any]:
    answer = reading.answer()
    for path, fact in figures_told(reading).items():
        _put(answer, path.split("."), fact)
    for path, error in gaps_of(reading).items():
        _put(answer, path.split("."), error)
    for told in reading.told:
        said = answer.setdefault(told.section, {})
        title = told.title or _untitled(reading, told.section)
        before = f"{known.value}\n" if isinstance(known := said.get(title), Fact) else ""
        said[title] = Fact(before + told.text, Origin(told.place or reading.file))
    return answer


def _untitled(reading: Reading, section: str) -> str:
    """What the text under a section's own heading is: the one part that the standard requires there, else what leads in."""
    parts = [node for node in reading.standard.nodes[section].children.values() if node.has_part]
    required = [node for node in parts if node.required]
    titles = {normal(told.title) for told in reading.told if told.section == section and told.title}
    return required[0].label if len(required) == 1 and not titles & required[0].names else LEAD


def _put(answer: dict[str, Any], names: list[str], value: object) -> None:
    """A value where the names lead to."""
    for name in names[:-1]:
        below = answer.setdefault(name, {})
        answer = below if isinstance(below, dict) else answer
    if not isinstance(answer.get(names[-1]), Mapping):
        answer[names[-1]] = value


def _of_another(reading: Reading, edition: Edition) -> Finding:
    ours = edition.jurisdiction.name
    return Finding("F-DATA", "warning", f"这是 {reading.name} 的报告，不是 {ours} 的", f"it is the report of {reading.name}, not of {ours}", "", reading.file,
                   mend=("核对文件或网址；单位改过名的，写明理由豁免。", "Look at the file or address; waive it with a reason where the name has changed."))  # fmt: skip
