"""Quantities in prose: each number with its unit, what kind it is, and the words that say what it counts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from nianbao_guoban.quantities.exempt import exempt, flat
from nianbao_guoban.quantities.numerals import TIME, Bound, Numeral, numerals

Kind = Literal["count", "amount", "percent", "growth", "ordinal", "time"]

_SENTENCE = re.compile(r"[^。！？!?\n]+[。！？!?\n]?")
_CLAUSE = re.compile(r"[，,；;：:()\[\]。！？!?]")
_GAP = re.compile(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])")  # what a PDF's text has within words
_CHANGE = re.compile(
    r"(?:增加|减少|增长|下降|上升|提高|提升|降低|增幅|降幅|上涨|回落|(?<!新)增|降|(?<!至)多|(?<!至)少)(?:率|幅度?)?(?:了|约|近|为|达|超过?){0,2}\s*$"
)
_COMPARED = re.compile(r"(?:同比|环比|[比较](?:上|去)一?年|[比较](?:20\d\d年))[^，,；;]{0,6}$")
_SCOPE = re.compile(r"全[市县区镇乡省州]|本级|本机关|各级|累计|备案|应诉|新增|历年|共计?|合计|总计|全年")
_FILLER = re.compile(
    r"^(?:其中|共计?|合计|总计|总数|数量|分别|全年|累计|各|均|都|为|达到?|有|是|约|近|超过?|已|也|则|另|以及|和|及|与|、|\s)*$"
)


@dataclass(frozen=True)
class Quantity:
    """A number in a sentence. ``value`` is in ``unit``s; 万 and 亿 are multiplied out, so money is in 元.

    ``bound`` is "" for an exact one, else what the true value is: ``>`` at least, ``<`` at most, ``~`` about. ``step`` is the
    worth of its last printed digit. ``before`` are the words since the number before it in its sentence, ``subject`` those
    of its own clause (of the clause before where that says nothing), ``after`` those up to the next stop or number.
    ``fact`` is the path that it was filled from.
    """

    value: Decimal
    unit: str
    kind: Kind
    start: int
    end: int
    text: str
    before: str
    subject: str
    after: str
    bound: Bound = ""
    step: Decimal = Decimal(1)
    fact: str = ""

    @property
    def exact(self) -> bool:
        """Whether the number says its value itself, not 余, 多, 近 or 约."""
        return not self.bound

    @property
    def scope(self) -> frozenset[str]:
        """Words that say how much it covers: 全市, 本级, 累计, 备案, 应诉, 新增..."""
        return frozenset(_SCOPE.findall(self.before))

    def may_be(self, value: Decimal) -> bool:
        """Whether it is true of a value: at the printed precision, or within its bound."""
        if self.bound == ">":
            return value >= self.value
        if self.bound == "<":
            return value <= self.value
        if self.bound == "~":
            return abs(value - self.value) <= self.value / 10
        return abs(value - self.value) <= (self.step / 2 if self.step != 1 else 0)


@dataclass(frozen=True)
class Statement:
    """One sentence with its quantities, at ``start`` in its text."""

    text: str
    start: int
    quantities: tuple[Quantity, ...]


def statements(text: str, facts: Mapping[tuple[int, int], str] | None = None) -> list[Statement]:
    """The sentences of a plain text. ``facts`` are the spans that were filled from ``{{ names }}``, each with its path."""
    plain, facts = flat(text), facts or {}
    found = list(numerals(plain, exempt(plain), list(facts)))
    made = []
    for sentence in _SENTENCE.finditer(plain):
        own = [numeral for numeral in found if sentence.start() <= numeral.start < sentence.end()]
        quantities = tuple(_quantities(plain, text, sentence.span(), own, facts))
        made.append(Statement(text[sentence.start() : sentence.end()], sentence.start(), quantities))
    return made


def _quantities(
    plain: str, text: str, span: tuple[int, int], own: list[Numeral], facts: Mapping[tuple[int, int], str]
) -> Iterator[Quantity]:
    start = span[0]
    for at, numeral in enumerate(own):
        stop = own[at + 1].start if at + 1 < len(own) else span[1]
        before, after = plain[start : numeral.start], _CLAUSE.split(plain[numeral.end : stop].replace("、", "，"), maxsplit=1)[0]
        fact = next((path for (begin, end), path in facts.items() if begin <= numeral.start < end), "")
        kind = _kind(numeral, before)
        yield Quantity(numeral.value, numeral.unit, kind, numeral.start, numeral.end, text[numeral.start : numeral.end],
                       before, subject(before), after.strip(), numeral.bound, numeral.step, fact)  # fmt: skip
        start = numeral.end


def subject(before: str) -> str:
    """The words of the last clause before a number that say anything."""
    clauses = [_GAP.sub("", clause.strip()) for clause in _CLAUSE.split(before)]
    said = ""
    while clauses and _FILLER.match(said):
        said = clauses.pop() + said
    return said


def _kind(numeral: Numeral, before: str) -> Kind:
    if numeral.ordinal:
        return "ordinal"
    if numeral.unit in TIME:
        return "time"
    if _CHANGE.search(before) or (numeral.unit in ("%", "个百分点", "倍") and _COMPARED.search(before)):
        return "growth"
    if numeral.unit in ("%", "‰", "个百分点"):
        return "percent"
    return "amount" if numeral.unit == "元" else "count"
