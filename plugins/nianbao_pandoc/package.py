"""A theme's own reference.docx, opened with suspicion: whatever Word, WPS or a stranger made of it, or a SettingError."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from posixpath import basename, dirname, join, normpath
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from nianbao.errors import SettingError

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = "assets/reference.docx"
LARGEST = 20 * 2**20  # bytes, unpacked: a reference document has styles and perhaps a coat of arms
MOST = 500  # parts
OLD_WORD = b"\xd0\xcf\x11\xe0"
OFFICE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
RELATED = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# What a field may not do: fetch, link, run, ask a database.
REACHING = re.compile(r"\b(INCLUDE\w*|IMPORT|LINK|DDE\w*|DATABASE|HYPERLINK|MACROBUTTON|RD|AUTOTEXT\w*)\b", re.IGNORECASE)


def refuse(zh: str, en: str, part: str = "") -> SettingError:
    """The error that says what is wrong with the file, and how to get a good one."""
    return SettingError(
        f"版式的参考文档不能用：{zh}", f"the theme's reference document cannot be used: {en}", place=f"{NAME}!{part}" if part else NAME,
        mend=("用 Word 或 WPS 另存为不含宏、不含外部链接的 .docx，或删去这个文件，由 style: 生成。",
              "Save it as .docx without macros and outside links, or delete it: `style:` makes one."),
    )  # fmt: skip


class Package:
    """The parts of a reference.docx that can be used. Raises SettingError where it is none, or could harm a reader."""

    def __init__(self, data: bytes) -> None:
        if data.startswith(OLD_WORD):
            raise refuse("这是旧式 .doc（或加了密码）", "it is an old .doc, or has a password")
        try:
            archive = zipfile.ZipFile(io.BytesIO(data))
            infos = archive.infolist()
            if len(infos) > MOST or sum(info.file_size for info in infos) > LARGEST:
                raise refuse("展开后太大", "it is too large once unpacked")
            self.parts = {info.filename: archive.read(info) for info in infos if not info.is_dir()}
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError) as error:
            raise refuse(f"不是完整的 .docx（{error}）", f"it is no whole .docx ({error})") from error
        self._refuse_macros()
        self.main = self._part("", "officeDocument")  # word/document.xml, but not in every file
        self.document = self.xml(self.main, f"{W}document")
        self.styles = self._part(self.main, "styles")
        kinds = {"header": "hdr", "footer": "ftr"}
        self._beside = {part: kinds[kind] for kind, part in self.related(self.main).values() if kind in kinds}
        for part in self.parts:
            self._refuse_links(part)

    def xml(self, part: str, root: str) -> ElementTree.Element:
        """A part's root element, which must be `root`."""
        if part not in self.parts:
            raise refuse("缺少这个部分", "this part is missing", part)
        data = self.parts[part]
        if b"<!" in data.replace(b"<!--", b"").replace(b"<![CDATA[", b"") or b"\0" in data[:200]:
            raise refuse("含有 DTD，或不是 UTF-8", "it has a DTD, or is not UTF-8", part)
        try:
            found = ElementTree.fromstring(data)  # noqa: S314 - without a DTD there are no entities
        except (ElementTree.ParseError, ValueError, LookupError) as error:
            raise refuse(f"XML 有误：{error}", f"its XML is broken: {error}", part) from error
        if found.tag != root:
            wanted, seen = root.rpartition("}")[2], found.tag
            raise refuse(f"应为 {wanted}，却是 {seen}", f"it should be {wanted}, but is {seen}", part)
        return found

    def _part(self, related_to: str, kind: str) -> str:
        found = [part for one, part in self.related(related_to).values() if one == kind]
        if not found:
            raise refuse(f"没有 {kind}", f"it has no {kind}", join(dirname(related_to), "_rels", f"{basename(related_to)}.rels"))
        return found[0]

    def related(self, part: str) -> dict[str, tuple[str, str]]:
        """What a part relates to: {id: (kind, part)}."""
        return {
            one.get("Id", ""): (one.get("Type", "").rpartition("/")[2], _resolved(part, one.get("Target", "")))
            for one in self._relationships(part)
        }

    def _relationships(self, part: str) -> Iterator[ElementTree.Element]:
        rels = join(dirname(part), "_rels", f"{basename(part)}.rels")
        if rels in self.parts:
            yield from self.xml(rels, f"{RELATED.removesuffix('Relationship')}Relationships").iter(RELATED)

    def _refuse_macros(self) -> None:
        types = self.parts.get("[Content_Types].xml", b"")
        if not types:
            raise refuse("缺少这个部分", "this part is missing", "[Content_Types].xml")
        active = [name for name in self.parts if re.search(r"vbaProject|/activeX/|/embeddings/", name, re.IGNORECASE)]
        if active or b"macroEnabled" in types:
            raise refuse(
                "含有宏或嵌入的对象", "it has macros or embedded objects", active[0] if active else "[Content_Types].xml"
            )

    def _refuse_links(self, part: str) -> None:
        for one in self._relationships(part):
            left = part not in self._beside and one.get("Type", "").endswith("/hyperlink")  # with the text, which is not taken
            if one.get("TargetMode", "").casefold() == "external" and not left:
                raise refuse(f"链接到外部：{one.get('Target')}", f"it links to the outside: {one.get('Target')}", part)
        if part in self._beside:
            root = self.xml(part, W + self._beside[part])
            fields = " ".join(each.text or "" for each in root.iter(f"{W}instrText"))
            fields += " ".join(each.get(f"{W}instr", "") for each in root.iter(f"{W}fldSimple"))
            if found := REACHING.search(fields):
                raise refuse(f"页眉页脚里有域 {found[0]}", f"a header or footer has the field {found[0]}", part)


def _resolved(part: str, target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else normpath(join(dirname(part), target))
