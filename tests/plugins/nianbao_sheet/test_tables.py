"""Whole tables from a workbook: found by their labels, strict about numbers, nothing dropped, every mistake at its cell."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from nianbao import Workspace
from tests_shared import Run, replace

from .filling import FILE, GIVEN, TOTALS, changed, edited, figures, fill, put, refused, rows, values, write_csv

REQUESTS = "收到和处理政府信息公开申请情况"


def test_a_workbook_that_an_office_filled_in_fills_the_tables(office: Path, run: Run) -> None:
    assert values(office, run) == {**GIVEN, **TOTALS}


def test_a_figure_is_traced_to_its_sheet_and_cell(office: Path, run: Run) -> None:
    where = put(office, "requests.new.business", 2)
    assert figures(office, run)["requests.new.business"]["origin"]["where"] == where
    assert FILE in (office / "build/luhe/2024/report.json").read_text(encoding="utf-8").split('"inputs"')[1]


def test_a_year_that_has_a_workbook_is_a_year_with_data(office: Path, run: Run) -> None:
    (office / "workbooks/luhe/2025.xlsx").write_bytes((office / FILE).read_bytes())
    assert "2025" in run("jurisdictions").stdout


def test_a_missing_workbook_is_told_with_the_command_that_makes_one(office: Path, run: Run) -> None:
    (office / FILE).unlink()
    assert "make one with `nianbao workbook luhe --year 2024`" in refused(run)


def one_sheet(office: Path, found: list[list[Any]], down: int = 0, right: int = 0) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in [[]] * down + found:
        sheet.append([None] * right + list(row))
    book.save(office / FILE)


def test_all_tables_are_found_where_an_office_put_them_into_one_sheet(office: Path, run: Run) -> None:
    found = [[None if str(value).startswith("=") else value for value in row] for row in rows(office / FILE)]
    one_sheet(office, found, down=5, right=3)
    assert values(office, run) == {**GIVEN, **TOTALS}


def test_rows_and_columns_that_changed_places_are_found_by_their_labels(office: Path, run: Run) -> None:
    found = rows(office / FILE)
    new, carried_in = (next(number for number, row in enumerate(found) if row and row[0] == label) for label in (
        "一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量"))  # fmt: skip
    found[new], found[carried_in] = found[carried_in], found[new]
    head = next(number for number, row in enumerate(found) if "商业企业" in row)
    business, research = (found[head].index(label) for label in ("商业企业", "科研机构"))
    for row in found[head : head + 30]:
        if len(row) > research:
            row[business], row[research] = row[research], row[business]
    found = [[None if str(value).startswith("=") else value for value in row] for row in found]
    one_sheet(office, found)
    assert values(office, run) == {**GIVEN, **TOTALS}


@pytest.mark.parametrize("label", ["本年新收", "一、 本 年 新 收", "（一）本年新收\n政府信息公开申请数量", "本年新收：", "new"])
def test_a_label_counts_in_its_normal_form_and_by_its_aliases(office: Path, run: Run, label: str) -> None:
    with edited(office / FILE) as book:
        book[REQUESTS]["A6"] = label
    assert values(office, run) == {**GIVEN, **TOTALS}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gb18030", "utf-16"])
def test_a_csv_is_read_in_the_encodings_that_offices_save(office: Path, run: Run, encoding: str) -> None:
    write_csv(office / "workbooks/luhe/2024.csv", encoding, rows(office / FILE))
    replace(office / "nianbao.yaml", "sheet: {}", "sheet: {file: workbooks/<id>/<year>.csv}")
    known = figures(office, run)
    assert {path: known[path]["value"] for path in GIVEN} == GIVEN
    assert known["requests.new.natural_person"]["origin"]["where"].startswith("workbooks/luhe/2024.csv:D")


@pytest.mark.parametrize(("written", "meant"), [("12", 12), ("１２", 12), (" 12　", 12), (12.0, 12), (0.1 + 0.2 + 11.7, 12)])
def test_text_that_is_plainly_a_number_is_read_and_noted(office: Path, run: Run, written: Any, meant: int) -> None:
    where = put(office, "requests.new.natural_person", written)
    result = run("build", "luhe", "-F", "html")
    assert (f"note: {where}: “{written}” is text, read as 12" in result.stderr) == isinstance(written, str)
    assert figures(office, run)["requests.new.natural_person"]["value"] == meant


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("若干", "here is “若干”"),
        ("12件左右", "here is “12件左右”"),
        ("①", "here is “①”"),
        ("1,2", "here is “1,2”"),
        ("/", "here is “/”"),
        ("9" * 5000, "here is “9999"),
        (1e300, "here is “1e+300”"),
        ("=1" + "0" * 15 + "*1", "cannot be computed anew"),
        (True, "here is true or false"),
        (datetime(2024, 3, 5), "here is a date or time"),
        ("#REF!", "here is the error #REF!"),
        (2.5, "should be a whole number"),
        (-1, "cannot be negative"),
    ],
)
def test_what_is_no_number_is_told_at_its_cell(office: Path, run: Run, written: Any, says: str) -> None:
    where = put(office, "requests.new.natural_person", written)
    told = refused(run)
    assert says in told
    assert where in told


def test_all_mistakes_of_a_workbook_are_told_together(office: Path, run: Run) -> None:
    wheres = [
        put(office, path, "若干") for path in ("requests.new.business", "proactive_disclosure.licences", "disputes.review.other")
    ]
    told = refused(run)
    assert all(where in told for where in wheres)


def test_a_row_left_blank_is_left_to_the_next_source(office: Path, run: Run) -> None:
    for cell in ("natural_person", "business"):
        put(office, f"requests.new.{cell}", None)
    data = office / "data/luhe/2024.yaml"
    data.write_text(
        data.read_text(encoding="utf-8") + "三、收到和处理政府信息公开申请情况: {本年新收: {自然人: 12, 商业企业: 2}}\n",
        encoding="utf-8",
    )
    assert figures(office, run)["requests.new.natural_person"]["origin"]["where"].startswith("data/luhe/2024.yaml")


def test_a_workbook_that_nobody_filled_in_says_nothing(office: Path, run: Run) -> None:
    assert run("workbook", "luhe", "--year", "2024", "--replace").exit_code == 0
    told = refused(run)
    for section in ("收到和处理政府信息公开申请情况", "政府信息公开行政复议、行政诉讼情况"):
        assert f"nobody answered the section “{section}”" in told


@pytest.mark.parametrize(
    ("formula", "meant"),
    [
        ("=3+4*2+1", 12),
        ("=(30-6)/2", 12),
        ("=SUM(N1:N3)", 12),
        ("=sum($N$1:$N$3)", 12),
        ("=N4+0", 12),
        ("='我的 底稿'!A1+底稿!A1", 12),
        ("=-(-12)", 12),
        ("=SUM(N1,N2:N3,0)", 12),
    ],
)
def test_a_formula_in_place_of_a_figure_is_computed_anew(office: Path, run: Run, formula: str, meant: int) -> None:
    with edited(office / FILE) as book:
        for number, value in enumerate((3, 4, 5, "=SUM(N1:N3)"), 1):
            book[REQUESTS][f"N{number}"] = value
        for name, value in (("我的 底稿", 7), ("底稿", 5)):
            book.create_sheet(name)["A1"] = value
    put(office, "requests.new.natural_person", formula)
    known = figures(office, run)["requests.new.natural_person"]
    assert known["value"] == meant
    assert known["origin"]["how"] == formula


@pytest.mark.parametrize(
    "formula",
    [
        "='[1]别的文件'!A1",
        "=[1]Sheet1!A1",
        "=VLOOKUP(A1,B1:C9,2)",
        "=没有这张表!A1",
        "=D6",
        "=1/0",
        "=10^2",
        "=50%",
        '="12"+0',
        "=3+",
        "=" + "(" * 400 + "1" + ")" * 400,
        "=SUM(A1:XFD1048576)",
        "=N5+12#REF!",
        "=__import__('os')",
        "=1 if 1 else 2",
        "=SUM",
        "=0x0C",
        "=TODAY()",
        "=" + "+".join(["1"] * 600),
        "=1e999",
    ],
)
def test_a_formula_that_cannot_be_computed_is_refused_at_its_cell(office: Path, run: Run, formula: str) -> None:
    where = put(office, "requests.new.natural_person", formula)
    told = refused(run)
    assert f"{where}: the formula" in told
    assert "Paste it as a value" in told


def test_a_formula_over_text_names_the_cell_that_holds_it(office: Path, run: Run) -> None:
    with edited(office / FILE) as book:
        book[REQUESTS]["N1"] = "若干"
    put(office, "requests.new.natural_person", "=N1+12")
    assert f"{FILE}:{REQUESTS}!N1: expected a number, here is “若干”" in refused(run)


def test_formulas_that_double_at_each_step_are_computed_once_each(office: Path, run: Run) -> None:
    with edited(office / FILE) as book:
        book[REQUESTS]["N1"] = 0
        for row in range(2, 36):
            book[REQUESTS][f"N{row}"] = f"=N{row - 1}+N{row - 1}"
    put(office, "requests.new.natural_person", "=N35+12")
    assert figures(office, run)["requests.new.natural_person"]["value"] == 12


def test_a_total_that_was_typed_over_is_compared_with_its_sum(office: Path, run: Run) -> None:
    where = put(office, "requests.new", 15)
    told = refused(run)
    assert where in told
    assert "15" in told
    assert "14" in told


def test_a_total_that_a_formula_left_behind_is_not_believed(office: Path, run: Run) -> None:
    data = (office / FILE).read_bytes()
    formula = b"<f>SUM($D$6:$I$6)</f>"
    stale = changed(data, xl__worksheets__sheet3_dot_xml=lambda xml: xml.replace(formula + b"<v></v>", formula + b"<v>15</v>"))
    (office / FILE).write_bytes(stale)
    told = refused(run)
    assert f"{FILE}:{REQUESTS}!J6: error" in told
    assert "expected 14" in told


def test_a_zero_total_over_nothing_states_nothing(office: Path, run: Run) -> None:
    for path in ("requests.new", "requests.carried_in"):
        for cell in ("natural_person", "business"):
            put(office, f"{path}.{cell}", None)
        put(office, path, 0)
    data = office / "data/luhe/2024.yaml"
    given = "三、收到和处理政府信息公开申请情况: {本年新收: {自然人: 12, 商业企业: 2}, 上年结转: {自然人: 2}}\n"
    data.write_text(data.read_text(encoding="utf-8") + given, encoding="utf-8")
    assert values(office, run) == {**GIVEN, **TOTALS}


def test_a_table_that_is_nowhere_is_told_with_the_sheets_that_were_looked_at(office: Path, run: Run) -> None:
    with edited(office / FILE) as book:
        del book["政府信息公开行政复议、行政诉讼情况"]
    told = refused(run)
    assert "the table “行政复议、行政诉讼” was not found in 说明、主动公开政府信息情况、收到和处理政府信息公开申请情况" in told


def test_labels_that_are_missing_are_told_together(office: Path, run: Run) -> None:
    with edited(office / FILE) as book:
        book[REQUESTS]["A6"] = "新收"  # an alias still fits
        book[REQUESTS]["A7"] = "结转"
        book[REQUESTS]["C10"] = "国家密秘"
    assert f"{FILE}:{REQUESTS}: the table does not have: 上年结转政府信息公开申请数量、属于国家秘密" in refused(run)


def test_a_column_that_is_missing_is_told(office: Path, run: Run) -> None:
    with edited(office / FILE) as book:
        book[REQUESTS]["E5"] = "企业"
    told = refused(run)
    assert "the table does not have: 商业企业" in told
    assert told.count("the standard's table has no column “企业”") == 1


def test_two_rows_of_one_label_are_told_by_their_cells(office: Path, run: Run) -> None:
    with edited(office / FILE) as book:
        book[REQUESTS]["C11"] = "1.属于国家秘密"
    told = refused(run)
    assert "“属于国家秘密” stands several times: C10、C11" in told
    assert "here is a figure" not in told


def test_two_sheets_with_one_table_are_told(office: Path, run: Run) -> None:
    with edited(office / FILE) as book:
        book.copy_worksheet(book[REQUESTS])
    assert (
        f"several sheets have the table “本年新收政府信息公开申请数量、上年结转政府信息公开申请数量、本年度办理结果、结转下年度继续办理”: {REQUESTS}"
        in refused(run)
    )


def test_a_sheet_of_working_notes_with_some_of_the_labels_is_no_second_table(office: Path, run: Run) -> None:
    with edited(office / FILE) as book:
        notes = book.create_sheet("底稿", 0)
        for row in (("行政许可", 3), ("规章", 4), ("总计", 7), ("行政复议", 1)):
            notes.append(row)
    assert values(office, run) == {**GIVEN, **TOTALS}


def test_a_hidden_sheet_is_not_read_and_that_is_noted(office: Path, run: Run) -> None:
    with edited(office / FILE) as book:
        book.copy_worksheet(book[REQUESTS]).sheet_state = "veryHidden"
    assert f"note: {FILE}: the sheet “{REQUESTS} Copy” is hidden and was not read" in run("build", "luhe", "-F", "html").stderr
    assert values(office, run) == {**GIVEN, **TOTALS}


@pytest.mark.parametrize(
    ("cell", "written", "says"),
    [("D31", 3, "row “五、转送其他机关”"), ("D31", "12", "row “五、转送其他机关”"), ("K6", 3, "column “网上”")],
)
def test_a_figure_outside_of_the_rows_and_columns_that_the_standard_knows_is_not_dropped(
    office: Path, run: Run, cell: str, written: Any, says: str
) -> None:
    with edited(office / FILE) as book:
        sheet = book[REQUESTS]
        for merged in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(merged))
        if cell == "K6":  # a column of an office's own before the last
            for row in range(1, 33):
                sheet.cell(row, 11).value, sheet.cell(row, 10).value = sheet.cell(row, 10).value, None
            cell = "J6"
            sheet["J3"] = "网上"
        else:
            sheet["A31"] = "五、转送其他机关"
        sheet[cell] = written
    told = refused(run)
    assert f"{FILE}:{REQUESTS}!{cell}: here is a figure, but the standard's table has no {says}" in told


def test_notes_beside_and_below_a_table_are_fine(office: Path, run: Run) -> None:
    with edited(office / FILE) as book:
        book[REQUESTS]["L6"] = 99
        book[REQUESTS]["L5"] = "上年同期"
        book[REQUESTS]["D40"] = 7
        book[REQUESTS]["A40"] = "备注：共 7 件由政务服务窗口受理"
    assert values(office, run) == {**GIVEN, **TOTALS}


def test_a_standard_of_the_workspace_has_a_workbook_too(office: Path, run: Run) -> None:
    (office / "standards").mkdir()
    (office / "standards/ours.yaml").write_text(
        "extends: '2021'\nsections:\n  disputes:\n    tables:\n      disputes:\n        shape: grid\n        corner: 类型\n"
        "        rows: {review: {label: 行政复议案件}}\n        columns: {upheld: {label: 维持原决定}}\n"
        "        equations: {T4-SUM 总计: 总计 = 维持原决定 + 结果纠正 + 其他结果 + 尚未审结}\n",
        encoding="utf-8",
    )
    replace(office / "nianbao.yaml", "standard: 2021", "standard: ./standards/ours.yaml")
    made = run("workbook", "luhe", "--year", "2024", "--replace")
    assert made.exit_code == 0, made.stderr
    fill(office / FILE, Workspace(office))
    assert values(office, run) == {**GIVEN, **TOTALS}


@pytest.mark.parametrize(
    ("file", "says"),
    [
        ("../../etc/passwd.xlsx", "is not in the workspace"),
        ("/etc/passwd.xlsx", "is not in the workspace"),
        ("workbooks/<id>/<jahr>.xlsx", "nobody gave <jahr>"),
        ("workbooks/<id>/<year>.xlsm", ".xlsm is not read"),
        ("workbooks/<id>/<year>", "a file without a suffix is not read"),
        ("workbooks", "a file without a suffix is not read"),
    ],
)
def test_a_file_that_is_not_to_be_read_is_told_where_it_is_set(office: Path, run: Run, file: str, says: str) -> None:
    replace(office / "nianbao.yaml", "sheet: {}", f"sheet: {{file: {file}}}")
    assert says in refused(run)


def test_a_link_that_leads_out_of_the_workspace_is_not_followed(office: Path, run: Run, tmp_path: Path) -> None:
    shutil.move(office / FILE, tmp_path / "secret.xlsx")
    (office / FILE).symlink_to(tmp_path / "secret.xlsx")
    assert "is not in the workspace" in refused(run)


@pytest.mark.parametrize(("old", "new"), [("芦河镇", "白水镇"), ("2024年度", "2023年度")])
def test_the_workbook_of_another_body_or_year_is_not_taken(office: Path, run: Run, old: str, new: str) -> None:
    with edited(office / FILE) as book:
        sheet = book[REQUESTS]
        sheet["A2"] = str(sheet["A2"].value).replace(old, new)
    told = refused(run)
    assert f"{FILE}:{REQUESTS}!A2: this is the workbook of " in told
    assert new.removesuffix("年度") in told


def test_a_name_in_a_formula_is_not_taken_for_a_reference(office: Path, run: Run) -> None:
    put(office, "requests.new.business", "=_0+D6")
    assert "the formula =_0+D6 cannot be computed anew" in refused(run)
