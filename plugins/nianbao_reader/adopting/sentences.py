"""The sentences of a finished report with names in place of the figures that the facts give."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TypeAlias

from nianbao import Counted, Passage, Told
from nianbao_reader.adopting.entries import seen
from nianbao_reader.adopting.naming import Breakdowns

Count: TypeAlias = Callable[[Passage], Iterable[Counted]]
_OUTSIDE = re.compile(r"《[^《》]*》|“[^“”]*”|〔[^〔〕]*〕|\[\d{4}\]|https?://\S+")
_GAPS = re.compile(r"[ \t\u3000\xa0]+")
MOST = 8  # of the numbers that stay in a text, which its comment repeats
_BRACES = re.compile(r"[{}｛｝]")


@dataclass(frozen=True)
class Mark:
    """A place in a text for the figure at a ``path``, or for a ``word`` of the settings."""

    start: int
    end: int
    path: str = ""
    word: str = ""


@dataclass
class Marked:
    """A text with the places that names will fill, and the numbers in it that stay as they are."""

    text: str
    marks: list[Mark] = field(default_factory=list)
    left: list[str] = field(default_factory=list)

    def filled(self, name_of: Callable[[str], str]) -> str:
        """The text as a sentence of a data file; ``name_of`` a path is what a sentence calls its figure, '' where nothing does."""
        pieces, last = [], 0
        for mark in sorted(self.marks, key=lambda mark: mark.start):
            name = mark.word or name_of(mark.path)
            if mark.start >= last and name:
                pieces += [escaped(self.text[last : mark.start]), f"{{{{ {name} }}}}"]
                last = mark.end
        return "".join([*pieces, escaped(self.text[last:])])


def escaped(text: str) -> str:
    """A text of which nothing is taken for a name."""
    return _BRACES.sub(lambda brace: f'{{{{ "{unicodedata.normalize("NFKC", brace[0])}" }}}}', text)


@dataclass(frozen=True)
class Facts:
    """What the sentences of a report may name: the ``figures`` of its tables as they are printed, its year and body."""

    figures: Mapping[str, str]
    year: int
    body: str


class Sentences:
    """Reads the sentences of a report, and gathers the figures that they alone tell (``breakdowns``, ``told``).

    ``fields`` are the figures that the standard has beside its tables, with their units.
    """

    def __init__(self, facts: Facts, count: Count, breakdowns: Breakdowns, *, fields: Mapping[str, str]) -> None:
        self.facts, self.count, self.breakdowns, self.fields = facts, count, breakdowns, fields
        self.told: dict[str, int | Decimal] = {}

    def read(self, section: str, path: str, told: Iterable[Told]) -> Marked:
        """The text of a part, a line a paragraph."""
        whole = Marked("")
        for each in told:
            marked = self._read(section, path, each)
            shift = len(whole.text) + 1 if whole.text else 0
            whole.text = f"{whole.text}\n{marked.text}" if whole.text else marked.text
            whole.marks += [Mark(mark.start + shift, mark.end + shift, mark.path, mark.word) for mark in marked.marks]
            whole.left += marked.left
        return whole

    def _read(self, section: str, path: str, told: Told) -> Marked:
        if told.figures:  # a page that nianbao made says which they are
            marks = [Mark(start, end, known) for (start, end), known in told.figures.items()]
            return Marked(told.text, marks + [mark for mark in self._words(told.text, section) if not _meets(mark, marks)])
        marked = Marked(cleaned(told.text))
        marked.marks = self._words(marked.text, section)
        self._count(marked, Passage(section, path, told.title, marked.text, told.place))
        return marked

    def _words(self, text: str, section: str) -> list[Mark]:
        """Years of the report, and in the preamble the body's name."""
        outside = [found.span() for found in _OUTSIDE.finditer(text)]
        years = {"年度": self.facts.year, "上年度": self.facts.year - 1, "下年度": self.facts.year + 1}
        marks = [
            Mark(*found.span(), "", name)
            for name, year in years.items()
            for found in re.finditer(
                rf"(?<!\d){year}(?=年(?!(?:[2-9]|1[0-2])月|1月(?!1日)|12月(?!31日)))|(?<!\d){year}(?=年(?:12月31日|1月1日))", text
            )
        ]
        if section == "preamble" and self.facts.body:
            marks += [Mark(*found.span(), "", "编制单位") for found in re.finditer(re.escape(self.facts.body), text)]
        return [mark for mark in marks if not any(start < mark.start < end for start, end in outside)]

    def _count(self, marked: Marked, passage: Passage) -> None:
        numbers = {each.start: each for each in self.count(passage)}
        names = dict(self.breakdowns.of(passage.section, passage.title, marked.text, numbers))
        if passage.path in self.fields:  # under the heading of the fees, the one amount of money is theirs
            amounts = [number for number in numbers.values() if number.unit == self.fields[passage.path]]
            if len({marked.text[each.start : each.end] for each in amounts}) == 1:
                numbers |= {each.start: replace(each, paths=(passage.path,), sure=True) for each in amounts}
        for number in numbers.values():
            written = unicodedata.normalize("NFKC", marked.text[number.start : number.end])
            path = names.get(number.start) or self._known(number, written)
            if path:
                marked.marks.append(Mark(number.start, number.end, path))
            elif number.unit and not _meets(Mark(number.start, number.end), marked.marks):
                marked.left.append(f"{written}{number.unit}")

    def _known(self, number: Counted, written: str) -> str:
        """The one figure that a number is said to be beyond doubt, if it is what the figure says."""
        if len(number.paths) != 1 or not number.sure:
            return ""
        path = number.paths[0]
        if path in self.fields and path not in self.facts.figures:
            value = Decimal(written) if "." in written else int(written)
            return path if self.told.setdefault(path, value) == value else ""
        return path if self.facts.figures.get(path) == written else ""


def _meets(mark: Mark, marks: list[Mark]) -> bool:
    return any(mark.start < other.end and other.start < mark.end for other in marks)


def cleaned(text: str) -> str:
    """A text without the spaces that stand between its letters; those between words of Latin letters stay."""
    return "\n".join(filter(None, map(_closed, seen(text).split("\n"))))


def _closed(line: str) -> str:
    def gap(found: re.Match[str]) -> str:
        before, after = line[found.start() - 1 : found.start()], line[found.end() : found.end() + 1]
        return " " if before.isascii() and after.isascii() and before and after else ""

    return _GAPS.sub(gap, line)


def unclear(left: list[str]) -> str:
    """What a comment says of the numbers that stay in a text."""
    shown = list(dict.fromkeys(left))
    return f"句中的数没有换成数据项：{'、'.join(shown[:MOST])}{'等' if len(shown) > MOST else ''}" if shown else ""
