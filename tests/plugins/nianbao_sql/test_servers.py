"""A register on a real server, PostgreSQL and MariaDB: read and nothing else, whatever happens to it meanwhile."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests_shared import Run

from .conftest import use
from .servers import PASSWORD, Server
from .test_sql import EXPECTED, figures, settings


def test_a_register_on_a_server_fills_the_tables(
    workspace: Path, run: Run, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REGISTER", PASSWORD)
    use(workspace, server.url("reader"), "    password: env:REGISTER\n")
    known = figures(workspace, run)
    assert {path: known[path]["value"] for path in EXPECTED} == EXPECTED
    assert known["requests.granted.natural_person"]["origin"]["where"].startswith(server.name)


def test_a_wrong_password_is_told_and_never_shown(
    workspace: Path, run: Run, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REGISTER", "hunter2hunter2")
    use(workspace, server.url("reader"), "    password: env:REGISTER\n")
    result = run("build", "luhe", "-F", "html")
    assert result.exit_code == 2
    assert "cannot connect" in result.stderr
    assert "reader" in result.stderr
    assert "hunter2" not in result.stderr + result.stdout


def test_a_function_that_would_write_is_stopped_by_the_server(workspace: Path, run: Run, server: Server) -> None:
    server.execute("drop function if exists sneaky", *server.sneaky)
    use(workspace, server.url("boss"))
    settings(workspace, "select zl, count(*) from decision", "select zl, sneaky() from decision")
    result = run("build", "luhe", "-F", "html")
    assert result.exit_code == 2
    assert "read-only transaction" in result.stderr.lower() or "read only transaction" in result.stderr.lower()
    assert server.execute("select count(*) from org where org_code = 'x'") == [(0,)]


def test_after_a_query_that_fails_the_session_still_only_reads(workspace: Path, run: Run, server: Server) -> None:
    server.execute("drop function if exists sneaky", *server.sneaky)
    use(workspace, server.url("boss"))
    settings(workspace, "select zl, count(*)", "select kind, count(*)")
    settings(workspace, "select lx, jg, count(*) from dispute", "select lx, jg, sneaky() from dispute")
    told = run("build", "luhe", "-F", "html").stderr.lower().replace("read only", "read-only")
    assert "kind" in told
    assert "read-only transaction" in told
    assert server.execute("select count(*) from org where org_code = 'x'") == [(0,)]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("select zl, count(*) from decision where", "select zl, count(*) from decision, (select {sleep}) s where", "timeout"),
        ("select zl, count(*)", "select kind, count(*)", "kind"),
        ("select zl, count(*) from decision", "delete from decision; select zl, count(*) from decision", "only one SELECT"),
        ("select zl, count(*) from decision", "select zl, count(*) from decision for update --", "only one SELECT"),
    ],
)
def test_a_query_that_cannot_be_asked_is_told_at_its_line(
    workspace: Path, run: Run, server: Server, old: str, new: str, says: str
) -> None:
    use(workspace, server.url("boss"), "    timeout: 1\n")
    settings(workspace, old, new.format(sleep=server.sleep))
    result = run("build", "luhe", "-F", "html")
    assert result.exit_code == 2
    assert says in result.stderr.replace("max_statement_time", "timeout")
    assert "jurisdictions/luhe.yaml:19:" in result.stderr
    assert not (workspace / "build/luhe/2024/publish").exists()


def test_a_table_that_somebody_locks_is_not_waited_for_longer_than_is_allowed(workspace: Path, run: Run, server: Server) -> None:
    use(workspace, server.url("boss"), "    timeout: 1\n")
    other = server.connect()
    with other.cursor() as cursor:
        if server.name == "postgresql":
            cursor.execute("begin")
        else:
            cursor.execute("use register")
        cursor.execute(server.lock)
        result = run("build", "luhe", "-F", "html")
    other.close()
    assert result.exit_code == 2
    assert "timeout" in result.stderr
    assert "A table may be locked" in result.stderr


def test_ten_million_rows_are_not_taken_in(workspace: Path, run: Run, server: Server) -> None:
    use(workspace, server.url("boss"))
    data = (workspace / "jurisdictions/luhe.yaml").read_text(encoding="utf-8")
    start = data.index("select zl, count(*)")
    (workspace / "jurisdictions/luhe.yaml").write_text(
        data.replace(data[start : data.index("\n", start)], server.millions, 1), encoding="utf-8"
    )
    result = run("build", "luhe", "-F", "html")
    assert result.exit_code == 2
    assert "gives more than 10000 rows" in result.stderr


@pytest.mark.parametrize(("is_lost", "counted"), [(True, 5), (False, 4)])
def test_all_figures_are_of_one_state_of_the_data_also_after_a_lost_connection(
    workspace: Path, run: Run, server: Server, monkeypatch: pytest.MonkeyPatch, is_lost: bool, counted: int
) -> None:
    from nianbao_sql.server import Server as Connection

    real: Callable[..., Any] = Connection.rows
    asked: list[str] = []

    def rows(self: Connection, sql: str, values: dict[str, Any], place: str) -> Any:
        """Between the third query and the fourth, somebody commits a row; then the connection may break."""
        asked.append(sql)
        if len(asked) == 4:
            server.execute("insert into application values (50, '420881104', '1', '10', '2024-05-05', '2024-05-06')")
            driver: Any = self.connection.connection.dbapi_connection
            if is_lost:
                server.execute(server.end.format(driver.info.backend_pid if server.name == "postgresql" else driver.thread_id()))
        return real(self, sql, values, place)

    monkeypatch.setattr(Connection, "rows", rows)
    use(workspace, server.url("boss"))
    try:
        known = figures(workspace, run)
    finally:
        server.execute("delete from application where id = 50")
    assert (known["requests.new"]["value"], known["requests.total"]["value"]) == (counted, counted)


def test_a_year_begins_in_beijing_whatever_the_servers_clock_says(workspace: Path, run: Run, server: Server) -> None:
    kind = "timestamptz" if server.name == "postgresql" else "timestamp"
    zone = (
        ["alter system set timezone = 'Etc/UTC'", "select pg_reload_conf()"]
        if server.name == "postgresql"
        else ["set global time_zone = '+00:00'"]
    )
    server.execute("drop table if exists moment", f"create table moment (org_code varchar(20), at {kind})")
    for statement in zone:
        server.execute(statement)
    utc = ["set timezone = 'Etc/UTC'"] if server.name == "postgresql" else ["set time_zone = '+00:00'"]
    server.execute(*utc, "insert into moment values ('420881104', '2023-12-31 16:00:00'), ('420881104', '2024-12-31 16:00:00')")
    use(workspace, server.url("boss"))
    settings(workspace, "select zl, count(*) from decision where org_code = :jurisdiction_code and decided >= :start and decided < :end group by zl",
             "select 'XK' as zl, count(*) from moment where org_code = :jurisdiction_code and at >= :start and at < :end")  # fmt: skip
    assert figures(workspace, run)["proactive_disclosure.licences"]["value"] == 1


def test_a_server_that_dies_in_the_middle_of_a_query_leaves_a_message_and_no_files(
    workspace: Path, run: Run, server: Server
) -> None:
    use(workspace, server.url("boss"))
    slow = f"select zl, count(*) from decision, (select {server.sleep}) s where"
    settings(workspace, "select zl, count(*) from decision where", slow)
    command = [sys.executable, "-m", "nianbao", "-w", str(workspace), "build", "luhe", "-F", "html"]
    building = subprocess.Popen(command, env={**os.environ, "NIANBAO_LANG": "en"}, stderr=subprocess.PIPE, text=True)
    until = time.monotonic() + 30
    while not server.execute(server.busy):
        assert building.poll() is None, building.communicate()[1]
        assert time.monotonic() < until, "the query never began"
    server.kill()
    try:
        told = building.communicate(timeout=60)[1]
    finally:
        server.start()
    assert building.returncode == 2
    assert "cannot connect" in told
    assert "Traceback" not in told
    assert not (workspace / "build/luhe/2024/publish").exists()
    settings(workspace, slow, "select zl, count(*) from decision where")
    assert figures(workspace, run)["requests.total"]["value"] == 4


@pytest.mark.parametrize("name", ["kingbase", "opengauss"])
def test_what_speaks_postgresqls_protocol_under_another_name_is_read_too(
    workspace: Path, run: Run, postgres: Server, name: str
) -> None:
    use(workspace, postgres.url("boss").replace("postgresql:", f"{name}:"))
    assert figures(workspace, run)["requests.granted.natural_person"]["origin"]["where"].startswith(name)


@pytest.mark.parametrize("url", ["dm://me@10.0.0.1:5236", "oracle://me@10.0.0.1:1521/?service_name=x", "mssql://me@10.0.0.1/x"])
def test_the_drivers_of_other_databases_are_found(url: str) -> None:
    import sqlalchemy

    from nianbao_sql.server import DRIVERS

    scheme = url.partition(":")[0]
    engine = sqlalchemy.create_engine(url.replace(scheme, DRIVERS[scheme], 1))
    assert engine.dialect.name == scheme
    assert engine.dialect.create_connect_args(engine.url)
