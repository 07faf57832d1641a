"""Pages from a portal: kept, confirmed or fetched, with manners."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from http import HTTPStatus
from http.client import responses
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from nianbao import SourceError
from nianbao.charset import decode
from nianbao_web import addresses, moves
from nianbao_web.exchange import Exchange, Request
from nianbao_web.manners import Robots, Unreachable, turn
from nianbao_web.store import Reply, Store

if TYPE_CHECKING:
    from nianbao import Run
    from nianbao_web import Web

MOVES = 10
TRIES = 3
LONGEST_WAIT = 120
_GONE = (HTTPStatus.NOT_FOUND, HTTPStatus.GONE)
_SAME_METHOD = (HTTPStatus.TEMPORARY_REDIRECT, HTTPStatus.PERMANENT_REDIRECT)


@dataclass(frozen=True)
class Page:
    """A page at its last URL; ``text`` is None where there is none (404). ``size`` in bytes, ``at`` in ISO 8601."""

    url: str
    text: str | None
    size: int
    at: str


class Client:
    """Fetches for one collection: what it fetched already, or what the store may still vouch for, is not asked again.

    A host that could not be reached (``down``) is not tried for the next column. Offline, what the store has is all there is. ``kept`` counts
    what needed no request. ``tell`` is called with each URL.
    """

    def __init__(self, settings: Web, run: Run, folder: Path, scope: str, tell: Callable[[str], None]) -> None:
        self.settings, self.tell = settings, tell
        self.kept = 0
        self._offline = run.offline
        self.exchange = Exchange(settings, run.private_hosts)
        self._robots = Robots(lambda url: self._follow(Request(url), kept=False, ruled=False)[1])
        self._store = Store(folder)
        self._collection = self._store.open(scope, run.now)
        self._is_broken_off = False
        self.down: dict[str, Unreachable] = {}
        self._fresh: list[str] = []
        self._until = time.monotonic() + settings.minutes * 60

    def __enter__(self) -> Client:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if kind is None and not self._is_broken_off:
            self._store.finish(self._collection)
        self.close()

    def close(self) -> None:
        """Let go of files and connections; the collection stays open."""
        self._store.close()
        self.exchange.close()

    def start_column(self) -> None:
        """What is fetched from now on belongs to another column."""
        self._fresh.clear()

    def doubt(self) -> None:
        """What was fetched for this column is asked for again by the next run: something in it was wrong."""
        self._store.release(self._fresh)

    def page(self, request: Request, *, kept: bool = False) -> Page:
        """The page that a request leads to, over moves by status, ``<meta>`` or script.

        ``kept``: what an earlier collection fetched will do. Raises SourceError.
        """
        url, reply = self.reply(request, kept=kept)
        return Page(url, None if reply.status in _GONE else decode(reply.body), len(reply.body), reply.at)

    def reply(self, request: Request, *, kept: bool = False) -> tuple[str, Reply]:
        """As ``page``, but the last URL and the reply as it came: found, or gone (404)."""
        self.tell(request.url)
        host = request.url.partition("://")[2].partition("/")[0]
        if host in self.down:
            raise self.down[host]
        try:
            url, reply = self._follow(request, kept=kept, ruled=True)
        except Unreachable as reason:
            self._is_broken_off = True
            self.down[host] = reason
            raise
        if reply.status not in (HTTPStatus.OK, *_GONE):
            told = f"HTTP {reply.status} {responses.get(reply.status, '')}".rstrip()
            raise SourceError(f"{url} 回答 {told}", f"{url} answers {told}",
                              mend=("在浏览器里打开核对；网站的问题请网站管理员处理。", "Open it in a browser; ask the portal's administrators."))  # fmt: skip
        return url, reply

    def _follow(self, request: Request, *, kept: bool, ruled: bool) -> tuple[str, Reply]:
        passed = [request.url]
        while True:
            reply = self._reply(request, kept=kept, ruled=ruled)
            target = moves.target(reply)
            moved = addresses.joined(request.url, target).partition("#")[0]
            if not target or moved == request.url and reply.status == HTTPStatus.OK:  # a page may reload itself
                return request.url, reply
            if moved in passed or len(passed) > MOVES:
                raise SourceError(f"{passed[0]} 转来转去没有尽头", f"{passed[0]} is moved without end",
                                  mend=("在浏览器里打开，把最后的网址写进 url。", "Open it in a browser and write the last address."))  # fmt: skip
            passed.append(moved)
            request = replace(request, url=moved) if reply.status in _SAME_METHOD else Request(moved)

    def _reply(self, request: Request, *, kept: bool, ruled: bool) -> Reply:
        if problem := addresses.problem(request.url):
            raise SourceError(f"不访问 {request.url:.200}：{problem[0]}", f"{request.url:.200} is not visited: {problem[1]}",
                              mend=("核对网址，或它转去的地方。", "Check the URL, or where it is moved to."))  # fmt: skip
        known, collection = self._store.get(request.key) or (None, 0)
        if known and (collection == self._collection or kept and known.status not in _GONE):
            self.kept += 1
            return known
        if self._offline:
            if known:
                return known
            raise Unreachable(f"没有保存过 {request.url}", f"nothing is kept of {request.url}",
                              mend=("联网运行 nianbao fetch。", "Run `nianbao fetch` while online."))  # fmt: skip
        pause = self._robots.pause(request.url, self.settings.user_agent) if ruled else 0.0
        with turn(urlsplit(request.url).hostname or "", max(pause, self.settings.delay)):
            reply = self._ask(request, known)
        if reply.status < HTTPStatus.BAD_REQUEST or reply.status in _GONE:
            self._store.put(request.key, self._collection, reply)
            self._fresh.append(request.key)
        return reply

    def _ask(self, request: Request, known: Reply | None) -> Reply:
        """Ask the server, again where it is busy; once more where the connection breaks."""
        for attempt in range(1, TRIES + 1):
            if time.monotonic() > self._until:
                raise Unreachable(f"{self.settings.minutes} 分钟用完了", f"the {self.settings.minutes} minutes are used up",
                                  mend=("再运行一次，从停下的地方接着取；或放宽 minutes。", "Run it again, it goes on from here; or allow more `minutes`."))  # fmt: skip
            try:
                reply, wait = self.exchange.send(request, known)
            except Unreachable:
                if attempt > 1:
                    raise
                time.sleep(self.settings.delay)
                continue
            if wait is None:
                return reply
            if attempt == TRIES or wait > LONGEST_WAIT:
                break
            time.sleep(wait)
        told = ("", "") if not wait else (f"，要求等 {wait:.0f} 秒", f" and wants {wait:.0f} seconds")
        raise Unreachable(f"{request.url} 忙（HTTP {reply.status}）{told[0]}", f"{request.url} is busy (HTTP {reply.status}){told[1]}",
                          mend=("过些时候再运行；或加大 delay。", "Run again later; or write a longer `delay`."))  # fmt: skip
