"""Many builds by one command: on all cores, each outcome as it comes, one that fails stopping no other."""

from __future__ import annotations

import contextlib
import functools
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from nianbao.build import Built, Order, build, edition_of
from nianbao.errors import NianbaoError, PluginError, blame, show_notices
from nianbao.plugins import formats
from nianbao.workspace import Jurisdiction, Workspace


@dataclass(frozen=True)
class Outcome:
    """How one build ended: what it made, or why not. ``name`` is what was asked for, ``jurisdiction`` what that meant."""

    name: str
    jurisdiction: Jurisdiction | None = None
    year: int | None = None
    built: Built | None = None
    error: NianbaoError | None = None


def build_all(workspace: Workspace, names: Sequence[str], year: int | None, order: Order) -> Iterator[Outcome]:
    """Build many, on all cores, those below before those above; each outcome as it comes. One that fails stops no other."""
    waves = _waves(workspace, names)
    workers = min(_cores(), len(names), 61)  # Windows waits for no more
    if workers < 2:
        yield from (_outcome(workspace, name, year, order) for wave in waves for name in wave)
        return
    from concurrent.futures import ProcessPoolExecutor, as_completed

    with ProcessPoolExecutor(workers, initializer=_hold_formats, initargs=(workspace.folder, names[0], year, order)) as pool:
        for wave in waves:
            pending = {pool.submit(_outcome_there, workspace.folder, name, year, order): name for name in wave}
            for done in as_completed(pending):
                try:
                    yield done.result()
                except Exception as error:
                    crash = f"{type(error).__name__}: {error}"
                    yield Outcome(pending[done], error=PluginError(f"工作进程中断：{crash}", f"a worker broke off: {crash}"))


def _waves(workspace: Workspace, names: Sequence[str]) -> list[list[str]]:
    """Names by how deep they lie, the deepest first: a county is summed up from reports that are finished."""
    waves: dict[int, list[str]] = {}
    for name in names:
        try:
            depth = len(workspace.line(workspace.named(name).id))
        except NianbaoError:
            depth = 0  # its build will tell
        waves.setdefault(depth, []).append(name)
    return [waves[depth] for depth in sorted(waves, reverse=True)]


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _outcome(workspace: Workspace, name: str, year: int | None, order: Order) -> Outcome:
    known: tuple[Jurisdiction | None, int | None] = (None, year)
    try:
        with blame("nianbao"):
            edition = edition_of(workspace, name, year)
            known = (edition.jurisdiction, edition.year)
            return Outcome(name, *known, build(edition, order))
    except NianbaoError as error:
        return Outcome(name, *known, None, error)


@functools.cache
def _workspace(folder: Path) -> Workspace:
    """A worker's workspace, whose files it reads once."""
    return Workspace(folder)


def _outcome_there(folder: Path, name: str, year: int | None, order: Order) -> Outcome:
    return _outcome(_workspace(folder), name, year, order)


def _hold_formats(folder: Path, name: str, year: int | None, order: Order) -> None:
    """Keep the formats entered for a worker's whole life: a converter that starts once serves every town."""
    from multiprocessing.util import Finalize

    show_notices()
    held = contextlib.ExitStack()
    with contextlib.suppress(NianbaoError):
        held.enter_context(formats(edition_of(_workspace(folder), name, year).settings, order.formats))
        Finalize(None, held.close, exitpriority=1)
