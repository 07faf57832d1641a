"""One exchange with a server: a request, its reply, within limits of bytes and time."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import TYPE_CHECKING

from urllib3 import BaseHTTPResponse
from urllib3.exceptions import HTTPError

from nianbao import NianbaoError
from nianbao.charset import decode
from nianbao_web import body
from nianbao_web.guard import Guard, pools
from nianbao_web.manners import Unreachable
from nianbao_web.store import Reply

if TYPE_CHECKING:
    from nianbao_web import Web

_BUSY = (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)


@dataclass(frozen=True)
class Request:
    """What is asked for. ``form`` and ``json`` are bodies to post, encoded."""

    url: str
    form: bytes | None = None
    json: bytes | None = None

    @property
    def sent(self) -> bytes | None:
        """The body, if there is one."""
        return self.form if self.form is not None else self.json

    @property
    def key(self) -> str:
        """What the reply is kept under."""
        return self.url if self.sent is None else f"{self.url} {self.sent.decode()}"


class Exchange:
    """Connections that keep to the ``private`` hosts that are listed, and to the settings' limits.

    ``asked`` counts requests, ``unchanged`` those of them that only confirmed what is known.
    """

    def __init__(self, settings: Web, private: Iterable[str]) -> None:
        self.asked = self.unchanged = 0
        self._settings = settings
        self._guard = Guard(private)
        self._pools = pools(self._guard)

    def send(self, request: Request, known: Reply | None) -> tuple[Reply, float | None]:
        """The reply, or ``known`` where the server confirms it; where the server is busy, the seconds to wait as well.

        Raises SourceError for what may not be fetched or is too large, Unreachable where there is no answer in time.
        """
        self.asked += 1
        seconds, late = self._settings.seconds, threading.Event()
        response: BaseHTTPResponse | None = None

        def cut() -> None:
            late.set()
            self._guard.cut()
            if response is not None:
                with contextlib.suppress(ValueError):  # it was read meanwhile
                    response.shutdown()

        watch = threading.Timer(seconds, cut)  # a timeout of the socket alone begins anew with each byte
        watch.start()
        try:
            response = self._pools.urlopen(
                "GET" if request.sent is None else "POST", request.url, body=request.sent, headers=self._headers(request, known),
                redirect=False, retries=False, preload_content=False, timeout=seconds,
            )  # fmt: skip
            with response:
                if response.status == HTTPStatus.NOT_MODIFIED and known:
                    self.unchanged += 1
                    return replace(known, at=_now()), None
                headers = response.headers
                wait = self._wait(headers.get("Retry-After", "")) if response.status in _BUSY else None
                data = body.read(response, self._settings.megabytes * 1_000_000)
                location = decode(headers.get("Location", "").encode("latin-1"))
                return Reply(
                    response.status, data, _now(), location, headers.get("ETag", ""), headers.get("Last-Modified", "")
                ), wait
        except NianbaoError as error:
            error.zh, error.en = f"{request.url}：{error.zh}", f"{request.url}: {error.en}"
            raise
        except (HTTPError, OSError, UnicodeError, ValueError) as error:
            zh, en = (f"超过 {seconds} 秒", f"took over {seconds} seconds") if late.is_set() else (_reason(error), _reason(error))
            raise Unreachable(f"取不到 {request.url}：{zh}", f"{request.url} cannot be had: {en}",
                              mend=("核对网址和网络，再运行一次。", "Check the address and the network, and run again.")) from None  # fmt: skip
        finally:
            watch.cancel()

    def close(self) -> None:
        """Let go of the connections."""
        self._pools.clear()

    def _headers(self, request: Request, known: Reply | None) -> dict[str, str]:
        headers = {"User-Agent": self._settings.user_agent, "Accept-Encoding": "gzip, deflate", "Cache-Control": "max-age=0"}
        if request.sent is not None:
            kind = "application/json" if request.json is not None else "application/x-www-form-urlencoded"
            return {**headers, "Content-Type": kind}
        told = {"If-None-Match": known.etag, "If-Modified-Since": known.modified} if known else {}
        return {**headers, **{name: value for name, value in told.items() if value}}

    def _wait(self, retry_after: str) -> float:
        if retry_after.strip().isdecimal():
            return float(retry_after)
        try:
            return max(0.0, (parsedate_to_datetime(retry_after) - datetime.now(UTC)).total_seconds())
        except (ValueError, TypeError):
            return 10 * self._settings.delay


def _reason(error: Exception) -> str:
    """The innermost cause, as the system words it."""
    while inner := next((part for part in error.args if isinstance(part, Exception)), None):
        error = inner
    return str(getattr(error, "strerror", None) or error)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
