"""What a person sees: the Word file through LibreOffice, the page in a real browser."""

from __future__ import annotations

import re
import shutil
import subprocess
import unicodedata
from pathlib import Path

import pytest

from tests_shared import Run, replace

pytestmark = pytest.mark.slow
CHROMIUM = [
    "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


def need(program: str) -> None:
    """Skip, with the reason, where a program is missing."""
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")


def word_pages(docx: Path, folder: Path) -> list[str]:
    """The text of each page as LibreOffice lays the Word file out."""
    need("soffice")
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(docx)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return pages(next(folder.glob("*.pdf")))


def pages(pdf: Path) -> list[str]:
    """The text of each page of a PDF."""
    need("pdftotext")
    text = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, timeout=60).stdout.decode()
    return text.split("\f")[:-1]


def browser(folder: Path, *arguments: str) -> str:
    """What headless Chromium says."""
    need("chromium")
    command = [*CHROMIUM, f"--user-data-dir={folder / 'browser'}", *arguments]
    return subprocess.run(command, check=True, capture_output=True, timeout=120).stdout.decode()


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def built(run: Run, *arguments: str) -> dict[str, Path]:
    result = run("build", *arguments)
    assert result.exit_code == 0, result.stderr
    return {Path(file).suffix: Path(file) for file in result.stdout.splitlines()}


def test_the_word_file_opens_and_the_table_of_requests_stands_whole_on_one_page(run: Run, tmp_path: Path) -> None:
    seen = [squeezed(page) for page in word_pages(built(run, "luhe")[".docx"], tmp_path)]
    assert len(seen) == 4
    (page,) = [page for page in seen if "申请人情况" in page]
    assert "一、本年新收" in page
    assert "四、结转下年度继续办理" in page
    assert all(f"—{number}—" in page for number, page in enumerate(seen, 1))


def test_a_draft_says_so_on_every_page_of_the_word_file_and_of_the_printed_page(run: Run, tmp_path: Path) -> None:
    files = built(run, "luhe", "--draft")
    word = word_pages(files[".docx"], tmp_path)
    browser(tmp_path, f"--print-to-pdf={tmp_path / 'page.pdf'}", files[".html"].as_uri())
    printed = pages(tmp_path / "page.pdf")
    assert len(word) > 1
    assert len(printed) > 1
    assert all("草稿" in squeezed(page) for page in word)
    assert all("草" in page and "稿" in page for page in printed)  # turned by 30 degrees, they stand on two lines


@pytest.mark.parametrize("width", [500, 1200])
def test_the_page_fits_a_phone_and_a_desk(run: Run, tmp_path: Path, width: int) -> None:
    page = built(run, "luhe", "-F", "html")[".html"].read_text(encoding="utf-8")
    ask = "<script>document.title = 'wide ' + document.documentElement.scrollWidth + ' of ' + innerWidth</script>"
    assert "Content-Security-Policy" in page  # which would let no script ask
    asked = page.replace('http-equiv="Content-Security-Policy"', 'name="policy"').replace("</body>", f"{ask}</body>")
    (tmp_path / "asked.html").write_text(asked, encoding="utf-8")
    seen = browser(tmp_path, f"--window-size={width},900", "--dump-dom", (tmp_path / "asked.html").as_uri())
    found = re.search(r"<title>wide (\d+) of (\d+)</title>", seen)
    assert found
    assert int(found[1]) <= int(found[2])


def test_what_looks_like_code_stays_text_in_the_browser(workspace: Path, run: Run, tmp_path: Path) -> None:
    evil = "<script>document.title = 'taken'</script>"
    replace(workspace / "data/luhe/2024.yaml", "公告栏: 各村公告栏", f'公告栏: "{evil}各村公告栏')
    replace(workspace / "data/luhe/2024.yaml", "张贴信息{{ 公告栏 }}条。", '张贴信息{{ 公告栏 }}条。"')
    seen = browser(tmp_path, "--dump-dom", built(run, "luhe", "-F", "html")[".html"].as_uri())
    assert "<title>芦河镇2024年政府信息公开工作年度报告</title>" in seen
    assert "&lt;script&gt;" in seen


def test_both_example_towns_read_the_same_in_all_three_formats(run: Run) -> None:
    from docx import Document
    from lxml.html import document_fromstring

    for town in ("shijiahe",):
        files = built(run, town)
        page = squeezed(document_fromstring(files[".html"].read_bytes()).find(".//main").text_content())
        word = squeezed("".join(paragraph.text for paragraph in Document(str(files[".docx"])).paragraphs))
        marks = re.compile(r"^#+ |\*\*", re.MULTILINE)
        assert word == page
        assert squeezed(marks.sub("", files[".md"].read_text(encoding="utf-8"))) == page
