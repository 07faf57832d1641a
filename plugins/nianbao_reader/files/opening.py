"""Which kind of file it is, by what it holds and not by its name; and that it is none that harms."""

from __future__ import annotations

import re
from codecs import BOM_UTF32_BE, BOM_UTF32_LE
from pathlib import PurePath

from nianbao import FileError
from nianbao.charset import LOST, decode
from nianbao_reader.blocks import Content, Line

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LARGEST = 5_000_000  # letters of a file with its markup
LETTERS = 200_000  # letters that it says: a long report has 50,000
LINES = 10_000
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*")
_PACKED = (b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b")
_PAGE = re.compile(r"\s*(<\?xml[^>]*>\s*|<!--(?:(?!-->).)*-->\s*)*<(!doctype\s+html|html|head|body|meta)\b", re.I | re.S)
_TAGS = re.compile(r"\s*<[a-z!](.|\n)*</[a-z]+\s*>", re.I)
_PIPES = re.compile(r"^\s*\|.*\|\s*$", re.M)
_WORD_XML = re.compile(r"<\?mso-application|<w:wordDocument|<pkg:package")
_CONTROL = bytes([*range(1, 9), *range(14, 28)])


def content(data: bytes, file: str) -> Content:
    """What a file says in reading order. Raises FileError where it is of no kind that is read, or cannot be opened."""
    found = _content(data, file)
    if not found.blocks:
        raise _refused(file, "文件里没有文字，也许只有图片", "there is no text in the file, perhaps pictures only", *AS_TEXT)
    lines = [block.text for block in found.blocks if isinstance(block, Line)]
    letters, spaces = sum(map(len, lines)), sum(text.count(" ") for text in lines)
    if letters - spaces > LETTERS or letters > 3 * LETTERS:  # a text laid out by spaces has more of them than of letters
        raise _too_long(file, f"有 {letters // 10_000} 万字", f"it has {letters:,} letters")
    if len(found.blocks) > LINES:
        raise _too_long(file, f"超过 {LINES} 段", f"it has more than {LINES:,} paragraphs")
    return found


def _content(data: bytes, file: str) -> Content:
    if data.startswith(b"PK"):
        from nianbao_reader.files.docx import content as of_word

        return of_word(data, file)
    if b"%PDF-" in data[:1024]:
        from nianbao_reader.files.pdf import content as of_pdf

        return of_pdf(data, file)
    if refused := _other_kind(data, file):
        raise refused
    return _written(_text(data, file), file)


def _written(text: str, file: str) -> Content:
    """What a text says: a page, Markdown or nothing of the like."""
    suffix = PurePath(file).suffix.lower()
    if _WORD_XML.search(text[:2000]):
        raise _refused(file, "这是 Word 的 XML 文件", "this is Word's XML", *AS_DOCX)
    if _PAGE.match(text[:5000]) or suffix in {".htm", ".html"} or suffix != ".md" and _TAGS.match(text[:5000]):
        from nianbao_reader.files import html

        return html.content(text, file)
    if suffix == ".md" or _PIPES.search(text):
        from nianbao_reader.files import markdown

        return markdown.content(text, file)
    from nianbao_reader.files import text as plain

    return plain.content(text, file)


AS_DOCX = ("用 Word 或 WPS 打开，另存为 .docx。", "Open it in Word or WPS and save it as .docx.")
AS_TEXT = (
    "改用有文字的版本（Word 文件、网页），或先作文字识别（OCR）。",
    "Take a version with text (the Word file, the page), or put it through OCR first.",
)
UNPACK = ("解压后给出其中的报告文件。", "Unpack it and give the report in it.")


def _refused(file: str, zh: str, en: str, *mend: str) -> FileError:
    return FileError(zh, en, place=file, mend=(mend[0], mend[1]))


def _too_long(file: str, zh: str, en: str) -> FileError:
    return _refused(
        file,
        f"{zh}，太长",
        f"{en}, which is too long",
        "年度报告没有这么长，核对文件。",
        "No report is that long: look at the file.",
    )


def _empty(file: str) -> FileError:
    return _refused(file, "文件是空的", "the file is empty", "核对文件，重新下载。", "Look at the file, download it again.")


def _other_kind(data: bytes, file: str) -> FileError | None:
    """Why a file that is neither text nor one of those that are read cannot be."""
    if not data.strip():
        return _empty(file)
    if data.startswith(OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            return _refused(file, "Word 文件加了密码", "the Word file is encrypted", "用 Word 打开，去掉密码，另存为 .docx。",
                            "Open it in Word, take the password off, and save it as .docx.")  # fmt: skip
        return _refused(file, "这是旧版 Word（.doc、.wps）文件", "this is a file of an old Word (.doc, .wps)", *AS_DOCX)
    if data.startswith(b"{\\rtf"):
        return _refused(file, "这是 RTF 文件", "this is RTF", *AS_DOCX)
    if data.startswith(_PICTURES) or data[8:12] == b"WEBP":
        return _refused(file, "这是图片，没有文字", "this is a picture, there is no text in it", *AS_TEXT)
    if data.startswith(_PACKED):
        return _refused(file, "这是压缩文件", "this is a packed file", *UNPACK)
    if re.match(rb"(?i)(mime-version|from|content-type):", data) and b"multipart/related" in data[:4000]:
        return _refused(file, "这是单个文件网页（.mht）", "this is a page in a single file (.mht)", "用 Word 或浏览器打开，另存为 .docx 或 .html。",
                        "Open it in Word or a browser and save it as .docx or .html.")  # fmt: skip
    return None


def _text(data: bytes, file: str) -> str:
    """The bytes as text. Raises FileError where they are none, or more than any report has."""
    from nianbao_reader.files.pages import without_pictures

    text = without_pictures(_decoded(data)).replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip("\0 \t\n\ufeff\u3000"):
        raise _empty(file)
    if len(text) > LARGEST:
        raise _too_long(file, f"有 {len(text) // 10_000} 万字", f"it has {len(text):,} letters")
    letters = text.encode("utf-8", "replace")
    if text.count(LOST) + len(letters) - len(letters.translate(None, _CONTROL)) > len(text) // 50:
        raise _refused(file, "这不是文本，也不是能读的文件", "this is no text, and no file of a kind that is read",
                       "能读的有 .docx、.html、.md、.txt 和有文字的 .pdf。", "Read are .docx, .html, .md, .txt and .pdf with text.")  # fmt: skip
    return text


def _decoded(data: bytes) -> str:
    """The text of the bytes. Zero bytes are noise, or the halves of UTF-16's letters."""
    if data.startswith((BOM_UTF32_LE, BOM_UTF32_BE)):
        return data.decode("utf-32", "replace")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or (zeros := data.count(0)) == 0:
        return decode(data)
    without = decode(data.replace(b"\0", b""))
    if zeros > len(data) // 100 and (LOST in without or zeros * 4 > len(data)):
        text = data.decode("utf-16-be" if data[::2].count(0) > data[1::2].count(0) else "utf-16-le", "replace")
        if text.count(LOST) <= len(text) // 100:
            return text
    return without
