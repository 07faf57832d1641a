"""Part five taken apart: the problems that a text names, and the measures that it tells."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from nianbao.lean import dataclass
from nianbao.prose import cut

PROBLEM, MEASURE = "problem", "measure"
_DIGITS = "零一二三四五六七八九"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩"
_COMMAS = "，,、：:"
_ENDS_OF_HEADINGS = tuple("开在临要年度步的题难足处及和与其进改况施作算划：:")  # the last letters of the words of "heading"


@dataclass(frozen=True)
class Told:
    """What a text tells: each problem and each measure without its number. ``listed``: it numbers both itself (一是…二是…)."""

    problems: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    listed: bool = False


@functools.lru_cache(maxsize=64)
def told(text: str) -> Told:
    """Take a text apart. What follows 下一步, 针对… and the like is a measure; what it names before, a problem."""
    chunks: dict[str, list[tuple[int, str]]] = {PROBLEM: [], MEASURE: []}
    kind = PROBLEM
    for line in text.splitlines():
        if headed := _headed(line):
            kind = headed
            continue
        for number, piece in _numbered(line):
            kind = _list_of(number, kind, chunks)
            for kind, chunk in _turned(piece, kind):  # noqa: B020
                chunks[kind].append((number, chunk))
                number = 0  # noqa: PLW2901  the number is that of the first
    problems = [one for chunk in _kept(chunks[PROBLEM]) for one in _problems(*chunk)]
    measures = [one for chunk in _kept(chunks[MEASURE]) for one in _measures(*chunk)]
    listed = all(any(number for number, _ in chunks[kind]) for kind in chunks)
    return Told(tuple(problems), tuple(measures), listed)


@functools.cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile({
        "heading": r"\W*[一二三四五六七八九十\d]*\W*(?:政府信息公开|存在|面临|主要|上一?年度?|本年度?|下一?年度?|下一步|的|问题|困难|不足|之处|及|和|与|其|改进|整改|情况|措施|工作|打算|计划|[：:])+",
        "number": r"(?<![唯之统第同均])([一二三四五六七八九十])(?:是|要(?!求|素|件|点|闻))|[（(]([一二三四五六七八九十]|\d{1,2})[）)]"
                  rf"|(?:(?<=[。；;：:，,\s])|^)(\d{{1,2}})[.．、](?!\d)|([{_CIRCLED}])|第([一二三四五六七八九十])(?=[，,、：:])[，,、：:]",
        "turn": r"针对|下一步|下一?年|下阶段|今后|为此|对此|根据(?:上述|以上)|(?:改进|整改)(?:措施|情况)|着力|采取|"
                r"已(?:经|全部|基本|完成|整改|解决|得到|建立|制定|开展)|得到(?:解决|改进|改善)|将(?!近)",
        "this year": r"(?:本年度?|今年|\d{4}年度?)(?![^，。；]*(?:问题|不足|存在))",
        "back": r"[^，。]*(?:(?:问题|不足|差距)(?:之处)?(?:主要)?(?:是|有|为|在于|包括|表现|：|:)|[还仍也](?:是)?存在)",
        "named": r"针对(?!上述|以上|这些|该|此|存在)(.{4,}?)(?:等|这|[两一二三四五六]个?)*(?:方面)?的?问题",
        "lead": r".*?(?:问题|不足|差距)(?:之处)?(?:主要)?(?:还)?(?:是|有|为|在于|包括|(?:表现|体现)(?:在|为)?)[：:，]?|.*?(?:存在|主要(?:表现|体现)在)[：:]?(?=.*(?:问题|不足|差距)$)",
        "tail": r"(?:(?:等|这|[两一二三四五六]个?)*(?:方面)?的?问题|(?:等|这|[两一二三四五六]个?)+(?:方面)?的?(?:不足|差距))(?:.{0,2}(?:突出|明显|存在))?$",
        "lacks": r"[不未缺弱欠少差待难浅慢薄低窄偏]|[还仍]?需|滞后|单一|无[法从人]|过[于多简快高低长]|生疏|没有|为主|短板|单调|陈旧",
        "count": r"([两一二三四五六])个(?:方面)?的?(?:问题|不足)",
    }[name])  # fmt: skip


def _headed(line: str) -> str:
    """Of which list a line is the heading, if it is one; a heading of both names neither, and problems come first."""
    if not line.strip().endswith(_ENDS_OF_HEADINGS) or not _pattern("heading").fullmatch(line.strip()):
        return ""
    of_problems = any(word in line for word in ("问题", "不足", "困难"))
    return PROBLEM if of_problems else MEASURE


def _numbered(line: str) -> Iterator[tuple[int, str]]:
    """The pieces of a line, each with its number in the line's own numbering, 0 before the first."""
    number, start = 0, 0
    for mark in _pattern("number").finditer(line):
        yield number, line[start : mark.start()]
        number, start = _value(next(filter(None, mark.groups()))), mark.end()
    yield number, line[start:]


def _value(mark: str) -> int:
    if mark.isdecimal():
        return int(mark)
    return _CIRCLED.find(mark) + 1 or (10 if mark == "十" else _DIGITS.find(mark))


def _list_of(number: int, kind: str, chunks: dict[str, list[tuple[int, str]]]) -> str:
    """The list that a number goes on with: 二是 after 一是A。针对A… is a second problem."""
    other = MEASURE if kind == PROBLEM else PROBLEM
    last = {one: next((known for known, _ in reversed(chunks[one]) if known), 0) for one in chunks}
    return other if number > 1 and last[kind] != number - 1 and last[other] == number - 1 else kind


def _turned(piece: str, kind: str) -> Iterator[tuple[str, str]]:
    """A piece cut where it turns from problems to measures, or back."""
    while piece:
        at = _turn(piece, kind)
        if at is None:
            yield kind, piece
            return
        if at:
            yield kind, piece[:at]
        if kind == PROBLEM and (named := _pattern("named").match(piece, at)):
            yield PROBLEM, named[1]
        kind = MEASURE if kind == PROBLEM else PROBLEM
        piece = piece[at:]


def _turn(piece: str, kind: str) -> int | None:
    """Where a piece turns: at the beginning of the clause (of the sentence, back to problems) that says so."""
    ends = "。！？；;" if kind == MEASURE else "。！？；;，,"
    starts = [0, *(at + 1 for at, letter in enumerate(piece) if letter in ends)]
    for at, end in zip(starts, [*starts[1:], len(piece)], strict=True):
        clause = piece[at:end]
        if kind == MEASURE:
            turns = at > 0 and _pattern("back").match(clause)
        else:
            turns = _pattern("turn").search(clause) or (at > 0 and _pattern("this year").match(clause))
        if turns:
            return at
    return None


def _kept(chunks: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """What is numbered, where anything is: the rest only leads to it."""
    return [chunk for chunk in chunks if chunk[0]] or chunks


def _problems(number: int, chunk: str) -> Iterator[str]:
    if number:
        yield from filter(None, [_plain(chunk)])
        return
    sentences = [one for one in cut(chunk, "。；;！？") if one.strip()]
    for sentence in sentences:
        if _pattern("lacks").search(sentence) or _pattern("count").search(sentence) or _pattern("lead").match(sentence):
            yield from filter(None, map(_plain, _items(sentence)))


def _items(sentence: str) -> list[str]:
    """A、B两个问题: the members of a list that each say what is lacking."""
    listed = _pattern("lead").sub("", sentence, count=1)
    members = re.split("((?:[、，,]|以及))", _pattern("tail").sub("", listed))
    count = _pattern("count").search(sentence)
    if count and len(members[::2]) == ("一两三四五六".find(count[1]) + 1 or 2):
        return members[::2]
    items = [""]
    for member, comma in zip(members[::2], [*members[1::2], ""], strict=True):
        items[-1] += member
        if comma and _pattern("lacks").search(items[-1]):
            items.append("")
        else:
            items[-1] += comma
    if len(items) > 1 and not _pattern("lacks").search(items[-1]):
        last = items.pop()
        items[-1] += f"，{last}"
    return items


def _measures(number: int, chunk: str) -> Iterator[str]:
    pieces = [chunk] if number else re.split("[。；;！？]|[，,](?:并|同时)", chunk)
    yield from filter(None, map(_plain, pieces))


def _plain(text: str) -> str:
    return text.strip(f"{_COMMAS}。；;！？ \u3000")
