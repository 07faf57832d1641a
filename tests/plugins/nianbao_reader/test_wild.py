"""Whatever form a published report has: each of its figures is read as it stands, or said not to be readable, and never another."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from nianbao import Reading
from nianbao.finished import assess
from nianbao.plugins import standard
from nianbao.reading import read_bytes
from trying.figures import correct
from trying.wild import FORMS, SURE, drafted, page, text

NOTICE = standard("2021", Path())
OLD = standard("2019", Path())
ALL_BUT_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)  # what fails is read again in seconds, not in minutes
QUICK = settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck), phases=ALL_BUT_SHRINKING)
ZEROS = ("0", "", "-", "/", "无")


def wrong(reading: Reading, cells: dict[str, str]) -> dict[str, tuple[str, object]]:
    """The cells whose figure is not the one that stands there; a total that is blank has none."""
    return {
        path: (cells[path], cell.value.value)
        for path, cell in reading.cells.items()
        if cell.value and Decimal(str(cell.value.value)) != Decimal(cells[path] if cells[path][:1].isdecimal() else 0)
    }


def unread(reading: Reading, cells: dict[str, str]) -> list[str]:
    """The cells with a figure of which the reading has none."""
    return [
        path for path, written in cells.items() if written[:1].isdecimal() and not getattr(reading.cells.get(path), "value", None)
    ]


@pytest.mark.parametrize("form", FORMS)
@QUICK
@given(figures=correct(NOTICE))
def test_the_figures_of_every_form_are_read_or_said_to_be_unreadable(form: str, figures: dict[str, int | str]) -> None:
    cells = {path: str(figure) for path, figure in figures.items()}
    reading = read_bytes(text(NOTICE, drafted(cells), FORMS[form]).encode(), "a.txt")
    assert wrong(reading, cells) == {}
    if form in SURE:
        assert unread(reading, cells) == []


@pytest.mark.parametrize("form", sorted(SURE - {"cell_a_line_tight", "spaced", "printed"}))
@QUICK
@given(figures=correct(NOTICE, most=30), zero=st.sampled_from(ZEROS))
def test_a_blank_or_a_dash_is_zero_where_its_place_is_certain(form: str, figures: dict[str, int | str], zero: str) -> None:
    cells = {path: str(figure) if figure not in (0, "0") else zero for path, figure in figures.items()}
    reading = read_bytes(text(NOTICE, drafted(cells), FORMS[form]).encode(), "a.txt")
    assert wrong(reading, cells) == {}
    assert form == "trailing_pipes" or unread(reading, cells) == []  # blanks at a row's end can be what its cells span


@pytest.mark.parametrize("layout", [False, True])
@QUICK
@given(figures=correct(NOTICE), zero=st.sampled_from(ZEROS), breaks=st.booleans())
def test_a_portals_page_is_read_cell_by_cell(layout: bool, figures: dict[str, int | str], zero: str, breaks: bool) -> None:
    cells = {path: str(figure) if figure not in (0, "0") else zero for path, figure in figures.items()}
    reading = read_bytes(page(NOTICE, drafted(cells), layout=layout, breaks=breaks).encode(), "a.html")
    assert wrong(reading, cells) == {}
    assert unread(reading, cells) == []


@pytest.mark.parametrize("form", sorted(SURE))
@QUICK
@given(figures=correct(OLD))
def test_the_format_of_2019_is_read_by_its_own_standard(form: str, figures: dict[str, int | str]) -> None:
    cells = {path: str(figure) for path, figure in figures.items()}
    reading = read_bytes(text(OLD, drafted(cells), FORMS[form]).encode(), "a.txt")
    assert reading.standard.name == "2019"
    assert wrong(reading, cells) == {}
    assert unread(reading, cells) == []


@pytest.mark.parametrize("form", FORMS)
@QUICK
@given(figures=correct(NOTICE), data=st.data())
def test_a_mistake_in_a_table_is_read_as_it_stands_or_not_at_all(
    form: str, figures: dict[str, int | str], data: st.DataObject
) -> None:
    cells = {path: str(figure) for path, figure in figures.items()}
    changed = data.draw(st.sampled_from([path for path in cells if path.startswith(("requests", "disputes"))]))
    cells[changed] = str(int(cells[changed]) + data.draw(st.integers(1, 9)))
    reading = read_bytes(text(NOTICE, drafted(cells), FORMS[form]).encode(), "a.txt")
    assert wrong(reading, cells) == {} or form in ("run_together", "one_line")


def test_a_table_without_a_figure_is_no_missing_table() -> None:
    blank = dict.fromkeys(NOTICE.grids["disputes"][0].paths(), "")
    figures = {path: "0" for grids in NOTICE.grids.values() for grid in grids for path in grid.paths()} | blank
    reading = read_bytes(text(NOTICE, drafted(figures), FORMS["pipes_on_lines"]).encode(), "a.txt")
    assert "disputes" in reading.unread or any(path.startswith("disputes") for path in reading.cells)
    assert not [each for each in assess(reading).findings.found if each.code == "S-TABLES" and each.severity == "error"]


def test_a_whole_report_in_traditional_letters_is_read_cell_by_cell() -> None:
    figures = {path: "0" for grids in NOTICE.grids.values() for grid in grids for path in grid.paths()}
    figures |= {f"requests.{row}{column}": "12" for row in ("new", "granted", "total") for column in ("", ".natural_person")}
    traditional = str.maketrans(
        "总况动开问题处请规现数内项决强费关计业构会组织转办结复议诉讼为与无从类",
        "總況動開問題處請規現數內項決強費關計業構會組織轉辦結復議訴訟為與無從類",
    )
    said = text(NOTICE, drafted(figures), FORMS["spaced"]).translate(traditional)
    reading = read_bytes(said.encode(), "a.txt")
    assert wrong(reading, figures) == {}
    assert unread(reading, figures) == []


def test_a_row_with_nothing_in_any_cell_is_blank_wherever_its_cells_stand() -> None:
    """What a label spans stands behind the row: of cells that are all empty it does not matter which are the row's own."""
    cells = {path: "" for grids in NOTICE.grids.values() for grid in grids for path in grid.paths()}
    cells |= {f"requests.{row}.natural_person": "4" for row in ("new", "granted", "total")}
    cells |= {"proactive_disclosure.licences": "9", "requests.new": "4", "requests.granted": "4", "requests.total": "4"}
    reading = read_bytes(text(NOTICE, drafted(cells), FORMS["trailing_pipes"]).encode(), "a.txt")
    assert wrong(reading, cells) == {}
    assert reading.cells["requests.carried_in.business"].value.value == 0
    assert not any(path.startswith("requests.carried_in") for path in reading.unread)


@pytest.mark.parametrize("form", sorted(SURE - {"printed"}))
@QUICK
@given(figures=correct(NOTICE, most=30))
def test_a_label_with_a_wrong_letter_is_known_all_the_same(form: str, figures: dict[str, int | str]) -> None:
    cells = {path: str(figure) for path, figure in figures.items()}
    said = text(NOTICE, drafted(cells), FORMS[form])
    for right, wrong_letter in (
        ("三类内部事务信息", "三类内容事务信息"),
        ("只计这一情形", "只计这一情况"),
        ("不掌握相关政府", "不掌握相关的政府"),
    ):
        assert right in said
        said = said.replace(right, wrong_letter)
    reading = read_bytes(said.encode(), "a.txt")
    assert wrong(reading, cells) == {}
    assert unread(reading, cells) == []
