"""Proofreading: no file is published that says something else than the report."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from nianbao.errors import PluginError
from nianbao.proof import Proof
from tests_shared import Run, replace

Damage = Callable[[bytes], bytes]


def in_docx(old: str, new: str) -> Damage:
    def damage(docx: bytes) -> bytes:
        copy = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(docx)) as archive, zipfile.ZipFile(copy, "w") as written:
            for name in archive.namelist():
                written.writestr(name, archive.read(name).replace(old.encode(), new.encode()))
        return copy.getvalue()

    return damage


def in_text(old: str, new: str) -> Damage:
    return lambda data: data.replace(old.encode(), new.encode(), 1)


def spoil(monkeypatch: pytest.MonkeyPatch, format: str, damage: Damage) -> None:
    """From now on a format writes something else than it was given."""
    import nianbao_html.page
    import nianbao_pandoc

    kind: Any = {"html": nianbao_html.page.Html, "docx": nianbao_pandoc.Docx, "markdown": nianbao_pandoc.Markdown}[format]
    honest = kind.render

    def render(self: object, document: object) -> Mapping[str, bytes]:
        return {suffix: damage(data) for suffix, data in honest(self, document).items()}

    monkeypatch.setattr(kind, "render", render)


@pytest.mark.parametrize(
    ("format", "damage", "place", "wanted", "found"),
    [
        ("html", in_text(">15</data>件", ">16</data>件"), "依申请公开", "15件", "16件"),
        ("html", in_text(">15</data></td>", ">51</data></td>"), "本年新收", "15", "51"),
        ("markdown", in_text("<td>15</td>", "<td>16</td>"), "本年新收", "15", "16"),
        ("markdown", in_text("259条", "295条"), "主动公开", "259条", "295条"),
        ("docx", in_docx("259条", "295条"), "主动公开", "259条", "295条"),
        ("docx", in_docx(">0.36<", ">3.6<"), "行政事业性收费", "0.36", "3.6"),
        ("docx", in_docx("芦河镇2024年政府信息公开工作年度报告", "芦河镇2023年政府信息公开工作年度报告"), "标题", "2024", "2023"),
    ],
)
def test_a_file_that_says_something_else_stops_the_build_which_names_both(
    workspace: Path, run: Run, monkeypatch: pytest.MonkeyPatch, format: str, damage: Damage, place: str, wanted: str, found: str
) -> None:
    spoil(monkeypatch, format, damage)
    result = run("build", "luhe")
    assert result.exit_code == 2, result.output
    message = re.search(rf"{format}.*differs.*: (.*) should read “(.*)”, the file has “(.*)”", result.stderr)
    assert message, result.stderr
    assert place in message[1]
    assert wanted in message[2]
    assert found in message[3]
    assert not (workspace / "build").exists() or not list((workspace / "build").rglob("*.html"))


def test_a_sentence_that_a_format_loses_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    spoil(monkeypatch, "docx", in_docx("镇党政办公室统一登记", ""))
    result = run("build", "luhe", "-F", "docx")
    assert result.exit_code == 2
    assert "镇党政办公室统一登记" in result.stderr


@pytest.mark.parametrize(
    ("old", "new"),
    [("<p>{{ paragraph }}</p>", "<p></p>"), ("{{ cell.html }}</td>", "0</td>")],
    ids=["sentences", "figures"],
)
def test_a_theme_that_loses_something_is_told_so(workspace: Path, run: Run, old: str, new: str) -> None:
    import nianbao_themes

    template = (Path(nianbao_themes.__file__).parent / "national/templates/section.html").read_text(encoding="utf-8")
    assert old in template
    mine = workspace / "themes/mine"
    (mine / "templates").mkdir(parents=True)
    (mine / "theme.yaml").write_text("extends: national\n", encoding="utf-8")
    (mine / "templates/section.html").write_text(template.replace(old, new), "utf-8")
    replace(workspace / "jurisdictions/luhe.yaml", "theme: national", "theme: ./themes/mine")
    result = run("build", "luhe", "-F", "html")
    assert result.exit_code == 2
    assert "Check the theme's templates" in result.stderr


def test_a_draft_is_proofread_with_its_gaps(workspace: Path, run: Run) -> None:
    replace(workspace / "data/luhe/2024.yaml", "四、", "# 四、")
    result = run("build", "luhe", "--draft")
    assert result.exit_code == 0, result.stderr
    assert len(result.stdout.splitlines()) == 3


def test_hostile_sentences_come_through_every_format_letter_by_letter(workspace: Path, run: Run) -> None:
    evil = r"*a* _b_ `c` \(d\) --- &amp; &lt;i&gt; <b>e</b> | f | # g ~~h~~ [i](j) $k$ 1. l \\| m"
    replace(
        workspace / "data/luhe/2024.yaml",
        "公告栏: 各村公告栏张贴信息{{ 公告栏 }}条。",
        f"公告栏: '各村{evil}公告栏{{{{ 公告栏 }}}}条。'",
    )
    result = run("build", "luhe")
    assert result.exit_code == 0, result.stderr


def test_any_one_figure_that_differs_is_found() -> None:
    numbers = random.Random(5)
    for _ in range(300):
        figures = [str(numbers.choice([0, 0, 0, 1, 2, 15])) for _ in range(40)]
        proof = Proof([], [(f"{n}", figure) for n, figure in enumerate(figures)])
        proof.compare("html", [*figures, "（七）总计"])
        at = numbers.randrange(40)
        wrong = [*figures]
        wrong[at] = str(int(figures[at]) + 1)
        with pytest.raises(PluginError, match=f"the file has “{wrong[at]}”"):
            proof.compare("html", wrong)


def test_an_annotated_cell_still_says_its_figure() -> None:
    proof = Proof([], [("制发", "22")])
    proof.compare("html", ["22（其中修订16件）"])
    with pytest.raises(PluginError):
        proof.compare("html", ["21（其中修订22件）"])


def test_a_figure_that_is_missing_at_the_end_is_named() -> None:
    with pytest.raises(PluginError, match="结转 should read “3”, the file has “”"):
        Proof([], [("新收", "1"), ("结转", "3")]).compare("html", ["1"])


def test_a_short_sentence_is_not_found_at_the_end_of_a_longer_one() -> None:
    proof = Proof([("本年度", "无。"), ("其他", "没有违规情形无。")], [])
    proof.compare("html", ["无。", "没有违规情形无。"])
    proof.compare("html", ["没有违规情形无。", "无。"])  # a theme may have an order of its own
    with pytest.raises(PluginError, match="本年度 should read “无。”"):
        proof.compare("html", ["没有违规情形无。"])
