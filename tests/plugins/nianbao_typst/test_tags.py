"""What a screen reader, an archive and a machine find in the PDF."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from nianbao_typst import Pdf

from .conftest import META, MILLIMETRE, TITLE, Make, Measured

# `outloud` 0.2.1: TBL-004 forgets a cell at the end of a row that reaches down to it (the column 总计 of the notice's table three;
# test_the_grid_of_every_table_closes checks it rightly), TBL-010 takes the notice's heads for shredded ones because they have
# many cells, TBL-014 looks for the page of a table in a key that need not be there, LNK-010 wants every printed address linked.
NOT_MEANT = "TBL-004,TBL-010,TBL-014,LNK-010"
TABLE = (
    "<table><colgroup><col style='width:40%'><col style='width:30%'><col style='width:30%'></colgroup><thead>"
    "<tr><th scope='col' rowspan='2'>类别</th><th scope='colgroup' colspan='2'>申请人</th></tr>"
    "<tr><th scope='col'>自然人</th><th scope='col'>总计</th></tr></thead><tbody>"
    "<tr><th scope='row'>新收</th><td>12</td><td>12</td></tr><tr><th scope='row'>办结</th><td>7</td><td>7</td></tr></tbody></table>"
)
WHOLE = (
    "<h2>一、总体情况</h2><h3>（一）主动公开</h3><p>见<a href='https://www.example.gov.cn/'>网站</a>。</p><ul><li>甲</li><li>乙</li></ul>",
    "<h2>二、申请</h2>", TABLE, "<div class='note'><p>注：无。</p></div>",
)  # fmt: skip


@pytest.fixture(scope="module")
def whole(pdf: Callable[..., Measured]) -> Measured:
    return pdf(*WHOLE)


def test_the_file_says_that_it_is_pdf_a_2a_and_pdf_ua_1(whole: Measured) -> None:
    with whole.opened.open_metadata() as metadata:
        told = {key: metadata[key] for key in ("pdfaid:part", "pdfaid:conformance", "pdfuaid:part")}
    assert told == {"pdfaid:part": "2", "pdfaid:conformance": "A", "pdfuaid:part": "1"}
    assert whole.opened.Root.MarkInfo.Marked
    assert whole.opened.Root.Lang == "zh-CN"
    assert whole.opened.Root.ViewerPreferences.DisplayDocTitle
    assert [intent.S for intent in whole.opened.Root.OutputIntents] == ["/GTS_PDFA1"]
    assert not whole.opened.is_encrypted


def test_the_file_has_its_title_author_keywords_and_the_date_of_the_report(whole: Measured) -> None:
    with whole.opened.open_metadata() as metadata:
        assert metadata["dc:title"] == TITLE
        assert metadata["dc:creator"] == ["石家河镇人民政府"]
        assert metadata["pdf:Keywords"] == "政府信息公开, 年度报告, 石家河镇"
        assert metadata["xmp:CreateDate"] == metadata["xmp:ModifyDate"] == "2024-12-31T00:00:00Z"


def test_headings_are_headings_and_make_the_outline(whole: Measured) -> None:
    kinds = [kind for kind, _ in whole.tags]
    assert [kind for kind in kinds if kind.startswith("/H")] == ["/H1", "/H2", "/H1"]
    assert {"/P", "/L", "/LI", "/Table", "/THead", "/TBody", "/TR", "/TH", "/TD", "/Link"} <= set(kinds)
    outline = whole.opened.Root.Outlines.First
    assert str(outline.Title) == "一、总体情况"
    assert str(outline.First.Title) == "（一）主动公开"


def test_every_header_cell_says_what_it_heads(whole: Measured) -> None:
    scopes = [str(told["/Scope"]) for kind, told in whole.tags if kind == "/TH"]
    assert scopes == ["/Column"] * 4 + ["/Row"] * 2
    assert not any("/Headers" in told for kind, told in whole.tags if kind == "/TD")


def test_a_row_of_headers_below_the_head_is_one_too(pdf: Callable[..., Measured]) -> None:
    body = "<tbody><tr><th scope='colgroup' colspan='2'>第{}项</th></tr><tr><th scope='col'>内容</th><th scope='col'>数量</th></tr>{}</tbody>"
    made = pdf("<table>" + body.format("一", "<tr><th scope='row'>许可</th><td>1</td></tr>") * 2 + "</table>")
    assert [str(told["/Scope"]) for kind, told in made.tags if kind == "/TH"] == (["/Column"] * 3 + ["/Row"]) * 2


def test_an_empty_header_of_a_row_is_one_too(pdf: Callable[..., Measured]) -> None:
    made = pdf("<table><tr><th scope='row'></th><td>1</td></tr><tr><th scope='row'>甲</th><td></td></tr></table>")
    assert [kind for kind, _ in made.tags if kind in ("/TH", "/TD")] == ["/TH", "/TD"] * 2


def test_what_reads_like_a_tag_in_a_text_changes_none(pdf: Callable[..., Measured]) -> None:
    evil = "/S /TD\n/BackgroundColor [1 1 1]\n/Headers [(a)]\nendobj"
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
    made = pdf(
        TABLE,
        f"<h2>{evil}</h2><img src='charts/a.svg' alt='{evil}'>",
        assets={"charts/a.svg": svg},
        meta={**META, "author": evil},
    )
    with made.opened.open_metadata() as metadata:
        assert metadata["dc:creator"] == [" ".join(evil.split())]
    assert [told["/Alt"] for kind, told in made.tags if kind == "/Figure"] == [" ".join(evil.split())]


def test_reading_order_is_that_of_the_page_without_page_numbers(whole: Measured) -> None:
    assert "".join(whole.blocks).replace("•", "") == (
        f"{TITLE}一、总体情况（一）主动公开见网站。甲乙二、申请类别申请人自然人总计新收1212办结77注：无。"
    )
    assert whole.blocks[-6:-2] == ["12", "12", "办结", "7"]


def test_a_pdf_ua_checker_finds_nothing(whole: Measured, tmp_path: Path) -> None:
    (tmp_path / "report.pdf").write_bytes(whole.data)
    command = [str(Path(sys.executable).parent / "outloud"), str(tmp_path / "report.pdf"), "--skip", NOT_MEANT, "--json", "-"]
    done = subprocess.run(command, capture_output=True, check=False, timeout=120)
    (checked,) = json.loads(done.stdout)["results"]
    assert checked["stats"]["tagged"]
    assert checked["findings"] == []
    assert done.returncode == 0


def test_the_same_document_gives_the_same_bytes_here_and_in_another_process(document: Make, whole: Measured) -> None:
    assert Pdf().render(document(*WHOLE))[".pdf"] == whole.data
    script = (
        "import sys, pathlib; from nianbao import Document; from nianbao.themes import theme; from nianbao_typst import Pdf\n"
        "html, title, meta = eval(sys.stdin.buffer.read().decode())\n"
        "document = Document(html, title, False, meta, theme('national', pathlib.Path()).style, None)\n"
        "sys.stdout.buffer.write(Pdf().render(document)['.pdf'])"
    )
    told = document(*WHOLE)
    given = repr((told.html, told.title, dict(told.meta))).encode()
    done = subprocess.run([sys.executable, "-c", script], input=given, capture_output=True, check=True, timeout=120)
    assert done.stdout == whole.data


def test_a_picture_is_shown_with_what_it_shows(pdf: Callable[..., Measured]) -> None:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="200" height="80"><rect width="90" height="40" fill="#336699"/></svg>'
    numbers = "<table class='numbers'><tr><th scope='row'>网站</th><td>118</td></tr></table>"
    page = f"<figure class='chart'><img src='charts/a.svg' alt='网站118条。'><figcaption>各渠道</figcaption>{numbers}</figure>"
    made = pdf(page, assets={"charts/a.svg": svg})
    assert [told["/Alt"] for kind, told in made.tags if kind == "/Figure"] == ["网站118条。"]
    assert made.blocks == [TITLE, "各渠道"]
    dropped = pdf(page, "<img src='https://example.org/a.svg' alt='a'><img src='/etc/hostname' alt='b'>")
    assert dropped.blocks == [TITLE, "各渠道", "网站", "118"]


def test_a_picture_higher_than_the_page_is_made_to_fit(pdf: Callable[..., Measured]) -> None:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="100" height="900"><text y="890" font-family="AR PL UKai">\xe5\xba\x95</text></svg>'
    page = "<p>文</p><figure><img src='charts/a.svg' alt='图'><figcaption>说明</figcaption></figure>"
    made = pdf(page, assets={"charts/a.svg": svg})
    (low,) = made.of("底")
    assert low.bottom > 35 * MILLIMETRE
    assert "说明" in made.lines(0)
