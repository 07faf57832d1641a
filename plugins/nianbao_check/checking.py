"""The command ``check``: all rules on the data, or on a finished report; nothing is written. For people, as JSON, as SARIF."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from os.path import isdir
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nianbao.cli import asked_for, complete_jurisdiction, json_option, progress_shown, year_option
from nianbao.errors import DataError, FileError, Mistakes, NianbaoError, SentenceError, SourceError, YamlError, say
from nianbao_check.checked import Checked, How, Printed, printed

if TYPE_CHECKING:
    from nianbao.build import Order
    from nianbao.workspace import Workspace

MISTAKES = (Mistakes, DataError, FileError, SentenceError, SourceError, YamlError)  # of the data, once the settings are read


@click.command(
    help=say(
        "按全部规则核查编制单位的年度报告，或者现成的报告文件；不写任何文件。",
        "Check reports of jurisdictions, or finished reports in files, by all rules, without writing any file.",
    ),
    epilog=say(
        "退出码：0 没有错误；1 有错误；2 数据、文件或用法不对。",
        "Exit codes: 0 no error; 1 errors; 2 wrong data, a file that cannot be read, or wrong use.",
    ),
)
@click.argument("reports", nargs=-1, shell_complete=complete_jurisdiction, metavar="[JURISDICTION|FILE]...")
@click.option("--all", "everyone", is_flag=True, help=say("所有编制单位", "Every jurisdiction."))
@click.option("--previous", type=click.Path(path_type=Path), help=say(
    "同一机关上一年的报告文件，供核对跨年的数", "The file of the same body's report of the year before, to check the one against the other."))  # fmt: skip
@year_option
@click.option("--offline", is_flag=True, help=say("用 fetch 保存的答复，不联网", "From what `fetch` kept, without a network."))
@json_option
@click.option("--sarif", "as_sarif", is_flag=True, help=say("以 SARIF 2.1.0 输出", "Print SARIF 2.1.0."))
@click.pass_obj
def check(
    workspace: Workspace, reports: tuple[str, ...], everyone: bool, previous: Path | None, year: int | None,
    offline: bool, as_json: bool, as_sarif: bool,
) -> None:  # fmt: skip
    if as_json and as_sarif:
        raise click.UsageError("--json or --sarif, not both")
    from nianbao_check.asked import files_of, sorted_out

    files, names = sorted_out(workspace, reports)
    if names or everyone or not files:
        names = asked_for(workspace, tuple(names), everyone, year)
    elif year is not None:
        raise click.UsageError(
            say("--year 只用于编制单位，文件的年度以文件为准", "--year is for jurisdictions; a file says its own year")
        )
    asked = _in_order(reports, files_of(files), names)
    if previous and (names or len(asked) != 1 or isdir(next(iter(files)))):
        raise click.UsageError(say("--previous 只用于核查一份文件", "--previous goes with a single file"))
    how: How = "sarif" if as_sarif else "json" if as_json else "text"
    kept = []
    for one in _each(workspace, asked, (year, offline), how, previous, gaps=len(asked) == 1):
        kept.append(one)
        if one.error:
            click.echo(str(one.error), err=True)
        if one.text:
            click.echo(one.text)
    one_asked = len(asked) == len(reports) == 1 and not everyone and not any(isdir(file) for file in files)
    _print_all(kept, how, workspace.folder, as_list=not one_asked)
    sys.exit(max(one.exit_code for one in kept))


def _print_all(kept: list[Printed], how: How, workspace: Path, *, as_list: bool) -> None:
    """What is printed once, behind all reports."""
    if how == "sarif":
        from nianbao_check.sarif import Log

        click.echo(Log.of(workspace, [one.log for one in kept if one.log]).dumped())
    elif how == "json":
        from nianbao_check.machines import dumped

        click.echo(dumped([one.data for one in kept] if as_list else kept[0].data))
    elif len(kept) > 1:
        from nianbao_check.telling import in_all

        click.echo(in_all([one.exit_code for one in kept]))


def _in_order(reports: tuple[str, ...], files: dict[Path, list[Path]], names: list[str]) -> list[str | Path]:
    """Jurisdictions and files in the order in which they were asked for, each once; a folder's files where it stands."""
    asked: dict[str | Path, None] = {}
    for report in reports:
        if (file := Path(report)) in files:
            asked |= dict.fromkeys(files[file])
        elif report in names:
            asked[report] = None
    return list(asked | dict.fromkeys(names))


def _each(
    workspace: Workspace, asked: list[str | Path], which: tuple[int | None, bool], how: How, previous: Path | None, *, gaps: bool
) -> Iterator[Printed]:
    """Each report checked, in order: one that cannot be keeps nobody from the next."""
    from nianbao.build import Order

    files = [one for one in asked if isinstance(one, Path)]
    year, offline = which
    if files:
        from nianbao_check.files import check_all

        of_files = check_all(files, how, workspace.folder, previous, gaps=gaps)
    for number, one in enumerate(asked, 1):
        with progress_shown() as progress:
            if isinstance(one, Path):
                if progress and len(asked) > 1:
                    progress(number, len(asked), one.name)
                told = next(of_files)
            else:
                checked = _checked(workspace, one, year, Order(offline=offline, progress=progress))
                told = printed(checked, how, workspace.folder, gaps=gaps)
        yield told


def _checked(workspace: Workspace, name: str, year: int | None, order: Order) -> Checked:
    from nianbao.build import edition_of, examine

    edition = None
    try:
        edition = edition_of(workspace, name, year)
        examined = examine(edition, order)
    except NianbaoError as error:
        if edition is None or not isinstance(error, MISTAKES):
            return Checked(name, edition, error=error)
        from nianbao.checks import Findings, as_finding

        return Checked(name, edition, findings=Findings([as_finding(mistake) for mistake in getattr(error, "mistakes", [error])]))
    return Checked(name, edition, examined, examined.findings)
