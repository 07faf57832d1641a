"""The lines of a title: whole words in each, none much longer than the others (GB/T 9704-2012: 词意完整，排列对称，长短适宜).

A theme that wants other lines breaks its title itself, with `<br>` in its `report.html`.
"""

from __future__ import annotations

import bisect
import itertools
import re
import unicodedata
from functools import lru_cache

# Where a title may well be broken: after the name of a body, before and after the year, around the fixed words.
WORDS = re.compile(
    r"\d{4}年度?|政府信息公开工作|政府信息公开|年度报告|年报|工作|关于|"
    r".+?(?:人民政府办公室|人民政府|街道办事处|办事处|办公室|委员会|管理局|中心|自治[区州县旗]|[省市州县区旗镇乡局厅委院])|[A-Za-z0-9.]+|."
)
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
    for count in range(-int(-width(title) // room), len(breaks) + 2):
        if lines := _balanced(title, breaks, room, width(title) / count, count):
            return lines
    return [title]


def _breaks(title: str) -> dict[int, float]:
    """Each place where a line may end, and what a break there costs."""
    places: dict[int, float] = {}
    for word in WORDS.finditer(title):
        inside = () if re.fullmatch(r"[A-Za-z0-9.]+|\d{4}年度?", word[0]) else range(word.start() + 1, word.end())
        places |= dict.fromkeys(inside, TORN**2)
        places[word.end()] = 0.0 if len(word[0]) > 1 or title[word.end() : word.end() + 1].isdigit() else TORN**2
    places.pop(len(title), None)
    return {at: cost for at, cost in places.items() if title[at] not in NOT_FIRST and title[at - 1] not in NOT_LAST}


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
