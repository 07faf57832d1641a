"""The main job, through the command line: files or a message, never half of either."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests_shared import Run, replace


def published(folder: Path, town: str = "luhe") -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((folder / "build" / town / "2024").rglob("*")) if path.is_file()}


def test_one_command_builds_a_report_and_names_its_files(workspace: Path, run: Run) -> None:
    result = run("build", "shijiahe", "-F", "html")
    assert result.exit_code == 0
    (file,) = result.stdout.splitlines()
    assert Path(file).name == "石家河镇2024年政府信息公开工作年度报告.html"
    assert "326" in Path(file).read_text(encoding="utf-8")
    assert "year 2024" in result.stderr


def test_same_inputs_same_bytes(workspace: Path, run: Run) -> None:
    run("build", "luhe", "--year", "2024")
    first = published(workspace)
    run("build", "芦河镇")
    assert published(workspace) == first
    assert len(first) == 5  # html, docx, md, report.json and the lock


def test_the_record_keeps_every_origin_and_the_digests_of_what_was_read(workspace: Path, run: Run) -> None:
    run("build", "luhe", "-F", "html")
    record = json.loads((workspace / "build/luhe/2024/report.json").read_bytes())
    assert record["figures"]["requests.new.natural_person"]["origin"] == {
        "where": "data/luhe/2024.yaml:28:15",
        "source": "manual",
        "settings": "nianbao.yaml:4:11",
    }
    assert record["figures"]["proactive_disclosure.fees"]["value"] == 0.36
    assert set(record["inputs"]) == {
        "nianbao.yaml",
        "jurisdictions/luhe.yaml",
        "jurisdictions/tianmen.yaml",
        "data/luhe/2024.yaml",
    }
    assert not record["draft"]


def test_a_finding_stops_the_build_and_earlier_files_stay(workspace: Path, run: Run) -> None:
    run("build", "luhe", "-F", "html")
    before = published(workspace)
    replace(workspace / "data/luhe/2024.yaml", "结转下年度: {自然人: 1}", "结转下年度: {自然人: 2}")
    result = run("build", "luhe", "-F", "html")
    assert result.exit_code == 1
    assert "T3-BAL" in result.stderr
    assert not result.stdout
    assert published(workspace) == before


def test_a_draft_goes_on_and_says_so_on_the_page(workspace: Path, run: Run) -> None:
    replace(workspace / "data/luhe/2024.yaml", "行政许可: 18", "行政许可: 若干")
    assert run("build", "luhe", "-F", "html").exit_code == 2
    result = run("build", "luhe", "-F", "html", "--draft")
    assert result.exit_code == 0
    page = Path(result.stdout.strip()).read_text(encoding="utf-8")
    assert '<body class="draft">' in page
    assert "<mark>待填</mark>" in page
    assert Path(result.stdout.strip()).parent.name == "draft"
    assert "should be a number" in result.stderr


def test_all_mistakes_of_the_data_come_in_one_message(workspace: Path, run: Run) -> None:
    replace(workspace / "data/luhe/2024.yaml", "行政许可: 18", "行政许何: 18")
    replace(workspace / "data/luhe/2024.yaml", "{{ 公告栏 }}条", "{{ 公告兰 }}条")
    result = run("build", "luhe")
    assert result.exit_code == 2
    assert re.search(r"2024\.yaml:19:3: “行政许何” is an unknown key", result.stderr)
    assert "no figure is named “公告兰”" in result.stderr
    assert "Did you mean “公告栏”?" in result.stderr


def test_the_town_without_figures_for_the_national_tables_names_what_is_absent(workspace: Path, run: Run) -> None:
    replace(workspace / "jurisdictions/tianmen.yaml", "theme: tianmen", "theme: national")
    result = run("build", "shijiahe", "-F", "html")
    assert result.exit_code == 1
    assert "规章、行政规范性文件、行政许可" in result.stderr
    draft = run("build", "shijiahe", "-F", "html", "--draft")
    assert Path(draft.stdout.strip()).read_text(encoding="utf-8").count("待填") == 10


def test_all_builds_every_town_that_has_data_and_one_that_fails_stops_no_other(workspace: Path, run: Run) -> None:
    replace(workspace / "data/luhe/2024.yaml", "一、总体情况:", "一、总体情况：")
    result = run("build", "--all", "-F", "html")
    assert result.exit_code == 2
    assert [Path(line).parts[-4] for line in result.stdout.splitlines()] == ["shijiahe"]
    assert "full-width colon" in result.stderr
    assert "skipped 天门市" in result.stderr


def test_json_tells_a_script_what_happened(workspace: Path, run: Run) -> None:
    replace(workspace / "data/luhe/2024.yaml", "结转下年度: {自然人: 1}", "结转下年度: {自然人: 2}")
    result = run("build", "luhe", "shijiahe", "-F", "html", "--json")
    luhe, shijiahe = json.loads(result.stdout)
    assert [finding["code"] for finding in luhe["findings"]] == ["T3-BAL"]
    assert luhe["files"] == []
    assert shijiahe["year"] == 2024
    assert len(shijiahe["files"]) == 1
    assert result.exit_code == 1


def test_the_output_folder_can_be_named(workspace: Path, run: Run, tmp_path: Path) -> None:
    result = run("build", "luhe", "-F", "html", "-o", str(tmp_path / "out"))
    assert (tmp_path / "out" / "luhe" / "2024" / "publish").is_dir()
    assert result.exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["build"], "name jurisdictions, or use --all"),
        (["build", "--all", "luhe"], "name jurisdictions, or use --all"),
        (["build", "tianmen"], "has no data of any year"),
        (["build", "luhe", "--year", "2023"], "nianbao start luhe --year 2023"),
        (["build", "luhe", "--year", "20244"], "2008<=x<=2100"),
        (["build", "luhe", "-F", "odf"], "no “odf” is installed"),
        (["build", "../../etc"], "there is no jurisdiction “../../etc”"),
        (["bulid"], "Did you mean “build”?"),
        (["--json"], "No such option"),
    ],
)
def test_wrong_use_is_told_with_exit_code_2(run: Run, arguments: list[str], says: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert says in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("method", ["fork", "spawn", "forkserver"])
def test_many_towns_are_built_however_the_system_starts_processes(workspace: Path, method: str) -> None:
    (workspace / "data/luhe/2024.yaml").write_bytes(
        (workspace / "data/luhe/2024.yaml").read_text(encoding="utf-8").encode("gb18030")
    )
    code = (
        f"import multiprocessing, sys; multiprocessing.set_start_method({method!r})\n"
        "from nianbao import batch, cli\nbatch.cores = lambda: 2\n"
        f"cli.main(['-w', {str(workspace)!r}, 'build', '--all', '-F', 'html'], prog_name='nianbao')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == 2
    assert "note: data/luhe/2024.yaml: read as GB18030" in done.stderr
    assert "[2/2] ✓" in done.stderr


@pytest.mark.parametrize("arguments", [["luhe", "broken"], ["芦河镇", "broken"], ["--all"]])
def test_a_broken_town_keeps_no_other_from_its_report(workspace: Path, run: Run, arguments: list[str]) -> None:
    (workspace / "jurisdictions/broken.yaml").write_text("nam: x\n", encoding="utf-8")
    result = run("build", *arguments, "-F", "html")
    assert result.exit_code == 2
    assert "luhe" in result.stdout
    assert "jurisdictions/broken.yaml:1:1: unknown key “nam”" in result.stderr


def test_a_town_is_built_once_however_often_it_is_named(workspace: Path, run: Run) -> None:
    result = run("build", "luhe", "芦河镇", "-F", "html")
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")
def test_at_a_terminal_many_towns_are_built_too_and_the_line_of_progress_is_wiped(workspace: Path) -> None:
    import pty

    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "nianbao", "-w", str(workspace), "build", "--all", "-F", "html"]
    building = subprocess.Popen(command, stderr=theirs, stdout=subprocess.DEVNULL)
    assert building.wait(timeout=120) == 0
    told = os.read(ours, 100_000).decode()
    assert "[2/2] ✓" in told, told
    assert "\r\x1b[K" in told
