"""Quantities in prose: each number with its unit, what kind it is, and the words that say what it counts."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Literal, NamedTuple

from nianbao.prose import any_of, cut
from nianbao_guoban.quantities.exempt import flat
from nianbao_guoban.quantities.numerals import TIME, Bound, Numeral, numerals
from nianbao_guoban.quantities.words import Words

Kind = Literal["count", "amount", "percent", "growth", "ordinal", "time"]
Span = tuple[int, int]

_SENTENCE = re.compile(r"[^。！？!?\n]+[。！？!?\n]?")
_STOPS = "，,；;：:()[]。！？!?"
_IS_STOP, _IS_STOP_OR_COMMA, _ENDS_A_CLAUSE = frozenset(_STOPS), frozenset(f"{_STOPS}、"), frozenset("，,；;")
_CHANGE = Words(
    r"(?:增加|减少|增长|下降|上升|提高|提升|降低|增幅|降幅|上涨|回落|(?<!新)增|降|(?<!至)多|(?<!至)少)(?:率|幅度?)?(?:了|约|近|为|达|超过?){0,2}\s*$",
    *"增减降升高涨落多少",
)
_COMPARED = Words(
    r"(?:同比|环比|[比较](?:上|去)一?年|[比较]20\d\d年)[^，,；;]{0,6}$",
    "同比",
    "环比",
    "比上",
    "较上",
    "比去",
    "较去",
    "比20",
    "较20",
)
_SAYS_NOTHING = (
    "其中", "共计", "合计", "总计", "总数", "数量", "分别", "全年", "累计", "达到", "超过", "以及", "共", "各", "均", "都", "为", "达", "有", "是",
    "约", "近", "超", "已", "也", "则", "另", "和", "及", "与", "、",
)  # fmt: skip

_IDLE = frozenset("".join(_SAYS_NOTHING))


class Quantity(NamedTuple):
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
    def slack(self) -> Decimal:
        """How far the true value may be from the printed one: half its last digit, nothing for a count."""
        return self.step / 2 if self.step != 1 else Decimal(0)

    def may_be(self, value: Decimal) -> bool:
        """Whether it is true of a value: at the printed precision, or within its bound."""
        if self.bound == ">":
            return value >= self.value
        if self.bound == "<":
            return value <= self.value
        if self.bound == "~":
            return abs(value - self.value) <= self.value / 10
        return abs(value - self.value) <= self.slack


class Statement(NamedTuple):
    """One sentence with its quantities, at ``start`` in its text."""

    text: str
    start: int
    quantities: tuple[Quantity, ...]


def statements(text: str, facts: Mapping[Span, str] | None = None) -> list[Statement]:
    """The sentences of a plain text. ``facts`` are the spans that were filled from ``{{ names }}``, each with its path."""
    plain, known = flat(text), {start: path for (start, _), path in (facts or {}).items()}
    found = list(numerals(plain, frozenset(known)))
    if not found:
        return []
    made, at = [], 0
    for sentence in _SENTENCE.finditer(plain):
        start, end = sentence.span()
        first = at
        while at < len(found) and found[at].start < end:
            at += 1
        quantities = tuple(_quantities(plain, text, (start, end), found[first:at], known))
        made.append(Statement(text[start:end], start, quantities))
    return made


def _quantities(plain: str, text: str, span: Span, own: list[Numeral], known: Mapping[int, str]) -> Iterator[Quantity]:
    start = span[0]
    for numeral, following in itertools.zip_longest(own, own[1:]):
        before = plain[start : numeral.start]
        stop = following.start if following else span[1]
        stop = next((at for at in range(numeral.end, stop) if plain[at] in _IS_STOP_OR_COMMA), stop)
        after = plain[numeral.end : stop].strip()
        said = "" if after and start > span[0] and _is_of_the_last(before) else subject(before)
        yield Quantity(numeral.value, numeral.unit, _kind(numeral, before), numeral.start, numeral.end, text[numeral.start : numeral.end],
                       before, said, after, numeral.bound, numeral.step, known.get(numeral.start, ""))  # fmt: skip
        start = numeral.end


def _is_of_the_last(before: str) -> bool:
    """Whether all words between two numbers are those of the first: 14件已答复，1件正在办理."""
    said = before.strip()
    return said[:-1].isalnum() and said[-1:] in _ENDS_A_CLAUSE


def subject(before: str) -> str:
    """The words of the last clause before a number that say anything."""
    last = next((at for at in range(len(before), 0, -1) if before[at - 1] in _IS_STOP), 0)
    own = without_gaps(before[last:].strip())
    if not _IDLE.issuperset(own) or without(_SAYS_NOTHING, own):
        return own
    clauses = [without_gaps(clause.strip()) for clause in cut(before, _STOPS)]
    said = ""
    if not own and len(clauses) > 2 and before.rstrip().endswith(")") and without(_SAYS_NOTHING, clauses[-3]):
        return clauses[-3] + clauses[-2] * ("公开" in clauses[-2])  # 予以公开(含部分公开)28件: of both
    while clauses and not without(_SAYS_NOTHING, said):
        said = clauses.pop() + said
    return said


def without(words: tuple[str, ...], text: str) -> str:
    """A text without some words, the longer ones first in their order."""
    for word in words:
        if text and word in text:
            text = text.replace(word, "")
    return text.strip()


def without_gaps(text: str) -> str:
    """A text without the spaces and line breaks that a PDF leaves within its words; those between two words of Latin letters stay."""
    if text.isalnum() or not any_of(" \n\t\u3000\xa0", text):
        return text
    words = text.split()
    return "".join(
        f" {word}" if at and word[0].isascii() and words[at - 1][-1].isascii() else word for at, word in enumerate(words)
    )


def _kind(numeral: Numeral, before: str) -> Kind:
    if numeral.ordinal:
        return "ordinal"
    if numeral.unit in TIME:
        return "time"
    if _CHANGE(before[-12:]) or (numeral.unit in ("%", "个百分点", "倍") and _COMPARED(before)):
        return "growth"
    if numeral.unit in ("%", "‰", "个百分点"):
        return "percent"
    return "amount" if numeral.unit == "元" else "count"
