"""A finished report that nianbao did not make, as a reader read it from its file, made a Report that rules can look at."""

from __future__ import annotations

import functools
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from nianbao.answers import take
from nianbao.errors import FileError, did_you_mean
from nianbao.lean import dataclass
from nianbao.standard import LEAD
from nianbao.tree import bare, normal

if TYPE_CHECKING:
    from nianbao.build import Assessed
    from nianbao.checks import Finding, Rule
    from nianbao.errors import NianbaoError
    from nianbao.facts import Fact, Facts
    from nianbao.past import Lacking, Past
    from nianbao.report import Fetched, Part, Report
    from nianbao.standard import Standard
    from nianbao.tree import Node
    from nianbao.workspace import Edition

LARGEST = 100_000_000  # bytes of a file that anybody looks into
NOWHERE = Path(os.devnull)  # the folder of a finished report: nothing lies in it
_MARKS = {b"%PDF": "pdf", b"PK\3\4": "docx"}  # how files begin


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


def read_fetched(fetched: Fetched) -> Reading:
    """A finished report from what an address answered: an address need not tell what it is. Raises FileError, see ``read``."""
    suffix = Path(urlsplit(fetched.url).path).suffix.lower().removeprefix(".")
    by_content = next((kind for mark, kind in _MARKS.items() if fetched.data.startswith(mark)), "")
    return read_bytes(fetched.data, fetched.url, by_content or (suffix if suffix in ("htm", "md", "txt") else "html"))


def read_bytes(data: bytes, shown: str, suffix: str = "") -> Reading:
    """A finished report from what a file or page holds, read by the reader of a suffix, else of its own. Raises FileError, see ``read``."""
    from nianbao.errors import blame
    from nianbao.plugins import Credit, entry, installed, loaded

    suffix = suffix or Path(shown).suffix.lower().removeprefix(".")
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
    """The edition that a finished report is of; no settings are read for it, and without a ``folder`` nothing that lies around."""
    from nianbao.workspace import Edition, Jurisdiction, Settings

    body = Jurisdiction(Path(reading.file).stem, reading.name, reading.level)
    settings = Settings(name=reading.name, level=reading.level, standard=reading.standard.name, theme=reading.standard.theme,
                        published=_published(reading.meta))  # fmt: skip
    edition = Edition(body, reading.year, folder or NOWHERE, settings)
    edition.__dict__["standard"] = reading.standard  # as it was read: a workspace's own could be another by that name
    return edition


def _published(meta: Mapping[str, str]) -> str:
    """When a page says that it was published, as settings would; '' where it does not say so in a way that is sure."""
    from datetime import datetime

    said = next((value for name, value in meta.items() if name.lower() == "pubdate"), "").strip()
    try:
        day = datetime.fromisoformat(said)
    except ValueError:
        return ""
    return f"{day:%Y-%m-%d}" if len(said) == len("2025-01-20") else f"{day:%Y-%m-%d %H:%M}"


def report_of(reading: Reading, edition: Edition, previous: Past | None = None) -> Report:
    """A finished report as rules look at it. ``previous`` is that of the year before, where it is known."""
    from nianbao.asking import nested
    from nianbao.facts import Facts
    from nianbao.report import Report
    from nianbao.sentences import Names

    facts = Facts(reading.standard)
    facts.doubtful |= reading.standard.sections.keys()  # what the file does not say is not 0
    for path, cell in reading.cells.items():
        if cell.value:
            facts.keep("figures" if facts.node(path).addends is None else "stated", path, cell.value)
    for section, answer in nested((path.split("."), fact) for path, fact in reading.named.items()).items():
        take(facts, reading.file, section, answer)
    silent = {path for path, cell in reading.cells.items() if not cell.value}
    facts.gaps |= silent | {path for path in reading.unread if path in reading.standard.nodes}
    facts.settle()
    alone = facts.stated.keys() - facts.figures.keys()
    checked = {identity.left[0] for identity in reading.standard.identities if identity.defines}
    for path, stated in facts.stated.items():  # what is printed is what prose and other reports are held against
        if path in checked or path in alone:
            facts.figures[path] = stated
    if alone:
        facts.compute()
    report = Report(edition, facts, Names(facts, edition.words()), [])
    report.file, report.meta = reading.file, reading.meta
    report.title, report.headings = reading.title, dict(reading.headings)
    report.cells, report.without_tables = reading.cells, set(reading.in_text)
    report.found = list(_unread(facts, {**_silent(reading), **reading.unread}))
    report.previous = previous
    for told in reading.told:
        report.parts[told.section].append(_part(told, facts))
    return report


def _silent(reading: Reading) -> dict[str, NianbaoError]:
    """Cells with something that could not be read and of which the reader does not say why, nor of the row or section they are in."""
    told = reading.unread.keys()
    cells = {path: cell for path, cell in reading.cells.items() if not cell.value and any(map(str.isalnum, cell.text))}
    return {
        path: FileError(f"读不出“{cell.text.strip()}”是几", f"“{cell.text.strip()}” is no figure", place=reading.file)
        for path, cell in cells.items()
        if not any(path == known or path.startswith(f"{known}.") for known in told)
    }


_NAMED = 3  # places that a finding names


def _unread(facts: Facts, unread: Mapping[str, NianbaoError]) -> Iterator[Finding]:
    """A finding for each reason and place, at the first path that could not be read for it."""
    from nianbao.checks import Finding
    from nianbao.report import label

    same: dict[tuple[str, str], list[str]] = {}
    for path, why in unread.items():
        same.setdefault((why.zh, why.place), []).append(path)
    for paths in same.values():
        why = unread[paths[0]]
        names = [label(facts, path) for path in paths if path in facts.standard.nodes]
        shown = "、".join(names[:_NAMED]) + f"等 {len(names)} 处" * (len(names) > _NAMED)
        yield Finding("F-UNREAD", "warning", why.zh, why.en, paths[0], why.place, mend=why.mend or ("", ""), label=shown)


def _part(told: Told, facts: Facts) -> Part:
    """A part at its place: that of the standard which its heading names, else one of its own."""
    from nianbao.report import Part

    top = facts.standard.nodes[told.section]
    known = [top.children[LEAD]] if not told.title else [each for each in top.children.values() if _is_named(each, told.title)]
    node = known[0] if known else facts.name(top, told.title, "part")
    return Part(node.path, told.title or bare(node.label), told.text, _marked(told), "data", told.place, heading=told.heading)


def _is_named(node: Node, title: str) -> bool:
    """Whether a printed title is that of a part: 主动公开方面 is 主动公开."""
    name = normal(title)
    return node.has_part and (name in node.names or re.sub(r"(?:工作|方面|情况)+$", "", name) in node.names)


def _marked(told: Told) -> Markup:
    """The text as a filled sentence, its figures marked as a build marks them."""
    from nianbao.sentences import marked

    html, last = [], 0
    for (start, end), path in sorted(told.figures.items()):
        html += [escape(told.text[last:start]), marked(told.text[start:end], path)]
        last = end
    return Markup("".join([*html, escape(told.text[last:])]))


def assess(reading: Reading, previous: Reading | None = None) -> Assessed:
    """A finished report checked by every rule that needs no settings. Raises PluginError or StandardError."""
    from nianbao.build import Assessed
    from nianbao.checks import as_finding, check

    edition = edition_of(reading)
    report = report_of(reading, edition, _past(previous) if previous else None)
    rules = _rules(edition.standard)
    findings = check(report, rules)
    for lacking in findings.not_assessable.values():
        lacking.gap = lacking.gap and _is_open(report, lacking)
    findings.found[:0] = [as_finding(mistake) for mistake in report.mistakes]
    return Assessed(report, rules, findings)


def _is_open(report: Report, lacking: Lacking) -> bool:
    """Whether what a rule lacked can be had: by another file, or because this one has it and it could not be read."""
    from nianbao.generic import is_gap

    if lacking.file or lacking.path in ("--previous", "title", "headings", "prose"):
        return True
    if lacking.path in report.standard.nodes:
        return is_gap(report, lacking.path)
    told_in_words = lacking.path == "tables" or " " in lacking.path  # no setting, and no figure of another standard
    return told_in_words and bool(report.facts.gaps)


@functools.lru_cache(maxsize=8)
def _rules(standard: Standard) -> list[Rule]:
    """The rules for finished reports of a standard, made once for all of them."""
    from nianbao.generic import rules_of
    from nianbao.plugins import Plugins
    from nianbao.workspace import Edition, Jurisdiction, Settings

    edition = Edition(Jurisdiction("", ""), 0, NOWHERE, Settings(standard=standard.name, theme=standard.theme))
    edition.__dict__["standard"] = standard
    return [*rules_of(standard, finished=True), *Plugins(edition, sources=[]).rules()]


def _past(reading: Reading) -> Past:
    """What a finished report tells the one of the year after."""
    import json
    from decimal import Decimal

    from nianbao.checks import Findings
    from nianbao.past import Past
    from nianbao.record import dump, record

    report = report_of(reading, edition_of(reading))
    return Past(json.loads(dump(record(report, Findings(), draft=False)), parse_float=Decimal), reading.file)
