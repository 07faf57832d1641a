"""Command ``nianbao due``: until when each report of a year is to be handed in."""

from datetime import date

import click

from nianbao import Workspace


@click.command(help="列出各编制单位提交年度报告的期限。 List until when each report is to be handed in.")
@click.option("--year", type=int, default=lambda: date.today().year - 1, help="年度（默认上一年） The report's year (last year).")
@click.pass_obj
def due(workspace: Workspace, year: int) -> None:
    """``pass_obj`` gives the workspace that ``nianbao -w`` names, or the one that the current folder lies in."""
    for jurisdiction in workspace.jurisdictions():
        click.echo(f"{date(year + 1, 1, 31)}  {jurisdiction.id}  {jurisdiction.name}")
