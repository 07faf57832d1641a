"""The main job: one jurisdiction's report of one year, from its sources to its files."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING

from nianbao.errors import Mistakes, PluginError, Refused, SettingError, UnknownName, blame
from nianbao.lean import dataclass
from nianbao.plugins import Plugins, formats, years
from nianbao.publish import LONGEST, file_name, publish, recover
from nianbao.workspace import Edition, Jurisdiction, Workspace

if TYPE_CHECKING:
    from nianbao.answering import Ahead
    from nianbao.checks import Finding, Findings, Rule
    from nianbao.document import Document
    from nianbao.hookspecs import Format
    from nianbao.layouts import Layout
    from nianbao.proof import Proof
    from nianbao.report import Progress, Report
    from nianbao.themes import Theme


@dataclass(frozen=True)
class Order:
    """What is asked of a build: which formats (none: those of the settings; ``+name``: one more), a draft or not, where to.

    ``offline``: from what ``fetch`` kept, asking no source that is not local. ``progress`` is told how far sources are.
    ``failed`` are the ids of jurisdictions whose build by the same command has failed.
    """

    formats: tuple[str, ...] = ()
    draft: bool = False
    output: Path | None = None
    offline: bool = False
    progress: Progress | None = None
    failed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Assessed:
    """A report checked by ``rules``: one that is to be built, or a finished one that was read."""

    report: Report
    rules: list[Rule]
    findings: Findings

    @property
    def stop(self) -> bool:
        """Whether it cannot be published as it is."""
        return bool(self.report.mistakes) or self.findings.stop


@dataclass(frozen=True)
class Examined(Assessed):
    """A report that is checked, before it is laid out by its ``theme``."""

    theme: Theme
    layouts: dict[str, Layout]


@dataclass(frozen=True)
class Prepared:
    """A report laid out and checked, before it becomes files: ``document.name`` is theirs, ``proof`` what they should say."""

    report: Report
    document: Document
    findings: Findings
    proof: Proof


@dataclass(frozen=True)
class Built:
    """What a build made: the files, and the findings that did not stop it."""

    jurisdiction: Jurisdiction
    year: int
    files: list[Path] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def build(edition: Edition, order: Order, ahead: Ahead | None = None) -> Built:
    """Build an edition's report and publish its files, all or none.

    ``ahead`` is what its sources answered before, in another process. Raises Mistakes (the data is wrong), Refused (findings that stop it), or another NianbaoError; then earlier outputs
    are as they were.
    """
    recover(home_of(edition, order.output))
    with formats(edition.settings, order.formats) as entered:
        prepared = prepare(edition, order, ahead)
        files = files_of(prepared, entered)
    from nianbao.record import EVIDENCE, dump, evidence, record

    report, findings = prepared.report, prepared.findings
    kept = dump(record(report, findings, draft=order.draft))
    home = home_of(edition, order.output)
    rows = evidence(report)
    if order.draft:
        publish(home, {"draft": {**files, "report.json": kept, **{f"{EVIDENCE}/{name}": data for name, data in rows.items()}}})
    else:
        counted = {EVIDENCE: rows} if rows or (home / EVIDENCE).exists() else {}
        publish(home, {"publish": files, "report.json": kept, **counted})
    folder = home / ("draft" if order.draft else "publish")
    return Built(edition.jurisdiction, edition.year, [folder / file for file in files], findings.found)


def examine(edition: Edition, order: Order, ahead: Ahead | None = None) -> Examined:
    """Ask the sources, fill the sentences, check: all of a build that needs no page. Nothing is written.

    Mistakes in the data are findings ``F-DATA``. Raises Mistakes where no source answers, or another NianbaoError.
    """
    plugins = Plugins(edition)
    from nianbao.checks import as_finding, check, still_to_fill
    from nianbao.generic import rules_of
    from nianbao.report import Run, compose
    from nianbao.themes import theme

    laid_out = theme(plugins.theme, edition.workspace)
    layouts = laid_out.layouts(plugins.standard, edition)
    run = Run.of(edition, order)
    if ahead:
        ahead.hand_to(plugins.sources)
        run.found += ahead.found
    report = compose(edition, plugins, layouts, run)
    report.title = laid_out.title_of(report)
    rules = [*rules_of(plugins.standard), *plugins.rules()]
    findings = check(report, rules)
    findings.found[:0] = [as_finding(mistake) for mistake in report.mistakes]
    if not order.draft and report.unfilled and not findings.stop:
        findings.found += [dataclasses.replace(finding, severity="error") for finding, _ in findings.waived]
        findings.found.append(still_to_fill())
    return Examined(report, rules, findings, laid_out, layouts)


def prepare(edition: Edition, order: Order, ahead: Ahead | None = None) -> Prepared:
    """All of a build but its files: examine the report and lay it out. Nothing is written.

    Raises Mistakes or Refused where that would stop the build and no draft is ordered, or another NianbaoError.
    """
    examined = examine(edition, order, ahead)
    from nianbao.proof import Proof

    report, findings = examined.report, examined.findings
    if report.mistakes and not order.draft:
        raise Mistakes(report.mistakes)
    if findings.stop and not order.draft:
        raise Refused(findings.found)
    document = examined.theme.render(report, examined.layouts, draft=order.draft)
    stem = _file_name(document.title, getattr(examined.theme.title, "place", ""))
    document = dataclasses.replace(document, name=stem)
    return Prepared(report, document, findings, Proof.of(report, examined.layouts, document.title))


def files_of(prepared: Prepared, formats: Mapping[str, Format], beside: tuple[str, ...] = ()) -> dict[str, bytes]:
    """The files of every format, by name, proofread where the format can read them.

    ``beside`` are the suffixes of files that stand beside them though they are not made here. Raises PluginError where a
    format fails, or two make files of one name.
    """
    document, stem = prepared.document, prepared.document.name
    files: dict[str, bytes] = {}
    suffixes = beside or [suffix for made in formats.values() for suffix in getattr(made, "suffixes", ())]
    document = dataclasses.replace(document, beside=tuple(f"{stem}{suffix}" for suffix in suffixes))
    for name, made in formats.items():
        with blame(name):
            rendered = _checked(name, made.render(document))
            if hasattr(made, "read"):
                prepared.proof.compare(name, made.read(rendered))
        for suffix, data in rendered.items():
            if f"{stem}{suffix}" in files:
                raise PluginError(f"格式 {name} 又生成了 {suffix}", f"the format {name} makes {suffix} once more",
                                  mend=("去掉其中一个格式。", "Leave one of the formats out."))  # fmt: skip
            files[f"{stem}{suffix}"] = data
    return files


def _file_name(title: str, place: str) -> str:
    """The title as a file's name, on any system."""
    if len(title.encode()) > LONGEST:
        raise SettingError(f"标题太长，不能作文件名：{title[:20]}…", f"the title is too long for a file's name: {title[:20]}…", place=place,
                           mend=("缩短版式的 title 或编制单位的 name。", "Shorten the theme's `title` or the jurisdiction's `name`."))  # fmt: skip
    return file_name(title)


def _checked(name: str, files: object) -> Mapping[str, bytes]:
    """What a format made, if it is files by suffix; a suffix is no path."""
    if not isinstance(files, Mapping) or not files:
        raise TypeError(f"render() of {name} should return files by suffix, not {files!r:.60}")
    for suffix, data in files.items():
        if not isinstance(suffix, str) or not re.fullmatch(r"(\.[\w-]+)+", suffix):
            raise TypeError(f"{suffix!r} is no suffix")
        if not isinstance(data, bytes):
            raise TypeError(f"the content of {suffix} should be bytes, not {type(data).__name__}")
    return files


def edition_of(workspace: Workspace, name: str, year: int | None) -> Edition:
    """The edition of a jurisdiction; without a year, the newest that its sources have data for."""
    jurisdiction = workspace.named(name)
    if year is None:
        known = years(workspace, jurisdiction)
        if not known:
            raise UnknownName(
                f"{jurisdiction.name}还没有任何年度的数据", f"{jurisdiction.name} has no data of any year",
                mend=(f"先运行 nianbao start {jurisdiction.id} --year 年度。", f"Run `nianbao start {jurisdiction.id} --year …`."),
            )  # fmt: skip
        year = known[-1]
    return workspace.edition(jurisdiction, year)


def home_of(edition: Edition, output: Path | None = None) -> Path:
    """The folder of an edition's outputs."""
    return (output or edition.workspace / "build") / edition.jurisdiction.id / str(edition.year)
