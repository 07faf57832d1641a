"""A register as a county has it, in SQLite and in real servers that the tests start."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests_shared import replace

from .servers import MariaDB, Postgres, Server

SCHEMA = [
    "create table org (org_code varchar(20), name varchar(80))",
    "create table application (id integer, org_code varchar(20), sqr_lb varchar(4), blqk varchar(4), received date, closed date)",
    "create table dispute (id integer, org_code varchar(20), lx varchar(4), jg varchar(4), accepted date)",
    "create table decision (id integer, org_code varchar(20), zl varchar(4), decided date)",
    "insert into org values ('420881104', '芦河镇人民政府'), ('420881105', '白水镇人民政府')",
    "insert into application values "
    "(1, '420881104', '1', '10', '2024-01-01', '2024-02-01'), (2, '420881104', '1', '10', '2024-03-01', '2024-03-09'), "
    "(3, '420881104', '2', '31', '2024-12-31', '2024-12-31'), (4, '420881104', '9', '63', '2023-11-01', '2024-01-05'), "
    "(5, '420881104', '1', null, '2024-12-31', null), (6, '420881104', '1', '10', '2025-01-01', '2025-01-01'), "
    "(7, '420881105', '1', '10', '2024-01-01', '2024-02-01')",
    "insert into dispute values (1, '420881104', 'FY', '1', '2024-05-01'), (2, '420881104', 'SS2', '0', '2024-06-01')",
    "insert into decision values (1, '420881104', 'XK', '2024-05-01'), (2, '420881104', 'XK', '2024-06-01')",
]
SETTINGS = """
  登记系统:
    use: sql
    for: [镇]
    url: URL
    unit: select name from org where org_code = :jurisdiction_code
    codes:
      sqr_lb: {1: 自然人, 2: 商业企业, 9: 法人或其他组织.其他}
      blqk: {10: 予以公开, 31: 属于国家秘密, 63: 其他处理.其他}
      lx: {FY: 行政复议, SS1: 未经复议直接起诉, SS2: 复议后起诉}
      jg: {1: 结果维持, 2: 结果纠正, 3: 其他结果, 0: 尚未审结}
      zl: {XK: 行政许可, CF: 行政处罚, QZ: 行政强制}
    answers:
      二、主动公开政府信息情况: select zl, count(*) from decision where org_code = :jurisdiction_code and decided >= :start and decided < :end group by zl
      三、收到和处理政府信息公开申请情况:
        本年新收: select sqr_lb, count(*) from application where org_code = :jurisdiction_code and received >= :start and received < :end group by sqr_lb
        上年结转: select sqr_lb, count(*) from application where org_code = :jurisdiction_code and received < :start and (closed is null or closed >= :start) group by sqr_lb
        本年度办理结果: select blqk, sqr_lb, count(*) from application where org_code = :jurisdiction_code and closed >= :start and closed < :end group by blqk, sqr_lb
        结转下年度: select sqr_lb, count(*) from application where org_code = :jurisdiction_code and received < :end and (closed is null or closed >= :end) group by sqr_lb
      四、政府信息公开行政复议、行政诉讼情况: select lx, jg, count(*) from dispute where org_code = :jurisdiction_code and accepted >= :start and accepted < :end group by lx, jg
"""


@pytest.fixture
def register(workspace: Path) -> Path:
    """The workspace whose luhe takes its tables from a register in SQLite, and its words from YAML."""
    with sqlite3.connect(workspace / "register.db") as database:
        for statement in SCHEMA:
            database.execute(statement)
    use(workspace, "sqlite:///register.db")
    return workspace


def use(workspace: Path, url: str, more: str = "") -> None:
    """Let luhe ask a register at a URL; its own YAML keeps only what no register knows."""
    block = SETTINGS.replace("URL", url).replace("    unit:", f"{more}    unit:")
    replace(workspace / "jurisdictions/luhe.yaml", "level: 镇\n", f'level: 镇\ncode: "420881104"\nsources:{block}')
    data = workspace / "data/luhe/2024.yaml"
    text = data.read_text(encoding="utf-8")
    start, end = text.index("三、收到"), text.index("五、存在")
    text = text[:start] + text[end:]
    for row in ("  行政许可: 18\n", "  行政处罚: 5\n", "  行政强制: 0\n"):
        text = text.replace(row, "")
    data.write_text(text, encoding="utf-8")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL with the register in it."""
    if not list(Path("/usr/lib/postgresql").glob("*/bin")):
        pytest.skip("postgresql is not installed")
    yield from _serving(Postgres())


@pytest.fixture(scope="session")
def mariadb() -> Iterator[Server]:
    """A MariaDB with the register in it."""
    if not shutil.which("mariadb-install-db"):
        pytest.skip("mariadb-server is not installed")
    yield from _serving(MariaDB())


def _serving(server: Server) -> Iterator[Server]:
    server.start()
    try:
        server.set_up(SCHEMA)
        yield server
    finally:
        server.remove()


@pytest.fixture(params=["postgres", "mariadb"])
def server(request: pytest.FixtureRequest) -> Server:
    """Either of them."""
    served: Server = request.getfixturevalue(request.param)
    return served
