"""Real database servers of the tests' own, started as an ordinary user on a socket in a folder."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

PASSWORD = "pass word:@/"


class Server:
    """A server with its data in ``home``. ``boss`` may do everything without a password, ``reader`` reads with one."""

    name = where = ""
    busy = lock = sleep = millions = ""  # queries that differ from server to server

    def __init__(self) -> None:
        self.home = Path(tempfile.mkdtemp(prefix="nianbao-db-", dir="/tmp"))
        self.home.chmod(0o777)
        self.user: list[str] = []
        if os.geteuid() == 0:  # neither server likes root
            self.user = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
            os.chown(self.home, 65534, 65534)

    def start(self) -> None:
        with (self.home / "log").open("ab") as log:
            command = [*self.user, *self.command()]
            self.process = subprocess.Popen(command, stdout=log, stderr=log, cwd="/", start_new_session=True)
        until = time.monotonic() + 60
        while True:
            try:
                self.connect().close()
                return
            except Exception:
                assert self.process.poll() is None, (self.home / "log").read_text(errors="replace")[-2000:]
                assert time.monotonic() < until, "the server does not come up"
                time.sleep(0.05)

    def kill(self) -> None:
        """As a power cut would."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def remove(self) -> None:
        self.kill()
        shutil.rmtree(self.home, ignore_errors=True)

    def execute(self, *statements: str) -> list[Any]:
        """Do as the boss; the rows of the last statement."""
        connection = self.connect()
        try:
            with connection.cursor() as cursor:
                for statement in statements:
                    cursor.execute(statement)
                return list(cursor.fetchall()) if cursor.description else []
        finally:
            connection.close()

    def set_up(self, schema: Iterable[str]) -> None:
        self.execute(*schema, *self.reader())

    def command(self) -> list[str]:
        raise NotImplementedError

    def connect(self) -> Any:
        raise NotImplementedError

    def url(self, user: str) -> str:
        raise NotImplementedError

    def reader(self) -> list[str]:
        raise NotImplementedError


class Postgres(Server):
    """PostgreSQL."""

    name = "postgresql"
    sneaky = (
        "create function sneaky() returns bigint language sql as $$ insert into org values ('x', 'x') returning 1::bigint $$",
    )
    busy = "select pid from pg_stat_activity where wait_event = 'PgSleep'"
    end = "select pg_terminate_backend({})"
    lock = "lock table decision in access exclusive mode"
    sleep = "pg_sleep(30)"
    millions = "select g::text as zl, 1 from generate_series(1, 10000000) g"

    def __init__(self) -> None:
        super().__init__()
        tools = max(Path("/usr/lib/postgresql").glob("*/bin"))
        self.program = str(tools / "postgres")
        settings = ["-U", "boss", "--auth-local=trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
        subprocess.run(
            [*self.user, str(tools / "initdb"), "-D", str(self.home / "data"), *settings],
            check=True,
            capture_output=True,
            cwd="/",
        )
        (self.home / "data/pg_hba.conf").write_text("local all boss trust\nlocal all all scram-sha-256\n")

    def command(self) -> list[str]:
        return [self.program, "-D", str(self.home / "data"), "-k", str(self.home), "-c", "listen_addresses=", "-c", "fsync=off"]

    def connect(self) -> Any:
        import psycopg

        return psycopg.connect(f"host={self.home} user=boss dbname=postgres", autocommit=True)

    def url(self, user: str) -> str:
        return f"postgresql://{user}@/postgres?host={self.home}"

    def reader(self) -> list[str]:
        return [f"create role reader login password '{PASSWORD}'", "grant select on all tables in schema public to reader"]


class MariaDB(Server):
    """MariaDB."""

    name = "mariadb"
    sneaky = ("create function sneaky() returns bigint modifies sql data begin insert into org values ('x', 'x'); return 1; end",)
    busy = "select id from information_schema.processlist where info like '%sleep(%' and id <> connection_id()"
    end = "kill {}"
    lock = "lock tables decision write"
    sleep = "sleep(30)"
    millions = "select cast(seq as char) as zl, 1 from seq_1_to_10000000"

    def __init__(self) -> None:
        super().__init__()
        settings = [
            "--no-defaults",
            f"--datadir={self.home / 'data'}",
            "--auth-root-authentication-method=normal",
            "--skip-test-db",
        ]
        subprocess.run([*self.user, "mariadb-install-db", *settings], check=True, capture_output=True, cwd="/")

    def command(self) -> list[str]:
        program = shutil.which("mariadbd", path=f"{os.environ.get('PATH', '')}:/usr/sbin") or "mariadbd"
        files = [f"--datadir={self.home / 'data'}", f"--socket={self.home / 'sock'}", f"--pid-file={self.home / 'pid'}"]
        return [program, "--no-defaults", *files, "--skip-networking", "--innodb-flush-log-at-trx-commit=2"]

    def connect(self) -> Any:
        import pymysql

        return pymysql.connect(unix_socket=str(self.home / "sock"), user="root", database="mysql", autocommit=True)

    def set_up(self, schema: Iterable[str]) -> None:
        self.execute("create database register character set utf8mb4")
        self.execute("use register", *schema, *self.reader())

    def execute(self, *statements: str) -> list[Any]:
        known = self.name and (self.home / "data/register").exists()
        return super().execute(*(["use register"] if known else []), *statements)

    def url(self, user: str) -> str:
        return f"mariadb://{user}@/register?unix_socket={self.home / 'sock'}"

    def reader(self) -> list[str]:
        return [
            f"create user reader@localhost identified by '{PASSWORD}'",
            "grant select on register.* to reader@localhost",
            "create user boss@localhost",
            "grant all on *.* to boss@localhost",
        ]
