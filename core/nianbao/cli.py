"""The command line: thin commands over the frame. More come from the entry point group ``nianbao.commands``."""

# ruff: noqa: E402
from __future__ import annotations

import atexit
import contextlib
import functools
import gc
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

gc.set_threshold(100_000)  # before all that follows: what it makes stays, and a command leaves few cycles

import click

from nianbao import __version__
from nianbao.errors import NianbaoError, PluginError, UnknownName, blame, did_you_mean, say, show_notices, shown

if TYPE_CHECKING:
    from nianbao.batch import Outcome
    from nianbao.report import Progress
    from nianbao.workspace import Workspace


class Commands(click.Group):
    """Commands of core and those of plugins, each loaded when it is called; a broken plugin harms only its own."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        from nianbao.plugins import installed

        return sorted({*self.commands, *installed("commands")})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        from nianbao.plugins import installed, loaded

        if known := self.commands.get(cmd_name):
            return known
        if cmd_name not in installed("commands"):
            return None
        try:
            command = loaded("commands", cmd_name)
            if not isinstance(command, click.Command):
                raise PluginError(f"“{cmd_name}”不是 click 命令", f"“{cmd_name}” is no click command")
        except NianbaoError as error:
            return _Broken(cmd_name, error)
        return command

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        if args and self.get_command(ctx, args[0]) is None:
            mend = did_you_mean(args[0], self.list_commands(ctx))
            raise UnknownName(f"没有命令“{args[0]}”", f"there is no command “{args[0]}”", mend=mend)
        name, command, rest = super().resolve_command(ctx, args)
        if command is not None and name is not None and name not in self.commands:
            command.invoke = functools.partial(_blamed, name, command.invoke)  # type: ignore[method-assign]
        return name, command, rest

    def main(self, *args: Any, **kwargs: Any) -> Any:
        atexit.register(gc.freeze)  # what is left when the process ends goes with it
        _speak_utf8()
        show_notices()
        try:
            with blame(f"nianbao {__version__}", passing=(click.ClickException, click.Abort)):
                sys.exit(super().main(*args, **{**kwargs, "standalone_mode": False}) or 0)
        except NianbaoError as error:
            click.echo(str(error), err=True)
            sys.exit(error.exit_code)
        except click.ClickException as error:
            context = getattr(error, "ctx", None)
            command = context.command_path if context else "nianbao"
            click.echo(say(f"用法有误：{_in_chinese(error)}", f"wrong use: {error.format_message()}"), err=True)
            click.echo(say(f"    用法见 {command} --help。", f"    See {command} --help."), err=True)
            sys.exit(2)
        except click.Abort:
            sys.exit(130)
        except BrokenPipeError:  # whoever read our output has enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(0)


def _in_chinese(error: click.ClickException) -> str:
    """What click says of a wrong use, in Chinese."""
    name = getattr(getattr(error, "param", None), "name", "") or ""
    if isinstance(error, click.MissingParameter):
        return f"缺少“{name}”"
    if isinstance(error, click.NoSuchOption):
        return f"没有选项 {error.option_name}"
    return f"“{name}”的值不对" if name else error.format_message()


def _blamed(name: str, invoke: Callable[[click.Context], Any], ctx: click.Context) -> Any:
    with blame(name, passing=(click.ClickException, click.exceptions.Exit, click.Abort)):
        return invoke(ctx)


class _Broken(click.Command):
    """A command whose plugin could not be loaded: listed, and told when it is called."""

    def __init__(self, name: str, error: NianbaoError) -> None:
        super().__init__(name, help=say("（插件无法加载）", "(its plugin cannot be loaded)"), add_help_option=False)
        self.error = error
        self.ignore_unknown_options = self.allow_extra_args = True

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:
        if kwargs.get("resilient_parsing"):
            return super().make_context(*args, **kwargs)
        raise self.error


def complete_jurisdiction(context: click.Context, _: click.Parameter, incomplete: str) -> list[str]:
    """The ids and names of jurisdictions, for the shell."""
    from nianbao.workspace import Workspace

    workspace = Workspace.around(context.find_root().params.get("folder") or Path())
    known = [word for each in workspace.jurisdictions() for word in (each.id, each.name)]
    return [word for word in dict.fromkeys(known) if word.startswith(incomplete)]


def _complete_format(context: click.Context, _: click.Parameter, incomplete: str) -> list[str]:
    from nianbao.plugins import installed

    plus = "+" if incomplete.startswith("+") else ""
    return [plus + name for name in installed("formats") if name.startswith(incomplete.removeprefix("+"))]


year_option = click.option(
    "--year",
    type=click.IntRange(2008, 2100),
    help=say("年度（默认最近有数据的一年）", "The year (default: the newest with data)."),
)
json_option = click.option("--json", "as_json", is_flag=True, help=say("以 JSON 输出", "Print JSON."))


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("-w", "--workspace", "folder", type=click.Path(path_type=Path), default=Path(),
              help=say("工作区所在文件夹（默认当前文件夹）", "The workspace's folder (default: this one)."))  # fmt: skip
@click.version_option(__version__, prog_name="nianbao")
@click.pass_context
def main(ctx: click.Context, folder: Path) -> None:
    from nianbao.workspace import Workspace

    ctx.obj = Workspace.around(folder)


main.help = say("编制《政府信息公开工作年度报告》。", "Builds statutory annual reports of government information disclosure.")


@main.command(help=say("生成一个或几个编制单位的年度报告。", "Build the reports of one or several jurisdictions."))
@click.argument("jurisdictions", nargs=-1, shell_complete=complete_jurisdiction)
@click.option("--all", "everyone", is_flag=True, help=say("所有编制单位", "Every jurisdiction."))
@year_option
@click.option("-F", "--format", "formats", multiple=True, shell_complete=_complete_format,
              help=say("输出格式（可多次）；+格式 在设置之外再加一种", "An output format (repeatable); +NAME adds one to those of the settings."))  # fmt: skip
@click.option(
    "--fragment",
    is_flag=True,
    help=say("另出粘贴到网站后台的片段（即 -F +fragment）", "Also a fragment to paste into a CMS (-F +fragment)."),
)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help=say("输出文件夹（默认 工作区/build）", "Where to (default: build).")
)
@click.option("--draft", is_flag=True, help=say("有错误也出草稿", "Make a draft in spite of errors."))
@click.option("--offline", is_flag=True, help=say("用 fetch 保存的答复，不联网", "From what `fetch` kept, without a network."))
@json_option
@click.pass_obj
def build(
    workspace: Workspace, jurisdictions: tuple[str, ...], everyone: bool, year: int | None,
    formats: tuple[str, ...], fragment: bool, output: Path | None, draft: bool, offline: bool, as_json: bool,
) -> None:  # fmt: skip
    from nianbao.batch import build_all
    from nianbao.build import Order

    formats += ("+fragment",) if fragment else ()
    names = asked_for(workspace, jurisdictions, everyone, year)
    outcomes = []
    with progress_shown() as progress:
        order = Order(formats, draft, output, offline, progress)
        for done, outcome in enumerate(build_all(workspace, names, year, order), 1):
            outcomes.append(outcome)
            if len(names) > 1:
                click.echo(f"[{done}/{len(names)}] {'✓' if outcome.built else '✗'} {outcome.name}", err=True)
    outcomes.sort(key=lambda outcome: names.index(outcome.name))
    _report(outcomes, as_json, show_year=year is None)
    sys.exit(max(outcome.error.exit_code if outcome.error else 0 for outcome in outcomes))


@main.command(
    help=say(
        "向各数据来源取数并保存，供 build --offline 使用。", "Ask the sources and keep what they answer, for build --offline."
    )
)
@click.argument("jurisdictions", nargs=-1, shell_complete=complete_jurisdiction)
@click.option("--all", "everyone", is_flag=True, help=say("所有编制单位", "Every jurisdiction."))
@year_option
@click.pass_obj
def fetch(workspace: Workspace, jurisdictions: tuple[str, ...], everyone: bool, year: int | None) -> None:
    from nianbao.fetched import fetch

    failed = False
    for name in asked_for(workspace, jurisdictions, everyone, year):
        try:
            with progress_shown() as progress:
                for file in fetch(workspace, name, year, progress):
                    click.echo(str(file))
        except NianbaoError as error:
            failed = True
            click.echo(str(error), err=True)
    sys.exit(2 if failed else 0)


@contextlib.contextmanager
def progress_shown() -> Iterator[Progress | None]:
    """How far sources are, in one line that is wiped in the end; nothing where nobody looks."""
    if not sys.stderr.isatty():
        yield None
        return
    try:
        yield _show
    finally:
        click.echo("\r\x1b[K", nl=False, err=True)


def _show(done: int, total: int, what: str) -> None:
    click.echo(f"\r\x1b[K{what} {done}/{total}", nl=False, err=True)


def asked_for(workspace: Workspace, jurisdictions: tuple[str, ...], everyone: bool, year: int | None) -> list[str]:
    """The names of the jurisdictions that a command was asked for. Raises UnknownName where it was asked for none."""
    if everyone == bool(jurisdictions):
        raise UnknownName("请写编制单位，或用 --all", "name jurisdictions, or use --all", mend=did_you_mean("", workspace.ids))
    return _once(workspace, jurisdictions) or _with_data(workspace, year)


def _once(workspace: Workspace, names: tuple[str, ...]) -> list[str]:
    """Names of jurisdictions, each jurisdiction once; one that is unknown is told by its own build."""
    meant: dict[str, str] = {}
    for name in names:
        try:
            meant.setdefault(workspace.named(name).id, name)
        except NianbaoError:
            meant.setdefault(name, name)
    return list(meant.values())


def _with_data(workspace: Workspace, year: int | None) -> list[str]:
    """The ids of all jurisdictions that have data; the others are told."""
    from nianbao.plugins import is_asked_without_years, years

    having = []
    for id in workspace.ids:
        try:
            jurisdiction = workspace.jurisdiction(id)
            known = years(workspace, jurisdiction)
        except NianbaoError:
            having.append(id)  # its build will tell
            continue
        if (year in known or is_asked_without_years(workspace, jurisdiction)) if year else known:
            having.append(jurisdiction.id)
        else:
            when = f"{year}" if year else ""
            click.echo(say(f"跳过 {jurisdiction.name}：没有{when}数据", f"skipped {jurisdiction.name}: no data {when}"), err=True)
    if not having:
        raise UnknownName(
            "没有一个编制单位有数据",
            "no jurisdiction has data",
            mend=("用 nianbao start 新建。", "Make some with `nianbao start`."),
        )
    return having


def _report(outcomes: list[Outcome], as_json: bool, *, show_year: bool) -> None:
    """Files to stdout, messages and findings to stderr."""
    for outcome in outcomes:
        if outcome.jurisdiction and (show_year or len(outcomes) > 1):
            name, year = outcome.jurisdiction.name, outcome.year
            click.echo(say(f"{name} {year} 年度", f"{name}, year {year}"), err=True)
        if outcome.error:
            click.echo(str(outcome.error), err=True)
        for finding in outcome.built.findings if outcome.built else ():
            click.echo(str(finding), err=True)
        for file in outcome.built.files if outcome.built and not as_json else ():
            click.echo(str(file))
    if as_json:
        import json

        click.echo(json.dumps([_as_dict(outcome) for outcome in outcomes], ensure_ascii=False, indent=2))


def _as_dict(outcome: Outcome) -> dict[str, Any]:
    error, built = outcome.error, outcome.built
    findings = built.findings if built else getattr(error, "findings", [])
    return {
        "jurisdiction": outcome.jurisdiction.id if outcome.jurisdiction else outcome.name,
        "year": outcome.year,
        "files": [str(file) for file in built.files] if built else [],
        "findings": [{"message": str(finding), **finding.as_dict()} for finding in findings],
        "errors": errors_of(error),
    }


def errors_of(error: NianbaoError | None) -> list[dict[str, str]]:
    """A mistake of the user's, or each of several, as JSON tells it."""
    errors = getattr(error, "mistakes", [error] if error else [])
    return [{"message": shown(say(e.zh, e.en)), "place": e.place, "mend": say(*e.mend) if e.mend else ""} for e in errors]


def _speak_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace", **({} if sys.platform == "win32" else {"encoding": "utf-8"}))
