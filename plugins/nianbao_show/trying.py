"""Commands ``sources`` and ``sources test``: what is installed, and whether the sources of an edition answer."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import click

from nianbao.build import edition_of
from nianbao.cli import complete_jurisdiction, json_option, year_option
from nianbao.errors import say
from nianbao_show.inventory import installed_sources

if TYPE_CHECKING:
    from nianbao.workspace import Workspace


@click.group(
    invoke_without_command=True,
    help=say("列出已安装的数据来源；test 逐个试用。", "List the installed sources; `test` tries them."),
)
@json_option
@click.pass_context
def sources(ctx: click.Context, as_json: bool) -> None:
    if ctx.invoked_subcommand is None:
        ctx.invoke(installed_sources, as_json=as_json)


@sources.command(help=say("逐个试用一个编制单位的数据来源。", "Try each source of a jurisdiction."))
@click.argument("jurisdiction", shell_complete=complete_jurisdiction)
@year_option
@json_option
@click.pass_obj
def test(workspace: Workspace, jurisdiction: str, year: int | None, as_json: bool) -> None:
    from nianbao_show.trial import as_dict, tell, try_sources

    trial = try_sources(edition_of(workspace, jurisdiction, year))
    click.echo(json.dumps(as_dict(trial), ensure_ascii=False, indent=2) if as_json else tell(trial))
    sys.exit(2 if any(source.errors for source in trial.sources) else 0)
