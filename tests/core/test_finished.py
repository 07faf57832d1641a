"""A finished report that was read from its file, looked at by the rules: right or wrong as it stands, and nothing is guessed."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from nianbao import Cell, Fact, NianbaoError, Reading, SourceError, Told
from nianbao.finished import assess, edition_of, report_of
from nianbao.plugins import standard
from trying.finished import FILE, before, finished, found, looked, verdict, without

GRANTED, TOTAL = "requests.granted", "requests.total"


def text(section: str, said: str, title: str = "", heading: str = "") -> Told:
    return Told(section, title, said, f"{FILE}:第7段", heading)


def saying(*more: Told, instead: str = "", **other: Any) -> Reading:
    """The correct report with more sentences, or with these instead of a section's own."""
    reading = finished(**other)
    kept = tuple(each for each in reading.told if each.section != instead)
    return replace(reading, told=(*kept, *more))


def test_a_correct_report_has_no_finding_and_most_rules_could_look() -> None:
    findings = looked(finished()).findings
    assert not [str(each) for each in findings.found]
    assert len(findings.passed) > 70


def test_with_the_year_before_the_rules_across_years_look_too() -> None:
    findings = looked(finished(), before()).findings
    assert not [str(each) for each in findings.found]
    assert {"X-CARRY", "X-VALID-norm", "X-JUMP", "X-SAME-TABLE", "X-PROBLEM-SIM"} <= set(findings.passed)


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"requests.carried_out.natural_person": 3, "requests.carried_out": 3}, "X-CARRY"),
        ({"proactive_disclosure.normative_documents.valid": 9}, "X-VALID-norm"),
        ({"proactive_disclosure.licences": 2100}, "X-JUMP"),
    ],
)
def test_what_does_not_follow_from_the_year_before_is_found(cells: dict[str, int], code: str) -> None:
    assert code in found(finished(), before(cells))


def test_without_the_year_before_people_are_told_what_they_can_give() -> None:
    gaps = looked(finished()).findings.gaps
    assert set(gaps) == {code for code in gaps if code.startswith("X-")}
    assert all(lacking == "--previous" for lacking in gaps.values())


# What is changed in the correct report, the code that finds it, at which path, what was expected and what is there.
WRONG = [
    ({GRANTED: 9}, "T3-ROW", GRANTED, "8 = 自然人 7 + 法人或其他组织 1", "9"),
    ({f"{GRANTED}.natural_person": 9}, "T3-ROW", GRANTED, "10 = 自然人 9 + 法人或其他组织 1", "8"),
    ({f"{GRANTED}.natural_person": 9}, "T3-RES", f"{TOTAL}.natural_person", "15 = 予以公开 9", "13"),
    ({f"{TOTAL}.natural_person": 15}, "T3-RES", f"{TOTAL}.natural_person", "13 = 予以公开 7", "15"),
    ({f"{TOTAL}.natural_person": 15}, "T3-BAL", "requests.new.natural_person", "14 = 本年新收 12", "16 = 总计 15"),
    ({"requests.carried_out.natural_person": 2}, "T3-BAL", "requests.new.natural_person", "14 = ", "15 = "),
    ({"disputes.review": 3}, "T4-SUM", "disputes.review", "2 = 结果维持 1", "3"),
    ({"disputes.litigation_after_review.upheld": 4}, "T4-SUM", "disputes.litigation_after_review", "4 = ", "1"),
    ({"requests.denied.administrative_query": 0}, "T3-ROW", "requests.denied.administrative_query", "2 = ", "0"),
]  # fmt: skip


@pytest.mark.parametrize(("cells", "code", "at", "expected", "is_there"), WRONG)
def test_a_wrong_cell_or_total_is_found_with_both_sides(
    cells: dict[str, int], code: str, at: str, expected: str, is_there: str
) -> None:
    (finding,) = (each for each in looked(finished(cells)).findings.found if each.code == code)
    assert (finding.severity, finding.at) == ("error", at)
    assert finding.place.startswith(f"{FILE}:")
    assert finding.expected.startswith(expected)
    assert finding.found.startswith(is_there)


def test_a_row_of_zeros_with_a_total_is_told_as_a_wrong_sum() -> None:
    cells = {f"requests.not_processed.petition{column}": value for column, value in (("", 5), (".natural_person", 0))}
    (finding,) = (each for each in looked(finished(cells)).findings.found if each.code == "T3-ROW")
    assert (finding.expected, finding.found) == ("0 = 自然人 0 + 法人或其他组织 0", "5")


def test_one_wrong_row_is_not_told_of_the_totals_that_add_up_as_printed() -> None:
    ats = {each.at for each in looked(finished({f"{GRANTED}.natural_person": 9})).findings.found}
    assert ats == {GRANTED, f"{TOTAL}.natural_person"}


def test_a_named_whole_is_held_against_its_items() -> None:
    items = {"proactive_disclosure.公开信息.镇网站": Fact(31), "proactive_disclosure.公开信息.公告栏": Fact(12)}
    assert verdict(finished(named={**items, "proactive_disclosure.公开信息.合计": Fact(43)}), "F-SUM") == "passes"
    assert verdict(finished(named={**items, "proactive_disclosure.公开信息.合计": Fact(44)}), "F-SUM") == "error"


# --- what could not be read


@pytest.mark.parametrize(
    "path", ["requests.new.natural_person", "requests.granted", f"{TOTAL}.natural_person", "disputes.review.upheld"]
)
def test_a_cell_that_could_not_be_read_is_told_and_taken_for_nothing(path: str) -> None:
    reading = finished({path: None})
    assessed = looked(reading)
    assert [(each.code, each.severity, each.at) for each in assessed.findings.found] == [("F-UNREAD", "warning", path)]
    assert not assessed.stop


def test_what_could_not_be_read_for_one_reason_at_one_place_is_told_once() -> None:
    why = NianbaoError("这一行少了一格", "the row lacks a cell", place=f"{FILE}:表3 第9行")
    paths = [path for path in finished().cells if path.startswith("requests.partial")]
    lost = {path: cell for path, cell in finished().cells.items() if path not in paths}
    findings = looked(replace(finished(), cells=lost, unread=dict.fromkeys(paths, why))).findings.found
    assert [(each.code, each.at, each.place) for each in findings] == [("F-UNREAD", paths[0], f"{FILE}:表3 第9行")]
    assert findings[0].label.endswith("等 7 处")


def test_a_table_that_could_not_be_read_is_not_assessable_and_no_error() -> None:
    reading = finished(unread=("requests",))
    findings = looked(reading).findings
    assert [each.code for each in findings.found] == ["F-UNREAD"]
    assert {"T3-ROW", "T3-RES", "T3-BAL", "T3-INT", "T3-BLANK"} <= set(findings.not_assessable)
    assert {"T3-ROW", "T3-BAL"} <= set(findings.gaps)


def test_cells_that_the_file_does_not_have_are_not_counted_as_0() -> None:
    whole = finished()
    reading = replace(whole, cells={path: cell for path, cell in whole.cells.items() if not path.endswith("partial")})
    report = report_of(reading, edition_of(reading))
    assert report.facts.figure("requests.partial.natural_person") is not None
    lost = replace(whole, cells={path: cell for path, cell in whole.cells.items() if ".partial" not in path})
    assert report_of(lost, edition_of(lost)).facts.figure("requests.partial.natural_person") is None
    assert "error" not in found(lost).values()


def test_each_row_alone_can_be_unread_without_a_false_error() -> None:
    rows = {path.rpartition(".")[0] if path.count(".") > 1 else path for path in finished().cells}
    for row in rows:
        assert set(found(finished(unread=(row,)))) <= {"F-UNREAD"}, row


def test_a_section_that_is_told_in_words_warns_and_one_without_a_table_is_an_error() -> None:
    silent = replace(without(finished(), "disputes"), headings=finished().headings)
    assert verdict(silent, "S-TABLES") == "error"
    assert verdict(replace(silent, in_text=frozenset({"disputes"})), "S-TABLES") == "warning"
    assert verdict(replace(silent, unread={"disputes": NianbaoError("读不出", "unread")}), "S-TABLES") == "passes"


def test_a_section_that_is_not_there_is_missed() -> None:
    assert verdict(without(finished(), "improvements"), "S-SIX") == "error"


# --- what the file says of itself


@pytest.mark.parametrize(
    ("meta", "verdicts"),
    [
        ({}, ("not assessable", "not assessable")),
        ({"PubDate": "2025-01-20 09:00"}, ("passes", "passes")),
        ({"pubdate": "2025-01-20"}, ("passes", "passes")),
        ({"PubDate": "2025-01-20 09:00:30"}, ("passes", "passes")),
        ({"PubDate": "2025-02-03 09:00"}, ("error", "passes")),
        ({"PubDate": "2024-12-30"}, ("passes", "warning")),
        ({"PubDate": "20 January"}, ("not assessable", "not assessable")),
        ({"PubDate": "2025-13-40"}, ("not assessable", "not assessable")),
    ],
)
def test_the_day_of_a_page_is_that_of_its_publication(meta: dict[str, str], verdicts: tuple[str, str]) -> None:
    reading = finished(meta=meta)
    assert (verdict(reading, "D-DEPT"), verdict(reading, "D-EARLY")) == verdicts


def test_a_page_of_a_portal_is_asked_for_what_portals_want_and_another_file_is_not() -> None:
    names = ("SiteName", "SiteDomain", "SiteIDCode", "ColumnName", "ColumnType", "PubDate")
    whole = dict.fromkeys(names, "某") | {"PubDate": "2025-01-20 09:00"}
    assert verdict(finished(meta=whole), "W-META") == "passes"
    assert verdict(finished(meta={**whole, "ColumnType": " "}), "W-META") == "warning"
    assert verdict(finished(meta={"keywords": "年报"}), "W-META") == "not assessable"


@pytest.mark.parametrize(("year", "expected"), [(2020, "not assessable"), (2021, "error"), (2024, "error")])
def test_the_format_of_2019_is_old_from_2021_on(year: int, expected: str) -> None:
    old = _of_2019(year)
    assert verdict(old, "S-OLDTPL") == expected


def _of_2019(year: int) -> Reading:
    notice = standard("2019", Path())
    paths = [path for grids in notice.grids.values() for grid in grids for path in grid.paths()]
    cells = {path: Cell("0", Fact(0)) for path in paths}
    return replace(finished(), standard=notice, year=year, told=(), cells=cells)


def test_the_rules_of_the_format_of_2019_look_too() -> None:
    assert {"T3-BAL", "T3-RES", "T3-ROW", "T4-SUM"} <= set(looked(_of_2019(2020)).findings.passed)


def test_each_finding_has_a_place_in_the_file() -> None:
    reading = replace(without(finished({GRANTED: 9}), "improvements"), title="报告")
    places = {each.code: each.place for each in looked(reading).findings.found}
    assert {"S-SIX", "S-TITLE", "T3-ROW"} <= places.keys()
    assert all(place.startswith(FILE) for place in places.values())


def test_what_a_finished_report_lacks_by_its_nature_is_no_gap() -> None:
    reading = replace(finished(unread=("requests",)), level="")
    gaps = looked(reading, before()).findings.gaps
    assert gaps
    assert {"T3-BAL"} <= gaps.keys()
    assert not {code for code in gaps if code.startswith(("D-", "W-", "S-FEE"))}


# --- headings


def _headed(*headings: str, texts: tuple[str, ...] = ()) -> Reading:
    said = itertools.zip_longest(headings, texts, fillvalue="通过镇网站公开信息。")
    parts = [text("overview", told, f"事项{at}", heading) for at, (heading, told) in enumerate(said)]
    return saying(*parts, instead="overview")


@pytest.mark.parametrize(
    ("headings", "texts", "expected"),
    [
        (("（一）甲项", "（二）乙项", "（三）丙项"), (), "passes"),
        (("（一）甲项", "（三）丙项"), (), "warning"),
        (("（一）甲项", "（二）乙项", "（二）丙项"), (), "warning"),
        (("甲项", "乙项"), (), "passes"),
        (("（一）甲项", "1.子项", "2.子项", "（二）乙项", "1.子项"), (), "passes"),
        (("（一）甲项", "1.子项", "3.子项"), (), "warning"),
        (("（一）甲项", "（三）丙项"), ("公开信息。\n（二）乙项\n做好登记。", "办理。"), "passes"),
    ],
)
def test_the_numbers_of_headings_follow_each_other(headings: tuple[str, ...], texts: tuple[str, ...], expected: str) -> None:
    assert verdict(_headed(*headings, texts=texts), "S-ENUM") == expected


# --- nothing around a file is read for it


def test_a_workspace_around_the_file_says_nothing_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "jurisdictions").mkdir()
    (tmp_path / "jurisdictions/other.yaml").write_text("name: 禾丰镇\nlevel: 镇\n", encoding="utf-8")
    (tmp_path / "archive/luhe").mkdir(parents=True)
    (tmp_path / "archive/luhe/2023.json").write_text("{", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    try:
        findings = looked(saying(text("overview", "禾丰镇公开了信息。", "其他"))).findings
    except SourceError:
        pytest.fail("last year's record in a workspace was read")
    assert not [each.code for each in findings.found if each.code == "S-NAME"]


def test_letters_that_a_pdf_changes_only_warn() -> None:
    assert verdict(saying(text("overview", "方便⺠众查询。", "其他")), "S-CHAR") == "warning"


def test_prose_is_held_against_the_printed_table() -> None:
    said = text("overview", "全年新收政府信息公开申请15件。", "申请")
    assert verdict(saying(said), "P-NEW") == "passes"
    assert verdict(saying(text("overview", "全年新收政府信息公开申请16件。", "申请")), "P-NEW") == "error"
    assert verdict(saying(said, cells={"requests.new.natural_person": 13}), "P-NEW") == "passes"  # the row's total is 15 still


EMPTY: list[dict[str, Any]] = [
    {"told": ()}, {"headings": {}}, {"title": ""}, {"told": (), "headings": {}, "title": "", "name": "", "level": ""},
    {"level": ""}, {"level": "火星"}, {"name": "（"}, {"year": 2008}, {"year": 2100},
]  # fmt: skip


@pytest.mark.parametrize("other", EMPTY)
@pytest.mark.parametrize("unread", [(), ("requests",), ("requests", "disputes", "proactive_disclosure")])
def test_no_rule_fails_on_a_report_that_lacks_something(other: dict[str, Any], unread: tuple[str, ...]) -> None:
    reading = finished(unread=unread, **other)
    assess(reading)
    assess(reading, replace(before(), year=reading.year - 1))
    assess(replace(reading, cells={}))


def test_a_report_of_nobody_is_checked_like_any_other() -> None:
    told = text("overview", "2023年，印发了两期公报。", "主动公开", "（一）主动公开")
    findings = looked(saying(told, name="", level="", title="")).findings
    assert not [str(each) for each in findings.found if each.code in ("S-TITLE", "S-NAME", "S-YEAR")]


def test_a_report_in_traditional_letters_throughout_is_told_of_once() -> None:
    said = "公開為常態，不公開為例外，認真辦理申請，及時答覆，並無訴訟。"
    throughout = [text(section, said) for section in ("overview", "improvements", "other_matters")]
    reading = replace(finished(), told=tuple(throughout), headings={}, title="")
    assert [each.severity for each in looked(reading).findings.found if each.code == "S-CHAR"] == ["warning"]
    few = looked(saying(text("overview", said, "主動公開", "（一）主動公開"))).findings
    assert "error" in [each.severity for each in few.found if each.code == "S-CHAR"]


def test_part_five_may_tell_problems_and_measures_under_two_headings() -> None:
    problems = text("improvements", "一是公开渠道不够丰富。二是解读形式单一。", "存在的问题", "（一）存在的问题")
    measures = text("improvements", "一是增设村级公示栏。二是每份文件配一页图解。", "改进情况", "（二）改进情况")
    assert "S-PROB" not in found(saying(problems, measures, instead="improvements"))
    assert "S-PROB" in found(saying(problems, instead="improvements"))
