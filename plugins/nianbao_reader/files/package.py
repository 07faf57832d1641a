"""A Word file's package: the parts that say something, taken out of a zip that nobody vouches for."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from xml.parsers import expat

from nianbao import FileError
from nianbao_reader.files.boxes import flowing
from nianbao_reader.files.opening import AS_DOCX, AS_TEXT, UNPACK

MEMBERS = 5_000
LARGEST = 6_000_000  # bytes of a part, unpacked: a long report's text has one million, and pandoc needs a hundred times as much
DEPTH = 150
_PART = re.compile(r"\[Content_Types\]\.xml|_rels/\.rels|word/(_rels/)?(document\d*|styles\d*|numbering\d*)\.xml(\.rels)?", re.I)
_OTHERS = {
    "xl/workbook.xml": ("这是 Excel 工作簿", "this is an Excel workbook", *AS_DOCX),
    "ppt/presentation.xml": ("这是演示文稿", "this is a presentation", *AS_DOCX),
    "OFD.xml": ("这是 OFD 文件", "this is an OFD file", *AS_TEXT),
    "content.xml": ("这是 OpenDocument 文件", "this is an OpenDocument file", *AS_DOCX),
}


def repacked(data: bytes, file: str) -> bytes:
    """A Word file with those parts alone that hold its text. Raises FileError where it is none, or harms.

    Pandoc never sees the zip itself: nothing in it is unpacked but what is looked at here.
    """
    try:
        if data.count(b"PK\1\2") > MEMBERS:
            raise refused(file, f"压缩包里的文件超过 {MEMBERS} 个", f"the zip has more than {MEMBERS} files")
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = package.namelist()
            if not any(re.fullmatch(r"word/document\d*\.xml", name, re.I) for name in names):
                raise _other(names, file)
            parts = {name: _part(package, name, file) for name in dict.fromkeys(names) if _PART.fullmatch(name)}
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, OverflowError, NotImplementedError, RuntimeError):
        raise refused(file, "Word 文件不完整或已损坏", "the Word file is damaged or incomplete") from None
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, part in parts.items():
            package.writestr(name, flowing(part) if "document" in name and name.endswith(".xml") else part)
    return out.getvalue()


def _part(package: zipfile.ZipFile, name: str, file: str) -> bytes:
    with package.open(name) as stream:
        part = stream.read(LARGEST + 1)
    if len(part) > LARGEST:
        raise refused(
            file, f"{name} 解压后超过 {LARGEST // 1_000_000} MB", f"{name} has more than {LARGEST // 1_000_000} MB unpacked"
        )
    if reason := _harm(part):
        raise refused(file, f"{name} {reason[0]}", f"{name} {reason[1]}")
    return part


def _harm(part: bytes) -> tuple[str, str] | None:
    """Why a part is none that Word writes."""
    depth = 0

    def start(name: str, attributes: object) -> None:
        nonlocal depth
        depth += 1
        if depth > DEPTH:
            raise OverflowError

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1

    def doctype(*_: object) -> None:
        raise PermissionError

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler, parser.StartDoctypeDeclHandler = start, end, doctype
    try:
        parser.Parse(part, True)
    except OverflowError:
        return "套得太深", "is nested too deep"
    except PermissionError:
        return "含有实体声明", "declares entities"
    except expat.ExpatError:
        return "不是完整的 XML", "is no complete XML"
    return None


def _other(names: list[str], file: str) -> FileError:
    """What a zip is that is no Word file."""
    zh, en, *mend = next(
        (known for name, known in _OTHERS.items() if name in names), ("这是压缩文件", "this is a packed file", *UNPACK)
    )
    return FileError(zh, en, place=file, mend=(mend[0], mend[1]))


def refused(file: str, zh: str, en: str) -> FileError:
    """The message of a Word file that cannot be read."""
    return FileError(zh, en, place=file, mend=("用 Word 或 WPS 打开，核对后另存为新的 .docx。", "Open it in Word or WPS, look at it and save it as a new .docx."))  # fmt: skip
