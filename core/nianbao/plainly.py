"""Sentences that take no template to fill: names, 列举, and ``{% if 名称 is defined %}`` on one line.

Nearly all are such, and to compile a template costs a command more than to fill all of them. What these have to say, and in
which order names are asked for, is as Jinja2 has it; whatever it would read in another way is left to it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from jinja2.runtime import Undefined
from markupsafe import escape

from nianbao.sandbox import DEEPEST

AROUND = " \t\n-"  # what may stand around a name within its braces
_MARK = re.compile(r"\{\{([^{}|]*)(?:\|\s*(列举)[\s-]*)?\}\}|\{% if (\w+) is defined %\}|\{% (else|endif) %\}")
_GROUPS = _MARK.groups + 1


def taken_apart(text: str) -> list[str | None] | None:
    """A sentence as text, then what a mark says (name, filter, tested name, else or endif), text, …; None where it takes Jinja2."""
    pieces = _MARK.split(text)
    if "\r" in text or any("{" in piece or "}" in piece for piece in pieces[::_GROUPS]):
        return None
    if "{%" in text and not _is_simple(text, pieces):
        return None
    pieces[-1] = pieces[-1].removesuffix("\n")  # as Jinja2 does
    return pieces


def _is_simple(text: str, pieces: list[str | None]) -> bool:
    """Whether the conditions of a sentence close each other, with nothing beside them that Jinja2 would strip or know better."""
    if "\n" in text or text[:1].isspace():
        return False
    open_ones: list[str] = []
    for tested, word in zip(pieces[3::_GROUPS], pieces[4::_GROUPS], strict=True):
        if tested:
            open_ones.append("if")
            if tested.isascii() or not tested.isidentifier() or len(open_ones) > DEEPEST:
                return False
        elif word and (not open_ones or word == open_ones.pop() == "else"):
            return False
        elif word == "else":
            open_ones.append("else")
    return not open_ones


def told(pieces: list[str | None], find: Callable[[str], object], enumerate_: Callable[..., object]) -> Iterator[str]:
    """What a sentence says piece by piece, as HTML, its names found by ``find``."""
    tests = {name: not isinstance(find(name), Undefined) for name in dict.fromkeys(pieces[3::_GROUPS]) if name}
    shown = [True]
    for at in range(0, len(pieces), _GROUPS):
        if all(shown):
            yield escape(pieces[at])
        name, filtered, tested, word = pieces[at + 1 : at + _GROUPS] or [None] * (_GROUPS - 1)
        if tested:
            shown.append(tests[tested])
        elif word == "else":
            shown[-1] = not shown[-1]
        elif word:
            shown.pop()
        elif name is not None and all(shown):
            found = find(name.strip(AROUND))
            yield escape(enumerate_(found) if filtered else found)
