"""A data or settings file in the making: entries with comments, written as YAML that a clerk would have typed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from yaml import MappingNode, ScalarNode

from nianbao import NianbaoError
from nianbao.yamlfile import is_absent, number, parse

WIDEST = 110  # letters of a line of figures in braces
SHORT = 24  # letters
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x85\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]")

Value: TypeAlias = "int | Decimal | str | Sequence[str] | list[Entry] | None"


@dataclass
class Entry:
    """A key with its value: a number, a text, nothing, names (a tuple), or entries below. ``note`` stands beside or above it.

    ``open``: what is below stands on lines of its own, however short it is.
    """

    key: str
    value: Value
    note: str = ""
    open: bool = False


def lines(entries: Iterable[Entry], indent: str = "") -> Iterator[str]:
    """The entries as lines of YAML."""
    for entry in entries:
        yield from _lines(entry, indent)


def seen(text: str) -> str:
    """A text without the characters that YAML takes for its own, or that nobody sees."""
    return _UNSEEN.sub("", text.replace("\t", " ").replace("\r", ""))


def _lines(entry: Entry, indent: str) -> Iterator[str]:
    key, value, note = _key(entry.key), entry.value, " ".join(entry.note.split())
    beside = f"        # {note}" if note else ""
    if isinstance(value, str):
        if note:
            yield f"{indent}# {note}"
        yield from _text(key, value, indent)
    elif isinstance(value, tuple):
        yield f"{indent}{key}: [{', '.join(map(_key, value))}]{beside}"
    elif isinstance(value, list) and not value:
        yield f"{indent}{key}: {{}}{beside}"
    elif isinstance(value, list):
        flow = ", ".join(f"{_key(below.key)}: {below.value}" for below in value)
        if (
            not entry.open
            and all(isinstance(below.value, int | Decimal) and not below.note for below in value)
            and len(flow) < WIDEST
        ):
            yield f"{indent}{key}: {{{flow}}}{beside}"
        else:
            yield f"{indent}{key}:{beside}"
            yield from lines(value, indent + "  ")
    else:
        yield f"{indent}{key}:{'' if value is None else f' {value}'}{beside}"


def _text(key: str, text: str, indent: str) -> Iterator[str]:
    """A text beside its key where it is one paragraph, else below it."""
    paragraphs = [line.strip() for line in seen(text).split("\n") if line.strip()]
    if len(paragraphs) > 1 or len(paragraphs) == 1 and _looks_like_a_figure(paragraphs[0]):
        yield f"{indent}{key}: |"
        yield from (f"{indent}  {paragraph}" for paragraph in paragraphs)
        return
    written = paragraphs[0] if paragraphs else ""
    yield f"{indent}{key}: {written if _is_plain(written) else _quoted(written)}"


def _looks_like_a_figure(text: str) -> bool:
    """Whether a text that is meant may be one that a clerk would have put there for a number: 5件."""
    return bool(re.match(r"[\d约近.]", text)) and "。" not in text and len(text) < SHORT


def _key(name: str) -> str:
    if re.fullmatch(r"20\d\d", name):
        return name
    return name if _is_plain(name) and not re.search(r"[{}\[\],&*!|>：]", name) else _quoted(name)


def _is_plain(text: str) -> bool:
    """Whether a text needs no quotes to be read as it is."""
    if not text or " #" in text or ": " in text or re.match(r"[\s\u3000\xa0]", text):
        return False
    try:
        node = parse(f"k: {text}", "")
    except NianbaoError:
        return False
    value = node.value[0][1] if isinstance(node, MappingNode) and len(node.value) == 1 else None
    return (
        isinstance(value, ScalarNode)
        and value.value == text
        and not value.style
        and number(value) is None
        and not is_absent(value)
    )


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
