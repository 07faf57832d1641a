"""A database, opened to read and to nothing else: a file of SQLite, or a server."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol

from nianbao import SettingError
from nianbao_sql.approvals import Approvals
from nianbao_sql.statements import QueryError

if TYPE_CHECKING:
    from nianbao import Edition, Run
    from nianbao_sql import Sql

Rows = Sequence[Sequence[Any]]


class Connection(Protocol):
    """What a driver does."""

    where: str

    def rows(self, sql: str, values: dict[str, Any], place: str) -> tuple[list[str], Rows]:
        """The names of a query's columns, and its rows: one more than are allowed, at most. Raises SourceError."""
        ...


class Database:
    """A connection that is asked checked queries, with the values of an edition bound."""

    def __init__(self, connection: Connection, settings: Sql, edition: Edition, approvals: Approvals) -> None:
        self.connection, self.settings, self.edition, self.approvals = connection, settings, edition, approvals
        self.where = connection.where

    def rows(self, sql: str, place: str) -> tuple[list[str], Rows]:
        """The names of a query's columns, and its rows. Raises SettingError or SourceError."""
        columns, rows = self.connection.rows(sql, self.bound(sql, place), place)
        if len(rows) > self.settings.rows:
            raise QueryError(f"查询得到超过 {self.settings.rows} 行", f"the query gives more than {self.settings.rows} rows", place=place,
                              mend=("用 group by 汇总，或放宽 rows。", "Sum up with group by, or allow more `rows`."))  # fmt: skip
        return columns, rows

    def bound(self, sql: str, place: str) -> dict[str, Any]:
        """The values of the names that a query binds."""
        names, edition = self.approvals.names(sql, place), self.edition
        code = str(edition.jurisdiction.code)
        if "jurisdiction_code" in names and not code:
            raise SettingError(f"没有写{edition.jurisdiction.name}的 code", f"{edition.jurisdiction.name} has no `code`",
                               place=f"jurisdictions/{edition.jurisdiction.id}.yaml",
                               mend=("写上它在登记系统里的代码。", "Write the code that the register has for it."))  # fmt: skip
        values = {"jurisdiction_code": code, "year": edition.year, "start": edition.start, "end": edition.end}
        return {name: values[name] for name in names}


@contextmanager
def opened(settings: Sql, edition: Edition, run: Run) -> Iterator[Database]:
    """The database of a source's settings. Raises SettingError or SourceError."""
    scheme = settings.url.partition(":")[0].partition("+")[0]
    approvals = Approvals(run.cache(edition, "sql"), scheme)
    if scheme == "sqlite":
        from nianbao_sql.file import File

        with File(settings, edition) as connection:
            yield Database(connection, settings, edition, approvals)
    else:
        from nianbao_sql.server import Server

        with Server(settings) as connection:
            yield Database(connection, settings, edition, approvals)
