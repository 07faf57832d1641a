"""Notes under tables and annotations in cells: the clerk's, else the town's, else the theme's; absent is not zero."""

import json
from pathlib import Path

import pytest

from nianbao.errors import NianbaoError
from nianbao.plugins import Plugins
from nianbao.report import Report, compose
from nianbao.themes import theme
from nianbao.workspace import Workspace
from tests_shared import Run, replace

NOTED = "sections: {disputes: {notes: [案件按立案时间统计。, 含委托代理的案件。]}}\n"


def told(folder: Path) -> tuple[Report, str]:
    workspace = Workspace(folder)
    edition = workspace.edition(workspace.named("luhe"), 2024)
    plugins = Plugins(edition)
    made = theme(plugins.theme, folder)
    layouts = made.layouts(plugins.standard, edition)
    report = compose(edition, plugins, layouts)
    return report, made.render(report, layouts).html


def settings(workspace: Path, more: str) -> None:
    path = workspace / "jurisdictions" / "luhe.yaml"
    path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")


def own_theme(workspace: Path, sections: str) -> None:
    (workspace / "themes" / "mine").mkdir(parents=True)
    text = f"extends: national\nsections: {{{sections}}}\n"
    (workspace / "themes" / "mine" / "theme.yaml").write_text(text, encoding="utf-8")
    replace(workspace / "jurisdictions" / "luhe.yaml", "theme: national", "theme: ./themes/mine")


def test_notes_stand_under_the_tables_numbered_where_there_are_several(workspace: Path) -> None:
    settings(workspace, NOTED)
    _, html = told(workspace)
    note = '<div class="note">\n<p>注：1.案件按立案时间统计。</p>\n<p>2.含委托代理的案件。</p>\n</div>'
    assert note in html
    assert html.index("</table>", html.index("四、")) < html.index(note) < html.index("五、")


def test_one_note_has_no_number(workspace: Path) -> None:
    settings(workspace, "sections: {disputes: {notes: 案件按立案时间统计。}}\n")
    assert "<p>注：案件按立案时间统计。</p>" in told(workspace)[1]


def test_a_clerks_note_goes_before_the_towns_and_is_filled(workspace: Path) -> None:
    settings(workspace, NOTED)
    data = workspace / "data" / "luhe" / "2024.yaml"
    replace(data, "  未经复议直接起诉: 0\n", "  未经复议直接起诉: 0\n  注: 其中上年立案{{ 上年立案 }}件。\n  上年立案: 1\n")
    report, html = told(workspace)
    assert '<p>注：其中上年立案<data value="1" data-fact="disputes.上年立案">1</data>件。</p>' in html
    assert "按立案时间" not in html
    assert not report.mistakes


def test_a_note_that_names_an_absent_figure_stops_the_build_unless_it_asks_first(workspace: Path, run: Run) -> None:
    settings(workspace, "sections: {disputes: {notes: ['其中上年立案{{ 上年立案 }}件。']}}\n")
    refused = run("build", "luhe", "-F", "markdown")
    assert refused.exit_code == 2
    assert "jurisdictions/luhe.yaml:" in refused.stderr
    assert "no figure is named “上年立案”" in refused.stderr
    replace(workspace / "jurisdictions" / "luhe.yaml", "其中上年立案{{ 上年立案 }}件。",
            "{% if 上年立案 is defined %}其中上年立案{{ 上年立案 }}件。{% endif %}")  # fmt: skip
    built = run("build", "luhe", "-F", "markdown")
    assert built.exit_code == 0, built.stderr
    assert "注：" not in next(workspace.rglob("*.md")).read_text(encoding="utf-8")


def test_an_annotation_stands_in_its_cell_in_brackets(workspace: Path, run: Run) -> None:
    own_theme(
        workspace,
        "二、主动公开政府信息情况: {annotations: {行政规范性文件.制发: '其中{{ 年度 }}年修订{{ 修订 }}件', 行政许可: （含备案）}}",
    )
    replace(workspace / "data" / "luhe" / "2024.yaml", "  行政许可: 18\n", "  行政许可: 18\n  修订: 1\n")
    report, html = told(workspace)
    assert '1</data>（其中2024年修订<data value="1" data-fact="proactive_disclosure.修订">1</data>件）</td>' in html
    assert ">18</data>（含备案）</td>" in html
    assert not report.mistakes
    built = run("build", "luhe", "-F", "html", "-F", "docx", "-F", "markdown")
    assert built.exit_code == 0, built.stderr
    assert "1（其中2024年修订1件）" in next((workspace / "build").rglob("*.md")).read_text(encoding="utf-8")
    kept = json.loads(next((workspace / "build").rglob("report.json")).read_bytes())["parts"]
    assert {"path": "proactive_disclosure.licences", "from": "theme", "text": "（含备案）"}.items() <= next(
        part for part in kept if part["text"] == "（含备案）"
    ).items()


def test_an_annotation_of_a_total_stands_in_the_column_of_totals(workspace: Path) -> None:
    settings(workspace, "sections: {requests: {annotations: {本年新收: 含邮寄}}}\n")
    assert '<data value="15" data-fact="requests.new">15</data>（含邮寄）</td>' in told(workspace)[1]


def test_a_digit_typed_into_a_note_or_a_cell_is_told(workspace: Path, run: Run) -> None:
    settings(workspace, "sections: {disputes: {notes: [含上年7件。], annotations: {行政复议: 含上年8件}}}\n")
    built = run("build", "luhe", "-F", "markdown")
    assert [line.split("found ")[-1] for line in built.stderr.splitlines() if "F-TYPED" in line and "luhe.yaml" in line] == [
        "7", "8",
    ]  # fmt: skip


def test_a_section_told_in_text_keeps_its_note_and_drops_what_would_stand_in_cells(workspace: Path) -> None:
    own_theme(workspace, "disputes: {as: text, text: 见下。, notes: [按立案时间统计。], annotations: {行政复议: 其中1件}}")
    html = told(workspace)[1]
    assert '<p>见下。</p>\n<div class="note">\n<p>注：按立案时间统计。</p>' in html
    assert "其中1件" not in html


@pytest.mark.parametrize(
    ("annotations", "says"),
    [
        ("{行政复仪: x}", "no place is named “行政复仪”; there are: 行政复议"),
        ("{行政诉讼: x}", "“行政诉讼” is no cell of a table"),
        ("{结果维持: x}", "“结果维持” is no cell of a table"),
        ("[x]", "expected a mapping"),
    ],
)
def test_an_annotation_of_what_is_no_cell_is_told(workspace: Path, annotations: str, says: str) -> None:
    own_theme(workspace, f"disputes: {{annotations: {annotations}}}")
    with pytest.raises(NianbaoError) as caught:
        told(workspace)
    assert says in str(caught.value)
    assert "themes/mine/theme.yaml:2:" in str(caught.value)


@pytest.mark.parametrize("key", ["notes: ['{}']", "annotations: {{行政复议: '{}'}}"])
def test_a_note_is_never_markup(workspace: Path, key: str) -> None:
    own_theme(workspace, "disputes: {" + key.format("<script>alert(1)</script>{{ 编制单位 }}").replace("{{{{", "{{") + "}")
    html = told(workspace)[1]
    assert "<script>" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;芦河镇" in html


def test_a_part_whose_sentence_comes_out_empty_is_not_printed(workspace: Path) -> None:
    own_theme(workspace, "other_matters: {texts: {志愿服务: '{% if 志愿者 is defined %}志愿者{{ 志愿者 }}人。{% endif %}'}}")
    assert "志愿服务" not in told(workspace)[1]
    replace(workspace / "data" / "luhe" / "2024.yaml", "  信息处理费: 0\n", "  信息处理费: 0\n  志愿者: 6\n")
    assert "（三）志愿服务</h3>" in told(workspace)[1]


def test_a_required_part_whose_sentence_comes_out_empty_is_still_missing(workspace: Path, run: Run) -> None:
    own_theme(workspace, "overview: {texts: {监督保障: '{% if 无 is defined %}有{% endif %}'}}")
    replace(workspace / "data" / "luhe" / "2024.yaml", "  监督保障:", "  别的工作:")
    refused = run("build", "luhe", "-F", "markdown")
    assert refused.exit_code == 1
    assert "“监督保障” is missing" in refused.stderr


def test_a_section_of_a_strangers_standard_may_have_a_part_called_notes(workspace: Path) -> None:
    (workspace / "standards").mkdir()
    own = "extends: 2021\nsections: {region: {label: 分地区情况, keys: {notes: {label: 说明, required: true}}}}\n"
    (workspace / "standards" / "ours.yaml").write_text(own, encoding="utf-8")
    replace(workspace / "nianbao.yaml", "standard: 2021", "standard: ./standards/ours.yaml")
    replace(workspace / "data" / "luhe" / "2024.yaml", "五、存在", "分地区情况: {说明: 都好。}\n五、存在")
    assert "<h3>（一）说明</h3>\n<p>都好。</p>" in told(workspace)[1]
