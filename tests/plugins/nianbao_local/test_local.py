"""What a place adds is a standard: a town that names it is asked for more, and gets it printed where its theme says."""

from pathlib import Path

import pytest

from tests_shared import Run, replace


def switch(workspace: Path, standard: str) -> Path:
    """The example town with a place's standard, and the theme that the standard names; its data file."""
    replace(workspace / "nianbao.yaml", "standard: 2021", f"standard: {standard}")
    replace(workspace / "jurisdictions" / "luhe.yaml", "theme: national", "theme: null")
    return workspace / "data" / "luhe" / "2024.yaml"


def page(workspace: Path, run: Run) -> str:
    built = run("build", "luhe", "-F", "markdown")
    assert built.exit_code == 0, built.stderr
    return next((workspace / "build").rglob("*.md")).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("standard", "lacking"),
    [("2021-beijing", ["组织领导", "教育培训"]), ("2021-jiangsu", ["政府信息公开标准化建设"])],
)
def test_a_town_is_told_what_its_place_asks_for_besides(workspace: Path, run: Run, standard: str, lacking: list[str]) -> None:
    switch(workspace, standard)
    refused = run("build", "luhe", "-F", "markdown")
    assert refused.exit_code == 1
    assert all(f"{name}情况” is missing" in refused.stderr for name in lacking)


def test_beijing_has_seven_parts(workspace: Path, run: Run) -> None:
    data = switch(workspace, "2021-beijing")
    replace(
        data, "二、主动公开政府信息情况:", "  组织领导: 成立领导小组。\n  教育培训: 举办培训班。\n\n二、主动公开政府信息情况:"
    )
    text = page(workspace, run)
    assert text.index("### （六）组织领导情况\n\n成立领导小组。") < text.index("### （七）教育培训情况\n\n举办培训班。")


def test_jiangsu_has_a_sixth_part_and_lists_applications_by_region(workspace: Path, run: Run) -> None:
    data = switch(workspace, "2021-jiangsu")
    replace(data, "二、主动公开政府信息情况:", "  标准化建设: 编制了公开目录。\n\n二、主动公开政府信息情况:")
    replace(data, "  上年结转: {自然人: 2}\n", "  上年结转: {自然人: 2}\n  分地区新收: {东片: 9, 西片: 6}\n")
    text = page(workspace, run)
    assert "（六）政府信息公开标准化建设情况。编制了公开目录。" in text
    assert "（一）分地区情况。新收的政府信息公开申请按地区分：东片9件、西片6件。" in text
    assert "（一）信息处理费收取情况。2024年，没有收取政府信息公开信息处理费。" in text


def test_regions_that_do_not_make_the_whole_are_told(workspace: Path, run: Run) -> None:
    data = switch(workspace, "2021-jiangsu")
    replace(data, "二、主动公开政府信息情况:", "  标准化建设: 编制了公开目录。\n\n二、主动公开政府信息情况:")
    assert run("build", "luhe", "-F", "markdown").exit_code == 0  # no regions: nothing to compare
    replace(data, "  上年结转: {自然人: 2}\n", "  上年结转: {自然人: 2}\n  分地区新收: {东片: 9, 西片: 5}\n")
    refused = run("build", "luhe", "-F", "markdown")
    assert refused.exit_code == 1
    assert "L-REGION" in refused.stderr
    assert "expected 15 = 本年新收, found 14" in refused.stderr
    replace(data, "西片: 5", "西片: 6")
    assert run("build", "luhe", "-F", "markdown").exit_code == 0


def test_a_town_of_jiangsu_without_regions_prints_no_heading_for_them(workspace: Path, run: Run) -> None:
    data = switch(workspace, "2021-jiangsu")
    replace(data, "二、主动公开政府信息情况:", "  标准化建设: 编制了公开目录。\n\n二、主动公开政府信息情况:")
    assert "分地区" not in page(workspace, run)


def test_jiangsus_fee_is_broken_down_and_the_parts_make_the_whole(workspace: Path, run: Run) -> None:
    data = switch(workspace, "2021-jiangsu")
    replace(data, "二、主动公开政府信息情况:", "  标准化建设: 编制了公开目录。\n\n二、主动公开政府信息情况:")
    replace(data, "  信息处理费: 0\n", "  信息处理费: 390\n")
    refused = run("build", "luhe", "-F", "markdown")
    assert refused.exit_code == 1
    assert "there is no “按件计收”" in refused.stderr
    replace(data, "  信息处理费: 390\n", "  信息处理费: 390\n  按件计收: 100\n  按量计收: 280\n")
    refused = run("build", "luhe", "-F", "markdown")
    assert refused.exit_code == 1
    assert "FEE-SUM" in refused.stderr
    assert "2024.yaml" in refused.stderr
    replace(data, "  按量计收: 280\n", "  按量计收: 290\n")
    assert "收取政府信息公开信息处理费390元，其中按件计收100元，按量计收290元。" in page(workspace, run)


def test_shanghai_annotates_cells_and_notes_what_table_four_counts(workspace: Path, run: Run) -> None:
    data = switch(workspace, "2021-shanghai")
    replace(data, "  行政许可: 18\n", "  修订件数: 1\n  自然失效: 0\n  行政许可: 18\n")
    replace(data, "  未经复议直接起诉: 0\n", "  未经复议直接起诉: 0\n  结转案件: 1\n")
    text = page(workspace, run)
    assert "《上海市政府信息公开规定》" in text
    assert "1（其中修订1件）" in text
    assert "自然失效" not in text
    assert "注：各项件数含上年度结转的1件。" in text
    assert "### （一）上年度所列问题的改进情况" in text


def test_shanghai_without_such_cases_has_no_notes(workspace: Path, run: Run) -> None:
    switch(workspace, "2021-shanghai")
    text = page(workspace, run)
    assert "注：" not in text
    assert "修订" not in text


def test_a_government_of_fujian_sums_up_and_a_department_does_not(workspace: Path, run: Run) -> None:
    settings = workspace / "jurisdictions" / "luhe.yaml"
    replace(settings, "theme: national", "theme: fujian")
    assert "汇总" not in page(workspace, run)
    replace(settings, "level: 镇", "level: 县")
    assert "芦河镇汇总各有关单位的政府信息公开工作情况和数据，编制本报告。" in page(workspace, run)
    settings.write_text(settings.read_text(encoding="utf-8") + "words: {汇总范围: 各村和驻镇单位}\n", encoding="utf-8")
    assert "芦河镇汇总各村和驻镇单位的政府信息公开工作情况和数据" in page(workspace, run)


@pytest.mark.parametrize(
    ("equation", "says"),
    [("FEE-SUM x: 信息处理费", "needs one equals sign"), ("FEE-SUM x: 信息处理费 = 按见计收", "no place is named “按见计收”"),
     ("FEE-SUM x: 建议 = 信息处理费", "no place is named “建议”")],
)  # fmt: skip
def test_an_equation_that_cannot_be_read_is_told_with_its_line(workspace: Path, run: Run, equation: str, says: str) -> None:
    (workspace / "standards").mkdir()
    own = f"extends: 2021-jiangsu\nsections:\n  other_matters:\n    equations:\n      {equation}\n"
    (workspace / "standards" / "ours.yaml").write_text(own, encoding="utf-8")
    switch(workspace, "./standards/ours.yaml")
    refused = run("build", "luhe", "-F", "markdown")
    assert refused.exit_code == 2
    assert says in refused.stderr
    assert "standards/ours.yaml:5" in refused.stderr


def test_the_rules_of_places_and_those_of_prose_go_together(workspace: Path, run: Run) -> None:
    with (workspace / "nianbao.yaml").open("a", encoding="utf-8") as settings:
        settings.write("\nplugins: [local, guoban]\n")
    result = run("build", "luhe", "-F", "html")
    assert result.exit_code == 0, result.stderr
