"""Files that are not what they should be: each is told by its name, none harms, none ends in a traceback."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests_shared import Run, replace

from .filling import FILE, changed, edited, refused


def compound(*names: str) -> bytes:
    """The smallest OLE file with streams of these names."""
    header = struct.pack("<8s16xHHHHH6xIIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6,
                         0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0)  # fmt: skip
    header += b"\xff" * (512 - len(header))
    table = struct.pack("<II", 0xFFFFFFFD, 0xFFFFFFFE) + b"\xff" * 504
    free = 0xFFFFFFFF
    entries = b""
    for number, name in enumerate(["Root Entry", *names, ""]):
        letters = name.encode("utf-16-le")
        kind = 5 if number == 0 else 2 if name else 0
        child, next_ = (1 if number == 0 else free), (number + 1 if 0 < number < len(names) else free)
        entries += struct.pack(
            "<64sHBBIII36xIQ", letters, len(letters) + 2 if name else 0, kind, 1, free, next_, child, 0xFFFFFFFE, 0
        )
    return header + table + entries.ljust(512, b"\0")


def lying(data: bytes) -> bytes:
    """A package whose directory says that a part of many megabytes has ten bytes."""
    data = changed(data, xl__big_dot_xml=lambda _: b" " * 80_000_000)
    return data.replace(struct.pack("<I", 80_000_000), struct.pack("<I", 10))


DTD = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
HOSTILE: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "a zip bomb": (lambda data: changed(data, xl__big_dot_xml=lambda _: b" " * 60_000_000), "unpacks to more than 30 MB"),
    "a zip bomb that lies": (lying, "it is no .xlsx file"),
    "too many parts": (lambda data: changed(data, **{f"x{n}": bytes for n in range(2100)}), "unpacks to more than"),
    "a document type": (lambda data: changed(data, xl__worksheets__sheet2_dot_xml=lambda xml: DTD + xml[55:]), "declares a document type"),
    "one in UTF-16": (
        lambda data: changed(data, xl__worksheets__sheet2_dot_xml=lambda xml: (DTD + xml[55:]).decode().encode("utf-16")),
        "declares a document type",
    ),
    "a macro": (lambda data: changed(data, xl__vbaProject_dot_bin=lambda _: b"Sub AutoOpen()"), "the file has macros"),
    "a password": (lambda _: compound("EncryptionInfo", "EncryptedPackage"), "the file has a password"),
    "an old workbook by a new name": (lambda _: compound("Workbook"), "it is no .xlsx file"),
    "half a file": (lambda data: data[: len(data) // 2], "it is no .xlsx file"),
    "a page": (lambda _: b"<html><table></table></html>", "it is no .xlsx file"),
    "nothing": (lambda _: b"", "it is no .xlsx file"),
    "a document": (lambda data: changed(data, **{"[Content_Types]_dot_xml": lambda _: b"<Types/>"}), "it is no .xlsx file"),
    "broken XML": (lambda data: changed(data, xl__worksheets__sheet2_dot_xml=lambda xml: xml[:-20]), "the file cannot be read"),
    "a sheet that is missing": (
        lambda data: changed(data, xl___rels__workbook_dot_xml_dot_rels=lambda xml: xml.replace(b"sheet2", b"sheet9")),
        "was not found in",
    ),
    "more than 20 MB": (lambda data: data + b"\0" * 20_000_000, "more than 20 MB"),
}  # fmt: skip


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_or_damaged_workbook_is_refused(office: Path, run: Run, what: str) -> None:
    spoil, says = HOSTILE[what]
    data = (office / FILE).read_bytes()
    (office / FILE).write_bytes(spoil(data))
    told = refused(run)
    assert f"{FILE}: " in told
    assert says in told
    assert "plugin sheet failed" not in told
    assert "root:" not in told


def test_a_cell_at_the_end_of_the_world_takes_no_memory(office: Path, run: Run) -> None:
    with edited(office / FILE) as book:
        book.worksheets[1]["XFD1048576"] = 1
    assert "has more than 20000 rows or 1000 columns" in refused(run)


def test_what_a_sheet_says_of_its_size_is_not_believed(office: Path, run: Run) -> None:
    data = (office / FILE).read_bytes()
    size = b'<dimension ref="A1:XFD1048576"/>'
    spoilt = changed(data, xl__worksheets__sheet2_dot_xml=lambda xml: xml.replace(b'<dimension ref="A1:D16"/>', size))
    assert spoilt != data
    (office / FILE).write_bytes(spoilt)
    assert run("build", "luhe", "-F", "html").exit_code == 0


def ods(table: str) -> bytes:
    """An OpenDocument spreadsheet of one sheet."""
    spaces = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text"))
    body = (
        f'<office:body><office:spreadsheet><table:table table:name="表">{table}</table:table></office:spreadsheet></office:body>'
    )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", f"<office:document-content {spaces}>{body}</office:document-content>")
    return target.getvalue()


REPEATED = '<table:table-row table:number-rows-repeated="1048576"><table:table-cell {}/></table:table-row>'


@pytest.mark.parametrize("number", ["1E+999999999", "-1E+999999999", "NaN", "Infinity"])
def test_a_number_beyond_all_counting_is_none(workspace: Path, run: Run, number: str) -> None:
    cell = f'<table:table-row><table:table-cell office:value-type="float" office:value="{number}"/></table:table-row>'
    (workspace / "fees.ods").write_bytes(ods(cell))
    replace(workspace / "data/luhe/2024.yaml", "  信息处理费: 0\n", "")
    fees = "sources: {manual: {}, fees: {use: sheet, file: fees.ods, answers: {其他需要报告的事项: {信息处理费: A1}}}}"
    replace(workspace / "nianbao.yaml", "sources: {manual: {}}", fees)
    assert f"fees.ods:表!A1: expected a number, here is “{number}”" in refused(run)


@pytest.mark.parametrize(
    ("suffix", "data", "says"),
    [
        ("csv", b"PK\x03\x04 zipped", "it is no .csv file"),
        ("csv", compound("Workbook"), "it is no .csv file"),
        ("csv", b"\x00\x01\x02", "it is no text"),
        ("csv", b"\xff\xff\xff", "it is no text"),
        ("csv", b'"' + b"x" * 200_000, "the file cannot be read"),
        ("csv", b"", "was not found in"),
        ("xls", b"<html><table></table></html>", "it is no .xls file"),
        ("xls", compound("Workbook"), "the file cannot be read"),
        ("xls", compound("Workbook", "_VBA_PROJECT_CUR"), "the file has macros"),
        ("xls", b"\xd0\xcf\x11\xe0" + b"\xff" * 600, "the file is damaged"),
        ("ods", b"PK\x03\x04", "it is no .ods file"),
        ("ods", ods(REPEATED.format('office:value-type="float" office:value="1"')), "more than 200000 cells"),
        (
            "ods",
            ods(REPEATED.format("") + '<table:table-row><table:table-cell table:formula="of:=1"/></table:table-row>'),
            "rows or",
        ),
        ("ods", ods("<table:table-row></table:table-row>"), "was not found in 表"),
        ("ods", ods('<table:table-row table:number-rows-repeated="x"/>'), "the file cannot be read"),
    ],
)
def test_other_kinds_of_files_are_looked_at_as_closely(office: Path, run: Run, suffix: str, data: bytes, says: str) -> None:
    (office / f"workbooks/luhe/2024.{suffix}").write_bytes(data)
    replace(office / "nianbao.yaml", "sheet: {}", f"sheet: {{file: workbooks/<id>/<year>.{suffix}}}")
    told = refused(run)
    assert f"workbooks/luhe/2024.{suffix}: " in told
    assert says in told
    assert "plugin sheet failed" not in told
