"""The figures of two years, a line each, in the order of the notice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext

from nianbao.tree import Node, bare, normal
from nianbao_chain.years import Year, merged, sections

_TENTH = Decimal("0.1")
_BEFORE, _AFTER, _BOTH = "before", "after", "both"


@dataclass(frozen=True)
class Line:
    """One figure in both years; ``before`` or ``after`` is None where that year has none, both are in a mere heading.

    ``label`` is its whole name, ``name`` what it is called under the line above it, ``depth`` how far in it stands.
    A ``total`` is a row's, or a figure that stands in no table.
    """

    path: str
    section: str
    label: str
    name: str
    depth: int
    total: bool
    before: int | Decimal | None
    after: int | Decimal | None

    @property
    def change(self) -> int | Decimal | None:
        """By how much it grew; None where only one year has it. Exact."""
        if self.before is None or self.after is None:
            return None
        with localcontext(prec=60):
            return self.after - self.before

    @property
    def percent(self) -> Decimal | None:
        """The change in percent with one decimal; None where it did not start from more than nothing."""
        change = self.change
        if change is None or self.before is None or self.before <= 0:
            return None
        with localcontext(prec=60):
            share = (Decimal(change) * 100 / self.before).quantize(_TENTH, ROUND_HALF_UP)
        return share if share else abs(share)

    @property
    def is_heading(self) -> bool:
        """Whether neither year has a figure here."""
        return self.before is None and self.after is None

    @property
    def is_nothing(self) -> bool:
        """Whether no year counted anything here."""
        return not self.before and not self.after

    @property
    def differs(self) -> bool:
        """Whether it is another one, or only one year has it."""
        return self.before != self.after


@dataclass(frozen=True)
class _Place:
    """Where a figure stands: ``meaning`` is what it and all above it are called, and its unit."""

    path: str
    section: str
    name: str
    depth: int
    total: bool
    meaning: tuple[frozenset[str], ...] = ()
    unit: str = ""

    def means(self, other: _Place) -> bool:
        """Whether two standards mean the same figure by one path."""
        alike = len(self.meaning) == len(other.meaning) and self.unit == other.unit
        return alike and all(ours & theirs for ours, theirs in zip(self.meaning, other.meaning, strict=True))


def lines(before: Year, after: Year) -> list[Line]:
    """Every figure that the notice prints or the data named, and headings, in the order of the later year's standard."""
    ours, theirs = ({place.path: place for place in _places(year)} for year in (before, after))
    is_same_standard = before.standard is after.standard
    same = {path for path in ours if path in theirs and (is_same_standard or ours[path].means(theirs[path]))}
    old, new = (
        [(path, _BOTH if path in same else whose) for path in places] for places, whose in ((ours, _BEFORE), (theirs, _AFTER))
    )
    order = merged(old, new)
    at = sections(before, after)
    order.sort(key=lambda each: at.get(each[0].partition(".")[0], len(at)))
    return [
        _line(
            ours[path] if whose == _BEFORE else theirs[path],
            before if whose != _AFTER else None,
            after if whose != _BEFORE else None,
        )
        for path, whose in order
    ]


def shown(made: list[Line], everything: bool = False) -> list[Line]:
    """The lines that people are shown: what differs and the totals, those that are nothing but 0 left out, or ``everything``; headings
    where something stands under them.
    """
    wanted = [line for line in made if everything or line.is_heading or (line.differs or line.total) and not line.is_nothing]
    kept: list[Line] = []
    for line in reversed(wanted):
        if not line.is_heading or kept and kept[-1].path.startswith(f"{line.path}."):
            kept.append(line)
    return kept[::-1]


def _line(place: _Place, before: Year | None, after: Year | None) -> Line:
    old, new = ((year.figures.get(place.path) if year else None) for year in (before, after))
    label = (new or old or (0, place.name, ()))[1]
    return Line(place.path, place.section, label, place.name, place.depth, place.total, old and old[0], new and new[0])


def _places(year: Year) -> Iterator[_Place]:
    """The figures of a year: section by section as the notice prints them, then those that the data named."""
    for key in year.standard.sections:
        section = year.standard.nodes[key]
        drawn = {path for grid in year.standard.grids.get(key, ()) for path in grid.paths()}
        for node in section.walk():
            is_row = node.tabular and node.row == node.path and not node.grouping
            if is_row or node.path in drawn or not node.tabular and node.path in year.figures:
                line = [above for above in _line_of(node) if not above.grouping]
                name = node.short if node.tabular and node.short else bare(node.label)
                names = tuple(above.names - {normal(above.key)} for above in line)
                yield _Place(node.path, bare(section.label), name, len(line) - 1, is_row or not node.tabular, names, node.unit)
    yield from _named(year)


def _line_of(node: Node) -> list[Node]:
    """A node and those above it, the section's left out, from the top."""
    line = [node]
    while (above := line[-1].parent) is not None and above.kind != "section":
        line.append(above)
    return line[::-1]


def _named(year: Year) -> Iterator[_Place]:
    """The figures that the data brought, each before those that it is the sum of; whatever a damaged record says of sums, each once."""
    named = {path: known for path, known in year.figures.items() if path not in year.standard.nodes}
    below = {addend for _, _, addends in named.values() for addend in addends}
    todo = [(path, 0) for path in (*reversed(named), *(path for path in reversed(named) if path not in below))]
    seen: set[str] = set()
    while todo:
        path, depth = todo.pop()
        if path in seen or path not in named:
            continue
        seen.add(path)
        _, label, addends = named[path]
        key = path.partition(".")[0]
        section = year.standard.nodes.get(key)
        yield _Place(path, bare(section.label) if section else key, label.split(" › ")[-1], depth, depth == 0 or bool(addends))
        todo += [(addend, depth + 1) for addend in reversed(addends)]
