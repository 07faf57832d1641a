"""When a report may be published, and whether its dates and its page agree with that: by what the settings and the prose say."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import pytest
from markupsafe import Markup

from nianbao.checks import Finding, Findings, Rule, check
from nianbao.errors import SettingError
from nianbao.facts import Facts
from nianbao.plugins import loaded, standard
from nianbao.report import Part, Report
from nianbao.typed import typed
from nianbao.workspace import Edition, Jurisdiction, Settings
from nianbao.yamlfile import empty, parse
from nianbao_guoban.rules import dates

NOTICE = standard("2021", Path())
RULES: list[Rule] = [*dates.RULES, *loaded("plugins", "page").rules(NOTICE)]


def answers(settings: str, *, year: int = 2024, told: dict[str, str] | None = None) -> Findings:
    """What the rules say of a report with these settings, whose last section tells these parts."""
    said: Settings = typed(parse(settings, "nianbao.yaml") or empty("nianbao.yaml"), Settings)
    town = Jurisdiction("luhe", "芦河镇", said.level, said.code)
    report = Report(Edition(town, year, Path(), said), Facts(NOTICE), cast(Any, None), [])
    for title, text in (told or {}).items():
        part = Part(f"other_matters.{title}", title, text, Markup(text), "data", "data/luhe/2024.yaml:9:1")
        report.parts["other_matters"].append(part)
    return check(report, RULES)


def answer(code: str, settings: str, **how: Any) -> str:
    """One rule's answer: the severities that it found, ``passes`` or ``not assessable``."""
    found = answers(settings, **how)
    severities = [finding.severity for finding in found.found if finding.code == code]
    return " ".join(severities) or ("passes" if code in found.passed else "not assessable" * (code in found.not_assessable))


def finding(code: str, settings: str, **how: Any) -> Finding:
    """The one finding of a rule."""
    (one,) = (each for each in answers(settings, **how).found if each.code == code)
    return one


# --- the day that settings say


@pytest.mark.parametrize("day", ["2025-01-20", "2025-01-20 09:00", "2024-02-29", "2025-01-31 23:59", "2025-12-31 00:00"])
def test_a_day_of_publication_is_a_day_or_a_minute(day: str) -> None:
    assert Settings(published=day).published == day


@pytest.mark.parametrize(
    "day",
    ["2025-02-30", "2025-02-29", "2025-1-20", "２０２５-01-20", "20250120", "2025-01-20T09:00", "2025-01-20 9:00", "2025-01-20 24:00",
     "2025-01-20 09:00:00", "2025-13-01", "2025年1月20日", "尽快", "2025-W03-1", " ", "2025-01-20 "],
)  # fmt: skip
def test_a_day_that_there_is_not_is_refused_with_its_place_and_how_to_write_it(day: str) -> None:
    node = parse(f'name: 芦河镇\npublished: "{day}"\n', "jurisdictions/luhe.yaml")
    assert node is not None
    if not day.strip() or day.strip() == "2025-01-20":  # spaces around a text are no mistake
        typed(node, Settings)
        return
    with pytest.raises(SettingError, match="is no day of publication") as told:
        typed(node, Settings)
    assert told.value.place == "jurisdictions/luhe.yaml:2:12"
    assert told.value.mend is not None
    assert "2025-01-20 09:00" in told.value.mend[1]


# --- deadlines

DEADLINES = [
    # code, settings of the body, the last day, the day after
    ("D-DEPT", "level: 镇", "2025-01-31", "2025-02-01"),
    ("D-DEPT", "level: 乡", "2025-01-31", "2025-02-01"),
    ("D-DEPT", "level: 街道", "2025-01-31", "2025-02-01"),
    ("D-DEPT", "level: 部门", "2025-01-31 23:59", "2025-02-01 00:00"),
    ("D-DEPT", "level: 局", "2025-01-31", "2025-02-01"),
    ("D-COUNTY", "level: 县", "2025-02-20", "2025-02-21"),
    ("D-COUNTY", "level: 旗", "2025-02-20 23:59", "2025-02-21 00:00"),
    ("D-COUNTY", "level: 县级市", "2025-02-20", "2025-02-21"),
    ("D-COUNTY", 'level: 市\ncode: "420881"', "2025-02-20", "2025-02-21"),
    ("D-COUNTY", 'level: 市\ncode: "420881001"', "2025-02-20", "2025-02-21"),
    ("D-COUNTY", 'level: 市\ncode: "420881000000"', "2025-02-20", "2025-02-21"),
    ("D-COUNTY", 'level: 区\ncode: "420802"', "2025-02-20", "2025-02-21"),
    ("D-CITY", 'level: 市\ncode: "420800"', "2025-03-10", "2025-03-11"),
    ("D-CITY", 'level: 市\ncode: "420800000"', "2025-03-10", "2025-03-11"),
    ("D-CITY", "level: 市", "2025-03-10", "2025-03-11"),
    ("D-CITY", "level: 市\ncode: 11420881MB", "2025-03-10", "2025-03-11"),
    ("D-CITY", 'level: 市\ncode: "4208811"', "2025-03-10", "2025-03-11"),
    ("D-CITY", "level: 市\ncode: A20881", "2025-03-10", "2025-03-11"),
    ("D-CITY", "level: 市\ncode: ４２０８８１", "2025-03-10", "2025-03-11"),
    ("D-CITY", "level: 自治州", "2025-03-10", "2025-03-11"),
    ("D-CITY", "level: 盟", "2025-03-10", "2025-03-11"),
    ("D-PROV", "level: 省", "2025-03-31", "2025-04-01"),
    ("D-PROV", 'level: 市\ncode: "310000"', "2025-03-31", "2025-04-01"),
    ("D-PROV", "level: 直辖市", "2025-03-31", "2025-04-01"),
    ("D-LOC", "level: 镇\nrules: {D-LOC: {by: 01-28}}", "2025-01-28", "2025-01-29"),
    ("D-LOC", "level: 县\nrules: {D-LOC: {by: 02-15, levels: 区、县}}", "2025-02-15", "2025-02-16"),
    ("D-DEPT", "level: 管委会\nrules: {D-DEPT: {levels: 镇、管委会}}", "2025-01-31", "2025-02-01"),
    ("D-DEPT", "level: 镇\nrules: {D-DEPT: {by: 01-25}}", "2025-01-25", "2025-01-26"),
]


@pytest.mark.parametrize(("code", "body", "last", "after"), DEADLINES)
def test_the_last_day_passes_and_the_next_is_late(code: str, body: str, last: str, after: str) -> None:
    grave = "warning" if code == "D-LOC" else "error"
    assert answer(code, f"{body}\npublished: {last}") == "passes"
    assert answer(code, f"{body}\npublished: {after}") == grave
    assert answer(code, f"{body}\npublished: 2026-01-01") == grave


@pytest.mark.parametrize(
    ("settings", "told", "expected"),
    [
        ("", {"落款": "2025年1月31日"}, "not assessable"),
        ("", {"落款": "2025年2月1日"}, "warning"),
        ("", {"发布日期": "2025年2月1日"}, "warning"),
        ("", {"落款": "2025年2月30日"}, "not assessable"),
        ("published: 2025-01-31", {"落款": "2025年2月1日"}, "passes"),
        ("published: 2025-02-01", {"落款": "2025年2月1日"}, "error"),
    ],
)
def test_without_a_day_of_publication_a_late_signature_warns(settings: str, told: dict[str, str], expected: str) -> None:
    assert answer("D-DEPT", f"level: 镇\n{settings}", told=told) == expected


def test_a_late_signature_is_shown_where_it_stands() -> None:
    late = finding("D-DEPT", "level: 镇", told={"落款": "2025年2月1日"})
    assert (late.at, late.place, late.expected, late.found) == (
        "other_matters.落款", "data/luhe/2024.yaml:9:1", "≤ 2025-01-31", "2025-02-01",
    )  # fmt: skip


def test_a_body_without_a_level_has_no_deadline_that_is_known() -> None:
    assert answers("published: 2025-06-30").gaps.keys() >= {"D-DEPT", "D-COUNTY", "D-CITY", "D-PROV"}
    assert "D-COUNTY" not in answers("level: 镇\npublished: 2025-06-30").gaps


@pytest.mark.parametrize("body", [body for _, body, *_ in DEADLINES if "rules" not in body])
def test_a_body_has_one_deadline_and_no_other_is_assessed(body: str) -> None:
    found = answers(f"{body}\npublished: 2025-06-30")
    assert len([each for each in found.found if each.code.startswith("D-")]) == 1
    assert len([code for code in found.not_assessable if code in {rule.code for rule in dates.DEADLINES}]) == 4


@pytest.mark.parametrize(
    "settings",
    ["level: 镇", "level: 村\npublished: 2025-06-30", "published: 2025-06-30", "level: 镇县\npublished: 2025-06-30", "level: ''"],
)
def test_without_a_day_or_of_a_level_that_nobody_knows_no_deadline_can_be_assessed(settings: str) -> None:
    for rule in dates.DEADLINES:
        assert answer(rule.code, settings) == "not assessable"


@pytest.mark.parametrize(
    "body",
    ['level: 市\ncode: "429006"', "level: 区", 'level: 区\ncode: "310104"', 'level: 区\ncode: "110101"', 'level: 区\ncode: "120101"',
     'level: 区\ncode: "500101"', 'level: 县\ncode: "429021"'],
)  # fmt: skip
def test_a_county_that_may_report_as_a_city_does_is_only_warned(body: str) -> None:
    assert answer("D-COUNTY", f"{body}\npublished: 2025-02-20") == "passes"
    assert answer("D-COUNTY", f"{body}\npublished: 2025-02-21") == "warning"


def test_a_town_below_a_municipality_is_as_late_as_any_other() -> None:
    assert answer("D-DEPT", 'level: 镇\ncode: "310104100"\npublished: 2025-02-01') == "error"
    assert answer("D-DEPT", 'level: 镇\ncode: "429006100"\npublished: 2025-02-01') == "error"
    assert answer("D-COUNTY", 'level: 县\ncode: "500229"\npublished: 2025-02-21') == "error"


@pytest.mark.parametrize(("year", "day", "says"), [
    (2019, "2020-01-31", "passes"), (2019, "2020-02-01", "error"), (2023, "2024-01-31", "passes"), (2023, "2024-02-29", "error"),
    (2018, "2019-02-01", "not assessable"), (2008, "2009-03-31", "not assessable"), (2025, "2026-01-31", "passes"),
])  # fmt: skip
def test_the_year_after_the_reports_counts_and_the_notice_from_2019(year: int, day: str, says: str) -> None:
    assert answer("D-DEPT", f"level: 镇\npublished: {day}", year=year) == says


def test_a_leap_years_last_day_of_february_can_be_a_deadline() -> None:
    late = "level: 镇\nrules: {D-LOC: {by: 02-29}}\npublished: "
    assert answer("D-LOC", late + "2024-02-29", year=2023) == "passes"
    assert answer("D-LOC", late + "2024-03-01", year=2023) == "warning"
    assert answer("D-LOC", late + "2025-02-28") == "passes"
    assert answer("D-LOC", late + "2025-03-01") == "warning"


@pytest.mark.parametrize("by", ["1-28", "01/28", "02-30", "13-01", "月底", "0128", "０１-28", "01-28 09:00", "2025-01-28"])
def test_a_local_deadline_that_is_no_day_is_told_at_its_place(by: str) -> None:
    with pytest.raises(SettingError, match="is no day of a year") as told:
        answers(f"level: 镇\npublished: 2025-01-20\nrules: {{D-LOC: {{by: '{by}'}}}}")
    assert told.value.place == "nianbao.yaml:3:21"


def test_a_late_day_is_shown_beside_the_last_with_its_place() -> None:
    late = finding("D-DEPT", "level: 镇\npublished: 2025-02-01 09:00")
    assert (late.expected, late.found, late.at, late.place) == ("≤ 2025-01-31", "2025-02-01", "published", "nianbao.yaml:2:12")
    assert "waive" in late.mend[1]
    assert "waivers" in late.mend[0]


@pytest.mark.parametrize(("settings", "year", "code", "gap"), [
    ("level: 镇\npublished: 2025-01-20", 2024, "D-COUNTY", False), ("level: 镇\npublished: 2025-01-20", 2024, "D-LOC", False),
    ("level: 镇\npublished: 2019-01-20", 2018, "D-DEPT", False), ("level: 镇\npublished: 2025-01-20", 2024, "D-PUBDATE", False),
    ("level: 镇", 2024, "D-PUBDATE", True), ("level: 镇", 2024, "D-DEPT", True), ("published: 2025-01-20", 2024, "D-DEPT", True),
])  # fmt: skip
def test_only_what_the_clerk_could_still_say_is_a_gap(settings: str, year: int, code: str, gap: bool) -> None:
    found = answers(settings, year=year)
    assert code in found.not_assessable
    assert (code in found.gaps) == gap


def test_a_late_day_is_told_in_both_languages() -> None:
    late = finding("D-DEPT", "level: 镇\npublished: 2025-02-01")
    assert (late.zh, late.en) == ("公布日期晚于部门和乡镇街道的期限", "published later than departments and towns may")


def test_a_page_that_alone_says_its_day_is_assessed_by_it() -> None:
    page = "level: 镇\nformats: {html: {published: 2025-02-01 09:00}}"
    assert answer("D-DEPT", page) == "error"
    late = finding("D-DEPT", page)
    assert (late.place, late.found) == ("nianbao.yaml:2:18", "2025-02-01")
    assert answer("D-DEPT", "level: 镇\nformats: {html: {published: 2025-01-31 23:59}}") == "passes"
    assert answer("D-DEPT", f"{page}\npublished: 2025-01-20") == "passes"


# --- too early


@pytest.mark.parametrize(("day", "says"), [
    ("2024-12-31", "warning"), ("2025-01-01", "warning"), ("2025-01-02", "warning"), ("2025-01-03 23:59", "warning"),
    ("2025-01-04", "passes"), ("2024-01-20", "warning"), ("2025-01-20", "passes"), ("2026-01-01", "passes"),
])  # fmt: skip
def test_what_is_dated_before_its_figures_can_be_final_is_found(day: str, says: str) -> None:
    assert answer("D-EARLY", f"published: {day}") == says
    assert answer("D-EARLY", "", told={"落款": day[:10]}) == says


def test_a_day_too_early_says_why_and_from_when() -> None:
    before, after = finding("D-EARLY", "published: 2024-12-31"), finding("D-EARLY", "published: 2025-01-01")
    assert (before.expected, before.found) == ("≥ 2025-01-04", "2024-12-31")
    assert "the year is not over" in before.en
    assert "the last figures cannot be final" in after.en
    assert before.zh.endswith("统计的一年还没有过完")
    assert after.zh.endswith("年末的数还不能确定")
    assert finding("D-EARLY", "published: 2025-01-01\nrules: {D-EARLY: {days: 400}}").expected == "≥ 2026-01-02"


@pytest.mark.parametrize(("days", "day", "says"), [
    (0, "2025-01-01", "passes"), (0, "2024-12-31", "warning"), (10, "2025-01-10", "warning"), (10, "2025-01-11", "passes"),
    (365, "2025-12-31", "warning"), (10**13, "2025-12-31", "warning"), (-(10**13), "2025-01-01", "passes"),
    (-(10**13), "2024-12-31", "warning"),
])  # fmt: skip
def test_how_many_days_are_too_early_is_a_setting(days: int, day: str, says: str) -> None:
    assert answer("D-EARLY", f"published: {day}\nrules: {{D-EARLY: {{days: {days}}}}}") == says


def test_without_any_date_neither_too_early_nor_agreement_can_be_assessed() -> None:
    assert answer("D-EARLY", "level: 镇", told={"落款": "2025年2月30日"}) == "not assessable"
    for told in ({}, {"信息处理费": "未收取信息处理费。"}, {"落款": "芦河镇人民政府"}):
        assert answer("D-EARLY", "level: 镇", told=told) == "not assessable"
        assert answer("D-PUBDATE", "level: 镇", told=told) == "not assessable"


def test_a_signature_left_from_last_year_is_found_without_any_setting() -> None:
    assert finding("D-EARLY", "", told={"落款": "芦河镇人民政府\n2024年1月20日"}).place == "data/luhe/2024.yaml:9:1"


# --- dates that agree


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"落款": "2025年1月20日"}, "passes"),
        ({"落款": "2025年1月18日"}, "passes"),
        ({"落款": "2025年1月21日"}, "warning"),
        ({"落款": "芦河镇人民政府\n2025 年 1 月 21 日"}, "warning"),
        ({"落款": "２０２５年１月２１日"}, "warning"),
        ({"落款": "二〇二五年一月二十日"}, "passes"),
        ({"落款": "二○二五年一月二十一日"}, "warning"),
        ({"落款": "二零二五年一月十九日"}, "passes"),
        ({"落款": "二〇二五年十月十日"}, "warning"),
        ({"落款": "二〇二四年十二月三十一日"}, "passes"),
        ({"落款": "2025-01-21"}, "warning"),
        ({"落款": "2025.1.20"}, "passes"),
        ({"落款": "2025/1/21"}, "warning"),
        ({"落款": "2025年2月30日"}, "warning"),
        ({"落款": "二〇二五年一月四十日"}, "warning"),
        ({"落款": "二〇二五年十十月一日"}, "warning"),
        ({"（三）署名": "2025年1月21日"}, "warning"),
        ({"成文日期": "2025年1月21日"}, "warning"),
        ({"发布日期": "2025年1月20日"}, "passes"),
        ({"发布日期": "2025年1月19日"}, "warning"),
        ({"公布日期": "2025年1月21日"}, "warning"),
        ({"信息处理费": "未收取信息处理费。\n2025年1月21日"}, "warning"),
        ({"信息处理费": "未收取信息处理费。\n芦河镇人民政府\n2025年1月20日"}, "passes"),
        ({"信息处理费": "未收取。\n芦河镇人民政府　2025年1月21日"}, "warning"),
        ({"信息处理费": "未收取。\n发布日期：2025年1月19日"}, "warning"),
        ({"信息处理费": "未收取。\n日期：2025年1月19日"}, "passes"),
        ({"信息处理费": "未收取。\n镇网站改版时间为2025年1月21日"}, "not assessable"),
        ({"信息处理费": "未收取。\n2025年1月21日起施行"}, "not assessable"),
        ({"信息处理费": "2025年1月21日，镇网站改版。"}, "not assessable"),
        ({"信息处理费": "2025年1月21日", "其他": "无。"}, "not assessable"),
        ({"落款": "2025年1月"}, "not assessable"),
        ({"落款": "2025年1月19日签发 2025年1月21日"}, "warning"),
        ({"落款": "2025年1月21日 2025年1月18日签发 2025年1月19日"}, "passes"),
        ({"落款": "2025年1月21日签发 2025年1月19日"}, "passes"),
        ({"信息处理费": "未收取。", "落款": "2025年1月21日"}, "warning"),
        ({"落款": "电话0700-1234567"}, "not assessable"),
        ({"落款": "2025年1月21日", "其他": "无。"}, "warning"),
        ({"发布日期": "2025年1月20日", "落款": "2025年1月21日"}, "warning"),
        ({"落款": "2025年1月21日", "发布日期": "2025年1月21日"}, "warning warning"),
    ],
)
def test_a_date_line_is_the_day_of_publication_and_a_signature_is_not_later(told: dict[str, str], says: str) -> None:
    assert answer("D-PUBDATE", "published: 2025-01-20 09:00", told=told) == says


@pytest.mark.parametrize("title", ["公布日期", "发布日期", "公开日期", "发布时间", "公布时间"])
def test_a_part_that_is_a_date_line_is_the_very_day(title: str) -> None:
    behind = {"其他": "无。"}
    assert answer("D-PUBDATE", "published: 2025-01-20", told={title: "2025年1月19日", **behind}) == "warning"
    assert answer("D-PUBDATE", "published: 2025-01-20", told={"费": f"未收取。\n{title}：2025年1月19日"}) == "warning"


@pytest.mark.parametrize("title", ["落款", "署名", "成文日期", "日期", "（三）落款"])
def test_a_part_that_is_a_signature_may_be_older_wherever_it_stands(title: str) -> None:
    behind = {"其他": "无。"}
    assert answer("D-PUBDATE", "published: 2025-01-20", told={title: "2025年1月19日", **behind}) == "passes"
    assert answer("D-PUBDATE", "published: 2025-01-20", told={title: "2025年1月21日", **behind}) == "warning"


@pytest.mark.parametrize(
    "body", ["芦河镇人民政府", "市政府办公室", "东街街道办事处", "县卫生健康委员会", "县林业局", "省水利厅", "市发展改革委"]
)
def test_a_date_behind_the_name_of_a_body_is_its_signature(body: str) -> None:
    assert answer("D-PUBDATE", "published: 2025-01-20", told={"费": f"未收取。\n{body} 2025年1月21日"}) == "warning"
    assert answer("D-PUBDATE", "published: 2025-01-20", told={"费": f"未收取。\n自{body}成立于2025年1月21日"}) == "not assessable"


@pytest.mark.parametrize(("written", "day", "before"), [
    ("二〇二五年一月十日", "2025-01-10", "2025-01-09"), ("二○二五年一月十一日", "2025-01-11", "2025-01-10"),
    ("二零二五年一月二十日", "2025-01-20", "2025-01-19"), ("二〇二五年一月三十一日", "2025-01-31", "2025-01-30"),
    ("二〇二五年十月一日", "2025-10-01", "2025-09-30"), ("二〇二五年十二月二十九日", "2025-12-29", "2025-12-28"),
    ("2025年12月9日", "2025-12-09", "2025-12-08"), ("2025-12-9", "2025-12-09", "2025-12-08"), ("2025 年 3 月 1 日", "2025-03-01", "2025-02-28"),
])  # fmt: skip
def test_a_date_is_read_in_digits_and_in_chinese(written: str, day: str, before: str) -> None:
    assert answer("D-PUBDATE", f"published: {day}", told={"落款": written}) == "passes"
    assert answer("D-PUBDATE", f"published: {before}", told={"落款": written}) == "warning"


@pytest.mark.parametrize(("core", "page", "says"), [
    ("2025-01-20", "2025-01-20 09:00", "passes"), ("2025-01-20 09:00", "2025-01-20 09:00", "passes"),
    ("2025-01-20 09:00", "2025-01-20 10:00", "warning"), ("2025-01-20", "2025-01-21 09:00", "warning"),
    ("2025-01-21", "2025-01-20 09:00", "warning"), ("2025-01-20", "2025-02-30 09:00", "not assessable"),
    ("2025-01-20", "{{ 年度 }}", "not assessable"),
])  # fmt: skip
def test_the_page_tells_the_day_that_the_settings_tell(core: str, page: str, says: str) -> None:
    assert answer("D-PUBDATE", f"published: {core}\nformats: {{docx: {{}}, html: {{published: '{page}'}}}}") == says


@pytest.mark.parametrize(("told", "says"), [
    ({"落款": "2025年1月21日", "发布日期": "2025年1月21日"}, "passes"), ({"落款": "2025年1月22日", "发布日期": "2025年1月21日"}, "warning"),
    ({"落款": "2025年1月20日", "发布日期": "2025年1月21日"}, "passes"), ({"落款": "2025年2月30日"}, "warning"),
])  # fmt: skip
def test_prose_alone_can_contradict_itself(told: dict[str, str], says: str) -> None:
    assert answer("D-PUBDATE", "level: 镇", told=told) == says


def test_dates_that_differ_are_both_shown_with_their_names() -> None:
    one = finding("D-PUBDATE", "published: 2025-01-20", told={"落款": "2025年1月22日"})
    assert one.zh == "“落款”的日期 2025年1月22日 与公布日期 2025-01-20 不一致"
    assert (one.expected, one.found, one.at, one.place) == (
        "≤ 2025-01-20", "2025年1月22日", "other_matters.落款", "data/luhe/2024.yaml:9:1")  # fmt: skip
    line = finding("D-PUBDATE", "published: 2025-01-20", told={"费": "未收取。\n公开日期: 2025-01-22"})
    assert (line.expected, line.en[:18]) == ("2025-01-20", "the date of “公开日期”")
    page = finding("D-PUBDATE", "published: 2025-01-20\nformats: {html: {published: 2025-01-21 09:00}}")
    assert (page.at, page.place, page.found) == ("formats.html", "nianbao.yaml:2:18", "2025-01-21 09:00")
    alone = finding("D-PUBDATE", "published: 2025-01-20", told={"费": "未收取。\n2025年1月22日"})
    assert alone.zh.startswith("文末的日期 2025年1月22日")
    never = finding("D-PUBDATE", "published: 2025-01-20", told={"落款": "2025年2月30日"})
    assert (never.found, never.expected) == ("2025年2月30日", "")


# --- the page

SITE = "site: {name: 禾山市人民政府, domain: www.heshan.example, code: '4208810001'}"
COLUMN = "column: {name: 政府信息公开年报, type: 政府信息公开年报}"
WHOLE = f"{SITE}, {COLUMN}, published: 2025-01-20 09:00"


@pytest.mark.parametrize(
    ("html", "says"),
    [
        (WHOLE, "passes"),
        (f"{SITE}, {COLUMN}", "warning"),
        (f"{SITE}, {COLUMN}, meta: {{PubDate: 2025-01-20 09:00}}", "passes"),
        (f"{SITE}, {COLUMN}, meta: {{pubdate: 2025-01-20}}", "info"),
        (f"{WHOLE}, meta: {{SiteName: ''}}", "warning"),
        (f"{WHOLE}, meta: {{Author: ''}}", "passes"),
        (SITE, "warning"),
        (COLUMN, "warning"),
        ("published: 2025-01-20 09:00", "warning"),
        ("downloads: false", "not assessable"),
        ("site: {name: ''}, column: {name: ''}, published: ''", "not assessable"),
        ("", "not assessable"),
    ],
)
def test_what_portals_ask_for_is_there_once_the_settings_name_one(html: str, says: str) -> None:
    assert answer("W-META", f"formats: {{html: {{{html}}}}}") == says


def test_what_the_page_lacks_is_named_at_the_place_of_what_it_has() -> None:
    lacking = finding("W-META", "formats:\n  html:\n    site: {name: 禾山市人民政府}\n")
    assert lacking.en == "the page lacks SiteDomain、SiteIDCode、ColumnName、ColumnType、PubDate"
    assert lacking.place == "nianbao.yaml:3:18"
    assert finding("W-META", "formats: {html: {column: {name: 年报}}}").place == "nianbao.yaml:1:33"
    assert finding("W-META", "formats: {html: {published: 2025-01-20 09:00}}").place == "nianbao.yaml:1:18"


def test_the_day_of_the_settings_is_the_pages_and_lacks_a_time_where_they_do() -> None:
    page = f"formats: {{html: {{{SITE}, {COLUMN}}}}}\npublished: "
    assert answer("W-META", f"{page}2025-01-20 09:00") == "passes"
    assert answer("W-META", f"{page}2025-01-20") == "info"
    assert finding("W-META", f"{page}2025-01-20").place == "nianbao.yaml:2:12"
    assert answer("W-META", f"{page}2025-01-20\nrules: {{W-META: {{names: SiteName}}}}") == "passes"


@pytest.mark.parametrize(("names", "says"), [
    ("SiteName", "passes"), ("SiteName、ColumnName", "warning"), ("ArticleTitle、ContentSource、Keywords、Author、Description", "passes"),
    ("Url", "warning"), ("Image", "passes"), ("ColumnDescription", "warning"), ("''", "passes"), ("sitename", "passes"),
])  # fmt: skip
def test_which_names_are_asked_for_is_the_portals_to_say(names: str, says: str) -> None:
    page = "formats: {html: {site: {name: 禾山市人民政府}, meta: {Image: /a.png}}}\n"
    assert answer("W-META", f"{page}rules: {{W-META: {{names: {names}}}}}") == says
    told = "formats: {html: {column: {name: 年报, description: 年度报告, keywords: 年报}}}\n"
    assert answer("W-META", f"{told}rules: {{W-META: {{names: ColumnDescription、ColumnKeywords}}}}") == "passes"


@pytest.mark.parametrize(
    ("html", "says"),
    [
        ("column: {name: 政府信息公开年报}", "passes"),
        ("column: {name: 政府信息公开工作年度报告}", "passes"),
        ("column: {name: 年度工作报告}", "passes"),
        ("column: {name: 通知公告}", "warning"),
        ("column: {name: 年报}, breadcrumb: {首页: /, 政府信息公开: /a/, 年报: ''}", "passes"),
        ("column: {name: 年报}, breadcrumb: {首页: /, 新闻: /a/, 年报: ''}", "warning"),
        ("column: {name: 通知公告}, breadcrumb: {首页: /}", "warning warning"),
        ("column: {name: 年报}, breadcrumb: {}", "passes"),
        ("column: {type: 年报}", "not assessable"),
        ("column: {name: ''}", "not assessable"),
        ("site: {name: 禾山市}", "not assessable"),
    ],
)
def test_the_page_stands_in_the_column_of_annual_reports(html: str, says: str) -> None:
    assert answer("W-COLUMN", f"formats: {{html: {{{html}}}}}") == says


def test_a_site_that_calls_its_column_otherwise_says_so() -> None:
    page = "formats: {html: {column: {name: 政务报告}, breadcrumb: {政务报告: ''}}}"
    assert answer("W-COLUMN", page) == "warning warning"
    assert answer("W-COLUMN", f"{page}\nrules: {{W-COLUMN: {{name: 政务报告}}}}") == "passes"


def test_a_wrong_column_and_a_wrong_breadcrumb_are_told_at_their_places() -> None:
    page = "formats: {html: {column: {name: 通知公告}}}"
    one = finding("W-COLUMN", page)
    assert (one.expected, one.found, one.place) == ("政府信息公开年报", "通知公告", "nianbao.yaml:1:33")
    assert finding("W-COLUMN", f"{page}\nrules: {{W-COLUMN: {{name: 政务报告}}}}").expected == "政务报告"
    crumbs = finding("W-COLUMN", "formats: {html: {column: {name: 年报}, breadcrumb: {首页: /, 新闻: ''}}}")
    assert (crumbs.found, crumbs.expected, crumbs.place) == ("首页 > 新闻", "政府信息公开", "nianbao.yaml:1:51")


@pytest.mark.parametrize(
    ("formats", "says"),
    [
        ("[html, docx]", "passes"),
        ("[html, pdf]", "passes"),
        ("{html: {}, ofd: {}}", "passes"),
        ("[html]", "warning"),
        ("html", "warning"),
        ("[html, markdown, data, fragment]", "warning"),
        ("{html: {downloads: false}}", "passes"),
        ("{html: {downloads: true}}", "warning"),
        ("[docx]", "not assessable"),
        ("[docx, markdown]", "not assessable"),
    ],
)
def test_a_file_to_take_along_stands_beside_the_page(formats: str, says: str) -> None:
    assert answer("W-DOWNLOAD", f"formats: {formats}") == says


def test_which_files_can_be_taken_along_is_a_setting() -> None:
    assert answer("W-DOWNLOAD", "formats: [html, wps]\nrules: {W-DOWNLOAD: {kinds: docx、wps}}") == "passes"
    lacking = finding("W-DOWNLOAD", "formats: [html, markdown]")
    assert (lacking.expected, lacking.found, lacking.place) == ("docx、pdf、ofd", "html、markdown", "nianbao.yaml:1:11")


def test_without_formats_or_page_no_rule_of_the_page_can_be_assessed() -> None:
    for code in ("W-META", "W-COLUMN", "W-DOWNLOAD"):
        assert answer(code, "level: 镇") == answer(code, "formats: docx") == "not assessable"
