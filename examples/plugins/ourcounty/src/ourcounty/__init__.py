"""What the county of Heshan adds to every report: an answer of its own, and a rule."""

from __future__ import annotations

from collections.abc import Iterator

from nianbao import Answer, Edition, Explanation, Found, Report, Rule, hookimpl, rule


@hookimpl
def other_matters(edition: Edition) -> Answer | None:
    """Towns charge no fee for information; of all others this plugin knows nothing."""
    return {"信息处理费": 0} if edition.jurisdiction.level == "镇" else None


WHY = Explanation(
    zh="公开申请大多先打过热线。申请比来电还多，多半是热线记录没有导全，或者申请重复登记。",
    en="Most who apply have called before. More applications than calls: the log is not complete, or some were entered twice.",
    wrong="三、收到和处理政府信息公开申请情况: {本年新收: {自然人: 30}}\n六、其他需要报告的事项: {热线来电: 20}\n",
    right="三、收到和处理政府信息公开申请情况: {本年新收: {自然人: 30}}\n六、其他需要报告的事项: {热线来电: 45}\n",
)


@rule(
    "OC-CALLS", "warning", basis="禾山市热线通报", zh="依申请公开多于热线来电", en="more applications than calls to the hotline",
    mend=("与热线工单核对。", "Compare with the hotline's log."), explanation=WHY,
)  # fmt: skip
def more_applications_than_calls(report: Report, slack: int = 0) -> Iterator[Found]:
    """Settings: ``rules: {OC-CALLS: {slack: 2}}``. Where one of the figures is absent it is NOT ASSESSABLE, by itself."""
    new, calls = report["本年新收"], report["热线来电"]
    if new > calls + slack:
        yield Found(at="本年新收", expected=f"≤ {calls + slack}", found=str(new))


@hookimpl
def rules() -> list[Rule]:
    """The rules to check by, besides those that nianbao and the standard bring."""
    return [more_applications_than_calls]
