"""``nianbao check``: what a town is told of its data before anybody publishes it, and nothing is written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests_shared import Run

from .conftest import Edit

UNBALANCED = ("  结转下年度: {自然人: 1}", "  结转下年度: {自然人: 2}")
TYPED = ("  信息处理费: 0", "  信息处理费: 0\n  培训: 全年培训48人。")
WAIVER = "waivers: [{code: F-TYPED, reason: 引用通报, by: 甲, date: 2025-01-08}]"


def tree(folder: Path) -> dict[str, tuple[int, int]]:
    return {str(path): (path.stat().st_size, path.stat().st_mtime_ns) for path in folder.rglob("*")}


def told(run: Run, *words: str) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(run("check", *words, "--json").stdout)
    return answer


def test_a_correct_report_is_told_in_a_line_and_what_could_not_be_assessed(run: Run) -> None:
    result = run("check", "luhe")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-1].startswith("芦河镇, year 2024: nothing found, ")
    assert all(line.startswith("not assessable for want of ") for line in result.stdout.splitlines()[:-1])
    assert result.stderr == ""


def test_nothing_is_written_and_no_folder_made(run: Run, workspace: Path, edit: Edit) -> None:
    edit(*UNBALANCED)
    before = tree(workspace)
    for words in (["luhe"], ["luhe", "--json"], ["luhe", "--sarif"], ["--all"], ["luhe", "--offline"]):
        run("check", *words)
    run("rules", "luhe")
    run("explain", "T3-BAL")
    assert tree(workspace) == before


def test_findings_are_the_output_and_the_last_line_counts_them(run: Run, edit: Edit) -> None:
    edit(*UNBALANCED)
    edit(*TYPED)
    result = run("check", "luhe")
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert lines[0].startswith("data/luhe/2024.yaml:28:15: error T3-BAL ")
    assert any("warning F-TYPED" in line for line in lines)
    assert lines[-1].startswith("芦河镇, year 2024: 1 error, 1 warning, ")


def test_several_of_a_kind_are_counted_in_the_plural(run: Run, edit: Edit) -> None:
    edit("  信息处理费: 0", "  信息处理费: 0\n  培训: 全年培训48人。\n  会议: 开会3次。")
    assert ": 2 warnings, " in run("check", "luhe").stdout
    edit("", "rules: {F-TYPED: {severity: info}}")
    assert ": 2 notes, " in run("check", "luhe").stdout


def test_a_warning_ends_with_0(run: Run, edit: Edit) -> None:
    edit(*TYPED)
    assert run("check", "luhe").exit_code == 0


@pytest.mark.parametrize("wrong", ["行政许克: 18", "行政许可: 18件"])
def test_a_mistake_in_the_data_is_a_finding_and_ends_with_2(run: Run, edit: Edit, wrong: str) -> None:
    edit("行政许可: 18", wrong)
    result = run("check", "luhe")
    assert result.exit_code == 2
    assert "error F-DATA" in result.stdout
    assert "Traceback" not in result.stdout + result.stderr
    kept = told(run, "luhe")
    assert {found["code"] for found in kept["findings"]} >= {"F-DATA"}
    assert (kept["jurisdiction"], kept["year"]) == ("luhe", 2024)


@pytest.mark.parametrize("words", [["nobody"], [], ["luhe", "--all"], ["luhe", "--json", "--sarif"], ["luhe", "--year", "1999"]])
def test_a_wrong_use_ends_with_2_and_says_so(run: Run, words: list[str]) -> None:
    result = run("check", *words)
    assert result.exit_code == 2
    assert result.stderr
    assert result.stdout == ""


def test_a_waived_finding_is_shown_with_who_answers_for_it(run: Run, edit: Edit) -> None:
    edit(*TYPED)
    edit("", WAIVER)
    lines = run("check", "luhe").stdout.splitlines()
    assert ": waived F-TYPED a figure is typed into a sentence" in lines[0]
    assert lines[1] == "    引用通报 (甲, 2025-01-08)"
    assert ": nothing found, 1 waived, " in lines[-1]
    (waived,) = told(run, "luhe")["waived"]
    assert (waived["code"], waived["reason"], waived["by"], waived["date"]) == ("F-TYPED", "引用通报", "甲", "2025-01-08")


def test_the_record_of_a_build_keeps_the_waivers_too(run: Run, workspace: Path, edit: Edit) -> None:
    edit(*TYPED)
    edit("", WAIVER)
    assert run("build", "luhe", "-F", "html").exit_code == 0
    record = json.loads((workspace / "build/luhe/2024/report.json").read_text(encoding="utf-8"))
    assert [(one["code"], one["reason"], one["by"], one["date"]) for one in record["waived"]] == [
        ("F-TYPED", "引用通报", "甲", "2025-01-08")
    ]
    assert not [found for found in record["findings"] if found["code"] == "F-TYPED"]


@pytest.mark.parametrize("lacking", ["reason", "by", "date"])
def test_a_waiver_that_nobody_answers_for_is_refused(run: Run, edit: Edit, lacking: str) -> None:
    said = {"reason": "引用通报", "by": "甲", "date": "2025-01-08"}
    said.pop(lacking)
    edit("", f"waivers: [{{code: F-TYPED, {', '.join(f'{key}: {value}' for key, value in said.items())}}}]")
    result = run("check", "luhe")
    assert result.exit_code == 2
    assert "jurisdictions/luhe.yaml:" in result.stderr


@pytest.mark.parametrize("day", ["2025-13-01", "2025-1-8", "2025-01-08 09:00", "20250108"])
def test_a_waiver_since_no_day_is_refused(run: Run, edit: Edit, day: str) -> None:
    edit("", f"waivers: [{{code: F-TYPED, reason: 引用通报, by: 甲, date: {day}}}]")
    assert run("check", "luhe").exit_code == 2


def test_what_could_not_be_assessed_is_said_with_what_it_lacked(run: Run, edit: Edit, workspace: Path) -> None:
    data = workspace / "data/luhe/2024.yaml"
    text = data.read_text(encoding="utf-8")
    start, end = text.index("四、"), text.index("五、")
    data.write_text(
        f"{text[:start]}四、政府信息公开行政复议、行政诉讼情况:\n  引言: 均获维持。\n\n{text[end:]}", encoding="utf-8"
    )
    lines = run("check", "luhe").stdout.splitlines()
    about = [line for line in lines if line.startswith("not assessable for want of ")]
    assert len(about) == 2
    assert about[0].startswith("not assessable for want of last year's report in the archive, archive/luhe/2023.json: X-CARRY, ")
    assert about[1].startswith("not assessable for want of “政府信息公开行政复议、行政诉讼情况”, ")
    assert "T4-SUM" in about[1]
    assert f"{sum(line.count(', ') + 1 - line.split(': ')[0].count(', ') for line in about)} rules not assessable" in lines[-1]
    kept = told(run, "luhe")
    assert "T4-SUM" in kept["not_assessable"]
    assert kept["lacking"]["T4-SUM"] == "disputes"
    assert kept["tables"]["disputes"]["review"] == dict.fromkeys(("upheld", "corrected", "other", "pending", "total"))


def test_what_a_rule_asks_of_other_bodies_is_no_gap(run: Run) -> None:
    result, kept = run("check", "luhe"), told(run, "luhe")
    assert {"D-COUNTY", "D-LOC", "W-META"} <= set(kept["not_assessable"])
    assert not any(code in result.stdout for code in ("D-COUNTY", "D-LOC", "W-META"))
    assert "for want of the day of publication, `published`: D-DEPT, D-EARLY, D-PUBDATE\n" in result.stdout


def test_of_several_the_last_line_counts_and_what_is_lacking_is_left_to_each(run: Run, edit: Edit) -> None:
    edit("  结转下年度: {自然人: 1}", "  结转下年度: {自然人: 2}")
    said = run("check", "luhe", "shijiahe").stdout
    assert "for want of" not in said
    assert said.endswith("\n2 reports: 1 without an error, 1 with errors, 0 whose data or settings cannot be read\n")
    edit("", "rules: {NOPE: {severity: off}}")
    assert run("check", "luhe", "shijiahe").stdout.endswith(
        "1 without an error, 0 with errors, 1 whose data or settings cannot be read\n"
    )


def test_json_has_the_tables_by_the_keys_of_the_standard(run: Run) -> None:
    kept = told(run, "luhe")
    tables = kept["tables"]
    assert tables["requests"]["denied"]["third_party"]["natural_person"] == 1
    assert tables["requests"]["new"] == {
        "natural_person": 12, "business": 2, "research": 0, "social": 0, "legal_service": 1, "other_organisation": 0, "total": 15,
    }  # fmt: skip
    assert tables["requests"]["other"]["other"]["total"] == 0
    assert tables["requests"]["total"]["total"] == 16
    assert tables["proactive_disclosure"]["normative_documents"] == {"made": 1, "repealed": 0, "valid": 6}
    assert tables["proactive_disclosure"]["licences"] == 18
    assert tables["proactive_disclosure"]["fees"] == 0.36
    assert tables["disputes"]["review"] == {"upheld": 1, "corrected": 0, "other": 0, "pending": 1, "total": 2}
    assert tables["disputes"]["litigation_after_review"]["upheld"] == 1
    assert (kept["findings"], kept["waived"], kept["errors"]) == ([], [], [])
    assert {"T3-BAL", "F-SUM"} <= {*kept["passed"]}


def test_a_whole_amount_is_a_whole_number(run: Run, edit: Edit) -> None:
    edit("行政事业性收费: 0.36", "行政事业性收费: 2.0")
    assert '"fees": 2\n' in run("check", "luhe", "--json").stdout


def test_json_tells_a_finding_in_both_languages(run: Run, edit: Edit) -> None:
    edit(*UNBALANCED)
    (found,) = told(run, "luhe")["findings"]
    assert (found["code"], found["severity"], found["at"]) == ("T3-BAL", "error", "requests.new.natural_person")
    assert found["place"] == "data/luhe/2024.yaml:28:15"
    assert (found["expected"], found["found"]) == ("14 = 本年新收 12 + 上年结转 2", "15 = 总计 13 + 结转下年度 2")
    assert "不成立" in found["zh"]
    assert "does not hold" in found["en"]
    assert found["mend_zh"]
    assert found["mend_en"]
    assert found["message"].startswith("data/luhe/2024.yaml:28:15: error T3-BAL")


def test_several_are_checked_one_after_the_other_and_one_that_fails_stops_no_other(run: Run, edit: Edit) -> None:
    edit(*UNBALANCED)
    result = run("check", "nobody", "luhe", "shijiahe", "--json")
    assert result.exit_code == 2
    kept = json.loads(result.stdout)
    assert [one["jurisdiction"] for one in kept] == ["nobody", "luhe", "shijiahe"]
    assert "nobody" in kept[0]["errors"][0]["message"]
    assert (kept[0]["tables"], kept[0]["year"]) == (None, None)
    assert [found["code"] for found in kept[1]["findings"]] == ["T3-BAL"]
    assert run("check", "luhe", "shijiahe").exit_code == 1


def test_all_is_every_jurisdiction_that_has_data(run: Run) -> None:
    assert [one["jurisdiction"] for one in json.loads(run("check", "--all", "--json").stdout)] == ["luhe", "shijiahe"]
    assert "天门市" in run("check", "--all").stderr


def test_a_jurisdiction_sets_severities_and_thresholds(run: Run, edit: Edit) -> None:
    edit(*UNBALANCED)
    edit("", "rules: {T3-BAL: {severity: warning}}")
    result = run("check", "luhe")
    assert result.exit_code == 0
    assert "warning T3-BAL" in result.stdout


def test_check_and_build_find_the_same(run: Run, edit: Edit) -> None:
    edit(*UNBALANCED)
    edit(*TYPED)
    built = json.loads(run("build", "luhe", "--json").stdout)[0]["findings"]
    assert told(run, "luhe")["findings"] == built
