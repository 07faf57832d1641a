"""The command ``check``: all rules on the data, nothing written; for people, as JSON, as SARIF."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from nianbao.cli import asked_for, complete_jurisdiction, json_option, progress_shown, year_option
from nianbao.errors import DataError, FileError, Mistakes, NianbaoError, SentenceError, SourceError, YamlError, say
from nianbao.lean import dataclass

if TYPE_CHECKING:
    from nianbao.build import Examined, Order
    from nianbao.checks import Findings
    from nianbao.past import Lacking
    from nianbao.workspace import Edition, Workspace

MISTAKES = (Mistakes, DataError, FileError, SentenceError, SourceError, YamlError)  # of the data, once the settings are read
_TOLD = 3  # of what is lacking: where a table is, a dozen figures are
_COUNTED = {
    "error": ("个错误", "error", "errors"),
    "warning": ("个警告", "warning", "warnings"),
    "info": ("个提示", "note", "notes"),
}


@dataclass(frozen=True)
class Checked:
    """One report checked, or the ``error`` for which it could not be. ``name`` is what was asked for.

    Where its data could not be read at all, it is not ``examined``, and the mistakes are its ``findings``.
    """

    name: str
    edition: Edition | None = None
    examined: Examined | None = None
    findings: Findings | None = None
    error: NianbaoError | None = None

    @property
    def exit_code(self) -> int:
        """0, 1 where an error stands, 2 where the data or what was asked for is wrong."""
        if self.error or self.examined is None or self.examined.report.mistakes:
            return self.error.exit_code if self.error else 2
        return int(self.examined.stop)


@click.command(
    help=say("按全部规则核查年度报告，不写任何文件。", "Check reports by all rules, without writing any file."),
    epilog=say(
        "退出码：0 没有错误；1 有错误；2 数据或用法不对。", "Exit codes: 0 no error; 1 errors; 2 wrong data or wrong use."
    ),
)
@click.argument("jurisdictions", nargs=-1, shell_complete=complete_jurisdiction)
@click.option("--all", "everyone", is_flag=True, help=say("所有编制单位", "Every jurisdiction."))
@year_option
@click.option("--offline", is_flag=True, help=say("用 fetch 保存的答复，不联网", "From what `fetch` kept, without a network."))
@json_option
@click.option("--sarif", "as_sarif", is_flag=True, help=say("以 SARIF 2.1.0 输出", "Print SARIF 2.1.0."))
@click.pass_obj
def check(
    workspace: Workspace, jurisdictions: tuple[str, ...], everyone: bool, year: int | None,
    offline: bool, as_json: bool, as_sarif: bool,
) -> None:  # fmt: skip
    if as_json and as_sarif:
        raise click.UsageError("--json or --sarif, not both")
    names = asked_for(workspace, jurisdictions, everyone, year)
    several = len(names) > 1
    worst, kept = 0, []
    ended: list[int] = []
    if as_sarif:
        from nianbao_check.sarif import Log

        log = Log(workspace.folder)
    if as_json:
        from nianbao_check.machines import as_dict, dumped
    for checked in _each(workspace, names, year, offline):
        worst = max(worst, checked.exit_code)
        ended.append(checked.exit_code)
        if checked.error:
            click.echo(str(checked.error), err=True)
        if as_sarif:
            log.add(checked)
        elif as_json:
            kept.append(as_dict(checked))
        elif checked.findings:
            click.echo("\n".join(_told(checked, checked.findings, gaps=not several)))
    if as_sarif:
        click.echo(log.dumped())
    elif as_json:
        click.echo(dumped(kept[0] if len(jurisdictions) == 1 else kept))
    elif several:
        click.echo(_in_all(ended))
    sys.exit(worst)


def _each(workspace: Workspace, names: list[str], year: int | None, offline: bool) -> Iterator[Checked]:
    """Each report checked, one after the other: one that cannot be keeps nobody from the next."""
    from nianbao.build import Order

    for name in names:
        with progress_shown() as progress:
            checked = _checked(workspace, name, year, Order(offline=offline, progress=progress))
        yield checked


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


def _in_all(ended: list[int]) -> str:
    """How many of several reports have no error, have some, and could not be read; ``ended`` are their exit codes."""
    fine, wrong, unread = (ended.count(code) for code in (0, 1, 2))
    return say(
        f"共 {len(ended)} 份：{fine} 份没有错误，{wrong} 份有错误，{unread} 份的数据或设置读不了",
        f"{len(ended)} reports: {fine} without an error, {wrong} with errors, {unread} whose data or settings cannot be read",
    )


def _told(checked: Checked, findings: Findings, *, gaps: bool) -> Iterator[str]:
    """What people read: findings, what is waived, what could not be assessed and why if asked; the last line counts."""
    yield from map(str, sorted(findings.found, key=lambda finding: list(_COUNTED).index(finding.severity)))
    for finding, waiver in findings.waived:
        place = f"{finding.place}: " if finding.place else ""
        yield f"{place}{say('已豁免', 'waived')} {finding.code} {say(finding.zh, finding.en)}"
        yield say(f"    {waiver.reason}（{waiver.by}，{waiver.date}）", f"    {waiver.reason} ({waiver.by}, {waiver.date})")
    yield from _gaps(checked.examined) if gaps and checked.examined else ()
    if checked.edition:
        name, year, counts = checked.edition.jurisdiction.name, checked.edition.year, _counts(findings)
        yield say(f"{name} {year} 年度：{counts}", f"{name}, year {year}: {counts}")


def _gaps(examined: Examined) -> Iterator[str]:
    """Which rules could not be assessed for want of what: last year's report in a line of its own, the first few others in another."""
    from nianbao.record import archive_file

    edition, gaps = examined.report.edition, examined.findings.gaps
    archive = archive_file(edition, edition.year - 1)
    for codes in ([code for code in gaps if archive in gaps[code]], [code for code in gaps if archive not in gaps[code]]):
        wants = list(dict.fromkeys(_want(examined, gaps[code]) for code in codes))
        some, more = wants[:_TOLD], len(wants) > _TOLD
        if codes:
            yield say(
                f"缺{'、'.join(some)}{'等' * more}，无法判断：{'、'.join(codes)}",
                f"not assessable for want of {', '.join(some)}{' and more' * more}: {', '.join(codes)}",
            )


def _want(examined: Examined, lacking: Lacking) -> str:
    """What a rule lacked, as people call it."""
    from nianbao.report import label

    facts = examined.report.facts
    known = lacking in facts.standard.nodes or lacking in facts.named
    return f"“{label(facts, lacking)}”" if known else say(lacking.zh, lacking.en)


def _counts(findings: Findings) -> str:
    counts = []
    for severity, words in _COUNTED.items():
        if count := sum(finding.severity == severity for finding in findings.found):
            counts.append(say(f"{count} {words[0]}", f"{count} {words[1] if count == 1 else words[2]}"))
    counts = counts or [say("没有发现问题", "nothing found")]
    passed, waived, lacking = len(findings.passed), len(findings.waived), len(findings.gaps)
    counts += [say(f"豁免 {waived} 项", f"{waived} waived")] if waived else []
    counts += (
        [say(f"{lacking} 条规则无法判断", f"{lacking} {'rule' if lacking == 1 else 'rules'} not assessable")] if lacking else []
    )
    counts += [say(f"{passed} 条规则通过", f"{passed} rules passed")] if passed else []
    return say("，", ", ").join(counts)
