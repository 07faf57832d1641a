"""Files that somebody took for a report, or made to harm: each gives one message soon, whichever command reads it, and leaves nothing behind."""

from __future__ import annotations

import io
import os
import re
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable

import pytest

SECONDS, MEGABYTES = 10, 500  # what the worst of files may take
TITLE = "芦河镇2024年政府信息公开工作年度报告"
PAGE = f"<h1>{TITLE}</h1><h2>一、总体情况</h2><h2>三、收到和处理政府信息公开申请情况</h2>"
SECTION = f"{TITLE}\n一、总体情况\n{{}}\n三、收到和处理政府信息公开申请情况\n"
LABELS = ("本年新收政府信息公开申请数量", "上年结转", "予以公开", "总计", "自然人", "1", "其他", "不予公开", "维持")


def word(document: str, **others: str) -> bytes:
    """A Word file whose text is this XML."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", document)
        for name, part in others.items():
            package.writestr(f"word/{name}.xml", part)
    return file.getvalue()


WRONG: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "nothing in it": ("a.docx", lambda: b"", "empty"),
    "one line of ten million digits": ("a.txt", lambda: b"1" * 10_000_000, "letters, which is too long"),
    "a paragraph of four million numbers": ("a.txt", lambda: SECTION.format("1件" * 2_000_000).encode(), "letters, which is too long"),
    "ninety thousand headings": (
        "a.md",
        lambda: (SECTION + "\n## 三" * 90_000).encode(),
        "too long",
    ),
    "fifteen thousand paragraphs": ("a.txt", lambda: SECTION.format("一\n" * 15_000).encode(), "paragraphs, which is too long"),
    "a million pipes": ("a.md", lambda: b"|" * 1_000_000, "which is too long"),
    "tables without end": ("a.html", lambda: (PAGE + 9 * f"<table><tr><td rowspan=9 colspan=900>1<td>2{'<tr><td>1' * 9}</table>").encode(), "30000 places"),
    "a page of tags": ("a.html", lambda: b"<b>" * 390_000, "nested too deep"),
    "a zip bomb": ("a.docx", lambda: word(" " * 50_000_000), "6 MB unpacked"),
    "entities from elsewhere": ("a.docx", lambda: word('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>'), "entities"),
    "an old Word file by another name": ("a.docx", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "old Word"),
    "noise": ("a.html", lambda: bytes(range(256)) * 400, "no text"),
    "objects without end": ("a.pdf", lambda: b"%PDF-1.7\n1 0 obj\n" + b"<<" * 1_000_000, "damaged"),
}  # fmt: skip


@pytest.mark.parametrize("kind", WRONG)
def test_a_file_that_is_no_report_is_told_soon(kind: str, workspace, refused) -> None:
    name, made, says = WRONG[kind]
    workspace.write(f"wrong/{name}", made())
    start = time.monotonic()
    refused("check", workspace / "wrong" / name, place=name, says=says, timeout=30)
    assert time.monotonic() - start < SECONDS


@pytest.mark.skipif(not hasattr(os, "wait4"), reason="Windows does not tell what a process took")
@pytest.mark.parametrize("name", ["numbers", "labels"])
def test_the_longest_text_and_the_largest_tables_that_are_read_are_read_within_bounds(name: str, workspace, surroundings) -> None:
    rows = "".join(f"<tr>{''.join(f'<td>{LABELS[(row + at) % 9]}</td>' for at in range(11))}</tr>" for row in range(1_500))
    workspace.write("wrong/numbers.txt", SECTION.format("1件" * 90_000))
    workspace.write("wrong/labels.html", f"{PAGE}<table>{rows}</table>")
    file = next((workspace / "wrong").glob(f"{name}.*"))
    start = time.monotonic()
    child = subprocess.Popen(
        [sys.executable, "-m", "nianbao", "check", str(file)], env=surroundings, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    _, status, took = os.wait4(child.pid, 0)
    assert os.waitstatus_to_exitcode(status) in (0, 1)
    assert time.monotonic() - start < 3 * SECONDS  # tests share a machine with others
    assert took.ru_utime + took.ru_stime < SECONDS
    assert took.ru_maxrss / (1024 if sys.platform == "linux" else 1024 * 1024) < MEGABYTES


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other devices")
@pytest.mark.parametrize("command", ["check", "adopt"])
@pytest.mark.parametrize("what", ["a pipe", "a device", "a loop", "a name too long", "a folder"])
def test_what_is_no_file_keeps_nobody_waiting(what: str, command: str, workspace, refused) -> None:
    folder = workspace / "wrong"
    folder.mkdir()
    path = folder / "a.txt"
    if what == "a pipe":
        os.mkfifo(path)
    elif what == "a device":
        path.symlink_to("/dev/zero")
    elif what == "a loop":
        path.symlink_to(path)
    elif what == "a name too long":
        path = folder / ("长" * 200 + ".txt")
    else:
        path.mkdir()
    refused(command, path, place=path.name, says="no file|cannot read|holds no report")


@pytest.mark.skipif(sys.platform != "linux", reason="others have no names that are no text")
def test_names_that_are_no_text_are_told_as_well_as_they_can_be(workspace, refused) -> None:
    workspace.write(os.fsdecode(b"wrong/a\xff\x1b[31m.txt"), b"x" * 400)
    refused("check", workspace / "wrong" / os.fsdecode(b"a\xff\x1b[31m.txt"), says="does not look like")


def test_what_the_source_and_the_sum_cannot_read_is_told_in_one_message(workspace, refused) -> None:
    workspace.write("wrong/a.docx", WRONG["a zip bomb"][1]())
    workspace.append("jurisdictions/luhe.yaml", "\nsources:\n  旧报告: {use: reader, file: wrong/a.docx}\n")
    refused("build", "luhe", "--year", "2024", place="wrong/a.docx", says="6 MB unpacked")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has another Ctrl-C")
def test_ctrl_c_ends_a_folder_of_reports_with_those_that_are_being_read(workspace, surroundings) -> None:
    text = SECTION.format("全年收到申请1件。" * 500)
    for number in range(300):
        workspace.write(f"many/{number}.txt", text)
    command = [sys.executable, "-m", "nianbao", "check", str(workspace / "many")]
    child = subprocess.Popen(
        command, env=surroundings, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )  # fmt: skip
    assert child.stdout
    child.stdout.readline()
    os.killpg(child.pid, signal.SIGINT)
    _, told = child.communicate(timeout=10)
    assert child.returncode == 130
    assert not re.search(b"Traceback", told)
    with pytest.raises(ProcessLookupError):
        os.killpg(child.pid, 0)
