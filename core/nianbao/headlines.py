"""The lines of a title: whole words in each, none much longer than the others (GB/T 9704-2012: 词意完整，排列对称，长短适宜).

A theme that wants other lines breaks its title itself, with `<br>` in its `report.html`.
"""

from __future__ import annotations

import bisect
import itertools
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

# What no title is without: the year, the fixed words.
FIXED = re.compile(r"(\d{4}年度?|政府信息公开工作|政府信息公开|工作(?=年度|报告|情况)|年度报告|年报|报告|关于)")
# Within a name, what ends a word: the kinds of places and of bodies, unless they belong to a longer word (城市, 杭州市, 城乡, 市委).
NAME = re.compile(
    r"(?s)人民政府(?:办公[室厅])?|.+?(?:"
    r"人民政府(?:办公[室厅])?|街道办事处|街道(?!办)|办事处|办公[室厅]|委员会|管理局|中心|公司|自治[区州县旗]|"
    r"省|(?<!城)市(?!委)|(?<!城)(?:[州旗乡镇])(?![省县区州]|市(?![场政容民]))|[县区局厅师部](?!长)|"
    r"委(?![员托])|院(?![校士])|团(?![委结场体队支员])|[，。；：、？！）》〉”’〕】\s]+|(?=[（《〈“‘〔【(\[{]))|.+"
)
ATOM = re.compile(r"(?s)[A-Za-z0-9.]+|.")
TORN = 4.0  # what it costs to break within a word: as much as lines that differ by four characters
NOT_FIRST = frozenset("，。；：、？！）》〉”’〕】%％,.;:?!)]}")
NOT_LAST = frozenset("（《〈“‘〔【([{")
LONGEST = 300  # characters; nobody reads a longer one as a title


def width(text: str) -> float:
    """The width of a text in characters: a Latin letter or digit is half of one."""
    return sum(0 if unicodedata.combining(one) else 1.0 if unicodedata.east_asian_width(one) in "WFA" else 0.5 for one in text)


@lru_cache(64)
def headline(title: str, room: float) -> list[str]:
    """The lines of a title where `room` characters stand in one; a single line where it fits, or where it is no title at all."""
    if width(title) <= room or len(title) > LONGEST or room < 4:
        return [title]
    breaks = _breaks(title)
    whole = {at: cost for at, cost in breaks.items() if not cost}
    fewest = -int(-width(title) // room)
    for places, most in ((whole, fewest + 1), (breaks, len(breaks) + 1)):  # rather a line more than a word torn
        for count in range(fewest, most + 1):
            if lines := _balanced(title, places, room, width(title) / count, count):
                return lines
    return [title]


def title_words(title: str) -> list[str]:
    """The words of a title, none of which should be torn: a year, the name of a place or body, a fixed word; joined, the title."""
    if len(title) > LONGEST:
        return [title]
    ends = [0, *sorted(at for at, cost in _breaks(title).items() if not cost), len(title)]
    return [title[start:end] for start, end in itertools.pairwise(ends) if end > start]


def _breaks(title: str) -> dict[int, float]:
    """Each place where a line may end, and what a break there costs."""
    places: dict[int, float] = {}
    at = 0
    for word in _words(title):
        for atom in [word] if re.match(r"\d{4}年", word) else ATOM.findall(word):
            at += len(atom)
            places[at] = TORN**2
        places[at] = 0.0
    places.pop(len(title), None)
    return {at: cost for at, cost in places.items() if title[at] not in NOT_FIRST and title[at - 1] not in NOT_LAST}


def _words(title: str) -> Iterator[str]:
    for number, piece in enumerate(FIXED.split(title)):
        yield from [piece] if number % 2 else NAME.findall(piece)


def _balanced(title: str, breaks: dict[int, float], room: float, ideal: float, count: int) -> list[str]:
    """The title in that many lines, each within the room and as near the ideal width as its words let it be; [] if none fit."""
    upto = [0.0, *itertools.accumulate(map(width, title))]
    ends = sorted(breaks)
    best: dict[int, tuple[float, list[str]]] = {0: (0.0, [])}
    for left in range(count, 0, -1):
        further: dict[int, tuple[float, list[str]]] = {}
        for start, (cost, lines) in best.items():
            for end in ends[bisect.bisect_right(ends, start) :] if left > 1 else [len(title)]:
                wide = upto[end] - upto[start]
                if wide > room + 1:  # a space at its end may hang out
                    break
                line = title[start:end]
                dear = cost + (wide - ideal) ** 2 + breaks.get(end, 0.0)
                if width(line.strip()) <= room and (end not in further or dear < further[end][0]):
                    further[end] = dear, [*lines, line]
        best = further
    return best.get(len(title), (0.0, []))[1]
