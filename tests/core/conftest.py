"""What the tests of core share: plugins that are installed for one test."""

from __future__ import annotations

import sys
from importlib.metadata import EntryPoint
from types import ModuleType
from typing import Any

import pytest

from nianbao import plugins
from nianbao_show import inventory


@pytest.fixture
def install(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Install an object under a group and name, as an entry point would."""
    known = {group: dict(plugins.installed(group)) for group in plugins.GROUPS}
    home = ModuleType("strange_home")
    monkeypatch.setitem(sys.modules, "strange_home", home)

    def install(group: str, name: str, thing: object, value: str = "") -> None:
        setattr(home, name, thing)
        known[group].setdefault(name, []).append(EntryPoint(name, value or f"strange_home:{name}", f"nianbao.{group}"))

    for home_of_name in (plugins, inventory):
        monkeypatch.setattr(home_of_name, "installed", lambda group: known[group])
    return install
