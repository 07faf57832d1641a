"""What a file must be before a reader sees it: what its suffix says, of bounded size, without password, macro or DTD."""

from __future__ import annotations

import io
import zipfile
import zlib

from nianbao import SourceError
from nianbao.errors import Remedy

LARGEST = 20_000_000  # bytes of a file
INFLATED = 30_000_000  # bytes of all its parts, unpacked
PARTS = 2_000
_OLE, _ZIP = b"\xd0\xcf\x11\xe0", b"PK\x03\x04"
_MAIN = {
    ".xlsx": ("[Content_Types].xml", b"spreadsheetml.sheet.main+xml"),
    ".ods": ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
}
_SAVE: Remedy = ("用 WPS 或 Excel 打开，另存为 .xlsx。", "Open it in a spreadsheet and save it as .xlsx.")


def check(data: bytes, suffix: str, file: str) -> None:
    """Raise SourceError unless the bytes are what the suffix says and can be read without harm."""
    if data.startswith(_OLE):
        _check_ole(data, suffix, file)
    elif suffix in _MAIN:
        _check_zip(data, suffix, file)
    elif suffix == ".xls" or data.startswith(_ZIP):
        raise _not(suffix, file)


def _check_ole(data: bytes, suffix: str, file: str) -> None:
    from xlrd.compdoc import CompDoc, CompDocError

    try:
        parts = {entry.name for entry in CompDoc(data, logfile=io.StringIO()).dirlist}
    except (CompDocError, AssertionError, IndexError, ValueError) as error:
        raise SourceError(f"文件已损坏：{error}", f"the file is damaged: {error}", place=file, mend=_SAVE) from None
    if "EncryptedPackage" in parts:
        raise locked(file)
    if suffix != ".xls":
        raise _not(suffix, file)
    if "_VBA_PROJECT_CUR" in parts:
        raise _macro(file)


def _check_zip(data: bytes, suffix: str, file: str) -> None:
    name, mark = _MAIN[suffix]
    try:
        parts = _inflated(data, file)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError, OSError):
        raise _not(suffix, file) from None
    if any(part.endswith("vbaProject.bin") or part.startswith("Basic/") for part in parts) or b"macroEnabled" in parts.get(
        name, b""
    ):
        raise _macro(file)
    if mark not in parts.get(name, b""):
        raise _not(suffix, file)
    if b"manifest:encryption-data" in parts.get("META-INF/manifest.xml", b""):
        raise locked(file)
    for part, content in parts.items():
        if part.endswith((".xml", ".rels")) and b"<!DOCTYPE" in content.replace(b"\0", b""):
            raise SourceError(
                f"{part} 里有文档类型声明，不安全", f"{part} declares a document type, which is not safe", place=file, mend=_SAVE
            )


def _inflated(data: bytes, file: str) -> dict[str, bytes]:
    """Every part unpacked, as far as the bounds reach: what the directory says of sizes is not believed."""
    parts: dict[str, bytes] = {}
    left = INFLATED
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        entries = package.infolist()
        if len(entries) > PARTS or sum(entry.file_size for entry in entries) > INFLATED:
            raise _bomb(file)
        for entry in entries:
            with package.open(entry) as part:
                parts[entry.filename] = part.read(left + 1)
            left -= len(parts[entry.filename])
            if left < 0:
                raise _bomb(file)
    return parts


def _bomb(file: str) -> SourceError:
    zh, en = f"展开后超过 {INFLATED // 1_000_000} MB", f"it unpacks to more than {INFLATED // 1_000_000} MB"
    return SourceError(zh, en, place=file, mend=("只留要填报的表。", "Keep only the tables to report."))


def locked(file: str = "") -> SourceError:
    """What is told of a file that asks for a password."""
    return SourceError("文件有打开密码", "the file has a password", place=file,
                       mend=("去掉打开密码后保存。", "Save it without the password."))  # fmt: skip


def _macro(file: str) -> SourceError:
    return SourceError("文件带宏", "the file has macros", place=file,
                       mend=("另存为不带宏的 .xlsx。", "Save it as .xlsx, without macros."))  # fmt: skip


def _not(suffix: str, file: str) -> SourceError:
    return SourceError(
        f"不是 {suffix} 文件，只是叫这个名字", f"it is no {suffix} file, it is only called so", place=file, mend=_SAVE
    )
