"""What a theme's template may write as HTML: elements and attributes that lay text out, nothing that a browser would run.

Figures and sentences are escaped where they are printed, so that code could come from a template's own text only. That is read
once, when the template is loaded, not the page: docs/decisions/0015-template-markup.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from jinja2 import Environment, TemplateSyntaxError

ELEMENTS = frozenset(
    ("a", "abbr", "address", "article", "aside", "b", "bdi", "blockquote", "br", "caption", "cite", "code", "col", "colgroup", "data",
     "dd", "del", "details", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6",
     "header", "hgroup", "hr", "i", "img", "ins", "kbd", "li", "main", "mark", "nav", "ol", "p", "pre", "q", "rp", "rt", "ruby", "s",
     "samp", "section", "small", "span", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time",
     "tr", "u", "ul", "var", "wbr")
)  # fmt: skip
ATTRIBUTES = frozenset(
    ("abbr", "alt", "class", "colspan", "datetime", "dir", "headers", "height", "hidden", "href", "id", "lang", "open", "role",
     "rowspan", "scope", "span", "src", "start", "style", "tabindex", "title", "value", "width")
)  # fmt: skip
VALUE, BLOCK = "\ue000", "\ue001"  # what stands for {{ … }} and for {% … %}
_TAG = re.compile(rf'</?([a-z][a-z0-9]*)(?=[\s/>{BLOCK}])((?:[^<>"]|"[^"<>]*")*)>')
_ATTRIBUTE = re.compile(rf'([^\s="/{BLOCK}]+)(?:="([^"{BLOCK}]*)")?(?=[\s/{BLOCK}]|$)|[\s/{BLOCK}]+')
_ADDRESS = {
    "href": re.compile(r"(?:https?:|mailto:|[#./]).*", re.DOTALL),
    "src": re.compile(rf"(?:charts/|{VALUE}).*", re.DOTALL),
}
_SIZE = re.compile(rf"(?:min-|max-)?(?:width|height):\s*{VALUE}(?:%|em|mm|pt|px);?")


def refuse_code(environment: Environment, source: str) -> None:
    """Raise TemplateSyntaxError at the line of the first tag that is none of those that lay text out."""
    text, lines = _text(environment, source)
    at = text.find("<")
    while at >= 0:
        tag = _TAG.match(text, at)
        wrong = next(_wrong(tag), "") if tag else "<"
        if wrong:
            line = next(line + text.count("\n", start, at) for start, line in reversed(lines) if start <= at)
            shown = text[at : at + 40].partition("\n")[0].replace(VALUE, "{{ … }}").replace(BLOCK, "{% … %}")
            raise TemplateSyntaxError(f"“{wrong}” is not allowed in {shown}", line)
        at = text.find("<", at + 1)


def _wrong(tag: re.Match[str]) -> Iterator[str]:
    """What of a tag is not allowed."""
    if tag[1] not in ELEMENTS:
        yield tag[1]
    at = 0
    for found in _ATTRIBUTE.finditer(tag[2]):
        name, value = found[1], found[2] or ""
        if found.start() != at:
            break
        at = found.end()
        if name and name not in ATTRIBUTES and not re.fullmatch(r"(?:aria|data)-[a-z-]+", name):
            yield name
        elif name in _ADDRESS and not _ADDRESS[name].fullmatch(value):
            yield f"{name}={value}"
        elif name == "style" and (re.search(r"url|[\\@]", value, re.IGNORECASE) or VALUE in value and not _SIZE.fullmatch(value)):
            yield f"style={value}"
    if at != len(tag[2]):
        yield tag[2][at:].split()[0] if tag[2][at:].split() else "="


def _text(environment: Environment, source: str) -> tuple[str, list[tuple[int, int]]]:
    """A template's own text with one letter for each expression and each block; where each piece of it starts, in which line."""
    pieces, lines, size = [""], [(0, 1)], 0
    for line, kind, piece in environment.lex(source):
        shown = {"data": piece, "variable_begin": VALUE, "block_begin": BLOCK}.get(kind, "")
        if shown:
            lines.append((size, line))
            pieces.append(shown)
            size += len(shown)
    return "".join(pieces), lines
