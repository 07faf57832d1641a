"""Command ``workbook``: the workbook that an office fills in."""

from __future__ import annotations

import os
from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from nianbao.cli import complete_jurisdiction
from nianbao.errors import PublishError, SettingError, say
from nianbao.plugins import sources
from nianbao.publish import write_whole
from nianbao.themes import dated
from nianbao_sheet import Sheet

if TYPE_CHECKING:
    from nianbao import Edition, Workspace


@click.command(
    help=say(
        "新建填报用的工作簿：三张表，合计和勾稽是公式。",
        "Make the workbook to fill in: the tables, with totals and equations as formulas.",
    )
)
@click.argument("jurisdiction", shell_complete=complete_jurisdiction)
@click.option("--year", type=click.IntRange(2008, 2100), help=say("年度（默认去年）", "The year (default: last year)."))
@click.option("--replace", is_flag=True, help=say("换掉已有的文件", "Replace the file that is there."))
@click.pass_obj
def workbook(workspace: Workspace, jurisdiction: str, year: int | None, replace: bool) -> None:
    edition = workspace.edition(workspace.named(jurisdiction), year or date.today().year - 1)
    source = _source(edition)
    file = (source or Sheet()).file_of(edition)
    path = edition.workspace / file
    if path.suffix != ".xlsx":
        raise SettingError(f"填报表是 .xlsx，设置里写的是 {file}", f"the workbook is an .xlsx, the settings say {file}",
                           place=getattr(file, "place", ""), mend=("把 file 改成 .xlsx。", "Make `file` an .xlsx."))  # fmt: skip
    if os.path.lexists(path) and not replace:
        raise PublishError("已经有这个文件，没有改动", "the file is there already, nothing was changed", place=file,
                           mend=("直接填写它；要换成空白的，加 --replace。", "Fill it in; --replace makes it blank again."))  # fmt: skip
    from nianbao_sheet.writing import workbook_of

    write_whole(path, workbook_of(edition, file, datetime.fromisoformat(dated(edition.year))))
    click.echo(str(path))
    if source is None:
        click.echo(
            say("设置里还没有用它：在 sources 写 sheet: {}。", "No settings use it yet: write sheet: {} under sources."), err=True
        )


def _source(edition: Edition) -> Sheet | None:
    """The jurisdiction's own source of whole tables, which says where the workbook lies."""
    known = sources(edition.settings, edition.jurisdiction).values()
    return next((source for source in known if isinstance(source, Sheet) and not source.answers), None)
