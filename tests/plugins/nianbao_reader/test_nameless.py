"""A report that nowhere says whose it is (我局 only) is read, checked and adopted like any other."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from nianbao import Workspace
from nianbao.cli import main
from nianbao.plugins import standard
from nianbao.reading import read_bytes
from nianbao_reader.adopting import adopted
from trying.wild import FORMS, drafted, text

LATEST = standard("2021", Path())


def nameless() -> str:
    """A report without a title, of nobody."""
    cells = {path: "0" for grids in LATEST.grids.values() for grid in grids for path in grid.paths()}
    _, said = text(LATEST, drafted(cells), FORMS["spaced"], chrome=False).split("\n", 1)
    return said.replace("镇里", "我局里")


def test_it_is_checked_and_its_file_stands_for_it(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(nameless(), encoding="utf-8")
    result = CliRunner().invoke(main, ["check", str(file)])
    assert result.stdout.splitlines()[-1].startswith(f"{file}: year 2024, format 2021: ")
    assert not [
        line
        for line in result.stdout.splitlines()
        if any(f"{kind} S-" in line for kind in ("error", "warning")) and "S-NAME" in line
    ]
    assert "not assessable for want of a title: S-TITLE" in result.stdout


def test_it_is_adopted_under_the_name_that_it_is_given(tmp_path: Path) -> None:
    (tmp_path / "jurisdictions").mkdir()
    (tmp_path / "nianbao.yaml").write_text("standard: 2021\nformats: [html]\nsources: {manual: {}}\n", encoding="utf-8")
    reading = read_bytes(nameless().encode(), "a.txt")
    assert (reading.name, reading.title) == ("", "")
    made = adopted(reading, Workspace(tmp_path), "禾山局")
    assert made.settings.startswith("name: 禾山局\n")
    assert not made.mistakes
