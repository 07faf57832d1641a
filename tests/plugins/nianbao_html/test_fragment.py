"""The fragment: what a clerk pastes into the editor of a CMS."""

from collections.abc import Callable
from pathlib import Path

import pytest
from lxml.html import HtmlElement, fragment_fromstring

from nianbao import Document, Style
from nianbao_html.page import Fragment
from tests_shared import Run, replace


@pytest.fixture
def article(run: Run) -> Callable[..., HtmlElement]:
    """The fragment of luhe, as the one element that it has to be."""

    def article(*arguments: str) -> HtmlElement:
        result = run("build", "luhe", "-F", "fragment", *arguments)
        assert result.exit_code == 0, result.output
        return fragment_fromstring(Path(result.stdout.strip()).read_text(encoding="utf-8"))

    return article


def test_one_option_adds_the_fragment_to_the_files_of_the_settings(run: Run) -> None:
    for option in (["--fragment"], ["-F", "+fragment"]):
        names = [Path(file).name for file in run("build", "luhe", *option).stdout.splitlines()]
        assert [name[name.index(".") :] for name in names] == [".html", ".docx", ".md", ".fragment.html"]


def test_the_page_does_not_link_to_the_fragment(run: Run) -> None:
    page = Path(run("build", "luhe", "-F", "html", "-F", "docx", "--fragment").stdout.splitlines()[0])
    assert ".docx" in page.read_text(encoding="utf-8")
    assert "fragment" not in page.read_text(encoding="utf-8")


def test_it_is_the_article_alone_and_nothing_in_it_can_clash_with_the_portal(article: Callable[..., HtmlElement]) -> None:
    seen = article()
    assert seen.tag == "article"
    assert not seen.xpath("//style | //link | //meta | //script | //*[@id] | //*[@class] | //*[@headers]")


def test_it_looks_right_where_the_editor_strips_style_sheets(article: Callable[..., HtmlElement]) -> None:
    seen = article()
    assert all("border: 0.5pt solid #000000" in cell.get("style") for cell in seen.xpath("//th | //td"))
    assert all("text-indent: 2em" in paragraph.get("style") for paragraph in seen.iter("p"))
    assert "text-align: center" in seen.find("h1").get("style")
    assert all("overflow-x: auto" in box.get("style") for box in seen.xpath("//*[table]"))
    assert "table-layout: fixed" in seen.xpath("//table")[2].get("style")


def test_it_says_all_that_the_page_says(run: Run, article: Callable[..., HtmlElement]) -> None:
    page = Path(run("build", "luhe", "-F", "html").stdout.strip()).read_text(encoding="utf-8")
    whole = fragment_fromstring(page[page.index("<article") : page.index("</main>")].strip())
    seen = article()
    assert seen.text_content().split() == whole.text_content().split()
    assert [data.get("data-fact") for data in seen.iter("data")] == [data.get("data-fact") for data in whole.iter("data")]


def test_a_draft_pasted_by_mistake_says_that_it_is_one(article: Callable[..., HtmlElement]) -> None:
    assert article("--draft").findtext("p") == "草稿"


def pasted(html: str, **assets: bytes) -> str:
    document = Document(
        f"<article>{html}</article>", "", False, {}, Style(), None, {f"charts/{k}.png": v for k, v in assets.items()}
    )  # type: ignore[arg-type]
    return Fragment().render(document)[".fragment.html"].decode()


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("<script>alert(1)</script>甲", "甲"),
        ("<svg><script>alert(1)</script></svg>甲", "甲"),
        ("<style>*{display:none}</style>甲", "甲"),
        ("<iframe src='https://evil.example'>乙</iframe>甲", "甲"),
        ("<form action='https://evil.example'>甲<input></form>", "甲"),
        ("<b onclick='alert(1)' style='position:fixed'>甲</b>", "<b>甲</b>"),
        ("<a href='javascript:alert(1)'>甲</a>", "<a>甲</a>"),
        ("<a href='https://www.heshan.example/?a=1&amp;b=2'>甲</a>", '<a href="https://www.heshan.example/?a=1&amp;b=2">甲</a>'),
        ("<img src='https://evil.example/x.png' alt='甲'>乙", "乙"),
        ("<img src='charts/丙.svg' alt='甲'>", '<img alt="甲" src="data:image/png;base64,UE5H" style="max-width: 100%">'),
        ("</article></div><b>甲", "</article><b>甲</b>"),
        ("<!-- <b> -->&lt;script&gt;甲", "&lt;script&gt;甲"),
    ],
)
def test_what_a_theme_puts_in_a_template_is_code_in_no_portal(written: str, kept: str) -> None:
    html = pasted(written, 丙=b"PNG")
    inner = html[html.index(">") + 1 :].strip()
    assert inner.removesuffix("</article>") == kept


def test_what_people_type_is_never_code(workspace: Path, article: Callable[..., HtmlElement]) -> None:
    evil = "</article><script>alert(1)</script>"
    replace(workspace / "data/luhe/2024.yaml", "公告栏: 各村公告栏", f"公告栏: {evil}各村公告栏")
    seen = article()
    assert not seen.xpath("//script")
    assert evil in seen.text_content()
