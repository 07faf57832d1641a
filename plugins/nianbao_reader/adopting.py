"""Command ``adopt``: last year's report in, a town's data and settings out, proved by building them."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nianbao.errors import PublishError, SettingError, say
from nianbao.tree import bare, normal

if TYPE_CHECKING:
    from nianbao import Reading, Workspace
    from nianbao_reader.adopted import Adoption


@click.command(
    help=say(
        "把已发布的报告变成数据和设置，再生成一遍与原件比对。",
        "Turn a finished report into data and settings, and prove it by building them.",
    )
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--as",
    "id_",
    metavar="TOWN",
    help=say("编制单位（文件名），默认按报告里的名称", "The town (its file's name); default: as the report names it."),
)
@click.option("--replace", is_flag=True, help=say("覆盖已有的数据文件", "Replace a data file that is there."))
@click.pass_obj
def adopt(workspace: Workspace, file: Path, id_: str | None, replace: bool) -> None:
    ids = workspace.ids  # outside of a workspace nothing is read
    from nianbao.reading import read
    from nianbao_reader.adopted import adopted

    reading = read(file)
    id_ = id_ or _id(reading, workspace)
    if not re.fullmatch(r"[\w-]+", id_):
        raise SettingError(f"“{id_}”不能作文件名", f"“{id_}” cannot be a file's name",
                           mend=("用 --as 写一个由字母、数字、汉字组成的名字。", "Give letters and digits with --as."))  # fmt: skip
    data = workspace.folder / "data" / id_ / f"{reading.year}.yaml"
    if data.exists() and not replace:
        raise PublishError("已经有这个文件，没有改动", "the file is there already, nothing was changed", place=str(data),
                           mend=("要覆盖就加 --replace，另存就用 --as。", "Add --replace to write over it, or --as for another town."))  # fmt: skip
    if id_ in ids and normal(known := workspace.jurisdiction(id_).name) != normal(reading.name):
        raise SettingError(f"报告是{reading.name}的，{id_} 是{known}", f"the report is that of {reading.name}, {id_} is {known}",
                           mend=("用 --as 写对应的编制单位。", "Name the right town with --as."))  # fmt: skip
    adoption = adopted(reading, workspace, id_)
    _write(adoption, workspace.folder, data)
    same = _tell(adoption, reading, data)
    sys.exit(0 if same else 1)


def _id(reading: Reading, workspace: Workspace) -> str:
    """The town of the workspace that bears the report's name, else the name itself."""
    twin = next((town for town in workspace.jurisdictions() if normal(town.name) == normal(reading.name)), None)
    return twin.id if twin else re.sub(r"[^\w-]+", "", reading.name)


def _write(adoption: Adoption, folder: Path, data: Path) -> None:
    """Both files, or none. Raises PublishError."""
    from nianbao.publish import write_whole

    settings = folder / "jurisdictions" / f"{adoption.id}.yaml"
    if adoption.is_new:
        write_whole(settings, adoption.settings.encode())
    try:
        write_whole(data, adoption.data.encode())
    except PublishError:
        if adoption.is_new:
            settings.unlink(missing_ok=True)
        raise
    for path in (data, *([settings] if adoption.is_new else [])):
        click.echo(str(path))


def _tell(adoption: Adoption, reading: Reading, data: Path) -> bool:
    """Tell section by section whether a build gives the report back; whether it does by what is written now."""
    click.echo(say(f"版式：{adoption.theme}", f"theme: {adoption.theme}"))
    for mistake in adoption.mistakes:
        click.echo(say(mistake.zh, mistake.en), err=True)
    for key, differences in adoption.sections:
        name = reading.headings.get(key) or bare(reading.standard.sections[key].label)
        told = say("一致", "the same") if not differences else say("不同：", "differs: ") + say(*differences[0])
        click.echo(f"  {name}  {told}")
        for more in differences[1:]:
            click.echo(f"    {say(*more)}")
    lacking = not adoption.is_new and bool(adoption.settings)
    if lacking:
        click.echo(say(f"jurisdictions/{adoption.id}.yaml 没有改动；补上下面的设置后，生成的报告才如上所说：",
                       f"jurisdictions/{adoption.id}.yaml was not changed; the above holds once it says:"))  # fmt: skip
        click.echo(adoption.settings, nl=False)
    click.echo(say(f"下一步：nianbao build {adoption.id} --year {adoption.year}，或 nianbao start {adoption.id} --year {adoption.year + 1}",
                   f"Next: nianbao build {adoption.id} --year {adoption.year}, or nianbao start {adoption.id} --year {adoption.year + 1}"), err=True)  # fmt: skip
    return adoption.same and not lacking
