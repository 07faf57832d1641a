"""Commands ``themes``: those that are there, a new one, what one says, how one looks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from nianbao.cli import json_option
from nianbao.errors import NianbaoError, say
from nianbao.extending import lineage
from nianbao.plugins import installed, origin
from nianbao.yamlfile import entries, text
from nianbao_show.inventory import print_rows

if TYPE_CHECKING:
    from nianbao.workspace import Workspace

standard_option = click.option(
    "--standard", help=say("格式标准（默认指定这个版式的标准）", "The standard (default: the one that names this theme).")
)


@click.group(
    invoke_without_command=True,
    help=say(
        "列出版式；new 新建、show 看设置、preview 看样子。", "List the themes; `new` makes one, `show` and `preview` show one."
    ),
)
@json_option
@click.pass_context
def themes(ctx: click.Context, as_json: bool) -> None:
    if ctx.invoked_subcommand is None:
        folder = ctx.obj.folder
        own = sorted(f"./themes/{file.parent.name}" for file in (folder / "themes").glob("*/theme.yaml"))
        print_rows([_described(name, folder) for name in (*sorted(installed("themes")), *own)], as_json)


def _described(name: str, folder: Path) -> dict[str, Any]:
    """A theme's name, where it comes from and whom it serves; what is wrong with it, where it cannot be read."""
    whence = "、".join(map(origin, installed("themes").get(name, ())))
    try:
        node = lineage("themes", name, folder)[0][1]
        serves = next((text(value) for key, value in entries(node) if key == "serves"), "")
        return {"name": name, "from": whence, "serves": serves}
    except NianbaoError as error:
        return {"name": name, "from": whence, "serves": "", "problem": say(error.zh, error.en)}


def found(name: str, workspace: Path) -> str:
    """A theme as settings name it: ``mine`` is ``./themes/mine`` where no such theme is installed and the workspace has one."""
    is_own = name not in installed("themes") and (workspace / "themes" / name / "theme.yaml").is_file()
    return f"./themes/{name}" if is_own else name


@themes.command(help=say("在工作区新建一个版式。", "Make a theme in the workspace."))
@click.argument("name")
@click.option("--extends", "parent", default="national", help=say("在哪个版式上改（默认 national）", "What it extends."))
@click.pass_obj
def new(workspace: Workspace, name: str, parent: str) -> None:
    from nianbao_show.drafting import draft_theme

    parent = found(parent, workspace.folder)
    path = draft_theme(workspace, name, parent)
    click.echo(str(path))
    zh = f"在 jurisdictions/ 的设置里写 theme: ./themes/{name} 就用它；nianbao themes preview {name} 看样子。"
    en = f"Use it with `theme: ./themes/{name}` in a jurisdiction's settings; see it with `nianbao themes preview {name}`."
    click.echo(say(zh, en), err=True)


@themes.command(
    help=say("列出一个版式改了什么、沿用了谁的，各在哪一行。", "Show what a theme overrides and inherits, line by line.")
)
@click.argument("name")
@standard_option
@json_option
@click.pass_obj
def show(workspace: Workspace, name: str, standard: str | None, as_json: bool) -> None:
    from nianbao_show.layers import as_dict, layers, tell

    shown = layers(found(name, workspace.folder), workspace.folder, standard)
    click.echo(json.dumps(as_dict(shown), ensure_ascii=False, indent=2) if as_json else tell(shown))


@themes.command(
    help=say("用示例数据看一个版式的样子，不需要编制单位和数据。", "See a theme with sample facts: no town or data is needed.")
)
@click.argument("name")
@standard_option
@click.option("-F", "--format", "formats", multiple=True, help=say("输出格式（默认 html）", "An output format (default: html)."))
@click.option("-o", "--output", type=click.Path(path_type=Path), help=say("输出文件夹（默认 build/preview）", "Where to."))
@click.pass_obj
def preview(workspace: Workspace, name: str, standard: str | None, formats: tuple[str, ...], output: Path | None) -> None:
    from nianbao_show.preview import preview

    made = preview(found(name, workspace.folder), workspace.folder, standard, formats or ("html",), output)
    for note in made.notes:
        click.echo(note, err=True)
    for file in made.files:
        click.echo(str(file))
