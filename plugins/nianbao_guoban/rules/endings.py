"""What prose says in words of how requests and cases ended, against tables three and four (P-RATE-DONE, T4-WIN-CLAIM)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from nianbao import Found, NotAssessable, Report, rule
from nianbao_guoban.quantities.endings import Answered, answered, outcomes
from nianbao_guoban.rules.claims import BASIS
from nianbao_guoban.rules.prose import Passage, figure, passages, plain

_NAMES = {"review": ("行政复议", "reviews"), "litigation": ("行政诉讼", "lawsuits")}
_LEFT = "requests.carried_out"


@rule("P-RATE-DONE", "warning", basis="编制惯例", zh="文字里的办结率与表不符", en="the prose says that more requests were answered than the table",
      mend=("按表改正；期限未到的，写“应办结的全部办结”或结转的件数。", "Follow the table; where the time was not up, write 应办结, or how many were carried over."))  # fmt: skip
def rate(report: Report) -> Iterator[Found]:
    """办结率100%, 均已办结: nothing is carried over, or the words say 应办结. 按时, 按期 may both be true: a note. 办结率98% is that of the table."""
    for passage in passages(report):
        for said in answered(passage.text, passage.setting):
            if said.percent == 100:
                yield from _not_all(report, passage, said)
            elif not (said.due or said.in_time):
                yield from _not_so_many(report, passage, said)


def _not_all(report: Report, passage: Passage, said: Answered) -> Iterator[Found]:
    if (left := figure(report, _LEFT)) and not said.due:
        what = (
            f"{passage.title}写“{said.words}”，表中结转下年度 {plain(left)} 件",
            f"“{said.words}” in {passage.title}, and the table carries {plain(left)} over",
        )
        yield Found(_LEFT, "0", plain(left), passage.place, what, severity="info" if said.in_time else "warning")


def _not_so_many(report: Report, passage: Passage, said: Answered) -> Iterator[Found]:
    """A rate below 100 is the share of all there were to answer."""
    done, there = figure(report, "requests.total"), figure(report, "requests.new") + figure(report, "requests.carried_in")
    if there and abs(100 * done / there - said.percent) > said.step / 2:
        what = (f"{passage.title}“{said.words}”与表不符", f"“{said.words}” in {passage.title} is not the table's rate")
        expected = f"{plain((100 * done / there).quantize(min(said.step, Decimal('0.1'))))}% = {plain(done)}/{plain(there)}"
        yield Found("requests.total", expected, f"{plain(said.percent)}%", passage.place, what)


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
        raise NotAssessable("disputes")


RULES = [rate, won]
