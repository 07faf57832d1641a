"""A city's tables are the sums of the reports below, each figure traced to the town's line."""

import json
from pathlib import Path

import pytest

from tests_shared import Run, replace

CITY = """
一、总体情况: {主动公开: 甲。, 依申请公开: "全市新收{{ 本年新收 }}件。", 政府信息管理: 乙。, 平台建设: 丙。, 监督保障: 考核合格。}
五、存在的主要问题及改进情况: {本年度: 戊。}
"""


@pytest.fixture
def city(workspace: Path) -> Path:
    """tianmen sums up luhe and a second town, donghe, whose data are luhe's; shijiahe has no tables of section two."""
    (workspace / "data/tianmen").mkdir()
    (workspace / "data/tianmen/2024.yaml").write_text(CITY, encoding="utf-8")
    town = (workspace / "jurisdictions/luhe.yaml").read_text(encoding="utf-8")
    (workspace / "jurisdictions/donghe.yaml").write_text(town.replace("芦河镇", "东河镇"), encoding="utf-8")
    (workspace / "data/donghe").mkdir()
    told = (workspace / "data/luhe/2024.yaml").read_text(encoding="utf-8")
    (workspace / "data/donghe/2024.yaml").write_text(told.replace("芦河镇", "东河镇"), encoding="utf-8")
    below = "sources: {所属单位: {use: subordinates, for: 市, except: [shijiahe]}}\n"
    replace(workspace / "jurisdictions/tianmen.yaml", "level: 市\n", f"level: 市\n{below}")
    replace(workspace / "jurisdictions/tianmen.yaml", "theme: tianmen", "theme: national")
    return workspace


def test_all_builds_the_towns_and_then_the_city_from_them(city: Path, run: Run) -> None:
    replace(city / "jurisdictions/shijiahe.yaml", "level: 镇", "level: 镇\ntheme: tianmen")
    replace(city / "jurisdictions/shijiahe.yaml", "name: 石家河镇", "name: 石家河镇\nyears: {2024: {}}")
    result = run("build", "--all", "-F", "html")
    assert result.exit_code == 0, result.stderr
    record = json.loads((city / "build/tianmen/2024/report.json").read_bytes())
    assert record["figures"]["requests.new"]["value"] == 30
    assert record["figures"]["proactive_disclosure.fees"]["value"] == 0.72
    assert record["figures"]["disputes.review.upheld"]["value"] == 2
    told = run("trace", "tianmen", "本年新收.自然人").stdout
    assert "自然人 = 24  汇总 2 份报告" in told
    assert "luhe: 12 ← build/luhe/2024/report.json（data/luhe/2024.yaml:28:15）" in told
    assert record["figures"]["other_matters.fee"]["value"] == 0
    assert "全市新收<data" in next((city / "build/tianmen/2024/publish").glob("*.html")).read_text(encoding="utf-8")


def test_every_report_that_is_missing_or_unfit_is_named_in_one_message(city: Path, run: Run) -> None:
    run("build", "luhe", "-F", "html")
    path = city / "build/luhe/2024/report.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"draft": false', '"draft": true'), encoding="utf-8")
    result = run("build", "tianmen", "-F", "html", "--year", "2024")
    assert result.exit_code == 2
    assert "芦河镇: it is a draft (build/luhe/2024/report.json)" in result.stderr
    assert "东河镇: there is no finished report" in result.stderr


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("except: [shijiahe]", "except: [nobody]", "“nobody” under `except` is no jurisdiction"),
        ("except: [shijiahe]", "except: [shijiahe, luhe, donghe]", "there is nobody below"),
    ],
)
def test_a_wrong_setting_is_told(city: Path, run: Run, old: str, new: str, says: str) -> None:
    replace(city / "jurisdictions/tianmen.yaml", old, new)
    result = run("build", "tianmen", "-F", "html", "--year", "2024")
    assert (result.exit_code, says in result.stderr) == (2, True)


def test_reports_of_another_standard_are_not_summed_up(city: Path, run: Run) -> None:
    run("build", "luhe", "donghe", "-F", "html")
    path = city / "build/luhe/2024/report.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"standard": "2021"', '"standard": "2019"'), encoding="utf-8")
    assert "芦河镇: it follows the standard 2019" in run("build", "tianmen", "-F", "html", "--year", "2024").stderr


def test_a_body_under_two_files_is_not_counted_twice(city: Path, run: Run) -> None:
    run("build", "luhe", "donghe", "-F", "html")
    replace(city / "jurisdictions/donghe.yaml", "name: 东河镇", "name: 芦 河镇")
    told = run("build", "tianmen", "-F", "html", "--year", "2024").stderr
    assert "it is the same body as donghe: it would be counted twice" in told


def test_a_report_of_another_year_is_named(city: Path, run: Run) -> None:
    run("build", "luhe", "donghe", "-F", "html")
    path = city / "build/luhe/2024/report.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"year": 2024', '"year": 2023'), encoding="utf-8")
    told = run("build", "tianmen", "-F", "html", "--year", "2024").stderr
    assert "芦河镇: it is a report of another year or body" in told


def test_a_figure_that_one_report_lacks_is_told_with_all_others(city: Path, run: Run) -> None:
    run("build", "luhe", "donghe", "-F", "html")
    path = city / "build/luhe/2024/report.json"
    record = json.loads(path.read_bytes())
    del record["figures"]["proactive_disclosure.fees"], record["figures"]["requests.new.research"]
    path.write_text(json.dumps(record), encoding="utf-8")
    result = run("build", "tianmen", "-F", "html", "--year", "2024")
    assert result.exit_code == 2
    assert "the reports of 芦河镇 have no proactive_disclosure.fees" in result.stderr
    assert "the reports of 芦河镇 have no requests.new.research" in result.stderr


def test_a_report_whose_data_have_changed_since_is_not_summed_up(city: Path, run: Run) -> None:
    run("build", "luhe", "donghe", "-F", "html")
    replace(city / "data/luhe/2024.yaml", "行政许可: 18", "行政许可: 19")
    result = run("build", "tianmen", "-F", "html", "--year", "2024")
    assert result.exit_code == 2
    assert "芦河镇: its data have changed since it was built (data/luhe/2024.yaml)" in result.stderr


@pytest.mark.parametrize("cores", [1, 2])
def test_a_town_that_has_just_failed_is_not_summed_up_from_an_older_report(
    city: Path, run: Run, cores: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    from nianbao import batch

    monkeypatch.setattr(batch, "cores", lambda: cores)
    run("build", "luhe", "donghe", "-F", "html")
    (city / "jurisdictions/shijiahe.yaml").unlink()
    replace(city / "jurisdictions/tianmen.yaml", ", except: [shijiahe]", "")
    replace(city / "jurisdictions/luhe.yaml", "theme: national", "theme: nobodys")
    result = run("build", "--all", "--year", "2024", "-F", "html")
    assert result.exit_code == 2
    assert "芦河镇: its build has just failed" in result.stderr
    assert not (city / "build/tianmen").exists() or not list((city / "build/tianmen").rglob("*.html"))


def test_with_another_output_folder_the_reports_of_this_command_are_summed_up(city: Path, run: Run) -> None:
    (city / "jurisdictions/shijiahe.yaml").unlink()
    replace(city / "jurisdictions/tianmen.yaml", ", except: [shijiahe]", "")
    run("build", "--all", "--year", "2024", "-F", "html")
    replace(city / "data/luhe/2024.yaml", "行政许可: 18", "行政许可: 28")
    result = run("build", "--all", "--year", "2024", "-F", "html", "-o", str(city / "out"))
    assert result.exit_code == 0, result.stderr
    record = json.loads((city / "out/tianmen/2024/report.json").read_bytes())
    assert record["figures"]["proactive_disclosure.licences"]["value"] == 18 + 28


def test_a_body_whose_parent_is_misspelt_is_not_simply_left_out(city: Path, run: Run) -> None:
    run("build", "luhe", "donghe", "-F", "html")
    replace(city / "jurisdictions/donghe.yaml", "parent: tianmen", "parent: tianmem")
    result = run("build", "tianmen", "-F", "html", "--year", "2024")
    assert (result.exit_code, "there is no parent “tianmem”" in result.stderr) == (2, True)
