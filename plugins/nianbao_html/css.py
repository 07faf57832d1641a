"""A theme's style compiled to CSS: its roles for screen and paper, around what is the same for every theme (page.css)."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nianbao.style import Role, Style

A4 = (210, 297)  # millimetres
LINES = 22  # where the theme says no other number, as GB/T 9704-2012 has it
ROLES = {
    "title": "h1", "heading1": "h2", "heading2": "h3", "heading3": "h4", "body": "p", "table": "table", "note": ".note p",
}  # fmt: skip


@functools.lru_cache(maxsize=16)
def css(style: Style) -> str:
    """The style sheet of one style."""
    return "\n".join([*_screen(style), _fixed(), *_paper(style)])


@functools.cache
def _fixed() -> str:
    return (Path(__file__).parent / "page.css").read_text(encoding="utf-8").strip()


def _screen(style: Style) -> list[str]:
    """Sizes in rem: whoever sets a larger type in the browser gets it; 12pt is the browser's own size."""
    rules = [f"body {{ {letters(style.body)} }}"]
    rules += [f"main {selector} {{ {_text(getattr(style, role))} }}" for role, selector in ROLES.items()]
    rules.append(f"main .run-in {{ {letters(style.heading2)} }}")
    rules.append(f"th, td {{ border: {rule(style.table)}; text-align: {style.table.align} }}")
    return rules


def _text(role: Role) -> str:
    return f"{letters(role)}; {aligned(role)}"


def aligned(role: Role) -> str:
    """Where lines begin. Justified lines are for paper: on a phone, and to many readers on any screen, the gaps are in the way."""
    return f"text-align: {role.align.replace('justify', 'left')}; text-indent: {role.characters:g}em"


def _paper(style: Style) -> list[str]:
    """The page: its lines, its characters a line, and ``— 1 —`` on the outer side (GB/T 9704-2012, as in the Word file)."""
    top, right, bottom, left = style.page.margins
    pitch = (A4[1] - top - bottom) / (style.body.lines or LINES)
    width = (A4[0] - left - right) * 72 / 25.4
    number = f"{letters(style.page_number, 'pt')}; line-height: 1; vertical-align: top"
    rules = [
        f"@page {{ size: {style.page.size}; margin: {top}mm {right}mm {bottom}mm {left}mm; }}",
        *(
            f'@page :{pages} {{ @bottom-{side} {{ content: "— " counter(page) " —"; {number};'
            f" padding: {style.page.number}mm 0 0; margin-{side}: 1em; }} }}"
            for pages, side in (("right", "right"), ("left", "left"))
        ),
    ]
    texts = {selector: getattr(style, name) for name, selector in ROLES.items() if name not in ("title", "table", "note")}
    lines = (
        f"main {selector} {{ letter-spacing: {squeeze(role, width):.4g}pt; text-align: {role.align}; }}"
        for selector, role in texts.items()
    )
    return [*rules, f"@media print {{\nmain {{ line-height: {pitch:.5g}mm; }}", *lines, "}"]


def squeeze(role: Role, width: float) -> float:
    """Points between letters, never above 0, that give a line of ``width`` points the nearest whole number of characters."""
    characters = round(width / role.points)
    return min((width - characters * role.points) / max(characters, 1), 0)


def letters(role: Role, unit: str = "rem") -> str:
    """Font, size, weight and colour. ``unit`` is rem for the page, pt where the text stands among others' or on paper."""
    fonts = ", ".join(f'"{font}"' for font in role.font)
    size = f"{role.points:g}pt" if unit == "pt" else f"{round(role.points / 12, 4):g}rem"
    weight = "bold" if role.bold else "normal"
    return f"font-family: {fonts}, serif; font-size: {size}; font-weight: {weight}; color: {role.colour}"


def rule(role: Role) -> str:
    """The lines of a table."""
    width, colour = role.rule
    return f"{width:g}pt solid {colour}" if width else "0"
