"""What prose says of reviews and lawsuits against table four (P-REV, P-LIT, T4-WIN-CLAIM)."""

from __future__ import annotations

from collections.abc import Iterator

from nianbao import Found, NotAssessable, Report, rule
from nianbao_guoban.quantities.denials import outcomes
from nianbao_guoban.rules.prose import contradicted, figure, passages, plain

BASIS = "表格与文字应当一致"


@rule(
    "P-REV", "error", basis=BASIS, zh="文字里的行政复议数与表不符", en="the prose gives another number of reviews than the table"
)
def reviews(report: Report) -> Iterator[Found]:
    """行政复议 n 件 and its outcomes, reviews and lawsuits together; 未发生行政复议."""
    path = "disputes.review"
    yield from contradicted(
        report, lambda claim: claim.paths[0] == path or claim.paths[0].startswith(f"{path}."), denied=lambda one: one == path
    )


@rule(
    "P-LIT", "error", basis=BASIS, zh="文字里的行政诉讼数与表不符", en="the prose gives another number of lawsuits than the table"
)
def lawsuits(report: Report) -> Iterator[Found]:
    """行政诉讼 n 件 is those brought at once and those after a review, and so are its outcomes; 未发生行政诉讼."""
    path = "disputes.litigation"
    yield from contradicted(report, lambda claim: claim.paths[0].startswith(path), denied=lambda one: one == path)


_NAMES = {"review": ("行政复议", "reviews"), "litigation": ("行政诉讼", "lawsuits")}


@rule("T4-WIN-CLAIM", "error", basis=BASIS, zh="文字说没有被纠正的案件，表中有", en="the prose says that no case was lost, the table has one",
      mend=("改正这句话，或核对表四。", "Correct the sentence, or check table four."))  # fmt: skip
def won(report: Report) -> Iterator[Found]:
    """均获维持, 无被纠错, 零败诉: no case was corrected; 均获维持 also that none is pending or ended otherwise."""
    absent = assessed = False
    for passage in passages(report):
        for said in outcomes(passage.text):
            columns = ("corrected",) if said.outcome == "not_corrected" else ("corrected", "other", "pending")
            for path in (f"disputes.{group}.{column}" for group in said.groups for column in columns):
                try:
                    value = figure(report, path)
                except NotAssessable:
                    absent = True
                    continue
                assessed = True
                if value:
                    zh, en = _NAMES[path.split(".")[1]]
                    what = (
                        f"{passage.title}写“{said.words}”，与表四的{zh}不符",
                        f"“{said.words}” in {passage.title} contradicts the {en} of table four",
                    )
                    yield Found(path, "0", plain(value), passage.place, what)
    if absent and not assessed:
        raise NotAssessable("table four")


RULES = [reviews, lawsuits, won]
