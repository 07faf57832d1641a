"""The YAML that a clerk writes."""

from pathlib import Path

import pytest

from tests_shared import Run, replace


@pytest.mark.parametrize(
    "written", ["326条", "326 件", "约100余条", "1,234", "３２６条", "0.36万元", "12元", '"12"', "'３'"],
)  # fmt: skip
def test_a_number_with_anything_around_it_is_refused_at_its_place(workspace: Path, run: Run, written: str) -> None:
    replace(workspace / "data/luhe/2024.yaml", "行政许可: 18", f"行政许可: {written}")
    result = run("build", "luhe", "-F", "html")
    assert result.exit_code == 2
    assert "data/luhe/2024.yaml:19:9" in result.stderr
    assert "Write the number alone" in result.stderr


@pytest.mark.parametrize("written", ["12:30", "no", "2024-01-01", "1_000", "0x1F", "1e3", "若干", ".5", "true"])
def test_what_yaml_would_guess_is_no_figure(workspace: Path, run: Run, written: str) -> None:
    replace(workspace / "data/luhe/2024.yaml", "行政许可: 18", f"行政许可: {written}")
    result = run("build", "luhe", "-F", "html")
    assert result.exit_code == 2
    assert f"“行政许可” should be a number, not “{written}”" in result.stderr


def test_full_width_digits_are_numbers(workspace: Path, run: Run) -> None:
    replace(workspace / "data/luhe/2024.yaml", "行政许可: 18", "行政许可: １８")
    assert run("build", "luhe", "-F", "html").exit_code == 0


def test_english_keys_do_as_well(workspace: Path, run: Run) -> None:
    replace(workspace / "data/luhe/2024.yaml", "  行政许可: 18", "  licences: 18")
    replace(workspace / "data/luhe/2024.yaml", "四、政府信息公开行政复议、行政诉讼情况:", "disputes:")
    replace(workspace / "data/luhe/2024.yaml", "  行政复议: {结果维持: 1, 尚未审结: 1}", "  review: {upheld: 1, pending: 1}")
    assert run("build", "luhe", "-F", "html").exit_code == 0


def test_a_list_is_refused_with_what_to_write_instead(workspace: Path, run: Run) -> None:
    replace(workspace / "data/luhe/2024.yaml", "行政许可: 18", "行政许可: [18]")
    assert "“行政许可” is a list" in run("build", "luhe").stderr


def test_an_unknown_section_is_refused_with_the_right_one(workspace: Path, run: Run) -> None:
    replace(workspace / "data/luhe/2024.yaml", "五、存在的主要问题及改进情况:", "五、存在的问题及改进情况:")
    result = run("build", "luhe", "-F", "html")
    assert "data/luhe/2024.yaml:47:1: there is no section “五、存在的问题及改进情况”" in result.stderr
    assert "Did you mean “存在的主要问题及改进情况”?" in result.stderr


def test_a_section_given_under_two_names_is_refused(workspace: Path, run: Run) -> None:
    path = workspace / "data/luhe/2024.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "overview: {引言: x。}\n", encoding="utf-8")
    assert "“overview” is given twice" in run("build", "luhe", "-F", "html").stderr


def test_a_file_in_gb18030_is_read_with_a_notice(workspace: Path, run: Run) -> None:
    path = workspace / "data/luhe/2024.yaml"
    path.write_bytes(path.read_text(encoding="utf-8").encode("gb18030"))
    result = run("build", "luhe", "-F", "html")
    assert result.exit_code == 0
    assert "note: data/luhe/2024.yaml: read as GB18030" in result.stderr


def test_a_section_begun_and_left_empty_is_told_at_its_line(workspace: Path, run: Run) -> None:
    data = workspace / "data/luhe/2024.yaml"
    text = data.read_text(encoding="utf-8")
    begin, end = text.index("四、"), text.index("五、")
    data.write_text(f"{text[:begin]}四、政府信息公开行政复议、行政诉讼情况:\n{text[end:]}", encoding="utf-8")
    result = run("build", "luhe", "-F", "html")
    assert result.exit_code == 1
    assert f"data/luhe/2024.yaml:{text[:begin].count(chr(10)) + 1}:1: error F-SECTION" in result.stderr
