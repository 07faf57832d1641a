"""A Reading made a Report that rules can look at, and checked: what a finished report is to everything behind its reader."""

from __future__ import annotations

import functools
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from nianbao.answers import take
from nianbao.errors import FileError
from nianbao.standard import LEAD
from nianbao.tree import bare, normal

if TYPE_CHECKING:
    from nianbao.build import Assessed
    from nianbao.checks import Finding, Rule
    from nianbao.errors import NianbaoError
    from nianbao.facts import Facts
    from nianbao.past import Lacking, Past
    from nianbao.reading import Reading, Told
    from nianbao.report import Part, Report
    from nianbao.standard import Standard
    from nianbao.tree import Node
    from nianbao.workspace import Edition

NOWHERE = Path(os.devnull)  # the folder of a finished report: nothing lies in it


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
            kept = facts.figures if reading.standard.nodes[path].addends is None else facts.stated
            kept[path] = cell.value
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
    cells = {path: cell for path, cell in reading.cells.items() if not cell.value and any(map(str.isalnum, cell.text))}
    return {
        path: FileError(f"读不出“{cell.text.strip()}”是几", f"“{cell.text.strip()}” is no figure", place=reading.file)
        for path, cell in cells.items()
        if not reading.is_unread(path)
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
