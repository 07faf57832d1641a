"""One page or file for whoever asks, with the safety and the manners of the source ``web``."""

from __future__ import annotations

import contextlib
import sqlite3
from http import HTTPStatus
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from nianbao import Fetched, Questions, Run, SourceError
from nianbao_web.addresses import problem
from nianbao_web.exchange import Request
from nianbao_web.manners import Unreachable

if TYPE_CHECKING:
    from nianbao import Edition
    from nianbao_web.client import Client

DELAY = 1.0  # seconds between requests to a host
MEGABYTES = 30  # of one page or file: a report with its pictures
_DOWN: WeakKeyDictionary[Run, dict[str, Unreachable]] = WeakKeyDictionary()  # a host that is down is tried once a run


def fetch(url: str, edition: Edition, run: Run) -> Fetched:
    """What an address answers; offline, what it answered when it was last asked. Raises SourceError."""
    if wrong := problem(url):
        raise SourceError(f"不访问 {url:.200}：{wrong[0]}", f"{url:.200} is not visited: {wrong[1]}",
                          mend=("核对网址。", "Check the URL."))  # fmt: skip
    try:
        with contextlib.closing(_client(edition, run)) as client:
            last, reply = client.reply(Request(url))
    except sqlite3.Error as error:
        raise SourceError(f".cache/web/pages.db 用不了：{error}", f".cache/web/pages.db cannot be used: {error}",
                          mend=("腾出磁盘空间；文件坏了就删去，会重新取。", "Free disk space; delete the file if it is damaged."))  from None  # fmt: skip
    if reply.status != HTTPStatus.OK:
        raise SourceError(f"{last} 没有这一页（HTTP {reply.status}）", f"{last} is not there (HTTP {reply.status})",
                          mend=("在浏览器里打开核对，改正网址。", "Open it in a browser and correct the address."))  # fmt: skip
    return Fetched(reply.body, last, reply.at)


def _client(edition: Edition, run: Run) -> Client:
    """A client for one request. All of a run share a collection, which is closed to later ones: those ask anew."""
    from nianbao_web import Web
    from nianbao_web.client import Client

    settings = Web(base="", answers=Questions(), delay=DELAY, megabytes=MEGABYTES)
    scope = f"fetch {edition.jurisdiction.id} {edition.year} {run.now.isoformat()}"
    client = Client(settings, run, run.cache(edition, "web"), scope, lambda url: run.progress(0, 0, url))
    client.down = _DOWN.setdefault(run, {})
    return client
