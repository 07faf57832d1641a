"""What prose says of the fee for information (P-FEE)."""

from __future__ import annotations

from collections.abc import Iterator

from nianbao import Found, Report, rule
from nianbao_guoban.rules.claims import Cells, contradicted
from nianbao_guoban.rules.prose import passages, plain

PATH = "other_matters.fee"
_FEE = Cells("P-FEE", "信息处理费", "fee", (PATH,), denied=(PATH,))
_UNITS = ("件", "笔", "次", "宗")


@rule("P-FEE", "error", basis="国办函〔2020〕109号", zh="文字里的信息处理费前后不符",
      en="the prose gives another fee for information than part six")  # fmt: skip
def fee(report: Report) -> Iterator[Found]:
    """信息处理费 n 元, 未收取信息处理费; where money was taken, it was from somebody."""
    yield from _from_nobody(report)
    yield from contradicted(report, _FEE, lambda claim: claim.paths == (PATH,))


def _from_nobody(report: Report) -> Iterator[Found]:
    for passage in passages(report):
        for statement in passage.statements:
            if "处理费" not in statement.text:
                continue
            paid = [q for q in statement.quantities if q.kind == "amount" and q.value]
            cases = [q for q in statement.quantities if q.unit in _UNITS and "收" in q.before and "申请" not in q.subject]
            if paid and cases and all(case.value == 0 for case in cases):
                shown = passage.shown(cases[0].start, paid[-1].end)
                what = (
                    f"{passage.title}“{shown}”：收了钱，件数却是 0",
                    f"“{shown}” in {passage.title}: money was taken in no case",
                )
                mend = ("核对件数和金额。", "Check the number and the amount.")
                yield Found(PATH, "> 0", plain(cases[0].value), passage.place, what, mend)


RULES = [fee]
