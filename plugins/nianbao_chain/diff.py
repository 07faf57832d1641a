"""Command ``diff``: two years of one jurisdiction beside each other."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nianbao import record
from nianbao.cli import complete_jurisdiction, json_option
from nianbao.errors import say

if TYPE_CHECKING:
    from nianbao import Workspace
    from nianbao_chain.telling import Paint
    from nianbao_chain.wording import Kind

_YEAR = click.IntRange(2008, 2100)


@click.command(
    help=say("比较一个编制单位的两个年度：数字的增减，文字的改动。", "Compare two years of a jurisdiction: figures and words.")
)
@click.argument("jurisdiction", shell_complete=complete_jurisdiction)
@click.argument("year", type=_YEAR)
@click.argument("other_year", type=_YEAR)
@click.option("--all", "everything", is_flag=True, help=say("没有变化的数字也列出", "Also the figures that did not change."))
@click.option("--html", "page", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
              help=say("写成一个网页文件", "Write it as a page."))  # fmt: skip
@json_option
@click.pass_obj
def diff(
    workspace: Workspace, jurisdiction: str, year: int, other_year: int, everything: bool, page: Path | None, as_json: bool
) -> None:
    from nianbao_chain.comparing import compare
    from nianbao_chain.telling import as_dict, signed, tell

    compared = compare(workspace, jurisdiction, year, other_year)
    if page:
        from nianbao.publish import write_whole
        from nianbao_chain.page import page_of

        write_whole(page, page_of(compared, everything).encode())
    if as_json:
        click.echo(json.dumps(as_dict(compared), ensure_ascii=False, indent=2, default=record.as_json))
    elif page:
        click.echo(str(page))
    else:
        paint: Paint = _coloured if sys.stdout.isatty() and not os.environ.get("NO_COLOR") else signed
        click.echo(tell(compared, everything, shutil.get_terminal_size().columns, paint))


def _coloured(text: str, kind: Kind) -> str:
    """Colour, and a line through or under the words for those who do not see it."""
    if kind == "same":
        return text
    gone = kind == "gone"
    return click.style(text, fg="red" if gone else "green", strikethrough=gone, underline=not gone)
