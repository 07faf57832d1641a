"""Which kind of file it is, by what it holds; and files that harm: each one message, soon."""

import io
import random
import subprocess
import sys
import time
import types
import zipfile

import pytest

from nianbao import FileError
from nianbao_reader.blocks import Content, Line, Table
from nianbao_reader.files.opening import content

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Target="word/document.xml" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>'
)
PARAGRAPH = "<w:p><w:r><w:t>芦河镇</w:t></w:r></w:p>"


def word(body=PARAGRAPH, *, before="", document=None, **more):
    """A Word file with that body."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", TYPES)
        package.writestr("_rels/.rels", RELS)
        package.writestr("word/document.xml", document or f"{before}<w:document {W}><w:body>{body}</w:body></w:document>")
        for name, data in more.items():
            package.writestr(name, data)
    return out.getvalue()


def zipped(**members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, data in members.items():
            package.writestr(name, data)
    return out.getvalue()


def texts(data, file="x.txt"):
    return [block.text for block in content(data, file).blocks if isinstance(block, Line)]


@pytest.mark.parametrize("suffix", ["docx", "doc", "txt", "html", "md"])
def test_a_word_file_is_read_whatever_it_is_called(suffix):
    assert texts(word(), f"x.{suffix}") == ["芦河镇"]


@pytest.mark.parametrize("suffix", ["html", "htm", "doc", "docx", "txt", "md"])
def test_a_page_is_read_whatever_it_is_called(suffix):
    page = "\ufeff<!-- 导出 --><!DOCTYPE html><html><body><p>芦河镇</p><p>禾山市</p></body></html>"
    assert texts(page.encode(), f"x.{suffix}") == ["芦河镇", "禾山市"]


def test_a_text_that_begins_with_tags_is_a_page_and_markdown_that_does_is_not():
    assert texts("<p>芦河镇</p>\n<p>甲</p>".encode(), "x.txt") == ["芦河镇", "甲"]
    assert isinstance(content("<table><tr><td>甲</td><td>乙</td></tr></table>\n\n**丙**".encode(), "x.md").blocks[0], Table)


def test_a_pdf_is_read_by_its_reader(monkeypatch):
    made = types.ModuleType("nianbao_reader.files.pdf")
    made.content = lambda data, file: Content((Line(data.decode(), file),))
    monkeypatch.setitem(sys.modules, "nianbao_reader.files.pdf", made)
    assert texts(b"\n%PDF-1.7 x", "x.docx") == ["\n%PDF-1.7 x"]


def test_a_text_with_pipes_is_read_as_markdown():
    table, line = content("| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n完".encode(), "x.txt").blocks
    assert isinstance(table, Table)
    assert line.text == "完"


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("declared", ["", "utf-8", "gb2312", "big5"])
def test_what_a_page_declares_of_its_charset_does_not_matter(charset, declared):
    rare = "" if charset == "gbk" else "㐀𠮷"
    page = f'<html><head><meta charset="{declared}"></head><body><p>芦河镇 2024 年公开 15 条{rare}</p></body></html>'
    assert texts(page.encode(charset), "x.html") == [f"芦河镇 2024 年公开 15 条{rare}"]


def test_zero_bytes_in_a_text_are_noise():
    assert texts("芦河镇\0公开\0信息".encode() * 3) == ["芦河镇公开信息" * 3]


KINDS = {
    "empty": (b"", "is empty"),
    "blank": (b" \r\n\t", "is empty"),
    "zeros": (b"\0" * 100_000, "is empty"),
    "old Word": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "an old Word"),
    "encrypted": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 60 + "EncryptedPackage".encode("utf-16-le"), "is encrypted"),
    "rtf": (rb"{\rtf1 \ansi abc}", "this is RTF"),
    "png": (b"\x89PNG\r\n\x1a\n" + b"\0" * 60, "a picture"),
    "jpeg": (b"\xff\xd8\xff\xe0" + b"\0" * 60, "a picture"),
    "rar": (b"Rar!\x1a\x07\0" + b"\0" * 60, "a packed file"),
    "zip": (zipped(**{"report.pdf": "x"}), "a packed file"),
    "workbook": (zipped(**{"xl/workbook.xml": "x"}), "an Excel workbook"),
    "ofd": (zipped(**{"OFD.xml": "x"}), "an OFD file"),
    "mht": (b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x", "a single file"),
    "Word XML": (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument/>', "Word's XML"),
    "a page that scripts fill": (b"<html><body><div id=app></div><script>run()</script></body></html>", "no text in the file"),
    "a Word file of pictures": (word("<w:p><w:r><w:drawing/></w:r></w:p>"), "no text in the file"),
    "noise": (random.Random(1).randbytes(100_000), "this is no text"),
}


@pytest.mark.parametrize("name", KINDS)
def test_a_file_of_another_kind_is_said_to_be_that(name):
    data, said = KINDS[name]
    with pytest.raises(FileError) as caught:
        content(data, "x.docx")
    assert said in caught.value.en
    assert caught.value.place == "x.docx"
    assert all(caught.value.mend)


DEEP = "<w:tbl><w:tr><w:tc>" * 20_000 + PARAGRAPH + "</w:tc></w:tr></w:tbl>" * 20_000
ENTITY = '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
LAUGHS = (
    '<!DOCTYPE w [<!ENTITY a "lol">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1 or str()};" * 10}">' for n in range(1, 10)) + "]>"
)
BAD_WORD = {
    "zip bomb": (lambda: word(PARAGRAPH + " " * 60_000_000), "6 MB unpacked"),
    "members": (lambda: word(**{f"word/x{n}.xml": "" for n in range(10_000)}), "5000 files"),
    "external entity": (lambda: word(before=ENTITY), "declares entities"),
    "external entity in UTF-16": (
        lambda: word(document=f"<?xml version='1.0'?>{ENTITY}<w/>".encode("utf-16")),
        "declares entities",
    ),
    "billion laughs": (lambda: word(before=LAUGHS), "declares entities"),
    "nested": (lambda: word(DEEP), "nested too deep"),
    "truncated": (lambda: word()[:-300], "damaged"),
    "overwritten": (lambda: word()[:150] + b"\xff" * 300 + word()[450:], "damaged"),
    "cut XML": (lambda: word("<w:p>"), "no complete XML"),
}


@pytest.mark.parametrize("name", BAD_WORD)
def test_a_word_file_that_harms_or_is_damaged_is_one_message(name):
    make, said = BAD_WORD[name]
    data, start = make(), time.perf_counter()
    with pytest.raises(FileError) as caught:
        content(data, "x.docx")
    assert said in caught.value.en
    assert time.perf_counter() - start < 3


def test_what_stands_in_a_word_file_beside_its_text_is_never_unpacked():
    assert texts(word(**{"word/media/image1.png": bytes(30_000_000)}), "x.docx") == ["芦河镇"]


def test_a_word_file_with_a_cell_that_spans_a_hundred_million_columns_harms_nobody():
    cell = f'<w:tc><w:tcPr><w:gridSpan w:val="100000000"/></w:tcPr>{PARAGRAPH}</w:tc>'
    assert content(word(f"<w:tbl><w:tr>{cell}<w:tc>{PARAGRAPH}</w:tc></w:tr></w:tbl>"), "x.docx").blocks


def test_a_word_file_that_pandoc_cannot_read_in_time_is_one_message(monkeypatch):
    monkeypatch.setattr("nianbao_reader.files.docx.SECONDS", 0.001)
    with pytest.raises(FileError, match="was not done"):
        content(word(), "x.docx")


BAD_TEXT = {
    "a page of 50 MB": ("x.html", lambda: "<p>芦河镇公开信息" * 2_000_000),
    "nested endlessly": ("x.html", lambda: "<html><div>" * 100_000),
    "paragraphs without end": ("x.html", lambda: "<p>a" * 200_000),
    "tags without end": ("x.html", lambda: "<p>a" * 1_000_000),
    "attributes without end": ("x.html", lambda: "<p " + " ".join(f"a{n}" for n in range(300_000)) + ">"),
    "attributes behind quoted brackets": ("x.html", lambda: '<p x="<" y=">" ' + " ".join(f"a{n}" for n in range(300_000)) + ">"),
    "cells that span everything": ("x.html", lambda: "<table>" + "<tr><td rowspan=65535 colspan=1000>a<td>b" * 1000),
    "pipes without end": ("x.md", lambda: "|" * 1_000_000),
    "rows without end": ("x.md", lambda: "| a | b |\n" * 50_000),
    "lines without end": ("x.txt", lambda: "a\n" * 200_000),
}


@pytest.mark.parametrize("name", BAD_TEXT)
def test_a_text_that_is_no_report_by_far_is_one_message(name):
    file, make = BAD_TEXT[name]
    data, start = make().encode(), time.perf_counter()
    with pytest.raises(FileError) as caught:
        content(data, file)
    assert caught.value.place.startswith(file)
    assert time.perf_counter() - start < 5


ODD_TEXT = {
    "an endless line": ("x.txt", lambda: "数 a b" * 500_000),
    "an endless line on a page": ("x.html", lambda: "<p>" + "数 a b" * 500_000),
    "a picture of 20 MB": ("x.html", lambda: f'<img src="data:image/png;base64,{"A" * 20_000_000}"><p>芦河镇'),
    "comments that do not end": ("x.html", lambda: "<p>芦河镇" + "<!-- " * 300_000),
    "comments only": ("x.txt", lambda: "<!-- -->" * 300_000),
    "scripts that do not end": ("x.html", lambda: "<p>芦河镇" + "<script " * 300_000),
    "tables that do not end": ("x.md", lambda: "<table>\n" * 50_000 + "芦河镇"),
    "tables in tables": ("x.html", lambda: "<table><tr><td>" * 80 + "芦河镇"),
    "brackets": ("x.md", lambda: "[" * 1_000_000 + "]("),
    "hashes": ("x.md", lambda: "# " + "a #" * 500_000 + "x"),
    "dashes": ("x.md", lambda: "| - " * 4_000 + "x"),
    "backslashes": ("x.md", lambda: "|" + "\\" * 1_000_000 + "|"),
    "spaces": ("x.txt", lambda: "甲" + " " * 2_000_000 + "x"),
    "a rule": ("x.txt", lambda: "-" * 2_000_000 + "1"),
}


@pytest.mark.parametrize("name", ODD_TEXT)
def test_an_odd_text_is_read_soon_or_told_to_be_too_long(name):
    file, make = ODD_TEXT[name]
    data, start = make().encode(), time.perf_counter()
    try:
        read: object = content(data, file).blocks
    except FileError as error:
        read = "which is too long" in str(error)
    assert read
    assert time.perf_counter() - start < 5


def test_white_space_makes_no_report_too_long():
    [line] = content(("数" + " " * 50 + "x\n").encode(), "x.txt").blocks
    assert len(line.text) == 52
    assert len(content(("数" + " " * 100 + "x\n").encode() * 5_000, "x.txt").blocks) == 5_000


@pytest.mark.skipif(sys.platform == "win32", reason="resource is of POSIX")
@pytest.mark.parametrize("piece", ["<p>a", "<i x y z>", "<td>1</td>"])
def test_the_largest_page_that_is_parsed_takes_less_than_500_mib(piece):
    code = (
        "from nianbao import FileError; from nianbao_reader.files.opening import content\n"
        f"try: content(('<table><tr>' + {piece!r} * 390_000).encode()[:5_000_000], 'x.html')\n"
        "except FileError: pass"
    )
    import resource

    limit = 500 * 2**20
    limited = subprocess.run(
        [sys.executable, "-c", code], check=False, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    )
    assert limited.returncode == 0
