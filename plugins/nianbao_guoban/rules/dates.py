"""When a report may and must be published (D-*), by the day that the settings say: nothing here looks at the clock."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from nianbao import Found, NotAssessable, Report, Rule, SettingError, rule
from nianbao.workspace import Jurisdiction, is_time
from nianbao_guoban.rules.dated import set_days, told_days

DEPARTMENTS = "部门、局、委、办、厅、镇、乡、民族乡、苏木、民族苏木、街道、街道办事处"
COUNTIES = "县、自治县、旗、自治旗、县级市、区、市辖区、林区、特区"
CITIES = "地级市、州、自治州、盟、地区"
PROVINCES = "省、自治区、直辖市"
FIRST = 2019  # reports of earlier years were due by the regulations of 2008, all on one day
_MUNICIPALITIES = ("11", "12", "31", "50")
_SETTING = "published"
MOST_DAYS = 366  # that a year's figures may need


def _no_day(report: Report) -> NotAssessable:
    if report.finished:
        return NotAssessable(_SETTING, "网页的公布日期 PubDate", "the page's PubDate", gap=False)
    return NotAssessable(_SETTING, "公布日期 published", "the day of publication, `published`")


def level(jurisdiction: Jurisdiction) -> str:
    """The level, of a 市 that which its code tells; without one the later day holds."""
    code = _code(jurisdiction)
    if jurisdiction.level != "市":
        return jurisdiction.level
    if code[2:] == "0000":
        return "直辖市"
    return "地级市" if code[4:] in ("", "00") else "县级市"


def _code(jurisdiction: Jurisdiction) -> str:
    """The six digits of a place, where its code is one of 6, 9 or 12 digits."""
    code = jurisdiction.code
    return code[:6] if code.isdecimal() and code.isascii() and len(code) in (6, 9, 12) else ""


def _reports_to_the_province(jurisdiction: Jurisdiction) -> bool:
    """Whether a county may report as cities do: those directly below a province or a municipality, and a 区 that gives no code."""
    code = _code(jurisdiction)
    district = jurisdiction.level == "区" and (not code or code.startswith(_MUNICIPALITIES))
    return code[2:4] == "90" or district


def _deadline(code: str, who: tuple[str, str], by_default: str, of_levels: str, basis: str) -> Rule:
    def look(report: Report, by: str = by_default, levels: str = of_levels) -> Iterator[Found]:
        edition = report.edition
        if not by:
            raise NotAssessable("by", gap=False)
        if len(by) != len("01-31") or not is_time(f"2024-{by}"):  # a leap year: 02-29 is a day
            raise SettingError(f"“{by}”不是月-日", f"“{by}” is no day of a year", place=getattr(by, "place", ""),
                               mend=("写成 01-28。", "Write it like 01-28."))  # fmt: skip
        if not edition.jurisdiction.level:
            raise NotAssessable("level", "级别 level", "the `level`")
        if level(edition.jurisdiction) not in levels.split("、"):
            raise NotAssessable(f"level: {edition.jurisdiction.level}", gap=False)
        if edition.year < FIRST:
            raise NotAssessable(f"< {FIRST}", gap=False)
        last = f"{edition.year + 1}-{by}"
        published = next(set_days(report), None)
        for late in (
            [published] if published else told_days(report)
        ):  # what is signed after the day cannot have been published by it
            if late.day > last:
                sure = published and (code != "D-COUNTY" or not _reports_to_the_province(edition.jurisdiction))
                yield Found(
                    _SETTING if published else late.at, f"≤ {last}", late.day, late.place, severity="error" if sure else "warning"
                )
        if not published:
            raise _no_day(report)

    zh, en = f"公布日期晚于{who[0]}的期限", f"published later than {who[1]}"
    mend = ("尽快公布；日期写错的改正 published，已经晚了的写入 waivers 说明。",
            "Publish it soon; correct `published` where it is mistyped, or waive it with the reason.")  # fmt: skip
    return Rule(code, "warning" if code == "D-LOC" else "error", basis, zh, en, look, mend)


DEADLINES = [
    _deadline("D-DEPT", ("部门和乡镇街道", "departments and towns may"), "01-31", DEPARTMENTS, "条例第四十九条；30号文二（一）"),
    _deadline("D-COUNTY", ("县级政府", "counties may"), "02-20", COUNTIES, "30号文二（二）；条例第四十九条最迟3月31日"),
    _deadline("D-CITY", ("地市级政府", "cities may"), "03-10", CITIES, "30号文二（二）；条例第四十九条最迟3月31日"),
    _deadline("D-PROV", ("省级政府", "provinces may"), "03-31", PROVINCES, "条例第四十九条；30号文二（二）"),
    _deadline("D-LOC", ("本地通知", "the local notice asks"), "", DEPARTMENTS, "本地通知"),
]


@rule("D-EARLY", "warning", basis="30号文一（二）：数据核定到12月31日", zh="日期太早，年末的数还不能确定",
      en="dated so early that the figures of the year's end cannot be final",
      mend=("改正日期；确已核定的写入 waivers 说明。", "Correct the date, or waive it with the reason."))  # fmt: skip
def early(report: Report, days: int = 3) -> Iterator[Found]:
    """The day of publication or of the signature lies in the report's year, or in the first ``days`` of the next."""
    known = [each for each in (*set_days(report), *told_days(report)) if each.day]
    if not known:
        raise _no_day(report)
    over = report.edition.end.isoformat()
    earliest = (report.edition.end + timedelta(min(max(days, 0), MOST_DAYS))).isoformat()
    for each in known:
        if each.day < earliest:
            final = ("年末的数还不能确定", "the last figures cannot be final")
            why = ("统计的一年还没有过完", "the year is not over") if each.day < over else final
            what = (f"{each.zh} {each.day} 太早：{why[0]}", f"{each.en} {each.day} is too early: {why[1]}")
            yield Found(each.at, f"≥ {earliest}", each.day, each.place, what)


@rule("D-PUBDATE", "warning", basis="编制惯例", zh="几处日期不一致", en="the dates of the report do not agree",
      mend=("改成同一天；落款里可以写 {{ 公布日期 }}。", "Make them one day; a signature can say {{ 公布日期 }}."))  # fmt: skip
def agree(report: Report) -> Iterator[Found]:
    """``published``, that of the page and a date line are one day; a signature is not later; each is a day that there is."""
    known = [*set_days(report), *told_days(report)]
    for each in known:
        if not each.day:
            what = (f"没有这一天：{each.zh} {each.written}", f"there is no such day: {each.en} {each.written}")
            yield Found(each.at, "", each.written, each.place, what)
    days = sorted((each for each in known if each.day), key=lambda each: each.signed)
    if len(days) < 2:
        raise NotAssessable(f"{_SETTING} / 落款", gap=False) if days else _no_day(report)
    first = days[0]
    for other in days:  # the first agrees with itself
        if other.later_than(first) if other.signed else other.differs_from(first):
            what = (f"{other.zh} {other.written} 与{first.zh} {first.written} 不一致",
                    f"{other.en} {other.written} does not agree with {first.en} {first.written}")  # fmt: skip
            expected = f"{'≤ ' if other.signed else ''}{first.written}"
            yield Found(other.at, expected, other.written, other.place, what)


RULES = [*DEADLINES, early, agree]
