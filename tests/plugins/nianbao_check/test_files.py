"""``nianbao check FILE``: finished reports, read from files by whatever reader is installed for them."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from nianbao import Cell, Fact, FileError, Origin, Reading, Told
from nianbao.cli import main
from nianbao_check import files
from tests_shared import Run
from trying.finished import before, finished

Write = Callable[..., Path]


def read(data: bytes, file: str) -> Reading:
    """A stranger's reader: a file says what in it differs from the correct report."""
    said = json.loads(data)
    if "wrong" in said:
        raise FileError("不是年度报告", "this is no annual report", place=file, mend=("换一份。", "Take another."))
    if "dies" in said:
        os._exit(9)
    if "crashes" in said:
        raise KeyError("crash")
    make = before if said.get("year") == 2023 else finished
    cells = {path: Cell("1?", None) if value is None else Cell(str(value), Fact(value, Origin(f"{file}:表3 第5行第3格"))) for path, value in said.get("cells", {}).items()}  # fmt: skip
    other = {field: said[key] for key, field in (("year", "year"), ("body", "name")) if key in said}
    told = (Told("preamble", "", "本报告用了XX年的数。", f"{file}:3"),) if "hole" in said else ()
    made = make(cells, **{"file": file, **other})
    return replace(made, told=(*made.told, *told))


@pytest.fixture(autouse=True)
def _reader(install: Any) -> None:
    install("readers", "said", read)


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Write a report's file into the current folder, which is no workspace."""
    monkeypatch.chdir(tmp_path)

    def write(name: str = "luhe.said", **said: Any) -> Path:
        file = Path(name)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")
        return file

    return write


def check(*words: object) -> Result:
    return CliRunner().invoke(main, ["check", *map(str, words)])


def told(*words: object) -> Any:
    return json.loads(check(*words, "--json").stdout)


WRONG = {"cells": {"requests.granted": 9}}


def test_a_correct_report_is_told_in_a_line_with_its_body_year_and_format(write: Write) -> None:
    result = check(write())
    assert result.exit_code == 0, result.stderr
    assert result.stdout.splitlines()[-1].startswith("luhe.said: 芦河镇, year 2024, format 2021: nothing found, ")
    assert result.stderr == ""


def test_findings_tell_their_place_in_the_file_and_end_with_1(write: Write) -> None:
    result = check(write(**WRONG))
    assert result.exit_code == 1
    assert "luhe.said:表3 第5行第3格: error T3-ROW " in result.stdout
    assert "; expected 8 = 自然人 7 + 法人或其他组织 1, found 9\n" in result.stdout


def test_what_could_not_be_read_is_told_and_is_no_error(write: Write) -> None:
    result = check(write(cells={"requests.granted.natural_person": None}))
    assert result.exit_code == 0
    assert "warning F-UNREAD" in result.stdout


def test_only_what_can_be_had_is_told_as_a_gap(write: Write) -> None:
    lines = [line for line in check(write()).stdout.splitlines() if line.startswith("not assessable")]
    assert len(lines) == 1
    assert "--previous" in lines[0]
    assert "X-CARRY" in lines[0]


def test_nothing_is_written(write: Write, tmp_path: Path) -> None:
    file = write()
    check(file)
    check(file, "--json")
    check(file, "--sarif")
    assert [path.name for path in tmp_path.iterdir()] == ["luhe.said"]


# --- which words are files


@pytest.mark.parametrize("name", ["luhe.said", "reports/luhe.said", "./luhe.said", "LUHE.SAID"])
def test_a_path_or_a_suffix_makes_a_file(write: Write, name: str) -> None:
    write(name)
    assert check(name).exit_code == 0


@pytest.mark.parametrize("name", ["nobody.said", "reports/nobody.txt", "reports/nobody"])
def test_a_file_that_is_not_there_is_told_as_one(write: Write, name: str) -> None:
    write()
    result = check(name)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"{name}: ")
    assert "jurisdiction" not in result.stderr


def test_a_suffix_that_nobody_reads_is_told_with_those_that_are(write: Write) -> None:
    Path("x").mkdir()
    Path("x/luhe.odd").write_text("", encoding="utf-8")
    result = check("x/luhe.odd")
    assert result.exit_code == 2
    assert ".odd" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_jurisdiction_comes_before_a_folder_of_its_name(run: Run, workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(workspace)
    (workspace / "luhe").mkdir()
    assert "芦河镇, year 2024: " in run("check", "luhe").stdout


def test_files_and_jurisdictions_are_told_in_the_order_asked(run: Run, write: Write) -> None:
    file = write()
    for words in (["luhe", str(file), "芦河镇"], [str(file), "luhe", str(file)]):
        result = run("check", *words)
        last = [line.partition(": ")[0] for line in result.stdout.splitlines() if "nothing found" in line]
        wanted = ["芦河镇, year 2024", "luhe.said"]
        assert last == (wanted if words[0] == "luhe" else wanted[::-1])
        assert result.stdout.splitlines()[-1].startswith("2 reports: 2 without an error")


# --- several, folders


def test_a_folder_means_all_that_can_be_read_below_it(write: Write) -> None:
    for name in ("b.said", "a/z.said", "a/c.said", ".hidden/d.said", ".e.said", "~$b.said", "f.xyz", "g.xyz", "report.json"):
        write(f"all/{name}")
    result = check("all")
    assert result.exit_code == 0
    read = [line.partition(":")[0] for line in result.stdout.splitlines()[:-1]]
    assert read == ["all/b.said", "all/a/c.said", "all/a/z.said"]
    assert "skipped 2 other files in all" in result.stderr
    assert [one["file"] for one in told("all")] == read


def test_a_folder_with_no_report_says_so(write: Write) -> None:
    write("all/x.xyz")
    result = check("all")
    assert result.exit_code == 2
    assert "no report" in result.stderr


@pytest.mark.parametrize("many", [3, 12])
def test_one_that_cannot_be_read_keeps_nobody_from_the_next(write: Write, monkeypatch: pytest.MonkeyPatch, many: int) -> None:
    monkeypatch.setattr(files, "cores", lambda: 2)
    names = [write(f"{at}.said", **({"wrong": 1} if at == 1 else WRONG if at == 2 else {})) for at in range(many)]
    result = check(*names)
    assert result.exit_code == 2
    assert "1.said: this is no annual report" in result.stderr
    shown = [line.partition(":")[0] for line in result.stdout.splitlines() if ", year 2024, " in line]
    assert shown == [f"{at}.said" for at in range(many) if at != 1]
    assert result.stdout.splitlines()[-1].startswith(f"{many} reports: {many - 2} without an error, 1 with errors, 1 whose")


def test_a_worker_that_dies_is_told_of_its_file_only(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "cores", lambda: 2)
    names = [write(f"{at}.said", **({"dies": 1} if at == 4 else {})) for at in range(files.MANY)]
    result = check(*names)
    assert result.exit_code == 2
    assert result.stderr.startswith("4.said: a worker broke off")
    assert result.stderr.count("broke off") == 1
    assert len([line for line in result.stdout.splitlines() if "nothing found" in line]) == files.MANY - 1


def test_a_reader_that_fails_is_told_without_a_traceback(write: Write) -> None:
    result = check(write(crashes=1))
    assert result.exit_code == 2
    assert "KeyError" in result.stderr
    assert "Traceback" not in result.stderr


# --- the year before


def test_with_the_year_before_the_two_are_held_against_each_other(write: Write) -> None:
    last = write("2023.said", year=2023)
    assert check(write(), "--previous", last).exit_code == 0
    cells = {"requests.carried_out.natural_person": 5, "requests.carried_out": 5}
    result = check("luhe.said", "--previous", write("2023.said", year=2023, cells=cells))
    assert result.exit_code == 1
    assert "error X-CARRY" in result.stdout


def test_a_report_of_another_year_is_refused_as_the_one_before(write: Write) -> None:
    for year in (2022, 2024):
        result = check(write(), "--previous", write("other.said", year=year))
        assert result.exit_code == 2
        assert f"the report of {year}" in result.stderr
        assert result.stdout == ""


def test_another_body_is_told_of_and_no_reason_to_stop(write: Write) -> None:
    result = check(write(), "--previous", write("2023.said", year=2023, body="禾丰镇"))
    assert result.exit_code == 0
    assert "note: 2023.said: it is the report of “禾丰镇”, not of “芦河镇”" in result.stderr


@pytest.mark.parametrize("name", ["芦河镇人民政府", "芦河镇 人民政府", "芦河镇"])
def test_a_body_may_call_itself_a_government_in_one_of_the_two(write: Write, name: str) -> None:
    result = check(write(), "--previous", write("2023.said", year=2023, body=name))
    assert (result.exit_code, result.stderr) == (0, "")


@pytest.mark.parametrize(
    "words",
    [["luhe.said", "2023.said", "--previous", "2023.said"], [".", "--previous", "2023.said"], ["luhe.said", "--year", "2024"],
     ["luhe", "--previous", "2023.said"], ["luhe.said", "--json", "--sarif"], ["--previous", "2023.said"]],
)  # fmt: skip
def test_a_wrong_use_ends_with_2_and_says_so(run: Run, write: Write, words: list[str]) -> None:
    write()
    write("2023.said", year=2023)
    result = run("check", *words)
    assert result.exit_code == 2
    assert result.stderr
    assert result.stdout == ""


# --- for programs


def test_json_has_what_the_file_says_of_itself_and_the_tables_as_read(write: Write) -> None:
    answer = told(write(cells={"requests.granted": 9, "requests.partial.natural_person": None}))
    about = {key: answer[key] for key in ("jurisdiction", "file", "name", "level", "year", "standard", "title")}
    assert about == {
        "jurisdiction": None, "file": "luhe.said", "name": "芦河镇", "level": "镇", "year": 2024, "standard": "2021",
        "title": "芦河镇2024年政府信息公开工作年度报告",
    }  # fmt: skip
    rows = answer["tables"]["requests"]
    assert rows["granted"]["total"] == 9
    assert rows["granted"]["natural_person"] == 7
    assert rows["partial"]["natural_person"] is None
    assert rows["partial"]["total"] == 2
    assert answer["tables"]["disputes"]["review"]["total"] == 2
    assert {"T3-ROW", "F-UNREAD"} <= {each["code"] for each in answer["findings"]}


def test_json_of_a_file_that_cannot_be_read_says_why(write: Write) -> None:
    answer = told(write(wrong=1))
    assert (answer["file"], answer["year"], answer["tables"], answer["name"]) == ("luhe.said", None, None, None)
    assert answer["errors"][0]["message"] == "this is no annual report"
    assert answer["errors"][0]["place"] == "luhe.said"


def test_json_of_several_is_a_list(write: Write) -> None:
    assert [one["file"] for one in told(write("a.said"), write("b.said"))] == ["a.said", "b.said"]


def test_sarif_points_into_the_file_and_at_its_line_where_it_has_one(write: Write) -> None:
    write("a/luhe.said", **WRONG, hole=1)
    (log,) = json.loads(check("a/luhe.said", "--sarif").stdout)["runs"]
    by_code = {result["ruleId"]: result for result in log["results"]}
    places = {code: result["locations"][0]["physicalLocation"] for code, result in by_code.items()}
    assert places["T3-ROW"] == {"artifactLocation": {"uri": "a/luhe.said"}}
    assert "表3 第5行第3格" in by_code["T3-ROW"]["message"]["text"]
    assert places["S-PLACE"] == {"artifactLocation": {"uri": "a/luhe.said"}, "region": {"startLine": 3}}
    assert by_code["T3-ROW"]["properties"] == {"file": "a/luhe.said"}
    assert log["tool"]["driver"]["rules"][by_code["T3-ROW"]["ruleIndex"]]["id"] == "T3-ROW"


def test_sarif_of_several_files_is_one_log(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "cores", lambda: 2)
    names = [write(f"{at}.said", **({"wrong": 1} if at == 1 else WRONG)) for at in range(files.MANY)]
    (log,) = json.loads(check(*names, "--sarif").stdout)["runs"]
    uris = {result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in log["results"]}
    assert uris == {f"{at}.said" for at in range(files.MANY) if at != 1}
    assert log["invocations"][0]["executionSuccessful"] is False
    codes = [rule["id"] for rule in log["tool"]["driver"]["rules"]]
    assert len(codes) == len(set(codes)) > 80
