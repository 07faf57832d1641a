"""Every figure can be traced to its origin, by name, path or value."""

import json
from pathlib import Path

import pytest

from tests_shared import Run, replace


@pytest.mark.parametrize("what", ["公开信息", "proactive_disclosure.公开信息", "326", "３２６"])
def test_a_sum_is_traced_to_every_line_of_the_data(run: Run, what: str) -> None:
    run("build", "shijiahe", "-F", "html")
    told = run("trace", "shijiahe", what).stdout
    assert "主动公开政府信息情况 › 公开信息 = 326" in told
    assert "工作动态 = 54  data/shijiahe/2024.yaml:14:72  manual" in told


def test_a_total_of_a_table_is_traced_through_rows_and_columns(run: Run) -> None:
    told = run("trace", "luhe", "本年度办理结果.总计").stdout
    assert "not built yet" in told
    assert "        不予公开 = 2\n            保护第三方合法权益 = 1  data/luhe/2024.yaml:34:22  manual" in told


@pytest.mark.parametrize(
    "what", ["新收.自然人", "本年新收.自然人", "本年新收政府信息公开申请数量.自然人", "requests.new.natural_person"]
)
def test_aliases_lead_to_the_same_figure(run: Run, what: str) -> None:
    assert "自然人 = 12  data/luhe/2024.yaml:28:15  manual" in run("trace", "luhe", what).stdout


def test_a_zero_says_why_it_is_zero(run: Run) -> None:
    told = run("trace", "luhe", "不予处理").stdout
    assert "0  not given in a table that is: 0" in told


def test_a_sentence_is_traced_too(run: Run) -> None:
    told = run("trace", "shijiahe", "监督保障情况").stdout
    assert "data/shijiahe/2024.yaml:10:9  data" in told


def test_the_record_of_the_build_speaks_not_the_data_that_changed_since(workspace: Path, run: Run) -> None:
    run("build", "luhe", "-F", "html")
    replace(workspace / "data/luhe/2024.yaml", "行政许可: 18", "行政许可: 19")
    assert "行政许可 = 18" in run("trace", "luhe", "行政许可").stdout


def test_json_gives_the_path_and_the_origin(run: Run) -> None:
    (row,) = json.loads(run("trace", "luhe", "公告栏", "--json").stdout)[:1]
    assert row["path"] == "proactive_disclosure.公开信息.公告栏"
    assert row["origin"] == {"where": "data/luhe/2024.yaml:16:10", "source": "manual", "settings": "nianbao.yaml:4:11"}


def test_an_unknown_name_is_told_with_the_nearest(run: Run) -> None:
    result = run("trace", "luhe", "公告兰")
    assert result.exit_code == 2
    assert "Did you mean “公告栏”?" in result.stderr


def test_a_value_that_many_figures_have_is_cut_short(run: Run) -> None:
    told = run("trace", "luhe", "0").stdout
    assert "more: give a name or a path" in told
    assert told.count(" = 0") <= 60


def test_a_decimal_is_found_by_its_value(run: Run) -> None:
    run("build", "luhe", "-F", "html")
    assert "行政事业性收费 = 0.36  data/luhe/2024.yaml:22:12  manual" in run("trace", "luhe", "0.36").stdout


def test_a_value_that_no_figure_has_is_told_as_such(run: Run) -> None:
    result = run("trace", "luhe", "987654")
    assert (result.exit_code, "no figure is 987654" in result.stderr) == (2, True)


def test_a_figure_that_is_not_filled_in_yet_is_told_as_such(run: Run) -> None:
    run("start", "luhe", "--year", "2025")
    assert "“本年新收” is not filled in yet" in run("trace", "luhe", "本年新收").stderr
