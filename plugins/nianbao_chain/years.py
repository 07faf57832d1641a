"""A year's record as it is compared: looked through, for it may have been changed by hand."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from nianbao import NianbaoError, Standard
from nianbao.errors import SourceError
from nianbao.kept import Kept
from nianbao.plugins import standard
from nianbao.workspace import Edition

_Key = TypeVar("_Key", bound=Hashable)
_LARGEST, _FINEST = 10**18, -18  # a figure beyond these is no count and no sum of money
# What would steer a terminal, or turn the direction of what stands around it; half a letter, which no file can hold.
_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


@dataclass(frozen=True)
class Year:
    """One of the two: where its record is from (``origin``, ``file``), the standard that it follows, figures and parts by path."""

    year: int
    origin: str
    file: str
    standard: Standard
    figures: Mapping[str, tuple[int | Decimal, str, tuple[str, ...]]]  # value, label, what it is the sum of
    parts: Mapping[str, tuple[str, str]]  # title, text; a part that stands several times is one


def sections(before: Year, after: Year) -> dict[str, int]:
    """The sections of both in order, the later year's first."""
    return {key: at for at, key in enumerate(dict.fromkeys((*after.standard.sections, *before.standard.sections)))}


def merged(first: Iterable[_Key], second: Sequence[_Key]) -> list[_Key]:
    """Both in the order of the second; what only the first has stands behind what it stood behind there."""
    known, last = set(second), None
    behind: dict[_Key | None, list[_Key]] = {}
    for key in first:
        if key in known:
            last = key
        else:
            behind.setdefault(last, []).append(key)
    return [*behind.get(None, ()), *(each for key in second for each in (key, *behind.get(key, ())))]


def looked_through(edition: Edition, known: Kept) -> Year:
    """A record, if it holds what a record holds. Raises SourceError."""
    record, place = known.record, known.file
    figures = {
        _word(path, place): (_figure(path, each, place), _word(each.get("label", path), place), _sum_of(each))
        for path, each in record["figures"].items()
    }
    told: dict[str, tuple[str, str]] = {}
    follows = _standard(edition, record)
    listed = record.get("parts", [])
    for each in listed if isinstance(listed, list) else [listed]:
        if not isinstance(each, dict):
            raise _damaged(str(each)[:20], place)
        path, title, text = (_word(each.get(key), place) for key in ("path", "title", "text"))
        node = follows.nodes.get(path)
        if node is None or not node.quoted:  # one that is quoted stands in the sentence that quotes it
            told[path] = (title, f"{told[path][1]}\n{text}" if path in told else text)
    return Year(edition.year, known.origin, place, follows, figures, told)


def _standard(edition: Edition, record: Mapping[str, Any]) -> Standard:
    """The standard that a record follows; today's of the jurisdiction where that is not installed any more."""
    try:
        return standard(str(record.get("standard")), edition.workspace)
    except NianbaoError:
        return edition.standard


def _figure(path: str, entry: object, place: str) -> int | Decimal:
    value = entry.get("value") if isinstance(entry, dict) else None
    if isinstance(value, bool) or not isinstance(value, int | Decimal) or not _is_measured(value):
        raise _damaged(path, place)
    return value


def _is_measured(value: int | Decimal) -> bool:
    if isinstance(value, int):
        return abs(value) < _LARGEST
    exponent = value.as_tuple().exponent
    return isinstance(exponent, int) and exponent >= _FINEST and value.adjusted() < len(str(_LARGEST)) - 1


def _sum_of(entry: Mapping[str, Any]) -> tuple[str, ...]:
    below = entry.get("sum_of")
    return tuple(map(str, below)) if isinstance(below, list) else ()


def _word(word: object, place: str) -> str:
    if not isinstance(word, str):
        raise _damaged(str(word)[:20], place)
    return _STEERING.sub("\ufffd", word)


def _damaged(what: str, place: str) -> SourceError:
    what = _STEERING.sub("\ufffd", what)
    return SourceError(f"记录里的“{what}”读不了", f"cannot read “{what}” in the record", place=place,
                       mend=("重新生成报告；存档用 nianbao archive --replace。", "Build it again, or archive it again with --replace."))  # fmt: skip
