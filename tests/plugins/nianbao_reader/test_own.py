"""A page that nianbao made is read by what it says of itself, and comes out as any other page would."""

from __future__ import annotations

from pathlib import Path

import pytest

from nianbao import Reading, Workspace
from nianbao.build import Order, edition_of, files_of, prepare
from nianbao.plugins import formats, installed
from nianbao_reader import read
from nianbao_reader.files import own
from nianbao_reader.files.opening import content
from plugins.nianbao_reader.test_round_trip import NOTICE, made

NAME = "luhe.html"
FIGURES: dict[str, int | str] = {
    str(node.path): 3 for node in NOTICE.nodes.values() if node.is_input and node.path.split(".")[0] in NOTICE.grids
}


def page_of(workspace: Workspace, name: str = "luhe", year: int = 2024) -> str:
    """The page that a draft of a jurisdiction has."""
    edition = edition_of(workspace, name, year)
    prepared = prepare(edition, Order(formats=("html",), draft=True))
    with formats(edition.settings, ("html",)) as entered:
        files = files_of(prepared, entered)
    return next(data for file, data in files.items() if file.endswith(".html")).decode()


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A page under the national theme."""
    return page_of(made(tmp_path_factory.mktemp("ws"), "national", FIGURES))


def is_own(page: str) -> bool:
    return content(page.encode(), NAME).outline is not None


def as_any_other(page: str, monkeypatch: pytest.MonkeyPatch) -> Reading:
    """What is read where nobody knows that nianbao made the page."""
    with monkeypatch.context() as patched:
        patched.setattr(own, "outline", lambda report, walk: None)
        return read(page.encode(), NAME)


@pytest.mark.parametrize("theme", sorted(installed("themes")))
def test_both_ways_read_the_same_under_every_theme(theme: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = page_of(made(tmp_path, theme, FIGURES))
    assert is_own(page)
    assert read(page.encode(), NAME) == as_any_other(page, monkeypatch)


@pytest.mark.parametrize("name", ["luhe", "shijiahe"])
def test_both_ways_read_the_same_of_the_examples(name: str, workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = page_of(Workspace(workspace), name)
    assert is_own(page)
    assert read(page.encode(), NAME) == as_any_other(page, monkeypatch)


CELL = '<data value="3" data-fact="requests.new.natural_person">3</data>'
EDITED = {
    "a figure typed over": (CELL, "5"),
    "a remark behind a figure": (CELL, f"{CELL}（其中修订1件）"),
    "a figure twice in a cell": (CELL, CELL + CELL),
    "a cell of another's path": ("requests.new.natural_person", "requests.new.business"),
    "a path that no table has": ("requests.new.natural_person", "requests.new.everybody"),
    "a cell that is hidden": (f">{CELL}", f' style="display: none">{CELL}'),
    "a cell over two rows": (f">{CELL}", f' rowspan="2">{CELL}'),
    "a heading of its own": ("<h2>一、总体情况", "<h2>一、工作概览"),
    "a heading that is none": ("<h2>五、存在的主要问题及改进情况</h2>", "<p>五、存在的主要问题及改进情况</p>"),
    "a section twice": ("<h2>二、主动公开政府信息情况", "<h2>二、总体情况"),
    "a title without a year": ("<wbr>2024年", ""),
    "no title": ("<h1>", "<h1 hidden>"),
    "a paragraph between sections": ("</section>", "</section><p>以上为第一部分。</p>"),
    "a table within a paragraph's place": ("<h3>", "<table><tr><td>甲</td><td>乙</td></tr></table><h3>"),
    "a line of the page's behind the text": ("<h2>六、其他", "<p>上一篇：公告</p><h2>六、其他"),
}


@pytest.mark.parametrize("what", EDITED)
def test_a_page_that_was_edited_is_read_like_any_other(what: str, page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before, after = EDITED[what]
    assert before in page
    edited = page.replace(before, after, 1)
    assert not is_own(edited)
    assert said(read(edited.encode(), NAME)) == said(as_any_other(edited, monkeypatch))


def said(reading: Reading) -> tuple[object, ...]:
    """All of a reading; errors compare by what they say."""
    unread = {path: (str(error), error.place) for path, error in reading.unread.items()}
    return reading.headings, reading.told, reading.cells, reading.title, reading.year, unread


def test_a_sentence_that_was_edited_is_read_as_it_stands(page: str) -> None:
    edited = page.replace("发文时同步确定公开属性。", "发文前先定公开属性。")
    assert is_own(edited)
    assert any("发文前先定公开属性。" in told.text for told in read(edited.encode(), NAME).told)
