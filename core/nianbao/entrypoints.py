"""Entry points, read from the lists that installers leave beside every distribution.

``importlib.metadata`` finds the same, but brings a parser of mail that costs as much as a third of a check. It is asked where only it
can know: distributions in archives, or found by finders of their own.
"""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Iterable, Iterator
from importlib import import_module
from importlib.machinery import PathFinder
from pathlib import Path
from typing import Any

from nianbao.lean import dataclass


@dataclass(frozen=True)
class Point:
    """One entry point: ``value`` is ``module`` or ``module:attribute``, ``folder`` describes its distribution."""

    name: str
    value: str
    group: str
    folder: str

    @property
    def module(self) -> str:
        """The module that it names."""
        return self.value.partition("[")[0].partition(":")[0].strip()

    @property
    def dist(self) -> Any:
        """The distribution that it comes from, as ``importlib.metadata`` knows it."""
        from importlib.metadata import Distribution

        return Distribution.at(Path(self.folder))

    def load(self) -> Any:
        """What it names, imported."""
        names = self.value.partition("[")[0].partition(":")[2].strip()
        return functools.reduce(getattr, filter(None, names.split(".")), import_module(self.module))


@functools.cache
def entry_points(prefix: str) -> list[Any]:
    """All entry points of groups whose names begin with a prefix: each a Point, or what ``importlib.metadata`` has for one."""
    folders = None if _has_finders_of_its_own() else _descriptions(sys.path)
    if folders is not None:
        return [point for folder in folders for point in _read(folder, prefix)]
    from importlib import metadata

    every: Any = metadata.entry_points()  # before Python 3.12 not EntryPoints, but SelectableGroups
    return [point for group in every.groups if group.startswith(prefix) for point in every.select(group=group)]


def _has_finders_of_its_own() -> bool:
    return any(finder is not PathFinder and hasattr(finder, "find_distributions") for finder in sys.meta_path)


def _descriptions(paths: Iterable[str]) -> list[str] | None:
    """The folders that describe distributions, the first of each name; None where some lie in an archive or egg."""
    found: dict[str, str] = {}
    for path in paths:
        try:
            names = os.listdir(path or ".")
        except NotADirectoryError:
            return None
        except OSError:
            continue
        if "EGG-INFO" in names:
            return None
        for name in names:
            if name.endswith((".dist-info", ".egg-info")):
                known_as = name.rpartition(".")[0].partition("-")[0].lower().replace(".", "_")
                found.setdefault(known_as, os.path.join(path, name))
    return list(found.values())


def _read(folder: str, prefix: str) -> Iterator[Point]:
    try:
        with open(os.path.join(folder, "entry_points.txt"), encoding="utf-8") as file:
            lines = file.read().splitlines()
    except OSError:  # most distributions have none
        return
    group = ""
    for line in map(str.strip, lines):
        if line.startswith("[") and line.endswith("]"):
            group = line[1:-1]
        elif group.startswith(prefix) and line and not line.startswith("#"):
            name, _, value = map(str.strip, line.partition("="))
            yield Point(name, value, group, folder)
