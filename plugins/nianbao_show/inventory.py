"""The commands: jurisdictions, plugins, formats, sources, standards, trace."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from nianbao.cli import complete_jurisdiction, json_option, year_option
from nianbao.errors import NianbaoError, UnknownName, did_you_mean, say
from nianbao.plugins import GROUPS, folder, installed, loaded, origin
from nianbao.yamlfile import as_number

if TYPE_CHECKING:
    from nianbao.workspace import Workspace


@click.command(help=say("列出工作区的编制单位。", "List the workspace's jurisdictions."))
@json_option
@click.pass_obj
def jurisdictions(workspace: Workspace, as_json: bool) -> None:
    from nianbao.plugins import years

    rows = [
        {"id": j.id, "name": j.name, "level": j.level, "parent": j.parent, "years": years(workspace, j)}
        for j in workspace.jurisdictions()
    ]
    print_rows(rows, as_json)


@click.command(help=say("列出已安装的插件、出处和钩子。", "List the installed plugins, where they come from, what they answer."))
@json_option
def plugins(as_json: bool) -> None:
    rows = [_described(group, name) for group in GROUPS for name in sorted(installed(group))]
    print_rows(rows, as_json)


def _described(group: str, name: str) -> dict[str, Any]:
    points = installed(group)[name]
    row = {"group": group, "name": name, "from": "、".join(sorted(map(origin, points))), "hooks": "", "problem": ""}
    try:
        if group in ("themes", "standards"):
            file = folder(group, name) / (f"{name}/theme.yaml" if group == "themes" else f"{name}.yaml")
            return row if file.is_file() else {**row, "problem": say(f"没有 {file.name}", f"it has no {file.name}")}
        made = loaded(group, name)
    except NianbaoError as error:
        return {**row, "problem": say(error.zh, error.en)}
    marked = [hook for hook in dir(made) if getattr(getattr(made, hook, None), "nianbao_impl", None)]
    return {**row, "hooks": "、".join(marked) if group == "plugins" else ""}


def _listing(group: str, zh: str, en: str) -> click.Command:
    @click.command(group, help=say(zh, en))
    @json_option
    def command(as_json: bool) -> None:
        print_rows([{"name": name, "from": "、".join(map(origin, p))} for name, p in sorted(installed(group).items())], as_json)

    return command


formats = _listing("formats", "列出已安装的输出格式。", "List the installed formats.")
installed_sources = _listing("sources", "列出已安装的数据来源。", "List the installed sources.")
standards = _listing("standards", "列出已安装的格式标准。", "List the installed standards.")


@click.command(help=say("查一个数据的出处：写名称、路径或数值。", "Show where a figure comes from, by name, path or value."))
@click.argument("jurisdiction", shell_complete=complete_jurisdiction)
@click.argument("what")
@year_option
@json_option
@click.pass_obj
def trace(workspace: Workspace, jurisdiction: str, what: str, year: int | None, as_json: bool) -> None:
    from nianbao_show.tracing import tell, trace_figures

    found = trace_figures(workspace, jurisdiction, what, year)
    if not found.rows and as_number(what) is not None:
        raise UnknownName(f"没有哪个数是 {what}", f"no figure is {what}", mend=("写名称或路径。", "Give a name or a path."))
    if not found.rows and found.blank:
        raise UnknownName(f"“{what}”还没有填", f"“{what}” is not filled in yet", place=found.blank[0],
                          mend=("填写以后再查；别的年度用 --year。", "Fill it in first; another year is --year."))  # fmt: skip
    if not found.rows:
        raise UnknownName(f"没有“{what}”", f"there is no “{what}”", mend=did_you_mean(what, found.names))
    click.echo(json.dumps(found.rows, ensure_ascii=False, indent=2, default=float) if as_json else tell(found))


def print_rows(rows: list[dict[str, Any]], as_json: bool) -> None:
    """Rows for people, a line each, or as JSON."""
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        words = (", ".join(map(str, value)) if isinstance(value, list) else str(value) for value in row.values())
        click.echo("  ".join(word for word in words if word))
