"""The prose of a report as plain text, with the spans in it that were filled from facts."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from nianbao.lean import dataclass

if TYPE_CHECKING:
    from nianbao.report import Part

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
