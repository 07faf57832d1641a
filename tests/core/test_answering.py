"""Sources that ask what their settings say: held to it, asked side by side, their failures gaps that are told."""

from __future__ import annotations

import json
import os
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from nianbao import Answer, Edition, Fact, Origin, Questions, SourceError, filled, nested
from nianbao.report import Run as AskingRun
from tests_shared import Run, replace

CALLS = "calls: {use: bell, answers: {六、其他需要报告的事项: {热线: {来电: 7, 去电: {ring: 5, kind: out}}}}}"


@dataclass(frozen=True)
class Ring:
    ring: str
    kind: str = "in"


@dataclass(frozen=True)
class Bell:
    """A source whose questions are their answers; what it is to do wrong is written there too."""

    answers: Questions[Ring]

    def answer(self, edition: Edition, run: AskingRun) -> Answer:
        return nested((question.names, _said(question.asked.ring, question.place)) for question in self.answers)


def _said(ring: str, place: str) -> Any:
    if ring == "fails":
        return SourceError("没人接", "nobody picks up", place=place, mend=("再打。", "Call again."))
    if ring == "breaks":
        raise SourceError("断线", "the line is dead", place=place)
    if ring == "crashes":
        raise ZeroDivisionError
    return {"silent": None, "pid": os.getpid()}.get(ring, ring) if not ring.isdigit() else Fact(int(ring), Origin("bell"))


@pytest.fixture
def bells(workspace: Path, install: Any) -> Path:
    """luhe asks a bell beside its YAML, and prints the calls."""
    install("sources", "bell", Bell)
    replace(workspace / "jurisdictions/luhe.yaml", "name: 芦河镇\n", f"name: 芦河镇\nsources:\n  {CALLS}\n")
    replace(workspace / "data/luhe/2024.yaml", "  信息处理费:", "  来电情况: 热线{{ 热线 }}次，来电{{ 来电 }}次。\n  信息处理费:")
    return workspace


def ring(folder: Path, old: str, new: str) -> None:
    replace(folder / "jurisdictions/luhe.yaml", old, new)


def figures(folder: Path) -> dict[str, Any]:
    known: dict[str, Any] = json.loads((folder / "build/luhe/2024/report.json").read_bytes())["figures"]
    return known


def test_questions_have_the_shape_of_a_clerks_file(bells: Path, run: Run) -> None:
    assert run("build", "luhe", "-F", "html").exit_code == 0
    assert figures(bells)["other_matters.热线"]["value"] == 12
    assert figures(bells)["other_matters.热线.来电"]["origin"]["settings"].startswith("jurisdictions/luhe.yaml:4")


def test_what_is_promised_and_not_given_stops_the_build_at_its_line(bells: Path, run: Run) -> None:
    ring(bells, "来电: 7", "来电: silent")
    result = run("build", "luhe", "-F", "html")
    assert result.exit_code == 2
    assert "jurisdictions/luhe.yaml:4:55: calls promised “来电” and did not give it" in result.stderr


def test_all_that_could_not_be_had_is_told_at_once(bells: Path, run: Run) -> None:
    ring(bells, "来电: 7, 去电: {ring: 5,", "来电: fails, 去电: {ring: silent,")
    result = run("build", "luhe", "-F", "html")
    assert result.exit_code == 2
    assert "nobody picks up" in result.stderr
    assert "promised “去电”" in result.stderr
    assert not (bells / "build").exists() or not list((bells / "build").rglob("*.html"))


def test_a_figure_that_cannot_be_had_is_a_gap_in_a_draft_and_so_are_its_sums(bells: Path, run: Run) -> None:
    ring(bells, "来电: 7", "来电: fails")
    result = run("build", "luhe", "-F", "html", "--draft")
    assert result.exit_code == 0
    assert "nobody picks up" in result.stderr
    page = next((bells / "build/luhe/2024/draft").glob("*.html")).read_text(encoding="utf-8")
    assert page.count("待填") == 2
    assert "代表建议答复" in page


@pytest.mark.parametrize(("how", "told"), [("breaks", "the line is dead"), ("crashes", "plugin calls failed: ZeroDivisionError")])
def test_a_source_that_fails_stops_the_build_and_leaves_the_others_to_a_draft(bells: Path, run: Run, how: str, told: str) -> None:
    ring(bells, "来电: 7", f"来电: {how}")
    assert (run("build", "luhe", "-F", "html").exit_code, told in run("build", "luhe", "-F", "html").stderr) == (2, True)
    result = run("build", "luhe", "-F", "html", "--draft")
    assert (result.exit_code, told in result.stderr) == (0, True)
    assert "待填" in next((bells / "build/luhe/2024/draft").glob("*.html")).read_text(encoding="utf-8")


def test_where_every_source_fails_there_is_no_draft(bells: Path, run: Run) -> None:
    ring(bells, "来电: 7", "来电: breaks")
    (bells / "data/luhe/2024.yaml").unlink()
    result = run("build", "luhe", "--year", "2024", "--draft")
    assert result.exit_code == 2
    assert "the line is dead" in result.stderr
    assert "nianbao start luhe" in result.stderr


def test_sources_that_wait_are_asked_side_by_side(workspace: Path, run: Run, install: Any) -> None:
    both_asked = threading.Barrier(2, timeout=20)

    @dataclass(frozen=True)
    class Waiting:
        answers: Questions[Ring]

        def answer(self, edition: Edition, run: AskingRun) -> Answer:
            both_asked.wait()
            return nested((question.names, 1) for question in self.answers)

    install("sources", "waiting", Waiting)
    blocks = "\n".join(
        f"  {name}: {{use: waiting, answers: {{六、其他需要报告的事项: {{{name}: x}}}}}}" for name in ("东线", "西线")
    )
    replace(workspace / "jurisdictions/luhe.yaml", "name: 芦河镇\n", f"name: 芦河镇\nsources:\n{blocks}\n")
    replace(workspace / "data/luhe/2024.yaml", "  信息处理费:", "  热线情况: 东线{{ 东线 }}，西线{{ 西线 }}。\n  信息处理费:")
    result = run("build", "luhe", "-F", "html")
    assert result.exit_code == 0, result.stderr


def test_of_many_towns_the_sources_that_wait_are_asked_in_one_process(bells: Path, run: Run) -> None:
    ring(bells, "来电: 7", "来电: pid")
    (bells / "jurisdictions/donghe.yaml").write_bytes((bells / "jurisdictions/luhe.yaml").read_bytes())
    (bells / "data/donghe").mkdir()
    (bells / "data/donghe/2024.yaml").write_bytes((bells / "data/luhe/2024.yaml").read_bytes())
    result = run("build", "--all", "-F", "html")
    assert result.exit_code == 0, result.stderr
    for town in ("luhe", "donghe"):
        record = json.loads((bells / f"build/{town}/2024/report.json").read_bytes())
        assert record["figures"]["other_matters.热线.来电"]["value"] == os.getpid()


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("去电: {ring: 5, kind: out}", "去电: {kind: out}", "“去电” has only kind, no ring"),
        ("去电: {ring: 5, kind: out}", "来电话: {kind: out}", "Did you mean “来电” (jurisdictions/luhe.yaml:4:"),
        ("{ring: 5, kind: out}", "{ring: 5, kinds: out}", "unknown key “kinds”"),
        ("{ring: 5, kind: out}", "[5]", "expected names and questions"),
        ("六、其他需要报告的事项", "六、其他事", "there is no section “六、其他事”"),
    ],
)
def test_a_question_that_is_written_wrong_is_told_at_its_line(bells: Path, run: Run, old: str, new: str, says: str) -> None:
    ring(bells, old, new)
    result = run("build", "luhe", "-F", "html")
    assert result.exit_code == 2, result.stderr
    assert says in result.stderr
    assert "jurisdictions/luhe.yaml:4:" in result.stderr


def test_a_town_stops_a_question_of_its_county(bells: Path, run: Run) -> None:
    ring(bells, "去电: {ring: 5, kind: out}", "去电: null")
    assert run("build", "luhe", "-F", "html").exit_code == 0
    assert figures(bells)["other_matters.热线"]["value"] == 7


def test_a_word_in_a_template_is_filled_or_asked_for(workspace: Path) -> None:
    from nianbao import SettingError, Text, Workspace

    edition = Workspace(workspace).edition(Workspace(workspace).jurisdiction("luhe"), 2024)
    assert filled(Text("台账/<year>/<id>-<n>.xlsx"), edition, {"n": None}) == "台账/2024/luhe-<n>.xlsx"
    with pytest.raises(SettingError, match=r"nianbao\.yaml:9") as told:
        filled(Text("<站店>/", "nianbao.yaml:9"), edition, {"站点": "lhz"})
    assert "站点" in str(told.value)


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        (
            "luhe",
            "sources:\n",
            "years: {2024: {sources: {cals: null}}}\nsources:\n",
            "there is no “cals” above that could be stopped",
        ),
        ("luhe", "calls: {use: bell,", "calls: {for: [乡镇], use: bell,", "no jurisdiction has the level “乡镇”"),
    ],
)
def test_what_would_stop_nothing_or_ask_nobody_is_refused(
    bells: Path, run: Run, file: str, old: str, new: str, says: str
) -> None:
    replace(bells / f"jurisdictions/{file}.yaml", old, new)
    result = run("build", "luhe", "-F", "html")
    assert (result.exit_code, says in result.stderr) == (2, True), result.stderr


def test_a_name_that_is_a_figure_and_has_figures_below_it_is_told() -> None:
    from nianbao import SettingError

    for found in ([(["甲"], 1), (["甲", "乙"], 2)], [(["甲", "乙"], 2), (["甲"], 1)]):
        with pytest.raises(SettingError, match="“甲” is a figure and has figures below it"):
            nested(found)
