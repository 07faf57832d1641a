"""Command ``archive``: keep the record of a published report, for the years that follow."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from nianbao.build import edition_of, home_of
from nianbao.cli import complete_jurisdiction, year_option
from nianbao.errors import PublishError, say
from nianbao.publish import recover, write_whole
from nianbao.record import archive_file, read

if TYPE_CHECKING:
    from nianbao import Edition, Workspace
    from nianbao.errors import Remedy


@click.command(help=say("存档已公布的报告，供以后各年使用。", "Archive a published report for the years that follow."))
@click.argument("jurisdiction", shell_complete=complete_jurisdiction)
@year_option
@click.option("--replace", is_flag=True, help=say("换掉已有的存档", "Replace what is archived."))
@click.pass_obj
def archive(workspace: Workspace, jurisdiction: str, year: int | None, replace: bool) -> None:
    edition = edition_of(workspace, jurisdiction, year)
    home = home_of(edition)
    recover(home)
    built = home / "report.json"
    path = workspace.folder / archive_file(edition, edition.year)
    if not built.is_file():
        raise PublishError(
            f"{edition.jurisdiction.name} {edition.year} 年度还没有定稿", f"there is no finished report of {edition.year}", place=str(built),
            mend=_instead(edition),
        )  # fmt: skip
    read(home, "report.json")
    data = built.read_bytes()
    if path.is_file() and path.read_bytes() != data and not replace:
        raise PublishError("已有不同的存档，没有改动", "another record is archived, nothing was changed", place=str(path),
                           mend=("确要更换，加 --replace。", "Add --replace to replace it."))  # fmt: skip
    write_whole(path, data)
    click.echo(str(path))


def _instead(edition: Edition) -> Remedy:
    """In January last year's report waits to be archived while this year's data have begun: name the years that are built."""
    build = f"nianbao build {edition.jurisdiction.id} --year {edition.year}"
    if finished := sorted(path.parent.name for path in home_of(edition).parent.glob("*/report.json")):
        years = "、".join(finished)
        return (
            f"先运行 {build}；已有定稿的年度：{years}，存档用 --year。",
            f"Run `{build}` first. Built are: {years}; --year archives one of them.",
        )
    return f"先运行 {build}。", f"Run `{build}` first."
