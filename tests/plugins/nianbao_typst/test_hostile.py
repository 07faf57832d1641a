"""What people type, paste or attack with reaches no compiler as code and breaks no file."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import pytest

from nianbao import PluginError
from nianbao.proof import _seen
from nianbao_typst import Pdf

from .conftest import TITLE, Make, Measured

Pages = Callable[..., Measured]


@pytest.mark.parametrize(
    "evil",
    [
        "#panic(1)", "#read(\"/etc/passwd\")", "#include \"x.typ\"", "$x^2$", "*粗*_斜_`码`", "\\", "\\u{41}", "= 标题", "- 项", "@引用 <标签>",
        "// 注释 /* 注释 */", "https://例.gov.cn", "\"引号\"", "#{ while true {} }", "~ --- ...", "[方]{花}", "\\#", "${{ x }}", "<script>alert(1)</script>",
    ],
)  # fmt: skip
def test_what_looks_like_typst_is_text(pdf: Pages, evil: str) -> None:
    shown = escape(evil)
    made = pdf(
        f"<h2>{shown}</h2><p>{shown}</p><ul><li>{shown}</li></ul><table><tr><td>{shown}</td></tr></table>", title=escape(evil)
    )
    assert _seen("".join(made.blocks)).replace("•", "") == _seen(evil) * 5


@pytest.mark.parametrize(("letter", "code"), [("😀", "U+1F600"), ("ئ", "U+0626"), ("\ue000", "U+E000"), ("𠴠", "U+20D20")])
@pytest.mark.parametrize("where", ["<p>今年{}很好</p>", "<h2>今年{}很好</h2>", "<table><tr><td>今年{}很好</td></tr></table>"])
def test_a_letter_without_a_glyph_is_named_with_its_sentence(document: Make, where: str, letter: str, code: str) -> None:
    with pytest.raises(PluginError) as told:
        Pdf().render(document(where.format(letter)))
    assert code in str(told.value)
    assert f"今年{letter}很好" in str(told.value)
    assert "Noto" in str(told.value) or "UKai" in str(told.value)


def test_a_letter_without_a_glyph_in_a_picture_is_named(document: Make) -> None:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="99" height="9"><text y="9" font-family="Noto Sans CJK SC">𠴠</text></svg>'
    )
    with pytest.raises(PluginError, match=r"U\+20D20.*picture"):
        Pdf().render(document("<img src='charts/a.svg' alt='图'>", assets={"charts/a.svg": svg.encode()}))


def test_what_shows_nothing_is_left_out_and_turns_no_figure(pdf: Pages) -> None:
    made = pdf("<p>零\u200b宽\ufeff与\u202e12\u202c和\u00ad软\u2066件\x07</p>")
    assert made.blocks == [TITLE, "零宽与12和软件"]
    assert _seen("零\u200b宽\ufeff与\u202e12\u202c和\u00ad软\u2066件\x07") == "零宽与12和软件"


def test_what_looks_alike_is_read_back_as_it_was_written(pdf: Pages) -> None:
    text = "一⼀·‧•—―－-～〜()（）½①Ⅳ…⋯“”\"'‘’〔2024〕７"
    assert _seen(pdf(f"<p>{text}</p>").blocks[1]) == text


@pytest.mark.parametrize("tag", ["div", "b", "table"])
def test_deep_nesting_is_told_or_taken_apart(document: Make, tag: str) -> None:
    opened = "<table><tr><td>" if tag == "table" else f"<{tag}>"
    page = document(opened * 3000 + "深" + (f"</{tag}>") * 3000)
    with pytest.raises(PluginError, match="deep"):
        Pdf().render(page)


def test_a_sentence_of_many_pages_keeps_every_letter(pdf: Pages) -> None:
    assert sum(block.count("字") for block in pdf(f"<p>{'字' * 50_000}</p>").blocks) == 50_000


def test_a_word_without_end_stays_within_the_margins(pdf: Pages) -> None:
    made = pdf(f"<p>{'a' * 2000}</p><p>https://www.example.gov.cn/{'x' * 300}</p>", title="甲" * 100)
    assert max(letter.right for page in made.pages for letter in page) <= 184 / 25.4 * 72 + 0.5
    assert "".join(made.blocks).count("a") == 2000 + 1


def test_only_public_links_are_links(pdf: Pages) -> None:
    targets = [
        "https://www.example.gov.cn/a",
        "mailto:a@example.gov.cn",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "#x",
        "\\\\host\\x",
    ]
    made = pdf("<p>" + "".join(f"<a href='{target}'>文</a>，" for target in targets) + "</p>")
    links = [str(mark.A.URI) for page in made.opened.pages for mark in page.get("/Annots", [])]
    assert links == targets[:2]


@pytest.mark.parametrize(
    "inside",
    ['<image href="/etc/hostname" width="9" height="9"/>', "<script>1</script>", "<foreignObject><p>x</p></foreignObject>"],
)
def test_a_picture_reaches_for_nothing(pdf: Pages, inside: str) -> None:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="99" height="9">{inside}<rect width="9" height="9"/></svg>'
    assert pdf("<img src='charts/a.svg' alt='图'>", assets={"charts/a.svg": svg.encode()}).blocks == [TITLE]


@pytest.mark.parametrize(
    "svg", [b"", b"no svg", b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><svg>&x;</svg>', b"<svg"]
)
def test_a_broken_picture_is_told(document: Make, svg: bytes) -> None:
    with pytest.raises(PluginError):
        Pdf().render(document("<img src='charts/a.svg' alt='图'>", assets={"charts/a.svg": svg}))


def test_markup_that_a_report_does_not_need_is_dropped(pdf: Pages) -> None:
    made = pdf(
        "<script>x</script><style>y</style><iframe src='x'>z</iframe><!-- c --><p>文<b hidden>w</b></p><p hidden>v</p><form><input value='v'></form><custom>字</custom>"
    )
    assert made.blocks == [TITLE, "文", "字"]


def test_an_empty_page_is_a_page(pdf: Pages) -> None:
    assert pdf().blocks == [TITLE]
