"""Figures that a report tells in its sentences alone, and what a clerk would name them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from nianbao import Counted, Standard
from nianbao.tree import normal
from nianbao.workspace import WORDS, YEARS
from nianbao_reader.adopting.entries import Entry

# What stands before a name, and behind it, and is no part of it.
_BEFORE = re.compile(
    r"^(?:[、，,；;：:\s（(和及与以]+|20\d\d年度?|全年度?|本年度?|其中|分别(?:为|是)?|主要|包括|包含|共计|合计|累计|总计|共|通过|利用|依托|在|(?:全|我|本)[镇乡市县区局委街道]+)"
)
_BEHIND = re.compile(r"(?:共计|合计|累计|总计|总数|数量|分别|共|各|有|为|达到?|了|[：:，,\s])+$")
_BY_CHANNEL = re.compile(r"(.{2,}?)(?:主动)?(?:公开|发布|推送|更新|公示)(?:各类)?(?:政府|政务)?(?:信息|文章|消息)?")
_MADE = re.compile(
    r"(?:新增|主动)?(?:制作|发布|公开|印发|制定|编发|推送|更新|刊发|召开|举办|转发|公示|受理|收到|回复|答复)(?=.{3})"
)
_LONGEST = 10  # letters of the name of a figure that stands alone
_DISCLOSED = re.compile(r"(?:主动)?公开(?:各类|各种)?(?:政府|政务)?信息")
# Things of which a single number is worth a name of its own.
_COUNTABLE = re.compile(r"[\u4e00-\u9fff]{2,}(?:信息|文件|稿件|公报|解读|发布会|留言|来信|咨询|视频|动态|公告|文章|推文)")
_NAME = re.compile(r"[\u4e00-\u9fff\w（）()·、-]{2,16}")
DISCLOSED = "公开信息"


@dataclass
class Named:
    """A figure with its parts; with parts its value is their sum."""

    value: int | Decimal
    parts: dict[str, Named] = field(default_factory=dict)

    def entry(self, name: str) -> Entry:
        """The figure as it is typed."""
        return Entry(name, [part.entry(below) for below, part in self.parts.items()] if self.parts else self.value)


class Breakdowns:
    """The figures that are ``named`` beside the standard's, by section; ``off``: none is.

    ``placed`` are the paths of those numbers of a text that were named before it is read.
    """

    def __init__(self, standard: Standard, words: Mapping[str, str], *, off: bool = False) -> None:
        self.standard, self.off = standard, off
        self.named: dict[str, dict[str, Named]] = {}
        self.placed: dict[str, dict[int, str]] = {}
        self._taken = {name for node in standard.nodes.values() if node.has_figure for name in node.names}
        self._taken |= {normal(name) for key, names in WORDS.items() for name in (key, *names, *YEARS, *words)}

    def entries(self, section: str) -> list[Entry]:
        """What a section has of them."""
        return [named.entry(name) for name, named in self.named.get(section, {}).items()]

    def of(self, section: str, title: str, text: str, numbers: Mapping[int, Counted]) -> Iterator[tuple[int, str]]:
        """The paths of the numbers of a text under a heading that are such figures, by where they begin."""
        if self.off:
            return
        home = "proactive_disclosure" if section == "overview" and "proactive_disclosure" in self.standard.sections else section
        parts = {start for number in numbers.values() for start in number.parts}
        placed = self.placed.get(text, {})
        yield from placed.items()
        for number in numbers.values():
            if number.start in parts or number.paths or number.start in placed:
                continue
            if not number.parts and (path := self.called(title, unicodedata.normalize("NFKC", text[number.start : number.end]))):
                yield number.start, path
                continue
            found: dict[int, str] = {}
            named = self.read(number, text, numbers, f"{home}.", found)
            name = self.name_of(number)
            if named is None or not name or not (number.parts or not number.listed and self._is_clear(name)):
                continue
            known = self.named.setdefault(home, {})
            if named.parts and (above := self._leaf(home, name, named.value)):
                above[1].parts = named.parts  # 网站118条，其中…: told before as a part of something
                yield from ((start, path.replace(f"{home}.{name}", above[0], 1)) for start, path in found.items())
            elif known.get(name, named) == named or not named.parts and known[name].value == named.value:
                known.setdefault(name, named)
                yield from found.items()

    def alone(self, number: Counted, text: str) -> Named | None:
        """A number as a figure without parts; None where it is none of its own."""
        written = unicodedata.normalize("NFKC", text[number.start : number.end])
        return Named(int(written)) if written.isdecimal() and not number.paths else None

    def is_free(self, name: str) -> bool:
        """Whether a name can be that of a figure of one's own."""
        return bool(_NAME.fullmatch(name)) and normal(name) not in self._taken

    def called(self, title: str, value: str) -> str:
        """The path of the one figure that a heading names, if that is its value."""
        found = [path for home in self.named for path, name, named in self._all(home)
                 if normal(name) == normal(title) and str(named.value) == value]  # fmt: skip
        return found[0] if len(found) == 1 else ""

    def _leaf(self, home: str, name: str, value: int | Decimal) -> tuple[str, Named] | None:
        """The one figure below others that has a name and value, and no parts yet."""
        found = [(path, named) for path, known, named in self._all(home)
                 if known == name and named.value == value and not named.parts and path.count(".") > 1]  # fmt: skip
        return found[0] if len(found) == 1 else None

    def _all(self, home: str) -> Iterator[tuple[str, str, Named]]:
        """All figures of a section with their paths and names."""
        level = [(f"{home}.{name}", name, named) for name, named in self.named.get(home, {}).items()]
        while level:
            yield from level
            level = [(f"{path}.{name}", name, named) for path, _, above in level for name, named in above.parts.items()]

    def read(self, number: Counted, text: str, numbers: Mapping[int, Counted], above: str, found: dict[int, str]) -> Named | None:
        """A number and its parts; None where one of them has no clear name of its own, or is a figure of the standard."""
        name = self.name_of(number)
        written = unicodedata.normalize("NFKC", text[number.start : number.end])
        words = number.words
        begins = text.rfind(words, 0, number.start)
        if (
            not name
            or number.paths
            or not written.isdecimal()
            or begins > 0
            and text[begins - 1] in ")）"
            and words[:1].isalnum()
        ):
            return None  # words behind a bracket may be half a name
        named = Named(int(written))
        found[number.start] = path = f"{above}{name}"
        for start in number.parts:
            part = numbers.get(start)
            below = self.read(part, text, numbers, f"{path}.", found) if part else None
            own = self.name_of(part) if part else ""
            if below is None or own in named.parts:
                return None
            named.parts[own] = below
        return named

    def _is_clear(self, name: str) -> bool:
        """Whether a figure that stands alone would be known by a name the next year."""
        return (
            name == DISCLOSED or bool(_COUNTABLE.fullmatch(name)) and len(name) <= _LONGEST and not re.search("[及和与、]", name)
        )

    def name_of(self, number: Counted) -> str:
        """The words before a number as a name, '' where that is not clear."""
        words = number.words
        name = re.sub(r"[“”《》]", "", unicodedata.normalize("NFKC", words)).replace("(", "（").replace(")", "）").strip()
        before = ""
        while before != name:
            before, name = name, _BEHIND.sub("", _BEFORE.sub("", name))
        if _DISCLOSED.fullmatch(name):
            return DISCLOSED
        if channel := _BY_CHANNEL.fullmatch(name):
            name = channel[1]
        elif made := _MADE.match(name):
            name = name[made.end() :]
        name = f"{name}信息" if normal(name) in self._taken else name
        clear = _NAME.fullmatch(name) and len(re.findall(r"[\u4e00-\u9fff]", name)) > 1 and not name.startswith("（")
        return name if clear and normal(name) not in self._taken else ""
