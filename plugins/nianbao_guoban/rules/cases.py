"""Table four by itself and against last year's (T4-PENDING, T4-SCOPE, T4-POST≤)."""

from __future__ import annotations

from collections.abc import Iterator

from nianbao import Found, NotAssessable, Report, rule
from nianbao_guoban.rules.prose import figure, named, plain
from nianbao_guoban.rules.years import both

GROUPS = ("disputes.review", "disputes.litigation_direct", "disputes.litigation_after_review")
REVIEW, AFTER = GROUPS[0], GROUPS[2]


@rule("T4-PENDING", "off", basis="地方口径：含上年度结转数量", zh="上年尚未审结的案件没有出现在本年", en="cases that were pending last year are not among this year's",
      mend=("核对上年尚未审结的案件本年的结果；不计结转的，不要启用这条规则。", "Look what became of them; leave this rule off where cases carried over are not counted."))  # fmt: skip
def pending(report: Report) -> Iterator[Found]:
    """Each group has as many cases as were pending in it last year. Only where a place counts them again, so it is off by itself."""
    pairs = [(path, both(report, path, f"{path}.pending")) for path in GROUPS]
    if not any(pair for _, pair in pairs):
        raise NotAssessable("disputes")
    for path, pair in pairs:
        if pair and pair[0] < pair[1]:
            what = (
                f"“{named(report, path)}”少于上年尚未审结的案件",
                f"“{named(report, path)}”: fewer than were pending last year",
            )
            yield Found(path, f"≥ {plain(pair[1])}（{report.last_year.year} 年尚未审结）", plain(pair[0]), what=what)


@rule("T4-SCOPE", "warning", basis="表四各栏的含义", zh="有复议后起诉的案件，却没有行政复议", en="lawsuits after a review, and never a review",
      mend=("核对：未经复议的填“未经复议直接起诉”，复议的案件补填。", "Check: those brought at once belong under 未经复议直接起诉; else give the reviews."))  # fmt: skip
def scope(report: Report) -> Iterator[Found]:
    """复议后起诉 where neither this year nor last had a review."""
    if (after := figure(report, AFTER)) and not figure(report, REVIEW) and not report.last_year[REVIEW]:
        yield Found(AFTER, f"{named(report, REVIEW)} > 0", plain(after))


@rule("T4-POST≤", "warning", basis="编制惯例：复议后起诉不多于两年的行政复议", zh="复议后起诉多于两年的行政复议", en="more lawsuits after a review than reviews in two years",
      mend=("核对两栏；起诉的是更早的复议的，写入 waivers。", "Check both; where the reviews were of earlier years, waive it with that reason."))  # fmt: skip
def after_review(report: Report) -> Iterator[Found]:
    """复议后起诉 is at most the reviews of this year and last; where there was none at all, T4-SCOPE tells."""
    after, now = figure(report, AFTER), figure(report, REVIEW)
    if after <= now:
        return
    before = report.last_year[REVIEW]
    if (now or before) and after > now + before:
        yield Found(AFTER, f"≤ {plain(now + before)} = 本年行政复议 {plain(now)} + 上年 {before}", plain(after))


RULES = [pending, scope, after_review]
