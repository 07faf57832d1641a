"""A database, opened to read and to nothing else."""

from __future__ import annotations

import sqlite3
from types import TracebackType
from typing import TYPE_CHECKING, Any

import sqlalchemy
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError

from nianbao import SettingError, SourceError
from nianbao_sql.statements import check

if TYPE_CHECKING:
    from nianbao import Edition
    from nianbao_sql import Sql

DRIVERS = {"postgresql": "postgresql+psycopg", "mysql": "mysql+pymysql", "mariadb": "mariadb+pymysql"}


class Database:
    """One connection, in a transaction that only reads where the database has such. Raises SourceError or SettingError."""

    def __init__(self, settings: Sql, edition: Edition) -> None:
        self.settings, self.edition = settings, edition
        self.place = getattr(settings.url, "place", "")
        try:
            url = sqlalchemy.make_url(settings.url)
        except ArgumentError:
            raise SettingError("不是数据库网址", "it is no database URL", place=self.place,
                               mend=("如 postgresql://用户@主机:5432/库。", "Like postgresql://user@host:5432/database."))  from None  # fmt: skip
        if url.password is not None:
            raise SettingError("密码不写在网址里", "a password does not belong into the URL", place=self.place,
                               mend=("写 password: env:变量名。", "Write password: env:NAME."))  # fmt: skip
        self.backend = url.get_backend_name()
        self.where = f"{self.backend} {url.host or ''}/{url.database or ''}".replace(" /", " ")
        self.url = url.set(drivername=DRIVERS.get(url.drivername, url.drivername))
        if settings.password:
            self.url = self.url.set(password=settings.password.reveal())

    def __enter__(self) -> Database:
        try:
            self.engine = self._engine()
            self.connection = self.engine.connect()
            self._only_read()
        except (SQLAlchemyError, sqlite3.Error, ModuleNotFoundError) as error:
            raise self._told(error, "连不上数据库", "cannot connect", self.place) from None
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.connection.close()
        self.engine.dispose()

    def rows(self, sql: str, place: str) -> tuple[list[str], list[tuple[Any, ...]]]:
        """The names of a query's columns, and its rows. A lost connection is tried once more."""
        check(sql, self.backend, place)
        for attempt in (1, 2):
            try:
                result = self.connection.execute(sqlalchemy.text(sql), self.bound(sql))
                rows = result.fetchmany(self.settings.rows + 1)
                break
            except (SQLAlchemyError, sqlite3.Error) as error:
                lost = isinstance(error, DBAPIError) and error.connection_invalidated
                if not lost or attempt == 2:
                    raise self._told(error, "查询失败", "the query failed", place) from None
                self.connection.close()
                self.__enter__()
        if len(rows) > self.settings.rows:
            raise SourceError(f"查询得到超过 {self.settings.rows} 行", f"the query gives more than {self.settings.rows} rows", place=place,
                              mend=("用 group by 汇总，或放宽 rows。", "Sum up with group by, or allow more `rows`."))  # fmt: skip
        return list(result.keys()), [tuple(row) for row in rows]

    def bound(self, sql: str) -> dict[str, Any]:
        """The values of the names that a query binds."""
        edition = self.edition
        dates = {"start": edition.start, "end": edition.end}
        values = {
            "jurisdiction_code": edition.jurisdiction.code, "year": edition.year,
            **(dates if self.backend != "sqlite" else {name: date.isoformat() for name, date in dates.items()}),
        }  # fmt: skip
        return {name: values[name] for name in check(sql, self.backend, self.place)}

    def _engine(self) -> sqlalchemy.Engine:
        if self.backend == "sqlite":
            path = (self.edition.workspace / (self.url.database or "")).resolve()
            uri = f"{path.as_uri()}?mode=ro"
            return sqlalchemy.create_engine(
                "sqlite://", creator=lambda: sqlite3.connect(uri, uri=True, timeout=self.settings.timeout)
            )
        waits = {"postgresql": {"connect_timeout": self.settings.timeout}, "mysql": {"connect_timeout": self.settings.timeout}}
        return sqlalchemy.create_engine(self.url, connect_args=waits.get(self.backend, {}), pool_pre_ping=False)

    def _only_read(self) -> None:
        milliseconds = self.settings.timeout * 1000
        if self.backend == "postgresql":
            self.connection.execute(sqlalchemy.text("SET TRANSACTION READ ONLY"))
            self.connection.execute(sqlalchemy.text(f"SET LOCAL statement_timeout = {milliseconds:d}"))
        elif self.backend in ("mysql", "mariadb"):
            self.connection.execute(sqlalchemy.text("SET SESSION TRANSACTION READ ONLY"))
            self.connection.rollback()

    def _told(self, error: Exception, zh: str, en: str, place: str) -> SourceError:
        reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        mend = ("核对网址、密码和网络。", "Check the URL, the password and the network.") if "connect" in en else (
            "核对表名、列名和权限。", "Check the names of tables and columns, and permissions.")  # fmt: skip
        if isinstance(error, NoSuchModuleError | ModuleNotFoundError):
            mend = (
                "安装它的驱动：pip install 'nianbao[sql]' 或见文档。",
                "Install its driver: pip install 'nianbao[sql]', or see the docs.",
            )
        return SourceError(f"{zh}：{reason}", f"{en}: {reason}", place=place, mend=mend)
