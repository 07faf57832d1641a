"""What all tests share: the example workspace to write in, the command line in this process, plugins installed for one test."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Generator, Iterator
from importlib.metadata import EntryPoint
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from click.testing import CliRunner, Result

ROOT = Path(__file__).parents[1]
Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Messages in English, whatever the machine speaks."""
    from nianbao.errors import language

    monkeypatch.setenv("NIANBAO_LANG", "en")
    monkeypatch.setattr("nianbao.errors._HIDDEN", set())  # what one test hides, another may have to say
    language.cache_clear()
    yield
    language.cache_clear()


@pytest.fixture(autouse=True)
def _no_stale_standard_or_theme() -> Iterator[None]:
    """Standards and themes are read once a process; tests change them."""
    from nianbao.plugins import levels, standard
    from nianbao.themes import theme

    yield
    standard.cache_clear()
    levels.cache_clear()
    theme.cache_clear()


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A copy of examples/tianmen."""
    folder = tmp_path / "tianmen"
    shutil.copytree(ROOT / "examples" / "tianmen", folder, ignore=shutil.ignore_patterns("build", "kance*", "*.db"))
    return folder


@pytest.fixture
def run(workspace: Path) -> Run:
    """``nianbao -w WORKSPACE …`` in this process; ``.stdout`` and ``.stderr`` are apart."""

    def run(*args: str) -> Result:
        from nianbao.cli import main

        return CliRunner().invoke(main, ["-w", str(workspace), *args])

    return run


@pytest.fixture
def install(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Install an object under a group and name, as an entry point would."""
    from nianbao import plugins
    from nianbao_show import inventory

    known = {group: dict(plugins.installed(group)) for group in plugins.GROUPS}
    home = ModuleType("strange_home")
    monkeypatch.setitem(sys.modules, "strange_home", home)

    def install(group: str, name: str, thing: object, value: str = "") -> None:
        setattr(home, name, thing)
        known[group].setdefault(name, []).append(EntryPoint(name, value or f"strange_home:{name}", f"nianbao.{group}"))

    for home_of_name in (plugins, inventory):
        monkeypatch.setattr(home_of_name, "installed", lambda group: known[group])
    return install


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--all", action="store_true", help="run the slow tests too")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A developer's plain ``pytest`` leaves the slow ones out."""
    if not config.getoption("--all") and not os.environ.get("CI"):
        for item in items:
            if item.get_closest_marker("slow"):
                item.add_marker(pytest.mark.skip(reason="slow: run with --all"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where CI is set, a skipped test is a failure: nothing may be missing there."""
    report = yield
    if os.environ.get("CI") and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped where CI is set: {report.longrepr}"
    return report
