"""Command ``adopt``: last year's reports in, the data and settings of towns out, proved by building them."""

from __future__ import annotations

import dataclasses
import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import click

from nianbao.errors import FileError, NianbaoError, PublishError, SettingError, blame, notify, say
from nianbao.tree import bare, normal

if TYPE_CHECKING:
    from nianbao import Reading, Workspace
    from nianbao_reader.adopting import Adoption

SAME, DIFFERS, FAILED = 0, 1, 2


@click.command(
    help=say(
        "把已发布的报告变成数据和设置，再生成一遍与原件比对。可以一次写几个文件，或一个文件夹。",
        "Turn finished reports into data and settings, and prove it by building them. Several files or a folder can be given.",
    )
)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--as",
    "id_",
    metavar="TOWN",
    help=say("编制单位（文件名），默认按报告里的名称", "The town (its file's name); default: as the report names it."),
)
@click.option("--year", type=int, help=say("报告的年度，报告里没有写时用", "The report's year, where it does not say it."))
@click.option("--replace", is_flag=True, help=say("覆盖已有的数据文件", "Replace a data file that is there."))
@click.pass_obj
def adopt(workspace: Workspace, files: tuple[Path, ...], id_: str | None, year: int | None, replace: bool) -> None:
    ids = workspace.ids  # outside of a workspace nothing is read
    found = list(dict.fromkeys(below for file in files for below in _files(file)))
    if len(found) == 1:
        reading = _known(_read(found[0]), workspace.jurisdiction(id_).name if id_ in ids else id_ or _stem(found[0]), year)
        adoption, data = _adopted(reading, workspace, id_, replace=replace)
        sys.exit(SAME if _tell(adoption, reading, data) else DIFFERS)
    if id_:
        raise SettingError(f"--as 只能用于一个文件，这里有 {len(found)} 个", f"--as is for one file, these are {len(found)}",
                           mend=("分开执行，或去掉 --as。", "Adopt them one by one, or leave --as out."))  # fmt: skip
    sys.exit(_all(found, workspace, year, replace=replace))


def _files(path: Path) -> list[Path]:
    """A file, or those of a folder that can be read. Raises FileError where it has none."""
    from nianbao.reading import readable

    if not os.path.isdir(path):  # a Path's own raises for a name too long
        return [path]
    found = sorted(
        Path(home) / name for home, _, names in os.walk(path) for name in names if not _is_hidden(Path(home, name), path)
    )
    if below := [file for file in found if readable(file)]:
        return below
    raise FileError("文件夹里没有能读的报告", "the folder holds no report that can be read", place=str(path),
                    mend=("写出文件名，或换一个文件夹。", "Name the files, or another folder."))  # fmt: skip


def _is_hidden(file: Path, folder: Path) -> bool:
    return any(name.startswith((".", "~")) for name in file.relative_to(folder).parts)


def _read(file: Path) -> Reading:
    from nianbao.reading import read

    return read(file)


def _stem(file: Path) -> str:
    return re.sub(r"[^\w-]+", "", file.stem)


def _known(reading: Reading, name: str, year: int | None) -> Reading:
    """A report with the year and name that it may not tell. Raises FileError where it tells another year, or nobody does."""
    if year and reading.year not in (0, year):
        raise FileError(f"是 {reading.year} 年度的报告，不是 {year} 的", f"it is the report of {reading.year}, not of {year}", place=reading.file,
                        mend=("核对 --year 和文件。", "Check --year and the file."))  # fmt: skip
    if not (year or reading.year):
        raise FileError("报告里看不出是哪一年的", "the report does not tell its year", place=reading.file,
                        mend=("用 --year 写上年度。", "Give it with --year."))  # fmt: skip
    if not reading.name:
        notify(f"报告里看不出是哪个单位的，名称先写“{name}”，可以在设置里改，或用 --as 写编制单位",
               f"the report does not tell whose it is, it goes by “{name}”: put its name into the settings, or name the town with --as",
               place=reading.file)  # fmt: skip
    return dataclasses.replace(reading, year=year or reading.year, name=reading.name or name)


def _all(files: Sequence[Path], workspace: Workspace, year: int | None, *, replace: bool) -> int:
    """Each report by itself, the newest first: a town's settings are those of its last report. The worst exit code of all."""
    codes, readings = [], []
    made: dict[Path, Path] = {}
    for file in files:
        try:
            with blame("nianbao", place=str(file)):
                readings.append((file, _known(_read(file), _stem(file), year)))
        except NianbaoError as error:
            codes.append(_failed(error))
    for file, reading in sorted(readings, key=lambda one: -one[1].year):
        try:
            with blame("nianbao", place=str(file)):
                adoption, data = _adopted(reading, type(workspace)(workspace.folder), None, replace=replace, made=made)
                made[data] = file
                codes.append(SAME if _tell_shortly(file, adoption, reading, data) else DIFFERS)
        except NianbaoError as error:
            codes.append(_failed(error, file))
    same, differ, failed = (codes.count(code) for code in (SAME, DIFFERS, FAILED))
    click.echo(say(f"{len(files)} 份报告：{same} 份一致，{differ} 份有不同，{failed} 份没有采用",
                   f"{len(files)} reports: {same} the same, {differ} with differences, {failed} not adopted"))  # fmt: skip
    return max(codes)


def _failed(error: NianbaoError, file: Path | None = None) -> int:
    click.echo(f"{file}: {error}" if file and str(file) not in error.place else str(error), err=True)
    return FAILED


def _adopted(
    reading: Reading, workspace: Workspace, id_: str | None, *, replace: bool, made: Mapping[Path, Path] = MappingProxyType({})
) -> tuple[Adoption, Path]:
    """A report adopted, its files written; ``made`` were written before, of which files. Raises NianbaoError where nothing was."""
    from nianbao_reader.adopting import adopted

    id_ = id_ or _id(reading, workspace)
    if not re.fullmatch(r"[\w-]+", id_):
        raise SettingError(f"“{id_}”不能作文件名", f"“{id_}” cannot be a file's name",
                           mend=("用 --as 写一个由字母、数字、汉字组成的名字。", "Give letters and digits with --as."))  # fmt: skip
    data = workspace.folder / "data" / id_ / f"{reading.year}.yaml"
    if data in made:
        raise PublishError(f"已经按 {made[data]} 写好了，没有改动", f"it was made of {made[data]} already, nothing was changed", place=str(data),
                           mend=("同一份报告给一个文件就够。", "One file of a report is enough."))  # fmt: skip
    if data.exists() and not replace:
        raise PublishError("已经有这个文件，没有改动", "the file is there already, nothing was changed", place=str(data),
                           mend=("要覆盖就加 --replace，另存就用 --as。", "Add --replace to write over it, or --as for another town."))  # fmt: skip
    if id_ in workspace.ids and normal(known := workspace.jurisdiction(id_).name) != normal(reading.name):
        raise SettingError(f"报告是{reading.name}的，{id_} 是{known}", f"the report is that of {reading.name}, {id_} is {known}",
                           mend=("用 --as 写对应的编制单位。", "Name the right town with --as."))  # fmt: skip
    adoption = adopted(reading, workspace, id_)
    _write(adoption, workspace.folder, data)
    return adoption, data


def _id(reading: Reading, workspace: Workspace) -> str:
    """The town of the workspace that bears the report's name, else the name itself."""
    twin = next((town for town in workspace.jurisdictions() if normal(town.name) == normal(reading.name)), None)
    return twin.id if twin else re.sub(r"[^\w-]+", "", reading.name)


def _write(adoption: Adoption, folder: Path, data: Path) -> None:
    """Both files, or none. Raises PublishError."""
    from nianbao.publish import write_whole

    settings = _settings(adoption, folder)
    if adoption.is_new:
        write_whole(settings, adoption.settings.encode())
    try:
        write_whole(data, adoption.data.encode())
    except PublishError:
        if adoption.is_new:
            settings.unlink(missing_ok=True)
        raise


def _settings(adoption: Adoption, folder: Path) -> Path:
    return folder / "jurisdictions" / f"{adoption.id}.yaml"


def _tell(adoption: Adoption, reading: Reading, data: Path) -> bool:
    """Tell section by section whether a build gives the report back; whether it does by what is written now."""
    folder = data.parents[2]
    for path in (data, *([_settings(adoption, folder)] if adoption.is_new else [])):
        click.echo(str(path))
    click.echo(say(f"版式：{adoption.theme}", f"theme: {adoption.theme}"))
    for mistake in adoption.mistakes:
        click.echo(say(mistake.zh, mistake.en), err=True)
    for key, differences in adoption.sections:
        for line in _differences(adoption, reading, key) if differences else [_agreed(reading, key)]:
            click.echo(f"  {line}")
    lacking = _tell_lacking(adoption)
    click.echo(say(f"下一步：nianbao build {adoption.id} --year {adoption.year}，或 nianbao start {adoption.id} --year {adoption.year + 1}",
                   f"Next: nianbao build {adoption.id} --year {adoption.year}, or nianbao start {adoption.id} --year {adoption.year + 1}"), err=True)  # fmt: skip
    return adoption.same and not lacking


def _tell_shortly(file: Path, adoption: Adoption, reading: Reading, data: Path) -> bool:
    """The same of one report among many: what differs only."""
    told = say("一致", "the same") if adoption.same else say("有不同", "differs")
    click.echo(f"{file} -> {data}  {told}")
    for mistake in adoption.mistakes:
        click.echo(say(mistake.zh, mistake.en), err=True)
    for key, differences in adoption.sections:
        for line in _differences(adoption, reading, key) if differences else ():
            click.echo(f"  {line}")
    return not _tell_lacking(adoption) and adoption.same


def _name(reading: Reading, key: str) -> str:
    return reading.headings.get(key) or bare(reading.standard.sections[key].label)


def _agreed(reading: Reading, key: str) -> str:
    is_there = key in reading.headings or not reading.standard.sections[key].heading
    told = say("一致", "the same") if is_there else say("原件没有，也不生成", "neither in the file nor in the build")
    return f"{_name(reading, key)}  {told}"


def _differences(adoption: Adoption, reading: Reading, key: str) -> Iterator[str]:
    first, *more = dict(adoption.sections)[key]
    yield f"{_name(reading, key)}  {say('不同：', 'differs: ')}{say(*first)}"
    yield from (f"  {say(*each)}" for each in more)


def _tell_lacking(adoption: Adoption) -> bool:
    """Tell what the settings of a town that was there lack for the report to come back; whether they do."""
    if adoption.is_new or not adoption.settings:
        return False
    click.echo(say(f"jurisdictions/{adoption.id}.yaml 没有改动；补上下面的设置后，生成的报告才如上所说：",
                   f"jurisdictions/{adoption.id}.yaml was not changed; the above holds once it says:"))  # fmt: skip
    click.echo(adoption.settings, nl=False)
    return True
