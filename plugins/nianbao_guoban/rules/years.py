"""The tables of a report against those of the year before (X-CARRY, X-VALID-*, X-JUMP, X-SAME-TABLE)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from nianbao import Found, NotAssessable, Report, Rule, rule
from nianbao.checks import where_of
from nianbao.report import label
from nianbao_guoban.rules.prose import named, plain

JUMPING = (
    "proactive_disclosure.licences",
    "proactive_disclosure.penalties",
    "proactive_disclosure.coercion",
    "proactive_disclosure.fees",
    "requests.new",
)


def both(report: Report, path: str, before: str = "") -> tuple[Decimal, Decimal] | None:
    """A figure and that of last year (at ``before``, if it was another); None where one of them is absent."""
    last = report.last_year
    try:
        return Decimal(report[path]), Decimal(last[before or path])
    except NotAssessable:
        return None


@rule("X-CARRY", "error", basis="上年结转 = 上年报告的结转下年度", zh="上年结转与上年报告不符", en="what was carried in is not what last year's report carried out",
      mend=("“上年结转”填上年报告的“结转下年度”；上年报告有误的，更正后重新存档。",
            "Give as 上年结转 what last year's report carried out; if that was wrong, correct and archive it again."))  # fmt: skip
def carried(report: Report) -> Iterator[Found]:
    """上年结转, for each kind of applicant; the total only where the kinds are not known."""
    row = report.standard.nodes.get("requests.carried_in")
    cells = [cell.path for cell in row.inputs()] if row else []
    assessed = False
    for paths in (cells, ["requests.carried_in"]):
        for path in paths:
            if pair := both(report, path, path.replace("carried_in", "carried_out")):
                assessed = True
                if pair[0] != pair[1]:
                    place = next(
                        filter(None, (where_of(report, one) for one in (path, "requests.carried_in", "requests.new"))), ""
                    )
                    expected = f"{plain(pair[1])}（{report.last_year.year} 年结转下年度）"
                    yield Found(path, expected, plain(pair[0]), place)
        if assessed:
            return
    raise NotAssessable("requests.carried_in")


def _valid(code: str, row: str, zh: str, en: str) -> Rule:
    def look(report: Report) -> Iterator[Found]:
        path = f"proactive_disclosure.{row}"
        before, made, repealed = report.last_year[f"{path}.valid"], report[f"{path}.made"], report[f"{path}.repealed"]
        valid, expected = report[f"{path}.valid"], before + made - repealed
        if valid != expected:
            yield Found(f"{path}.valid", f"{expected} = 上年现行有效 {before} + 制发 {made} - 废止 {repealed}", str(valid))

    mend = (
        "核对三个数；自然失效、集中清理、机构划转或口径调整的，写入 waivers 或在表下说明。",
        "Check the three figures; where documents expired or moved with their office, waive it with that reason.",
    )
    return Rule(code, "warning", "现行有效 = 上年现行有效 + 制发 - 废止", f"{zh}的现行有效件数接不上上年",
                f"the valid {en} do not follow from last year's", look, mend)  # fmt: skip


@rule("X-JUMP", "warning", basis="编制惯例：大起大落要核对", zh="与上年相比大起大落", en="it changed out of proportion since last year",
      mend=("核对数和单位；确实如此的写入 waivers。", "Check the figure and its unit; if it is so, waive it with the reason."))  # fmt: skip
def jumped(report: Report, times: int = 10, least: int = 10) -> Iterator[Found]:
    """More than ``times`` as much as last year or less than one in so many, to or from 0; below ``least`` is no matter."""
    assessed = False
    for path in JUMPING:
        if path not in report.standard.nodes or not (pair := both(report, path)):
            continue
        assessed = True
        now, before = pair
        if max(pair) >= least and max(pair) > times * min(pair):
            what = (
                f"“{named(report, path)}”与上年相比大起大落",
                f"“{named(report, path)}” changed out of proportion since last year",
            )
            last = plain(before)
            bound = f"≥ {last} / {times}" if now < before else f"≤ {last} × {times}" if before else "0"
            yield Found(path, f"{bound}（{report.last_year.year} 年 {last}）", plain(now), what=what)
    if not assessed:
        raise NotAssessable("last year's figures", "上年的数字")


@rule("X-SAME-TABLE", "warning", basis="编制惯例：整张表与上年相同要核对", zh="整张表与上年相同", en="a whole table is that of last year",
      mend=("核对是不是照抄了上年的表。", "Check that it was not copied from last year."))  # fmt: skip
def same(report: Report, cells: int = 4) -> Iterator[Found]:
    """A section's tables in which every cell is last year's, at least ``cells`` of them other than 0."""
    assessed = False
    for section in report.standard.root.children.values():
        pairs = [pair for cell in section.inputs() if cell.tabular and (pair := both(report, cell.path))]
        assessed = assessed or bool(pairs)
        alike = [now for now, before in pairs if now == before]
        if len(alike) == len(pairs) and sum(map(bool, alike)) >= cells:
            zh = f"“{label(report.facts, section.path)}”的表与 {report.last_year.year} 年完全相同"
            en = f"the tables of “{label(report.facts, section.path)}” are those of {report.last_year.year}"
            place = next(filter(None, (where_of(report, cell.path) for cell in section.inputs() if cell.tabular)), "")
            yield Found(section.path, place=place, what=(zh, en))
    if not assessed:
        raise NotAssessable("last year's tables", "上年的表")


RULES = [
    carried,
    _valid("X-VALID-norm", "normative_documents", "行政规范性文件", "normative documents"),
    _valid("X-VALID-rules", "regulations", "规章", "regulations"),
    jumped,
    same,
]
