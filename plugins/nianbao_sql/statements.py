"""What may be asked of a database: one SELECT, with the bound names that nianbao knows."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING

from nianbao import SettingError, SourceError

if TYPE_CHECKING:
    from sqlglot import exp

BOUND = ("jurisdiction_code", "year", "start", "end")
_DIALECTS = {
    "postgresql": "postgres", "kingbase": "postgres", "opengauss": "postgres", "mysql": "mysql", "mariadb": "mysql",
    "sqlite": "sqlite", "oracle": "oracle", "dm": "oracle", "mssql": "tsql",
}  # fmt: skip
_ANSI = re.compile(r"\x1b\[\d+m")


class QueryError(SourceError):
    """One query that gave nothing to count by; the others can be asked."""


class Lost(SourceError):
    """The connection was lost; what was answered before is of another state of the data."""


def check(sql: str, backend: str, place: str) -> list[str]:
    """The bound names that a query uses. Raises SettingError unless it is one SELECT that only reads.

    ``backend`` is SQLAlchemy's name of the database.
    """
    query = _parsed(sql, backend, place)
    from sqlglot import exp

    names = [str(bound.this) for bound in query.find_all(exp.Placeholder) if bound.this]
    if unknown := next((name for name in names if name not in BOUND), None):
        raise SettingError(f"没有 :{unknown} 这个参数", f"there is no parameter :{unknown}", place=place,
                           mend=(f"可用的有 {'、'.join(':' + name for name in BOUND)}。", f"There are {', '.join(':' + n for n in BOUND)}."))  # fmt: skip
    quoted = next((text for text in query.find_all(exp.Literal) if text.is_string and text.this.strip(": ") in BOUND), None)
    if quoted is not None and ":" in quoted.this:
        raise SettingError(f"“{quoted.this}”在引号里，只是文字", f"“{quoted.this}” stands in quotes: it is a mere text", place=place,
                           mend=("去掉参数两边的引号。", "Leave out the quotes around the parameter."))  # fmt: skip
    if any(_is_end(node.expression) for node in query.find_all(exp.LTE)) or any(
        _is_end(node.args.get("high")) for node in query.find_all(exp.Between)
    ):
        raise SettingError(":end 是次年1月1日，不含在内", ":end is the 1 January after and not included", place=place,
                           mend=("写 < :end。", "Write < :end."))  # fmt: skip
    return [name for name in BOUND if name in names]


def _parsed(sql: str, backend: str, place: str) -> exp.Query:
    import sqlglot
    from sqlglot import exp

    writes = (exp.Insert, exp.Update, exp.Delete, exp.Merge, exp.Create, exp.Drop, exp.Alter, exp.Into, exp.Command, exp.Lock)
    logging.getLogger("sqlglot").setLevel(logging.ERROR)  # what it cannot parse as a query is refused below
    try:
        trees = [tree for tree in sqlglot.parse(sql, dialect=_DIALECTS.get(backend)) if tree is not None]
    except sqlglot.errors.SqlglotError as error:
        problem = _ANSI.sub("", str(error)).splitlines()[0]
        raise SettingError(f"查询写法不对：{problem}", f"not a query: {problem}", place=place,
                           mend=("写一条 SELECT。", "Write one SELECT."))  from None  # fmt: skip
    runs_comments = re.search(r"/\*M?!", sql) is not None  # MySQL and MariaDB execute what stands in such a comment
    if runs_comments or len(trees) != 1 or not isinstance(trees[0], exp.Query) or any(trees[0].find(kind) for kind in writes):
        raise SettingError("只接受一条只读的 SELECT", "only one SELECT that reads is accepted", place=place,
                           mend=("去掉其余语句和写操作。", "Leave out other statements and whatever writes."))  # fmt: skip
    return trees[0]


def _is_end(node: object) -> bool:
    from sqlglot import exp

    return isinstance(node, exp.Placeholder) and node.this == "end"
