"""Source ``sql``: an application register in a database, read by SQLAlchemy 2. Codes become names, row by row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import product
from typing import TYPE_CHECKING, Any

from nianbao import Fact, Origin, Question, Questions, Secret, SettingError, SourceError, Text, nested
from nianbao_sql.statements import QueryError

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

    def answer(self, edition: Edition, run: Run) -> Answer:
        """Every cell that the queries promise, zeros included; a query that fails, with the reason in its place.

        Raises SourceError or SettingError where the database cannot be asked at all.
        """
        from nianbao_sql.database import opened

        with opened(self, edition, run) as database:
            checked = self._check_unit(database, edition, run)
            unmapped: Counter[tuple[str, str]] = Counter()
            found: list[tuple[Sequence[str], Any]] = []
            for question in self.answers:
                try:
                    found += self._ask(question, database, run, unmapped, checked)
                except (SettingError, QueryError) as error:
                    found.append((question.names, error))
        if unmapped:
            raise self._unmapped(unmapped)
        return nested(found)

    def _check_unit(self, database: Database, edition: Edition, run: Run) -> bool:
        """Whether the register knows the code as this jurisdiction's; then no rows are zero."""
        if not self.unit:
            return False
        rows = database.rows(self.unit, getattr(self.unit, "place", ""))[1]
        name = str(rows[0][0]) if rows else ""
        if edition.jurisdiction.name not in name:
            code, place = edition.jurisdiction.code, f"jurisdictions/{edition.jurisdiction.id}.yaml"
            known = f"是“{name}”，不是“{edition.jurisdiction.name}”" if name else "没有"
            raise SourceError(f"代码 {code} 在登记系统里{known}", f"the register has the code {code} as “{name}”", place=place,
                              mend=("核对 code。", "Check `code`."))  # fmt: skip
        run.note(
            f"{database.where} 只读  {edition.jurisdiction.code} = {name}",
            f"{database.where}, read only  {edition.jurisdiction.code} = {name}",
        )
        return True

    def _ask(
        self, question: Question[Query], database: Database, run: Run, unmapped: Counter[tuple[str, str]], checked: bool
    ) -> Iterator[tuple[Sequence[str], Any]]:
        sql = question.asked.select
        columns, rows = database.rows(sql, question.place)
        *coded, _ = columns
        origin = Origin(
            database.where,
            {"sql": " ".join(sql.split()), **{key: str(value) for key, value in database.bound(sql, question.place).items()}},
            run.now.isoformat(timespec="seconds"),
        )
        maps = [self._map(column, question) for column in coded]
        counts: dict[tuple[str, ...], Any] = dict.fromkeys(product(*({*names.values()} for names in maps)), 0)
        for *codes, count in rows:
            written = ["NULL" if code is None else str(code) for code in codes]
            lost = [(column, code) for column, code, names in zip(coded, written, maps, strict=True) if code not in names]
            if lost:
                unmapped.update(dict.fromkeys(lost, count or 0))
                continue
            targets = tuple(names[code] for code, names in zip(written, maps, strict=True))
            counts[targets] += _number(count, question)
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

    def _unmapped(self, unmapped: Counter[tuple[str, str]]) -> SourceError:
        column = next(iter(unmapped))[0]
        place = next((getattr(code, "place", "") for code in self.codes.get(column, {})), "")
        told = "、".join(f"{column} {code}（{count} 件）" for (column, code), count in unmapped.items())
        return SourceError(
            f"代码没有对应：{told}", f"codes without a name: {told}", place=place,
            mend=("在 codes 写明标准名称；测试记录请在 where 里去掉。", "Name them in `codes`; leave test records out in `where`."),
        )  # fmt: skip


def _parts(target: str) -> list[str]:
    """``其他处理.其他`` as its names, each knowing where it is written."""
    return [Text(part, getattr(target, "place", "")) for part in target.split(".")]


def _number(value: object, question: Question[Query]) -> int | Decimal:
    """A count or a sum. SQLite's binary sums are rounded to the six decimals that a report can have."""
    if isinstance(value, float):
        value = Decimal(f"{value:.6f}").normalize()
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return int(value) if value == int(value) else value
    zh, en = (f"得到 {value!r:.40}", f"not {value!r:.40}") if value is not None else ("得到 NULL", "not NULL")
    raise QueryError(f"最后一列应是数字，{zh}", f"the last column should be a number, {en}", place=question.place,
                     mend=("最后一列写 count(*) 或 coalesce(sum(…), 0)。", "Make the last column count(*) or coalesce(sum(…), 0)."))  # fmt: skip
