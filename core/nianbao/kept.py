"""What is known of a report: its archived record, that of its last build, or what its sources say now."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from nianbao.build import home_of
from nianbao.errors import Mistakes, SourceError, UnknownName, notify
from nianbao.plugins import Plugins, is_asked_without_years, years
from nianbao.publish import recover
from nianbao.record import archive_file, archived, read
from nianbao.workspace import Edition, Workspace


@dataclass(frozen=True)
class Kept:
    """The record of a report, where it is from, and its ``file``, "" where the sources were asked."""

    record: dict[str, Any]
    origin: Literal["archive", "built", "data"]
    file: str = ""


def kept(edition: Edition) -> Kept:
    """The archived report of an edition, else the finished one, else what its sources say.

    Raises UnknownName where there is nothing of that year, SourceError where a record is none of it, Mistakes where a
    source cannot answer.
    """
    if (record := archived(edition, edition.year)) is not None:
        return Kept(record, "archive", archive_file(edition, edition.year))
    if (finished := built(edition)) is not None:
        if finished.record.get("draft") or not is_of(finished.record, edition):
            raise SourceError("不是本单位这一年度的定稿", "it is no finished report of this jurisdiction and year", place=finished.file,
                              mend=("用 nianbao build 重新生成。", "Build it again."))  # fmt: skip
        return finished
    workspace, jurisdiction = Workspace(edition.workspace), edition.jurisdiction
    if edition.year not in years(workspace, jurisdiction) and not is_asked_without_years(workspace, jurisdiction):
        known = "、".join(map(str, years_of(edition))) or "—"
        raise UnknownName(f"{jurisdiction.name}没有 {edition.year} 年度的报告：没有存档，没有生成，也没有数据",
                          f"{jurisdiction.name} has no report of {edition.year}: none is archived or built, and there are no data",
                          mend=(f"有的年度：{known}。", f"There are: {known}."))  # fmt: skip
    return asked(edition)


def is_of(record: dict[str, Any], edition: Edition) -> bool:
    """Whether a record is of this jurisdiction and year."""
    return bool(record["year"] == edition.year and record["jurisdiction"]["id"] == edition.jurisdiction.id)


def built(edition: Edition) -> Kept | None:
    """The record of the last finished build, None where there is none. Raises SourceError where it cannot be read."""
    home = home_of(edition)
    recover(home)
    if not (home / "report.json").is_file():
        return None
    file = (home / "report.json").relative_to(edition.workspace).as_posix()
    return Kept(read(edition.workspace, file), "built", file)


def asked(edition: Edition) -> Kept:
    """What the sources of an edition say now, as a record. Raises Mistakes where one of them cannot answer."""
    import json

    from nianbao.checks import Findings
    from nianbao.record import dump, record
    from nianbao.report import compose
    from nianbao.themes import theme

    plugins = Plugins(edition)
    layouts = theme(plugins.theme, edition.workspace).layouts(plugins.standard, edition)
    report = compose(edition, plugins, layouts)
    if report.facts.gaps:
        raise Mistakes(report.mistakes)
    if report.mistakes:
        count = len(report.mistakes)
        notify(f"{edition.year} 年度的数据有 {count} 处错误，用 nianbao build 查看",
               f"the data of {edition.year} have {count} mistakes: see `nianbao build`")  # fmt: skip
    return Kept(json.loads(dump(record(report, Findings(), draft=True)), parse_float=Decimal), "data")


def years_of(edition: Edition) -> list[int]:
    """The years of which anything is known of a jurisdiction: archived, built, or in its data."""
    id = edition.jurisdiction.id
    files = [*(edition.workspace / f"archive/{id}").glob("*.json"),
             *(file.parent for file in (edition.workspace / f"build/{id}").glob("*/report.json"))]  # fmt: skip
    found = {int(file.stem) for file in files if re.fullmatch(r"20\d\d", file.stem)}
    return sorted(found.union(years(Workspace(edition.workspace), edition.jurisdiction)))
