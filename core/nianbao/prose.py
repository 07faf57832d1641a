"""The prose of a report as plain text, with the spans in it that were filled from facts."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from nianbao.lean import dataclass

if TYPE_CHECKING:
    from nianbao.report import Part

_BEFORE_A_CLAUSE, _BEHIND_A_CLAUSE = frozenset("。；;！？\n，,（("), frozenset("，,。；;（）()、\n")
SHOWN = 48  # letters of a sentence that a message repeats
FAR = 200  # letters from a figure to the edge of its clause; farther nobody looks
_TAG = re.compile(r'<data value="[^"]*" data-fact="(?P<fact>[^"]*)">(?P<value>[^<]*)</data>|<[^>]*>')


@dataclass(frozen=True)
class Passage:
    """One part of a report: its ``text``, and of which figure (a path) each filled span in it is."""

    section: str
    path: str
    title: str
    text: str
    place: str = ""
    facts: Mapping[tuple[int, int], str] | None = None

    def shown(self, start: int, end: int) -> str:
        """The clause around a span, as a message repeats it."""
        return clause(self.text, start, end)


@dataclass(frozen=True)
class Counted:
    """An exact number in a text: where its digits stand, its ``unit``, and the ``words`` before it that say what it counts.

    ``paths`` are the figures whose sum it is said to be, ``sure`` where no other reading is likely. ``parts`` are where the
    digits of those numbers begin that are its parts, and add up to it. It is ``listed`` where it stands in a list of parts,
    or is the whole of one, though these may not add up.
    """

    start: int
    end: int
    unit: str
    words: str
    paths: tuple[str, ...] = ()
    sure: bool = False
    parts: tuple[int, ...] = ()
    listed: bool = False


def clause(text: str, start: int, end: int) -> str:
    """The clause around a span of a text, as a message repeats it."""
    first, last = max(0, start - FAR), min(len(text), end + FAR)
    begin = next((at for at in range(start, first, -1) if text[at - 1] in _BEFORE_A_CLAUSE), first)
    stop = next((at for at in range(end, last) if text[at] in _BEHIND_A_CLAUSE), last)
    said = text[begin:stop].strip()
    return said if len(said) <= SHOWN else f"…{said[-SHOWN:]}"


def patterns(written: Mapping[str, str], flags: int = 0) -> Callable[[str], re.Pattern[str]]:
    """Patterns by name, each compiled when a text first needs it: one check needs few, and a command would pay for all."""
    return functools.cache(lambda name: re.compile(written[name], flags))


def any_of(words: Iterable[str], text: str) -> bool:
    """Whether one of the words stands in a text."""
    for word in words:  # noqa: SIM110 (a generator for each of thousands of looks costs more than all else)
        if word in text:
            return True
    return False


_WIDE = tuple(zip("，：；（）", ",:;()", strict=True))


def folded(text: str) -> str:
    """A text in NFKC. Nearly always only the marks of Chinese text are not: with these put right most texts need no more."""
    for wide, narrow in _WIDE:
        text = text.replace(wide, narrow)
    return text if unicodedata.is_normalized("NFKC", text) else unicodedata.normalize("NFKC", text)


def cut(text: str, marks: str) -> list[str]:
    """A text cut at each of some marks, without a pattern: to compile one costs more than to cut all of a report."""
    for mark in marks[1:]:
        text = text.replace(mark, marks[0])
    return text.split(marks[0])


def passages(parts: Mapping[str, list[Part]]) -> Iterator[Passage]:
    """The parts of all sections in order, those that say nothing left out."""
    for section, told in parts.items():
        yield from (_passage(section, part) for part in told if part.html)


def _passage(section: str, part: Part) -> Passage:
    text, facts, last = "", {}, 0
    marked = str(part.html)
    for tag in _TAG.finditer(marked):
        text += _unescaped(marked[last : tag.start()])
        if tag["fact"] is not None:
            facts[len(text), len(text) + len(tag["value"])] = _unescaped(tag["fact"])
            text += tag["value"]
        last = tag.end()
    text += _unescaped(marked[last:])
    return Passage(section, part.path, part.title, text, part.place, facts)


def plain(html: str) -> str:
    """A filled sentence as plain text."""
    return _unescaped(_TAG.sub(lambda tag: tag["value"] or "", html))


def _unescaped(text: str) -> str:
    """What markupsafe has escaped, as it was; a table of all of HTML's names would cost more than the rest."""
    if "&" in text:
        for written, meant in (("&lt;", "<"), ("&gt;", ">"), ("&#34;", '"'), ("&#39;", "'"), ("&amp;", "&")):
            text = text.replace(written, meant)
    return text
