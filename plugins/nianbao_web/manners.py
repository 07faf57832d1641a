"""How a portal is visited: one request a host at a time, with a pause, and only where its robots.txt lets us."""

from __future__ import annotations

import contextlib
import copy
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from protego import Protego

from nianbao import SourceError
from nianbao.charset import decode

if TYPE_CHECKING:
    from nianbao_web.store import Reply

LONGEST_PAUSE = 60


class Unreachable(SourceError):
    """Nobody answered."""


@dataclass
class _Host:
    lock: threading.Lock = field(default_factory=threading.Lock)
    free_at: float = 0.0


_HOSTS: defaultdict[str, _Host] = defaultdict(_Host)  # of this process: towns and sources are asked side by side
_HOSTS_LOCK = threading.Lock()


@contextlib.contextmanager
def turn(name: str, pause: float) -> Iterator[None]:
    """Wait for one's turn at a host; ``pause`` seconds go by after it."""
    with _HOSTS_LOCK:
        host = _HOSTS[name]
    with host.lock:
        time.sleep(max(0.0, host.free_at - time.monotonic()))
        try:
            yield
        finally:
            host.free_at = time.monotonic() + pause


class Robots:
    """The rules of each server, asked once. ``fetch`` gives the reply for a URL, or raises Unreachable."""

    def __init__(self, fetch: Callable[[str], Reply]) -> None:
        self._fetch = fetch
        self._known: dict[str, Protego | SourceError] = {}

    def pause(self, url: str, agent: str) -> float:
        """The seconds that a server wants between requests. Raises SourceError where a URL may not be fetched."""
        parts = urlsplit(url)
        where = f"{parts.scheme}://{parts.netloc}/robots.txt"
        if where not in self._known:
            self._known[where] = self._ask(where)
        rules = self._known[where]
        if isinstance(rules, SourceError):
            raise copy.copy(rules)
        if not rules.can_fetch(url, agent):
            raise SourceError(f"{where} 不允许访问 {url}", f"{where} does not allow {url}",
                              mend=("请网站管理员在 robots.txt 里放行 nianbao。", "Ask the portal's administrators to allow nianbao in robots.txt."))  # fmt: skip
        pause = float(rules.crawl_delay(agent) or 0)
        if pause > LONGEST_PAUSE:
            raise SourceError(f"{where} 要求每次间隔 {pause:g} 秒", f"{where} wants {pause:g} seconds between requests",
                              mend=("请网站管理员为 nianbao 另设间隔。", "Ask the portal's administrators for a shorter Crawl-delay for nianbao."))  # fmt: skip
        return pause

    def _ask(self, where: str) -> Protego | SourceError:
        try:
            reply = self._fetch(where)
        except Unreachable as error:
            return Unreachable(
                f"{error.zh}；读不到它，就不访问", f"{error.en}; without it nothing is fetched there", mend=error.mend
            )
        except SourceError as error:
            return error
        if reply.status >= 500:
            return Unreachable(f"{where} 回答 HTTP {reply.status}；读不到它，就不访问", f"{where} answers HTTP {reply.status}; without it nothing is fetched there",
                               mend=("等网站恢复后再运行。", "Run again when the portal is well."))  # fmt: skip
        return Protego.parse(decode(reply.body) if reply.status == 200 else "")
