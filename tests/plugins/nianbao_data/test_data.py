"""Open data: every published figure with its label, unit and source, exact, and nothing that is not public."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests_shared import Run, replace

COLUMNS = ["年度", "编制单位", "代码", "部分", "行", "列", "路径", "数值", "单位", "数据来源"]


def built(run: Run, *more: str, town: str = "luhe") -> tuple[list[dict[str, str]], dict[str, Any]]:
    """The lines of the CSV file, by column, and the JSON object."""
    result = run("build", town, "-F", "data", *more)
    assert result.exit_code == 0, result.stderr
    files = {Path(file).suffix: Path(file).read_bytes() for file in result.stdout.splitlines()}
    table = list(csv.DictReader(io.StringIO(files[".csv"].decode("utf-8-sig"))))
    return table, json.loads(files[".json"], parse_float=Decimal)


def at(table: list[dict[str, str]], path: str) -> dict[str, str]:
    (line,) = [line for line in table if line["路径"] == path]
    return line


def test_a_platform_gets_the_three_tables_under_the_keys_of_the_standard(run: Run) -> None:
    _, data = built(run)
    tables = data["tables"]
    assert list(tables) == ["proactive_disclosure", "requests", "disputes"]
    assert tables["requests"]["new"] == {
        "natural_person": 12, "business": 2, "research": 0, "social": 0, "legal_service": 1, "other_organisation": 0, "total": 15,
    }  # fmt: skip
    assert tables["requests"]["denied"]["third_party"]["total"] == 1
    assert tables["proactive_disclosure"]["normative_documents"] == {"made": 1, "repealed": 0, "valid": 6}
    assert tables["proactive_disclosure"]["fees"] == Decimal("0.36")
    assert tables["disputes"]["review"]["total"] == 2
    assert data["standard"]["notice"] == "国办公开办函〔2021〕30号"
    assert (data["jurisdiction"]["name"], data["year"], data["draft"]) == ("芦河镇", 2024, False)


def test_a_clerk_gets_a_line_a_figure_that_excel_opens_with_labels_units_and_the_sources_name(run: Run) -> None:
    result = run("build", "luhe", "-F", "data")
    (file,) = [Path(file) for file in result.stdout.splitlines() if file.endswith(".csv")]
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    table = list(csv.DictReader(io.StringIO(file.read_bytes().decode("utf-8-sig"))))
    assert list(table[0]) == COLUMNS
    line = at(table, "requests.new.business")
    assert list(line.values())[3:6] == [
        "收到和处理政府信息公开申请情况",
        "本年新收政府信息公开申请数量",
        "法人或其他组织 › 商业企业",
    ]
    assert list(line.values())[7:] == ["2", "件", "manual"]
    assert at(table, "requests.new.research")["数据来源"] == "表中未填，计 0"
    assert at(table, "disputes.review")["数据来源"].startswith("合计：disputes.review.upheld＋disputes.review.corrected")
    assert at(table, "proactive_disclosure.fees")["数值"] == "0.36"
    assert at(table, "proactive_disclosure.fees")["单位"] == "万元"


def test_both_files_and_the_page_say_the_same(run: Run) -> None:
    from lxml.html import document_fromstring

    table, data = built(run)
    files = run("build", "luhe", "-F", "html").stdout.strip()
    said = {figure.get("data-fact"): figure.get("value") for figure in document_fromstring(Path(files).read_bytes()).iter("data")}
    in_csv = {line["路径"]: line["数值"] for line in table}
    assert in_csv == {figure["path"]: str(figure["value"]) for figure in data["figures"]}
    assert {path: in_csv[path] for path in said} == said


def test_a_named_figure_that_the_page_does_not_print_stays_at_home(workspace: Path, run: Run) -> None:
    replace(workspace / "data/luhe/2024.yaml", "    公告栏: 37", "    公告栏: 37\n  内部台账: 99")
    table, data = built(run)
    assert at(table, "proactive_disclosure.公开信息.公告栏")["数值"] == "37"
    assert not [line for line in table if "内部台账" in line["路径"]]
    assert "内部台账" not in json.dumps(data, ensure_ascii=False, default=str)


def test_a_report_told_in_prose_has_its_tables_all_the_same(workspace: Path, run: Run) -> None:
    replace(workspace / "jurisdictions/luhe.yaml", "theme: national", "theme: tianmen")
    _, data = built(run)
    assert data["tables"]["requests"]["granted"]["total"] == 8


def test_no_file_line_query_or_address_leaves_the_office(workspace: Path, run: Run) -> None:
    import sqlite3

    with sqlite3.connect(workspace / "register.db") as base:
        base.execute("create table t (n integer)")
        base.execute("insert into t values (23)")
    replace(
        workspace / "jurisdictions/luhe.yaml", "office:",
        "sources: {登记系统: {use: sql, url: 'sqlite:///register.db', answers: {六、其他需要报告的事项: {信息处理费: select n from t}}}}\noffice:",
    )  # fmt: skip
    replace(workspace / "data/luhe/2024.yaml", "  信息处理费: 0\n", "")
    result = run("build", "luhe", "-F", "data")
    assert result.exit_code == 0, result.stderr
    written = "".join(Path(file).read_text(encoding="utf-8") for file in result.stdout.splitlines())
    assert "登记系统" in written
    assert not [word for word in ("select", "sqlite", ".yaml", ".db", str(workspace)) if word in written]


def test_what_a_draft_lacks_is_empty_and_null_never_zero(workspace: Path, run: Run) -> None:
    data = workspace / "data/luhe/2024.yaml"
    text = data.read_text(encoding="utf-8")
    data.write_text(text[: text.index("三、")] + text[text.index("五、") :], encoding="utf-8")
    table, whole = built(run, "--draft")
    assert at(table, "requests.new")["数值"] == ""
    assert at(table, "requests.new")["数据来源"] == ""
    assert whole["tables"]["requests"]["new"]["total"] is None
    assert whole["draft"] is True
    (figure,) = [figure for figure in whole["figures"] if figure["path"] == "requests.new"]
    assert figure["source"] is None


@pytest.mark.parametrize("number", ["0.1", "0.36", "999999999999999.123456", "999999999999999"])
def test_a_number_keeps_every_digit(workspace: Path, run: Run, number: str) -> None:
    replace(workspace / "data/luhe/2024.yaml", "行政事业性收费: 0.36", f"行政事业性收费: {number}")
    result = run("build", "luhe", "-F", "data")
    assert result.exit_code == 0, result.stderr
    for file in result.stdout.splitlines():
        assert number in Path(file).read_text(encoding="utf-8")


@pytest.mark.parametrize("evil", ["=cmd|'/c calc'!A1", "+SUM(A1:A9)", "-2+3", "@import", "\u200b=1+1"])
def test_a_label_is_no_formula_in_a_spreadsheet(workspace: Path, run: Run, evil: str) -> None:
    replace(workspace / "jurisdictions/luhe.yaml", "name: 芦河镇", f'name: "{evil}"\ncode: "{evil}"')
    table, data = built(run)
    assert data["jurisdiction"]["name"] == evil
    for line in table:
        for cell in line.values():
            assert cell[:1] not in ("=", "+", "-", "@", "\t", "\r")


def test_the_same_data_give_the_same_bytes(run: Run) -> None:
    first = [Path(file).read_bytes() for file in run("build", "luhe", "-F", "data").stdout.splitlines()]
    second = [Path(file).read_bytes() for file in run("build", "luhe", "-F", "data").stdout.splitlines()]
    assert first == second
