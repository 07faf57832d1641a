"""The proof of an adoption: what was written is built in memory and compared with the file, section by section."""

from __future__ import annotations

import dataclasses
import functools
import tempfile
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from yaml import MappingNode

from nianbao import Edition, NianbaoError, Reading, Report, Run, Workspace
from nianbao.answering import Asked
from nianbao.errors import Remedy
from nianbao.plugins import Plugins, loaded
from nianbao.prose import plain
from nianbao.report import compose, label
from nianbao.sentences import Figure
from nianbao.themes import theme
from nianbao.yamlfile import merge, parse
from nianbao_reader.adopting.shape import is_lacking, is_note, squashed

if TYPE_CHECKING:
    from nianbao.layouts import Layout

_APART = ("table", "figure")
_AROUND = 12


class Overlaid(Workspace):
    """A workspace as it will be: what the ``files`` say is laid over those that are there."""

    def __init__(self, folder: Path, files: Mapping[str, str]) -> None:
        super().__init__(folder)
        self._over = files

    def load(self, file: str) -> MappingNode:
        """A file of it, as in ``Workspace``."""
        node = super().load(file) if (self.folder / file).is_file() or file not in self._over else None
        over = parse(self._over[file], file) if file in self._over else None
        return merge(node, over) if isinstance(over, MappingNode) or over is None else over  # type: ignore[return-value]

    @functools.cached_property
    def ids(self) -> list[str]:
        """The ids of those that are there, and of the new one."""
        return sorted(
            {*Workspace(self.folder).ids, *(Path(file).stem for file in self._over if file.startswith("jurisdictions/"))}
        )


@dataclasses.dataclass(frozen=True)
class _Written:
    """The source ``manual`` with the data file where it lies now."""

    manual: Any
    folder: Path
    local: ClassVar[bool] = True

    def answer(self, edition: Edition, run: Run) -> Any:
        return self.manual.answer(dataclasses.replace(edition, workspace=self.folder), run)


@dataclasses.dataclass(frozen=True)
class Built:
    """A report built of what would be written: what it says by section, as it is compared."""

    report: Report
    layouts: dict[str, Layout]
    said: dict[str, str]

    @property
    def mistakes(self) -> list[NianbaoError]:
        """What cannot be built of it."""
        return self.report.mistakes


def built(edition: Edition, data: str) -> Built:
    """The report of a data file's text under the settings of an edition. Raises NianbaoError where these are wrong."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "data" / edition.jurisdiction.id / f"{edition.year}.yaml"
        file.parent.mkdir(parents=True)
        file.write_text(data, encoding="utf-8", newline="\n")
        source = _Written(loaded("sources", "manual")(), Path(folder))
        plugins = Plugins(edition, [Asked("manual", source, edition.standard)])
        laid_out = theme(plugins.theme, edition.workspace)
        layouts = laid_out.layouts(plugins.standard, edition)
        report = compose(edition, plugins, layouts)
    report.title = laid_out.title_of(report)
    html = laid_out.render(report, layouts, draft=True).html
    page = _Page()
    page.feed(html)
    said = dict(zip(["preamble", *report.headings], ["".join(each) for each in page.sections], strict=False))
    return Built(report, layouts, {key: squashed(text) for key, text in said.items()})


class _Page(HTMLParser):
    """The text of each section of a page, tables and pictures left out; first what stands before section one."""

    def __init__(self) -> None:
        super().__init__()
        self.sections: list[list[str]] = [[]]
        self._apart = 0
        self._title = False

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._apart += tag in _APART
        self._title = self._title or tag == "h1"
        if tag == "h2":
            self.sections.append([])

    def handle_endtag(self, tag: str) -> None:
        self._apart -= tag in _APART
        self._title = self._title and tag != "h1"

    def handle_data(self, data: str) -> None:
        if not self._apart and not self._title:
            self.sections[-1].append(data)


def original(reading: Reading, key: str) -> str:
    """What the file says in a section, as it is compared."""
    heading = reading.headings.get(key, "")
    told = (each for each in reading.told if each.section == key)
    top = reading.standard.nodes[key]
    return squashed(heading + "".join((each.heading or each.title * (not is_note(each, top))) + each.text for each in told))


def compared(reading: Reading, built: Built) -> Iterator[tuple[str, list[Remedy]]]:
    """Each section of the file, with what differs first in its text, and in its tables."""
    for key in built.report.standard.sections:
        if is_lacking(reading, key):
            there = key in built.report.headings
            yield key, [("原件没有这一部分", "the file does not have this section")] if there else []
            continue
        differences = []
        if differs_in_text(reading, built, key):
            differences.append(_first(original(reading, key), built.said.get(key, "")))
        yield key, differences + list(_cells(reading, built.report, key))


def differs_in_text(reading: Reading, built: Built, key: str) -> bool:
    """Whether a section reads otherwise, its tables and its own number aside."""
    wanted, found = original(reading, key), built.said.get(key, "")
    return _unnumbered(wanted, reading, key) != _unnumbered(found, reading, key)


def _unnumbered(text: str, reading: Reading, key: str) -> str:
    """Without the number of the section itself, which is for the theme to say."""
    title = squashed(reading.headings.get(key, ""))
    while title and title[0] in "第一二三四五六七八九十0123456789部分章、.．()（）":
        title = title[1:]
    at = text.find(title) if title else 0
    return text[at:] if 0 <= at <= _AROUND else text


def _first(wanted: str, found: str) -> Remedy:
    at = next(
        (n for n, (one, other) in enumerate(zip(wanted, found, strict=False)) if one != other), min(len(wanted), len(found))
    )
    one, other = (f"{'…' if at > _AROUND else ''}{text[max(at - _AROUND, 0) : at + 2 * _AROUND]}" for text in (wanted, found))
    return f"原件“{one}”，生成“{other}”", f"the file has “{one}”, the build “{other}”"


def _inside(remark: str) -> str:
    """A remark without its brackets."""
    return squashed(remark).removeprefix("(").removesuffix(")")


def _cells(reading: Reading, report: Report, section: str) -> Iterator[Remedy]:
    lost = 0
    for grid in reading.standard.grids.get(section, ()):
        for path in grid.paths():
            cell = reading.cells.get(path)
            if cell is None or cell.value is None:
                lost += cell is not None or reading.is_unread(path)
                continue
            figure = Figure.drawn(report.standard.nodes[path], report.facts) if path in report.standard.nodes else None
            if figure is None or figure != cell.value.value:
                name, value = (
                    label(report.facts, path) if path in report.standard.nodes else path,
                    figure if figure is not None else "—",
                )
                yield (
                    f"{name} 原件 {cell.value.value}，生成 {value}",
                    f"{name}: {cell.value.value} in the file, {value} in the build",
                )
                return
            note = report.annotations.get(path)
            if _inside(cell.remark) != _inside(plain(str(note.html)) if note else ""):
                yield (
                    f"{label(report.facts, path)} 的说明“{cell.remark}”",
                    f"the remark “{cell.remark}” on {label(report.facts, path)}",
                )
    if lost:
        yield f"表中有 {lost} 格未读出", f"{lost} cells of its tables could not be read"
