"""Small pieces of Markdown."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Sequence


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table, or nothing where there are no rows."""
    lines = [_line(row) for row in rows]
    return "\n".join([_line(head), _line(["---"] * len(head)), *lines, "", ""]) if lines else ""


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(' '.join(cell.split()).replace('|', chr(92) + '|') for cell in cells)} |"


def code(text: object) -> str:
    """A value as code; nothing for nothing."""
    return f"`{text}`" if str(text) else ""


def codes(texts: Iterable[str]) -> str:
    """Several of them."""
    return ", ".join(map(code, texts))


def plain(text: str) -> str:
    """A text whose signs mean nothing to Markdown."""
    return "".join(f"\\{letter}" if letter in r"\`*_{}[]<>#|" else letter for letter in text)


def doc(thing: object) -> str:
    """A docstring, its indent off."""
    return inspect.cleandoc(getattr(thing, "__doc__", None) or "")


def summary(thing: object) -> str:
    """The first sentence of a docstring."""
    return doc(thing).split("\n\n")[0].replace("\n", " ")
