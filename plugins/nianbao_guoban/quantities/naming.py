"""Which cell the words around a quantity name: what it counts (a topic), which of its rows, which column."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from nianbao.prose import any_of
from nianbao.tree import Node, bare
from nianbao_guoban.quantities.phrases import APPLICANTS, BARE_REQUESTS, OUTCOMES, REQUESTS, TOPICS, Measure, Topic
from nianbao_guoban.quantities.reading import Quantity
from nianbao_guoban.quantities.words import Words

if TYPE_CHECKING:
    from nianbao import Standard

_GENERAL = ("requests.new", "requests.total")  # 收到, 办结: said in passing of other rows too
_LONGEST_LABEL = 16


class Named(NamedTuple):
    """What is named, and the words that name it; None and "" where nothing is."""

    measure: Measure | None = None
    words: str = ""


class Vocabulary:
    """The words of a standard's cells."""

    def __init__(self, standard: Standard) -> None:
        self.figures = frozenset(path for path, node in standard.nodes.items() if node.has_figure)
        self.topics = {topic.key: topic for topic in TOPICS}
        labels = [Measure(node.path, words) for node in _below(standard) if (words := _label(node))]
        self._measures = {
            topic.key: self._known((*labels, *topic.measures) if topic is REQUESTS else topic.measures) for topic in TOPICS
        }

    def _known(self, measures: tuple[Measure, ...]) -> tuple[Measure, ...]:
        return tuple(measure for measure in measures if measure.path in self.figures)

    def topics_in(self, text: str) -> tuple[Topic, ...]:
        """The topics of which a sentence has words at all."""
        return tuple(topic for topic in TOPICS if any_of(topic.words.needs, text))

    def topic(self, quantity: Quantity, topics: tuple[Topic, ...], usual: str) -> tuple[str, str]:
        """What a number's own words say that it counts: the last of several before it, else the first after it.

        ``usual`` is what 申请 alone means here.
        """
        for text in (quantity.subject, quantity.after):
            hits = [(end, start, topic.key) for topic in topics for start, end in topic.words.all(text)] if text else []
            if usual:
                hits += [(end, start, usual) for start, end in BARE_REQUESTS.all(text)]
            if hits and text is quantity.subject:
                last = max(hits)[0]
                end, start, key = min((hit for hit in hits if hit[0] == last), key=lambda hit: hit[1])
                return key, text[start:end]
            if hits:
                end, start, key = min(hits, key=lambda hit: (hit[1], -hit[0]))
                return key, text[start:end]
        return "", ""

    def measures_in(self, topic: Topic, text: str) -> tuple[Measure, ...]:
        """The measures of a topic of which a sentence has words at all."""
        return tuple(measure for measure in self._measures[topic.key] if any_of(measure.words.needs, text))

    def measure(self, quantity: Quantity, measures: tuple[Measure, ...]) -> Named:
        """What a number's own words say of it: one row before those said in passing, of these the last."""
        around = quantity.subject + quantity.after if quantity.after.startswith(("至", "到")) else ""  # 结转1件至下年度
        for text in (quantity.subject, quantity.after, around) if measures else ():
            general: list[tuple[bool, int, Measure, str]] = []
            for measure in measures:
                for start, end in measure.words.all(text):
                    if measure.path not in _GENERAL:
                        return Named(measure, text[start:end])
                    general.append((measure.sure, end, measure, text[start:end]))
            if general:
                return Named(*max(general, key=lambda hit: hit[:2])[2:])
        return Named()

    def column(self, topic: Topic, words: str) -> Named:
        """Whose requests they are: 自然人, 商业企业."""
        for measure in APPLICANTS if topic.key == REQUESTS.key else ():
            if place := measure.words(words):
                return Named(measure, words[slice(*place)])
        return Named()

    def outcomes(self, words: str) -> Iterator[Named]:
        """All outcomes that words name: 予以公开及部分公开."""
        for measure in self._measures[REQUESTS.key]:
            if measure.path.removeprefix("requests.") in OUTCOMES and (place := measure.words(words)):
                yield Named(measure, words[slice(*place)])


@functools.lru_cache(maxsize=8)
def vocabulary(standard: Standard) -> Vocabulary:
    """The words of a standard, gathered once."""
    return Vocabulary(standard)


def _below(standard: Standard) -> Iterator[Node]:
    """The rows of the table of requests that stand below others: 属于国家秘密, 重复申请."""
    requests = standard.nodes.get("requests")
    for row in requests.rows() if requests else ():
        yield from (node for node in row.children.values() if node.row == node.path and node.key != "other")


def _label(node: Node) -> Words | None:
    names = sorted(
        {name for name in (bare(node.label), node.short) if name and len(name) < _LONGEST_LABEL}, key=len, reverse=True
    )
    return Words("|".join(names)) if names else None
