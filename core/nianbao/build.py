"""The main job: one jurisdiction's report of one year, from its sources to its files."""

from __future__ import annotations

import contextlib
import functools
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from nianbao.errors import Mistakes, NianbaoError, PluginError, Refused, SettingError, UnknownName, blame, show_notices
from nianbao.plugins import Plugins, formats, years
from nianbao.publish import publish, recover
from nianbao.workspace import Edition, Jurisdiction, Workspace

if TYPE_CHECKING:
    from nianbao.checks import Finding


@dataclass(frozen=True)
class Order:
    """What is asked of a build: which formats (none: those of the settings), a draft or not, where to."""

    formats: tuple[str, ...] = ()
    draft: bool = False
    output: Path | None = None


@dataclass(frozen=True)
class Built:
    """What a build made: the files, and the findings that did not stop it."""

    jurisdiction: Jurisdiction
    year: int
    files: list[Path] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def build(edition: Edition, order: Order) -> Built:
    """Build an edition's report and publish its files, all or none.

    Raises Mistakes (the data is wrong), Refused (findings that stop it), or another NianbaoError; then earlier outputs
    are as they were.
    """
    recover(home_of(edition, order.output))
    with formats(edition.settings, order.formats) as entered:
        plugins = Plugins(edition)
        from nianbao.checks import as_finding, check
        from nianbao.generic import rules_of
        from nianbao.record import dump, record
        from nianbao.report import compose
        from nianbao.sandbox import TO_FILL
        from nianbao.themes import theme

        laid_out = theme(plugins.theme, edition.workspace)
        layouts = laid_out.layouts(plugins.standard, edition)
        report = compose(edition, plugins, layouts)
        document = laid_out.render(report, layouts, draft=order.draft)
        mistakes = [*report.mistakes, *report.names.mistakes]
        if mistakes and not order.draft:
            raise Mistakes(_once(mistakes))
        findings = check(report, [*rules_of(plugins.standard), *plugins.rules()])
        findings.found[:0] = [as_finding(mistake) for mistake in _once(mistakes)]
        if not order.draft and (findings.stop or TO_FILL in document.html):
            raise Refused(findings.found)
        stem = _file_name(document.title, getattr(laid_out.title, "place", ""))
        files: dict[str, bytes] = {}
        for called, made in entered.items():
            with blame(called):
                for suffix, data in _checked(called, made.render(document)).items():
                    if f"{stem}{suffix}" in files:
                        raise PluginError(f"格式 {called} 又生成了 {suffix}", f"the format {called} makes {suffix} once more",
                                          mend=("去掉其中一个格式。", "Leave one of the formats out."))  # fmt: skip
                    files[f"{stem}{suffix}"] = data
    kept = dump(record(report, findings, draft=order.draft))
    home = home_of(edition, order.output)
    if order.draft:
        publish(home, {"draft": {**files, "report.json": kept}})
    else:
        publish(home, {"publish": files, "report.json": kept})
    folder = home / ("draft" if order.draft else "publish")
    return Built(edition.jurisdiction, edition.year, [folder / file for file in files], findings.found)


def _file_name(title: str, place: str) -> str:
    """The title as a file's name, on any system."""
    stem = re.sub(r'[\\/:*?"<>|\x00-\x1f]', "_", title).strip(". ") or "report"
    if len(stem.encode()) > 200:
        raise SettingError(f"标题太长，不能作文件名：{stem[:20]}…", f"the title is too long for a file's name: {stem[:20]}…", place=place,
                           mend=("缩短版式的 title 或编制单位的 name。", "Shorten the theme's `title` or the jurisdiction's `name`."))  # fmt: skip
    return stem


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


@dataclass(frozen=True)
class Outcome:
    """How one build ended: what it made, or why not. ``name`` is what was asked for, ``jurisdiction`` what that meant."""

    name: str
    jurisdiction: Jurisdiction | None = None
    year: int | None = None
    built: Built | None = None
    error: NianbaoError | None = None


def build_all(workspace: Workspace, names: Sequence[str], year: int | None, order: Order) -> Iterator[Outcome]:
    """Build many, on all cores; each outcome as it comes. One that fails stops no other."""
    workers = min(_cores(), len(names), 61)  # Windows waits for no more
    if workers < 2:
        yield from (_outcome(workspace, name, year, order) for name in names)
        return
    from concurrent.futures import ProcessPoolExecutor, as_completed

    with ProcessPoolExecutor(workers, initializer=_hold_formats, initargs=(workspace.folder, names[0], year, order)) as pool:
        pending = {pool.submit(_outcome_there, workspace.folder, name, year, order): name for name in names}
        for done in as_completed(pending):
            try:
                yield done.result()
            except Exception as error:
                crash = f"{type(error).__name__}: {error}"
                yield Outcome(pending[done], error=PluginError(f"工作进程中断：{crash}", f"a worker broke off: {crash}"))


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _outcome(workspace: Workspace, name: str, year: int | None, order: Order) -> Outcome:
    known: tuple[Jurisdiction | None, int | None] = (None, year)
    try:
        with blame("nianbao"):
            edition = edition_of(workspace, name, year)
            known = (edition.jurisdiction, edition.year)
            return Outcome(name, *known, build(edition, order))
    except NianbaoError as error:
        return Outcome(name, *known, None, error)


@functools.cache
def _workspace(folder: Path) -> Workspace:
    """A worker's workspace, whose files it reads once."""
    return Workspace(folder)


def _outcome_there(folder: Path, name: str, year: int | None, order: Order) -> Outcome:
    return _outcome(_workspace(folder), name, year, order)


def _hold_formats(folder: Path, name: str, year: int | None, order: Order) -> None:
    """Keep the formats entered for a worker's whole life: a converter that starts once serves every town."""
    from multiprocessing.util import Finalize

    show_notices()
    held = contextlib.ExitStack()
    with contextlib.suppress(NianbaoError):
        held.enter_context(formats(edition_of(_workspace(folder), name, year).settings, order.formats))
        Finalize(None, held.close, exitpriority=1)


def _once(mistakes: list[NianbaoError]) -> list[NianbaoError]:
    return list({str(mistake): mistake for mistake in mistakes}.values())
