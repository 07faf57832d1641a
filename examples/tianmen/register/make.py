"""A register of applications as counties keep one, with nothing in it that ever happened: SQLite, standard library only.

    python examples/tianmen/register/make.py

makes ``register.db`` beside this file: about 20,000 applications of three years to two dozen bodies that do not exist, the
disputes that followed, the decisions, documents and fees of the same years. The same call gives the same file.
"""

import random
import sqlite3
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

YEARS = (2022, 2024)
SCHEMA = """
create table org (org_code text primary key, name text not null);
create table application (
    id integer primary key, org_code text not null references org, sqr_lb text, qd text not null, received text not null,
    closed text, blqk text, is_test integer not null default 0
);
create table dispute (
    id integer primary key, org_code text not null references org, application_id integer references application,
    lx text not null, jg text not null, accepted text not null
);
create table decision (id integer primary key, org_code text not null references org, zl text not null, decided text not null);
create table document (
    id integer primary key, org_code text not null references org, title text not null, made text not null, repealed text
);
create table fee (id integer primary key, org_code text not null references org, paid text not null, yuan numeric not null);
create index application_received on application (org_code, received);
create index application_closed on application (org_code, closed);
create index decision_decided on decision (org_code, decided);
"""
# The register's codes, each with how often it comes up.
APPLICANTS = {"1": 70, "2": 15, "3": 2, "4": 2, "5": 6, "9": 5}
OUTCOMES = {
    "10": 45, "20": 10, "31": 1, "32": 1, "33": 1, "34": 3, "35": 2, "36": 2, "37": 3, "38": 4, "41": 12, "42": 3, "43": 2,
    "51": 4, "52": 2, "53": 1, "54": 1, "55": 1, "61": 1, "62": 1, "63": 2,
}  # fmt: skip
CHANNELS = {"网站": 60, "信函": 30, "当面": 10}
DISPUTES = {"FY": 60, "SS1": 25, "SS2": 15}
RESULTS = {"1": 60, "2": 15, "3": 15, "0": 10}
DECISIONS = {"XK": 80, "CF": 17, "QZ": 3}
FICTIONAL = {"429006990": "芦河勘测局", **{f"4290069{n:02}": f"芦河第{n}所" for n in range(1, 24)}}


def make(path: Path, orgs: Mapping[str, str], applications: int) -> None:
    """Write a register of so many applications to these bodies (code -> name). An older file there is replaced."""
    dice = random.Random(2024)  # noqa: S311
    path.unlink(missing_ok=True)
    with sqlite3.connect(path) as database:
        database.executescript(SCHEMA)
        database.executemany("insert into org values (?, ?)", orgs.items())
        for number in range(1, applications + 1):
            org, received = dice.choice(list(orgs)), _day(dice)
            closed = received + timedelta(days=dice.randint(1, 40))
            is_open = closed >= date(YEARS[1] + 1, 1, 25)  # the register was copied on that day
            row = (org, _pick(dice, APPLICANTS), _pick(dice, CHANNELS), received, None if is_open else closed)
            outcome = None if is_open else _pick(dice, OUTCOMES)
            is_test = dice.random() < 0.002
            database.execute(
                "insert into application values (?, ?, ?, ?, ?, ?, ?, ?)",
                (number, *map(_text, row), "99" if is_test else outcome, is_test),
            )
            if not is_test and not is_open and dice.random() < 0.03:
                accepted = min(closed + timedelta(days=dice.randint(5, 60)), date(YEARS[1], 12, 31))
                dispute = (org, number, _pick(dice, DISPUTES), _pick(dice, RESULTS), accepted.isoformat())
                database.execute(
                    "insert into dispute (org_code, application_id, lx, jg, accepted) values (?, ?, ?, ?, ?)", dispute
                )
        for org in orgs:
            rows = [(org, _pick(dice, DECISIONS), _text(_day(dice))) for _ in range(dice.randint(60, 400))]
            database.executemany("insert into decision (org_code, zl, decided) values (?, ?, ?)", rows)
            for number in range(dice.randint(3, 9)):
                made = _day(dice)
                repealed = made + timedelta(days=dice.randint(200, 900)) if dice.random() < 0.3 else None
                document = (org, f"规范性文件样本第{number + 1}号", _text(made), _text(repealed))
                database.execute("insert into document (org_code, title, made, repealed) values (?, ?, ?, ?)", document)
            fees = [(org, _text(_day(dice)), dice.randint(100, 9000) / 2) for _ in range(dice.randint(0, 30))]
            database.executemany("insert into fee (org_code, paid, yuan) values (?, ?, ?)", fees)


def _day(dice: random.Random) -> date:
    first = date(YEARS[0], 1, 1)
    return first + timedelta(days=dice.randrange((date(YEARS[1] + 1, 1, 1) - first).days))


def _pick(dice: random.Random, weighted: Mapping[str, int]) -> str:
    return dice.choices(list(weighted), list(weighted.values()))[0]


def _text(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


if __name__ == "__main__":
    file = Path(__file__).with_name("register.db")
    make(file, FICTIONAL, 20_000)
    print(file.name)
