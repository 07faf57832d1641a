"""PDFs that are damaged, no report, or made to harm: one message, in a few seconds and within its memory."""

from __future__ import annotations

import time
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from nianbao import FileError
from nianbao_reader.files.pdf import content

from .paper import Sheets, bombed, line, text


def refused(data: bytes) -> FileError:
    begun = time.monotonic()
    with pytest.raises(FileError) as caught:
        content(data, "x.pdf")
    assert time.monotonic() - begun < 10
    assert caught.value.place == "x.pdf"
    return caught.value


def report() -> Sheets:
    sheets = Sheets()
    sheets.page(text("芦河镇政府信息公开工作年度报告", 80, 700))
    return sheets


@pytest.mark.parametrize(
    "data",
    [b"", b"hello", b"%PDF-1.7\n", report().data()[:-400], b"PK\x03\x04" + b"\0" * 999],
    ids=["empty", "text", "head", "cut", "zip"],
)
def test_what_is_no_whole_pdf(data: bytes) -> None:
    assert "损坏" in refused(data).zh


def test_five_hundred_pages() -> None:
    sheets = Sheets()
    for number in range(500):
        sheets.page(text(f"第{number}章", 80, 700))
    assert "500 页" in refused(sheets.data()).zh


def test_a_scan_is_called_one_even_where_its_first_page_has_text() -> None:
    sheets = report()
    for _ in range(3):
        sheets.page("q 595 0 0 842 0 0 cm /I Do Q", text("1", 290, 40), XObject={"/I": sheets.picture(60, 80)})
    error = refused(sheets.data())
    assert "扫描件" in error.zh
    assert "OCR" in error.mend[0]


def test_a_picture_on_the_cover_makes_no_scan() -> None:
    sheets = Sheets()
    sheets.page("q 595 0 0 842 0 0 cm /I Do Q", XObject={"/I": sheets.picture(60, 80)})
    for _ in range(2):
        sheets.page(text("芦河镇政府信息公开工作年度报告", 80, 700))
    assert len(content(sheets.data(), "x.pdf").blocks) == 2


def test_no_text_at_all() -> None:
    sheets = Sheets()
    sheets.page(line(10, 10, 500, 500))
    assert "没有文字" in refused(sheets.data()).zh


def test_a_password() -> None:
    assert "密码" in refused(report().data(pikepdf.Encryption(owner="o", user="u"))).zh


def test_a_text_layer_of_gibberish() -> None:
    sheets = Sheets()
    sheets.page(text("\x00" * 30 + "报告", 80, 700))
    assert "乱码" in refused(sheets.data()).zh


@pytest.mark.parametrize(
    "said", [b" ", b"q Q ", b"0 0 m 9 9 l S ", b"BT /F 9 Tf (ab) Tj ET "], ids=["space", "state", "lines", "text"]
)
def test_a_page_that_unpacks_to_gigabytes(said: bytes) -> None:
    error = refused(bombed(said, 2_000 // len(said)))
    assert "内存" in error.zh


def test_forms_within_forms_a_thousand_million_times() -> None:
    sheets = Sheets()
    inner = sheets.form(text("哈", 80, 700).encode())
    for _ in range(12):
        inner = sheets.form(b"/X Do " * 10, XObject={"/X": inner})
    sheets.page("/X Do", XObject={"/X": inner})
    refused(sheets.data())


def test_a_form_that_holds_itself_is_drawn_once() -> None:
    sheets = Sheets()
    form = sheets.form(text("芦河镇政府信息公开工作年度报告", 80, 700).encode() + b" /X Do")
    form.Resources.XObject = Dictionary({"/X": form})
    sheets.page("/X Do", XObject={"/X": form})
    content(sheets.data(), "x.pdf")


def test_a_page_tree_of_twenty_thousand_storeys() -> None:
    sheets = report()
    node = sheets.pdf.pages[0].obj
    for _ in range(20_000):
        node = sheets.pdf.make_indirect(Dictionary(Type=Name.Pages, Kids=Array([node]), Count=1))
    sheets.pdf.Root.Pages = node
    refused(sheets.data())


def test_a_page_tree_that_holds_itself() -> None:
    sheets = report()
    sheets.pdf.Root.Pages.Kids.append(sheets.pdf.Root.Pages)
    sheets.pdf.Root.Pages.Count = 100
    assert len(content(sheets.data(), "x.pdf").blocks) == 1


def test_a_page_crowded_with_letters() -> None:
    sheets = Sheets()
    sheets.page(*(text(f"{at}" * 20, 80, 800 - at * 0.7) for at in range(1_000)))
    assert "第 1 页" in refused(sheets.data()).zh


def test_a_page_crowded_with_lines_is_a_drawing_and_its_text_is_read() -> None:
    sheets = Sheets()
    sheets.page(
        *(line(at % 500, 0, at % 500, 800) + line(0, at % 800, 500, at % 800) for at in range(15_000)), text("报告", 80, 700)
    )
    assert [type(block).__name__ for block in content(sheets.data(), "x.pdf").blocks] == ["Line"]


def test_a_page_as_large_as_a_country() -> None:
    sheets = report()
    sheets.pdf.pages[0].obj.MediaBox = Array([0, 0, 10**9, 10**9])
    sheets.pdf.pages[0].obj.Contents.write(
        text("报告", 80, 700).encode() + b" 0 0 m 1e30 1e30 l S 0 0 1e38 1e38 re S 0 0 m 0 1e9 l S"
    )
    assert len(content(sheets.data(), "x.pdf").blocks) == 1


def test_braces_without_end() -> None:
    refused(b"%PDF-1.4\n1 0 obj\n" + b"[" * 3_000_000 + b"\nendobj\ntrailer<</Root 1 0 R>>")
    refused(b"%PDF-1.4\n1 0 obj\n" + b"<</A" * 2_000_000 + b"\nendobj\ntrailer<</Root 1 0 R>>")


def test_a_module_beside_the_file_is_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("json", "pypdfium2", "ctypes"):
        (tmp_path / f"{name}.py").write_text("open('ran', 'w')")
    monkeypatch.chdir(tmp_path)
    assert len(content(report().data(), "x.pdf").blocks) == 1
    assert not (tmp_path / "ran").exists()


def test_a_process_that_cannot_start_is_a_message(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", "/no/such/python")
    assert "启动" in refused(report().data()).zh


def test_a_mistake_of_ours_is_not_laid_on_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = tmp_path / "python"
    broken.write_text("#!/bin/sh\necho 'Traceback (most recent call last): KeyError' >&2\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setattr("sys.executable", str(broken))
    with pytest.raises(RuntimeError, match="KeyError"):
        content(report().data(), "x.pdf")


def test_letters_at_no_place_are_left_out() -> None:
    sheets = Sheets()
    sheets.page(text("报告", 80, 700), "BT /F 1e38 Tf 1e38 0 0 1e38 1e38 1e38 Tm <62a5> Tj ET")
    assert len(content(sheets.data(), "x.pdf").blocks) == 1


def test_a_title_that_is_no_text() -> None:
    sheets = report()
    sheets.pdf.docinfo["/Title"] = pikepdf.String(b"\xfe\xff\xd8\x00\x00a")
    assert content(sheets.data(), "x.pdf").title == ""
