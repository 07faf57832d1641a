"""What prose says of requests against table three (P-NEW, P-DONE, P-CARRY, P-NAT, P-LEGAL, P-RES-*, P-RATE-DONE, P-ZERO)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from nianbao import Found, NotAssessable, Report, Rule, rule
from nianbao_guoban.quantities.binding import Claim
from nianbao_guoban.quantities.denials import all_done
from nianbao_guoban.quantities.reading import Statement
from nianbao_guoban.rules.prose import Excuse, Passage, Remedy, contradicted, figure, passages, plain

BASIS = "表格与文字应当一致"
_LEGAL = ("organisations", "business", "research", "social", "legal_service", "other_organisation")


def _is(path: str, claim: Claim) -> bool:
    return claim.paths == (path,)


def _with_carried_in(report: Report, tell: Remedy | None) -> Excuse:
    """Lets pass a number that counts what was carried in too; without a word of that, it warns (``tell``)."""

    def excuse(passage: Passage, statement: Statement, claim: Claim) -> Remedy | bool:
        row, _, column = claim.paths[0].removeprefix("requests.").partition(".")
        suffix = f".{column}" if column else ""
        try:
            both = sum((figure(report, f"requests.{one}{suffix}") for one in ("new", "carried_in")), Decimal(0))
        except NotAssessable:
            return False
        if row not in ("new", "total") or not claim.quantity.may_be(both):
            return False
        return tell if tell and not re.search("上年|上一年|结转|转入", statement.text) else True

    return excuse


@rule(
    "P-NEW",
    "error",
    basis=BASIS,
    zh="文字里的新收申请数与表不符",
    en="the prose gives another number of new requests than the table",
)
def new(report: Report) -> Iterator[Found]:
    """收到、受理申请 n 件 is the number of new requests (or with those carried in, where it says so)."""
    tell = ("像是连上年结转一起算的，句子没有说明", "it seems to count those carried in, and does not say so")
    yield from contradicted(
        report, lambda claim: _is("requests.new", claim) and claim.quantity.value != 0, _with_carried_in(report, tell)
    )


@rule(
    "P-ZERO",
    "error",
    basis=BASIS,
    zh="文字说没有收到申请，表中有",
    en="the prose says that no request came in, the table has some",
)
def zero(report: Report) -> Iterator[Found]:
    """未收到申请, or 0件, where the table has none."""
    yield from contradicted(
        report,
        lambda claim: _is("requests.new", claim) and claim.quantity.value == 0,
        denied=lambda path: path.startswith("requests."),
    )


@rule(
    "P-DONE",
    "error",
    basis=BASIS,
    zh="文字里的办结数与表不符",
    en="the prose gives another number of answered requests than the table",
)
def done(report: Report) -> Iterator[Found]:
    """办结、答复 n 件 is the total of the outcomes; 办理 may mean all there were to answer."""

    def excuse(passage: Passage, statement: Statement, claim: Claim) -> Remedy | bool:
        return claim.words in ("办理", "处理") and _with_carried_in(report, None)(passage, statement, claim)

    yield from contradicted(report, lambda claim: _is("requests.total", claim), excuse)


@rule(
    "P-CARRY",
    "error",
    basis=BASIS,
    zh="文字里的结转数与表不符",
    en="the prose gives another number of requests carried over than the table",
)
def carried(report: Report) -> Iterator[Found]:
    """结转下年度 n 件, 上年结转 n 件."""
    yield from contradicted(report, lambda claim: claim.paths in (("requests.carried_out",), ("requests.carried_in",)))


@rule(
    "P-NAT",
    "error",
    basis=BASIS,
    zh="文字里的自然人申请数与表不符",
    en="the prose gives another number for natural persons than the table",
)
def natural(report: Report) -> Iterator[Found]:
    """自然人 n 件, of the row that the sentence speaks of, with those carried in or without."""
    yield from contradicted(report, lambda claim: claim.paths[0].endswith(".natural_person"), _with_carried_in(report, None))


@rule(
    "P-LEGAL",
    "error",
    basis=BASIS,
    zh="文字里的法人或其他组织申请数与表不符",
    en="the prose gives another number for organisations than the table",
)
def legal(report: Report) -> Iterator[Found]:
    """法人或其他组织 m 件, 商业企业 m 件..."""
    yield from contradicted(report, lambda claim: claim.paths[0].rpartition(".")[2] in _LEGAL, _with_carried_in(report, None))


def _outcome(code: str, row: str, label: str, en: str) -> Rule:
    def look(report: Report) -> Iterator[Found]:
        path = f"requests.{row}"
        yield from contradicted(
            report,
            lambda claim: (
                (claim.paths[0] == path or claim.paths[0].startswith(f"{path}."))
                and claim.paths[0].rpartition(".")[2] not in ("natural_person", *_LEGAL)
            ),
        )

    zh = f"文字里的“{label}”数与表不符"
    return Rule(code, "error", BASIS, zh, f"the prose gives another number of requests {en} than the table", look)


OUTCOMES = [
    _outcome("P-RES-GRANTED", "granted", "予以公开", "granted"),
    _outcome("P-RES-PARTIAL", "partial", "部分公开", "granted in part"),
    _outcome("P-RES-DENIED", "denied", "不予公开", "denied"),
    _outcome("P-RES-UNABLE", "unable", "无法提供", "that could not be served"),
    _outcome("P-RES-NOPROC", "not_processed", "不予处理", "not processed"),
    _outcome("P-RES-OTHER", "other", "其他处理", "dealt with otherwise"),
]


@rule("P-RATE-DONE", "warning", basis="编制惯例", zh="文字说全部办结，表中有结转", en="the prose says that all requests were answered, the table carries some over",
      mend=("写“应办结的全部办结”，或说明结转的件数。", "Write 应办结, or say how many were carried over."))  # fmt: skip
def rate(report: Report) -> Iterator[Found]:
    """办结率100%, 均已办结: nothing is carried over, or the words say 应办结. 按时, 按期 may both be true: a note."""
    for passage in passages(report):
        for said in all_done(passage.text, passage.setting):
            if (left := figure(report, "requests.carried_out")) and not said.due:
                what = (
                    f"{passage.title}写“{said.words}”，表中结转下年度 {plain(left)} 件",
                    f"“{said.words}” in {passage.title}, and the table carries {plain(left)} over",
                )
                yield Found(
                    "requests.carried_out", "0", plain(left), passage.place, what, severity="info" if said.in_time else "warning"
                )


RULES = [new, zero, done, carried, natural, legal, *OUTCOMES, rate]
