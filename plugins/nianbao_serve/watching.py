"""What is saved: the workspace is watched, and the folders of themes and standards that are installed elsewhere."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterable
from pathlib import Path

from watchfiles import Change, awatch

STEP, LONGEST = 20, 200  # milliseconds without a change that end a save, and how long a save can take
POLL = 300  # milliseconds between looks, where the system tells of no changes
# What editors, offices and systems leave beside a file while it is open or being written.
_BESIDE = re.compile(r"^[.#~]|~$|\.(sw[a-z]|tmp|bak|part|crdownload|lock|pyc)$|^4913$|^Thumbs\.db$|-(journal|wal|shm)$")


class Kept:
    """Which changes count: those to what a report is made of."""

    def __init__(self, workspace: Path) -> None:
        self._workspace = workspace.resolve()

    def __call__(self, change: Change, path: str) -> bool:
        """Whether a change at a path counts."""
        try:
            parts = Path(path).relative_to(self._workspace).parts
        except ValueError:
            parts = Path(path).parts[-1:]
        if any(_BESIDE.search(part) for part in parts) or "__pycache__" in parts:
            return False
        if parts[:1] == ("build",):  # a county is the sum of finished reports
            return len(parts) < 4 or parts[3:] == ("report.json",)
        return True


async def watch(workspace: Path, beside: Callable[[], set[Path]], saved: Callable[[], None]) -> None:
    """Call ``saved`` after each save, for as long as it is awaited. ``beside`` are folders to watch besides."""
    polls = False
    while True:
        folders = _outermost([workspace, *beside()])
        stop = asyncio.Event()
        look = asyncio.create_task(_until_others(stop, beside, set(folders), workspace))
        try:
            async for _ in awatch(
                *folders, watch_filter=Kept(workspace), step=STEP, debounce=LONGEST, stop_event=stop, force_polling=polls or None,
                poll_delay_ms=POLL, ignore_permission_denied=True, rust_timeout=1000,
            ):  # fmt: skip
                saved()
        except (OSError, RuntimeError):  # more folders than the system will watch, a network drive, the folder gone
            if polls:
                await asyncio.sleep(1)
            polls = True
        finally:
            look.cancel()
        saved()  # whatever was saved in between


async def _until_others(stop: asyncio.Event, beside: Callable[[], set[Path]], watched: set[Path], workspace: Path) -> None:
    """Stop a watch whose folders are no longer those that matter: another theme was chosen."""
    while set(_outermost([workspace, *beside()])) == watched:
        await asyncio.sleep(0.5)
    stop.set()


def _outermost(folders: Iterable[Path]) -> list[Path]:
    """Folders that are there, without those that lie in another of them."""
    found = sorted({folder.resolve() for folder in folders if folder.is_dir()})
    return [folder for folder in found if not any(other in folder.parents for other in found)]
