"""What a report must not do, whatever text got into it."""

from __future__ import annotations

import html
import io
import re
import socket
import zipfile
from pathlib import Path

import pytest

from .conftest import article_of, bare
from .test_valid import validator

__all__ = ["validator"]
PIXEL = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "secret.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\nTOP-SECRET")
    return path


REACHING = [
    '<img src="{}">',
    '<img src="file://{}">',
    '<figure><img src="{}"><figcaption>图</figcaption></figure>',
    '<p><picture><source srcset="{0}"><img src="{0}"></picture></p>',
    '<iframe src="{}"></iframe>',
    '<object data="{}"></object>',
    '<embed src="{}">',
    '<video src="{0}" poster="{0}"></video>',
    '<svg><image href="{0}" xlink:href="{0}"/></svg>',
    '<p style="background:url({})">文</p>',
    '<base href="file:///"><img src="{}">',
    '<table><tr><td><img src="{}"></td></tr></table>',
    '<table><caption><img src="{0}"></caption><tr><td>1</td></tr></table>',
    '<div data-custom-style="x"><img src="{}"></div>',
    '<h2><img src="{}"></h2>',
    '<p><a href="file://{}">文</a></p>',
    '<p><a href="{}">文</a></p>',
]


@pytest.mark.parametrize("reaching", REACHING)
def test_no_file_of_the_computer_gets_into_a_report(word, markdown, secret, reaching):
    article = article_of(reaching.format(secret))
    parts = zipfile.ZipFile(io.BytesIO(word(article).data))
    for name in parts.namelist():
        assert b"TOP-SECRET" not in parts.read(name)
        assert secret.name.encode() not in parts.read(name), "not even a link to it"
        assert not name.startswith("word/media/")
    assert secret.name not in markdown(article)


def test_nothing_is_fetched(word, markdown):
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/a.png"
        article = article_of(*(reaching.format(address) for reaching in REACHING))
        word(article)
        markdown(article)
        with pytest.raises(BlockingIOError):
            server.accept()


def test_a_picture_that_is_part_of_the_document_stays(word, markdown):
    article = article_of(f'<p><img alt="图" src="{PIXEL}"></p>')
    assert [name for name in zipfile.ZipFile(io.BytesIO(word(article).data)).namelist() if "media" in name]
    assert PIXEL in markdown(article)


@pytest.mark.parametrize("href", ["javascript:alert(1)", "data:text/html,x", "vbscript:x", "//evil.example/x"])
def test_a_link_that_is_no_public_address_is_only_its_text(word, markdown, href):
    article = article_of(f'<p>见<a href="{href}">通知</a>。</p>')
    assert href not in markdown(article)
    assert word(article).words() == "题目见通知。"
    assert b"evil" not in zipfile.ZipFile(io.BytesIO(word(article).data)).read("word/_rels/document.xml.rels")


def test_scripts_and_styles_leave_no_trace(word, markdown):
    article = article_of(
        "<p>前<script>1</script><style>p{}</style>后<math><mi>x</mi></math><style>p{}</style></p>", "<script>2</script>"
    )
    assert word(article).words().startswith("题目前后")
    assert not {"script", "style"} & set(re.findall(r"[a-z]+", markdown(article)))


@pytest.mark.parametrize(
    "text",
    [
        "甲" * 10_000,
        "右到左：\u202eשלום\u202c，مرحبا",
        "*_#| <b>&amp;]]> {=openxml} $body$ ${title} {{ x }}",
        "</w:t></w:r><w:r><w:br w:type='page'/></w:r>",
        "生僻字\U00020bb7𬭳，表情\U0001f600",
    ],
)
def test_any_text_comes_through_as_it_is(word, text):
    escaped = html.escape(text)
    table = f"<table><caption>{escaped}</caption><tr><th scope='row'>{escaped}</th><td>1</td></tr></table>"
    made = word(article_of(f"<p>{escaped}</p>", table))
    assert made.words() == bare(f"题目{text}{text}1")
    assert not [name for name in ("br", "b") if list(made.body.iter(f"{{*}}{name}"))]


def test_characters_that_xml_forbids_do_not_break_the_file(word):
    assert word(article_of("<p>甲\x01\x0b乙</p>", "<table><tr><td>甲\x01\x0b乙</td></tr></table>")).words() == "题目甲乙甲乙"


@pytest.mark.parametrize(
    "rows",
    [
        "",
        "<tr></tr>",
        "<tr><td></td></tr>",
        "<tr><td rowspan='9'>1</td><td>2</td></tr><tr><td>3</td></tr>",
        "<tr><td colspan='3'>1</td></tr><tr><td>2</td></tr>",
        "<tr><td>1</td></tr><tr><td>2</td><td>3</td></tr>",
    ],
)
def test_a_table_out_of_shape_is_still_a_table(word, markdown, rows):
    article = article_of(f"<table><tbody>{rows}</tbody></table>", "<p>后</p>")
    figures = "".join(character for character in rows if f">{character}<" in rows)
    assert word(article).words() == f"题目{figures}后"
    assert markdown(article).endswith("后\n")


DEEP = {
    "spans": "<span>{}</span>",
    "emphasis": "<em><strong>{}</strong></em>",
    "divs": "<div>{}</div>",
    "notes": "<div class='note'>{}</div>",
    "quotations": "<blockquote>{}</blockquote>",
    "lists": "<ul><li>{}</li></ul>",
    "tables": "<table><tr><td>{}</td></tr></table>",
    "sections": "<section>{}</section>",
    "headings": "<h2>{}</h2>",
}


@pytest.mark.parametrize("kind", DEEP)
def test_markup_200_levels_deep_is_a_valid_file_with_its_text(word, markdown, validator, kind):
    text = "甲"
    for _ in range(200):
        text = DEEP[kind].format(text)
    made = word(article_of(text, "<p>后</p>"))
    assert made.words().startswith("题目")
    assert made.words().endswith("后")
    assert validator(made.data) == []
    assert markdown(article_of(text, "<p>后</p>")).endswith("后\n")


@pytest.mark.parametrize(
    "text",
    [
        "甲" * 200_000,
        "右到左：\u202eשלום\u202c，مرحبا",
        "零宽\u200b、\u200d、\ufeff与\u2060，组合e\u0301\u0327，变体葛\U000e0100",
        "甲\x01\x08\x0b\x1f\x7f乙\ufffe\uffff",
        "&#0;&#x1;&#xD800;<data value='9' onclick='x()'>9</data>",
        "\u2028分行\u2029分段\u0085",
    ],
)
def test_any_sentence_is_a_valid_file_wherever_it_stands(word, validator, text):
    escaped = html.escape(text)
    table = f"<table><caption>{escaped}</caption><tr><th scope='row'>{escaped}</th><td><data value='1'>{escaped}</data></td></tr></table>"
    blocks = (f"<h2>{escaped[:500]}</h2>", f"<p>{escaped}</p>", f"<div class='note'>{escaped}</div>", table)
    made = word(article_of(*blocks), title=text[:150], author=text[:150], keywords=text[:150])
    assert validator(made.data) == []
    assert not list(made.body.iter("{*}hyperlink"))


@pytest.mark.parametrize("title", ["甲" * 150, "甲 乙" * 50, "2024年" * 30, "Report " * 21, "（" * 150, "\u200b" * 150])
def test_a_title_of_150_characters_is_whole_and_its_lines_fit(word, validator, title):
    made = word(f"<article><h1>{title}</h1><p>文</p></article>", title=title)
    assert made.words() == bare(title + "文")
    assert validator(made.data) == []


@pytest.mark.slow
def test_a_table_of_10_000_rows_is_a_table(word, markdown):
    rows = "".join(f"<tr><th scope='row'>第{number}行</th><td>{number}</td></tr>" for number in range(10_000))
    article = article_of(f"<table><tbody>{rows}</tbody></table>")
    made = word(article)
    assert len(made.rows(0)) == 10_000
    assert made.words().endswith("第9999行9999")
    assert markdown(article).count("\n|") == 10_001


def test_a_long_table_is_put_together_as_it_was(word, markdown):
    rows = "".join(f"<tr><th scope='row'>第{number}行</th><td>{number}</td></tr>" for number in range(250))
    made = word(article_of(f"<table><tbody>{rows}</tbody><tbody><tr><td>1</td><td>2</td></tr></tbody></table>"))
    assert len(made.rows(0)) == 251
    assert [cell.text for cell in made.docx.tables[0].columns[1].cells][99:101] == ["99", "100"]
