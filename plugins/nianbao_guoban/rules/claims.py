"""What numbers in prose claim of the tables' cells: one declaration a code, one way to look (P-NEW … P-T2-FEE, P-ZERO)."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import NamedTuple

from nianbao import Found, NotAssessable, Report, Rule, rule
from nianbao.prose import any_of
from nianbao.tree import bare
from nianbao_guoban.quantities.binding import Claim
from nianbao_guoban.quantities.denials import Denial
from nianbao_guoban.quantities.reading import Statement
from nianbao_guoban.quantities.words import Words
from nianbao_guoban.rules.prose import Passage, Remedy, all_claims, correct, figure, named, passages, plain

BASIS = "表格与文字应当一致"
_ADDED = Words(r"(?:加上|连同|含|包括)[^；;。]{0,16}(?:结转|转入|上一?年)", "加上", "连同", "含", "包括")
_INCLUDED = Words(r"(?:含|其中|包括)[^；;。()（）]{0,24}(?:结转|转入|上一?年)", "含", "其中", "包括")
_ENDED = ("撤回", "撤销", "终止", "并案", "合并", "不再处理")
Excuse = Callable[[Report, Statement, Claim], Remedy | bool]


class Cells(NamedTuple):
    """A rule over the numbers that prose gives of the cells at ``paths`` and below them, in words of both languages.

    ``excuse`` is asked about a number that differs: True lets it pass, two texts make it a warning that says them.
    ``denied`` are the cells of which prose may say in words that there was none.
    """

    code: str
    zh: str
    en: str
    paths: tuple[str, ...]
    excuse: Excuse | None = None
    denied: tuple[str, ...] = ()


def _with_carried_in(report: Report, statement: Statement, claim: Claim) -> bool:
    """Lets a number pass that counts what was carried in too."""
    row, _, column = claim.paths[0].removeprefix("requests.").partition(".")
    suffix = f".{column}" if column else ""
    try:
        both = sum((figure(report, f"requests.{one}{suffix}") for one in ("new", "carried_in")), Decimal(0))
    except NotAssessable:
        return False
    return row in ("new", "total") and claim.quantity.may_be(both)


def _says_with_carried_in(report: Report, statement: Statement, claim: Claim) -> Remedy | bool:
    """The same; where no word says so, it warns. 新收 are those of the year alone."""
    if claim.words.startswith("新收") or not _with_carried_in(report, statement, claim):
        return False
    at = claim.quantity.start - statement.start
    if _ADDED(statement.text[:at]) or _INCLUDED(statement.text[at:]):
        return True
    return ("像是连上年结转一起算的，句子没有说清", "it seems to count those carried in, and does not say so")


def _all_there_were(report: Report, statement: Statement, claim: Claim) -> Remedy | bool:
    """办理 may mean all that there were to answer."""
    if claim.words in ("办理", "处理"):
        return _with_carried_in(report, statement, claim)
    if "其中" in claim.quantity.before and _of_the_new(report, claim):
        return True
    if any_of(_ENDED, statement.text) and claim.quantity.value < figure(report, claim.paths[0]):
        return ("撤回、合并等的申请也计入表中总计", "those withdrawn or merged count in the table's total, too")
    return False


def _of_the_new(report: Report, claim: Claim) -> bool:
    """Whether a number may be that of the new requests that were answered: 收到15件，其中14件已答复."""
    try:
        done, new, carried = (figure(report, f"requests.{row}") for row in ("total", "new", "carried_in"))
    except NotAssessable:
        return False
    return bool(carried) and done - carried <= claim.quantity.value <= min(done, new)


def _outcome(code: str, row: str, zh: str, en: str) -> Cells:
    return Cells(code, f"“{zh}”数", f"requests {en}", (f"requests.{row}",))


def _item(code: str, row: str, zh: str, en: str) -> Cells:
    path = f"proactive_disclosure.{row}"
    return Cells(code, f"{zh}数", en, (path,), denied=(path,))


_COLUMNS = {"natural_person": "P-NAT"} | dict.fromkeys(
    ("organisations", "business", "research", "social", "legal_service", "other_organisation"), "P-LEGAL"
)
CELLS = (
    Cells("P-NEW", "新收申请数", "new requests", ("requests.new",), _says_with_carried_in),
    Cells("P-DONE", "办结数", "answered requests", ("requests.total",), _all_there_were),
    Cells("P-CARRY", "结转数", "requests carried over", ("requests.carried_in", "requests.carried_out")),
    Cells("P-NAT", "自然人申请数", "requests of natural persons", (), _with_carried_in),
    Cells("P-LEGAL", "法人或其他组织申请数", "requests of organisations", (), _with_carried_in),
    _outcome("P-RES-GRANTED", "granted", "予以公开", "granted"),
    _outcome("P-RES-PARTIAL", "partial", "部分公开", "granted in part"),
    _outcome("P-RES-DENIED", "denied", "不予公开", "denied"),
    _outcome("P-RES-UNABLE", "unable", "无法提供", "that could not be served"),
    _outcome("P-RES-NOPROC", "not_processed", "不予处理", "not processed"),
    _outcome("P-RES-OTHER", "other", "其他处理", "dealt with otherwise"),
    Cells("P-REV", "行政复议数", "reviews", ("disputes.review",), denied=("disputes.review",)),
    Cells("P-LIT", "行政诉讼数", "lawsuits", ("disputes.litigation", "disputes.litigation_direct", "disputes.litigation_after_review"),
          denied=("disputes.litigation",)),
    _item("P-T2-RULES", "regulations", "规章", "regulations"),
    _item("P-T2-NORM", "normative_documents", "行政规范性文件", "normative documents"),
    _item("P-T2-LICENCE", "licences", "行政许可", "licences"),
    _item("P-T2-PENALTY", "penalties", "行政处罚", "penalties"),
    _item("P-T2-COERCION", "coercion", "行政强制", "coercive measures"),
    _item("P-T2-FEE", "fees", "行政事业性收费", "fees"),
)  # fmt: skip
ZERO = Cells("P-ZERO", "没有收到申请", "no request", (), denied=("requests",))


@functools.cache
def code_of(paths: tuple[str, ...], is_zero: bool) -> str:
    """The rule that a claim of these cells belongs to; 收到申请0件 is that of what is denied."""
    if paths == ("requests.new",) and is_zero:
        return ZERO.code
    column = _COLUMNS.get(paths[0].rpartition(".")[2])
    return column or next((cells.code for cells in CELLS if is_below(paths[0], cells.paths)), "")


def is_below(path: str, tops: tuple[str, ...]) -> bool:
    """Whether a path is one of some, or lies below it."""
    return path in tops or path.startswith(tuple(f"{top}." for top in tops))


def contradicted(report: Report, cells: Cells, belongs: Callable[[Claim], bool] | None = None) -> Iterator[Found]:
    """The claims of a report's prose that its facts contradict, of those that belong to a rule's cells.

    Raises NotAssessable where each of the facts is absent that prose speaks of.
    """
    absent = assessed = False
    for passage, statement, claim in all_claims(report):
        if not (belongs(claim) if belongs else code_of(claim.paths, claim.quantity.value == 0) == cells.code):
            continue
        try:
            value = sum((figure(report, path) for path in claim.paths), Decimal(0))
            assessed = True
            if not _agrees(claim, value):
                yield from _contradiction(report, passage, statement, claim, value, cells.excuse)
        except NotAssessable:
            absent = True
    for passage in passages(report) if cells.denied else ():
        for denial in passage.denials:
            for path in (path for path in denial.paths if is_below(path, cells.denied)):
                try:
                    value, assessed = figure(report, path), True
                    if value:
                        yield _denied(report, passage, denial, path)
                except NotAssessable:
                    absent = True
    if absent and not assessed:
        raise NotAssessable("the figures that the prose speaks of", "正文所说的数字")


def _agrees(claim: Claim, value: Decimal) -> bool:
    quantity = claim.quantity
    if claim.relation == "<=":
        return quantity.bound == "<" or quantity.value <= value
    return quantity.fact in claim.paths or quantity.may_be(value)


def _contradiction(
    report: Report, passage: Passage, statement: Statement, claim: Claim, value: Decimal, excuse: Excuse | None
) -> Iterator[Found]:
    excused = excuse(report, statement, claim) if excuse else False
    if excused is True:
        return
    quantity, path = claim.quantity, claim.paths[0]
    sure = claim.sure and quantity.fact not in report.facts.named and quantity.bound != "~"
    shown = passage.shown(quantity.start, quantity.end)
    what = (
        f"{passage.title}“{shown}”{'' if sure else '可能'}与表不符",
        f"“{shown}” in {passage.title} {'contradicts' if sure else 'may contradict'} the table",
    )
    if isinstance(excused, tuple):
        what, sure = (f"{what[0]}：{excused[0]}", f"{what[1]}: {excused[1]}"), False
    if quantity.fact and quantity.fact not in claim.paths:
        name = bare(report.facts.node(quantity.fact).label)
        what = (f"{what[0]}（句子里用的是“{name}”的数）", f"{what[1]} (the sentence takes the figure of “{name}”)")
    expected = f"{'≤ ' if claim.relation == '<=' else ''}{plain(value)}"
    if len(claim.paths) > 1:
        terms = " + ".join(f"{named(report, one)} {plain(figure(report, one))}" for one in claim.paths)
        expected = f"{expected} = {terms}"
    if claim.note:
        yield _not_the_same(passage, claim, what, expected)
        return
    yield Found(path, expected, quantity.text, passage.place, what, correct(report, claim.paths), "error" if sure else "warning")


def _not_the_same(passage: Passage, claim: Claim, what: Remedy, expected: str) -> Found:
    """政策性文件 are more than 行政规范性文件: a difference is to be looked at, no more."""
    mend = (
        "政策性文件不等于行政规范性文件；说的若是后者，请写全称。",
        "政策性文件 are not 行政规范性文件; write the latter where they are meant.",
    )
    return Found(claim.paths[0], expected, claim.quantity.text, passage.place, what, mend, "info")


def _denied(report: Report, passage: Passage, denial: Denial, path: str) -> Found:
    sure = denial.sure
    what = (
        f"{passage.title}写“{denial.words}”，{'' if sure else '可能'}与表不符",
        f"“{denial.words}” in {passage.title} {'contradicts' if sure else 'may contradict'} the table",
    )
    mend = ("改正这句话，或核对表中的数。", "Correct the sentence, or check the table.")
    return Found(path, plain(figure(report, path)), "0", passage.place, what, mend, "error" if sure else "warning")


def _rule(cells: Cells) -> Rule:
    def look(report: Report) -> Iterator[Found]:
        yield from contradicted(report, cells)

    zh, en = f"文字里的{cells.zh}与表不符", f"the prose gives another number of {cells.en} than the table"
    return Rule(cells.code, "error", BASIS, zh, en, look)


@rule(ZERO.code, "error", basis=BASIS, zh="文字说没有收到申请，表中有",
      en="the prose says that no request came in, the table has some")  # fmt: skip
def zero(report: Report) -> Iterator[Found]:
    """未收到申请, or 0件, where the table has some."""
    yield from contradicted(report, ZERO)


RULES = [*map(_rule, CELLS), zero]
