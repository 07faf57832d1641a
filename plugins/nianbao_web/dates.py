"""Dates as portals write them: one date, or the reason why there is none. Nothing is guessed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, timezone

BEIJING = timezone(timedelta(hours=8))
_YEAR = r"(?<!\d)((?:19|20)\d{2})"
_WRITTEN = re.compile(rf"{_YEAR}\s*[-/._年]\s*(\d{{1,2}})\s*[-/._月]\s*(\d{{1,2}})(?!\d)")
_BARE = re.compile(rf"{_YEAR}(\d{{2}})(\d{{2}})(?:\d{{6}})?(?!\d)")
_SHORT = re.compile(r"(?<![\d./-])(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?![\d./:-])")
_CHINESE = re.compile(r"([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日")
_EPOCH = re.compile(r"(1[0-8]\d{8})(?:\d{3})?")  # 2001 to 2030: 2024030509 is no such number
_IN_PATH = re.compile(rf"{_YEAR}[/_-]?(\d{{2}})[/_-]?(\d{{2}})(?!\d)|{_YEAR}[/_-](\d{{1,2}})[/_-](\d{{1,2}})(?!\d)")
_YEAR_IN_PATH = re.compile(r"(?<=/)((?:19|20)\d{2})(?=[-_]?(?:0[1-9]|1[0-2])?/)")
_DIGITS = {digit: number for number, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0}


class Undated(ValueError):
    """Why there is no one date: ``zh`` and ``en``."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(zh, en)
        self.zh, self.en = zh, en


def in_text(text: str, link: str) -> date:
    """The date that a text gives, in Beijing time; ``[03-05]`` takes its year from the item's link. Raises Undated."""
    text = unicodedata.normalize("NFKC", text).strip()
    if moment := _moment(text):
        return moment.astimezone(BEIJING).date()
    found = [(int(year), int(month), int(day)) for year, month, day in _WRITTEN.findall(text) + _BARE.findall(text)]
    found += [(_number(year), _number(month), _number(day)) for year, month, day in _CHINESE.findall(text)]
    if not found and (short := _SHORT.findall(text)):
        return _with_year_of(link, [(int(month), int(day)) for month, day in short])
    return _only(found, text)


def is_dated(text: str) -> bool:
    """Whether a text seems to give a date."""
    text = unicodedata.normalize("NFKC", text)
    return any(pattern.search(text) for pattern in (_WRITTEN, _BARE, _SHORT, _CHINESE))


def in_url(link: str) -> date:
    """The date in a URL: ``t20240305_1.html``, ``/2024/3/5/``, ``/2024/0305/``. Raises Undated."""
    return _only([_numbers(groups) for groups in _IN_PATH.findall(_path(link))], link)


def _path(link: str) -> str:
    host_and_path = link.partition("://")[2]
    return host_and_path[host_and_path.find("/") :]


def _moment(text: str) -> datetime | None:
    """A moment that machines write: ISO 8601 with a zone, or seconds or milliseconds since 1970."""
    if found := _EPOCH.fullmatch(text):
        return datetime.fromtimestamp(int(found[1]), UTC)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def _numbers(groups: Iterable[str]) -> tuple[int, int, int]:
    year, month, day = (int(group) for group in groups if group)
    return year, month, day


def _number(written: str) -> int:
    """``二〇二四``, ``十二``, ``二十五``."""
    tens, ten, ones = written.rpartition("十")
    if ten:
        return 10 * (_DIGITS[tens] if tens else 1) + (_DIGITS[ones] if ones else 0)
    return int("".join(str(_DIGITS[digit]) for digit in written))


def _with_year_of(link: str, found: list[tuple[int, int]]) -> date:
    path = _path(link)
    years = {int(year) for year in _YEAR_IN_PATH.findall(path)} | {_numbers(groups)[0] for groups in _IN_PATH.findall(path)}
    if len(years) != 1:
        month, day = found[0]
        raise Undated(
            f"“{month:02}-{day:02}”没有年份，网址里也看不出", f"“{month:02}-{day:02}” has no year, and neither has the URL"
        )
    [year] = years
    shown = _only([(year, month, day) for month, day in found], link)
    try:
        written = in_url(link)
    except Undated:
        return shown
    if abs(shown - written) > timedelta(days=180):
        raise Undated(
            f"列表写 {shown:%m-%d}，网址写 {written}，相差半年以上",
            f"the list says {shown:%m-%d}, the URL {written}: over half a year apart",
        )
    return shown


def _only(found: list[tuple[int, int, int]], where: str) -> date:
    possible = {moment for candidate in found if (moment := _possible(*candidate))}
    if len(possible) == 1:
        return possible.pop()
    if possible:
        told = "、".join(str(moment) for moment in sorted(possible))
        raise Undated(f"日期不止一个：{told}", f"more than one date: {told}")
    if found:
        year, month, day = found[0]
        raise Undated(f"没有 {year}-{month:02}-{day:02} 这一天", f"there is no day {year}-{month:02}-{day:02}")
    raise Undated(f"“{where:.40}”里没有日期", f"there is no date in “{where:.40}”")


def _possible(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
