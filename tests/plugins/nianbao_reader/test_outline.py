"""A report's sections, title, body and year are found however a file has them; what is no report is refused."""

from __future__ import annotations

import pytest

from nianbao import FileError
from nianbao_reader.blocks import Content, Field, Line, Table
from nianbao_reader.outline import Outline, outline

SECTIONS = ["overview", "proactive_disclosure", "requests", "disputes", "improvements", "other_matters"]
TITLES = [
    "总体情况",
    "主动公开政府信息情况",
    "收到和处理政府信息公开申请情况",
    "政府信息公开行政复议、行政诉讼情况",
    "存在的主要问题及改进情况",
    "其他需要报告的事项",
]
NUMBERED = [f"{number}、{title}" for number, title in zip("一二三四五六", TITLES, strict=True)]
PREAMBLE = "本报告按条例编制，数据统计期限自2024年1月1日起至2024年12月31日止。"
TEXTS = [f"芦河镇这一部分写了第{at}段话。" for at in "甲乙丙丁戊己"]


def content(*lines: str, **more: object) -> Content:
    return Content(tuple(Line(text, f"报告.txt:{at}") for at, text in enumerate(lines, 1)), **more)  # type: ignore[arg-type]


def report(headings: list[str] = NUMBERED, title: str = "芦河镇2024年政府信息公开工作年度报告") -> list[str]:
    told = [line for heading, text in zip(headings, TEXTS, strict=True) for line in (*heading.split("\n"), text)]
    return [*title.split("\n"), PREAMBLE, *told]


def read(*lines: str, **more: object) -> Outline:
    return outline(content(*lines, **more), "报告.txt")


def said(found: Outline, section: str) -> str:
    return "".join(block.text for block in found.sections[section].blocks if isinstance(block, Line))


def test_a_plain_report_is_read_section_by_section() -> None:
    found = read(*report())
    assert (found.standard.name, found.name, found.level, found.year) == ("2021", "芦河镇", "镇", 2024)
    assert list(found.sections) == ["preamble", *SECTIONS]
    assert [found.sections[key].heading for key in SECTIONS] == NUMBERED
    assert [said(found, key) for key in SECTIONS] == TEXTS
    assert said(found, "preamble") == PREAMBLE
    assert found.sections["requests"].place == "报告.txt:7"


@pytest.mark.parametrize(
    "form",
    [
        "{}",
        "{}（文字描述）",
        "{}：",
        "## {}",
        "**{}**",
        "  {}  ",
    ],
)
def test_headings_are_found_in_every_form(form: str) -> None:
    found = read(*report([form.format(heading) for heading in NUMBERED]))
    assert [said(found, key) for key in SECTIONS] == TEXTS


@pytest.mark.parametrize(
    "number",
    [["1.", "2.", "3.", "4.", "5.", "6."], ["（一）", "（二）", "（三）", "（四）", "（五）", "（六）"], [""] * 6,
     ["第一部分 ", "第二部分 ", "第三部分 ", "第四部分 ", "第五部分 ", "第六部分 "]],
)  # fmt: skip
def test_headings_are_found_with_any_number_or_none(number: list[str]) -> None:
    headings = [one + title for one, title in zip(number, TITLES, strict=True)]
    found = read(*report(headings))
    assert [found.sections[key].heading for key in SECTIONS] == [heading.strip() for heading in headings]


def test_a_heading_may_break_over_lines_have_spaces_and_lose_letters() -> None:
    headings = [*NUMBERED]
    headings[0] = "一 、 总 体 情 况"
    headings[2] = "三、收到和处理政府信息公开\n申请情况"
    headings[3] = "四、政府信息公开\n行政复议、行政\n诉讼情况"
    headings[4] = "五、存在主要问题及改进情况"
    found = read(*report(headings))
    assert [said(found, key) for key in SECTIONS] == TEXTS
    assert found.sections["disputes"].heading == NUMBERED[3]


def test_a_title_of_ones_own_is_found_by_its_number_between_its_neighbours() -> None:
    found = read(*report([*NUMBERED[:3], "四、行政复议与行政诉讼", *NUMBERED[4:]]))
    assert found.sections["disputes"].heading == "四、行政复议与行政诉讼"


def test_wrong_numbers_stay_as_they_are_printed() -> None:
    headings = [*NUMBERED[:3], "三、政府信息公开行政复议、行政诉讼情况", *NUMBERED[4:]]
    assert read(*report(headings)).sections["disputes"].heading == headings[3]


def test_a_whole_report_in_one_line_is_cut_at_its_headings() -> None:
    found = read("".join(report()))
    assert found.title == "芦河镇2024年政府信息公开工作年度报告"
    assert [said(found, key) for key in ["preamble", *SECTIONS]] == [PREAMBLE, *TEXTS]


def test_text_may_follow_a_heading_in_its_line() -> None:
    found = read("芦河镇2024年政府信息公开工作年度报告", *(f"{h}。{t}" for h, t in zip(NUMBERED, TEXTS, strict=True)))
    assert [said(found, key) for key in SECTIONS] == TEXTS


def test_traditional_letters_and_radicals_are_read() -> None:
    found = read(*report(["一、總體情況", "二、主動公開政府信息情況", "三、收到和處理(lǐ)政府信息公開申請情況", "四、政府信息公開行政復(fù)議、行政訴訟情況",
                          "五、存在的主要問題及改進情況", "六、其他需要報告的事項"], "芦河鎮(zhèn)⼈⺠政府2024年政府信息公開工作年度報告"))  # fmt: skip
    assert [said(found, key) for key in SECTIONS] == TEXTS
    assert (found.name, found.level) == ("芦河镇人民政府", "镇")


def test_a_sentence_that_lists_the_titles_is_no_heading() -> None:
    listed = f"本报告由{'、'.join(TITLES)}六部分组成。"
    numbered = f"全文包括{'，'.join(NUMBERED)}，共六部分，数据都由本镇各办公室统计核对以后填写完成。"
    lines = report()
    found = read(lines[0], listed, numbered, *lines[1:])
    assert [said(found, key) for key in SECTIONS] == TEXTS
    assert said(found, "preamble") == listed + numbered + PREAMBLE


@pytest.mark.parametrize("leader", ["", "……1", "........ 12"])
def test_a_table_of_contents_is_none_of_the_report(leader: str) -> None:
    lines = report()
    found = read(lines[0], "目 录", *(heading + leader for heading in NUMBERED), *lines[1:])
    assert [said(found, key) for key in ["preamble", *SECTIONS]] == [PREAMBLE, *TEXTS]


def test_a_caption_that_repeats_the_title_stays_in_its_section() -> None:
    lines = report()
    at = lines.index(NUMBERED[2]) + 1
    found = read(*lines[:at], "表三：收到和处理政府信息公开申请情况", *lines[at:])
    assert said(found, "requests") == "表三：收到和处理政府信息公开申请情况" + TEXTS[2]


def test_section_one_may_have_numbered_chapters_before_the_numbers_start_again() -> None:
    lines = report()
    at = lines.index(NUMBERED[1])
    chapters = ["二、组织保障", "设专人。", "三、主动公开工作", "都公开了。", "四、公开申请情况", "收到若干。"]
    again = [f"{number}、{title}" for number, title in zip("一二三四五", TITLES[1:], strict=True)]
    rest = [again[NUMBERED.index(line) - 1] if line in NUMBERED else line for line in lines[at:]]
    found = read(*lines[:at], *chapters, *rest)
    assert said(found, "overview") == TEXTS[0] + "".join(chapters)
    assert [found.sections[key].heading for key in SECTIONS[1:]] == again


def test_a_missing_section_stays_missing_and_one_out_of_order_is_read() -> None:
    headings, texts = [NUMBERED[0], NUMBERED[3], NUMBERED[2], NUMBERED[5]], [TEXTS[0], TEXTS[3], TEXTS[2], TEXTS[5]]
    found = read("芦河镇2024年政府信息公开工作年度报告", *(line for pair in zip(headings, texts, strict=True) for line in pair))
    assert list(found.sections) == ["overview", "disputes", "requests", "other_matters"]
    assert said(found, "disputes") == TEXTS[3]


@pytest.mark.parametrize(
    ("title", "name", "level"),
    [
        ("芦河镇人民政府2024年政府信息公开工作年度报告", "芦河镇人民政府", "镇"),
        ("2024年芦河镇政府信息公开年度报告", "芦河镇", "镇"),
        ("禾山市卫生健康委员会\n2024 年政府信息公开工作\n年度报告", "禾山市卫生健康委员会", "部门"),
        ("禾山市水务局关于2024年度政府信息公开工作情况的报告", "禾山市水务局", "部门"),
        ("2024年度禾山县政府信息公开工作年报", "禾山县", "县"),
        ("禾山市人民政府\n2024年政府信息公开工作年度报告", "禾山市人民政府", "市"),
        ("东湾街道办事处二〇二四年政府信息公开工作年度报告", "东湾街道办事处", "街道"),
        ("禾山经济开发区管委会2024年政府信息公开工作年度报告", "禾山经济开发区管委会", "部门"),
        ("禾山综合实验区2024年政府信息公开工作年度报告", "禾山综合实验区", ""),
        ("禾山区2024年度政务公开工作年度报告（全文）", "禾山区", "区"),
        ("2024年政府信息公开工作年度报告", "", ""),
    ],
)
def test_the_title_tells_whose_report_of_which_year_it_is(title: str, name: str, level: str) -> None:
    found = read(*report(title=title))
    assert (found.name, found.level, found.year) == (name, level, 2024)
    assert said(found, "preamble") == PREAMBLE


def test_the_files_own_title_helps_where_the_text_has_none() -> None:
    found = read(*report()[1:], title="芦河镇2023年政府信息公开工作年度报告_政府信息公开年报_禾山市人民政府网")
    assert (found.name, found.year, found.title) == ("芦河镇", 2023, "芦河镇2023年政府信息公开工作年度报告")
    assert said(found, "preamble") == PREAMBLE


def test_a_sentence_may_say_whose_report_it_is_and_a_page_may_have_no_title() -> None:
    lines = report()[2:]
    found = read("现公布禾山市统计局2024年政府信息公开工作年度报告。", *lines)
    assert (found.title, found.name, found.year) == ("", "禾山市统计局", 2024)
    assert said(found, "preamble") == "现公布禾山市统计局2024年政府信息公开工作年度报告。"
    found = read(*lines, "截止2024年12月31日没有。")
    assert (found.name, found.year, "preamble" in found.sections) == ("", 2024, False)


def test_the_table_of_what_a_page_knows_of_its_document_is_none_of_the_report() -> None:
    table = Table(((Field("索引号"), Field("640000/2025-00007")), (Field("发布机构"), Field("芦河镇"))))
    title, *rest = content(*report()).blocks
    found = outline(Content((title, table, *rest)), "报告.html")
    assert found.sections["preamble"].blocks == (rest[0],)


def test_a_heading_may_end_the_line_of_the_paragraph_before() -> None:
    lines = report()
    found = read(
        lines[0],
        f"{PREAMBLE}有疑问的请与芦河镇党政办公室联系，地址在芦河镇中心大街一号，工作日均可来访来电咨询。{NUMBERED[0]}",
        *lines[3:],
    )
    assert said(found, "overview") == TEXTS[0]


def test_a_whole_report_may_stand_in_a_table() -> None:
    title, preamble, *rest = report()
    head = Field("第二十条第（一）项")
    numbers = (Field("规章"), Field("0"))
    rows = [(cell, cell) for text in rest for cell in [Field(text)]]
    rows[4:4] = [(head, head), numbers]
    found = outline(Content((Line(title), Line(preamble), Table(tuple(rows)))), "报告.html")
    assert [found.sections[key].heading for key in SECTIONS] == NUMBERED
    assert said(found, "overview") == TEXTS[0]
    (table,) = found.sections["proactive_disclosure"].blocks
    assert isinstance(table, Table)
    assert table.rows[-2:] == ((head, head), numbers)


@pytest.mark.parametrize("line", ["关闭了两个公众号。", "分享经验，取长补短。", "来源于财政的经费没有增加。"])
def test_a_sentence_that_begins_as_a_button_is_told(line: str) -> None:
    assert said(read(*report(), line), "other_matters") == TEXTS[5] + line


@pytest.mark.parametrize(
    "line",
    [
        "打印本页 关闭窗口",
        "【打印】【关闭】",
        "扫一扫在手机打开当前页面",
        "首页 | 网站地图",
        "主办：芦河镇人民政府",
        "芦公网安备 00000000000000号",
        "分享到：",
    ],
)
def test_buttons_end_the_report(line: str) -> None:
    assert said(read(*report(), line, "其他"), "other_matters") == TEXTS[5]


def test_the_year_may_stand_in_the_period_only() -> None:
    assert read(*report(title="芦河镇政府信息公开工作年度报告")).year == 2024


def test_who_signs_is_whose_report_it_is_where_the_title_does_not_say() -> None:
    found = read(*report(title="2024年政府信息公开工作年度报告"), "芦河镇人民政府", "2025年1月10日")
    assert found.name == "芦河镇人民政府"
    assert said(found, "other_matters") == TEXTS[5] + "芦河镇人民政府2025年1月10日"


def test_what_the_page_has_around_the_report_is_left_out() -> None:
    lines = report()
    found = read("首页 > 政府信息公开 > 年报", "禾山市政府信息公开年报", lines[0], "发布日期：2025-01-12 来源：芦河镇 浏览次数：12", "字号：[大 中 小] 打印",
                 *lines[1:], "附件：芦河镇年报.docx", "上一篇：芦河镇2023年政府信息公开工作年度报告", "版权所有：禾山市", "禾ICP备00000001号")  # fmt: skip
    assert found.title == lines[0]
    assert said(found, "preamble") == PREAMBLE
    assert said(found, "other_matters") == TEXTS[5]


def test_numbers_of_pages_are_left_out_and_lone_figures_stay() -> None:
    lines = report()
    at = lines.index(NUMBERED[2]) + 1
    found = read(*lines[:at], "- 3 -", "0", "—  4 —", "第5页 共8页", "-", *lines[at:])
    assert said(found, "requests") == "0-" + TEXTS[2]


def test_the_format_of_2019_is_known_by_its_labels() -> None:
    lines = report(title="芦河镇2022年政府信息公开工作年度报告")
    rows = (("信息内容", "本年新制作数量", "本年新公开数量", "对外公开总数量"), ("规章", "0", "0", "0"))
    table = Table(tuple(tuple(Field(text) for text in row) for row in rows))
    blocks = [*content(*lines).blocks]
    blocks.insert(lines.index(NUMBERED[1]) + 1, table)
    found = outline(Content(tuple(blocks)), "报告.html")
    assert found.standard.name == "2019"
    assert table in found.sections["proactive_disclosure"].blocks


def test_a_notice_of_2019_that_is_cited_decides_where_there_are_no_tables_and_labels_decide_where_there_are() -> None:
    lines = report(title="芦河镇2020年政府信息公开工作年度报告")
    cites = "本报告按国办公开办函〔2019〕60号编制。"
    assert read(lines[0], cites, *lines[1:]).standard.name == "2019"
    new = "信息内容本年制发件数本年废止件数现行有效件数规章000"
    at = lines.index(NUMBERED[1]) + 1
    assert read(lines[0], cites, *lines[1:at], new, *lines[at:]).standard.name == "2021"


def test_a_local_standard_is_that_of_a_report_with_its_own_headings_only() -> None:
    lines = report()
    assert read(*lines[:3], "（六）政府信息公开标准化建设。都建成了。", *lines[3:]).standard.name == "2021-jiangsu"
    assert read(*lines[:3], "全镇推进政府信息公开标准化建设和教育培训，加强组织领导。", *lines[3:]).standard.name == "2021"


@pytest.mark.parametrize(
    "lines",
    [
        [],
        ["芦河镇2024年政府信息公开工作年度报告"],
        ["政府信息公开年报", *(f"芦河镇{year}年政府信息公开工作年度报告" for year in range(2015, 2025))],
        ["禾山市发布2024年政府信息公开工作年度报告", "记者获悉，报告由总体情况、主动公开政府信息情况等部分组成。"],
        ["关于印发年度报告格式的通知", "政府信息公开工作年度报告格式", "一、报告内容", *(f"（{n}）{t}。" for n, t in zip("一二三四五六", TITLES, strict=True)),
         "二、报告方式及时间", "每年都要报送。"],
        ["禾山市2024年预算", "一、总体情况", "收支平衡。", "二、其他说明", "没有。"],
    ],
)  # fmt: skip
def test_what_is_no_report_is_refused(lines: list[str]) -> None:
    with pytest.raises(FileError) as caught:
        read(*lines)
    assert caught.value.place == "报告.txt"
    assert caught.value.mend


def test_a_report_that_tells_no_year_is_refused() -> None:
    lines = report(title="芦河镇政府信息公开工作年度报告")
    with pytest.raises(FileError, match=r"哪一年|which year"):
        read(lines[0], *lines[2:])


@pytest.mark.parametrize(
    "line", ["一、" * 50_000, "（" * 100_000, "总体情况" * 30_000, "…" * 100_000, "a(b" * 50_000, "一、总体情况" * 20_000]
)
def test_endless_lines_are_read_in_time(line: str) -> None:
    assert read(*report(), line).year == 2024


def test_a_report_older_than_every_standard_is_refused() -> None:
    with pytest.raises(FileError, match="2015"):
        read(*report(title="芦河镇2015年政府信息公开工作年度报告"))


@pytest.mark.parametrize(
    "line",
    [
        NUMBERED[0],
        NUMBERED[3][:-2],
        "一、总体",
        "四、政府信息公开办理",
        "（一）主动公开",
        "关闭",
        "2024年政府信息公开工作年度报告",
    ],
)
def test_endless_headings_are_read_in_time(line: str) -> None:
    lines = [line, NUMBERED[1]] * 3_000
    assert read(*report(), *lines).year == 2024
    assert read(*lines, *report()).year == 2024


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("现将禾山市东河街道办事处2024年度政府信息工作年度报告予以公开。", "禾山市东河街道办事处"),
        ("现编制形成了《芦河镇人民政府2024年政府信息公开工作年度报告》。", "芦河镇人民政府"),
        ("特编制禾山市地方志办公室2024年政府信息公开工作年度报告。", "禾山市地方志办公室"),
        ("现公布禾山市教育局2024年度政府信息公开工作情况。", "禾山市教育局"),
        ("现公布我局2024年政府信息公开工作年度报告。", ""),
        ("现公布本单位2024年政府信息公开工作年度报告。", ""),
        ("按照《关于编制发布2024年政府信息公开工作年度报告的通知》编写。", ""),
    ],
)
def test_only_a_body_is_taken_for_whose_report_a_sentence_announces(line: str, name: str) -> None:
    assert read(line, *report()[2:]).name == name


def test_the_year_may_stand_in_the_midst_of_the_title() -> None:
    found = read(*report(title="禾山市教育局政府信息公开工作2024年度报告"))
    assert (found.name, found.year, found.title) == ("禾山市教育局", 2024, "禾山市教育局政府信息公开工作2024年度报告")


def test_section_one_may_be_called_anything_between_the_title_and_section_two() -> None:
    found = read(*report(headings=["一、信息公开基本做法", *NUMBERED[1:]]))
    assert found.sections["overview"].heading == "一、信息公开基本做法"
    assert said(found, "overview") == TEXTS[0]


def test_a_title_of_ones_own_is_none_where_its_number_stands_twice_or_a_neighbours_is_wrong() -> None:
    twice = ["一、信息公开基本做法", "芦河镇说甲。", "一、另外一种做法", *report()[3:]]
    assert "overview" not in read(*report()[:2], *twice).sections
    wrong = report(headings=["一、信息公开基本做法", "三、主动公开政府信息情况", *NUMBERED[2:]])
    assert "overview" not in read(*wrong).sections


def test_three_headings_with_their_numbers_are_a_report_though_the_rest_was_left_out() -> None:
    lines = ["2024年，我街道做了工作。" if line == TEXTS[0] else line for line in report()[2:]]
    found = read(*lines[:2], *lines[8:])
    assert [*found.sections] == ["overview", "improvements", "other_matters"]
    assert (found.year, found.name, found.title) == (2024, "", "")


def test_part_five_is_found_by_the_headings_of_its_parts_where_its_own_is_lost() -> None:
    lines = report()
    at = lines.index(NUMBERED[4])
    found = read(*lines[:at], "（一）主要问题", "镇里的问题。", "（二）改进情况", "镇里的办法。", *lines[at + 2 :])
    assert said(found, "disputes") == TEXTS[3]
    assert found.sections["improvements"].heading == ""
    assert said(found, "improvements") == "（一）主要问题镇里的问题。（二）改进情况镇里的办法。"
    assert [*found.sections] == ["preamble", *SECTIONS]
    other = read(*lines[:at], "（一）主要问题", "镇里的问题。", "（二）行政复议", "没有。", *lines[at + 2 :])
    assert "improvements" not in other.sections


@pytest.mark.parametrize(
    ("lines", "file", "year"),
    [
        (["发布日期：2025-01-18 来源：芦河镇"], "报告.txt", 2024),
        (["发布时间：2025年3月2日"], "报告.txt", 2024),
        ([], "芦河镇-2024.txt", 2024),
        (["发布日期：2025-01-18"], "芦河镇-2023.txt", 2024),
    ],
)
def test_a_report_that_names_no_year_is_of_the_one_before_it_was_published(lines: list[str], file: str, year: int) -> None:
    title, _, *rest = report(title="芦河镇政府信息公开工作年度报告")
    assert outline(content(title, *lines, *rest), file).year == year


@pytest.mark.parametrize(
    ("lines", "file"), [(["发布日期：2024-11-02"], "a.txt"), ([], "2023-2024.txt"), ([], "20240118.txt"), (["发布日期：2025-01-18", "更新日期：2024-01-18"], "a.txt")]
)  # fmt: skip
def test_a_day_or_a_file_that_does_not_tell_the_year_is_not_asked(lines: list[str], file: str) -> None:
    title, _, *rest = report(title="芦河镇政府信息公开工作年度报告")
    with pytest.raises(FileError, match=r"哪一年|which year"):
        outline(content(title, *lines, *rest), file)


def test_the_prose_above_the_first_heading_in_a_table_is_the_preamble() -> None:
    cells = [(Field(line),) * 2 for line in report()]
    found = outline(Content((Table(tuple(cells)),)), "报告.html")
    assert (found.name, said(found, "preamble")) == ("芦河镇", PREAMBLE)


def test_the_sentence_that_tells_whose_report_it_is_may_stand_in_section_one() -> None:
    headings = report()[2:]
    found = read(headings[0], "按照条例，现公布芦河镇2024年政府信息公开工作年度报告。", *headings[1:])
    assert (found.title, found.name) == ("", "芦河镇")


def test_pinyin_behind_every_other_letter_is_none_of_the_text() -> None:
    noted = [line.replace("公开", "公開(kāi)").replace("情况", "情況(kuàng)") for line in report()]
    found = read(*noted, *["芦河镇做了實(shí)事。"] * 5)
    assert [found.sections[key].heading for key in SECTIONS][1] == "二、主动公開政府信息情況"
    assert said(found, "other_matters") == TEXTS[5] + "芦河镇做了實事。" * 5
    assert said(read(*report(), "生僻字(pì)。"), "other_matters") == TEXTS[5] + "生僻字(pì)。"


def test_endless_parts_behind_a_lost_heading_are_looked_at_in_time() -> None:
    lines = report()
    at = lines.index(NUMBERED[4])
    for parts in (["（一）主要问题"] * 8_000, ["（一）主要问题", "（一）别的"] * 4_000):
        assert read(*lines[:at], *parts, *lines[at + 2 :]).year == 2024
