"""A formula computed anew from what the workbook's cells hold: + - * /, brackets and SUM. The value it showed is not believed.

Libraries for this (formulas, pycel) compile whole workbooks and bring numpy, scipy or networkx; a figure needs addition.
"""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Iterator
from decimal import Decimal

from nianbao import SourceError
from nianbao_sheet.book import At, Book, Page
from nianbao_sheet.figures import LARGEST, number

LONGEST, DEEPEST, CELLS = 1_000, 40, 10_000  # letters of a formula, formulas that lead to each other, cells of a range
_REFERENCE = re.compile(
    r"(?<![\w.!'$\]:])(?:(?:'(?P<quoted>(?:[^']|'')+)'|(?P<sheet>[^\W\d][\w.]*))!)?"
    r"\$?(?P<column>[A-Z]{1,3})\$?(?P<row>[1-9]\d{0,6})(?::\$?(?P<last_column>[A-Z]{1,3})\$?(?P<last_row>[1-9]\d{0,6}))?(?![\w(!.:])",
    re.IGNORECASE,
)
_PLAIN = re.compile(r"(?:[-+*/(),\s]|_\d+|\d+(?:\.\d+)?(?![\w.])|SUM\()+", re.IGNORECASE)  # once references are names
_SIGNS = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv}
_Place = tuple[Page, At]


class _Unknown(Exception):
    """Something that is not computed here."""


def reckon(book: Book, page: Page, at: At) -> Decimal:
    """The value of the formula in a cell. Raises SourceError where it holds more than can be computed here."""
    return _Reckoning(book).cell((page, at), ())


class _Reckoning:
    """Each cell is computed once, however many formulas name it."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.known: dict[_Place, Decimal] = {}

    def cell(self, place: _Place, above: tuple[_Place, ...]) -> Decimal:
        page, at = place
        held = page.held(at)
        if held.is_blank:
            return Decimal(0)
        if not held.formula:
            return Decimal(number(held.value, self.book.where(page, at)))
        if place not in self.known:
            try:
                if place in above or len(above) > DEEPEST:
                    raise _Unknown
                self.known[place] = self.formula(held.formula, page, (*above, place))
                if abs(self.known[place]) >= LARGEST:
                    raise _Unknown
            except (_Unknown, SyntaxError, ValueError, ArithmeticError, RecursionError, MemoryError):
                raise _refused(held.formula, self.book.where(page, at)) from None
        return self.known[place]

    def formula(self, text: str, page: Page, above: tuple[_Place, ...]) -> Decimal:
        """References become names, so that Python's own parser can read the rest; what it finds is looked at, never run."""
        references: dict[str, list[_Place]] = {}

        def name(found: re.Match[str]) -> str:
            references[key := f"_{len(references)}"] = list(self.places(found, page))
            return key

        plain = _REFERENCE.sub(name, text.removeprefix("=").strip()) if len(text) <= LONGEST else ""
        if not _PLAIN.fullmatch(plain) or re.search(r"\b_\d", text):
            raise _Unknown
        tree = ast.parse(plain, mode="eval")
        return self.value(tree.body, references, above)

    def value(self, node: ast.expr, references: dict[str, list[_Place]], above: tuple[_Place, ...]) -> Decimal:
        if isinstance(node, ast.Constant) and type(node.value) in (int, float):
            return Decimal(str(node.value))
        if isinstance(node, ast.Name) and len(places := references.get(node.id, [])) == 1:
            return self.cell(places[0], above)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.UAdd):
            value = self.value(node.operand, references, above)
            return -value if isinstance(node.op, ast.USub) else value
        if isinstance(node, ast.BinOp) and (compute := _SIGNS.get(type(node.op))):
            return Decimal(compute(self.value(node.left, references, above), self.value(node.right, references, above)))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id.upper() == "SUM":
            return sum((self.addend(term, references, above) for term in node.args), Decimal(0))
        raise _Unknown

    def addend(self, node: ast.expr, references: dict[str, list[_Place]], above: tuple[_Place, ...]) -> Decimal:
        if isinstance(node, ast.Name) and node.id in references:
            return sum((self.cell(place, above) for place in references[node.id]), Decimal(0))
        return self.value(node, references, above)

    def places(self, found: re.Match[str], page: Page) -> Iterator[_Place]:
        """The cells that a reference names, of another sheet where it says so."""
        if name := (found["quoted"] or "").replace("''", "'") or found["sheet"]:
            pages = [other for other in self.book.pages if other.name == name]
            if not pages:
                raise _Unknown
            page = pages[0]
        first = At.of(found["column"], found["row"])
        last = At.of(found["last_column"], found["last_row"]) if found["last_row"] else first
        rows, columns = range(first.row, last.row + 1), range(first.column, last.column + 1)
        if not 0 < len(rows) * len(columns) <= CELLS:
            raise _Unknown
        return ((page, At(row, column)) for row in rows for column in columns)


def _refused(formula: str, where: str) -> SourceError:
    said = formula if len(formula) <= 60 else f"{formula[:60]}…"
    return SourceError(f"公式 {said} 不能核算", f"the formula {said} cannot be computed anew", place=where,
                       mend=("选择性粘贴为数值；只核算本文件内的加减乘除和 SUM。",
                             "Paste it as a value; only + - * / and SUM within this file are computed."))  # fmt: skip
