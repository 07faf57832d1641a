"""What may be asked of a database: one SELECT, with the bound names that nianbao knows."""

from __future__ import annotations

import sqlglot
from sqlglot import exp

from nianbao import SettingError

BOUND = ("jurisdiction_code", "year", "start", "end")
_WRITES = (exp.Insert, exp.Update, exp.Delete, exp.Merge, exp.Create, exp.Drop, exp.Alter, exp.Into, exp.Command, exp.Lock)
_DIALECTS = {
    "postgresql": "postgres",
    "mysql": "mysql",
    "mariadb": "mysql",
    "sqlite": "sqlite",
    "oracle": "oracle",
    "mssql": "tsql",
}


def check(sql: str, backend: str, place: str) -> list[str]:
    """The bound names that a query uses. Raises SettingError unless it is one SELECT that only reads.

    ``backend`` is SQLAlchemy's name of the database.
    """
    try:
        trees = [tree for tree in sqlglot.parse(sql, dialect=_DIALECTS.get(backend)) if tree is not None]
    except sqlglot.errors.SqlglotError as error:
        problem = str(error).splitlines()[0]
        raise SettingError(f"查询写法不对：{problem}", f"not a query: {problem}", place=place,
                           mend=("写一条 SELECT。", "Write one SELECT."))  from None  # fmt: skip
    if len(trees) != 1 or not isinstance(trees[0], exp.Query) or any(trees[0].find(kind) for kind in _WRITES):
        raise SettingError("只接受一条只读的 SELECT", "only one SELECT that reads is accepted", place=place,
                           mend=("去掉其余语句和写操作。", "Leave out other statements and whatever writes."))  # fmt: skip
    names = [str(bound.this) for bound in trees[0].find_all(exp.Placeholder) if bound.this]
    if unknown := next((name for name in names if name not in BOUND), None):
        raise SettingError(f"没有 :{unknown} 这个参数", f"there is no parameter :{unknown}", place=place,
                           mend=(f"可用的有 {'、'.join(':' + name for name in BOUND)}。", f"There are {', '.join(':' + n for n in BOUND)}."))  # fmt: skip
    if any(
        _is_end(node.expression if isinstance(node, exp.LTE) else node.args.get("high"))
        for node in trees[0].find_all(exp.LTE, exp.Between)
    ):
        raise SettingError(":end 是次年1月1日，不含在内", ":end is the 1 January after and not included", place=place,
                           mend=("写 < :end。", "Write < :end."))  # fmt: skip
    return names


def _is_end(node: exp.Expression | None) -> bool:
    return isinstance(node, exp.Placeholder) and node.this == "end"
