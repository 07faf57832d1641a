"""``nianbao adopt``: a finished report becomes data and settings of which a build makes the same report."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nianbao import Cell, Fact, Reading, Told, Workspace
from nianbao.yamlfile import load
from nianbao_reader.adopting import Adoption, adopted
from trying.readings import built, by_hand

THEMES = ("national", "tianmen", "beijing", "fujian", "jiangsu", "shanghai")
PARTS = "（一）主动公开\n甲。\n（二）依申请公开\n乙。\n（三）政府信息管理\n丙。\n（四）平台建设\n丁。\n（五）监督保障\n戊。"


@pytest.fixture
def empty(tmp_path: Path) -> Workspace:
    """A workspace without a town."""
    folder = tmp_path / "new"
    (folder / "jurisdictions").mkdir(parents=True)
    (folder / "nianbao.yaml").write_text("standard: 2021\nformats: [html]\nsources: {manual: {}}\n", encoding="utf-8")
    return Workspace(folder)


def overview(text: str) -> dict[str, str]:
    """Sentences of a report whose part on disclosure says this."""
    return {"overview": PARTS.replace("甲。", text)}


def adopt(workspace: Workspace, reading: Reading) -> Adoption:
    return adopted(reading, workspace, "luhe")


# --- figures


def test_only_the_finest_level_is_written_and_totals_that_add_up_are_left_out(empty: Workspace) -> None:
    made = adopt(
        empty,
        by_hand(
            overview("甲。"),
            {"requests.new.natural_person": 12, "requests.new.business": 1, "requests.denied.state_secret.natural_person": 2},
        ),
    )
    assert "  本年新收: {自然人: 12, 商业企业: 1}\n" in made.data
    assert "  不予公开:\n    国家秘密: {自然人: 2}\n" in made.data
    assert "总计" not in made.data
    assert made.same


def test_a_total_that_does_not_add_up_is_typed_and_told(empty: Workspace) -> None:
    made = adopt(empty, by_hand(overview("甲。"), {"requests.new.natural_person": 12, "requests.new": 15}))
    assert "    总计: 15        # 原件如此，各项相加是 12\n" in made.data
    assert made.same  # its table prints 15; that this is wrong is for the rules to say


def test_a_wrong_total_takes_no_heading_away(empty: Workspace) -> None:
    told = {"requests": "（一）总体\n甲。\n（二）工作进展\n乙。"}
    made = adopt(empty, by_hand(told, {"requests.new.natural_person": 12, "requests.new": 15}))
    assert "  总体: 甲。\n" in made.data


def test_a_row_and_a_table_of_nothing_are_zero(empty: Workspace) -> None:
    made = adopt(empty, by_hand(overview("甲。"), {"proactive_disclosure.licences": 3}))
    assert "  行政规范性文件: 0\n  行政许可: 3\n" in made.data
    assert "三、收到和处理政府信息公开申请情况:\n  本年新收: 0\n" in made.data


def test_a_cell_that_could_not_be_read_stays_open_and_says_so(empty: Workspace) -> None:
    made = adopt(empty, by_hand(overview("甲。"), {"requests.new.natural_person": "1?", "requests.new.business": 2}))
    assert "    自然人:        # 未读出：1?\n" in made.data
    assert "商业企业: 2" in made.data
    assert "1 格未读出" in dict(made.sections)["requests"][0][0]


def test_an_annotated_cell_is_an_annotation_of_its_year(empty: Workspace) -> None:
    reading = by_hand(overview("甲。"), {"proactive_disclosure.normative_documents.made": 22})
    path = "proactive_disclosure.normative_documents.made"
    cells = {**reading.cells, path: dataclasses.replace(reading.cells[path], remark="（其中修订16件）")}
    made = adopt(empty, dataclasses.replace(reading, cells=cells))
    assert "years:\n  2024:\n" in made.settings
    assert "行政规范性文件.制发: （其中修订16件）" in made.settings
    assert made.same


# --- sentences


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("收到政府信息公开申请15件。", "{{ 本年新收 }}件"),
        ("其中商业企业申请3件。", "{{ 本年新收.商业企业 }}件"),
        ("作出行政许可决定18件。", "{{ 行政许可 }}件"),
        ("2024年各项工作有序推进。", "{{ 年度 }}年各项"),
        ("2023年的问题已经整改。", "{{ 上年度 }}年的"),
    ],
)
def test_a_figure_that_the_words_name_beyond_doubt_becomes_a_name(empty: Workspace, sentence: str, expected: str) -> None:
    cells: dict[str, int | str] = {
        "requests.new.natural_person": 12,
        "requests.new.business": 3,
        "proactive_disclosure.licences": 18,
    }
    sentences = {"overview": PARTS.replace("乙。", f"收到政府信息公开申请15件，{sentence}" if "其中" in sentence else sentence)}
    made = adopt(empty, by_hand(sentences, cells))
    assert expected in made.data
    assert made.same


@pytest.mark.parametrize(
    "sentence",
    [
        "收到政府信息公开申请16件。",
        "举办培训15次。",
        "《2024年工作要点》已经印发。",
        "2024年3月5日召开会议。",
        "芦政发〔2024〕15号。",
    ],
)
def test_what_is_not_beyond_doubt_stays_text(empty: Workspace, sentence: str) -> None:
    made = adopt(empty, by_hand({"overview": PARTS.replace("乙。", sentence)}, {"requests.new.natural_person": 15}))
    assert sentence in made.data
    assert made.same


def test_a_number_that_stays_is_told_in_a_comment(empty: Workspace) -> None:
    assert "  # 句中的数没有换成数据项：7次\n" in adopt(empty, by_hand(overview("举办培训7次。"))).data


def test_a_breakdown_that_adds_up_becomes_named_figures_without_the_sum(empty: Workspace) -> None:
    made = adopt(
        empty, by_hand(overview("全年公开政府信息326条，其中工作动态54条、财政资金12条（预算8条、决算4条）、乡村振兴260条。"))
    )
    assert "  公开信息:\n    工作动态: 54\n    财政资金: {预算: 8, 决算: 4}\n    乡村振兴: 260\n" in made.data
    assert (
        "{{ 公开信息 }}条，其中工作动态{{ 工作动态 }}条、财政资金{{ 财政资金 }}条（预算{{ 预算 }}条、决算{{ 决算 }}条）"
        in made.data
    )
    assert made.same


def test_a_breakdown_that_does_not_add_up_stays_text(empty: Workspace) -> None:
    made = adopt(empty, by_hand(overview("全年公开政府信息326条，其中工作动态54条、财政资金12条、乡村振兴261条。")))
    assert "工作动态54条" in made.data
    assert made.same


def test_equal_names_are_told_apart_by_the_name_above(empty: Workspace) -> None:
    text = "门户网站公开信息12条，其中工作动态5条、财政资金7条。微信公众号公开信息8条，其中工作动态6条、财政资金2条。"
    made = adopt(empty, by_hand(overview(text)))
    assert "{{ 门户网站.工作动态 }}" in made.data
    assert "{{ 微信公众号.工作动态 }}" in made.data
    assert made.same


def test_the_one_amount_under_the_heading_of_the_fees_is_theirs(empty: Workspace) -> None:
    made = adopt(empty, by_hand({"other_matters": "（一）信息处理费\n全年收取30元。"}))
    assert "  信息处理费: 30" in made.data
    assert "全年收取{{ 信息处理费 }}元。" in made.data
    assert made.same


TRAPS = [
    "- 以横线开头", "# 以井号开头", "有 # 井号", "有冒号: 和空格", "“引号”和\"引号\"", "'单引号", "{{ 本年新收 }}", "{编制单位}", "｛｛ 名称 ｝｝", "{% if x %}", "{# x #}",
    "no", "12:30", "null", "~", "| 竖线", "> 大于", "@at", "%百分", "&锚", "*星", "!叹", "[列表]", "a: b", "结尾冒号:", "反\\斜杠", "：全角冒号", "键：值\n键：值", "两段\n\n三段",
    "制表\t符", "控制\x00\x07符", "行\u2028分隔", "\ufeff开头", "2024-01-01", "0x10", "?问", ",逗", "}反", "`反引`", "<a>&amp;", "5件", "0", "约３条",
]  # fmt: skip


@pytest.mark.parametrize("trap", TRAPS)
def test_no_text_is_a_trap_for_yaml_or_a_name_by_accident(empty: Workspace, trap: str) -> None:
    made = adopt(empty, by_hand({"overview": PARTS.replace("乙。", trap), "improvements": trap}))
    assert made.same, (made.sections, made.mistakes, made.data)


# --- layouts

WILD = {
    "no headings": {"overview": "镇里重视。\n1.主动公开。公开信息9条。\n2.依申请公开。没有。", "improvements": "问题是。\n措施是。", "other_matters": "无。"},
    "other names": {"overview": "（一）组织领导\n甲。\n（二）信息发布\n乙。", "improvements": "（一）存在的主要问题\n问题。\n（二）改进情况\n改进。"},
    "run-in": {"overview": "（一）主动公开情况。\n甲。\n（二）依申请公开情况。\n乙。\n（三）监督保障情况。\n丙。"},
    "out of order": {"overview": "（一）监督保障\n甲。\n（二）主动公开\n乙。"},
    "numbered otherwise": {"overview": "（二）主动公开\n甲。\n（三）依申请公开\n乙。"},
    "the same twice": {"overview": "（一）主动公开\n甲。\n（二）主动公开情况\n乙。"},
    "words behind the tables": {"requests": "收到申请3件。\n注：含上年。", "disputes": "没有。"},
    "named as a part of another section": {"other_matters": "（一）依申请公开\n甲。\n（二）行政许可\n乙。"},
    "a name one slip from another": {"overview": "（一）主动公幵\n甲。\n（二）监督保章\n乙。"},
    "nothing": {},
}  # fmt: skip


@pytest.mark.parametrize("wild", WILD)
def test_a_report_of_any_layout_comes_back(empty: Workspace, wild: str) -> None:
    made = adopt(empty, by_hand(WILD[wild], {"requests.new.natural_person": 3}))
    assert all(not told for key, told in made.sections if key in WILD[wild] or key == "preamble"), (made.sections, made.data)
    assert not made.mistakes


def test_a_title_of_another_form_is_a_setting_with_names_in_it(empty: Workspace) -> None:
    made = adopt(empty, by_hand(overview("甲。"), title="2024年芦河镇政府信息公开工作年度报告"))
    assert 'title: "{{ 年度 }}年{{ 编制单位 }}政府信息公开工作年度报告"' in made.settings


def test_sections_told_in_text_find_the_theme_that_tells_them_so(empty: Workspace) -> None:
    titles = ("政府信息主动公开情况", "政府信息依申请公开情况", "政府信息管理情况", "政府信息公开平台建设情况", "监督保障情况")
    parts = "\n".join(f"（{'一二三四五'[n]}）{title}\n甲。" for n, title in enumerate(titles))
    told = {
        "overview": parts,
        "preamble": "导语。",
        "proactive_disclosure": "公开了信息。",
        "requests": "没有收到。",
        "disputes": "没有。",
    }
    reading = dataclasses.replace(by_hand(told, zeros=False), in_text=frozenset(["proactive_disclosure", "requests", "disputes"]))
    made = adopt(empty, reading)
    assert made.theme == "tianmen"
    assert made.same


@pytest.mark.parametrize("marked", [True, False])
@pytest.mark.parametrize("name", THEMES)
def test_what_nianbao_built_under_a_theme_comes_back(workspace: Path, empty: Workspace, name: str, marked: bool) -> None:
    file = workspace / "jurisdictions" / "luhe.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("theme: national", f"theme: {name}"), encoding="utf-8")
    made = adopt(empty, built(workspace, "luhe", marked=marked))
    assert made.same, (made.sections, made.mistakes, made.data)


SENTENCES = st.sampled_from([
    "全年收到公开申请{new}件。", "制发行政规范性文件{made}件。", "全年公开政府信息{whole}条，其中工作动态{a}条、财政资金{b}条。", "举办培训{a}次。",
    "{{{{ 名称 }}}}和{{x}}: # 都是文字。", "没有。", "两段。\n- 第二段{b}。",
])  # fmt: skip


@given(
    sentences=st.lists(SENTENCES, min_size=7, max_size=7),
    numbers=st.lists(st.integers(0, 9999), min_size=8, max_size=8),
    name=st.sampled_from(THEMES),
)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_report_comes_back(
    tmp_path_factory: pytest.TempPathFactory, sentences: list[str], numbers: list[int], name: str
) -> None:
    folder = tmp_path_factory.mktemp("any")
    (folder / "jurisdictions").mkdir()
    (folder / "nianbao.yaml").write_text("standard: 2021\nformats: [html]\nsources: {manual: {}}\n", encoding="utf-8")
    a, b, new, licences, made, natural, business, denied = numbers
    told = [each.format(new=natural + business, made=made, whole=a + b, a=a, b=b) for each in sentences]
    parts = dict(zip(("主动公开", "依申请公开", "政府信息管理", "平台建设", "监督保障"), told, strict=False))
    text = "\n".join(f"（{'一二三四五'[n]}）{title}\n{said}" for n, (title, said) in enumerate(parts.items()))
    cells: dict[str, int | str] = {
        "requests.new.natural_person": natural, "requests.new.business": business, "requests.denied.third_party.social": denied,
        "proactive_disclosure.licences": licences, "proactive_disclosure.normative_documents.made": made, "disputes.review.upheld": new,
    }  # fmt: skip
    made_ = adopted(
        by_hand({"overview": text, "preamble": told[5], "improvements": told[6], "requests": told[0]}, cells),
        Workspace(folder),
        "luhe",
    )
    assert made_.same, (made_.sections, made_.mistakes, made_.data)


# --- the command


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[Reading]:
    """What the reader is made to read, last."""
    given_: list[Reading] = []
    monkeypatch.setattr("nianbao.reading.read", lambda path, shown="": given_[-1])
    return given_


def command(workspace: Workspace, *args: str) -> Result:
    from nianbao.cli import main

    return CliRunner().invoke(main, ["-w", str(workspace.folder), *args])


def test_the_command_writes_both_files_and_tells_section_by_section(
    empty: Workspace, read: list[Reading], monkeypatch: pytest.MonkeyPatch
) -> None:
    read.append(by_hand(overview("甲。"), {"requests.new.natural_person": 3}))
    done = command(empty, "adopt", "r.txt")
    assert done.exit_code == 0, done.output
    assert (empty.folder / "data" / "芦河镇" / "2024.yaml").is_file()
    assert (empty.folder / "jurisdictions" / "芦河镇.yaml").is_file()
    assert done.stdout.count("the same") == 7
    assert load(empty.folder / "data" / "芦河镇" / "2024.yaml") is not None


def test_next_years_file_is_started_from_it(empty: Workspace, read: list[Reading]) -> None:
    read.append(by_hand({"overview": "全年公开政府信息9条，其中工作动态5条、财政资金4条。"}, {"requests.new.natural_person": 3}))
    assert command(empty, "adopt", "r.txt", "--as", "luhe").exit_code in (0, 1)
    done = command(empty, "start", "luhe", "--year", "2025")
    assert done.exit_code == 0, done.output
    started = (empty.folder / "data" / "luhe" / "2025.yaml").read_text(encoding="utf-8")
    assert "    工作动态:        # 2024年：5" in started
    assert "  引言:" in started
    assert "  监督保障:" not in started  # this report has no such part
    assert load(empty.folder / "data" / "luhe" / "2025.yaml") is not None


def test_a_data_file_that_is_there_is_replaced_only_where_that_is_asked_for(empty: Workspace, read: list[Reading]) -> None:
    read.append(by_hand(overview("甲。")))
    command(empty, "adopt", "r.txt", "--as", "luhe")
    file = empty.folder / "data" / "luhe" / "2024.yaml"
    file.write_text("mine", encoding="utf-8")
    refused = command(empty, "adopt", "r.txt", "--as", "luhe")
    assert refused.exit_code == 2
    assert "--replace" in refused.output
    assert file.read_text(encoding="utf-8") == "mine"
    assert command(empty, "adopt", "r.txt", "--as", "luhe", "--replace").exit_code == 0
    assert "甲" in file.read_text(encoding="utf-8")


def test_the_settings_of_a_town_are_never_changed_but_told(empty: Workspace, read: list[Reading]) -> None:
    settings_file = empty.folder / "jurisdictions" / "luhe.yaml"
    settings_file.write_text("name: 芦河镇\nlevel: 镇\n", encoding="utf-8")
    read.append(by_hand({"overview": "没有小标题。", "preamble": "导语。", "improvements": "问题。", "other_matters": "无。"}))
    done = command(empty, "adopt", "r.txt")
    assert done.exit_code == 1
    assert "omit: [主动公开" in done.stdout
    assert settings_file.read_text(encoding="utf-8") == "name: 芦河镇\nlevel: 镇\n"
    settings_file.write_text("name: 芦河镇\nlevel: 镇\n" + done.stdout[done.stdout.index("sections:") :], encoding="utf-8")
    again = command(Workspace(empty.folder), "adopt", "r.txt", "--replace")
    assert again.exit_code == 0, again.output


def test_a_report_of_another_body_is_not_put_under_a_town(empty: Workspace, read: list[Reading]) -> None:
    (empty.folder / "jurisdictions" / "luhe.yaml").write_text("name: 禾山市\n", encoding="utf-8")
    read.append(by_hand(overview("甲。")))
    done = command(empty, "adopt", "r.txt", "--as", "luhe")
    assert done.exit_code == 2
    assert not (empty.folder / "data").exists()


@pytest.mark.parametrize("name", ["../weg", "a/b", "a b", ".."])
def test_a_name_that_would_lead_elsewhere_is_refused(empty: Workspace, read: list[Reading], name: str) -> None:
    read.append(by_hand(overview("甲。")))
    assert command(empty, "adopt", "r.txt", "--as", name).exit_code == 2
    assert not (empty.folder / "data").exists()


def test_outside_a_workspace_nothing_is_read(tmp_path: Path) -> None:
    done = command(Workspace(tmp_path), "adopt", "r.txt")
    assert done.exit_code == 2
    assert "nianbao new" in done.output


def test_where_the_data_cannot_be_written_no_settings_are_left(empty: Workspace, read: list[Reading]) -> None:
    (empty.folder / "data").write_text("a file", encoding="utf-8")
    read.append(by_hand(overview("甲。")))
    assert command(empty, "adopt", "r.txt", "--as", "luhe").exit_code == 2
    assert not (empty.folder / "jurisdictions" / "luhe.yaml").exists()


def test_another_year_of_another_standard_stands_under_its_year(empty: Workspace) -> None:
    from nianbao.plugins import standard

    old = standard("2019", empty.folder)
    cells = {path: Cell("0", Fact(0)) for grids in old.grids.values() for grid in grids for path in grid.paths()}
    reading = dataclasses.replace(
        by_hand(overview("甲。"), zeros=False), standard=old, year=2020, cells=cells, title="芦河镇2020年政府信息公开工作年度报告"
    )
    made = adopt(empty, reading)
    assert "years:\n  2020:\n    standard: 2019\n" in made.settings
    assert made.same, (made.sections, made.mistakes, made.data)


def test_what_the_parts_of_section_two_tell_is_taken_together_where_it_adds_up(empty: Workspace) -> None:
    parts = "（一）门户网站\n网站公开信息7条，其中工作动态5条、财政资金2条。\n（二）新媒体平台\n公众号推送信息9条。\n（三）主流媒体报道情况\n禾山日报4条，芦河网3条。"
    made = adopt(empty, by_hand({**overview("全年主动公开政府信息23条。"), "proactive_disclosure": parts}))
    expected = (
        "  公开信息:\n    门户网站: {工作动态: 5, 财政资金: 2}\n    新媒体平台: 9\n    主流媒体报道: {禾山日报: 4, 芦河网: 3}\n"
    )
    assert expected in made.data, made.data
    assert "网站公开信息{{ 门户网站 }}条，其中工作动态{{ 工作动态 }}条" in made.data
    assert "禾山日报{{ 禾山日报 }}条" in made.data
    assert "全年主动公开政府信息{{ 公开信息 }}条" in made.data
    assert made.same
    apart = adopt(empty, by_hand({**overview("全年主动公开政府信息24条。"), "proactive_disclosure": parts}))
    assert "  公开信息: 24\n" in apart.data
    assert apart.same


def test_a_page_of_nianbaos_gives_back_the_data_that_it_was_made_of(workspace: Path, empty: Workspace) -> None:
    made = adopt(empty, built(workspace, "luhe"))
    assert "    镇网站: {机构职能: 6, 政策文件: 9, 工作动态: 63, 财政资金: 12, 乡村振兴: 28}\n" in made.data
    assert "  代表建议答复: 4\n" in made.data
    assert "  信息处理费: 0 " in made.data
    assert "{{ 公开信息 }}条，其中镇网站{{ 镇网站 }}条" in made.data


def test_a_whole_of_which_a_page_tells_some_parts_only_is_typed_itself(workspace: Path, empty: Workspace) -> None:
    file = workspace / "data" / "luhe" / "2024.yaml"
    text = (
        file.read_text(encoding="utf-8")
        .replace("、公告栏{{ 公告栏 }}条", "")
        .replace("  公告栏: 各村公告栏张贴信息{{ 公告栏 }}条。\n", "")
    )
    file.write_text(text, encoding="utf-8")
    made = adopt(empty, built(workspace, "luhe"))
    assert "  公开信息: 259\n" in made.data
    assert made.same


def test_a_workspaces_own_standard_with_the_same_tables_serves(empty: Workspace) -> None:
    file = empty.folder / "nianbao.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("standard: 2021", "standard: 2021-jiangsu"), encoding="utf-8")
    made = adopt(Workspace(empty.folder), by_hand(overview("甲。")))
    assert "standard" not in made.settings
    assert not made.mistakes


def test_what_the_settings_say_already_is_not_told_again(empty: Workspace, read: list[Reading]) -> None:
    reading = by_hand(overview("甲。"), {"proactive_disclosure.normative_documents.made": 22})
    path = "proactive_disclosure.normative_documents.made"
    cells = {**reading.cells, path: dataclasses.replace(reading.cells[path], remark="（其中修订16件）")}
    read.append(dataclasses.replace(reading, cells=cells))
    assert command(empty, "adopt", "r.txt", "--as", "luhe").exit_code == 0
    again = command(Workspace(empty.folder), "adopt", "r.txt", "--as", "luhe", "--replace")
    assert again.exit_code == 0, again.output
    assert "annotations" not in again.stdout


# --- what a report lacks, or has in another form


def test_a_section_that_the_report_lacks_is_not_built_either(empty: Workspace) -> None:
    reading = by_hand(overview("甲。"))
    headings = {key: heading for key, heading in reading.headings.items() if key != "improvements"}
    headings["other_matters"] = "五、其他需要报告的事项"
    made = adopt(empty, dataclasses.replace(reading, headings=headings))
    assert "years:\n  2024:\n    sections:\n      improvements:\n        as: nothing\n" in made.settings
    assert "number" not in made.settings
    assert made.same


def test_headings_numbered_in_another_way_come_back(empty: Workspace) -> None:
    reading = by_hand(overview("甲。"))
    headings = {key: heading.replace("、", "部分　", 1) for key, heading in reading.headings.items()}
    made = adopt(empty, dataclasses.replace(reading, headings={key: f"第{heading}" for key, heading in headings.items()}))
    assert "  overview:\n    number: 第一部分\n" in made.settings
    assert made.same


@pytest.mark.parametrize("note", ["注：含变更和延续。", "注：1.含变更。\n2.按决算。", "以上数据由各站所报送。"])
def test_a_note_under_the_tables_comes_back_as_the_lead_stays_the_lead(empty: Workspace, note: str) -> None:
    reading = by_hand({**overview("甲。"), "proactive_disclosure": "数据如下。"})
    told = (*reading.told, Told("proactive_disclosure", "表注", note, "r.txt:9"))
    made = adopt(empty, dataclasses.replace(reading, told=told))
    assert made.same, made.sections
    if note.startswith("注"):
        assert "  引言: 数据如下。\n" in made.data
        assert "  表注: " in made.data


# --- several at once


def test_a_folder_of_reports_is_adopted_each_as_one(empty: Workspace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "c.txt", ".hidden.txt", "d.xyz"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    towns = {"a.txt": "芦河镇", "b.txt": "螺田乡", "c.txt": "芦河镇"}
    monkeypatch.setattr("nianbao.reading.read", lambda path, shown="": by_hand(overview("甲。"), name=towns[path.name]))
    done = command(empty, "adopt", str(tmp_path))
    assert done.exit_code == 2
    assert done.stdout.splitlines()[-1] == "3 reports: 2 the same, 0 with differences, 1 not adopted"
    assert "a.txt already" in done.stderr
    assert sorted(file.stem for file in (empty.folder / "jurisdictions").iterdir()) == ["芦河镇", "螺田乡"]
    assert command(Workspace(empty.folder), "adopt", str(tmp_path / "a.txt"), str(tmp_path / "b.txt"), "--as", "x").exit_code == 2


def test_a_file_that_cannot_be_read_keeps_nobody_from_the_next(
    empty: Workspace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def read(path: Path, shown: str = "") -> Reading:
        if path.name == "a.txt":
            raise RuntimeError("bug")
        return by_hand(overview("甲。"))

    monkeypatch.setattr("nianbao.reading.read", read)
    done = command(empty, "adopt", str(tmp_path / "a.txt"), str(tmp_path / "b.txt"))
    assert done.exit_code == 2
    assert "a.txt: plugin nianbao failed" in done.stderr
    assert (empty.folder / "data" / "芦河镇" / "2024.yaml").is_file()


def test_a_report_that_names_nobody_goes_by_its_file_or_the_town_that_is_named(empty: Workspace, read: list[Reading]) -> None:
    read.append(dataclasses.replace(by_hand(overview("甲。")), name="", title=""))
    done = command(empty, "adopt", "某镇 r.txt")
    assert done.exit_code == 0, done.output
    assert "does not tell whose it is" in done.stderr
    assert (empty.folder / "jurisdictions" / "某镇r.yaml").read_text(encoding="utf-8").startswith("name: 某镇r\n")
    (empty.folder / "jurisdictions" / "luhe.yaml").write_text("name: 芦河镇\nlevel: 镇\n", encoding="utf-8")
    assert command(Workspace(empty.folder), "adopt", "r.txt", "--as", "luhe").exit_code in (0, 1)
    assert (empty.folder / "data" / "luhe" / "2024.yaml").is_file()


def test_the_year_is_asked_for_where_a_report_does_not_tell_it(empty: Workspace, read: list[Reading]) -> None:
    read.append(dataclasses.replace(by_hand(overview("甲。")), year=0))
    assert "--year" in command(empty, "adopt", "r.txt").stderr
    assert command(empty, "adopt", "r.txt", "--year", "2024").exit_code in (0, 1)
    assert (empty.folder / "data" / "芦河镇" / "2024.yaml").is_file()
    read.append(by_hand(overview("甲。")))
    wrong = command(empty, "adopt", "r.txt", "--year", "2023")
    assert wrong.exit_code == 2
    assert "2024" in wrong.stderr
