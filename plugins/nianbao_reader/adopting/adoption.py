"""A Reading -> a data file and settings, tried out until what they build is the report again."""

from __future__ import annotations

import contextlib
import dataclasses
from dataclasses import dataclass, field
from pathlib import Path

from nianbao import Edition, NianbaoError, Passage, Reading, SettingError, Standard, Workspace
from nianbao.errors import Remedy
from nianbao.plugins import Plugins, installed
from nianbao.themes import theme
from nianbao_reader.adopting.data import Data, data_of
from nianbao_reader.adopting.entries import Entry, lines
from nianbao_reader.adopting.proof import Built, Overlaid, built, compared, differs_in_text
from nianbao_reader.adopting.settings import settings_of, settled
from nianbao_reader.adopting.shape import Differences, differences, section_of

TRIES = 6


@dataclass(frozen=True)
class Adoption:
    """What an adoption writes: the text of a town's data file, and of its settings, or of what these lack.

    ``sections`` tells of each what differs between the file and a build, ``mistakes`` why it could not be built as a clerk
    would have written it.
    """

    id: str
    year: int
    name: str
    theme: str
    data: str
    settings: str
    is_new: bool
    sections: list[tuple[str, list[Remedy]]]
    mistakes: list[NianbaoError]

    @property
    def same(self) -> bool:
        """Whether a build gives the report back."""
        return not self.mistakes and not any(differences for _, differences in self.sections)


@dataclass
class _Plan:
    """How boldly a report is taken apart: which sections are ``plain``, whether sentences get ``names``, and new ones."""

    plain: set[str] = field(default_factory=set)
    names: bool = True
    new_names: bool = True


def adopted(reading: Reading, workspace: Workspace, id: str) -> Adoption:
    """A finished report as the data and settings of a town, an ``id`` of the workspace or a new one. Raises NianbaoError.

    A report that nowhere says whose it is gets the name that the town has, or its id.
    """
    if not reading.name:
        known = workspace.jurisdiction(id).name if id in workspace.ids else id
        reading = dataclasses.replace(reading, name=known)
    plan = _Plan()
    for last in (number == TRIES - 1 for number in range(TRIES)):
        made, tried = _once(reading, workspace, id, plan)
        if made.same or last or not _bolder_was_wrong(plan, made, tried, reading):
            return made
    raise AssertionError("the last try returns")


def _once(reading: Reading, workspace: Workspace, id: str, plan: _Plan) -> tuple[Adoption, Built]:
    is_new = id not in workspace.ids
    file = f"jurisdictions/{id}.yaml"
    known = settings_of(reading, workspace, id, is_new=is_new)
    edition = _edition(Overlaid(workspace.folder, {file: _text(known)} if known else {}), id, reading.year)
    reading = dataclasses.replace(reading, standard=edition.standard)
    name, found = _theme(reading, edition, plan, fixed=not is_new)
    known = settled(known, reading, edition, name, found)
    edition = _edition(Overlaid(workspace.folder, {file: _text(known)} if known else {}), id, reading.year)
    data = _data(reading, edition, plan)
    text = (
        "\n".join([*_head(reading, edition.standard), *(line for entry in data.entries for line in ("", *lines([entry])))]) + "\n"
    )
    tried = built(edition, text)
    adoption = Adoption(
        id, reading.year, reading.name, name, text, _text(known), is_new, list(compared(reading, tried)), tried.mistakes
    )
    return adoption, tried


def _bolder_was_wrong(plan: _Plan, made: Adoption, tried: Built, reading: Reading) -> bool:
    """Takes less of a report apart where that went wrong; whether there is less to take apart."""
    doubtful = {key for key in tried.report.facts.doubtful if section_of(reading, key).has_own_parts}
    wrong = {
        key
        for key in reading.standard.sections
        if differs_in_text(reading, tried, key) and any(each.section == key for each in reading.told)
    }
    if doubtful - plan.plain:
        plan.plain |= doubtful
    elif made.mistakes and plan.new_names:
        plan.new_names = False
    elif made.mistakes and plan.names:
        plan.names = False
    elif wrong - plan.plain:
        plan.plain |= wrong
    else:
        return False
    return True


def _edition(workspace: Workspace, id: str, year: int) -> Edition:
    return workspace.edition(workspace.jurisdiction(id), year)


def _theme(reading: Reading, edition: Edition, plan: _Plan, *, fixed: bool) -> tuple[str, Differences]:
    """The theme that fits best, and what differs from it; that of the settings where it is ``fixed``, or as good as the best."""
    sections = {key: section_of(reading, key, plain=key in plan.plain) for key in reading.standard.sections}
    own = edition.settings.theme or edition.standard.theme
    names = dict.fromkeys([own, edition.standard.theme, *(() if fixed else sorted(installed("themes")))])
    tried = []
    for name in [own] if fixed else [name for name in names if name]:
        with contextlib.suppress(*[SettingError] if name != own else []):  # it is made for another standard
            layouts = theme(name, edition.workspace).layouts(edition.standard, edition)
            found = differences(reading, sections, layouts)
            tried.append((found.many, name, found))
    _, name, found = min(tried, key=lambda one: one[0])
    return name, found


def _data(reading: Reading, edition: Edition, plan: _Plan) -> Data:
    plugins = Plugins(edition, [])

    def count(passage: Passage) -> list[object]:
        if not plan.names:
            return []
        asked = plugins.ask("counted", standard=edition.standard, passage=passage, year=reading.year, body=reading.name)
        return [each for _, answer in asked for each in answer]

    sections = {key: section_of(reading, key, plain=key in plan.plain) for key in edition.standard.sections}
    return data_of(reading, sections, count, edition.words(), new_names=plan.new_names and plan.names)  # type: ignore[arg-type]


def _head(reading: Reading, standard: Standard) -> list[str]:
    file = Path(reading.file).name.replace("\n", " ")
    return [f"# yaml-language-server: $schema=../../schema/{Path(standard.name).stem}.json",
            f"# {reading.name} {reading.year} 年度，{standard.notice}；由 nianbao adopt 读自 {file}。"]  # fmt: skip


def _text(entries: list[Entry]) -> str:
    return "\n".join(lines(entries)) + "\n" if entries else ""
