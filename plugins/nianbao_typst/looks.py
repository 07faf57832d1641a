"""A style as report.typ takes it: fonts that are there, points, millimetres."""

from __future__ import annotations

import math
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from nianbao.style import Role

if TYPE_CHECKING:
    from collections.abc import Callable

    from nianbao import Style

LINES = 22  # of GB/T 9704-2012, where a theme says no other number
LINED = ("heading1", "heading2", "heading3", "body")  # the roles whose lines have a number of characters
WIDTH, HEIGHT = 210, 297  # A4
MILLIMETRE = 72 / 25.4


def text_size(style: Style) -> tuple[float, float]:
    """Width and height of the text on a page, in points."""
    top, right, bottom, left = style.page.margins
    return (WIDTH - left - right) * MILLIMETRE, (HEIGHT - top - bottom) * MILLIMETRE


def look_of(style: Style, found: Callable[[tuple[str, ...]], list[str]]) -> dict[str, Any]:
    """The style as a mapping; ``found`` gives those of some fonts that are there."""
    width, height = text_size(style)
    roles = {field.name: getattr(style, field.name) for field in fields(style) if isinstance(getattr(style, field.name), Role)}
    return {
        "margins": list(style.page.margins),
        "number": max(min(style.page.number, style.page.margins[2] - style.page_number.points / MILLIMETRE), 0),
        "pitch": max(height / (style.body.lines or LINES), style.body.points),
        "roles": {
            name.replace("_", "-"): {
                "fonts": found(role.font),
                "size": role.points,
                "weight": "bold" if role.bold else "regular",
                "align": role.align,
                "indent": role.characters,
                "colour": role.colour,
                "rule": list(role.rule),
                "tracking": squeeze(role, width) if name in LINED else 0,
            }
            for name, role in roles.items()
        },
    }


def squeeze(role: Role, width: float) -> float:
    """Points between letters, never above 0, that give a line the nearest whole number of characters.

    GB/T 9704-2012 asks for 28 characters of 3号 in 156 mm, where 27.6 fit.
    """
    characters = max(round(width / role.points), 1)
    return min(math.floor((width - characters * role.points) / characters * 1000) / 1000, 0)
