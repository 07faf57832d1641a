"""The workbook that the command makes: drawn as the notice draws its tables, everything computed, nothing to break."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from nianbao import Workspace
from tests_shared import Run, replace

from .filling import FILE, places


@pytest.fixture
def made(workspace: Path, run: Run) -> Workbook:
    """The workbook of luhe."""
    result = run("workbook", "luhe", "--year", "2024")
    assert result.exit_code == 0, result.stderr
    assert result.stdout == f"{workspace / FILE}\n"
    return openpyxl.load_workbook(workspace / FILE)


def test_its_sheets_are_the_instructions_and_one_for_each_section_with_tables(made: Workbook) -> None:
    assert made.sheetnames == [
        "说明",
        "主动公开政府信息情况",
        "收到和处理政府信息公开申请情况",
        "政府信息公开行政复议、行政诉讼情况",
    ]


def test_a_table_is_drawn_as_the_notice_draws_it(made: Workbook) -> None:
    sheet = made["收到和处理政府信息公开申请情况"]
    merged = {str(cells) for cells in sheet.merged_cells.ranges}
    assert sheet["A1"].value == "收到和处理政府信息公开申请情况（单位：件）"
    assert (sheet["D3"].value, sheet["E4"].value, sheet["E5"].value, sheet["J4"].value) == (
        "申请人情况",
        "法人或其他组织",
        "商业企业",
        "总计",
    )
    assert (sheet["A8"].value, sheet["B10"].value, sheet["C10"].value) == (
        "三、本年度办理结果",
        "（三）不予公开",
        "1.属于国家秘密",
    )
    assert {"A3:C5", "D3:J3", "E4:I4", "J4:J5", "A8:A29", "B10:B17", "A6:C6"} <= merged


def test_every_figure_is_an_input_or_a_formula_and_only_inputs_can_be_written_in(workspace: Path, made: Workbook) -> None:
    edition = Workspace(workspace).edition(Workspace(workspace).named("luhe"), 2024)
    for path, (number, name) in places(edition).items():
        cell, is_total = made.worksheets[number][name], edition.standard.nodes[path].addends is not None
        assert str(cell.value).startswith("=SUM(") == is_total, path
        assert cell.protection.locked == is_total, path
    assert all(sheet.protection.sheet for sheet in made.worksheets)


def test_a_total_is_the_sum_that_the_standard_says(made: Workbook) -> None:
    sheet = made["收到和处理政府信息公开申请情况"]
    assert sheet["J6"].value == "=SUM($D$6:$I$6)"
    assert sheet["D29"].value == "=SUM($D$8:$D$28)"
    assert made["政府信息公开行政复议、行政诉讼情况"]["E6"].value == "=SUM($A$6:$D$6)"


def test_an_equation_is_checked_in_words_and_turns_its_cells_red(made: Workbook) -> None:
    sheet = made["收到和处理政府信息公开申请情况"]
    assert sheet["A31"].value == "核对 勾稽：本年新收 + 上年结转 = 总计 + 结转下年度"
    assert (
        sheet["D32"].value == '=IF(ROUND(SUM($D$6:$D$7)-SUM($D$29:$D$30),6)=0,"✓","差 "&ROUND(SUM($D$6:$D$7)-SUM($D$29:$D$30),6))'
    )
    red = {
        str(cells.sqref): [rule.formula[0] for rule in rules] for cells, rules in sheet.conditional_formatting._cf_rules.items()
    }
    for cell in ("D6", "D7", "D30", "D32"):
        assert red[cell] == ["ROUND(SUM($D$6:$D$7)-SUM($D$29:$D$30),6)<>0"]


def test_only_numbers_can_be_typed(made: Workbook) -> None:
    rules = {
        str(rule.sqref): (rule.type, rule.operator, rule.formula1)
        for rule in made["主动公开政府信息情况"].data_validations.dataValidation
    }
    assert rules["B5"] == ("whole", "greaterThanOrEqual", "0")
    assert rules["B16"] == ("decimal", "greaterThanOrEqual", "0")


def test_it_prints_on_one_page_across_with_its_head_repeated(made: Workbook) -> None:
    sheet = made["收到和处理政府信息公开申请情况"]
    assert (sheet.page_setup.paperSize, sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage) == (
        9,
        0,
        True,
    )
    assert sheet.print_title_rows == "$1:$5"


@pytest.mark.parametrize("standard", ["2019", "2021"])
def test_every_standard_has_one_that_is_found_again_whole(workspace: Path, run: Run, standard: str) -> None:
    from nianbao import Run as Asking
    from nianbao_sheet.opening import open_book
    from nianbao_sheet.tables import tables

    from .filling import fill

    replace(workspace / "nianbao.yaml", "standard: 2021", f"standard: {standard}")
    assert run("workbook", "luhe", "--year", "2024").exit_code == 0
    edition = Workspace(workspace).edition(Workspace(workspace).named("luhe"), 2024)
    given = {path: 7 for path in places(edition) if edition.standard.nodes[path].addends is None}
    fill(workspace / FILE, Workspace(workspace), given)
    asking = Asking()
    answer = {
        ".".join(names): fact.value for names, fact in tables(open_book(workspace, FILE, edition), edition.standard, asking)
    }
    assert answer == given
    assert asking.mistakes == []


def test_the_same_settings_make_the_same_bytes(
    workspace: Path, run: Run, made: Workbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = (workspace / FILE).read_bytes()
    run("workbook", "luhe", "--year", "2024", "--replace")
    assert (workspace / FILE).read_bytes() == first
    assert str(made.properties.created) == "2024-12-31 00:00:00"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    run("workbook", "luhe", "--year", "2024", "--replace")
    again = openpyxl.load_workbook(io.BytesIO((workspace / FILE).read_bytes()))
    assert str(again.properties.created) == "1970-01-02 00:00:00"


def test_a_workbook_that_is_there_is_never_written_over_unasked(workspace: Path, run: Run) -> None:
    (workspace / FILE).parent.mkdir(parents=True)
    (workspace / FILE).write_bytes(b"half a year's work")
    result = run("workbook", "luhe", "--year", "2024")
    assert result.exit_code == 2
    assert "the file is there already, nothing was changed" in result.stderr
    assert (workspace / FILE).read_bytes() == b"half a year's work"
    assert run("workbook", "luhe", "--year", "2024", "--replace").exit_code == 0
    assert openpyxl.load_workbook(workspace / FILE)


def test_a_workbook_that_cannot_be_written_leaves_nothing_behind(workspace: Path, run: Run) -> None:
    (workspace / FILE).mkdir(parents=True)
    result = run("workbook", "luhe", "--year", "2024", "--replace")
    assert result.exit_code == 2
    assert f"{FILE}: cannot write" in result.stderr
    assert [path.name for path in (workspace / FILE).parent.iterdir()] == ["2024.xlsx"]


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "=HYPERLINK(\"http://x.example\")", "http://x.example"])  # fmt: skip
def test_no_name_becomes_a_formula_or_a_link(workspace: Path, run: Run, name: str) -> None:
    replace(workspace / "jurisdictions/luhe.yaml", "name: 芦河镇", f"name: '{name}'")
    replace(workspace / "nianbao.yaml", "standard: 2021", "standard: ./ours.yaml")
    label = f"      review: {{label: '{name}'}}"
    (workspace / "ours.yaml").write_text(
        f"extends: '2021'\nsections:\n  disputes:\n   tables:\n    disputes:\n     rows:\n{label}\n", encoding="utf-8"
    )
    result = run("workbook", "luhe", "--year", "2024")
    assert result.exit_code == 0, result.stderr
    book = openpyxl.load_workbook(workspace / FILE)
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if name in str(cell.value)]
    assert len(cells) >= 2
    assert {cell.data_type for cell in cells} == {"s"}
    assert not any(cell.hyperlink for cell in cells)


def test_it_lies_where_the_settings_of_the_source_say(workspace: Path, run: Run) -> None:
    replace(workspace / "nianbao.yaml", "manual: {}", "填报表: {use: sheet, file: 填报/<name>-<year>.xlsx}")
    result = run("workbook", "luhe", "--year", "2024")
    assert result.stdout == f"{workspace}/填报/芦河镇-2024.xlsx\n"
    assert result.stderr == ""


def test_where_no_settings_read_it_that_is_told(workspace: Path, run: Run) -> None:
    assert "write sheet: {} under sources" in run("workbook", "luhe", "--year", "2024").stderr


@pytest.mark.parametrize(
    ("file", "says"), [("表/<id>.csv", "the workbook is an .xlsx"), ("../<id>.xlsx", "is not in the workspace")]
)
def test_where_it_cannot_lie_is_told(workspace: Path, run: Run, file: str, says: str) -> None:
    replace(workspace / "nianbao.yaml", "manual: {}", f"sheet: {{file: {file}}}")
    result = run("workbook", "luhe", "--year", "2024")
    assert result.exit_code == 2
    assert says in result.stderr
    assert "nianbao.yaml:" in result.stderr


def test_an_equation_of_columns_is_checked_beside_each_row_and_one_of_a_line_under_it(workspace: Path, run: Run) -> None:
    replace(workspace / "nianbao.yaml", "standard: 2021", "standard: ./ours.yaml")
    (workspace / "ours.yaml").write_text(
        "extends: '2021'\nsections:\n"
        "  requests: {tables: {requests: {equations: {X1 横向: 自然人 + 法人或其他组织 = 总计}}}}\n"
        "  disputes: {tables: {disputes: {equations: {X2 对照: 结果维持 + 结果纠正 = 其他结果 + 尚未审结}}}}\n",
        encoding="utf-8",
    )
    result = run("workbook", "luhe", "--year", "2024")
    assert result.exit_code == 0, result.stderr
    book = openpyxl.load_workbook(workspace / FILE)
    requests, disputes = book.worksheets[2], book.worksheets[3]
    assert requests["K3"].value == "核对 横向：自然人 + 法人或其他组织 = 总计"
    assert [bool(requests[f"K{row}"].value) for row in (5, 6, 7, 8, 29, 30, 31)] == [False, True, True, True, True, True, False]
    assert requests["K10"].value.startswith("=IF(ROUND(SUM($D$10:$I$10)-SUM($J$10),6)=0")
    assert disputes["A7"].value == "核对 对照：结果维持 + 结果纠正 = 其他结果 + 尚未审结"
    assert [cell.column_letter for cell in disputes[8] if cell.value] == ["A", "F", "K"]
