"""Tables of a file are read cell by cell, or it is said what could not be read; a figure is never put where it does not stand."""

from __future__ import annotations

from decimal import Decimal
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nianbao.tree import Node
from nianbao_reader.blocks import Field, Line, Table
from nianbao_reader.tables import Found, tables
from nianbao_reader.tables.figures import figure

from .harming import (
    FILE,
    HARMS,
    Cells,
    Drawn,
    Harm,
    added,
    broken,
    figures,
    glued,
    harmed,
    headless,
    nameless,
    notice,
    packed,
    repeated,
    split,
    stretched,
    table,
    turned,
    twice,
    worn,
    written,
)

SECTIONS = ("proactive_disclosure", "requests", "disputes")
CHANCE = st.integers(0, 2**32).map(Random)
COUNT, AMOUNT = Node("a", "a", "甲", frozenset(), number="count"), Node("b", "b", "乙", frozenset(), number="amount")
HARMLESS = (glued, packed, repeated, split, stretched, twice, written)


def values(found: Found) -> dict[str, object]:
    return {path: cell.value.value for path, cell in found.cells.items() if cell.value}


def is_told(path: str, found: Found) -> bool:
    return path in found.cells or any(path == told or path.startswith(f"{told}.") for told in found.unread)


def rows(*texts: str) -> Table:
    """A table as it is written here: a row a text, ``|`` between its cells."""
    return table([[Field(cell.strip(), f"{FILE}:{number}") for cell in text.split("|")] for number, text in enumerate(texts, 1)])


def requests(seed: int = 1) -> tuple[dict[str, int], Drawn]:
    standard = notice("2021")
    known = figures(standard, "requests", Random(seed))
    return known, Drawn(standard, "requests", known)


@pytest.mark.parametrize("name", ["2021", "2019"])
@pytest.mark.parametrize("section", SECTIONS)
@given(chance=CHANCE)
@settings(max_examples=5, deadline=None)
def test_a_table_as_it_is_drawn_is_read_cell_by_cell(name: str, section: str, chance: Random) -> None:
    known = figures(notice(name), section, chance)
    found = tables(notice(name), section, [table(Drawn(notice(name), section, known).cells)], FILE)
    assert {path: cell.text for path, cell in found.cells.items()} == {path: str(value) for path, value in known.items()}
    assert not found.unread
    assert not found.rest


@pytest.mark.parametrize("harm", HARMLESS)
@pytest.mark.parametrize("section", ["requests", "disputes"])
@given(chance=CHANCE)
@settings(max_examples=5, deadline=None)
def test_what_takes_no_letter_away_takes_no_cell_away(section: str, harm: Harm, chance: Random) -> None:
    known = figures(notice("2021"), section, chance)
    drawn = Drawn(notice("2021"), section, known)
    if section == "disputes" and harm is glued:
        return
    found = tables(notice("2021"), section, harmed(chance, drawn, [harm]), FILE)
    assert not found.unread
    assert set(found.cells) == set(known)


@given(chance=CHANCE, harms=st.lists(st.sampled_from(HARMS), max_size=3, unique=True), section=st.sampled_from(SECTIONS))
@settings(max_examples=120, deadline=None)
def test_a_damaged_table_is_read_as_it_stood_or_said_to_be_unread(chance: Random, harms: list[Harm], section: str) -> None:
    standard = notice(chance.choice(["2021", "2019"]))
    known = figures(standard, section, chance)
    found = tables(standard, section, harmed(chance, Drawn(standard, section, known), harms), FILE)
    read = values(found)
    assert read == {path: known[path] for path in read}
    assert all(is_told(path, found) for path in known) or not found.cells


def test_a_wrong_total_is_read_as_it_stands() -> None:
    known, _ = requests()
    known["requests.granted"] += 1
    found = tables(notice("2021"), "requests", [table(Drawn(notice("2021"), "requests", known).cells)], FILE)
    assert values(found) == known


def test_each_figure_keeps_its_place() -> None:
    _, drawn = requests()
    cell = tables(notice("2021"), "requests", [table(drawn.cells)], FILE).cells["requests.new.business"]
    assert cell.value
    assert cell.value.origin
    assert cell.value.origin.where == f"{FILE}:表1 第4行第5格"


def test_rows_without_labels_are_known_between_two_that_have_theirs() -> None:
    known, drawn = requests()
    cells = [
        [None if not drawn.is_figure(cell) else cell for cell in row] if number in (7, 8) else row
        for number, row in enumerate(drawn.cells)
    ]
    assert values(tables(notice("2021"), "requests", [table(cells)], FILE)) == known


def test_one_row_too_few_leaves_those_without_labels_unread() -> None:
    known, drawn = requests()
    cells = [
        [None if not drawn.is_figure(cell) else cell for cell in row] if number == 7 else row
        for number, row in enumerate(drawn.cells)
        if number != 8
    ]
    found = tables(notice("2021"), "requests", [table(cells)], FILE)
    assert {"requests.denied.state_secret", "requests.denied.prohibited_by_law"} == {*found.unread}
    assert values(found).items() <= known.items()


def test_only_the_fifteen_numbers_are_enough_for_table_four() -> None:
    numbers = [3, 1, 0, 2, 6, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1]
    found = tables(notice("2021"), "disputes", [rows("|".join(map(str, numbers)))], FILE)
    assert list(values(found).values()) == numbers
    assert not tables(notice("2021"), "disputes", [rows("|".join(map(str, numbers[1:])))], FILE).cells


def test_table_four_may_have_its_groups_as_rows() -> None:
    head = "|结果维持|结果纠正|其他结果|尚未审结|总计"
    found = tables(
        notice("2021"),
        "disputes",
        [rows(head, "行政复议|1|2|3|4|10", "未经复议直接起诉|0|0|0|5|5", "复议后起诉|0|1|0|0|1")],
        FILE,
    )
    assert list(values(found).values()) == [1, 2, 3, 4, 10, 0, 0, 0, 5, 5, 0, 1, 0, 0, 1]


def test_the_columns_of_another_order_are_read_by_their_labels() -> None:
    found = tables(
        notice("2021"), "proactive_disclosure", [rows("信息内容|现行有效件数|本年制发件数|本年废止件数", "规章|7|2|1")], FILE
    )
    assert values(found) == {
        f"proactive_disclosure.regulations.{name}": value for name, value in (("made", 2), ("repealed", 1), ("valid", 7))
    }
    assert "proactive_disclosure.licences" in found.unread


def test_an_amount_in_another_unit_is_not_read() -> None:
    found = tables(
        notice("2021"), "proactive_disclosure", [rows("信息内容|本年收费金额（单位：元）", "行政事业性收费|350000")], FILE
    )
    assert not found.cells
    assert "proactive_disclosure.fees" in found.unread


def test_two_tables_that_differ_are_not_read_where_they_do() -> None:
    known, drawn = requests()
    other = Drawn(notice("2021"), "requests", known | {"requests.new.business": known["requests.new.business"] + 1})
    found = tables(notice("2021"), "requests", [table(drawn.cells), table(other.cells)], FILE)
    assert list(found.unread) == ["requests.new.business"]
    assert "stands twice" in str(found.unread["requests.new.business"])


def test_a_blank_total_is_left_to_be_computed_and_other_blanks_are_zero() -> None:
    known, _ = requests()
    texts = {path: "" if path == "requests.carried_out" or not value else str(value) for path, value in known.items()}
    found = tables(notice("2021"), "requests", [table(Drawn(notice("2021"), "requests", texts).cells)], FILE)
    assert found.cells["requests.carried_out"].value is None
    assert values(found).items() <= known.items()
    assert not found.unread


def test_a_page_of_ours_is_read_by_what_it_says_of_its_cells() -> None:
    fields = [Field("3", path="disputes.review.upheld"), Field("4", path="disputes.review.corrected")]
    found = tables(notice("2021"), "disputes", [table([[*fields]])], FILE)
    assert values(found) == {"disputes.review.upheld": 3, "disputes.review.corrected": 4}


def test_captions_and_pieces_of_labels_are_no_sentences() -> None:
    _, drawn = requests()
    lines = [
        Line("全镇收到的申请都已答复。"),
        Line("表三 收到和处理政府信息公开申请情况"),
        Line("（单位：件）"),
        Line("商业企科研机"),
    ]
    behind = Line("注：本表含上年结转。")
    assert tables(notice("2021"), "requests", [*lines, table(drawn.cells), behind], FILE).rest == (lines[0], behind)


def test_another_table_is_left_and_not_read() -> None:
    other = rows("渠道|公开数量", "门户网站|31", "公众号|12")
    found = tables(notice("2021"), "proactive_disclosure", [Line("公开情况如下。"), other], FILE)
    assert not found.cells
    assert found.rest == (Line("公开情况如下。"), other)


def test_a_table_elsewhere_is_taken_where_the_section_has_none() -> None:
    known, drawn = requests()
    lines, away = [Line("详见附表。")], [Line("附表"), table(drawn.cells)]
    assert values(tables(notice("2021"), "requests", lines, FILE, everywhere=away)) == known
    assert not tables(notice("2021"), "disputes", lines, FILE, everywhere=away).cells


@pytest.mark.parametrize(
    ("text", "value", "remark"),
    [
        ("12", 12, ""), ("１２", 12, ""), ("1,234", 1234, ""), (" 12 件\n", 12, ""), ("约12", 12, "约"), ("22（其中修订16件）", 22, "其中修订16件"),
        ("", 0, ""), ("\xa0", 0, ""), ("-", 0, ""), ("——", 0, ""), ("/", 0, ""), ("无", 0, ""), ("○", 0, ""),
    ],
)  # fmt: skip
def test_figures_as_people_write_them(text: str, value: int, remark: str) -> None:
    read = figure(text, COUNT)
    assert (read.value, read.remark) == (value, remark)


@pytest.mark.parametrize("text", ["1 2", "1\n2", "007", "12（3）", "见网站", "1,23", "12²", "3.5元", "9" * 40, "１２3a"])
def test_what_is_no_number_beyond_doubt_is_none(text: str) -> None:
    assert figure(text, COUNT).kind == figure(text, AMOUNT).kind == "text"


def test_a_decimal_or_negative_count_is_left_to_the_rules() -> None:
    assert {figure(text, COUNT).kind for text in ("3.5", "-2")} == {"odd"}
    assert figure("3.5万元", AMOUNT).value == Decimal("3.5")
    assert figure("3.5元", AMOUNT).kind == "text"


def test_a_huge_table_of_nothing_is_left_quickly() -> None:
    cells: Cells = [[Field(str(row % 7)) for _ in range(40)] for row in range(500)]
    assert not tables(notice("2021"), "requests", [table(cells)], FILE).cells


def test_labels_may_be_lost_worn_or_broken_without_a_wrong_figure() -> None:
    for seed, harm in enumerate((added, broken, headless, nameless, turned, worn)):
        known, drawn = requests(seed)
        read = values(tables(notice("2021"), "requests", harmed(Random(seed), drawn, [harm]), FILE))
        assert read
        assert read.items() <= known.items()
