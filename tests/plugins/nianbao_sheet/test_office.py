"""The workbook in a real spreadsheet: it computes what the standard says, and what it saves in other formats is read back."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest

from tests_shared import Run, replace

from .filling import FILE, GIVEN, TOTALS, edited, figures, put, refused, values

pytestmark = pytest.mark.slow
REQUESTS = "收到和处理政府信息公开申请情况"


def saved(office: Path, suffix: str) -> Path:
    """The workbook, opened in LibreOffice, computed and saved as another format; the settings name that."""
    if not shutil.which("soffice") or not Path("/usr/lib/libreoffice/program/libsclo.so").exists():
        pytest.skip("libreoffice-calc is not installed")
    folder = office / "saved"
    profile = f"-env:UserInstallation=file://{office.parent}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", suffix, "--outdir", str(folder), str(office / FILE)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    replace(office / "nianbao.yaml", "sheet: {}", f"sheet: {{file: saved/<year>.{suffix}}}")
    return folder / f"2024.{suffix}"


@pytest.mark.parametrize("suffix", ["xlsx", "ods", "xls"])
def test_what_a_spreadsheet_saved_is_read_back(office: Path, run: Run, suffix: str) -> None:
    saved(office, suffix)
    assert values(office, run) == {**GIVEN, **TOTALS}


@pytest.mark.parametrize("suffix", ["ods", "xls"])
def test_equal_neighbours_and_hidden_sheets_are_read_as_they_stand(office: Path, run: Run, suffix: str) -> None:
    for path in ("new", "carried_out", "carried_in", "granted"):
        for cell in ("research", "social", "legal_service"):
            put(office, f"requests.{path}.{cell}", 4)
    with edited(office / FILE) as book:
        book.copy_worksheet(book[REQUESTS]).sheet_state = "hidden"
    saved(office, suffix)
    known = figures(office, run)
    assert [known[f"requests.{row}.{cell}"]["value"] for row in ("new", "granted") for cell in ("research", "legal_service")] == [
        4
    ] * 4
    assert known["requests.granted"]["value"] == 22


def test_a_spreadsheet_computes_the_totals_and_tells_what_is_not_equal(office: Path) -> None:
    put(office, "requests.carried_out.natural_person", 3)
    sheet = openpyxl.load_workbook(saved(office, "xlsx"), data_only=True)[REQUESTS]
    assert (sheet["D29"].value, sheet["J29"].value) == (13, 15)
    assert (sheet["D32"].value, sheet["E32"].value) == ("差 -2", "✓")


def test_a_formula_in_an_ods_is_computed_anew(office: Path, run: Run) -> None:
    put(office, "requests.new.natural_person", "=SUM(D7,E7:F7)+'说明'!Z9*2+10")
    with edited(office / FILE) as book:
        book["说明"]["Z9"] = 0
    saved(office, "ods")
    known = figures(office, run)["requests.new.natural_person"]
    assert (known["value"], known["origin"]["how"]) == (12, "=SUM(D7,E7:F7)+说明!Z9*2+10")


def test_a_formula_in_an_xls_is_refused_at_its_cell(office: Path, run: Run) -> None:
    put(office, "requests.new.natural_person", "=7+5")
    saved(office, "xls")
    assert f"saved/2024.xls:{REQUESTS}!D6: the formula =… cannot be computed anew" in refused(run)


def test_an_xls_with_a_password_is_told(office: Path, run: Run) -> None:
    path = saved(office, "xls")
    data = path.read_bytes()
    marked = data.replace(b"\xe1\x00\x02\x00", b"\x2f\x00\x02\x00", 1)  # the record that says so, in place of another
    assert marked != data
    path.write_bytes(marked)
    assert "saved/2024.xls: the file has a password" in refused(run)


def test_it_prints_as_the_notice_draws_it_on_one_page_a_section(office: Path) -> None:
    if not shutil.which("pdftotext"):
        pytest.skip("poppler-utils is not installed")
    text = subprocess.run(
        ["pdftotext", "-layout", str(saved(office, "pdf")), "-"], check=True, capture_output=True
    ).stdout.decode()
    pages = text.split("\f")
    assert len(pages) == 5  # four, and what follows the last
    for label in (
        "一、本年新收政府信息公开申请数量",
        "8.属于行政查询事项",
        "政机关不再处理其政府信息公开申请",
        "四、结转下年度继续办理",
    ):
        assert label in pages[2]
