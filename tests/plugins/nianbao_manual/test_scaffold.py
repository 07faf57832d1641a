"""``new``, ``add`` and ``start``: a newcomer gets files that work, and nothing is answered for him."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from nianbao.cli import main
from tests_shared import Run, replace


def nianbao(*args: object) -> Result:
    return CliRunner().invoke(main, list(map(str, args)))


def test_from_nothing_to_a_finished_report(tmp_path: Path) -> None:
    folder = tmp_path / "county"
    assert nianbao("new", folder).exit_code == 0
    assert nianbao("-w", folder, "add", "清河镇", "--office", "党政办", "--telephone", "0700-1").exit_code == 0
    started = nianbao("-w", folder, "start", "清河镇", "--year", "2025")
    assert started.exit_code == 0
    data = Path(started.stdout.strip())
    assert data.read_text(encoding="utf-8").startswith("# yaml-language-server: $schema=../../schema/2021.json\n")
    assert (folder / "schema" / "2021.json").is_file()

    refused = nianbao("-w", folder, "build", "清河镇", "-F", "html")
    assert refused.exit_code == 1
    assert refused.stderr.count("F-SECTION") == 6

    written = data.read_text(encoding="utf-8")
    for key, answer in {
        "主动公开": "公开了。", "依申请公开": "有{{ 本年新收 }}件。", "政府信息管理": "管了。", "政府信息公开平台建设": "建了。",
        "监督保障": "考核了。", "本年度存在的问题及下年度改进措施": "改。",
    }.items():  # fmt: skip
        assert f"\n  {key}:" in written
        written = written.replace(f"\n  {key}:", f"\n  {key}: {answer}", 1)
    written = written.replace("  行政许可: ", "  行政许可: 3 ").replace("  行政复议: {结果维持: ,", "  行政复议: {结果维持: 0,")
    written = written.replace("本年新收政府信息公开申请数量: {自然人: ,", "本年新收政府信息公开申请数量: {自然人: 2,")
    written = written.replace("  予以公开: {自然人: ,", "  予以公开: {自然人: 2,").replace("  信息处理费: ", "  信息处理费: 0 ")
    data.write_text(written, encoding="utf-8")
    built = nianbao("-w", folder, "build", "清河镇", "-F", "html")
    assert built.exit_code == 0, built.stderr
    assert "有<data" in Path(built.stdout.strip()).read_text(encoding="utf-8")


def test_last_years_values_stand_beside_as_comments_and_nothing_is_answered(workspace: Path, run: Run) -> None:
    from nianbao.yamlfile import entries, is_absent, load

    run("start", "luhe", "--year", "2025")
    path = workspace / "data/luhe/2025.yaml"
    written = path.read_text(encoding="utf-8")
    assert "2024年：自然人 12、商业企业 2、法律服务机构 1" in written
    assert "      工作动态:        # 2024年：63" in written
    assert "  # 2024年：镇网站公开信息{{ 镇网站 }}条，其中{{ 镇网站 | 列举 }}。\n  镇网站:" in written

    def leaves(node: object) -> list[object]:
        return [leaf for _, value in entries(node) for leaf in (leaves(value) if value.id == "mapping" else [value])]  # type: ignore[arg-type, attr-defined]

    assert all(is_absent(leaf) for leaf in leaves(load(path)))  # type: ignore[arg-type]


def test_every_key_of_the_standard_is_in_place(workspace: Path, run: Run) -> None:
    from nianbao.plugins import standard
    from nianbao.yamlfile import entries, load

    run("start", "shijiahe", "--year", "2031")
    known = standard("2021", workspace)
    reached: set[str] = set()

    def walk(node: object, place: object) -> None:
        for key, value in entries(node):  # type: ignore[arg-type]
            (hit,) = place.find(key)  # type: ignore[attr-defined]
            reached.add(hit.path)
            if value.id == "mapping":  # type: ignore[attr-defined]
                walk(value, hit)

    walk(load(workspace / "data/shijiahe/2031.yaml"), known.root)
    wanted = {n.path for n in known.nodes.values() if n.kind in ("figure", "part", "both") and n.addends is None and not n.quoted}
    assert wanted <= reached


def test_a_file_that_is_there_is_never_touched(workspace: Path, run: Run) -> None:
    before = (workspace / "data/luhe/2024.yaml").read_bytes()
    for arguments in (("start", "luhe", "--year", "2024"), ("add", "芦河新镇", "--id", "luhe"), ("new", str(workspace))):
        result = run(*arguments)
        assert result.exit_code == 2
        assert "is there already" in result.stderr
    assert (workspace / "data/luhe/2024.yaml").read_bytes() == before


def test_a_broken_file_of_last_year_stops_no_new_one(workspace: Path, run: Run) -> None:
    replace(workspace / "data/luhe/2024.yaml", "一、总体情况:", "一、总体情况：")
    assert run("start", "luhe", "--year", "2025").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["add", "a/b"], "cannot be a file's name"),
        (["add", "../etc"], "cannot be a file's name"),
        (["add", "甲镇", "--parent", "nobody"], "there is no jurisdiction “nobody”"),
        (["start", "nobody", "--year", "2025"], "there is no jurisdiction"),
    ],
)
def test_wrong_names_are_refused(run: Run, arguments: list[str], says: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert says in result.stderr


def test_a_name_with_signs_of_yaml_is_written_safely(workspace: Path, run: Run) -> None:
    assert run("add", "甲: {镇}", "--id", "jia", "--parent", "天门市", "--level", "镇").exit_code == 0
    assert "jia  甲: {镇}  镇  tianmen" in run("jurisdictions").stdout
