"""Where the lines of a title end: after whole words, each line about as long as the others (GB/T 9704-2012: 词意完整)."""

from __future__ import annotations

import re
from itertools import combinations, pairwise

from nianbao_typst.text import Content

_WORDS = re.compile(
    r"\d{4}年度?|政府信息公开|工作|年度报告|报告|人民政府|办公室|委员会|[\x21-\x7e]+|[\u3400-\u9fff]{1,12}?(?:省|市|区|县|州|旗|乡|镇|街道|局|厅)|."
)
MOST = 6  # lines


def lined(content: Content, width: float, size: float) -> Content:
    """A title with its lines broken; ``width`` of the page and ``size`` of its letters are in points.

    A title with a line break of its own, or with marks in it, stays as it is.
    """
    text = content[0] if len(content) == 1 else ""
    if not isinstance(text, str) or not text or "\n" in text:
        return content
    room = width / size * 0.98
    if _em(text) <= room:
        return content
    words = _WORDS.findall(text)
    for count in range(2, min(MOST, len(words)) + 1):
        places = list(combinations(range(1, len(words)), count - 1)) if len(words) <= 30 else []
        splits = [["".join(words[a:b]) for a, b in pairwise((0, *cut, len(words)))] for cut in places]
        fitting = [lines for lines in splits if max(map(_em, lines)) <= room]
        if fitting:
            return ["\n".join(min(fitting, key=lambda lines: max(map(_em, lines)) - min(map(_em, lines))))]
    return content


def _em(text: str) -> float:
    return sum(0.56 if letter < "\u1100" else 1 for letter in text)
