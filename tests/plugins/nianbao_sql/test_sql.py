"""Figures from a register: codes become names, nothing is dropped, nothing is written, no secret is shown."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from tests_shared import Run, replace


def figures(folder: Path, run: Run) -> dict[str, Any]:
    result = run("build", "luhe", "-F", "html")
    assert result.exit_code == 0, result.stderr
    known: dict[str, Any] = json.loads((folder / "build/luhe/2024/report.json").read_bytes())["figures"]
    return known


def settings(folder: Path, old: str, new: str) -> None:
    replace(folder / "jurisdictions/luhe.yaml", old, new)


EXPECTED = {
    "requests.new.natural_person": 3,
    "requests.new.business": 1,
    "requests.carried_in.other_organisation": 1,
    "requests.granted.natural_person": 2,
    "requests.denied.state_secret.business": 1,
    "requests.other.other.other_organisation": 1,
    "requests.carried_out.natural_person": 1,
    "requests.total": 4,
    "disputes.review.upheld": 1,
    "disputes.litigation_after_review.pending": 1,
    "disputes.litigation_direct": 0,
    "proactive_disclosure.licences": 2,
    "proactive_disclosure.penalties": 0,
}


def test_a_register_in_sqlite_fills_the_tables(register: Path, run: Run) -> None:
    known = figures(register, run)
    assert {path: known[path]["value"] for path in EXPECTED} == EXPECTED


def test_a_figure_is_traced_to_its_query_and_parameters(register: Path, run: Run) -> None:
    origin = figures(register, run)["requests.granted.natural_person"]["origin"]
    assert (origin["where"], origin["source"]) == ("sqlite register.db", "登记系统")
    assert origin["how"]["jurisdiction_code"] == "420881104"
    assert origin["how"]["end"] == "2025-01-01"
    assert origin["how"]["sql"].startswith("select blqk, sqr_lb, count(*)")


def test_a_promised_cell_without_rows_is_a_zero_of_the_register(register: Path, run: Run) -> None:
    origin = figures(register, run)["proactive_disclosure.coercion"]["origin"]
    assert origin["source"] == "登记系统"


def test_all_queries_that_fail_are_told_at_once(register: Path, run: Run) -> None:
    settings(register, "from decision where", "from decisions where")
    settings(register, "select lx, jg, count(*)", "select lx, result, count(*)")
    settings(register, "本年新收: select sqr_lb, count(*)", "本年新收: delete")
    told = run("build", "luhe", "-F", "html").stderr
    for wrong in ("no such table: decisions", "no such column: result", "not a query", "only one SELECT"):
        assert (wrong in told) == (wrong not in ("only one SELECT",)), told


def test_a_file_that_somebody_locks_is_not_waited_for_longer_than_is_allowed(register: Path, run: Run) -> None:
    settings(register, "    unit:", "    timeout: 0\n    unit:")
    with sqlite3.connect(register / "register.db") as other:
        other.execute("begin exclusive")
        result = run("build", "luhe", "-F", "html")
    assert (result.exit_code, "database is locked" in result.stderr) == (2, True)


def test_a_file_is_not_read_for_longer_than_is_allowed(register: Path, run: Run) -> None:
    settings(register, "    unit:", "    timeout: 1\n    unit:")
    endless = "with recursive n(x) as (select 1 union all select x + 1 from n) select 'XK' as zl, count(*) from n where"
    settings(register, "select zl, count(*) from decision where", f"{endless} :year >")
    settings(register, ":year > org_code = :jurisdiction_code and decided >= :start and decided < :end group by zl", ":year > 0")
    result = run("build", "luhe", "-F", "html")
    assert (result.exit_code, "the query failed: interrupted" in result.stderr) == (2, True)


@pytest.mark.parametrize(
    ("select", "value"),
    [("0.1 + 0.2", 0.3), ("18", 18), ("1.0", 1), ("coalesce(sum(id), 0) / 3.0 from decision", 1)],
)
def test_a_query_without_codes_gives_one_figure(register: Path, run: Run, select: str, value: float) -> None:
    settings(
        register,
        "      二、主动公开政府信息情况: select zl",
        '      六、其他需要报告的事项: {信息处理费: "select ' + select + '"}\n      二、主动公开政府信息情况: select zl',
    )
    replace(register / "data/luhe/2024.yaml", "  信息处理费: 0\n", "")
    assert figures(register, run)["other_matters.fee"]["value"] == value


@pytest.mark.parametrize(
    ("select", "says"),
    [
        ("sum(id) from decision where id > 99", "should be a number, not NULL"),
        ("count(*) from org where name = ':year'", "“:year” stands in quotes"),
        ("count(*) from org where name = '12:30' and :year > 0", ""),
        ("1 /*! into outfile 'x' */", ""),
    ],
)
def test_what_a_query_says_is_taken_as_it_is_meant(register: Path, run: Run, select: str, says: str) -> None:
    question = f'      六、其他需要报告的事项: {{信息处理费: "select {select}"}}\n      二、主动公开政府信息情况: select zl'
    settings(register, "      二、主动公开政府信息情况: select zl", question)
    replace(register / "data/luhe/2024.yaml", "  信息处理费: 0\n", "")
    result = run("build", "luhe", "-F", "html")
    assert result.exit_code == (2 if says or "!" in select else 0), result.stderr
    assert says in result.stderr


def test_every_code_without_a_name_is_told_in_one_message(register: Path, run: Run) -> None:
    with sqlite3.connect(register / "register.db") as database:
        database.execute("insert into application values (8, '420881104', '7', '99', '2024-02-02', '2024-02-03')")
        database.execute("update application set sqr_lb = null where id = 1")
    result = run("build", "luhe", "-F", "html")
    assert result.exit_code == 2
    assert "codes without a name" in result.stderr
    for told in ('sqr_lb "7" (1, see “本年新收”, “本年度办理结果”)', "sqr_lb NULL", 'blqk "99"'):
        assert told in result.stderr
    assert "jurisdictions/luhe.yaml:12:16" in result.stderr


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("select zl, count(*) from decision", "delete from decision; select zl, count(*) from decision", "only one SELECT"),
        ("select zl, count(*) from decision", "with x as (delete from decision returning *) select zl, count(*) from x", "only one SELECT"),
        ("select zl, count(*) from", "select zl, count(*) into temp t from", "only one SELECT"),
        ("select zl, count(*) from", "drop table decision --", "only one SELECT"),
        ("select zl, count(*) from decision", "select zl, count(* from decision", "not a query"),
        ("decided < :end", "decided <= :end", "Write < :end"),
        ("decided >= :start and decided < :end", "decided between :start and :end", "Write < :end"),
        ("decided < :end", "decided < :ende", "no parameter :ende"),
        ("select zl, count(*)", "select kind, count(*)", "the query failed: no such column: kind"),
        ("from decision", "from decisions", "the query failed: no such table: decisions"),
        ("select zl, count(*)", "select zl as art, count(*)", "`codes` does not have the column “art”"),
        ("select zl, count(*)", "select zl, 'many'", "the last column should be a number"),
        ("XK: 行政许可", "XK: 行政许何", "“行政许何” is an unknown key"),
        ("sqlite:///register.db", "sqlite:///nowhere.db", "cannot connect: unable to open database file"),
        ("sqlite:///register.db", "postgresql://me:secret9@localhost/x", "a password does not belong into the URL"),
        ("sqlite:///register.db", "nothing", "it is no database URL"),
        ("sqlite:///register.db", "firebird://10.0.0.1/x", "Install its driver"),
        ("    unit:", "    password: secret9\n    unit:", "a secret is not written in a file"),
        ("sqlite:///register.db", "postgresql://me@localhost/x\n    password: env:NOT_SET", "env:NOT_SET keeps no secret"),
        ("    unit:", "    rows: 1\n    unit:", "gives more than 1 rows"),
        ("    unit:", "    rows: -5\n    unit:", "`rows` from 1 to 1,000,000"),
        ("sqlite:///register.db", "postgresql://me@localhost:54x2/x", "it is no database URL"),
        ("sqlite:///register.db", "postgresql://me@localhost/x?password=secret9", "a password does not belong into the URL"),
        ("select zl, count(*)", "select zl, 9e999", "should be a number, not inf"),
        ("select zl, count(*)", "select zl || '  ' as zl, count(*)", "There are blanks around a code"),
        ("select name from org where", "select name || '芦河镇白水村' from org where", "the register has the code"),
        ('code: "420881104"', 'code: "420881105"', "the register has the code 420881105 as “白水镇人民政府”"),
        ("    unit: select name from org where org_code = :jurisdiction_code\n", "", "gave nothing"),
    ],
)  # fmt: skip
def test_a_wrong_setting_or_query_is_told_where_it_is_written(register: Path, run: Run, old: str, new: str, says: str) -> None:
    if "unit" in old and not new:
        with sqlite3.connect(register / "register.db") as database:
            database.execute("delete from decision")
    before = (register / "register.db").read_bytes()
    settings(register, old, new)
    result = run("build", "luhe", "-F", "html")
    assert result.exit_code == 2, result.stderr
    assert says in result.stderr
    assert "jurisdictions/luhe.yaml" in result.stderr
    assert "secret9" not in result.stderr
    assert (register / "register.db").read_bytes() == before
    assert not (register / "build/luhe/2024/publish").exists()


def test_a_query_of_the_county_that_asks_for_nobody_in_particular_is_refused(register: Path, run: Run) -> None:
    text = (register / "jurisdictions/luhe.yaml").read_text(encoding="utf-8")
    start, end = text.index("sources:"), text.index("parent:")
    county, town = text[start:end], text[:start] + text[end:]
    (register / "jurisdictions/luhe.yaml").write_text(town, encoding="utf-8")
    with (register / "jurisdictions/tianmen.yaml").open("a", encoding="utf-8") as file:
        file.write(county.replace("from decision where org_code = :jurisdiction_code and", "from decision where"))
    result = run("build", "luhe", "-F", "html")
    assert result.exit_code == 2
    assert "does not use :jurisdiction_code: every body would get the same" in result.stderr


def test_one_code_without_a_name_leaves_the_other_queries_to_a_draft(register: Path, run: Run) -> None:
    with sqlite3.connect(register / "register.db") as database:
        database.execute("insert into decision values (9, '420881104', 'ZZ', '2024-02-02')")
    result = run("build", "luhe", "-F", "html", "--draft")
    assert result.exit_code == 0
    assert result.stderr.count("codes without a name") == 1
    assert "0 where" not in result.stderr
    drafted = json.loads((register / "build/luhe/2024/draft/report.json").read_bytes())["figures"]
    assert drafted["requests.total"]["value"] == 4
    assert "proactive_disclosure.licences" not in drafted


def test_a_code_is_bound_never_written_into_a_query(register: Path, run: Run) -> None:
    settings(register, 'code: "420881104"', 'code: "\' or 1=1 --"')
    result = run("build", "luhe", "-F", "html")
    assert result.exit_code == 2
    assert "the register has the code" in result.stderr


@pytest.mark.parametrize(
    "sql", ["insert into org values ('x', 'x') returning 'XK' as zl, 1", "delete from org", "pragma user_version = 7"]
)
def test_what_the_cache_says_was_checked_grants_nothing(register: Path, run: Run, sql: str) -> None:
    import hashlib

    from nianbao import __version__

    settings(register, "二、主动公开政府信息情况: select zl, count(*) from decision where org_code = :jurisdiction_code and decided >= :start "
             "and decided < :end group by zl", f'二、主动公开政府信息情况: "{sql}"')  # fmt: skip
    (register / ".cache/sql").mkdir(parents=True)
    digest = hashlib.sha256(f"sqlite\n{sql}".encode()).hexdigest()
    (register / f".cache/sql/checked-{__version__}.json").write_text(
        json.dumps({digest: ["jurisdiction_code"]}), encoding="utf-8"
    )
    before = (register / "register.db").read_bytes()
    result = run("build", "luhe", "-F", "html")
    assert (result.exit_code, "not authorized" in result.stderr) == (2, True), result.stderr
    assert (register / "register.db").read_bytes() == before
