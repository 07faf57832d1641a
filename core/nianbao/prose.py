"""The prose of a report as plain text, with the spans in it that were filled from facts."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nianbao.report import Part

SHOWN = 48  # letters of a sentence that a message repeats
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
        begin = max((self.text.rfind(mark, 0, start) for mark in "。；;！？\n"), default=-1) + 1
        near = max((self.text.rfind(mark, begin, start) for mark in "，,（("), default=-1) + 1
        stop = re.compile(r"[，,。；;（）()、\n]|$").search(self.text, end)
        said = self.text[max(begin, near) : stop.start() if stop else end].strip()
        return said if len(said) <= SHOWN else f"…{said[-SHOWN:]}"


def passages(parts: Mapping[str, list[Part]]) -> Iterator[Passage]:
    """The parts of all sections in order, those that say nothing left out."""
    for section, told in parts.items():
        yield from (_passage(section, part) for part in told if part.html)


def _passage(section: str, part: Part) -> Passage:
    text, facts, last = "", {}, 0
    marked = str(part.html)
    for tag in _TAG.finditer(marked):
        text += html.unescape(marked[last : tag.start()])
        if tag["fact"] is not None:
            facts[len(text), len(text) + len(tag["value"])] = html.unescape(tag["fact"])
            text += tag["value"]
        last = tag.end()
    text += html.unescape(marked[last:])
    return Passage(section, part.path, part.title, text, part.place, facts)
