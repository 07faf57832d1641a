"""The dates of a report: those that settings say, and those that its prose bears as a date line or a signature."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from datetime import date

from nianbao import NotAssessable, Report
from nianbao.lean import dataclass
from nianbao.prose import folded
from nianbao.tree import bare
from nianbao.workspace import blocks, is_time
from nianbao.yamlfile import entries, text

LINES = ("公布日期", "发布日期", "公开日期", "发布时间", "公布时间")
SIGNATURES = ("落款", "署名", "成文日期", "日期")
_BODIES = ("政府", "办公室", "办事处", "委员会", "局", "厅", "委")
_DIGITS = "〇一二三四五六七八九"


@dataclass(frozen=True)
class Dated:
    """A date: its ``day`` as ``2025-01-20`` ("" where there is no such day), as it is ``written``, where, and whose it is."""

    day: str
    written: str
    at: str
    place: str
    zh: str
    en: str
    signed: bool = False

    def later_than(self, other: Dated) -> bool:
        """Whether its day is later."""
        return self.day > other.day

    def differs_from(self, other: Dated) -> bool:
        """Whether the days differ, or the minutes where both are told."""
        least = min(len(self.written), len(other.written))
        timed = is_time(self.written) and is_time(other.written)
        return self.written[:least] != other.written[:least] if timed else self.day != other.day


def set_days(report: Report) -> Iterator[Dated]:
    """The day that the settings say, and the one that a format's own settings say for its page."""
    settings = report.edition.settings
    if settings.published:
        written = settings.published
        yield Dated(written[:10], written, "published", getattr(written, "place", ""), "公布日期", "the day of publication")
    for name, block in blocks(settings.formats).items():
        for key, value in entries(block):
            if key == "published" and is_time(written := text(value)):
                yield Dated(written[:10], written, f"formats.{name}", key.place, "网页的 PubDate", "the page's PubDate")


def told_days(report: Report) -> Iterator[Dated]:
    """The dates of parts that are a date line or a signature, and the date that stands alone at the end."""
    try:
        passages = report.passages
    except NotAssessable:
        return
    for passage in passages:
        title, last = bare(passage.title), passage.text.strip().rpartition("\n")[2]
        is_named = title in LINES or title in SIGNATURES
        if not is_named and passage is not passages[-1]:
            continue
        last = folded(last)
        for found in [*_pattern().finditer(last)][-1:] if any(mark in last for mark in "日-./") else ():
            name = title if is_named else _name_before(found)
            if name is not None:
                zh, en = (f"“{name}”的日期", f"the date of “{name}”") if name else ("文末的日期", "the date at the end")
                yield Dated(_day(found), found[0], passage.path, passage.place, zh, en, name not in LINES)


@functools.cache
def _pattern() -> re.Pattern[str]:
    numeral = "[〇○零一二三四五六七八九十]"
    return re.compile(
        rf"(\d{{4}}|{numeral}{{4}})\s*年\s*(\d{{1,2}}|{numeral}{{1,3}})\s*月\s*(\d{{1,2}}|{numeral}{{1,3}})\s*日"
        r"|(\d{4})([-./])(\d{1,2})\5(\d{1,2})(?!\d)"
    )


def _name_before(found: re.Match[str]) -> str | None:
    """What a date at the end is called on its line, "" where it stands alone or behind the name of a body; None in a sentence."""
    before, after = found.string[: found.start()].strip(" :"), found.string[found.end() :].strip()
    if after:
        return None
    return "" if not before or before.endswith(_BODIES) else before if before in (*LINES, *SIGNATURES) else None


def _day(found: re.Match[str]) -> str:
    year, month, day = (found[1], found[2], found[3]) if found[1] else (found[4], found[6], found[7])
    try:
        return date(_number(year), _number(month), _number(day)).isoformat()
    except ValueError:
        return ""


def _number(written: str) -> int:
    """A number of a date: digits, or Chinese numerals one by one (二〇二五) or with 十. Raises ValueError."""
    if written.isdecimal():
        return int(written)
    numerals = written.replace("○", "〇").replace("零", "〇")
    tens, ten, ones = numerals.rpartition("十")
    if not ten:
        return int("".join(str(_DIGITS.index(each)) for each in numerals))
    return 10 * _DIGITS.index(tens or "一") + (_DIGITS.index(ones) if ones else 0)
