"""Source ``sql``: an application register in a database, read by SQLAlchemy 2. Codes become names, row by row."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import product
from typing import TYPE_CHECKING, Any

from nianbao import Fact, Origin, Question, Questions, Secret, SettingError, SourceError, Text, nested
from nianbao_sql.statements import QueryError
from nianbao_sql.unmapped import Unmapped

if TYPE_CHECKING:
    from nianbao import Answer, Edition, Run
    from nianbao_sql.database import Database


@dataclass(frozen=True)
class Query:
    """A query in long form: code columns, then a count."""

    select: str


@dataclass(frozen=True)
class Sql:
    """Figures by queries in long form (code columns, then a count).

    ``answers``: a query where a clerk would write numbers. ``codes``: by column of the result, the register's codes and the
    names they mean, looked up inside the query's place. ``unit``: a query whose one value must contain the jurisdiction's
    name. ``timeout`` in seconds, ``rows`` at most of one query.
    """

    url: Text
    answers: Questions[Query]
    password: Secret | None = None
    unit: str = ""
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    timeout: int = 60
    rows: int = 10_000

    def __post_init__(self) -> None:
        if not (0 <= self.timeout <= 86_400 and 1 <= self.rows <= 1_000_000):
            raise SettingError("timeout 应在 0 到 86,400 之间，rows 应在 1 到 1,000,000 之间", "`timeout` goes from 0 to 86,400, `rows` from 1 to 1,000,000",
                               place=getattr(self.url, "place", ""), mend=("改成这个范围里的数。", "Write a number in this range."))  # fmt: skip

    def answer(self, edition: Edition, run: Run) -> Answer:
        """Every cell that the queries promise, zeros included; a query that fails, with the reason in its place.

        A connection that is lost is tried once more, from the first query on: all figures are of one state of the data.
        Raises SourceError or SettingError where the database cannot be asked at all.
        """
        from nianbao_sql.statements import Lost

        try:
            return self._answered(edition, run)
        except Lost:
            return self._answered(edition, run)

    def _answered(self, edition: Edition, run: Run) -> Answer:
        from nianbao_sql.database import opened

        unmapped = Unmapped(self.codes)
        found: list[tuple[Sequence[str], Any]] = []
        with opened(self, edition, run) as database:
            checked = self._check_unit(database, edition, run)
            for question in self.answers:
                try:
                    found += self._ask(question, database, run, unmapped, checked)
                except (SettingError, QueryError) as error:
                    found.append((question.names, error))
        return nested([*found, *unmapped.gaps()])

    def _check_unit(self, database: Database, edition: Edition, run: Run) -> bool:
        """Whether the register knows the code as this jurisdiction's; then no rows are zero."""
        if not self.unit:
            return False
        rows = database.rows(self.unit, getattr(self.unit, "place", ""))[1]
        body, name = edition.jurisdiction, str(rows[0][0]) if rows else ""
        _, own, behind = name.partition(body.name)
        if not own or re.search("[镇乡县区市村局所]|街道", behind):
            known = (f"是“{name}”，不是“{body.name}”", f"as “{name}”") if name else ("没有", "not at all")
            place = getattr(body.code, "place", "") or f"jurisdictions/{body.id}.yaml"
            raise SourceError(f"代码 {body.code} 在登记系统里{known[0]}", f"the register has the code {body.code} {known[1]}", place=place,
                              mend=("核对 code。", "Check `code`."))  # fmt: skip
        run.note(f"{database.where} 只读  {body.code} = {name}", f"{database.where}, read only  {body.code} = {name}")
        return True

    def _ask(
        self, question: Question[Query], database: Database, run: Run, unmapped: Unmapped, checked: bool
    ) -> Iterator[tuple[Sequence[str], Any]]:
        sql = question.asked.select
        bound = database.bound(sql, question.place)
        if "jurisdiction_code" not in bound and not self.url.place.startswith(
            f"jurisdictions/{database.edition.jurisdiction.id}.yaml"
        ):
            raise QueryError(f"“{question.label}”的查询没有用 :jurisdiction_code，各单位会得到同一个数", f"the query of “{question.label}” does not use :jurisdiction_code: every body would get the same",
                             place=question.place, mend=("在 where 里写 org_code = :jurisdiction_code。", "Write it in `where`."))  # fmt: skip
        columns, rows = database.rows(sql, question.place)
        *coded, _ = columns
        how = {"sql": " ".join(sql.split()), **{key: str(value) for key, value in bound.items()}}
        origin = Origin(database.where, how, run.now.isoformat(timespec="seconds"))
        maps = [self._map(column, question) for column in coded]
        counts: dict[tuple[str, ...], Any] = dict.fromkeys(product(*({*names.values()} for names in maps)), 0)
        for *codes, count in rows:
            written = ["NULL" if code is None else str(code) for code in codes]
            lost = [(column, code) for column, code, names in zip(coded, written, maps, strict=True) if code not in names]
            if lost:
                unmapped.add(question, lost, count)
                continue
            targets = tuple(names[code] for code, names in zip(written, maps, strict=True))
            counts[targets] += _number(count, question)
        if unmapped.has(question):
            return
        if not checked and not any(counts.values()):
            raise QueryError(f"“{question.label}”一件也没有", f"“{question.label}” gave nothing", place=question.place,
                             mend=("写 unit: 核对代码；核对无误才记 0。", "Write `unit:`; only a code that is right makes it a 0."))  # fmt: skip
        for targets, count in counts.items():
            path = [part for target in targets for part in _parts(target)]
            yield [*question.names, *path], Fact(count, origin)

    def _map(self, column: str, question: Question[Query]) -> dict[str, str]:
        if column in self.codes:
            return {str(code): name for code, name in self.codes[column].items()}
        raise SettingError(f"codes 里没有“{column}”这一列", f"`codes` does not have the column “{column}”", place=question.place,
                           mend=(f"在 codes 里写 {column}: {{代码: 名称}}。", f"Write {column}: {{code: name}} in `codes`."))  # fmt: skip


def _parts(target: str) -> list[str]:
    """``其他处理.其他`` as its names, each knowing where it is written."""
    return [Text(part, getattr(target, "place", "")) for part in target.split(".")]


def _number(value: object, question: Question[Query]) -> int | Decimal:
    """A count or a sum. SQLite's binary sums are rounded to the six decimals that a report can have."""
    if isinstance(value, float) and math.isfinite(value):
        value = Decimal(f"{value:.6f}").normalize()
    if isinstance(value, int | Decimal) and not isinstance(value, bool) and Decimal(value).is_finite():
        return int(value) if value == int(value) else value
    zh, en = (f"得到 {value!r:.40}", f"not {value!r:.40}") if value is not None else ("得到 NULL", "not NULL")
    raise QueryError(f"最后一列应是数字，{zh}", f"the last column should be a number, {en}", place=question.place,
                     mend=("最后一列写 count(*) 或 coalesce(sum(…), 0)。", "Make the last column count(*) or coalesce(sum(…), 0)."))  # fmt: skip
