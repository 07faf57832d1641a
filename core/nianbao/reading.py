"""A finished report that nianbao did not make, as a reader read it from its file, made a Report that rules can look at."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from nianbao.answers import take
from nianbao.errors import FileError, did_you_mean
from nianbao.lean import dataclass
from nianbao.standard import LEAD
from nianbao.tree import bare, normal

if TYPE_CHECKING:
    from nianbao.build import Assessed
    from nianbao.checks import Finding
    from nianbao.errors import NianbaoError
    from nianbao.facts import Fact, Facts
    from nianbao.past import Past
    from nianbao.report import Part, Report
    from nianbao.standard import Standard
    from nianbao.tree import Node
    from nianbao.workspace import Edition

LARGEST = 100_000_000  # bytes of a file that anybody looks into


@dataclass(frozen=True)
class Told:
    """One sentence or several paragraphs (a line each) of a section: the heading it stands under without its number, '' where it
    stands under the section's own, and its place. ``figures`` says of which figure, by its path, a span of the text is.

    ``heading`` is how the heading is printed, with its number.
    """

    section: str
    title: str
    text: str
    place: str = ""
    heading: str = ""
    figures: Mapping[tuple[int, int], str] = field(default_factory=dict)


@dataclass(frozen=True)
class Cell:
    """One cell of a table as it stands in the file: its ``text`` and place, and its figure, None where that could not be read.

    A ``remark`` stands behind the figure: ``22（其中修订16件）``. A blank, ``-`` or 无 has the figure 0.
    """

    text: str
    value: Fact | None
    remark: str = ""


@dataclass(frozen=True)
class Reading:
    """What a reader read of a finished report.

    ``cells`` are those that the standard's tables draw, by path; what it cannot read is told in ``unread``, a path or a section
    each. ``named`` are figures beside the standard's. ``headings`` of sections are as they are printed, in order; ``in_text`` are
    the sections whose tables the file tells in sentences only.
    """

    file: str
    name: str
    level: str
    year: int
    standard: Standard
    title: str = ""
    headings: Mapping[str, str] = field(default_factory=dict)
    told: tuple[Told, ...] = ()
    cells: Mapping[str, Cell] = field(default_factory=dict)
    named: Mapping[str, Fact] = field(default_factory=dict)
    unread: Mapping[str, NianbaoError] = field(default_factory=dict)
    in_text: frozenset[str] = frozenset()
    meta: Mapping[str, str] = field(default_factory=dict)

    def answer(self) -> dict[str, Any]:
        """What it says of each section, as a source answers: totals as they are stated, sentences literally."""
        from nianbao.asking import nested

        said = [(_names(self.standard, path), cell.value) for path, cell in self.cells.items() if cell.value]
        said += [(path.split("."), fact) for path, fact in self.named.items()]
        return nested(said)


def _names(standard: Standard, path: str) -> list[str]:
    """The keys that lead to a cell; a row's total is named so where the row has other cells."""
    node = standard.nodes[path]
    return [*path.split("."), "total"] if node.children and node.addends is not None else path.split(".")


def readable(path: Path) -> bool:
    """Whether there is a reader for files of that suffix."""
    from nianbao.plugins import installed

    return path.suffix.lower().removeprefix(".") in installed("readers")


def read(path: Path, shown: str = "") -> Reading:
    """A finished report, read by the reader of its suffix (group ``nianbao.readers``). ``shown`` is what messages call the file.

    Raises FileError where there is no such file, none can read it, or it holds no such report.
    """
    shown = shown or str(path)
    try:
        size = os.stat(path).st_size
        if size > LARGEST:
            raise FileError(f"文件有 {size // 1_000_000} MB，太大", f"the file has {size // 1_000_000} MB, which is too large", place=shown,
                            mend=("一份报告不会这么大，核对文件。", "No report is that large: look at the file."))  # fmt: skip
        data = path.read_bytes()
    except OSError as error:
        raise FileError(f"读不了文件：{error.strerror}", f"cannot read the file: {error.strerror}", place=shown,
                        mend=("核对文件名和权限。", "Check its name and permissions."))  from None  # fmt: skip
    return read_bytes(data, shown)


def read_bytes(data: bytes, shown: str) -> Reading:
    """A finished report from what a file or page holds. Raises FileError, see ``read``."""
    from nianbao.errors import blame
    from nianbao.plugins import Credit, entry, installed, loaded

    suffix = Path(shown).suffix.lower().removeprefix(".")
    if suffix not in installed("readers"):
        known = [f".{name}" for name in sorted(installed("readers"))]
        raise FileError(
            f"没有读取 .{suffix} 文件的插件",
            f"no plugin reads .{suffix} files",
            place=shown,
            mend=did_you_mean(f".{suffix}", known),
        )
    reader = loaded("readers", suffix)
    with blame(Credit(suffix, entry("readers", suffix)), place=shown):
        made = reader(data, shown)
        if not isinstance(made, Reading):
            raise TypeError(f"a reader should return a Reading, not {made!r:.60}")
    return made


def edition_of(reading: Reading, folder: Path | None = None) -> Edition:
    """The edition that a finished report is of; no settings are read for it."""
    from nianbao.workspace import Edition, Jurisdiction, Settings

    body = Jurisdiction(Path(reading.file).stem, reading.name, reading.level)
    settings = Settings(name=reading.name, level=reading.level, standard=reading.standard.name, theme=reading.standard.theme)
    return Edition(body, reading.year, folder or Path(), settings)


def report_of(reading: Reading, edition: Edition, previous: Past | None = None) -> Report:
    """A finished report as rules look at it. ``previous`` is that of the year before, where it is known."""
    from nianbao.facts import Facts
    from nianbao.report import Report
    from nianbao.sentences import Names

    facts = Facts(reading.standard)
    for section in reading.unread:
        facts.doubtful.add(section.split(".")[0])
    for section, answer in reading.answer().items():
        take(facts, reading.file, section, answer)
    facts.gaps |= {path for path in reading.unread if path in reading.standard.nodes}
    facts.settle()
    report = Report(edition, facts, Names(facts, edition.words()), [])
    report.title, report.headings = reading.title, dict(reading.headings)
    report.cells, report.without_tables = reading.cells, set(reading.in_text)
    report.found = [_unread(facts, path, why) for path, why in reading.unread.items()]
    report.previous = previous
    for told in reading.told:
        report.parts[told.section].append(_part(told, facts))
    return report


def _unread(facts: Facts, path: str, why: NianbaoError) -> Finding:
    from nianbao.checks import Finding
    from nianbao.report import label

    name = label(facts, path) if path in facts.standard.nodes else ""
    return Finding("F-UNREAD", "warning", why.zh, why.en, path, why.place, mend=why.mend or ("", ""), label=name)


def _part(told: Told, facts: Facts) -> Part:
    """A part at its place: that of the standard which its heading names, else one of its own."""
    from nianbao.report import Part

    top = facts.standard.nodes[told.section]
    known = [top.children[LEAD]] if not told.title else [each for each in top.children.values() if _is_named(each, told.title)]
    node = known[0] if known else facts.name(top, told.title, "part")
    return Part(node.path, told.title or bare(node.label), told.text, _marked(told), "data", told.place)


def _is_named(node: Node, title: str) -> bool:
    """Whether a printed title is that of a part: 主动公开方面 is 主动公开."""
    name = normal(title)
    return node.has_part and (name in node.names or re.sub(r"(?:工作|方面|情况)+$", "", name) in node.names)


def _marked(told: Told) -> Markup:
    """The text as a filled sentence, its figures marked as a build marks them."""
    from nianbao.sentences import marked

    html, last = Markup(), 0
    for (start, end), path in sorted(told.figures.items()):
        html += escape(told.text[last:start]) + marked(told.text[start:end], path)
        last = end
    return html + escape(told.text[last:])


def assess(reading: Reading, previous: Reading | None = None) -> Assessed:
    """A finished report checked by every rule that needs no settings. Raises PluginError or StandardError."""
    from nianbao.build import Assessed
    from nianbao.checks import check
    from nianbao.generic import rules_of
    from nianbao.plugins import Plugins

    edition = edition_of(reading)
    report = report_of(reading, edition, _past(previous) if previous else None)
    rules = [*rules_of(reading.standard, finished=True), *Plugins(edition, sources=[]).rules()]
    return Assessed(report, rules, check(report, rules))


def _past(reading: Reading) -> Past:
    """What a finished report tells the one of the year after."""
    import json
    from decimal import Decimal

    from nianbao.checks import Findings
    from nianbao.past import Past
    from nianbao.record import dump, record

    report = report_of(reading, edition_of(reading))
    return Past(json.loads(dump(record(report, Findings(), draft=False)), parse_float=Decimal), reading.file)
