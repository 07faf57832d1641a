"""Tables that stand as text: what is read of them is what stands there; what cannot be told is said to be unread."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nianbao.plugins import standard as standard_of
from nianbao.standard import Standard
from nianbao_reader.blocks import Block, Field, Line, Table
from nianbao_reader.tables import Found
from nianbao_reader.tables.solving import agreed, combine, cuts
from nianbao_reader.tables.streams import read
from nianbao_reader.tables.words import leaves

STANDARD, OLD = standard_of("2021", Path()), standard_of("2019", Path())
Rows = list[list[int]]
HEAD = ["（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", "申请人情况", "自然人", "法人或其他组织", "总计",
        "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]  # fmt: skip
DISPUTES_HEAD = ["行政复议", "行政诉讼", *["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"], "未经复议直接起诉", "复议后起诉",
                 *["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"] * 2]  # fmt: skip
LABELS = [row.branch.label for row in leaves(STANDARD.grids["requests"][0], columns=False)]
GROUPS = {2: "三、本年度办理结果", 4: "（三）不予公开", 12: "（四）无法提供", 15: "（五）不予处理", 20: "（六）其他处理"}


def paths(section: str, standard: Standard = STANDARD) -> list[str]:
    return [path for grid in standard.grids[section] for path in grid.paths()]


def values(found: Found, section: str, standard: Standard = STANDARD) -> list[object]:
    """The figures of a section in reading order; None where one is not read."""
    cells = [found.cells.get(path) for path in paths(section, standard)]
    return [cell.value.value if cell and cell.value else None for cell in cells]


def of(section: str, *texts: str, standard: Standard = STANDARD) -> Found:
    return read(standard, section, [Line(text, f"{number}") for number, text in enumerate(texts, 1)], "芦河.txt")


def correct(seed: int) -> Rows:
    """A table three in which everything adds up."""
    chance = Random(seed)
    filled = chance.choice([0.1, 0.3, 0.6])

    def row(largest: int) -> list[int]:
        return [chance.randint(0, chance.choice([9, 99, largest])) if chance.random() < filled else 0 for _ in range(6)]

    inner, left = [row(9999) for _ in range(21)], row(30)
    total = [sum(column) for column in zip(*inner, strict=True)]
    carried = [chance.randint(0, min(99, a + b)) for a, b in zip(total, left, strict=True)]
    new = [a + b - c for a, b, c in zip(total, left, carried, strict=True)]
    return [[*row, sum(row)] for row in (new, carried, *inner, total, left)]


def labelled(rows: Rows) -> list[tuple[str, str, list[str]]]:
    return [
        (GROUPS.get(number, ""), label, [str(each) for each in row])
        for number, (label, row) in enumerate(zip(LABELS, rows, strict=True))
    ]


def a_row_a_line(rows: Rows) -> list[str]:
    return [" ".join(HEAD), *(f"{group}{label} {' '.join(row)}" for group, label, row in labelled(rows))]


def a_cell_a_line(rows: Rows) -> list[str]:
    return [*HEAD, *(text for group, label, row in labelled(rows) for text in (group, label, *row) if text)]


def all_in_one_line(rows: Rows) -> list[str]:
    return [" ".join(a_cell_a_line(rows))]


def run_together(rows: Rows) -> list[str]:
    return ["".join(a_cell_a_line(rows))]


def rows_run_together(rows: Rows) -> list[str]:
    return ["".join(HEAD), *(f"{group}{label}{''.join(row)}" for group, label, row in labelled(rows))]


def pipes(rows: Rows) -> list[str]:
    return [
        f"|{'|'.join(HEAD)}|",
        "|---|---|",
        *(f"| {group} | {label} | {' | '.join(row)} |" for group, label, row in labelled(rows)),
    ]


def a_pipe_a_line(rows: Rows) -> list[str]:
    return [text for cell in a_cell_a_line(rows) for text in ("|", cell)]


def zeros_left_empty(rows: Rows) -> list[str]:
    return [line.replace(" 0 ", "  ").replace(" 0 ", "  ") for line in pipes(rows)]


def zeros_as_dashes(rows: Rows) -> list[str]:
    return [" ".join("—" if word == "0" else word for word in line.split(" ")) for line in a_row_a_line(rows)]


def labels_broken(rows: Rows) -> list[str]:
    """As a text layer has them: a long label goes on below its figures; the labels of groups float between."""
    made = [" ".join(HEAD)]
    for group, label, row in labelled(rows):
        long = len(label) > 14 and not label.startswith(("一", "二"))
        made += [f"{label[:-6]}", " ".join(row), label[-6:]] if long else [f"{label} {' '.join(row)}"]
        made += [group[:4], "- 3 -", group[4:]] if group else []
    return [text for text in made if text]


FORMS = [a_row_a_line, a_cell_a_line, all_in_one_line, pipes, a_pipe_a_line, zeros_left_empty, zeros_as_dashes, labels_broken]
GLUED = [run_together, rows_run_together]
TABLES = st.integers(0, 2**32).map(correct)
quick = settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))


def expected(rows: Rows) -> list[object]:
    return [each for row in rows for each in row]


@pytest.mark.parametrize("form", FORMS)
@quick
@given(rows=TABLES)
def test_separate_figures_are_read_as_they_stand(form: Callable[[Rows], list[str]], rows: Rows) -> None:
    found = values(of("requests", *form(rows)), "requests")
    if form is zeros_left_empty:  # an empty total says nothing
        assert all(got == want or (got is None and want == 0) for got, want in zip(found, expected(rows), strict=True))
    else:
        assert found == expected(rows)


@pytest.mark.parametrize("form", [form for form in FORMS if form is not zeros_left_empty])
@quick
@given(rows=TABLES, at=st.tuples(st.integers(0, 24), st.integers(0, 6)), wrong=st.integers(0, 5000))
def test_a_mistake_in_separate_figures_is_read_as_it_stands(
    form: Callable[[Rows], list[str]], rows: Rows, at: tuple[int, int], wrong: int
) -> None:
    rows[at[0]][at[1]] = wrong
    assert values(of("requests", *form(rows)), "requests") == expected(rows)


@pytest.mark.parametrize("form", GLUED)
@quick
@given(rows=TABLES)
def test_run_together_figures_are_read_right_or_not_at_all(form: Callable[[Rows], list[str]], rows: Rows) -> None:
    found = of("requests", *form(rows))
    for path, got, want in zip(paths("requests"), values(found, "requests"), expected(rows), strict=True):
        assert got in (None, want), path


@pytest.mark.parametrize("form", GLUED)
@quick
@given(rows=TABLES, at=st.tuples(st.integers(0, 24), st.integers(0, 6)), wrong=st.integers(0, 5000))
def test_a_mistake_in_run_together_figures_stops_nothing(
    form: Callable[[Rows], list[str]], rows: Rows, at: tuple[int, int], wrong: int
) -> None:
    rows[at[0]][at[1]] = wrong
    found = of("requests", *form(rows))
    for path, value in zip(paths("requests"), values(found, "requests"), strict=True):
        told = any(path == gap or path.startswith(f"{gap}.") for gap in found.unread)
        assert value is not None or told, path


@quick
@given(rows=TABLES, drop=st.integers(0, 174), form=st.sampled_from([a_row_a_line, a_cell_a_line, all_in_one_line, labels_broken]))
def test_a_lost_figure_shifts_no_other(rows: Rows, drop: int, form: Callable[[Rows], list[str]]) -> None:
    """The row that lost one is unread, and no figure comes into another's place."""
    marked = [[each + 100_000 for each in row] for row in rows]
    lines = form(marked)
    tokens = [
        (number, word) for number, line in enumerate(lines) for word in line.split(" ") if word.isdecimal() and len(word) > 5
    ]
    number, word = tokens[drop]
    earlier = sum(1 for other, same in tokens[:drop] if other == number and same == word)
    words = lines[number].split(" ")
    del words[[at for at, each in enumerate(words) if each == word][earlier]]
    lines[number] = " ".join(words)
    found = values(of("requests", *[line for line in lines if line]), "requests")
    assert all(got in (None, want) for got, want in zip(found, expected(marked), strict=True))


@pytest.mark.parametrize("form", [a_row_a_line, pipes])
@quick
@given(lost=st.integers(0, 24), twice=st.integers(0, 24))
def test_a_row_lost_and_another_printed_twice_do_not_make_up_for_each_other(
    form: Callable[[Rows], list[str]], lost: int, twice: int
) -> None:
    marked = [[100_000 + 7 * row + column for column in range(7)] for row in range(25)]
    lines = [line for line in form(marked) for _ in range(2 if f" {marked[twice][0]} " in f" {line} " else 1)]
    lines = [line for line in lines if f" {marked[lost][0]} " not in f" {line} "]
    found = values(of("requests", *lines), "requests")
    assert all(got in (None, want) for got, want in zip(found, expected(marked), strict=True))


TYPICAL = [[0] * 7 for _ in range(25)]
TYPICAL[0], TYPICAL[1], TYPICAL[2] = [151, 3, 0, 0, 0, 0, 154], [12, 0, 0, 0, 0, 1, 13], [98, 2, 0, 0, 0, 0, 100]
TYPICAL[3], TYPICAL[12], TYPICAL[16] = [20, 0, 0, 0, 0, 0, 20], [30, 1, 0, 0, 0, 1, 32], [5, 0, 0, 0, 0, 0, 5]
TYPICAL[23], TYPICAL[24] = [153, 3, 0, 0, 0, 1, 157], [10, 0, 0, 0, 0, 0, 10]


@pytest.mark.parametrize("form", GLUED)
def test_a_usual_table_run_together_is_solved(form: Callable[[Rows], list[str]]) -> None:
    """Row sums, column sums and the balance leave one solution."""
    found = of("requests", *form(TYPICAL))
    assert values(found, "requests") == expected(TYPICAL)
    assert not found.unread


def test_labels_whose_numbers_lost_their_stop_are_still_told_from_figures() -> None:
    text = "".join(run_together(TYPICAL)).replace("1.", "1").replace("2.", "2").replace("3.", "3").replace("4.", "4")
    text = text.replace("5.", "5").replace("6.", "6").replace("7.", "7").replace("8.", "8")
    assert values(of("requests", text), "requests") == expected(TYPICAL)


def test_sentences_around_and_between_stay_sentences() -> None:
    lines = [*a_row_a_line(TYPICAL), "芦河镇的申请主要是征地补偿方面的，数量比上年增加12件。"]
    before = "2024年，芦河镇收到申请154件，都在法定期限内答复。"
    found = of("requests", before, *lines[:9], "下页续表，另有说明的事项写在后面。", *lines[9:])
    assert values(found, "requests") == expected(TYPICAL)
    assert [block.text for block in found.rest if isinstance(block, Line)] == [
        before,
        "下页续表，另有说明的事项写在后面。",
        lines[-1],
    ]


def test_a_sentence_behind_a_table_in_the_same_line_is_kept() -> None:
    found = of("requests", "".join(run_together(TYPICAL)) + "本镇没有发生收费的情形。")
    assert values(found, "requests") == expected(TYPICAL)
    assert [block.text for block in found.rest if isinstance(block, Line)] == ["本镇没有发生收费的情形。"]


def test_a_section_told_in_sentences_has_no_table() -> None:
    found = of("proactive_disclosure", "2024年，行政许可97件，行政处罚3件；行政强制0件。")
    assert found.in_text
    assert not found.cells
    assert not found.unread
    assert len(found.rest) == 1


def test_headings_that_are_labels_make_no_table_of_sentences() -> None:
    told = [
        "（一）规章和行政规范性文件",
        "芦河镇没有制定规章的权限，也没有制定行政规范性文件。",
        "（二）行政许可",
        "全年办理行政许可97件。",
    ]
    found = of("proactive_disclosure", *told)
    assert found.in_text
    assert not found.unread
    assert len(found.rest) == len(told)


def test_sentences_broken_over_printed_lines_stay_whole() -> None:
    before = ["芦河镇全年收到申请154件，上年结转", "13件。其中，予以公开100件，部分公开20件，无法提供", "32件。"]
    behind = ["申请主要涉及征地补偿，其中，予以公开", "100件，办结的都在期限以内。"]
    found = of("requests", *before, *a_row_a_line(TYPICAL), *behind)
    assert values(found, "requests") == expected(TYPICAL)
    assert [block.text for block in found.rest if isinstance(block, Line)] == [*before, *behind]


def test_figures_name_file_and_place() -> None:
    fact = of("requests", *a_row_a_line(TYPICAL)).cells["requests.new.natural_person"].value
    assert fact
    assert fact.origin
    assert fact.origin.where == "芦河.txt:2"


def test_table_blocks_are_read_as_their_cells_in_order() -> None:
    rows = [
        tuple(Field(text, f"表1 第{n}行") for text in (label, *row)) for n, (_, label, row) in enumerate(labelled(TYPICAL), 1)
    ]
    blocks: Sequence[Block] = [Table((row,)) for row in rows]
    found = read(STANDARD, "requests", blocks, "芦河.docx")
    assert values(found, "requests") == expected(TYPICAL)
    assert not found.rest


TWO = ["第二十条第（一）项", "信息内容 本年制发件数 本年废止件数 现行有效件数", "规章 0 0 7", "行政规范性文件 2（其中修订1件） 0 5", "第二十条第（五）项",
       "信息内容 本年处理决定数量", "行政许可 97", "第二十条第（六）项", "信息内容 本年处理决定数量", "行政处罚 1,234", "行政强制 -",
       "第二十条第（八）项", "信息内容 本年收费金额（单位：万元）", "行政事业性收费 4068.208"]  # fmt: skip


def test_section_two_is_read_by_its_labels() -> None:
    found = of("proactive_disclosure", *TWO)
    assert values(found, "proactive_disclosure") == [0, 0, 7, 2, 0, 5, 97, 1234, 0, Decimal("4068.208")]
    assert found.cells["proactive_disclosure.normative_documents.made"].remark == "(其中修订1件)"
    assert found.cells["proactive_disclosure.coercion"].text == "-"


def test_a_label_that_lost_its_beginning_is_known_by_its_end() -> None:
    found = of("proactive_disclosure", *TWO[:3], "规范性文件 13 0 55", *TWO[4:])
    assert values(found, "proactive_disclosure")[:6] == [0, 0, 7, 13, 0, 55]


def test_a_row_that_the_format_does_not_have_is_left_out() -> None:
    found = of("proactive_disclosure", *TWO[:3], "党组文件 13 0 55", *TWO[3:7], "其中涉企许可 12", *TWO[7:])
    assert values(found, "proactive_disclosure") == [0, 0, 7, 2, 0, 5, 97, 1234, 0, Decimal("4068.208")]
    extra = a_row_a_line(TYPICAL)
    extra[5:5] = ["其中涉企的申请 1 1 1 1 1 1 6"]
    assert values(of("requests", *extra), "requests") == expected(TYPICAL)


def test_digits_run_together_that_no_equation_cuts_are_unread() -> None:
    found = of("proactive_disclosure", "".join(TWO[:2]), "规章007", "行政规范性文件7777166", *TWO[4:])
    assert values(found, "proactive_disclosure")[:7] == [0, 0, 7, None, None, None, 97]
    assert [str(why).split(":")[0] for why in found.unread.values()] == ["芦河.txt"]


COUNT = st.integers(0, 4000) | st.just(0)


@quick
@given(
    six=st.lists(COUNT, min_size=6, max_size=6), three=st.lists(COUNT, min_size=3, max_size=3), fee=st.decimals(0, 9999, places=3)
)
def test_section_two_is_read_right_in_every_form(six: list[int], three: list[int], fee: Decimal) -> None:
    want = [*six, *three, fee]
    lines = [TWO[0], TWO[1], f"规章 {six[0]} {six[1]} {six[2]}", f"行政规范性文件 {six[3]} {six[4]} {six[5]}", *TWO[4:6], f"行政许可 {three[0]}",
             *TWO[7:9], f"行政处罚 {three[1]}", f"行政强制 {three[2]}", *TWO[11:13], f"行政事业性收费 {fee}"]  # fmt: skip
    for form in (lines, " ".join(lines).split(), [" ".join(lines)], [f"| {' | '.join(line.split())} |" for line in lines]):
        assert values(of("proactive_disclosure", *form), "proactive_disclosure") == want
    glued = values(of("proactive_disclosure", "".join(lines).replace(" ", "")), "proactive_disclosure")
    assert all(got in (None, right) for got, right in zip(glued, want, strict=True))
    assert glued[6:] == want[6:]


@quick
@given(groups=st.lists(st.lists(st.integers(0, 120) | st.just(0), min_size=4, max_size=4), min_size=3, max_size=3))
def test_section_four_run_together_is_read_right_or_not_at_all(groups: list[list[int]]) -> None:
    want = [each for group in groups for each in (*group, sum(group))]
    found = values(of("disputes", "".join(DISPUTES_HEAD) + "".join(map(str, want))), "disputes")
    assert all(got in (None, right) for got, right in zip(found, want, strict=True))


@pytest.mark.parametrize(
    ("line", "path"),
    [
        ("行政许可 其中涉企 12 总数 97", "licences"),
        ("行政许可 上年 90 本年 97", "licences"),
        ("行政许可 97 3", "licences"),
        ("12 行政许可", "licences"),
        ("行政许可 行政处罚 3", "licences"),
        ("规章 现行有效件数 11 本年制发件数 2 本年废止件数 0", "regulations.made"),
        ("行政事业性收费 40682元", "fees"),
    ],
)
def test_figures_that_may_be_anothers_are_not_taken(line: str, path: str) -> None:
    found = of("proactive_disclosure", line)
    assert f"proactive_disclosure.{path}" not in {path for path, cell in found.cells.items() if cell.value}


FOUR = [1, 0, 0, 2, 3, 0, 0, 0, 0, 0, 4, 0, 11, 0, 15]


@pytest.mark.parametrize(
    "texts",
    [
        [" ".join(DISPUTES_HEAD), " ".join(map(str, FOUR))],
        [*DISPUTES_HEAD, *map(str, FOUR)],
        [" ".join(DISPUTES_HEAD), " ".join(map(str, FOUR)), "12"],
        ["行政复议 1 0 0 2 3", "行政诉讼", "未经复议直接起诉 0 0 0 0 0", "复议后起诉 4 0 11 0 15"],
    ],
)
def test_section_four_in_its_forms(texts: list[str]) -> None:
    assert values(of("disputes", *texts), "disputes") == FOUR


def test_section_four_run_together_is_read_as_far_as_its_sums_leave_one_way() -> None:
    found = of("disputes", "".join(DISPUTES_HEAD) + "".join(map(str, FOUR)))
    assert values(found, "disputes") == [*FOUR[:12], None, None, 15]  # 4 + 0 + 1 + 10 is 15 too
    assert len(found.unread) == 2


def test_section_four_with_its_columns_as_rows_is_unread() -> None:
    found = of(
        "disputes",
        "行政复议 未经复议直接起诉 复议后起诉",
        "结果维持 1 0 4",
        "结果纠正 0 0 0",
        "其他结果 0 0 11",
        "尚未审结 2 0 0",
        "总计 3 0 15",
    )
    assert not found.cells
    assert "disputes" in found.unread


def test_the_format_of_2019_is_read_by_its_own_labels() -> None:
    text = "第二十条第（八）项信息内容上一年项目数量本年增/减行政事业性收费35-15第二十条第（九）项信息内容采购项目数量采购总金额政府集中采购 39 5780.90"
    found = values(of("proactive_disclosure", text, standard=OLD), "proactive_disclosure", OLD)
    assert found[-4:] == [35, -15, 39, Decimal("5780.90")]
    assert set(found[:-4]) == {None}


def test_cuts_are_all_ways_that_add_up() -> None:
    assert cuts(["15130000154"], 7, [(-1, -1, -1, -1, -1, -1, 1)]) == [(151, 3, 0, 0, 0, 0, 154)]
    assert cuts(["007"], 3) == [(0, 0, 7)]
    assert len(cuts(["7777"], 3)) == 3
    assert combine([[(1, 2), (2, 1)], [(2, 1)]], [(1, -1)]) == [[(2, 1)], [(2, 1)]]
    assert combine([[(1, 2)], [(2, 1)]], [(1, -1)]) == [[], []]
    assert agreed([(1, 2), (1, 3)], 2) == (1, None)


@pytest.mark.parametrize(
    "texts",
    [
        ["一、本年新收政府信息公开申请数量" + "1" * 10_000],
        [f"{label}{'123456789' * 6}" for label in LABELS],
        [f"{label}{'1' * 40}" for label in LABELS],
        [f"{label}{'10' * 12}22" for label in LABELS],
        ["其他 总计 " * 20_000],
        ["其他1" * 40_000],
        ["1 " * 90_000, *LABELS],
        ["(" * 90_000 + "1" + "(其" * 20_000],
        ["1," * 50_000, "三 " * 20_000],
        ["一、本年新收政府信息公开申请" * 10_000],
        ["|" * 100_000],
        ["\n" * 100_000],
        ["行政复议 行政诉讼 未经复议直接起诉" + "总计1" * 16_000],
        ["1"] * 50_000,
        ["规章", *["甲"] * 49_000],
        ["行政复议" + "0" * 15 + "9" * 10_000],
        ["9" * 300_000],
        ["٣٤٥", "①②③", "\0\0", "𝟙𝟚"],
        [],
    ],
)
def test_hostile_text_is_left_unread_at_once(texts: list[str]) -> None:
    start = time.process_time()
    for section in ("requests", "disputes", "proactive_disclosure"):
        assert not [
            cell for cell in of(section, *texts).cells.values() if cell.value and int(str(cell.value.value)) > 999_999_999
        ]
    assert time.process_time() - start < 8


def test_the_mark_of_a_footnote_is_no_digit() -> None:
    found = of("proactive_disclosure", "规章 0 0 19①", "行政规范性文件 2 1 7")
    assert found.cells["proactive_disclosure.regulations.valid"].value.value in (19, None)  # type: ignore[union-attr]
    assert found.cells["proactive_disclosure.normative_documents.valid"].value.value == 7  # type: ignore[union-attr]


def test_a_label_broken_over_lines_makes_no_empty_cell_of_the_lines_between_others() -> None:
    """Each cell has an empty line before it; labels are cut in two lines that have none between."""
    cells = ["第二十条\n第（五）项", "信息内容", "本年处理\n决定数量", "行政许可", "155",
             "第二十条\n第（六）项", "信息内容", "本年处理\n决定数量", "行政处罚", "275", "行政强制", "31"]  # fmt: skip
    lines = [Line(text, "1", gap=int(not number)) for cell in cells for number, text in enumerate(cell.split("\n"))]
    found = read(STANDARD, "proactive_disclosure", lines, "芦河.txt")
    told = {path.rpartition(".")[2]: cell.value.value for path, cell in found.cells.items() if cell.value}
    assert told == {"licences": 155, "penalties": 275, "coercion": 31}


def test_a_page_number_between_a_label_and_its_figure_is_not_taken_for_it() -> None:
    lines = ["第二十条第（六）项", "信息内容", "本年处理决定数量", "行政处罚", "8", "行政强制", "3", "0"]
    found = of("proactive_disclosure", *lines)
    assert "proactive_disclosure.coercion" not in found.cells
    assert found.unread


def test_a_figure_below_a_row_that_lacks_one_does_not_complete_it() -> None:
    found = of(
        "proactive_disclosure",
        "第二十条第（一）项",
        "信息内容 本年制发件数 本年废止件数 现行有效件数",
        "规章 0 0 6",
        "行政规范性文件 14 2",
        "3",
    )
    assert not any("normative_documents" in path for path in found.cells)


def test_a_number_in_brackets_behind_a_figure_is_no_figure_of_its_own() -> None:
    rows = [["7", "0", "0", "0", "0", "0", "7"] for _ in LABELS]
    rows[14] = ["245[1]", "315", "0", "104", "0", "210", "874"]
    found = of("requests", *HEAD, *(text for label, row in zip(LABELS, rows, strict=True) for text in (label, *row)))
    read_row = values(found, "requests")[14 * 7 : 15 * 7]
    assert read_row == [None, 315, 0, 104, 0, 210, 874]


@pytest.mark.parametrize("strange", ["×", "o", "*"])
def test_a_sign_that_nobody_knows_is_a_cell_all_the_same(strange: str) -> None:
    rows = [["7", "0", "0", "0", "0", "0", "7"] for _ in LABELS]
    rows[3] = [strange, "2", strange, "1", "0", "0", "3"]
    found = of("requests", *HEAD, *(text for label, row in zip(LABELS, rows, strict=True) for text in (label, *row)))
    assert values(found, "requests")[21:28] == [None, 2, None, 1, 0, 0, 3]


def test_figures_with_their_unit_beside_a_piece_of_a_label_are_no_sentence() -> None:
    lines = [*HEAD, *(f"{label} 0件 0件 0件 0件 0件 0件 0件" for label in LABELS)]
    at = len(HEAD) + 3
    lines[at : at + 1] = ["（二）部分公开（区分处理", "的，只计这一情形，不计其 0件 0件 0件 0件 0件 0件 0件", "他情形）"]
    assert values(of("requests", *lines), "requests") == [0] * 175
