"""Themes lay out: tables or text, titles, headings; they never bring content."""

import re
from pathlib import Path

import pytest

from nianbao.document import Document
from nianbao.errors import NianbaoError
from nianbao.plugins import Plugins, standard
from nianbao.report import compose
from nianbao.themes import theme
from nianbao.tree import chinese
from nianbao.workspace import Workspace
from tests_shared import Run, replace


def laid_out(folder: Path, town: str = "luhe", *, draft: bool = False) -> Document:
    workspace = Workspace(folder)
    edition = workspace.edition(workspace.named(town), 2024)
    plugins = Plugins(edition)
    made = theme(plugins.theme, folder)
    layouts = made.layouts(plugins.standard, edition)
    return made.render(compose(edition, plugins, layouts), layouts, draft=draft)


def own_theme(folder: Path, written: str, **templates: str) -> None:
    """A theme of the workspace's own, used by luhe."""
    home = folder / "themes" / "mine"
    (home / "templates").mkdir(parents=True)
    (home / "theme.yaml").write_text(written, encoding="utf-8")
    for name, text in templates.items():
        (home / "templates" / f"{name}.html").write_text(text, encoding="utf-8")
    settings = folder / "jurisdictions" / "luhe.yaml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("theme: national", "theme: ./themes/mine"), encoding="utf-8")


def test_the_national_theme_has_six_sections_and_three_tables(workspace: Path) -> None:
    html = laid_out(workspace).html
    assert html.count("<h2>") == 6
    assert html.count("<table") == 3
    assert html.index("一、总体情况") < html.index("六、其他需要报告的事项")


def test_table_two_is_drawn_as_the_notice_draws_it(workspace: Path) -> None:
    html = re.sub(r' (id|headers)="[^"]*"', "", laid_out(workspace).html)
    assert '<th colspan="3" rowspan="3" scope="col">（本列数据的勾稽关系为' in html
    assert '<th rowspan="22" scope="rowgroup">三、本年度办理结果</th><th colspan="2" scope="row">（一）予以公开</th>' in html
    assert '<th rowspan="8" scope="rowgroup">（三）不予公开</th><th scope="row">1.属于国家秘密</th>' in html
    assert '<th colspan="5" scope="colgroup">法人或其他组织</th><th rowspan="2" scope="col">总计</th>' in html


def test_every_row_of_every_table_is_as_wide_as_its_grid(workspace: Path) -> None:
    from lxml.html import fragment_fromstring

    for table in fragment_fromstring(laid_out(workspace).html).iter("table"):
        width = len(table.findall(".//col"))
        for group in (*table.iter("thead"), *table.iter("tbody")):
            filled = [0] * len(group)
            for number, row in enumerate(group):
                for cell in row:
                    for below in range(int(cell.get("rowspan", 1))):
                        filled[number + below] += int(cell.get("colspan", 1))
            assert filled == [width] * len(group)


def test_a_screen_reader_is_told_every_header_of_a_figure_and_no_other(workspace: Path) -> None:
    from lxml.html import fragment_fromstring

    article = fragment_fromstring(laid_out(workspace).html)
    headers = {cell.get("id"): cell.text_content() for cell in article.iter("th")}
    said = {
        cell[0].get("data-fact"): [headers[name] for name in cell.get("headers").split()]
        for cell in article.iter("td")
    }  # fmt: skip
    assert said["requests.denied.state_secret.business"] == [
        "申请人情况", "法人或其他组织", "商业企业", "三、本年度办理结果", "（三）不予公开", "1.属于国家秘密",
    ]  # fmt: skip
    assert said["requests.total"] == ["申请人情况", "总计", "三、本年度办理结果", "（七）总计"]
    assert said["proactive_disclosure.penalties"] == ["第二十条第（六）项", "本年处理决定数量", "行政处罚"]
    assert said["disputes.litigation_after_review.pending"] == ["行政诉讼", "复议后起诉", "尚未审结"]
    assert len(set(filter(None, headers))) == len([cell for cell in article.iter("th") if cell.get("id")])


def test_every_figure_of_a_table_is_a_figure_on_the_page(workspace: Path) -> None:
    html = re.sub(r' headers="[^"]*"', "", laid_out(workspace).html)
    assert '<td><data value="16" data-fact="requests.total">16</data></td>' in html
    assert html.count("<td") == html.count("<td><data") + html.count('<td colspan="3"><data')


def test_the_tianmen_theme_tells_the_same_facts_in_text(workspace: Path) -> None:
    settings = workspace / "jurisdictions" / "luhe.yaml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("theme: national", "theme: tianmen"), encoding="utf-8")
    html = laid_out(workspace).html
    assert "<table" not in html
    assert 'data-fact="requests.new">15</data>件，上年结转<data value="2"' in html
    assert '<span class="run-in" data-custom-style="Run-in Heading">（一）政府信息处理费收取情况。</span>' in html
    assert "《关于编制发布2024年度政府信息公开工作年度报告的通知》" in html


def test_a_theme_of_the_workspace_changes_what_it_says_and_nothing_else(workspace: Path) -> None:
    before = laid_out(workspace).html
    own_theme(
        workspace, "extends: national\nsections: {六、其他需要报告的事项: {titles: {信息处理费: 收费情况}, title: 其他事项}}\n"
    )
    assert laid_out(workspace).html == before.replace("（一）信息处理费", "（一）收费情况").replace(
        "六、其他需要报告的事项", "六、其他事项"
    )


def test_a_jurisdictions_own_sentence_goes_before_the_themes(workspace: Path) -> None:
    settings = workspace / "jurisdictions" / "luhe.yaml"
    settings.write_text(
        settings.read_text(encoding="utf-8") + "sections: {other_matters: {texts: {信息处理费: 本镇不收费。}}}\n",
        encoding="utf-8",
    )
    assert "<p>本镇不收费。</p>" in laid_out(workspace).html


def test_a_template_of_ones_own_takes_the_place_of_one_section(workspace: Path) -> None:
    own_theme(workspace, "extends: national\n", disputes='<section class="mine">{{ section.heading }}</section>')
    html = laid_out(workspace).html
    assert '<section class="mine">四、政府信息公开行政复议、行政诉讼情况</section>' in html
    assert html.count("<table") == 2


def test_what_is_absent_reads_as_still_to_be_filled(workspace: Path) -> None:
    data = workspace / "data" / "luhe" / "2024.yaml"
    data.write_text(data.read_text(encoding="utf-8").replace("  监督保障:", "  别的工作:"), encoding="utf-8")
    html = laid_out(workspace, draft=True).html
    assert "<h3>（五）监督保障</h3>\n<p><mark>待填</mark></p>" in html


def test_paragraphs_of_a_part_stay_paragraphs(workspace: Path) -> None:
    data = workspace / "data" / "luhe" / "2024.yaml"
    text = data.read_text(encoding="utf-8").replace(
        "  平台建设: 镇网站按", "  平台建设: |\n    第一段。\n\n    第二段。\n  别的: 镇网站按"
    )
    data.write_text(text, encoding="utf-8")
    assert "<p>第一段。</p>\n<p>第二段。</p>" in laid_out(workspace).html


@pytest.mark.parametrize("section", ["<script>alert(1)</script>", "&lt;b&gt;", '"><img src=x onerror=y>'])
def test_a_title_is_never_markup(workspace: Path, section: str) -> None:
    own_theme(workspace, f"extends: national\nsections: {{overview: {{title: '{section}'}}}}\n")
    html = laid_out(workspace).html
    assert "<script>" not in html
    assert "<img" not in html
    assert "<b>" not in html


@pytest.mark.parametrize(
    ("written", "template", "says"),
    [
        ("extends: nowhere\n", "", "no “nowhere” is installed"),
        ("extends: ./themes/mine\n", "", "extends itself"),
        ("extends: ./themes/none\n", "", "has no theme.yaml"),
        ("extends: national\nsections: {overvew: {title: x}}\n", "", "there is no section “overvew”"),
        ("extends: national\nsections: {overview: {as: pictures}}\n", "", "none of the choices"),
        ("extends: national\nsections: {overview: title}\n", "", "takes a mapping"),
        ("extends: national\ncolour: red\n", "", "unknown key “colour”"),
        ("extends: national\nstyle: {body: {size: 三十号}}\n", "", "“三十号” is no size"),
        ("extends: national\nstyle: {body: {font: ['a\"; }']}}\n", "", "is no font"),
        ("extends: national\nstyle: {body: {colour: red}}\n", "", "“red” is no colour"),
        ("extends: national\nstyle: {body: {indent: two}}\n", "", "“two” is no indent"),
        ("title: x\n", "", "there is no such template"),
        ("extends: national\n", "{{ section.__class__ }}", "unsafe"),
        ("extends: national\n", "{% for x in range(9) %}{% endfor %}", "not allowed"),
        ("extends: national\n", "{{ section.nothing }}", "no attribute"),
        ("extends: national\n", "{% if %}", "Expected an expression"),
        ("extends: national\n", "{% include 'overview.html' %}", "not allowed"),
        ("extends: national\n", "{% set x = 'a' * 10 ** 9 %}", "not allowed"),
        ("extends: national\n", "{{ section.lead | groupby('x') }}", "No filter named"),
        ("extends: national\n", "{% for a in section.heading * 2 %}{% endfor %}", "not allowed"),
    ],
)
def test_a_wrong_theme_is_told(workspace: Path, written: str, template: str, says: str) -> None:
    own_theme(workspace, written, **({"overview": template} if template else {}))
    with pytest.raises(NianbaoError) as caught:
        laid_out(workspace)
    assert says in str(caught.value)
    assert "mine" in str(caught.value) or "nowhere" in says or "theme.yaml" in says


def test_a_template_that_never_ends_is_stopped(workspace: Path) -> None:
    loops = "".join(f"{{% for a{n} in section.heading %}}" for n in range(8)) + "x" + "{% endfor %}" * 8
    own_theme(workspace, "extends: national\n", overview=loops)
    with pytest.raises(NianbaoError, match=r"does not end|grows without end"):
        laid_out(workspace)


@pytest.mark.parametrize(
    ("number", "written"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (35, "三十五"), (99, "九十九")]
)
def test_numbers_are_counted_in_chinese(number: int, written: str) -> None:
    assert chinese(number) == written


def test_a_standard_with_a_section_more_is_laid_out_too(workspace: Path) -> None:
    (workspace / "standards").mkdir()
    (workspace / "standards" / "ours.yaml").write_text(
        "extends: 2021\nsections: {region: {label: 分地区情况, keys: {note: {label: 说明, required: true}}}}\n", encoding="utf-8"
    )
    for file, old, new in (
        ("nianbao.yaml", "standard: 2021", "standard: ./standards/ours.yaml"),
        ("data/luhe/2024.yaml", "五、存在", "分地区情况: {说明: 都好。}\n五、存在"),
    ):
        path = workspace / file
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    html = laid_out(workspace).html
    assert "<h2>七、分地区情况</h2>" in html
    assert "都好。" in html
    assert standard("2021", Path()).sections.keys() < standard("./standards/ours.yaml", workspace).sections.keys()


@pytest.mark.parametrize(("epoch", "date"), [(None, "2024-12-31"), ("1735000000", "2024-12-24")])
def test_files_bear_the_last_day_of_the_year_or_that_of_the_environment(
    workspace: Path, monkeypatch: pytest.MonkeyPatch, epoch: str | None, date: str
) -> None:
    if epoch:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    assert laid_out(workspace).meta["date"] == date


def test_a_date_of_the_environment_that_is_none_is_told(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    with pytest.raises(NianbaoError, match="number of seconds"):
        laid_out(workspace)


def settings_of(workspace: Path, more: str) -> None:
    path = workspace / "jurisdictions" / "luhe.yaml"
    path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")


def test_a_sentence_of_the_settings_for_a_part_of_ones_own_is_printed(workspace: Path) -> None:
    settings_of(workspace, "sections: {other_matters: {texts: {志愿服务: '志愿者{{ 代表建议答复 }}人。'}}}\n")
    html = laid_out(workspace).html
    assert '<h3>（三）志愿服务</h3>\n<p>志愿者<data value="4" data-fact="other_matters.代表建议答复">4</data>人。</p>' in html


def test_aliases_in_theme_and_settings_are_one_part(workspace: Path) -> None:
    own_theme(
        workspace, "extends: tianmen\nsections: {六、其他需要报告的事项: {texts: {fee: 甲。}, titles: {政府信息处理费: 收费}}}\n"
    )
    html = laid_out(workspace).html
    assert "（一）收费。</span>甲。" in html
    settings_of(workspace, "sections: {other_matters: {texts: {信息处理费: 乙。}}}\n")
    assert "（一）收费。</span>乙。" in laid_out(workspace).html


def test_null_in_the_settings_drops_a_themes_sentence(workspace: Path) -> None:
    own_theme(workspace, "extends: national\nsections: {preamble: {text: 甲乙丙。}}\n")
    assert "甲乙丙" in laid_out(workspace).html
    settings_of(workspace, "sections: {preamble: {text: null}}\n")
    assert "甲乙丙" not in laid_out(workspace).html
    assert "本报告根据" in laid_out(workspace).html  # the standard's


@pytest.mark.parametrize("where", ["theme", "settings"])
def test_a_sentence_of_theme_or_settings_is_never_markup(workspace: Path, where: str) -> None:
    evil = "sections: {preamble: {text: '<script>alert(1)</script>{{ 年度 }}'}}\n"
    own_theme(workspace, "extends: national\n" + (evil if where == "theme" else ""))
    if where == "settings":
        settings_of(workspace, evil)
    html = laid_out(workspace).html
    assert "<script>" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;2024" in html


def test_a_theme_means_the_setting_where_a_figure_bears_its_name(workspace: Path) -> None:
    own_theme(workspace, "extends: national\nsections: {preamble: {text: '见{{ 网站 }}。'}}\n")
    data = workspace / "data" / "luhe" / "2024.yaml"
    data.write_text(data.read_text(encoding="utf-8").replace("    公告栏: 37", "    网站: 37"), encoding="utf-8")
    assert "见芦河镇网站（www.luhe.example）。" in laid_out(workspace).html


def test_a_name_within_another_can_be_asked_for(workspace: Path) -> None:
    text = "{% if 公开信息.公告栏 is defined %}有{{ 公开信息.公告栏 }}条{% endif %}{% if 公开信息.无 is defined %}无{% endif %}"
    own_theme(workspace, f"extends: national\nsections: {{preamble: {{text: '{text}'}}}}\n")
    assert "有<data" in laid_out(workspace).html


def test_a_theme_lays_out_a_standard_that_lacks_one_of_its_sections(workspace: Path) -> None:
    (workspace / "standards").mkdir()
    (workspace / "standards" / "ours.yaml").write_text("extends: 2021\nsections: {disputes: null}\n", encoding="utf-8")
    root = workspace / "nianbao.yaml"
    root.write_text(root.read_text(encoding="utf-8").replace("2021 ", "./standards/ours.yaml "), encoding="utf-8")
    own_theme(workspace, "extends: tianmen\n")
    data = workspace / "data" / "luhe" / "2024.yaml"
    text = data.read_text(encoding="utf-8")
    start, end = text.index("四、政府"), text.index("五、存在")
    data.write_text(text[:start] + text[end:], encoding="utf-8")
    assert "<h2>四、存在的主要问题及改进情况</h2>" in laid_out(workspace).html


def test_what_editors_leave_beside_a_themes_assets_is_overlooked(workspace: Path, run: Run) -> None:
    assets = workspace / "themes/mine/assets"
    assets.mkdir(parents=True)
    (workspace / "themes/mine/theme.yaml").write_text("extends: national\n", encoding="utf-8")
    for name in ("~$ference.docx", ".DS_Store", "#extra.css#"):
        (assets / name).write_bytes(b"x")
    replace(workspace / "jurisdictions/luhe.yaml", "theme: national", "theme: ./themes/mine")
    assert run("build", "luhe", "-F", "html").exit_code == 0


@pytest.mark.parametrize(
    ("template", "says"),
    [
        ('<section>{% for row in "abcdefghi" %}<p>{{ row }}</p>{% endfor %}</section>', None),
        ('<section><img src="charts/wrong.svg" alt="x"></section>', "the page has no chart charts/wrong.svg"),
        (
            "<section>" + "{% for a in section.parts %}" * 4 + "<p>x</p>" * 400 + "{% endfor %}" * 4 + "</section>",
            "at most 50000",
        ),
    ],
)
def test_a_page_that_is_endless_or_shows_what_is_not_there_is_refused_at_once(
    workspace: Path, run: Run, template: str, says: str | None
) -> None:
    templates = workspace / "themes/mine/templates"
    templates.mkdir(parents=True)
    (workspace / "themes/mine/theme.yaml").write_text("extends: national\n", encoding="utf-8")
    (templates / "overview.html").write_text(template, encoding="utf-8")
    replace(workspace / "jurisdictions/luhe.yaml", "theme: national", "theme: ./themes/mine")
    result = run("build", "luhe", "-F", "html")
    assert result.exit_code == 2
    assert (says or "should read") in result.stderr


def layout_of_luhe(folder: Path, written: str) -> None:
    file = folder / "jurisdictions" / "luhe.yaml"
    file.write_text(f"{file.read_text(encoding='utf-8')}\n{written}\n", encoding="utf-8")


def test_a_part_that_is_left_out_is_neither_printed_nor_asked_for(workspace: Path) -> None:
    layout_of_luhe(
        workspace, "sections: {preamble: {omit: [引言]}, improvements: {omit: [本年度]}, other_matters: {omit: [信息处理费]}}"
    )
    replace(workspace / "data" / "luhe" / "2024.yaml", "  本年度: ", "  # 本年度: ")
    html = laid_out(workspace).html
    assert "根据《中华人民共和国政府信息公开条例》" not in html
    assert "下年度改进措施" not in html
    assert "信息处理费" not in html
    assert "待填" not in html


def test_a_part_that_the_data_has_is_printed_though_it_may_be_left_out(workspace: Path) -> None:
    layout_of_luhe(workspace, "sections: {improvements: {omit: [本年度]}}")
    assert "一是政策解读以转载为主" in laid_out(workspace).html


@pytest.mark.parametrize("name", ["行政许可", "没有的", "本年新收"])
def test_only_a_part_that_there_is_can_be_left_out(workspace: Path, name: str) -> None:
    layout_of_luhe(workspace, f"sections: {{overview: {{omit: [{name}]}}}}")
    with pytest.raises(NianbaoError, match=name) as error:
        laid_out(workspace)
    assert error.value.place.startswith("jurisdictions/luhe.yaml:")


def test_the_title_of_a_jurisdiction_goes_over_its_themes(workspace: Path) -> None:
    layout_of_luhe(workspace, 'title: "{{ 年度 }}年{{ 编制单位 }}政府信息公开年报"')
    assert laid_out(workspace).title == "2024年芦河镇政府信息公开年报"


def test_a_layout_numbers_a_heading_in_its_own_way(workspace: Path) -> None:
    layout_of_luhe(workspace, "sections: {overview: {number: 第一部分}, requests: {number: ''}}")
    html = laid_out(workspace).html
    assert "<h2>第一部分 总体情况</h2>" in html
    assert "<h2>二、主动公开政府信息情况</h2>" in html
    assert "<h2>收到和处理政府信息公开申请情况</h2>" in html
    assert "<h2>四、" in html


def test_a_section_that_a_report_does_without_is_not_printed_and_not_counted(workspace: Path, run: Run) -> None:
    layout_of_luhe(workspace, "sections: {disputes: {as: nothing}}")
    data = workspace / "data" / "luhe" / "2024.yaml"
    text = data.read_text(encoding="utf-8")
    assert "<h2>四、政府信息公开行政复议、行政诉讼情况</h2>" in laid_out(workspace).html  # the data tells of it
    start, end = text.index("四、政府信息"), text.index("五、存在")
    data.write_text(text[:start] + text[end:], encoding="utf-8")
    html = laid_out(workspace).html
    assert "行政诉讼情况" not in html
    assert "<h2>四、存在的主要问题及改进情况</h2>" in html
    assert html.count("<table") == 2
    refused = run("build", "luhe", "-F", "html")
    assert refused.exit_code == 1
    assert "S-SIX" in refused.stderr
    assert run("build", "luhe", "-F", "html", "--draft").exit_code == 0


def test_a_table_prints_a_stated_total_as_it_stands_in_a_draft(workspace: Path, run: Run) -> None:
    replace(workspace / "data" / "luhe" / "2024.yaml", "  本年新收: {自然人: 12,", "  本年新收: {总计: 99, 自然人: 12,")
    assert '<data value="99" data-fact="requests.new">99</data></td>' in laid_out(workspace, draft=True).html
    refused = run("build", "luhe", "-F", "html")
    assert refused.exit_code == 1
    assert "found 99" in refused.stderr
    assert run("build", "luhe", "-F", "html", "--draft").exit_code == 0
