"""Words to look for in a text. What needs a pattern compiles it when a text first has one of its words: most never need it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nianbao.prose import any_of

Span = tuple[int, int]


class Words:
    """Words that say one thing: ``找|寻`` as they are, or a pattern, with the words of which it needs one.

    ``Words("办结|办复")`` looks for either; ``Words("办(?:结|复)", "办")`` is a pattern that can only fit where 办 is.
    """

    __slots__ = ("_compiled", "is_pattern", "needs", "pattern")

    def __init__(self, pattern: str, *needs: str) -> None:
        self.pattern, self.needs, self.is_pattern = pattern, needs or tuple(pattern.split("|")), bool(needs)
        self._compiled: re.Pattern[str] | None = None

    def __call__(self, text: str, start: int = 0) -> Span | None:
        """The first place in a text, from ``start`` on, where they stand."""
        if self.is_pattern:
            found = self.compiled.search(text, start) if any_of(self.needs, text) else None
            return found.span() if found else None
        first, length = -1, 0
        for word in self.needs:
            at = text.find(word, start)
            if at >= 0 and (first < 0 or at < first or at == first and len(word) > length):
                first, length = at, len(word)
        return (first, first + length) if first >= 0 else None

    def all(self, text: str) -> Iterator[Span]:
        """Every place where they stand."""
        place = self(text)
        while place is not None:
            yield place
            place = self(text, max(place[1], place[0] + 1))

    @property
    def compiled(self) -> re.Pattern[str]:
        """Their pattern, compiled once."""
        if self._compiled is None:
            self._compiled = re.compile(self.pattern)
        return self._compiled
