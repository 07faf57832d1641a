"""The reports of the jurisdictions below: as their builds recorded them, or as they were published."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from nianbao import Edition, Jurisdiction, SourceError, Text, filled
from nianbao.finished import assess
from nianbao.reading import read, read_fetched
from nianbao.record import read as read_record
from nianbao.taking import figures_told, gaps_of, is_of, unfit
from nianbao.workspace import inside

if TYPE_CHECKING:
    from nianbao import Reading, Run

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]+:")  # a drive's letter is no scheme


@dataclass(frozen=True)
class Problem:
    """An error that stands in a report, or that somebody answers for: its ``code``, the path where it is, what it says."""

    code: str
    at: str
    zh: str
    en: str
    waived: bool = False


@dataclass(frozen=True)
class Report:
    """One finished report: its ``file`` in the workspace or its address, its figures with where each stands, its errors."""

    body: Jurisdiction
    file: str
    figures: Mapping[str, tuple[int | Decimal, str]]
    problems: tuple[Problem, ...] = ()
    gaps: Mapping[str, SourceError] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The body's."""
        return self.body.name


def finished(edition: Edition, body: Jurisdiction, where: Text, run: Run) -> Report:
    """The finished report of a body: of this command's output, else of ``build/``, else the one that was published ``where``.

    Raises SourceError, or another NianbaoError where what was published cannot be had or read.
    """
    if body.id in run.failed:
        raise SourceError("这一次没有生成成功", "its build has just failed")
    place = f"{body.id}/{edition.year}/report.json"
    folder = next((folder for folder in run.outputs if (folder / place).is_file()), edition.workspace / "build")
    path = folder / place
    file = path.relative_to(edition.workspace).as_posix() if path.is_relative_to(edition.workspace) else str(path)
    if path.is_file():
        return _recorded(edition, body, file)
    if where:
        return _published(edition, body, where, run)
    raise SourceError(f"没有定稿（{file}）", f"there is no finished report ({file})")


def has_record(edition: Edition, body: Jurisdiction, run: Run) -> bool:
    """Whether a build has made its report here."""
    folders = (*run.outputs, edition.workspace / "build")
    return any((folder / f"{body.id}/{edition.year}/report.json").is_file() for folder in folders)


def address_of(edition: Edition, body: Jurisdiction, where: Text) -> Text:
    """A file's path or an address with the words ``<year>``, ``<id>``, ``<code>`` and ``<name>`` of a body filled in."""
    theirs = Edition(body, edition.year, edition.workspace, edition.settings)
    return Text(filled(where, theirs), where.place)


def is_address(where: str) -> bool:
    """Whether it is no path of a file."""
    return bool(_SCHEME.match(where))


def _recorded(edition: Edition, body: Jurisdiction, file: str) -> Report:
    record = read_record(edition.workspace, file)
    if record.get("draft"):
        raise SourceError(f"是草稿（{file}）", f"it is a draft ({file})")
    if record["year"] != edition.year or record["jurisdiction"]["id"] != body.id:
        raise SourceError(f"是别的年度或单位的报告（{file}）", f"it is a report of another year or body ({file})")
    if record.get("standard") != edition.standard.name:
        raise SourceError(
            f"格式标准是 {record.get('standard')}（{file}）", f"it follows the standard {record.get('standard')} ({file})"
        )
    if changed := _changed(edition, record):
        raise SourceError(f"报告生成以后数据改过（{changed}）", f"its data have changed since it was built ({changed})")
    figures = {
        path: (figure["value"], f"{file}（{figure['origin'].get('where', '')}）") for path, figure in record["figures"].items()
    }
    return Report(body, file, figures, tuple(_recorded_problems(record)))


def _recorded_problems(record: Mapping[str, Any]) -> Iterator[Problem]:
    for key in ("findings", "waived"):
        for found in record.get(key, ()):
            if found["severity"] == "error":
                yield Problem(found["code"], found["at"], *_told(found), waived=key == "waived")


def _told(found: Mapping[str, Any]) -> tuple[str, str]:
    """What a finding says, with what was expected and found."""
    zh = "，".join([f"应为 {found['expected']}"] * bool(found["expected"]) + [f"实为 {found['found']}"] * bool(found["found"]))
    en = ", ".join(
        [f"expected {found['expected']}"] * bool(found["expected"]) + [f"found {found['found']}"] * bool(found["found"])
    )
    return f"{found['zh']}（{zh}）" if zh else found["zh"], f"{found['en']} ({en})" if en else found["en"]


def _changed(edition: Edition, record: Mapping[str, Any]) -> str:
    """The first file of data whose content is no longer what the report was built from."""
    for file, digest in record.get("inputs", {}).items():
        path = edition.workspace / file
        is_data = file not in edition.files and not file.startswith("jurisdictions/")
        if is_data and path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            return str(file)
    return ""


def _published(edition: Edition, body: Jurisdiction, where: Text, run: Run) -> Report:
    told = address_of(edition, body, where)
    reading = read_fetched(run.fetch(told, edition)) if is_address(told) else read(inside(edition.workspace, told), str(told))
    if wrong := unfit(reading, edition):
        raise SourceError(f"{wrong[0]}（{told}）", f"{wrong[1]} ({told})")
    if not is_of(reading, body.name):
        raise SourceError(f"是 {reading.name} 的报告（{told}）", f"it is the report of {reading.name} ({told})")
    return Report(body, str(told), dict(_figures(reading)), tuple(_problems(reading)), gaps_of(reading))


def _figures(reading: Reading) -> Iterator[tuple[str, tuple[int | Decimal, str]]]:
    """The figures that are read and no sums, each with its place."""
    facts = {path: cell.value for path, cell in reading.cells.items()} | figures_told(reading)
    for path, fact in facts.items():
        if fact and isinstance(fact.value, int | Decimal):
            yield path, (fact.value, fact.origin.where if fact.origin and fact.origin.where else reading.file)


def _problems(reading: Reading) -> Iterator[Problem]:
    for found in assess(reading).findings.found:
        if found.severity == "error":
            yield Problem(found.code, found.at, *_told(found.as_dict()))
