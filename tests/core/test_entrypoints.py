"""Entry points are found as ``importlib.metadata`` finds them, without it wherever it can be done."""

from __future__ import annotations

import importlib.metadata
import subprocess
import sys
import zipfile
from importlib.machinery import PathFinder
from pathlib import Path

import pytest

from nianbao.entrypoints import Point, entry_points

TEXT = """\
# ours
[console_scripts]
town = town:main

[nianbao.plugins]
ourtown = ourtown.rules
# old = old
spaced=ourtown : Rules.of [sql]
"""


@pytest.fixture(autouse=True)
def _anew(monkeypatch: pytest.MonkeyPatch) -> None:
    entry_points.cache_clear()


def installed(folder: Path, name: str, text: str | None = TEXT) -> None:
    info = folder / name
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: ourtown\nVersion: 2.5\n", encoding="utf-8")
    if text is not None:
        (info / "entry_points.txt").write_text(text, encoding="utf-8")


def found(monkeypatch: pytest.MonkeyPatch, *paths: Path | str, prefix: str = "nianbao.") -> list[tuple[str, str, str]]:
    monkeypatch.setattr(sys, "path", [str(path) for path in paths])
    return [(point.name, point.value, point.group) for point in entry_points(prefix)]


BOTH = [("ourtown", "ourtown.rules", "nianbao.plugins"), ("spaced", "ourtown : Rules.of [sql]", "nianbao.plugins")]


def test_what_is_found_here_is_what_the_library_finds() -> None:
    every = importlib.metadata.entry_points()
    known = {(point.name, point.value, group) for group in every.groups for point in every.select(group=group)}
    assert {(point.name, point.value, point.group) for point in entry_points("")} == known


@pytest.mark.parametrize("name", ["ourtown-2.5.dist-info", "ourtown-2.5.egg-info", "ourtown.egg-info"])
def test_groups_are_chosen_by_how_they_begin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    installed(tmp_path, name)
    assert found(monkeypatch, tmp_path) == BOTH


def test_the_first_distribution_of_a_name_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installed(tmp_path / "a", "our.town-2.5.dist-info", None)
    installed(tmp_path / "b", "Our_Town-1.0.dist-info")
    assert found(monkeypatch, tmp_path / "a", tmp_path / "b") == []
    entry_points.cache_clear()
    assert found(monkeypatch, tmp_path / "b", tmp_path / "a") == BOTH


def test_paths_that_are_not_there_are_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installed(tmp_path, "ourtown-2.5.dist-info")
    monkeypatch.chdir(tmp_path)
    assert found(monkeypatch, tmp_path / "none.zip", "") == BOTH


def test_an_archive_is_left_to_the_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with zipfile.ZipFile(tmp_path / "packed.zip", "w") as packed:
        packed.writestr("ourtown-2.5.dist-info/METADATA", "Metadata-Version: 2.1\nName: ourtown\nVersion: 2.5\n")
        packed.writestr("ourtown-2.5.dist-info/entry_points.txt", TEXT)
    assert [name for name, *_ in found(monkeypatch, tmp_path / "packed.zip")] == ["ourtown", "spaced"]


def test_an_egg_is_left_to_the_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installed(tmp_path / "ourtown-2.5.egg", "EGG-INFO")
    assert [name for name, *_ in found(monkeypatch, tmp_path / "ourtown-2.5.egg")] == ["ourtown", "spaced"]


def test_a_finder_of_its_own_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installed(tmp_path, "ourtown-2.5.dist-info")

    class Elsewhere(PathFinder):
        @staticmethod
        def find_distributions(*_: object) -> list[importlib.metadata.Distribution]:
            return [importlib.metadata.Distribution.at(tmp_path / "ourtown-2.5.dist-info")]

    monkeypatch.setattr(sys, "meta_path", [Elsewhere])
    assert [name for name, *_ in found(monkeypatch)] == ["ourtown", "spaced"]


def test_a_point_loads_what_it_names_and_knows_its_distribution(tmp_path: Path) -> None:
    installed(tmp_path, "ourtown-2.5.dist-info")
    point = Point("any", "importlib.metadata : Distribution.at [sql]", "nianbao.plugins", str(tmp_path / "ourtown-2.5.dist-info"))
    assert point.module == "importlib.metadata"
    assert point.load() == importlib.metadata.Distribution.at
    assert (point.dist.name, point.dist.version) == ("ourtown", "2.5")
    assert Point("any", "json", "", "").load() is sys.modules["json"]
    with pytest.raises(AttributeError):
        Point("any", "json:nothing", "", "").load()


def test_the_library_is_not_even_imported() -> None:
    seen = "import sys; from nianbao.plugins import installed; assert installed('sources'); sys.exit('importlib.metadata' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", seen], check=False).returncode == 0
