"""Pages from a portal: kept, confirmed or fetched, within limits and with manners."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from http.client import responses
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

import urllib3
from parsel import Selector
from urllib3.exceptions import HTTPError, LocationParseError

from nianbao import NianbaoError, SourceError
from nianbao_web import body
from nianbao_web.charset import decode
from nianbao_web.guard import Guard, pools
from nianbao_web.manners import Robots, Unreachable, turn
from nianbao_web.store import Reply, Store

if TYPE_CHECKING:
    from nianbao import Run
    from nianbao_web import Web

MOVES = 10
TRIES = 3
LONGEST_WAIT = 120
_GONE = (HTTPStatus.NOT_FOUND, HTTPStatus.GONE)
_MOVED = (301, 302, 303, 307, 308)
_ONLY_MOVES = re.compile(
    r"\s*(?:(?:window|self|top|parent|document)\.)*location(?:\.href)?\s*(?:=\s*|\.(?:replace|assign)\(\s*)([\"'])([^\"'\s]+)\1\s*\)?\s*;?\s*"
)
_REFRESHES = "//meta[not(ancestor::noscript)][translate(@http-equiv, 'REFSH', 'refsh') = 'refresh']/@content"
_REFRESH = re.compile(r"\s*\d+\s*[;,]\s*url\s*=\s*[\"']?([^\"'\s]+)", re.IGNORECASE)


@dataclass(frozen=True)
class Request:
    """What is asked for. ``form`` and ``json`` are bodies to post, encoded."""

    url: str
    form: bytes | None = None
    json: bytes | None = None

    @property
    def key(self) -> str:
        """What the reply is kept under."""
        sent = self.form if self.form is not None else self.json
        return self.url if sent is None else f"{self.url} {sent.decode()}"


@dataclass(frozen=True)
class Page:
    """A page at its last URL; ``text`` is None where there is none (404). ``size`` in bytes, ``at`` in ISO 8601."""

    url: str
    text: str | None
    size: int
    at: str


class Client:
    """Fetches for one collection: what it fetched once, or what the store may still vouch for, is not asked again."""

    def __init__(self, settings: Web, run: Run, folder: Path, scope: str, tell: Callable[[str], None]) -> None:
        self.settings, self.tell = settings, tell
        self.asked = self.unchanged = self.kept = 0
        self._guard = Guard(run.private_hosts)
        self._pools = pools(self._guard)
        self._store = Store(folder)
        self._collection = self._store.open(scope, run.now)
        self._robots = Robots(lambda url: self._follow(Request(url), kept=False, ruled=False)[1])
        self._until = time.monotonic() + settings.minutes * 60

    def __enter__(self) -> Client:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if kind is None and self._seconds_left() > 0:
            self._store.finish(self._collection)
        self._store.close()
        self._pools.clear()

    def page(self, request: Request, *, kept: bool = False) -> Page:
        """The page that a request leads to, over moves by status, ``<meta>`` or script.

        ``kept``: what an earlier collection fetched will do. Raises SourceError.
        """
        self.tell(request.url)
        url, reply = self._follow(request, kept=kept, ruled=True)
        if reply.status not in (HTTPStatus.OK, *_GONE):
            raise _answered(url, reply.status)
        gone = reply.status in _GONE
        return Page(url, None if gone else decode(reply.body), len(reply.body), reply.at)

    def _follow(self, request: Request, *, kept: bool, ruled: bool) -> tuple[str, Reply]:
        passed = [request.url]
        while True:
            reply = self._reply(request, kept=kept, ruled=ruled)
            target = reply.location if reply.status in _MOVED else _stub(reply)
            if not target:
                return request.url, reply
            moved = joined(request.url, target).partition("#")[0]
            if reply.status == HTTPStatus.OK and moved == request.url:
                return request.url, reply  # it only reloads itself
            if moved in passed or len(passed) > MOVES:
                raise SourceError(f"{passed[0]} 转来转去没有尽头", f"{passed[0]} is moved without end",
                                  mend=("在浏览器里打开，把最后的网址写进 url。", "Open it in a browser and write the last address."))  # fmt: skip
            passed.append(moved)
            request = replace(request, url=moved) if reply.status in (307, 308) else Request(moved)

    def _reply(self, request: Request, *, kept: bool, ruled: bool) -> Reply:
        if problem := address_problem(request.url):
            raise SourceError(f"不访问 {request.url:.200}：{problem[0]}", f"{request.url:.200} is not visited: {problem[1]}",
                              mend=("核对网址，或它转去的地方。", "Check the URL, or where it is moved to."))  # fmt: skip
        known, collection = self._store.get(request.key) or (None, 0)
        if known and (kept and known.status not in _GONE or collection == self._collection):
            self.kept += 1
            return known
        if self._seconds_left() <= 0:
            raise SourceError(f"{self.settings.minutes} 分钟用完了", f"the {self.settings.minutes} minutes are used up",
                              mend=("再运行一次，从停下的地方接着取；或放宽 minutes。", "Run it again, it goes on from here; or allow more `minutes`."))  # fmt: skip
        pause = self._robots.pause(request.url, self.settings.user_agent) if ruled else 0.0
        with turn(urlsplit(request.url).hostname or "", max(pause, self.settings.delay)):
            reply = self._ask(request, known)
        if reply.status in (HTTPStatus.OK, *_GONE, *_MOVED):
            self._store.put(request.key, self._collection, reply)
        return reply

    def _ask(self, request: Request, known: Reply | None) -> Reply:
        """Ask the server, again where it is busy or the connection breaks."""
        for attempt in range(1, TRIES + 1):
            try:
                reply, wait = self._send(request, known)
            except Unreachable:
                if attempt > 1:
                    raise
                continue
            if wait is None:
                return reply
            if attempt == TRIES or wait > LONGEST_WAIT:
                break
            time.sleep(wait)
        told = ("", "") if wait is None or wait <= LONGEST_WAIT else (f"，要求等 {wait:.0f} 秒", f" and wants {wait:.0f} seconds")
        raise SourceError(f"{request.url} 忙（HTTP {reply.status}）{told[0]}", f"{request.url} is busy (HTTP {reply.status}){told[1]}",
                          mend=("过些时候再运行；或加大 delay。", "Run again later; or write a longer `delay`."))  # fmt: skip

    def _send(self, request: Request, known: Reply | None) -> tuple[Reply, float | None]:
        """One exchange: the reply, and the seconds to wait before another try where the server is busy."""
        self.asked += 1
        sent = request.form if request.form is not None else request.json
        headers = {"User-Agent": self.settings.user_agent, "Accept-Encoding": "gzip, deflate", "Cache-Control": "max-age=0"}
        if sent is not None:
            headers["Content-Type"] = "application/json" if request.json is not None else "application/x-www-form-urlencoded"
        elif known:
            headers |= {"If-None-Match": known.etag} if known.etag else {}
            headers |= {"If-Modified-Since": known.modified} if known.modified else {}
        seconds, late = self.settings.seconds, threading.Event()
        response = None

        def cut() -> None:
            late.set()
            self._guard.cut()
            if response is not None:
                response.shutdown()

        watch = threading.Timer(seconds, cut)
        watch.start()
        try:
            response = self._pools.urlopen(
                "GET" if sent is None else "POST", request.url, body=sent, headers=headers, redirect=False, retries=False,
                preload_content=False, timeout=seconds,
            )  # fmt: skip
            with response:
                if response.status == HTTPStatus.NOT_MODIFIED and known:
                    self.unchanged += 1
                    return replace(known, at=_now()), None
                wait = self._wait(response.headers.get("Retry-After", "")) if response.status in (429, 503) else None
                data = body.read(response, self.settings.megabytes * 1_000_000)
                location, etag, modified = (response.headers.get(name, "") for name in ("Location", "ETag", "Last-Modified"))
                return Reply(response.status, data, _now(), decode(location.encode("latin-1")), etag, modified), wait
        except NianbaoError as error:
            error.zh, error.en = f"{request.url}：{error.zh}", f"{request.url}: {error.en}"
            raise
        except (HTTPError, OSError, UnicodeError, ValueError) as error:
            zh, en = (f"超过 {seconds} 秒", f"took over {seconds} seconds") if late.is_set() else (str(error), str(error))
            raise Unreachable(f"取不到 {request.url}：{zh}", f"{request.url} cannot be had: {en}",
                              mend=("核对网址和网络，再运行一次。", "Check the address and the network, and run again."))  from None  # fmt: skip
        finally:
            watch.cancel()

    def _wait(self, retry_after: str) -> float:
        if retry_after.strip().isdecimal():
            return float(retry_after)
        try:
            return max(0.0, (parsedate_to_datetime(retry_after) - datetime.now(UTC)).total_seconds())
        except (ValueError, TypeError):
            return 10 * self.settings.delay

    def _seconds_left(self) -> float:
        return self._until - time.monotonic()


def joined(base: str, target: str) -> str:
    """A target from where it is written; as it is, where it is no URL."""
    try:
        return urljoin(base, target)
    except ValueError:
        return target


def address_problem(url: str) -> tuple[str, str] | None:
    """Why a URL is none that is visited, in two languages."""
    try:
        parts = urlsplit(url)
        port, host = parts.port, urllib3.util.parse_url(url).host
    except (ValueError, LocationParseError):
        return "不是网址", "it is no URL"
    if parts.scheme not in ("http", "https"):
        return "只访问 http 和 https", "only http and https are"
    if not host or port == 0:
        return "没有主机名", "it has no host"
    if parts.username is not None:
        return "网址里有用户名或密码", "it has a user or password in it"
    return None


def _answered(url: str, status: int) -> SourceError:
    phrase = responses.get(status, "")
    return SourceError(f"{url} 回答 HTTP {status} {phrase}".rstrip(), f"{url} answers HTTP {status} {phrase}".rstrip(),
                       mend=("在浏览器里打开核对；网站的问题请网站管理员处理。", "Open it in a browser; ask the portal's administrators."))  # fmt: skip


def _stub(reply: Reply) -> str:
    """Where a page that is only a sign sends its reader: ``<meta http-equiv=refresh>``, or a script that does just that."""
    if reply.status != HTTPStatus.OK or not re.search(rb"refresh|location", reply.body, re.IGNORECASE):
        return ""
    text = decode(reply.body)
    if text.lstrip()[:1] in ("", "{", "["):
        return ""
    page = Selector(text=text, type="html")
    written = [(_REFRESH.match(sign), 1) for sign in page.xpath(_REFRESHES).getall()]
    written += [(_ONLY_MOVES.fullmatch(script), 2) for script in page.xpath("//script/text()").getall()]
    return next((found[group] for found, group in written if found), "")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
