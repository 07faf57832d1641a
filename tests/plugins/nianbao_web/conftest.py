"""Portals on this machine: the one of the example, and one that behaves as a test tells it."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from nianbao import Fact, Run, SourceError, Workspace
from nianbao.plugins import sources
from serving import Reply, Site, serving

__all__ = ["County", "Reply", "Site", "rows"]
PORTAL = Path(__file__).parents[3] / "examples/heshan/portal/serve.py"


@pytest.fixture
def site() -> Iterator[Any]:
    yield from serving(Site())


@pytest.fixture(scope="session")
def serve() -> ModuleType:
    """The example's portal, as a module."""
    spec = importlib.util.spec_from_file_location("serve", PORTAL)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    import sys

    sys.modules["serve"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def portal(serve: ModuleType) -> Iterator[Any]:
    yield from serving(serve.Portal())


class County:
    """A workspace with one town whose portal is counted."""

    def __init__(self, folder: Path, town: str = "luhe") -> None:
        self.folder, self.town = folder, town
        self.run = Run(private_hosts=("127.0.0.1",))
        (folder / "jurisdictions").mkdir(parents=True, exist_ok=True)

    def writes(self, block: str, private: str = "127.0.0.1") -> County:
        """Write the settings of the source 门户."""
        self.run.private_hosts = (private,) if private else ()
        (self.folder / "nianbao.yaml").write_text("standard: 2021\n", encoding="utf-8")
        lines = "\n".join(f"    {line}" for line in block.strip("\n").splitlines())
        text = f"name: 芦河镇\nlevel: 镇\nsources:\n  门户:\n    use: web\n{lines}\n"
        (self.folder / "jurisdictions" / f"{self.town}.yaml").write_text(text, encoding="utf-8")
        return self

    def column(self, site: Site, column: str = "/a/", *, private: str = "127.0.0.1", **settings: str) -> County:
        """Write the settings of one column, 工作动态, of a site."""
        more = "".join(f"{key}: {value}\n" for key, value in {"delay": "0", "items": "li", **settings}.items())
        return self.writes(f"base: {site.url}/\n{more}answers: {{二: {{公开信息: {{工作动态: {column}}}}}}}", private)

    def answer(self, year: int = 2024) -> dict[str, Fact | SourceError]:
        """What the source answers, by the names of its questions."""
        workspace = Workspace(self.folder)
        edition = workspace.edition(workspace.jurisdiction(self.town), year)
        [source] = sources(edition.settings, edition.jurisdiction).values()
        return _leaves(source.answer(edition, self.run))

    def fact(self) -> Fact:
        """The one fact there is."""
        [said] = self.answer().values()
        assert isinstance(said, Fact), str(said)
        return said

    def error(self) -> str:
        """Why there is none."""
        [said] = self.answer().values()
        assert isinstance(said, SourceError), str(said)
        assert f"jurisdictions/{self.town}.yaml:" in said.place
        return str(said)


@pytest.fixture
def county(tmp_path: Path) -> County:
    return County(tmp_path / "county")


def _leaves(answer: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, said in answer.items():
        found |= _leaves(said) if isinstance(said, Mapping) else {name: said}
    return found


def rows(*items: tuple[str, str, str]) -> str:
    """A list page of (title, link, date)."""
    lines = "".join(f'<li><a href="{link}">{title}</a><span>{day}</span></li>' for title, link, day in items)
    return f"<ul>{lines}</ul>"
