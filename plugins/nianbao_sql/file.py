"""A file of SQLite, by Python's own driver: loading SQLAlchemy would cost more than a whole build (decision 7)."""

from __future__ import annotations

import contextlib
import re
import sqlite3
import time
from datetime import date
from types import TracebackType
from typing import TYPE_CHECKING, Any

from nianbao import SettingError, SourceError
from nianbao_sql.statements import QueryError

if TYPE_CHECKING:
    from nianbao import Edition
    from nianbao_sql import Sql
    from nianbao_sql.database import Rows

STEPS = 10_000  # of SQLite's machine between two looks at the clock
_READS = (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE)


class File:
    """``sqlite:///register.db`` in the workspace, opened read-only; what is no reading SQLite itself refuses."""

    def __init__(self, settings: Sql, edition: Edition) -> None:
        self.settings, self.place = settings, settings.url.place
        name = settings.url.removeprefix("sqlite:///")
        if name == settings.url or not name:
            raise SettingError("不是数据库网址", "it is no database URL", place=self.place,
                               mend=("写 sqlite:///文件名。", "Write sqlite:///file."))  # fmt: skip
        self.path = edition.workspace / name
        self.where = f"sqlite {name}"

    def __enter__(self) -> File:
        try:
            uri = f"{self.path.resolve().as_uri()}?mode=ro"
            self.connection = sqlite3.connect(uri, uri=True, timeout=self.settings.timeout)
            self.connection.execute("begin")  # one state of the file for all queries
            self.connection.execute("select count(*) from sqlite_master")
            self.connection.set_authorizer(lambda action, *_: sqlite3.SQLITE_OK if action in _READS else sqlite3.SQLITE_DENY)
        except sqlite3.Error as error:
            raise SourceError(f"打不开数据库：{error}", f"cannot connect: {error}", place=self.place,
                              mend=("核对文件名和权限。", "Check the file's name and permissions."))  from None  # fmt: skip
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.connection.close()

    def rows(self, sql: str, values: dict[str, Any], place: str) -> tuple[list[str], Rows]:
        """The names of a query's columns, and its rows: one more than are allowed, at most. Raises SourceError."""
        until = time.monotonic() + self.settings.timeout
        self.connection.set_progress_handler(lambda: time.monotonic() > until, STEPS)
        texts = {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}
        try:
            with contextlib.closing(self.connection.execute(sql, texts)) as cursor:
                return [column for column, *_ in cursor.description], cursor.fetchmany(self.settings.rows + 1)
        except sqlite3.Error as error:
            zh, en = f"查询失败：{error}", f"the query failed: {error}"
            if re.search("interrupted|locked", str(error)):
                mend = ("超过了 timeout：稍后再试，或放宽 timeout。", "It took longer than `timeout`: try later, or allow more.")
                raise SourceError(zh, en, place=place, mend=mend) from None
            mend = ("核对表名、列名和权限。", "Check the names of tables and columns, and permissions.")
            raise QueryError(zh, en, place=place, mend=mend) from None
