"""The previews of a workspace: one rebuild at a time, none for what nobody looks at, one for a storm of saves."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from nianbao_serve.preview import Preview

MOST = 24  # previews that are held though nobody looks at them
BEAT = 15.0  # seconds between signs of life


@dataclass(eq=False)
class _Held:
    """A preview, who looks at it, and the save that it is built of (0: of none)."""

    preview: Preview
    listeners: set[asyncio.Event] = field(default_factory=set)
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    upto: int = 0

    def tell(self) -> None:
        for news in self.listeners:
            news.set()


class House:
    """All previews. Its methods belong to the loop's thread; only the builds run elsewhere."""

    def __init__(self, workspace: Path) -> None:
        self.workspace = workspace
        self._worker = ThreadPoolExecutor(1, "rebuild")
        self._held: dict[tuple[str, int], _Held] = {}
        self._saves = 1
        self._tasks: set[asyncio.Task[None]] = set()
        self._is_building = False

    async def preview(self, id: str, year: int) -> Preview:
        """The preview of an edition, of what is on the disk now."""
        held = self._of(id, year)
        await self._rebuild(held)
        return held.preview

    async def told(self, preview: Preview) -> AsyncIterator[int]:
        """The version of a preview, now and whenever there is news; the same again as a sign of life."""
        news, listeners = asyncio.Event(), self._of(preview.id, preview.year).listeners
        listeners.add(news)
        try:
            while True:
                yield preview.seen.version
                try:
                    await asyncio.wait_for(news.wait(), BEAT)
                except TimeoutError:
                    continue
                news.clear()
        finally:
            listeners.discard(news)

    def saved(self) -> None:
        """Something was saved: rebuild what is looked at now, and the rest when it is looked at."""
        self._saves += 1
        for held in self._held.values():
            if held.listeners:
                self._start(held)

    def folders(self) -> set[Path]:
        """Folders beside the workspace that those previews depend on at which somebody looks."""
        return {folder for held in self._held.values() if held.listeners for folder in held.preview.seen.folders}

    @property
    def is_busy(self) -> bool:
        """Whether a thread is at work that the end of the process would wait for."""
        return self._is_building or any(held.preview.held.is_asking for held in self._held.values())

    def _of(self, id: str, year: int) -> _Held:
        if (id, year) not in self._held:
            idle = [key for key, held in self._held.items() if not held.listeners]
            for key in idle[: max(len(self._held) - MOST + 1, 0)]:
                del self._held[key]
            self._held[id, year] = self._new(id, year)
        return self._held[id, year]

    def _new(self, id: str, year: int) -> _Held:
        loop = asyncio.get_running_loop()
        held = _Held(
            Preview(
                self.workspace, id, year,
                answered=lambda: loop.call_soon_threadsafe(self._anew, held),
                progress=lambda: loop.call_soon_threadsafe(held.tell),
            )
        )  # fmt: skip
        return held

    def _anew(self, held: _Held) -> None:
        held.upto = 0
        self._start(held)

    def _start(self, held: _Held) -> None:
        task = asyncio.get_running_loop().create_task(self._rebuild(held))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _rebuild(self, held: _Held) -> None:
        async with held.lock:
            if held.upto == self._saves:
                return
            held.upto = self._saves
            self._is_building = True
            try:
                await asyncio.get_running_loop().run_in_executor(self._worker, held.preview.rebuild)
            finally:
                self._is_building = False
        held.tell()
