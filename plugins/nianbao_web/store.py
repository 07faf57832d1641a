"""What was fetched, kept in SQLite page by page: a collection that was broken off goes on where it stopped."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

RESUMED = timedelta(hours=12)
_TABLES = """
create table if not exists collection (id integer primary key, scope text, started text, closed integer default 0);
create table if not exists page (
    key text primary key, collection integer, status integer, etag text, modified text, location text, at text, body blob);
"""


@dataclass(frozen=True)
class Reply:
    """What a server said of one request: ``at`` what time it was fetched or last confirmed (ISO 8601)."""

    status: int
    body: bytes
    at: str
    location: str = ""
    etag: str = ""
    modified: str = ""


class Store:
    """The replies of one workspace, and its collections. Used by one thread; several stores may share the file."""

    def __init__(self, folder: Path) -> None:
        self._database = sqlite3.connect(folder / "pages.db", timeout=60, isolation_level=None)
        self._database.executescript(_TABLES)

    def open(self, scope: str, now: datetime) -> int:
        """The collection of a scope that was broken off less than 12 hours ago, else a new one."""
        row = self._database.execute(
            "select id from collection where scope = ? and not closed and started between ? and ? order by id desc",
            (scope, (now - RESUMED).isoformat(), (now + RESUMED).isoformat()),
        ).fetchone()
        if row is None:
            row = self._database.execute(
                "insert into collection (scope, started) values (?, ?) returning id", (scope, now.isoformat())
            ).fetchone()
        return int(row[0])

    def finish(self, collection: int) -> None:
        """The collection is complete: the next one asks anew."""
        self._database.execute("update collection set closed = 1 where id = ?", (collection,))

    def get(self, key: str) -> tuple[Reply, int] | None:
        """The reply that is kept for a key, and the collection that fetched or confirmed it last."""
        row = self._database.execute(
            "select collection, status, body, at, location, etag, modified from page where key = ?", (key,)
        ).fetchone()
        return (Reply(row[1], zlib.decompress(row[2]), *row[3:]), row[0]) if row else None

    def put(self, key: str, collection: int, reply: Reply) -> None:
        """Keep a reply."""
        self._database.execute(
            "replace into page (key, collection, status, body, at, location, etag, modified) values (?, ?, ?, ?, ?, ?, ?, ?)",
            (key, collection, reply.status, zlib.compress(reply.body), reply.at, reply.location, reply.etag, reply.modified),
        )

    def release(self, keys: Iterable[str]) -> None:
        """Replies that belong to no collection any more: they have to be confirmed before they are used."""
        self._database.executemany("update page set collection = 0 where key = ?", ((key,) for key in keys))

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()
