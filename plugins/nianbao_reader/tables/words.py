"""The words of a section's tables: how a label is found in running text, whole, broken or with its end missing."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from nianbao import Standard
from nianbao.tables import Grid, Line
from nianbao.tree import normal

SHORTEST = 6  # letters of a label's beginning that still name it
LEAST = 4  # letters of its end, where the beginning is lost
_NOISE = re.compile(r"[\W_]+")
_NUMBERED = re.compile(r"(\d)[.、](.*)")


def letters(text: str) -> str:
    """A text without spaces and punctuation, its numbering kept."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", text)).casefold()


@dataclass(frozen=True)
class Words:
    """``lines``: rows and columns by name, ``labels`` theirs by their letters. ``pattern`` finds a name in letters alone. ``known``: all that tables print besides figures.

    ``numbered`` finds the number of a label that is glued to the figures before it: ``00000002.其他…``; ``digits`` are the numbers
    of labels by name, ``rows`` those that have figures. ``in_line``: one of the tables has all its figures in one line.
    """

    lines: dict[str, tuple[Line, ...]]
    pattern: re.Pattern[str]
    known: str
    numbered: str
    digits: dict[str, str]
    rows: frozenset[Line]
    in_line: bool
    labels: dict[str, str]

    def strange(self, text: str, shortest: int) -> int:
        """How many letters of a text belong to no piece of what tables print."""
        if text in self.known:
            return 0
        count = at = 0
        while at < len(text):
            end = at + shortest
            if end <= len(text) and text[at:end] in self.known:
                while end < len(text) and text[at : end + 1] in self.known:
                    end += 1
                at = end
            else:
                count, at = count + 1, at + 1
        return count

    def ended(self, text: str) -> tuple[Line, ...]:
        """The one row whose label ends so, if that is most of it."""
        ends = {
            row for row in self.rows for name in (normal(row.branch.label),) if name.endswith(text) and len(text) * 2 > len(name)
        }
        return tuple(ends) if len(ends) == 1 and len(text) >= LEAST else ()


@functools.lru_cache(maxsize=16)
def words(standard: Standard, section: str) -> Words:
    """The words of the tables of a section."""
    lines: dict[str, list[Line]] = {}
    printed, digits, starts = [standard.sections[section].label], dict[str, str](), list[str]()
    for grid in standard.grids[section]:
        printed += [grid.table.title, grid.table.corner, grid.table.above]
        if grid.table.title:
            lines.setdefault(letters(grid.table.title), [])
        for line in (*grid.rows, *grid.columns):
            printed += [line.branch.label, f"单位{line.branch.unit or standard.sections[section].unit}"]
            for name in {normal(name) for name in (line.branch.label, *line.branch.aliases)}:
                lines.setdefault(name, []).append(line)
            if found := _NUMBERED.match(unicodedata.normalize("NFKC", line.branch.label)):
                digits[normal(line.branch.label)] = found[1]
                first, second, *_ = list(letters(found[2]))
                starts.append(rf"{found[1]}\s*[.、](?=\s*[“”\"‘’']?\s*{first}\s*[“”\"‘’']?\s*{second})")
    named = {name: tuple(found) for name, found in lines.items()}
    named |= dict(_beginnings(named))
    alternatives = "|".join(map(re.escape, sorted(named, key=len, reverse=True)))
    rows = frozenset(row for grid in standard.grids[section] for row in leaves(grid, columns=False))
    known = "\n".join(map(letters, printed))
    in_line = any(grid.table.shape == "line" for grid in standard.grids[section])
    labels = {letters(line.branch.label): line.branch.label for each in lines.values() for line in each}
    return Words(named, re.compile(alternatives), known, "|".join(starts) or r"(?!)", digits, rows, in_line, labels)


def _beginnings(named: dict[str, tuple[Line, ...]]) -> Iterator[tuple[str, tuple[Line, ...]]]:
    """What a label can be cut to, as long as it is the beginning of no other."""
    for name, found in named.items():
        for end in range(SHORTEST, len(name)):
            part = name[:end]
            if all(other is name or not other.startswith(part) or lines == found for other, lines in named.items()):
                yield part, found


def leaves(grid: Grid, *, columns: bool) -> list[Line]:
    """The rows or columns of a table that have cells of their own."""
    return [leaf for top in (grid.top_columns if columns else grid.top_rows) for leaf in top.leaves()]
