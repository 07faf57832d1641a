"""Every sentence of a section is told once, in order, under the heading it stands under."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from nianbao import Reading, Told
from nianbao.finished import edition_of, report_of
from nianbao.plugins import standard
from nianbao_reader.blocks import Block, Content, Field, Line, Table
from nianbao_reader.outline import outline
from nianbao_reader.prose import told

LATEST = standard("2021", Path())


def lines(*texts: str) -> list[Block]:
    return [Line(text, f"报告.txt:{at}") for at, text in enumerate(texts, 1)]


def read(*texts: str, section: str = "overview", wrapped: bool = False) -> list[Told]:
    return list(told(LATEST, section, lines(*texts), wrapped=wrapped))


def pairs(found: list[Told]) -> list[tuple[str, str]]:
    return [(each.title, each.text) for each in found]


def test_a_heading_may_stand_alone_or_have_its_text_behind() -> None:
    found = read(
        "全镇公开信息。",
        "（一）主动公开。发了12条。",
        "（二）依申请公开情况",
        "没有收到。",
        "都办结了。",
        "（三）平台建设：建了一个。",
    )
    assert pairs(found) == [
        ("", "全镇公开信息。"),
        ("主动公开", "发了12条。"),
        ("依申请公开情况", "没有收到。\n都办结了。"),
        ("平台建设", "建了一个。"),
    ]
    assert [each.heading for each in found] == ["", "（一）主动公开。", "（二）依申请公开情况", "（三）平台建设："]
    assert [each.place for each in found] == ["报告.txt:1", "报告.txt:2", "报告.txt:3", "报告.txt:6"]


@pytest.mark.parametrize(
    "number", [["一、", "二、"], ["（一）", "（二）"], ["(一)", "(二)"], ["1.", "2."], ["1、", "2、"], ["（1）", "（2）"]]
)
def test_the_highest_numbers_of_a_section_make_its_headings(number: list[str]) -> None:
    found = read(f"{number[0]}主动公开情况", "甲。", f"{number[1]}监督保障情况", "乙。")
    assert pairs(found) == [("主动公开情况", "甲。"), ("监督保障情况", "乙。")]


def test_deeper_numbers_stay_in_the_text() -> None:
    found = read("（一）主动公开", "1.门户网站。发了3条。", "2.公众号。发了5条。", "（二）监督保障", "一是检查。二是考核。")
    assert pairs(found) == [("主动公开", "1.门户网站。发了3条。\n2.公众号。发了5条。"), ("监督保障", "一是检查。二是考核。")]


def test_sentences_that_are_numbered_are_no_headings() -> None:
    assert pairs(read("一是完善制度。", "二是加强培训。")) == [("", "一是完善制度。\n二是加强培训。")]
    found = read("1.全年举办培训班3次，参加培训的有120人次。", "2.全年检查各单位网页9次，发现的都改了。")
    assert [each.title for each in found] == [""]


def test_headings_that_the_file_marks_need_no_number() -> None:
    found = list(
        told(
            LATEST,
            "overview",
            [Line("主动公开", level=3), Line("（一）网站。发了3条。"), Line("培训", level=3), Line("办了班。")],
            wrapped=False,
        )
    )
    assert pairs(found) == [("主动公开", "（一）网站。发了3条。"), ("培训", "办了班。")]


def test_a_line_that_is_a_known_title_is_a_heading() -> None:
    assert pairs(read("主动公开情况", "甲。", "监督保障", "乙。")) == [("主动公开情况", "甲。"), ("监督保障", "乙。")]


def test_several_parts_in_one_line_are_told_apart() -> None:
    found = read("（一）存在的问题：人手不够。（二）改进措施：已经补上。另有（三）项工作。", section="improvements")
    assert pairs(found) == [("存在的问题", "人手不够。"), ("改进措施", "已经补上。另有（三）项工作。")]


@pytest.mark.parametrize("wrapped", [False, True])
@pytest.mark.parametrize(
    "text", ["甲。（一）主动公开。" * 5_000, "（一）" * 50_000, "一、" * 100_000, "。" * 300_000, " " * 300_000]
)
def test_endless_lines_are_told_in_time(text: str, wrapped: bool) -> None:
    found = read(text, wrapped=wrapped)
    assert "".join(each.heading + each.text for each in found) == text.strip()


def test_endless_paragraphs_are_told_in_time() -> None:
    found = read(*["（一）主动公开", "发了信息"] * 5_000, wrapped=True)
    assert len(found) == 5_000


def test_titles_are_cleaned_and_headings_are_as_printed() -> None:
    (found,) = read("（ 三 ） 平 台 建 设：", "建好了。")
    assert (found.title, found.heading, found.text) == ("平台建设", "（ 三 ） 平 台 建 设：", "建好了。")
    (found,) = read("(五)監督保障(zhàng)情況", "都查了。")
    assert (found.title, found.heading) == ("监督保障情况", "(五)監督保障(zhàng)情況")


def test_printed_lines_become_paragraphs() -> None:
    found = read(
        "　　本镇全年主动公开各类信息，内容包括工作",
        "动态、通知公告和财政预决算，都在网站 new",
        "media 上发布。",
        "　　群众可以随时查阅，也可以到镇政府的大厅",
        "- 1 -",
        "查阅。",
        "（一）监督保障情况",
        "每个季度检查一次，发现的问题都按时改正，没有",
        "责任追究的情况。",
        wrapped=True,
    )
    assert (
        pairs(found)[0][1].split("\n")[0]
        == "本镇全年主动公开各类信息，内容包括工作动态、通知公告和财政预决算，都在网站 new media 上发布。"
    )
    assert pairs(found)[1] == ("监督保障情况", "每个季度检查一次，发现的问题都按时改正，没有责任追究的情况。")


def test_numbers_at_the_foot_of_a_page_are_no_text() -> None:
    (found,) = read("本镇全年主动公开各类信息，内容包括工作动态和通知", "7", "公告。", wrapped=True)
    assert found.text == "本镇全年主动公开各类信息，内容包括工作动态和通知公告。"


def test_an_empty_line_parts_paragraphs_unless_a_page_ends_there() -> None:
    (found,) = read(
        "本镇全年主动公开各类信息，包括工作", "", "动态和公告，内容都经过审查才发布。", "", "另有三条。", wrapped=True
    )
    assert found.text == "本镇全年主动公开各类信息，包括工作动态和公告，内容都经过审查才发布。\n另有三条。"


def test_short_paragraphs_stay_apart_where_lines_of_the_file_are_known_to_be_longer() -> None:
    blocks = lines("全年没有收费。", "全年没有提案。", "（一）代表建议办理结果公开情况", "全年公开答复四件。")
    found = list(told(LATEST, "other_matters", blocks, wrapped=True, full=28))
    assert pairs(found) == [("", "全年没有收费。\n全年没有提案。"), ("代表建议办理结果公开情况", "全年公开答复四件。")]


def test_signatures_keep_lines_of_their_own() -> None:
    found = read(
        "没有其他需要报告的事项，本报告由办公室解释。", "芦河镇人民政府", "2025年1月10日", section="other_matters", wrapped=True
    )
    assert found[-1].text.split("\n")[1:] == ["芦河镇人民政府", "2025年1月10日"]


def test_what_is_known_of_spans_goes_along_when_lines_are_cut_and_joined() -> None:
    blocks = [
        Line("（一）主动公开。发布 12 条，", "甲", 0, {(11, 13): "overview.条"}),
        Line("  办结34件。", "乙", 0, {(4, 6): "requests.total"}),
    ]
    for wrapped in (False, True):
        (found,) = told(LATEST, "overview", blocks, wrapped=wrapped)
        assert {found.text[a:b]: path for (a, b), path in found.figures.items()} == {"12": "overview.条", "34": "requests.total"}


def test_a_table_of_ones_own_is_told_a_row_a_line() -> None:
    wide = Field("渠道")
    table = Table(((wide, wide, Field("条")), (Field("网站"), Field(""), Field("31", path="overview.网站"))))
    (found,) = told(LATEST, "overview", [Line("分渠道如下："), table, Line("都已公开。")], wrapped=False)
    assert found.text == "分渠道如下：\n渠道 条\n网站 31\n都已公开。"
    assert {found.text[a:b]: path for (a, b), path in found.figures.items()} == {"31": "overview.网站"}


def test_what_stands_behind_a_table_is_its_note() -> None:
    before, table, behind = Line("情况见下表。"), Table(((Field("1"),),)), Line("数据截至年底。")
    found = told(LATEST, "requests", [before, behind], wrapped=False, whole=[before, table, behind])
    assert pairs(list(found)) == [("", "情况见下表。"), ("表注", "数据截至年底。")]


def test_a_note_is_known_by_its_word_where_no_table_was_read() -> None:
    assert pairs(read("没有收到申请。", "注：数据截至年底。", section="requests")) == [
        ("", "没有收到申请。"),
        ("表注", "注：数据截至年底。"),
    ]
    assert pairs(read("没有收到申请。", section="requests")) == [("", "没有收到申请。")]


WORDS = some.lists(some.sampled_from("甲乙丙丁镇公开信息条件网站、，“”（）12 3一二A是"), min_size=4, max_size=90).map("".join)
SENTENCE = WORDS.map(lambda text: f"本镇{text.strip()}。")
NUMBERS = some.sampled_from([("（", "）"), ("", "、")])
TITLES = ["主动公开情况", "依申请公开情况", "加强培训", "其他渠道"]
HEADINGS = [
    "总体情况",
    "主动公开政府信息情况",
    "收到和处理政府信息公开申请情况",
    "政府信息公开行政复议、行政诉讼情况",
    "存在的主要问题及改进情况",
    "其他需要报告的事项",
]


@some.composite
def reports(draw: some.DrawFn) -> list[str]:
    """The paragraphs of a report of some town, headings among them."""
    left, right = draw(NUMBERS) if draw(some.booleans()) else ("（", "）")
    parts = draw(some.sampled_from(["alone", "run-in", "none"]))
    told = ["芦河镇2024年政府信息公开工作年度报告", *draw(some.lists(SENTENCE, min_size=1, max_size=2))]
    for number, heading in zip("一二三四五六", HEADINGS, strict=True):
        told += [f"{number}、{heading}", *draw(some.lists(SENTENCE, max_size=2))]
        for deeper, title in (
            zip("一二三四", TITLES, strict=False) if parts != "none" and heading in (HEADINGS[0], HEADINGS[4]) else ()
        ):
            text = draw(SENTENCE)
            told += [f"{left}{deeper}{right}{title}。{text}"] if parts == "run-in" else [f"{left}{deeper}{right}{title}", text]
    return told


def retold(content: Content) -> str:
    found = outline(content, "报告.txt")
    said = found.title
    for key, section in found.sections.items():
        said += section.heading
        for each in told(found.standard, key, section.blocks, wrapped=content.wrapped):
            said += each.heading + each.text
    return "".join(said.split())


@settings(max_examples=60, deadline=None)
@given(reports())
def test_nothing_is_lost_nothing_told_twice_and_the_order_is_kept(report: list[str]) -> None:
    assert retold(Content(tuple(Line(text) for text in report))) == "".join("".join(report).split())


@settings(max_examples=60, deadline=None)
@given(reports(), some.integers(24, 40))
def test_nothing_is_lost_where_lines_are_printed_ones(report: list[str], width: int) -> None:
    printed = [Line(text[at : at + width]) for text in report for at in range(0, len(text), width)]
    assert retold(Content(tuple(printed), wrapped=True)) == "".join("".join(report).split())


def test_a_part_is_known_by_its_name_whatever_is_written_behind_it() -> None:
    parts = [Told("overview", title, "甲。") for title in ("主动公开方面", "监督保障工作情况", "主动公开亮点")]
    report = Reading("报告.txt", "芦河镇", "镇", 2024, LATEST, told=tuple(parts))
    found = [part.path for part in report_of(report, edition_of(report)).parts["overview"]]
    assert found == ["overview.proactive", "overview.supervision", "overview.“主动公开亮点”"]


def test_a_known_heading_that_runs_in_needs_no_number() -> None:
    found = read("全局做了工作。", "政府信息主动公开情况。发了12条。", "依申请公开方面：没有收到。", "平台建设。建了一个。")
    assert pairs(found) == [
        ("", "全局做了工作。"),
        ("政府信息主动公开情况", "发了12条。"),
        ("依申请公开方面", "没有收到。"),
        ("平台建设", "建了一个。"),
    ]
    assert pairs(read("主动公开，是本职。", "网站建设。建了一个。")) == [("", "主动公开，是本职。\n网站建设。建了一个。")]


def test_a_heading_may_be_a_member_of_a_list() -> None:
    found = read("一是主动公开情况。", "发了12条。", "二是依申请公开情况。", "一是登记。二是答复。")
    assert [(each.title, each.heading, each.text) for each in found] == [
        ("主动公开情况", "一是主动公开情况。", "发了12条。"),
        ("依申请公开情况", "二是依申请公开情况。", "一是登记。二是答复。"),
    ]
