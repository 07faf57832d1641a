"""What ``check`` prints for people: findings, what is waived, what could not be assessed; the last line counts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from nianbao.errors import say

if TYPE_CHECKING:
    from nianbao.build import Assessed
    from nianbao.checks import Findings
    from nianbao.past import Lacking
    from nianbao_check.checked import Checked

_TOLD = 3  # of what is lacking: where a table is, a dozen figures are
_COUNTED = {
    "error": ("个错误", "error", "errors"),
    "warning": ("个警告", "warning", "warnings"),
    "info": ("个提示", "note", "notes"),
}


def in_all(ended: list[int]) -> str:
    """How many of several reports have no error, have some, and could not be read; ``ended`` are their exit codes."""
    fine, wrong, unread = (ended.count(code) for code in (0, 1, 2))
    return say(
        f"共 {len(ended)} 份：{fine} 份没有错误，{wrong} 份有错误，{unread} 份的数据或设置读不了",
        f"{len(ended)} reports: {fine} without an error, {wrong} with errors, {unread} whose data or settings cannot be read",
    )


def told(checked: Checked, findings: Findings, *, gaps: bool) -> Iterator[str]:
    """What people read: findings, what is waived, what could not be assessed and why if asked; the last line counts."""
    yield from map(str, sorted(findings.found, key=lambda finding: list(_COUNTED).index(finding.severity)))
    for finding, waiver in findings.waived:
        place = f"{finding.place}: " if finding.place else ""
        yield f"{place}{say('已豁免', 'waived')} {finding.code} {say(finding.zh, finding.en)}"
        yield say(f"    {waiver.reason}（{waiver.by}，{waiver.date}）", f"    {waiver.reason} ({waiver.by}, {waiver.date})")
    yield from _gaps(checked.examined) if gaps and checked.examined else ()
    if checked.edition:
        name, year, counts = checked.edition.jurisdiction.name, checked.edition.year, _counts(findings)
        if checked.file:
            standard = checked.edition.standard.name
            whose = say(f"{name} ", f"{name}, ") if name else ""
            yield say(f"{checked.file}：{whose}{year} 年度，{standard} 格式：{counts}",
                      f"{checked.file}: {whose}year {year}, format {standard}: {counts}")  # fmt: skip
        else:
            yield say(f"{name} {year} 年度：{counts}", f"{name}, year {year}: {counts}")


def _gaps(examined: Assessed) -> Iterator[str]:
    """Which rules could not be assessed for want of what: last year's report in a line of its own, the first few others in another."""
    from nianbao.record import archive_file

    edition, gaps = examined.report.edition, examined.findings.gaps
    archive = archive_file(edition, edition.year - 1)
    before = [code for code, lacking in gaps.items() if archive in lacking or lacking == "--previous"]
    for codes in (before, [code for code in gaps if code not in before]):
        wants = list(dict.fromkeys(_want(examined, gaps[code]) for code in codes))
        some, more = wants[:_TOLD], len(wants) > _TOLD
        if codes:
            yield say(
                f"缺{'、'.join(some)}{'等' * more}，无法判断：{'、'.join(codes)}",
                f"not assessable for want of {', '.join(some)}{' and more' * more}: {', '.join(codes)}",
            )


def _want(examined: Assessed, lacking: Lacking) -> str:
    """What a rule lacked, as people call it."""
    from nianbao.report import label

    facts, path = examined.report.facts, lacking.path
    known = path in facts.standard.nodes or path in facts.named
    what = f"“{label(facts, path)}”" if known else say(lacking.zh, lacking.en)
    return say(f"{lacking.file} 里的{what}", f"{what} in {lacking.file}") if lacking.file else what


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
