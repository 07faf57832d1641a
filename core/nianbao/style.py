"""A theme's ``style:`` as values: few roles, few properties; each format compiles them for itself.

The page defaults to that of GB/T 9704-2012; everything else is the theme's to say.
"""

from __future__ import annotations

import re
from typing import Literal

from nianbao.errors import SettingError
from nianbao.lean import dataclass

# 字号 in points, as Word and WPS name them.
SIZES = {
    "初号": 42.0, "小初": 36.0, "1号": 26.0, "小1": 24.0, "2号": 22.0, "小2": 18.0, "3号": 16.0, "小3": 15.0,
    "4号": 14.0, "小4": 12.0, "5号": 10.5, "小5": 9.0, "6号": 7.5, "小6": 6.5, "7号": 5.5, "8号": 5.0,
}  # fmt: skip
_BORDER = re.compile(r"(\d(?:\.\d{1,2})?)pt(?: (#[0-9a-fA-F]{6}))?")
_DIGITS = str.maketrans("一二三四五六七八", "12345678")


def points(size: str) -> float | None:
    """A size in points: a 字号 (``3号``, ``小四``) or a number of points (``12pt``, ``12``); None where it is neither."""
    named = size.translate(_DIGITS)
    named = named.removesuffix("号") if named.startswith("小") else named
    if named in SIZES:
        return SIZES[named]
    written = re.fullmatch(r"(\d{1,3}(?:\.\d+)?)\s*(?:pt|磅)?", size)
    return float(written[1]) if written else None


@dataclass(frozen=True)
class Page:
    """Paper: ``margins`` in millimetres, top, right, bottom, left; ``number`` the millimetres from the text to the page number."""

    size: Literal["A4"] = "A4"
    margins: tuple[int, ...] = (37, 26, 35, 28)
    number: int = 7

    def __post_init__(self) -> None:
        """Raise SettingError where the margins leave no page."""
        fits = len(self.margins) == 4 and all(0 <= margin <= 90 for margin in self.margins)
        _refuse(
            not fits,
            "margins",
            str(list(self.margins)),
            "四个数：上、右、下、左，毫米",
            "four numbers: top, right, bottom, left in millimetres",
        )
        _refuse(not 0 <= self.number <= 30, "number", str(self.number), "0 至 30 毫米", "0 to 30 millimetres")


@dataclass(frozen=True)
class Role:
    """How one kind of text looks: ``font`` is the wanted face and its fall-backs, ``indent`` first-line characters.

    ``lines`` is lines a page (body); ``border`` the lines of a table: a width in points and a colour, or ``none``.
    """

    font: tuple[str, ...] = ("仿宋", "FangSong")
    size: str = "3号"
    bold: bool = False
    align: Literal["left", "center", "right", "justify"] = "justify"
    indent: str = "0字"
    lines: int = 0
    colour: str = "#000000"
    border: str = "0.5pt #000000"

    @property
    def rule(self) -> tuple[float, str]:
        """The lines of a table: their width in points, 0 for none, and their colour."""
        written = _BORDER.fullmatch(self.border)
        return (float(written[1]), written[2] or self.colour) if written else (0.0, self.colour)

    @property
    def points(self) -> float:
        """The size in points."""
        return points(self.size) or 16.0

    @property
    def characters(self) -> float:
        """The first-line indent in characters."""
        return float(self.indent.removesuffix("字"))

    def __post_init__(self) -> None:
        """Raise SettingError where a value could not be a font, size, indent, number of lines or colour."""
        for font in self.font or ("",):
            _refuse(
                not re.fullmatch(r"[\w \-]{1,40}", font),
                "font",
                font,
                "字体名：文字、数字、空格、_ 和 -",
                "letters, digits, spaces, _ and -",
            )
        for key, wrong, zh, en in (
            ("size", not 4 <= (points(self.size) or 0) <= 100, "字号如 3号、小四、12pt", "a size like 3号, 小四, 12pt"),
            ("indent", not re.fullmatch(r"\d(\.\d)?字?", self.indent), "缩进如 2字", "an indent like 2字"),
            ("lines", not 0 <= self.lines <= 60, "每页行数 0 至 60", "0 to 60 lines a page"),
            (
                "border",
                self.border != "none" and not _BORDER.fullmatch(self.border),
                "边框如 0.5pt、'1pt #333333'、none",
                "a border like 0.5pt, '1pt #333333', none",
            ),
            ("colour", not re.fullmatch(r"#[0-9a-fA-F]{6}", self.colour), "颜色如 '#c00000'", "a colour like '#c00000'"),
        ):
            _refuse(wrong, key, getattr(self, key), zh, en)


def _refuse(wrong: bool, key: str, value: object, zh: str, en: str) -> None:
    if wrong:
        place = getattr(value, "place", "")
        raise SettingError(f"{key} 不能是“{value}”", f"“{value}” is no {key}", place=place, mend=(f"写{zh}。", f"Write {en}."))


@dataclass(frozen=True)
class Style:
    """The roles of a report's text."""

    page: Page = Page()
    title: Role = Role()
    heading1: Role = Role()
    heading2: Role = Role()
    heading3: Role = Role()
    body: Role = Role()
    table: Role = Role()
    note: Role = Role()
    page_number: Role = Role()
