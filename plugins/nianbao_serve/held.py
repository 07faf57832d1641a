"""What the sources that wait (a database, a portal) answered, held between saves: a save asks nobody.

What ``nianbao fetch`` kept stands first. A source of which nothing is kept, or whose settings have changed, is asked once,
beside the builds; until it answers, its figures read 待填.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from nianbao.answering import Ahead, Asked, collect
from nianbao.build import Order
from nianbao.errors import NianbaoError, SourceError, blame, say, shown
from nianbao.fetched import digest_of_settings, kept
from nianbao.plugins import asked_of
from nianbao.report import Run
from nianbao.workspace import Edition

Said: TypeAlias = tuple[Mapping[str, Any], NianbaoError | None, list[NianbaoError]]
Key: TypeAlias = tuple[str, str]  # a source's name and the digest of its settings
PATIENCE = 1.0  # seconds that the first build waits for quick sources


class StillAsking(SourceError):
    """What stands in place of a figure whose source has not answered yet."""


@dataclass(frozen=True)
class Answered:
    """What a source said, and when: for people."""

    said: Said
    when: str


class Held:
    """The answers held for one edition. ``tell`` is called when there are new ones, ``progress`` while they are awaited."""

    def __init__(self, tell: Callable[[], object], progress: Callable[[], object]) -> None:
        self._tell, self._progress = tell, progress
        self._answers: dict[Key, Answered] = {}
        self._asking: set[Key] = set()
        self._lock = threading.Lock()
        self._how_far = ""
        self._told_at = 0.0

    def ahead(self, edition: Edition) -> Ahead:
        """What a build is given now; begins to ask whom nobody has asked. Raises NianbaoError where settings are wrong."""
        waiting = _waiting(edition)
        with self._lock:
            self._answers = {key: answer for key, answer in self._answers.items() if key in waiting}
            lacking = [key for key in waiting if key not in self._answers and key not in self._asking]
            for key in lacking:
                if answer := _of_fetch(waiting[key], edition):
                    self._answers[key] = answer
            lacking = [key for key in lacking if key not in self._answers]
        if lacking:
            self._begin({key: waiting[key] for key in lacking}, edition).join(PATIENCE)
        with self._lock:
            return Ahead({key[0]: self._said(key, asked) for key, asked in _waiting(edition).items()})

    def again(self, edition: Edition) -> None:
        """Ask every source that waits once more; what is held stands until it answers."""
        with self._lock:
            waiting = {key: asked for key, asked in _waiting(edition).items() if key not in self._asking}
        if waiting:
            self._begin(waiting, edition)

    def status(self) -> list[dict[str, str]]:
        """Each source with when it answered, or how far it is."""
        with self._lock:
            asking = say("正在取数", "being asked") + (f" {self._how_far}" if self._how_far else "")
            keys = list(dict.fromkeys([*self._answers, *self._asking]))
            return [
                {"name": shown(name), "when": asking if (name, digest) in self._asking else self._answers[name, digest].when}
                for name, digest in keys
            ]

    @property
    def is_asking(self) -> bool:
        """Whether a source has still to answer."""
        return bool(self._asking)

    def _said(self, key: Key, asked: Asked) -> Said:
        if key in self._answers:
            return self._answers[key].said
        asked.fail(StillAsking(f"正在向“{key[0]}”取数", f"“{key[0]}” is being asked", place=getattr(asked.name, "place", "")))
        assert asked.answer is not None
        return asked.answer, asked.failure, asked.mistakes

    def _begin(self, waiting: Mapping[Key, Asked], edition: Edition) -> threading.Thread:
        with self._lock:
            self._asking |= waiting.keys()
        asking = threading.Thread(target=self._ask, args=(waiting, edition), daemon=True)
        asking.start()
        return asking

    def _ask(self, waiting: Mapping[Key, Asked], edition: Edition) -> None:
        try:
            with blame("nianbao"):
                collect(list(waiting.values()), edition, Run.of(edition, Order(progress=self._note)))
        except NianbaoError as error:
            for asked in waiting.values():
                if asked.answer is None:
                    asked.fail(error)
        when = say(f"{datetime.now():%H:%M} 所取", f"asked at {datetime.now():%H:%M}")
        with self._lock:
            for key, asked in waiting.items():
                assert asked.answer is not None
                self._answers[key] = Answered((asked.answer, asked.failure, asked.mistakes), when)
            self._asking -= waiting.keys()
            self._how_far = ""
        self._tell()

    def _note(self, done: int, total: int, what: str) -> None:
        self._how_far = shown(f"{what} {done}/{total}")
        if time.monotonic() - self._told_at > 0.5:
            self._told_at = time.monotonic()
            self._progress()


def _waiting(edition: Edition) -> dict[Key, Asked]:
    """The sources of an edition that wait, not yet asked."""
    sources = (asked for asked in asked_of(edition) if not asked.local)
    return {(str(asked.name), digest_of_settings(asked, edition)): asked for asked in sources}


def _of_fetch(asked: Asked, edition: Edition) -> Answered | None:
    """What ``fetch`` kept of a source, where it is of these settings."""
    try:
        answer = kept(asked, edition)
    except SourceError:
        return None
    return Answered((answer, None, []), say("nianbao fetch 保存的", "as nianbao fetch kept it"))
