"""A chart as a Vega-Lite specification: what is told by colour is written beside each bar too."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nianbao import Chart

WIDTH = 480
LETTERS = 13  # px: on a page of 156 mm some 11 pt
BAR, NARROW, MANY = 22, 17, 10  # px from one bar to the next, up to so many categories and above
LINE, LINES = 10, 3  # letters a line and lines of a category's name
CENTRED = f"-{(LETTERS + 2) / 2} * (length(split(datum.label, '\\n')) - 1)"  # Vega puts a name's first line in the middle
STAND_INS = ("SimSun", "Songti SC", "Noto Serif CJK SC", "Noto Sans CJK SC")
BEFORE, NOW, INK = "#868e99", "#17365d", "#1a1a1a"  # on white 3.3, 12 and 17 to 1; one beside the other 3.6 to 1


def spec(chart: Chart, fonts: tuple[str, ...]) -> dict[str, Any]:
    """The specification of a chart, in these fonts."""
    rows = list(_rows(chart))
    lines = max(len(row["category"].split("\n")) for row in rows)
    step = max(BAR if len(chart.categories) <= MANY else NARROW, -(-lines * (LETTERS + 4) // len(chart.series)))
    numbers = [row["value"] for row in rows]
    end = max(*numbers, 0) * _room_for([row["told"] for row in rows]) or 1
    across = {"field": "value", "type": "quantitative", "axis": None, "scale": {"domain": [min(*numbers, 0), end], "nice": False}}
    names = [f"{at} {year.name}" for at, year in enumerate(chart.series)]
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": WIDTH,
        "height": {"step": step, "for": "position"} if len(names) == 1 else {"step": step},
        "autosize": {"type": "fit-x", "contains": "padding"},
        "padding": 4,
        "background": "white",
        "data": {"values": rows},
        "encoding": {
            "y": {
                "field": "category", "type": "nominal", "sort": None, "title": None,
                "scale": {"paddingInner": 0.28, "paddingOuter": 0.14},
                "axis": {"labelExpr": "split(slice(datum.label, 5), '\\n')", "labelLimit": 0, "ticks": False, "labelPadding": 6,
                         "domainColor": INK, "labelLineHeight": LETTERS + 2},
            },
            "yOffset": {"field": "year", "type": "nominal", "sort": names, "scale": {"paddingInner": 0.1}},
        },
        "layer": [
            {
                "mark": {"type": "bar"},
                "encoding": {
                    "x": across,
                    "color": {"field": "year", "type": "nominal", "legend": None,
                              "scale": {"domain": names, "range": [BEFORE, NOW][-len(names) :]}},
                },
            },
            {
                "mark": {"type": "text", "align": "left", "dx": 4, "limit": 0},
                "encoding": {"x": {**across, "field": "end"}, "text": {"field": "told", "type": "nominal"}},
            },
        ],
        "config": {
            "aria": False, "font": family(fonts), "view": {"stroke": None}, "customFormatTypes": False,
            "axis": {"labelFontSize": LETTERS, "labelColor": INK}, "text": {"fontSize": LETTERS, "fill": INK},
        },
    }  # fmt: skip


def family(fonts: tuple[str, ...]) -> str:
    """A theme's fonts as CSS names them, and what stands in on Windows, macOS and Debian.

    Core lets neither quotes nor backslashes into a font's name.
    """
    return ", ".join([*(f"'{font}'" for font in dict.fromkeys((*fonts, *STAND_INS))), "serif"])


def plain(text: str) -> str:
    """A text as it can be drawn: nothing that steers (control, direction, zero width), every space a plain one."""
    kinds = ((letter, unicodedata.category(letter)) for letter in text)
    return "".join(" " if kind.startswith("Z") else letter for letter, kind in kinds if kind not in ("Cc", "Cf", "Cs"))


def _rows(chart: Chart) -> Iterator[dict[str, Any]]:
    """A bar a row. Vega-Lite tells categories apart by their text, so each has its number before it; `labelExpr` cuts it off."""
    several = len(chart.series) > 1
    for at, name in enumerate(chart.categories):
        for order, year in enumerate(chart.series):
            value = year.values[at]
            told = "—" if value is None else format(Decimal(value), "f")
            number = float(value or 0)
            yield {
                "category": f"{at:04d} {_wrapped(plain(name))}", "year": f"{order} {year.name}", "value": number,
                "end": max(number, 0.0), "told": f"{year.name} {told}" if several else told,
            }  # fmt: skip


def _wrapped(name: str) -> str:
    lines = [name[start : start + LINE] for start in range(0, len(name), LINE)] or [""]
    return "\n".join([*lines[: LINES - 1], f"{lines[LINES - 1][:-1]}…"] if len(lines) > LINES else lines)


def _room_for(told: list[str]) -> float:
    """How much longer than the longest bar the axis must be, for the number behind it."""
    widest = max(sum(LETTERS if unicodedata.east_asian_width(c) in "WF" else LETTERS * 0.62 for c in text) for text in told)
    bars = WIDTH - (LINE + 1) * LETTERS
    return bars / max(bars - widest - 12, bars / 4)
