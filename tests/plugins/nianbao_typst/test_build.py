"""`nianbao build -F pdf`: the example towns' reports, and what their office is told when something is missing."""

from __future__ import annotations

import multiprocessing
import sys
from pathlib import Path

import pytest

from nianbao import PluginError
from nianbao_typst import Pdf
from tests_shared import Run, replace

from .conftest import MILLIMETRE, Make, Measured


def built(run: Run, *arguments: str) -> Measured:
    result = run("build", *arguments, "-F", "pdf")
    assert result.exit_code == 0, result.stderr
    return Measured(Path(result.stdout.strip()).read_bytes())


@pytest.mark.parametrize("town", ["luhe", "shijiahe"])
def test_the_report_of_a_town_is_laid_out_and_tagged(run: Run, town: str) -> None:
    made = built(run, town)
    for number, page in enumerate(made.pages):
        text = [letter for letter in page if letter.baseline > 35 * MILLIMETRE - 1]
        assert min(letter.left for letter in text) >= 28 * MILLIMETRE - 0.5
        assert max(letter.right for letter in text) <= 184 * MILLIMETRE + 0.5
        assert max(letter.top for letter in text) <= 260 * MILLIMETRE + 0.5
        *lines, last = made.lines(number)
        assert last == f"—{number + 1}—"
        assert lines[-1][1:2] not in "、一二三四五六"  # no heading stands last
    assert [kind for kind, _ in made.tags].count("/H1") == 6
    assert all("/Scope" in told for kind, told in made.tags if kind == "/TH")


def test_the_table_of_requests_stands_whole_on_one_page_and_its_grid_closes(run: Run) -> None:
    made = built(run, "luhe")
    first, last = (
        [n for n in range(len(made.pages)) if any(text in line for line in made.lines(n))]
        for text in ("申请人情况", "结转下年度继续办理")
    )
    assert first == last != []
    rows: list[list[tuple[int, int]]] = []
    for kind, told in made.tags:
        if kind == "/Table" or kind == "/TR":
            rows.append([])
        elif kind in ("/TH", "/TD"):
            rows[-1].append((int(told.get("/ColSpan", 1)), int(told.get("/RowSpan", 1))))
    assert widths(rows) == {4, 10, 15}


def widths(rows: list[list[tuple[int, int]]]) -> set[int]:
    """How many columns the rows fill, cells that reach down counted in each row; a row without cells begins a table."""
    found, reaching = set(), []
    for row in rows:
        if not row:
            assert not reaching
            continue
        found.add(sum(across for across, _ in row) + sum(across for across, _ in reaching))
        reaching = [(across, down - 1) for across, down in [*row, *reaching] if down > 1]
    return found


def test_a_draft_shows_what_is_still_to_be_filled(workspace: Path, run: Run) -> None:
    made = built(run, "luhe", "--draft")
    assert all(made.lines(number)[0] == "草稿" for number in range(len(made.pages)))


def test_an_office_is_told_which_letter_has_no_glyph_and_nothing_is_published(workspace: Path, run: Run) -> None:
    replace(workspace / "data/luhe/2024.yaml", "张贴信息", "张贴😀信息")
    result = run("build", "luhe", "-F", "pdf")
    assert result.exit_code == 2
    assert "“😀” (U+1F600)" in result.stderr
    assert "张贴😀信息" in result.stderr
    assert not (workspace / "build").exists()


def test_what_shows_nothing_in_a_sentence_stops_no_build(workspace: Path, run: Run) -> None:
    replace(workspace / "data/luhe/2024.yaml", "张贴信息", "张贴\u200b信\u00ad息")
    assert run("build", "luhe", "-F", "pdf", "-F", "html").exit_code == 0


def test_an_office_without_a_font_is_told_which_and_how_to_get_one(workspace: Path, run: Run) -> None:
    home = workspace / "themes/mine"
    home.mkdir(parents=True)
    text = "extends: national\nstyle: {body: {font: [甲乙体]}, table: {font: [丙丁体, Nowhere]}}\n"
    (home / "theme.yaml").write_text(text, encoding="utf-8")
    replace(workspace / "jurisdictions/luhe.yaml", "theme: national", "theme: ./themes/mine")
    result = run("build", "luhe", "-F", "pdf")
    assert result.exit_code == 2
    assert "甲乙体" in result.stderr
    assert "丙丁体, Nowhere" in result.stderr
    assert "apt install fonts-noto-cjk" in result.stderr


def test_a_folder_of_the_workspace_can_bring_fonts(workspace: Path, run: Run, document: Make) -> None:
    settings = workspace / "nianbao.yaml"
    lines = settings.read_text(encoding="utf-8").splitlines(keepends=True)
    line = next(line for line in lines if line.startswith("formats:"))
    replace(settings, line, "formats: {pdf: {fonts: 字体}}\n")
    result = run("build", "luhe")
    assert result.exit_code == 2
    assert "nianbao.yaml" in result.stderr
    assert "there is no folder of fonts 字体" in result.stderr
    (workspace / "字体").mkdir()
    put_font(workspace / "字体", "Our Office")
    home = workspace / "themes/mine"
    home.mkdir(parents=True)
    text = "extends: national\nstyle: {page_number: {font: [Our Office]}}\n"
    (home / "theme.yaml").write_text(text, encoding="utf-8")
    replace(workspace / "jurisdictions/luhe.yaml", "theme: national", "theme: ./themes/mine")
    result = run("build", "luhe")
    assert result.exit_code == 0, result.stderr
    made = Measured(Path(result.stdout.strip()).read_bytes())
    assert {letter.font for letter in made.of("—1—")} == {"OurOffice"}


def put_font(folder: Path, name: str) -> None:
    """Put a font under a name of its own into a folder: AR PL UKai, renamed."""
    from fontTools.ttLib import TTFont

    font = TTFont("/usr/share/fonts/truetype/arphic/ukai.ttc", fontNumber=0)
    for record in font["name"].names:
        if record.nameID in (1, 4, 6, 16):
            record.string = name.replace(" ", "") if record.nameID == 6 else name
    font.save(folder / "office.ttf")


def test_a_missing_package_is_told_with_its_extra(workspace: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    monkeypatch.setitem(sys.modules, "nianbao_typst.making", None)
    monkeypatch.setitem(sys.modules, "typst", None)
    result = run("build", "luhe", "-F", "pdf")
    assert result.exit_code == 2
    assert 'pip install "nianbao[pdf]"' in result.stderr


def _made_in_a_fork(document: object, answer: object) -> None:
    try:
        answer.put(Pdf().render(document)[".pdf"])  # type: ignore[attr-defined, arg-type]
    except PluginError as error:
        answer.put(str(error))  # type: ignore[attr-defined]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no fork")
def test_a_process_forked_after_a_pdf_makes_the_same_pdf_and_does_not_wait_for_ever(document: Make) -> None:
    context = multiprocessing.get_context("fork")
    for page, wanted in ((document("<p>文</p>"), None), (document("<p>文😀</p>"), "U+1F600")):
        if wanted is None:
            whole = Pdf().render(page)[".pdf"]
        answer = context.Queue()
        child = context.Process(target=_made_in_a_fork, args=(page, answer))
        child.start()
        try:
            found = answer.get(timeout=60)
        finally:
            child.join(5)
            child.kill()
        assert found == whole if wanted is None else wanted in found
