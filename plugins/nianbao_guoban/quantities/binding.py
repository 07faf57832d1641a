"""Which cell of the standard a quantity names: by the words around it, and how sure that is."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from nianbao.tree import Node, bare
from nianbao_guoban.quantities import phrases
from nianbao_guoban.quantities.phrases import APPLICANTS, BARE_REQUESTS, REQUESTS, TOPICS, Measure, Topic
from nianbao_guoban.quantities.reading import Quantity, Statement

if TYPE_CHECKING:
    from nianbao import Standard

_FILLERS = re.compile(phrases.FILLERS)
_PARTS = re.compile(phrases.PARTS)
_BODIES = re.compile(phrases.BODIES)
_OTHER_YEARS = re.compile(phrases.OTHER_YEARS)
_YEAR = re.compile(r"(20\d\d)\s*年度?")
_LESS_SURE = re.compile(phrases.LESS_SURE)
_OF_DISCLOSURE = re.compile("信息公开|依申请公开|公开申请")
_ABOUT_DISCLOSURE = re.compile(phrases.OF_DISCLOSURE)
_GENERAL = ("requests.new", "requests.total")  # 收到, 办结: said in passing of other rows too
_DISPUTES = ("disputes", "review", "litigation", "litigation_direct", "litigation_after_review")
_EVERYBODY = re.compile(phrases.EVERYBODY)
_OUTCOMES = tuple(f"requests.{row}" for row in phrases.OUTCOMES)
_DECISIONS = ("licences", "penalties", "coercion")
_BARE_REQUESTS = re.compile(BARE_REQUESTS)


@dataclass(frozen=True)
class Setting:
    """Where prose stands: its section and part, the report's year, and the name of the body that it speaks for."""

    section: str = ""
    part: str = ""
    year: int = 0
    body: str = ""

    @property
    def topic(self) -> str:
        """What numbers here are taken to count where nothing is said."""
        return REQUESTS.key if self.section == "requests" or self.part.endswith(".on_request") else ""


@dataclass(frozen=True)
class Claim:
    """What a quantity says: that the sum of ``paths`` is its value, or (``<=``) that it is a part of it.

    ``sure``: no other reading is likely. ``words`` are those that it was bound by.
    """

    quantity: Quantity
    paths: tuple[str, ...]
    relation: Literal["=", "<="]
    sure: bool
    words: str
    topic: str


@dataclass
class _Said:
    """What the sentence has spoken of so far."""

    topic: str = ""
    row: str = ""
    sure: bool = False
    listing: bool = False
    claims: list[Claim] = field(default_factory=list)


@functools.lru_cache(maxsize=8)
def binder(standard: Standard) -> Binder:
    """The binder of a standard, made once."""
    return Binder(standard)


class Binder:
    """The words of a standard's cells, compiled."""

    def __init__(self, standard: Standard) -> None:
        self.figures = {path for path, node in standard.nodes.items() if node.has_figure}
        self.topics = {topic.key: topic for topic in TOPICS}
        self.words = {topic.key: re.compile(topic.words) for topic in TOPICS}
        self.measures = {topic.key: self._compiled(topic.measures) for topic in TOPICS}
        labels = [Measure(node.path, words) for node in _below(standard) if (words := _labels(node))]
        self.measures[REQUESTS.key] = self._compiled([*labels, *REQUESTS.measures])
        self.applicants = [(measure, re.compile(measure.words)) for measure in APPLICANTS]

    def _compiled(self, measures: Iterable[Measure]) -> list[tuple[Measure, re.Pattern[str]]]:
        return [(measure, re.compile(measure.words)) for measure in measures if measure.path in self.figures]

    def claims(self, statement: Statement, setting: Setting) -> list[Claim]:
        """What the quantities of a sentence claim of the standard's cells, as far as their words say."""
        said = _Said(setting.topic)
        sentence_is_ours = setting.section == "disputes" or bool(_OF_DISCLOSURE.search(statement.text))
        for quantity in statement.quantities:
            if quantity.kind in ("count", "amount") and not _is_of_another_year(quantity, setting):
                said.claims += self._claim(quantity, setting, said, sentence_is_ours)
        return said.claims

    def _claim(self, quantity: Quantity, setting: Setting, said: _Said, ours: bool) -> Iterator[Claim]:
        said.listing = said.listing or "其中" in quantity.before
        words = _EVERYBODY.sub("", quantity.subject)
        explicit, topic_words = self._topic(quantity, setting)
        topic = self.topics.get(explicit or said.topic)
        if topic is None or quantity.unit not in topic.units:
            return
        measure, measure_words = self._measure(topic, quantity)
        column, column_words = self._column(topic, words)
        if measure is None and column is None and not explicit:
            return
        beside = _beside(words, (topic_words, measure_words, column_words))
        rest = _rest(beside, setting)
        if len(rest) > (12 if explicit else 3):
            said.topic = said.topic if said.listing else ""  # 受理信件3件，办结3件: of another matter, and so is what follows
            return
        paths, sure = self._paths(topic, measure, column, said)
        if measure is not None and measure.path in _OUTCOMES and column is None:
            paths, beside = self._together(paths, words, beside)
            rest = _rest(beside, setting)
        sure = sure or topic.key in _DECISIONS and (setting.section == "proactive_disclosure" or _goes_on(quantity, said))
        if not paths or any(path not in self.figures for path in paths):
            return
        if topic.key in _DISPUTES and not ours and _LESS_SURE.search(quantity.before):
            return
        again = "其中" in quantity.before and any(paths == claim.paths for claim in said.claims)
        is_part = again or bool(_BODIES.search(rest) or _PARTS.search(_ABOUT_DISCLOSURE.sub("", beside)))
        sure = sure and not rest and not is_part and self._is_of_the_report(topic, quantity, said, measure, column, ours)
        if measure is not None and column is None:
            said.row, said.sure = measure.path, sure
        said.topic = topic.key
        relation: Literal["=", "<="] = "<=" if is_part or measure and measure.at_most else "="
        shown = "".join(word for word in (measure_words or topic_words, column_words) if word)
        yield Claim(quantity, paths, relation, sure, shown or words, topic.key)

    def _is_of_the_report(
        self, topic: Topic, quantity: Quantity, said: _Said, measure: Measure | None, column: Measure | None, ours: bool
    ) -> bool:
        """Whether a number is surely of disclosure, and of all requests: 其中 after the new ones may mean the new ones only."""
        if topic.key in _DISPUTES:
            return ours and not _LESS_SURE.search(quantity.before)
        return not (measure is not None and column is None and "其中" in quantity.before and said.row == "requests.new")

    def _topic(self, quantity: Quantity, setting: Setting) -> tuple[str, str]:
        """What a number's own words say that it counts: the last of several before it, else the first after it."""
        for text in (quantity.subject, quantity.after):
            hits = [
                (found.end(), found.start(), key, found[0]) for key, words in self.words.items() for found in words.finditer(text)
            ]
            if setting.topic:
                hits += [(found.end(), found.start(), setting.topic, found[0]) for found in _BARE_REQUESTS.finditer(text)]
            if hits and text is quantity.subject:
                end = max(hits)[0]
                _, _, key, word = min((hit for hit in hits if hit[0] == end), key=lambda hit: hit[1])
                return key, word
            if hits:
                _, _, key, word = min(hits, key=lambda hit: (hit[1], -hit[0]))
                return key, word
        return "", ""

    def _measure(self, topic: Topic, quantity: Quantity) -> tuple[Measure | None, str]:
        """What a number's own words say of it: one row before those said in passing, of these the last."""
        for text in (quantity.subject, quantity.after):
            general: list[tuple[int, Measure, str]] = []
            for measure, pattern in self.measures[topic.key]:
                for found in pattern.finditer(text):
                    if measure.path not in _GENERAL:
                        return measure, found[0]
                    general.append((found.end(), measure, found[0]))
            if general:
                return max(general, key=lambda hit: (hit[1].sure, hit[0]))[1:]
        return None, ""

    def _together(self, paths: tuple[str, ...], words: str, beside: str) -> tuple[tuple[str, ...], str]:
        """Several outcomes that one number counts: 予以公开及部分公开10件."""
        for measure, pattern in self.measures[REQUESTS.key]:
            if measure.path in _OUTCOMES and measure.path not in paths and (found := pattern.search(words)):
                paths, beside = (*paths, measure.path), beside.replace(found[0], "", 1)
        return tuple(sorted(paths, key=_OUTCOMES.index)), beside

    def _column(self, topic: Topic, words: str) -> tuple[Measure | None, str]:
        for measure, pattern in self.applicants if topic is REQUESTS else ():
            if found := pattern.search(words):
                return measure, found[0]
        return None, ""

    def _paths(self, topic: Topic, measure: Measure | None, column: Measure | None, said: _Said) -> tuple[tuple[str, ...], bool]:
        if column is not None:
            row, sure = (measure.path, measure.sure) if measure else (said.row or "requests.new", bool(said.row) and said.sure)
            return (f"{row}.{column.path}",), sure and column.sure
        if measure is not None:
            return (measure.path,), measure.sure
        return topic.paths, topic.sure


def _beside(words: str, named: tuple[str, ...]) -> str:
    """The words before a number without those that name its cell, and without the year."""
    rest = _YEAR.sub("", words)
    for word in sorted(filter(None, named), key=len, reverse=True):
        rest = rest.replace(word, "", 1)
    return rest


def _rest(beside: str, setting: Setting) -> str:
    """What those words say that could make it another number."""
    rest = _FILLERS.sub("", _ABOUT_DISCLOSURE.sub("", beside))
    return "" if rest and rest in setting.body else rest


def says_nothing_else(words: str, setting: Setting) -> bool:
    """Whether words are none that could make a number another's than the whole body's and year's."""
    return not _rest(_beside(words, ()), setting)


def _goes_on(quantity: Quantity, said: _Said) -> bool:
    """Whether a list of decisions goes on: 作出行政许可18件、行政处罚5件."""
    last = said.claims[-1] if said.claims else None
    return (
        last is not None
        and last.topic in _DECISIONS
        and last.sure
        and quantity.before.lstrip("，,、 ") == quantity.subject.lstrip("、 ")
    )


def _is_of_another_year(quantity: Quantity, setting: Setting) -> bool:
    years = {int(year) for year in _YEAR.findall(quantity.before)}
    return bool(years and setting.year and setting.year not in years) or bool(_OTHER_YEARS.search(quantity.subject))


def _below(standard: Standard) -> Iterator[Node]:
    """The rows of the table of requests that stand below others: 属于国家秘密, 重复申请."""
    requests = standard.nodes.get("requests")
    for row in requests.rows() if requests else ():
        yield from (node for node in row.children.values() if node.row == node.path and node.key != "other")


def _labels(node: Node) -> str:
    names = sorted({name for name in (bare(node.label), node.short) if name and len(name) < 16}, key=len, reverse=True)
    return "|".join(map(re.escape, names))
