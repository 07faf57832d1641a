"""A theme's style compiled to CSS, for screen, phone and paper (page and lines by GB/T 9704-2012 where the theme says so)."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nianbao.style import Role, Style

_SELECTORS = {
    "title": "h1", "heading1": "h2", "heading2": "h3", "heading3": "h4", "body": "body", "table": "table",
}  # fmt: skip
_LAYOUT = """
* { box-sizing: border-box; }
body { margin: 0; line-height: 1.75; background: #f2f2f0; }
main { max-width: 54rem; margin: 1.5rem auto; padding: 3rem 3.5rem; background: #fff; }
h1 { line-height: 1.4; margin: 0 0 1.5em; text-wrap: balance; }
h2, h3 { margin: 1em 0 .4em; break-after: avoid; }
p { margin: 0; text-indent: 2em; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; margin: .8em 0 1.2em; line-height: 1.3; font-variant-numeric: tabular-nums; }
caption, table.numbers { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
figure.chart { position: relative; overflow: hidden; margin: 1em 0; break-inside: avoid; }
figure.chart svg { display: block; width: 100%; max-width: 40rem; margin: 0 auto; }
figcaption { text-align: center; font-size: .85em; }
th, td { border: 1px solid #333; padding: .3em .35em; text-align: center; vertical-align: middle; font-weight: normal; }
table.grid th[scope=row] { text-align: left; }
table.line { table-layout: fixed; }
mark { background: #ffe08a; color: #000; padding: 0 .2em; }
body.draft::before { content: "草稿"; position: fixed; inset: 0; display: grid; place-items: center; pointer-events: none;
  font: bold 9rem/1 sans-serif; color: #c00000; opacity: .12; transform: rotate(-30deg); z-index: 1; }
@media screen and (max-width: 48rem) {
  main { margin: 0; padding: 1.25rem 1rem; }
  body { font-size: 1.05rem; }
  h1 { font-size: 1.4rem; }
  h2, h3, .run-in { font-size: 1.1rem; }
  .wide { overflow-x: auto; }
  .wide > table { min-width: 34rem; }
}
@media print {
  body { background: none; }
  main { max-width: none; margin: 0; padding: 0; }
  tr { break-inside: avoid; }
  figure.chart svg { max-height: 190mm; }
  thead { display: table-header-group; }
}
"""


@functools.lru_cache(maxsize=16)
def css(style: Style) -> str:
    """A style sheet for one style."""
    top, right, bottom, left = style.page.margins
    rules = [_rule(selector, getattr(style, role)) for role, selector in _SELECTORS.items()]
    rules.append(f".run-in {{ {_letters(style.heading2)} }}")
    page = f"@page {{ size: {style.page.size}; margin: {top}mm {right}mm {bottom}mm {left}mm; }}"
    return "\n".join([*rules, _LAYOUT.strip(), page])


def _rule(selector: str, role: Role) -> str:
    lines = [_letters(role)]
    if selector in ("h1", "table"):
        lines.append(f"text-align: {role.align}")
    if selector in ("h2", "h3", "h4"):
        lines.append(f"text-indent: {role.characters:g}em")
    return f"{selector} {{ {'; '.join(lines)} }}"


def _letters(role: Role) -> str:
    fonts = ", ".join(f'"{font}"' for font in role.font)
    weight = "bold" if role.bold else "normal"
    return f"font: {weight} {role.points:g}pt {fonts}, serif; color: {role.colour}"
