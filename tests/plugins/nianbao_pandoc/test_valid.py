"""A Word file that Word, WPS and LibreOffice open without repair: held to the schema and to the rules of the package."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from posixpath import basename, dirname, join, normpath

import pytest
from lxml import etree
from openxml_audit import FileFormat, OpenXmlValidator

from nianbao.style import Page, Role, Style

from .conftest import STYLE, article_of

TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
PLAIN = ("rels", "jpeg", "jpg", "png", "gif")  # kinds of files that a default may name; every other part has a type of its own
PICTURE = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
MIXED = article_of(
    "<h2>一</h2><p>甲<strong>乙</strong><em>丙</em><a href='https://example.gov.cn/'>丁</a><code>戊</code></p>",
    "<h3>（一）</h3><h4>1.</h4><h5>（1）</h5><h6>①</h6><dl><dt>壬</dt><dd>癸</dd></dl>",
    "<ul><li>己</li></ul><ol><li>庚</li></ol><blockquote><p>辛</p></blockquote><pre><code class='python'>x</code></pre>",
    f"<p><img alt='图' src='{PICTURE}'></p><figure><img alt='图' src='{PICTURE}'><figcaption>图一</figcaption></figure>",
    "<div class='note'><p>注</p></div><hr>",
    "<table><tr><td>1</td></tr></table><table><tr><td>2</td></tr></table>",
)


@pytest.fixture(scope="session")
def validator(tmp_path_factory):
    """What is wrong with a file by the rules of the Open XML SDK."""
    path, checker = tmp_path_factory.mktemp("valid") / "report.docx", OpenXmlValidator(FileFormat.OFFICE_2019, max_errors=0)

    def check(data: bytes) -> list[str]:
        path.write_bytes(data)
        return [f"{error.part_uri}: {error.description}" for error in checker.validate(path).errors]

    return check


def package_mistakes(data: bytes) -> list[str]:
    """What is wrong with a file as a package of parts: types, relationships, names."""
    archive = zipfile.ZipFile(io.BytesIO(data))
    names, wrong = archive.namelist(), []
    wrong += [f"{name} is there twice" for name, count in Counter(names).items() if count > 1]
    types = etree.fromstring(archive.read("[Content_Types].xml"))
    typed = [one.get("PartName").lstrip("/") for one in types.iter(f"{TYPES}Override")]
    plain = {one.get("Extension") for one in types.iter(f"{TYPES}Default")} & set(PLAIN)
    wrong += [f"{name} has a type and is not there" for name in typed if name not in names]
    wrong += [f"{name} has no type" for name in names[1:] if name not in typed and name.rpartition(".")[2] not in plain]
    for name in (name for name in names if name.endswith(".rels")):
        relationships = etree.fromstring(archive.read(name))
        ids = [one.get("Id") for one in relationships]
        wrong += [f"{name}: {id} twice" for id, count in Counter(ids).items() if count > 1]
        owner = join(dirname(dirname(name)), basename(name).removesuffix(".rels"))
        for one in relationships:
            target = normpath(join(dirname(owner), one.get("Target")))
            if one.get("TargetMode") != "External" and target.lstrip("/") not in names:
                wrong.append(f"{name}: no {target}")
        if owner in names:
            used = set(re.findall(r'\br:(?:id|embed|link)="([^"]+)"', archive.read(owner).decode()))
            wrong += [f"{owner}: no relationship {id}" for id in used - set(ids)]
    return wrong


STYLES = {
    "as in the tests": STYLE,
    "of defaults": Style(),
    "without lines": Style(table=Role(border="none")),
    "with thick blue lines": Style(table=Role(border="9.99pt #0000ff", bold=True)),
    "on little paper": Style(page=Page(margins=(90, 90, 90, 90), number=0)),
    "on all the paper": Style(page=Page(margins=(0, 0, 0, 0), number=30), body=Role(lines=60, size="5pt")),
}


@pytest.mark.parametrize("style", STYLES)
def test_a_report_of_any_style_is_valid(word, validator, style):
    made = word(style=STYLES[style])
    assert validator(made.data) == []
    assert package_mistakes(made.data) == []


@pytest.mark.parametrize("draft", [False, True])
def test_whatever_a_theme_puts_on_the_page_is_valid(word, validator, draft):
    made = word(MIXED, draft=draft)
    assert validator(made.data) == []
    assert package_mistakes(made.data) == []


@pytest.mark.parametrize(
    "rows",
    [
        "",
        "<tr></tr>",
        "<tr><td rowspan='9'>1</td><td>2</td></tr><tr><td>3</td></tr>",
        "<tr><td colspan='3'>1</td></tr><tr><td>2</td></tr>",
        "<tr><td>1</td></tr><tr><td>2</td><td>3</td></tr>",
        "<tr><td><p>1</p><ul><li>2</li></ul><table><tr><td>3</td></tr></table></td></tr>",
    ],
)
def test_a_table_out_of_shape_is_valid(word, validator, rows):
    made = word(article_of(f"<table>{rows}</table>"))
    assert validator(made.data) == []


WRONG = {
    "a property out of its place": ('<w:pPr><w:pStyle w:val="TableNumber"/><w:keepNext/>', '<w:pPr><w:keepNext/><w:pStyle w:val="TableNumber"/>'),
    "a cell without a paragraph": ("</w:tcPr><w:p>", "</w:tcPr><w:q>"),
    "a word that is none": ('<w:jc w:val="center"/>', '<w:jc w:val="centre"/>'),
    "a style that is nowhere": ('w:val="StatutoryTable"', 'w:val="Nowhere"'),
}  # fmt: skip


@pytest.mark.parametrize("mistake", WRONG)
def test_the_validator_sees_what_word_would_repair(final, validator, mistake):
    right, wrong = WRONG[mistake]
    source, spoilt = zipfile.ZipFile(io.BytesIO(final.data)), io.BytesIO()
    with zipfile.ZipFile(spoilt, "w") as archive:
        for name in source.namelist():
            content = source.read(name)
            if name == "word/document.xml":
                assert right.encode() in content
                content = content.replace(right.encode(), wrong.encode()).replace(b"<w:q>", b"").replace(b"<w:tbl>", b"<w:tbl>")
            archive.writestr(name, content)
    assert validator(spoilt.getvalue())
