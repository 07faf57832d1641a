"""The prose of a report against that of the year before: 不得年年雷同 (X-PROBLEM-SIM, X-PROBLEM-CLOSE, X-TEXT-SIM)."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator

from nianbao import Found, NotAssessable, Report, rule
from nianbao.similarity import runs, similarity
from nianbao_guoban.problems import told

N30 = "国办公开办函〔2021〕30号一（五）"
SHOWN = 40  # letters of a sentence that a message repeats
_NO_DIGITS = str.maketrans("", "", "0123456789０１２３４５６７８９")


def alike(one: str, other: str) -> float:
    """How alike two texts are, whatever their years and numbers."""
    return similarity(one.translate(_NO_DIGITS), other.translate(_NO_DIGITS))


@rule("X-PROBLEM-SIM", "error", basis=N30, zh="存在的问题与上年雷同", en="the problems are those of last year's report",
      mend=("写本年的问题；仍未解决的，写明今年做了什么、还差什么。", "Tell this year's problems; of one that stays, what was done and what is left."))  # fmt: skip
def problems(report: Report, warn: float = 0.6, stop: float = 0.85) -> Iterator[Found]:
    """Part five, and each problem in it: from ``warn`` on alike it warns, all of it from ``stop`` on is an error."""
    path = "improvements.this_year"
    now, before = _newest(report.text), _newest(report.last_year.text)
    place = _place(report, path)
    if (share := alike(now, before)) >= warn:
        what = (f"存在的问题与上年雷同（{share:.0%}）", f"the problems are {share:.0%} those of last year's report")
        yield Found(path, f"≠ {_shown(before)}", _shown(now), place, what, severity="error" if share >= stop else "warning")
        return
    for problem in told(now).problems:
        closest = max(told(before).problems, key=functools.partial(alike, problem), default="")
        if (share := alike(problem, closest)) >= warn:
            what = (
                f"“{_shown(problem)}”与上年雷同（{share:.0%}）",
                f"“{_shown(problem)}” is {share:.0%} a problem of last year's",
            )
            yield Found(path, f"≠ {_shown(closest)}", _shown(problem), place, what, severity="warning")


@rule("X-PROBLEM-CLOSE", "warning", basis="编制惯例：上年问题逐项回应", zh="上年报告所列问题没有回应", en="a problem of last year's report has no answer",
      mend=("在“上年度”里写明它改进得怎么样。", "Tell under 上年度 what became of it."))  # fmt: skip
def answered(report: Report, share: float = 0.1) -> Iterator[Found]:
    """Each problem that last year's report named, in what this year's says of last year's: ``share`` of its words at least."""
    before = told(_newest(report.last_year.text)).problems
    if not before:
        raise NotAssessable("last year's problems", "上年的问题")
    path = "improvements.last_year"
    try:
        answer = report.text(path)
    except NotAssessable:
        answer = report.text("improvements")
    said = runs(_telling(answer))
    for problem in before:
        words = runs(_telling(problem))
        if len(words & said) < share * len(words):
            what = (f"上年报告所列“{_shown(problem)}”没有回应", f"last year's problem “{_shown(problem)}” has no answer")
            yield Found(path, _shown(problem), place=_place(report, path), what=what)


@rule("X-TEXT-SIM", "warning", basis="国办公开办函〔2021〕30号三（四）", zh="正文与上年雷同", en="the narrative is last year's",
      mend=("重写相同的段落，写本年做的事。", "Tell what was done this year."))  # fmt: skip
def narrative(report: Report, share: float = 0.8) -> Iterator[Found]:
    """Part one as a whole, numbers left out."""
    found = alike(report.text("overview"), report.last_year.text("overview"))
    if found >= share:
        what = (f"第一部分与上年雷同（{found:.0%}）", f"part one is {found:.0%} last year's")
        yield Found("overview", f"< {share:.0%}", f"{found:.0%}", _place(report, "overview"), what)


def _newest(text: Callable[[str], str]) -> str:
    """What a report says of its own year's problems; all of part five where it does not part them."""
    try:
        return text("improvements.this_year")
    except NotAssessable:
        return text("improvements")


def _place(report: Report, path: str) -> str:
    return next((each.place for each in report.passages if each.path.startswith(path)), "")


@functools.cache
def _common() -> re.Pattern[str]:
    return re.compile(
        "政府信息公开|信息公开|政务公开|政府信息|主动公开|信息|公开|工作|问题|方面|存在|主要|进一步|有待|仍需|还需|需要|加强|提高|提升|不够|不足"
        r"|个别|部分|一些|有的|[我全本][省市州县区旗镇乡局委厅]|[上本]年度?|\d+"
    )


def _telling(text: str) -> str:
    """A text without the words that any such text has; all of it where it has no others."""
    telling = _common().sub("", text)
    return telling if len(telling) >= 3 else text


def _shown(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


RULES = [problems, answered, narrative]
