"""A PDF with a text layer: its printed lines, and the tables that are ruled on it.

It is read in a process of its own (``child``), which has a time and a memory to keep to: a file made to harm takes only that with it.
There ``sheets`` says what is printed on each page, ``grids`` which of its rulings are tables, ``lines`` what is written in a line,
``pages`` puts them in reading order without headers and page numbers.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from nianbao import FileError
from nianbao_reader.blocks import Block, Content, Field, Line, Table
from nianbao_reader.files.pdf.limits import MOST_PAGES, SECONDS, Remarks

_WORD = ("用 Word 版或网页版的报告。", "Take the report's Word file or its page.")

# Why a file cannot be read, by the word that the child says: (zh, en, mend).
REFUSED: dict[str, tuple[str, str, tuple[str, str]]] = {
    "damaged": ("不是 PDF，或已损坏、不完整", "it is no PDF, or damaged or cut short", ("重新下载或重新导出文件。", "Download or export it again.")),
    "password": ("PDF 设了打开密码", "the PDF asks for a password", ("去掉密码后另存再读。", "Save it without a password, then read that.")),
    "pages": (
        f"PDF 有 {{pages}} 页，超过 {MOST_PAGES} 页，不是一份年度报告",
        f"the PDF has {{pages}} pages, more than the {MOST_PAGES} that an annual report may have",
        ("只把报告的几页另存为一个文件。", "Save the pages of the report as a file of their own."),
    ),
    "crowded": (
        "第 {page} 页上的文字多得不像一页报告",
        "page {page} holds more text than any page of a report",
        _WORD,
    ),
    "scanned": (
        "这是扫描件：页面是图片，没有文字层",
        "this is a scan: its pages are pictures and hold no text",
        ("先做文字识别（OCR）并人工核对，或用 Word 版、网页版的报告。", "Recognise its text (OCR) and look it over, or take the report's Word file or page."),
    ),
    "blank": ("PDF 里没有文字", "the PDF holds no text", _WORD),
    "unmapped": (
        "PDF 的字体没有文字对照表，读出来是乱码",
        "the fonts of the PDF do not say which characters they draw: its text is gibberish",
        _WORD,
    ),
    "harmful": (
        f"{SECONDS} 秒内读不完这份 PDF，或它要占太多内存，不像一份年度报告",
        f"the PDF cannot be read within {SECONDS} seconds or takes too much memory, which no annual report does",
        _WORD,
    ),
}  # fmt: skip


def content(data: bytes, file: str) -> Content:
    """A PDF's lines and tables. Raises FileError where it is damaged, locked, a scan, or no report."""
    told = _told(data, file)
    if refused := told.get("refused"):
        zh, en, mend = REFUSED[refused]
        raise FileError(zh.format_map(told), en.format_map(told), place=file, mend=mend)
    blocks = tuple(_block(block) for block in told["blocks"])
    return Content(blocks, wrapped=True, title=told["title"])


def _told(data: bytes, file: str) -> Remarks:
    """What the child says of the file."""
    if b"%PDF-" not in data[:1024]:
        return {"refused": "damaged"}
    command = [sys.executable, "-P", "-m", "nianbao_reader.files.pdf.child"]  # -P: no module of the folder that one is in
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return {"refused": "harmful"}
    except OSError as error:
        raise FileError(
            f"读 PDF 的进程启动不了：{error}", f"the process that reads the PDF does not start: {error}", place=file
        ) from None
    if done.returncode == 0:
        told: Remarks = json.loads(done.stdout)
        return told
    if b"Traceback" in done.stderr and b"MemoryError" not in done.stderr:
        raise RuntimeError(done.stderr.decode(errors="replace")[-2000:])  # a mistake of ours, which core logs
    return {"refused": "harmful"}


def _block(told: dict[str, Any]) -> Block:
    if "text" in told:
        return Line(told["text"], told["place"])
    fields = [Field(text, place) for text, place in told["fields"]]
    rows = tuple(tuple(None if at is None else fields[at] for at in row) for row in told["rows"])
    return Table(rows, told["place"])
