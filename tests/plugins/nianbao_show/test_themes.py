"""What a theme's author gets from ``nianbao themes``: a start, what it says line by line, and how it looks."""

import json
import re
from pathlib import Path

import pytest

from tests_shared import Run, replace

LINES = 'extends: shanghai\nserves: 我市\nsections:\n  六、其他需要报告的事项:\n    titles: {政府信息处理费: 收费}\n  disputes: {notes: null}\nstyle: {body: {size: 小三}}\n'  # fmt: skip


@pytest.fixture
def mine(workspace: Path) -> Path:
    home = workspace / "themes" / "mine"
    (home / "templates").mkdir(parents=True)
    (home / "theme.yaml").write_text(LINES, encoding="utf-8")
    (home / "templates" / "disputes.html").write_text("<section>{{ section.heading }}</section>", encoding="utf-8")
    return home / "theme.yaml"


def test_the_list_says_whom_each_theme_serves(workspace: Path, run: Run, mine: Path) -> None:
    rows = {row["name"]: row for row in json.loads(run("themes", "--json").stdout)}
    assert rows["shanghai"]["serves"].startswith("上海：")
    assert rows["./themes/mine"]["serves"] == "我市"
    assert all(row["serves"] for row in rows.values())
    assert "江苏" in run("themes").stdout


def test_a_broken_theme_does_not_hide_the_others(workspace: Path, run: Run, mine: Path) -> None:
    mine.write_text("extends: nowhere\n", encoding="utf-8")
    rows = {row["name"]: row for row in json.loads(run("themes", "--json").stdout)}
    assert "nowhere" in rows["./themes/mine"]["problem"]
    assert rows["national"]["serves"]


def test_a_new_theme_changes_nothing_until_a_line_is_used(workspace: Path, run: Run) -> None:
    before = run("build", "luhe", "-F", "html", "-o", str(workspace / "before"))
    made = run("themes", "new", "heshan")
    assert made.exit_code == 0
    assert "theme: ./themes/heshan" in made.stderr
    replace(workspace / "jurisdictions" / "luhe.yaml", "theme: national", "theme: ./themes/heshan")
    after = run("build", "luhe", "-F", "html", "-o", str(workspace / "after"))
    pages = [Path(result.stdout.strip()).read_bytes() for result in (before, after)]
    assert pages[0] == pages[1]


def test_each_line_of_a_new_theme_works_when_its_mark_is_taken_off(workspace: Path, run: Run) -> None:
    run("themes", "new", "heshan")
    path = workspace / "themes" / "heshan" / "theme.yaml"
    draft = path.read_text(encoding="utf-8")
    assert len(draft.splitlines()) == 12
    path.write_text(re.sub(r"(?m)^# (?=\w+:|  )", "", draft), encoding="utf-8")
    keys = {said["key"].split(".")[1] for said in json.loads(run("themes", "show", "heshan", "--json").stdout)["settings"]
            if said["theme"] == "./themes/heshan" and "." in said["key"]}  # fmt: skip
    assert keys == {"overview", "requests", "disputes", "other_matters", "heading1", "body"}
    seen = run("themes", "preview", "heshan")
    assert seen.exit_code == 0, seen.stderr
    assert all("S-TABLES" in line or line.startswith("    ") for line in seen.stderr.splitlines())


def test_a_new_theme_may_extend_any_and_overwrites_none(workspace: Path, run: Run) -> None:
    assert run("themes", "new", "heshan", "--extends", "tianmen").exit_code == 0
    path = workspace / "themes" / "heshan" / "theme.yaml"
    assert path.read_text(encoding="utf-8").startswith("extends: tianmen\n")
    path.write_text("extends: national\n", encoding="utf-8")
    again = run("themes", "new", "heshan")
    assert again.exit_code == 2
    assert "nothing was changed" in again.stderr
    assert path.read_text(encoding="utf-8") == "extends: national\n"
    assert run("themes", "new", "another", "--extends", "heshan").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "says"),
    [(("../out",), "cannot be a theme's name"), (("x", "--extends", "natoinal"), "Did you mean “national”?"), ((), "wrong use")],
)
def test_a_new_theme_that_cannot_be_is_told(workspace: Path, run: Run, arguments: tuple[str, ...], says: str) -> None:
    refused = run("themes", "new", *arguments)
    assert refused.exit_code == 2
    assert says in refused.stderr
    assert not (workspace / "themes" / "x").exists()


def test_a_theme_is_shown_line_by_line_with_what_it_takes_the_place_of(workspace: Path, run: Run, mine: Path) -> None:
    shown = json.loads(run("themes", "show", "mine", "--json").stdout)
    assert (shown["extends"], shown["standard"]) == (["shanghai", "national"], "2021-shanghai")
    said = {each["key"]: each for each in shown["settings"]}
    for each in shown["settings"]:  # every place is where it says
        file, _, line = each["place"].rpartition(":")
        home = workspace if file.startswith("themes/") else Path(__file__).parents[3] / "themes" / "nianbao_themes"
        written = (home / file).read_text(encoding="utf-8").splitlines()[int(line) - 1]
        assert re.split(r"[\s,]", each["value"].strip("[]"))[0] in written
    assert said["style.body.size"] == {
        "key": "style.body.size", "value": "小三", "place": "themes/mine/theme.yaml:7", "theme": "./themes/mine",
        "was": {"value": "3号", "place": "national/theme.yaml:12"},
    }  # fmt: skip
    assert said["style.body.lines"]["theme"] == "national"
    assert said["sections.other_matters.titles.fee"]["place"] == "themes/mine/theme.yaml:5"
    assert said["sections.disputes.notes"]["value"] == "null"
    assert said["sections.disputes.notes"]["was"]["place"].startswith("shanghai/theme.yaml:")
    assert said["sections.improvements.titles.last_year"]["theme"] == "shanghai"
    assert {"file": "templates/disputes.html", "theme": "./themes/mine"} in shown["files"]
    assert {"file": "templates/section.html", "theme": "national"} in shown["files"]


def test_a_theme_is_shown_to_people_its_own_lines_first(workspace: Path, run: Run, mine: Path) -> None:
    lines = run("themes", "show", "mine").stdout.splitlines()
    assert lines[0] == "./themes/mine < shanghai < national  我市"
    assert lines[2:5] == [
        "says:",
        "  themes/mine/theme.yaml:5  sections.other_matters.titles.fee: 收费",
        "  themes/mine/theme.yaml:6  sections.disputes.notes: null (was [{% if 上年度结转案件 is defined and 上年度结转案件 %}各项件数含上年度…, shanghai/theme.yaml:11)",
    ]
    assert "  national/theme.yaml:12  style.body.lines: 22" in lines[lines.index("inherits:") :]


def test_a_chart_is_shown_with_what_it_says(workspace: Path, run: Run, mine: Path) -> None:
    mine.write_text(
        "extends: national\nsections: {requests: {charts: [{of: 本年新收, title: 新收}, {of: 结转下年度}]}}\n", encoding="utf-8"
    )
    (said,) = (each for each in json.loads(run("themes", "show", "mine", "--json").stdout)["settings"] if "charts" in each["key"])
    assert said["value"] == "[{of: 本年新收, title: 新收}, {of: 结转下年度}]"


def test_a_whole_takes_the_place_of_its_parts(workspace: Path, run: Run, mine: Path) -> None:
    mine.write_text("extends: tianmen\nsections: {overview: {titles: null}}\n", encoding="utf-8")
    keys = [said["key"] for said in json.loads(run("themes", "show", "mine", "--json").stdout)["settings"]]
    assert [key for key in keys if key.startswith("sections.overview")] == ["sections.overview.titles"]


def test_a_preview_needs_no_town_and_no_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from click.testing import CliRunner

    from nianbao.cli import main

    monkeypatch.chdir(tmp_path)
    made = CliRunner().invoke(main, ["themes", "preview", "jiangsu", "-F", "html", "-F", "docx", "-F", "markdown"])
    assert made.exit_code == 0, made.stderr
    files = [Path(line) for line in made.stdout.splitlines()]
    assert [file.suffix for file in files] == [".html", ".docx", ".md"]
    assert {file.parent for file in files} == {Path("build/preview/jiangsu")}
    text = files[2].read_text(encoding="utf-8")
    assert text.startswith("# 【示例】示例县2024年政府信息公开工作年度报告")
    assert "（六）政府信息公开标准化建设情况。这是“政府信息公开标准化建设情况”的示例文字，不是真实内容" in text
    assert "新收的政府信息公开申请按地区分：示例甲3件、示例乙2件。" in text
    first = [file.read_bytes() for file in files]
    CliRunner().invoke(main, ["themes", "preview", "jiangsu", "-F", "html", "-F", "docx", "-F", "markdown"])
    assert [file.read_bytes() for file in files] == first


def test_a_preview_says_which_figures_only_the_data_can_give(workspace: Path, run: Run, mine: Path) -> None:
    (mine.parent / "templates" / "disputes.html").unlink()
    mine.write_text("extends: national\nsections:\n  preamble:\n    text: '收到{{ 本年新受 }}件。'\n", encoding="utf-8")
    made = run("themes", "preview", "mine")
    assert made.exit_code == 0
    assert "themes/mine/theme.yaml:4:11: the sample adds “本年新受”" in made.stderr


def test_a_preview_is_of_the_standard_that_is_asked_for(workspace: Path, run: Run) -> None:
    made = run("themes", "preview", "national", "--standard", "2019", "-F", "markdown", "-o", str(workspace / "out"))
    file = Path(made.stdout.strip())
    assert file.parent == workspace / "out" / "national"
    assert "政府集中采购" in file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("preview", "shangai"), "Did you mean “shanghai”?"),
        (("preview", "national", "--standard", "2012"), "no “2012” is installed"),
        (("preview", "national", "-F", "papyrus"), "no “papyrus” is installed"),
        (("preview", "../../etc"), "is not installed|no “../../etc” is installed|not in the workspace"),
        (("show", "shangai"), "Did you mean “shanghai”?"),
        (("show", "mine"), "no “mine” is installed"),
    ],
)
def test_a_theme_that_is_not_there_is_told(workspace: Path, run: Run, arguments: tuple[str, ...], says: str) -> None:
    refused = run("themes", *arguments)
    assert refused.exit_code == 2
    assert re.search(says, refused.stderr)
    assert not (workspace / "build").exists()


def test_a_preview_of_a_theme_that_loses_a_table_is_refused(workspace: Path, run: Run, mine: Path) -> None:
    refused = run("themes", "preview", "mine", "-F", "html")
    assert refused.exit_code == 2
    assert "differs from the report: 政府信息公开行政复议、行政诉讼情况" in refused.stderr
    assert not (workspace / "build").exists()


def test_a_wrong_sentence_stops_a_preview_and_writes_nothing(workspace: Path, run: Run, mine: Path) -> None:
    mine.write_text("extends: national\nsections: {preamble: {text: '{{ 编制单位 | upper }}'}}\n", encoding="utf-8")
    refused = run("themes", "preview", "mine")
    assert refused.exit_code == 2
    assert "themes/mine/theme.yaml:2:29" in refused.stderr
    assert not (workspace / "build").exists()


def test_a_preview_draws_the_themes_charts(workspace: Path, run: Run, mine: Path) -> None:
    (mine.parent / "templates" / "disputes.html").unlink()
    charts = "proactive_disclosure: {charts: [{title: 各渠道, of: 公开信息}]}, requests: {charts: [{of: [本年新收, 上年结转]}]}"
    mine.write_text(f"extends: national\nsections: {{{charts}}}\n", encoding="utf-8")
    made = run("themes", "preview", "mine", "-F", "html")
    assert made.exit_code == 0, made.stderr
    assert "the sample adds “公开信息”" in made.stderr
    page = Path(made.stdout.strip()).read_text(encoding="utf-8")
    assert page.count("<svg") == 2
    assert "示例甲" in page
