"""Many builds by one command: on all cores, each outcome as it comes, one that fails stopping no other."""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import os
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

from nianbao.answering import Ahead
from nianbao.build import Built, Order, build, edition_of
from nianbao.errors import NianbaoError, PluginError, blame, show_notices
from nianbao.lean import dataclass
from nianbao.plugins import asked_of, formats
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
    """Build many, on all cores, those below before those above; each outcome as it comes. One that fails stops no other.

    Sources that wait are asked in this process, so that a host is never asked by two at a time.
    """
    waves = _waves(workspace, names)
    workers = min(cores(), len(names), 61)  # Windows waits for no more
    if workers < 2:
        for name in chain.from_iterable(waves):
            outcome = _outcome(workspace, name, year, order)
            order = _after(order, outcome)
            yield outcome
        return
    from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor, as_completed

    held = (workspace.folder, names[0], year, order)
    with (
        ProcessPoolExecutor(workers, initializer=_hold_formats, initargs=held) as pool,
        ThreadPoolExecutor(workers * 2) as lines,
    ):
        pool.submit(os.getpid)  # start the workers while this process has no threads: a fork copies the locks they hold

        def line(name: str, order: Order) -> Outcome:
            try:
                ahead = _ahead(workspace, name, year, order)
            except NianbaoError as error:
                return Outcome(name, *_known(workspace, name, year), error=error)
            return pool.submit(_outcome_there, workspace.folder, name, year, order, ahead).result()

        for wave in waves:
            pending = {lines.submit(line, name, order): name for name in wave}
            for done in as_completed(pending):
                try:
                    outcome = done.result()
                except Exception as error:
                    crash = f"{type(error).__name__}: {error}"
                    outcome = Outcome(pending[done], error=PluginError(f"工作进程中断：{crash}", f"a worker broke off: {crash}"))
                order = _after(order, outcome)
                yield outcome


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


def cores() -> int:
    """How many processes can run at once."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _after(order: Order, outcome: Outcome) -> Order:
    """The order for those above: no report is summed up whose build has just failed."""
    failed = outcome.jurisdiction.id if outcome.jurisdiction else outcome.name
    return dataclasses.replace(order, failed=(*order.failed, failed)) if outcome.error else order


def _known(workspace: Workspace, name: str, year: int | None) -> tuple[Jurisdiction | None, int | None]:
    with contextlib.suppress(NianbaoError):
        return workspace.named(name), year
    return None, year


def _ahead(workspace: Workspace, name: str, year: int | None, order: Order) -> Ahead | None:
    """What sources that wait answer, asked in this process. Raises NianbaoError where the settings are wrong."""
    from nianbao.report import Run

    edition = edition_of(workspace, name, year)
    waiting = [asked for asked in asked_of(edition) if not asked.local]
    return Ahead.of(waiting, edition, Run.of(edition, order)) if waiting and not order.offline else None


def _outcome(workspace: Workspace, name: str, year: int | None, order: Order, ahead: Ahead | None = None) -> Outcome:
    known: tuple[Jurisdiction | None, int | None] = (None, year)
    try:
        with blame("nianbao"):
            edition = edition_of(workspace, name, year)
            known = (edition.jurisdiction, edition.year)
            return Outcome(name, *known, build(edition, order, ahead))
    except NianbaoError as error:
        return Outcome(name, *known, None, error)


@functools.cache
def _workspace(folder: Path) -> Workspace:
    """A worker's workspace, whose files it reads once."""
    return Workspace(folder)


def _outcome_there(folder: Path, name: str, year: int | None, order: Order, ahead: Ahead | None) -> Outcome:
    return _outcome(_workspace(folder), name, year, order, ahead)


def _hold_formats(folder: Path, name: str, year: int | None, order: Order) -> None:
    """Keep the formats entered for a worker's whole life: a converter that starts once serves every town."""
    from multiprocessing.util import Finalize

    show_notices()
    held = contextlib.ExitStack()
    with contextlib.suppress(NianbaoError):
        held.enter_context(formats(edition_of(_workspace(folder), name, year).settings, order.formats))
        Finalize(None, held.close, exitpriority=1)
