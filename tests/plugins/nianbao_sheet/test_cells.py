"""Single cells of an office's own ledger, named in the settings."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest

from tests_shared import Run, replace

from .filling import figures, refused

LEDGER = "台账/2024/luhe.xlsx"
SETTINGS = """
  收费台账:
    use: sheet
    for: [镇]
    file: 台账/<year>/<id>.xlsx
    answers: {六、其他需要报告的事项: {信息处理费: CELL}}
"""


@pytest.fixture
def ledger(workspace: Path) -> Path:
    """The workspace whose luhe takes the fees out of a ledger."""
    replace(workspace / "jurisdictions/luhe.yaml", "level: 镇\n", f"level: 镇\nsources:{SETTINGS.replace('CELL', '收费!C7')}")
    replace(workspace / "data/luhe/2024.yaml", "  信息处理费: 0\n", "")
    book = openpyxl.Workbook()
    book.worksheets[0].title = "封面"
    book.worksheets[0]["C7"] = 30
    book.create_sheet("收费")["C7"] = 20
    book.create_sheet("2024 '年'")["C7"] = "=收费!C7/8"
    book.create_sheet("废")["C7"] = 40
    book["废"].sheet_state = "hidden"
    (workspace / "台账/2024").mkdir(parents=True)
    book.save(workspace / LEDGER)
    return workspace


def ask(folder: Path, cell: str) -> None:
    replace(folder / "jurisdictions/luhe.yaml", "收费!C7", cell)


@pytest.mark.parametrize(
    ("cell", "meant", "where"),
    [
        ("收费!C7", 20, "收费!C7"),
        ("收费！$c$7", 20, "收费!C7"),
        ("'收费'!C7", 20, "收费!C7"),
        ("C7", 30, "封面!C7"),
        ("'2024 ''年'''!C7", 2.5, "2024 '年'!C7"),
        ("废!C7", 40, "废!C7"),
    ],
)
def test_a_cell_is_a_figure_with_its_place(ledger: Path, run: Run, cell: str, meant: float, where: str) -> None:
    ask(ledger, f'"{cell}"')
    fee = figures(ledger, run)["other_matters.fee"]
    assert (fee["value"], fee["origin"]["where"], fee["origin"]["source"]) == (meant, f"{LEDGER}:{where}", "收费台账")


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("收费!C8", "the cell of “信息处理费” is empty"),
        ("收弗!C7", "has no sheet “收弗”"),
        ("收费!7C", "“收费!7C” is no cell"),
        ("收费!C0", "“收费!C0” is no cell"),
        ("收费!C7:C9", "“收费!C7:C9” is no cell"),
        ("{cell: 收费!C7, sheet: 收费}", "unknown key “sheet”"),
    ],
)
def test_a_cell_that_cannot_be_asked_for_is_told_with_its_place(ledger: Path, run: Run, cell: str, says: str) -> None:
    ask(ledger, cell)
    told = refused(run)
    assert says in told
    assert re.search(rf"jurisdictions/luhe\.yaml:\d+:\d+|{LEDGER}:收费!C8", told)


def test_one_cell_that_cannot_be_read_keeps_nobody_from_the_others(ledger: Path, run: Run) -> None:
    ask(ledger, "收费!C8, 窗口受理: 没有!C7, 网上受理: 收费!C7")
    told = refused(run)
    assert "the cell of “信息处理费” is empty" in told
    assert "has no sheet “没有”" in told
    assert run("build", "luhe", "-F", "html", "--draft").exit_code == 0


def test_a_ledger_does_not_make_a_year_with_data(ledger: Path, run: Run) -> None:
    (ledger / "台账/2025").mkdir()
    (ledger / "台账/2025/luhe.xlsx").write_bytes((ledger / LEDGER).read_bytes())
    assert "2025" not in run("jurisdictions").stdout


def test_the_workbook_lies_where_no_ledger_is_written_over(ledger: Path, run: Run) -> None:
    before = (ledger / LEDGER).read_bytes()
    assert run("workbook", "luhe", "--year", "2024").stdout.endswith("workbooks/luhe/2024.xlsx\n")
    assert (ledger / LEDGER).read_bytes() == before
