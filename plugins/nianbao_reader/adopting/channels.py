"""What was disclosed, taken apart by the headings it is told under: the website, the accounts, the papers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nianbao import Counted
from nianbao_reader.adopting.naming import DISCLOSED, Breakdowns, Named

Numbers = Mapping[int, Counted]


@dataclass(frozen=True)
class Part:
    """A part with its heading, its text and the numbers in it, by where they begin."""

    title: str
    text: str
    numbers: Numbers


def gather(breakdowns: Breakdowns, home: str, parts: Sequence[Part], before: Sequence[Part]) -> None:
    """Name what each part tells a part of all that was disclosed, where these add up to a number told ``before``."""
    totals = {
        named.value for part in before for number in part.numbers.values()
        if not number.parts and (named := breakdowns.alone(number, part.text)) and breakdowns.name_of(number) == DISCLOSED
    }  # fmt: skip
    found = [(part, told) for part in parts if (told := _told(breakdowns, part, home))]
    names = [part.title.removesuffix("情况") for part, _ in found]
    total = sum(named.value for _, (named, _) in found)
    if len(found) < 2 or total not in totals or len(set(names)) < len(names) or not all(map(breakdowns.is_free, names)):
        return
    whole = Named(total, {name: named for name, (_, (named, _)) in zip(names, found, strict=True)})
    breakdowns.named.setdefault(home, {})[DISCLOSED] = whole
    for name, (part, (_, marks)) in zip(names, found, strict=True):
        above = f"{home}.{DISCLOSED}.{name}"
        breakdowns.placed[part.text] = {start: f"{above}.{below}" if below else above for start, below in marks.items()}


def _told(breakdowns: Breakdowns, part: Part, home: str) -> tuple[Named, dict[int, str]] | None:
    """What a part counts in all: its one number, one whole with its parts, or several numbers without a whole."""
    listed = {start for number in part.numbers.values() for start in number.parts}
    top = [number for number in part.numbers.values() if number.start not in listed and number.unit == "条"]
    if not top or len(top) != len([number for number in part.numbers.values() if number.start not in listed]):
        return None
    if len(top) == 1:
        found: dict[int, str] = {}
        named = (
            breakdowns.read(top[0], part.text, part.numbers, "", found) if top[0].parts else breakdowns.alone(top[0], part.text)
        )
        own = found.get(top[0].start, "")
        return (
            (named, {start: path.removeprefix(own).removeprefix(".") for start, path in (found or {top[0].start: ""}).items()})
            if named
            else None
        )
    names = {breakdowns.name_of(number): number for number in top}
    singles = {name: breakdowns.alone(number, part.text) for name, number in names.items()}
    known = {name: named for name, named in singles.items() if name and named}
    if len(known) < len(top) or any(number.parts for number in top):
        return None
    return Named(sum(named.value for named in known.values()), known), {number.start: name for name, number in names.items()}
