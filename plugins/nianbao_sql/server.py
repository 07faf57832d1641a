"""A database server, by SQLAlchemy: a transaction that only reads where the database has such, limits, one more try."""

from __future__ import annotations

import contextlib
import re
from types import TracebackType
from typing import TYPE_CHECKING, Any

import sqlalchemy
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError

from nianbao import SettingError, SourceError
from nianbao_sql.statements import Lost, QueryError

if TYPE_CHECKING:
    from nianbao_sql import Sql
    from nianbao_sql.database import Rows

DRIVERS = {
    "postgresql": "postgresql+psycopg", "kingbase": "kingbase", "opengauss": "opengauss", "mysql": "mysql+pymysql",
    "mariadb": "mariadb+pymysql", "oracle": "oracle+oracledb", "mssql": "mssql+pymssql", "dm": "dm+dmPython",
}  # fmt: skip
_TOO_LONG = "(?i)timeout|timed out|max_statement_time|maximum statement execution time"
_LIKE_POSTGRES = ("postgresql", "kingbase", "opengauss")
sqlalchemy.dialects.registry.register("kingbase", "nianbao_sql.wire", "Kingbase")
sqlalchemy.dialects.registry.register("opengauss", "nianbao_sql.wire", "OpenGauss")


class Server:
    """One connection. Raises SettingError for a URL that is none or has a password, SourceError where nobody answers."""

    def __init__(self, settings: Sql) -> None:
        self.settings, self.place = settings, settings.url.place
        try:
            url = sqlalchemy.make_url(settings.url)
        except (ArgumentError, ValueError):
            raise SettingError("不是数据库网址", "it is no database URL", place=self.place,
                               mend=("如 postgresql://用户@主机:5432/库。", "Like postgresql://user@host:5432/database."))  from None  # fmt: skip
        if url.password is not None or any(re.fullmatch("(ssl)?pass(word|wd)?|pwd|passfile", key) for key in url.query):
            raise SettingError("密码不写在网址里", "a password does not belong into the URL", place=self.place,
                               mend=("写 password: env:变量名；这个密码已进过文件，请更换。", "Write password: env:NAME; this one has been in a file: change it."))  # fmt: skip
        self.backend = url.get_backend_name()
        self.where = f"{self.backend} {url.host or ''}/{url.database or ''}".replace(" /", " ")
        self.url = url.set(drivername=DRIVERS.get(url.drivername, url.drivername))
        if settings.password:
            self.url = self.url.set(password=settings.password.reveal())

    def __enter__(self) -> Server:
        try:
            waits = _patience(self.backend, self.settings.timeout)
            engine = sqlalchemy.create_engine(self.url, connect_args=waits, poolclass=sqlalchemy.NullPool)
            self.connection = engine.connect()
            self._begin()
        except (SQLAlchemyError, ModuleNotFoundError) as error:
            mend = ("核对网址、密码和网络。", "Check the URL, the password and the network.")
            if isinstance(error, NoSuchModuleError | ModuleNotFoundError):
                mend = ("安装它的驱动，见 docs/how-to/database.md。", "Install its driver: see docs/how-to/database.md.")
            reason = _reason(error)
            raise SourceError(f"连不上数据库：{reason}", f"cannot connect: {reason}", place=self.place, mend=mend) from None
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if kind is not None and not self.connection.closed:
            self.connection.invalidate()  # rows that nobody will read are left to the server
        self.connection.close()

    def rows(self, sql: str, values: dict[str, Any], place: str) -> tuple[list[str], Rows]:
        """The names of a query's columns, and its rows: one more than are allowed, at most.

        Raises QueryError for a query that fails, Lost or SourceError where the server is gone or too slow to go on.
        """
        others = re.sub(rf":(?!(?:{'|'.join(values) or '$'})\b)", r"\:", sql)  # a colon in a text is no parameter
        try:
            return self._asked(others, values)
        except SQLAlchemyError as error:
            told = _failed(error, place)
            if isinstance(told, QueryError):
                self._begin_again()
            raise told from None

    def _asked(self, sql: str, values: dict[str, Any]) -> tuple[list[str], Rows]:
        result = self.connection.execute(sqlalchemy.text(sql), values)
        return list(result.keys()), [tuple(row) for row in result.fetchmany(self.settings.rows + 1)]

    def _begin(self) -> None:
        self.connection.execution_options(stream_results=False)
        for statement in _only_read(self.backend, self.settings.timeout, self.settings.rows):
            self.connection.execute(sqlalchemy.text(statement))
        self.connection.execution_options(stream_results=True, max_row_buffer=1000)

    def _begin_again(self) -> None:
        """After a query that failed: the others may still tell what else is wrong."""
        with contextlib.suppress(SQLAlchemyError):
            self.connection.rollback()
            self._begin()


def _failed(error: Exception, place: str) -> SourceError:
    reason = _reason(error)
    zh, en = f"查询失败：{reason}", f"the query failed: {reason}"
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return Lost(
            zh, en, place=place, mend=("核对数据库和网络，再运行一次。", "Check the database and the network, and run again.")
        )
    if re.search(_TOO_LONG, reason):
        mend = (
            "表可能被锁住，或查询太慢；稍后再试，或放宽 timeout。",
            "A table may be locked, or the query is slow: try later, or allow more `timeout`.",
        )
        return SourceError(zh, en, place=place, mend=mend)
    mend = ("核对表名、列名和权限。", "Check the names of tables and columns, and permissions.")
    return QueryError(zh, en, place=place, mend=mend)


def _patience(backend: str, timeout: int) -> dict[str, int]:
    """How long to wait for a connection, and for a server that has fallen silent; in seconds, as the drivers call it."""
    if backend in ("mysql", "mariadb"):
        return {"connect_timeout": timeout, "read_timeout": timeout + 10}
    return {"connect_timeout": timeout} if backend in _LIKE_POSTGRES else {}


def _only_read(backend: str, timeout: int, rows: int) -> list[str]:
    """What makes a session read one state of the data, wait no longer than ``timeout`` seconds, and end its results.

    A year begins in Beijing, whatever the server's clock is set to.
    """
    if backend in _LIKE_POSTGRES:
        return [
            "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY",
            "SET LOCAL TIME ZONE INTERVAL '+08:00' HOUR TO MINUTE",
            f"SET LOCAL statement_timeout = {timeout * 1000:d}",
            f"SET LOCAL lock_timeout = {timeout * 900:d}",
        ]
    if backend in ("mysql", "mariadb"):
        slow = (
            [f"SET SESSION max_statement_time = {timeout:d}"]
            if backend == "mariadb"
            else [f"SET SESSION max_execution_time = {timeout * 1000:d}"]
        )
        limits = [f"SET SESSION lock_wait_timeout = {timeout:d}", f"SET SESSION sql_select_limit = {rows + 1:d}"]
        return [
            *slow,
            *limits,
            "SET SESSION time_zone = '+08:00'",
            "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ",
            "SET SESSION TRANSACTION READ ONLY",
            "COMMIT",
        ]  # what begins after that only reads
    beijing = ["ALTER SESSION SET TIME_ZONE = '+08:00'"] if backend == "oracle" else []
    return [*beijing, "SET TRANSACTION READ ONLY"] if backend in ("oracle", "dm") else []


def _reason(error: Exception) -> str:
    """What a driver says, without SQLAlchemy's wrapping and a number before it."""
    cause = getattr(error, "orig", None) or getattr(error, "statement", None) or error
    arguments: tuple[Any, ...] = getattr(cause, "args", ())
    said = arguments[1] if len(arguments) == 2 and isinstance(arguments[0], int) else cause
    return next(iter(str(said).strip().splitlines()), type(cause).__name__)
