"""What prose says of documents, decisions and fees against table two and part six (P-T2-*, P-FEE)."""

from __future__ import annotations

from collections.abc import Iterator

from nianbao import Found, Report, Rule, rule
from nianbao_guoban.rules.prose import contradicted, passages, plain

BASIS = "表格与文字应当一致"


def _row(code: str, row: str, label: str, en: str) -> Rule:
    path = f"proactive_disclosure.{row}"

    def below(one: str) -> bool:
        return one == path or one.startswith(f"{path}.")

    def look(report: Report) -> Iterator[Found]:
        yield from contradicted(report, lambda claim: below(claim.paths[0]), denied=below)

    return Rule(
        code, "error", BASIS, f"文字里的{label}数与表不符", f"the prose gives another number of {en} than the table", look
    )


ROWS = [
    _row("P-T2-RULES", "regulations", "规章", "regulations"),
    _row("P-T2-NORM", "normative_documents", "行政规范性文件", "normative documents"),
    _row("P-T2-LICENCE", "licences", "行政许可", "licences"),
    _row("P-T2-PENALTY", "penalties", "行政处罚", "penalties"),
    _row("P-T2-COERCION", "coercion", "行政强制", "coercive measures"),
    _row("P-T2-FEE", "fees", "行政事业性收费", "fees"),
]


@rule(
    "P-FEE",
    "error",
    basis="国办函〔2020〕109号",
    zh="文字里的信息处理费前后不符",
    en="the prose gives another fee for information than part six",
)
def fee(report: Report) -> Iterator[Found]:
    """信息处理费 n 元, 未收取信息处理费; where money was taken, it was from somebody."""
    path = "other_matters.fee"
    yield from contradicted(report, lambda claim: claim.paths == (path,), denied=lambda one: one == path)
    for passage in passages(report):
        for statement in passage.statements:
            if "处理费" not in statement.text:
                continue
            paid = [q for q in statement.quantities if q.kind == "amount" and q.value]
            cases = [
                q
                for q in statement.quantities
                if q.unit in ("件", "笔", "次", "宗") and "收" in q.before and "申请" not in q.subject
            ]
            if paid and cases and all(case.value == 0 for case in cases):
                shown = passage.shown(cases[0].start, paid[-1].end)
                what = (
                    f"{passage.title}“{shown}”：收了钱，件数却是 0",
                    f"“{shown}” in {passage.title}: money was taken in no case",
                )
                mend = ("核对件数和金额。", "Check the number and the amount.")
                yield Found(path, "> 0", plain(cases[0].value), passage.place, what, mend, "warning")


RULES = [*ROWS, fee]
