"""Which row of the standard's table each row of figures in a file is: by its label, or by its order between two known ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from nianbao_reader.tables.columns import Head
from nianbao_reader.tables.forms import LONGEST, Form, Item, skeleton
from nianbao_reader.tables.matrix import Row, Spot

ALIKE, APART = 0.6, 0.12  # how alike a damaged label is to the right one, and how much more than to the next
COMPATIBLE = 0.4  # how alike it is where its order says which it is
_FARTHEST = 6  # cells of a row that labels can stand in


@dataclass(eq=False)
class Entry:
    """A row with figures, under its ``head``: which ``item`` of the form it is, None while that is not known.

    ``blank``: it has a known label, and cells in which nothing at all stands. ``kept_out``: it is none of the form's.
    """

    row: Row
    figures: Sequence[Spot]
    head: Head
    name: str = ""
    item: int | None = None
    blank: bool = False
    kept_out: bool = False
    proven: bool = True
    pieces: list[str] = field(default_factory=list)


def entries(rows: Sequence[Row], form: Form) -> list[Entry]:
    """The rows of figures in order, those that the form has known by their labels as far as these go."""
    found: list[Entry] = []
    above: list[Row] = []
    nothing = head = Head([], form)
    for row in rows:
        entry = _entry(row, form, nothing)
        if entry is None:
            above.append(row)
            continue
        last = row.table if any(text.table == row.table for text in above) else above[-1].table if above else 0
        new = Head([text for text in above if text.table == last and text.width == row.width], form) if above else nothing
        if new.knows or new.labels and not (found and found[-1].row.table == row.table):
            head = new
        elif head.width != row.width:
            head = nothing
        entry.head = head
        entry.pieces = [_text(text.spots) for text in above[-3:]]
        found.append(entry)
        above = []
    _glue(found, above, form)
    _near(found, form)
    _between(found, form)
    _doubt(found, form)
    return found


def _entry(row: Row, form: Form, empty: Head) -> Entry | None:
    """A row of figures; None for a row of labels, or of nothing."""
    spots = row.spots
    for last in range(min(len(spots) - 2, _FARTHEST), -1, -1):
        if form.anonymous or (item := _named(spots[: last + 1], form)) is None:
            continue
        end = last + 1
        while end < len(spots) and spots[end].text == spots[last].text:  # in each of the columns that it spans
            end += 1
        kinds = {spot.kind for spot in spots[end:]}
        if kinds - {"text"} or kinds and len(form.columns) == 1:
            return Entry(row, spots[end:], empty, form.rows[item].label, item, "empty" in kinds <= {"empty", "text"})
    first = next((number for number, spot in enumerate(spots) if spot.kind in ("number", "odd", "mark")), None)
    if first == 0 and len(spots) > 1 and spots[1].kind == "text":  # it is numbered in a column of its own
        first = next((number for number, spot in enumerate(spots[1:], 1) if spot.kind in ("number", "odd", "mark")), None)
    if first is None:
        return None
    last = max((number for number, spot in enumerate(spots[:first]) if spot.kind == "text"), default=-1)
    name = skeleton(_text(spots[: last + 1])[:LONGEST])
    entry = Entry(row, spots[last + 1 :], empty, name)
    is_known = name in form.foreign or name.startswith("其中") or name and not form.anonymous and name in form.groups
    entry.kept_out = bool(is_known) or not name and _counts(entry.figures)
    return entry


def _named(spots: Sequence[Spot], form: Form) -> int | None:
    """The row that labels side by side name: all of them, or the last ones behind a number or a group."""
    if spots[-1].kind != "text":
        return None
    for first in range(len(spots)):
        if not all(spot.kind in ("number", "empty") or form.is_group(skeleton(spot.text[:LONGEST])) for spot in spots[:first]):
            return None
        if any(spot.kind in ("number", "odd") for spot in spots[first:]):
            continue
        if (item := form.row_of.get(skeleton(_text(spots[first:])[:LONGEST]))) is not None:
            return item
    return None


def _text(spots: Sequence[Spot]) -> str:
    return "".join(spot.text for spot in spots if spot.kind == "text")


def _counts(figures: Sequence[Spot]) -> bool:
    """Whether a row numbers the columns: 1, 2, 3 …"""
    return len(figures) > 1 and all(spot.text.strip() == str(number) for number, spot in enumerate(figures, 1))


def _glue(found: Sequence[Entry], behind: Sequence[Row], form: Form) -> None:
    """Labels that are broken over rows of their own above and below the figures."""
    for entry, after in zip_longest(found, found[1:]):
        if entry.item is not None or entry.kept_out or form.anonymous:
            continue
        below = after.pieces if after else [_text(row.spots) for row in behind[:3]]
        for above in range(len(entry.pieces) + 1):
            for under in range(len(below) + 1):
                own = [skeleton(text) for text in (*entry.pieces[len(entry.pieces) - above :], "", *below[:under])]
                name = "".join([*own[:above], entry.name, *own[above + 1 :]])
                if above + under and entry.item is None and _ends_alike(own, form):
                    entry.item = form.row_of.get(name)


def _ends_alike(pieces: Sequence[str], form: Form) -> bool:
    """Whether no piece is the whole label of another row."""
    return not any(piece in form.row_of for piece in pieces)


def _near(found: Sequence[Entry], form: Form) -> None:
    """Damaged labels: the one likest row that is left, and that stands where the order of the table has it."""
    taken = {entry.item for entry in found if entry.item is not None}
    near: dict[int, list[Entry]] = {}
    for at, entry in enumerate(found):
        if entry.item is not None or entry.kept_out or not entry.name or form.anonymous:
            continue
        ranked = sorted(((item.likeness(entry.name), number) for number, item in enumerate(form.rows)), reverse=True)
        second = ranked[1][0] if len(ranked) > 1 else 0.0
        over = Item("", form.groups | form.foreign).likeness(entry.name)
        best, number = ranked[0]
        if best >= ALIKE and best - max(second, over) >= APART and number not in taken and _is_there(found, at, number):
            near.setdefault(number, []).append(entry)
    for number, each in near.items():
        if len(each) == 1:
            each[0].item = number


def _is_there(found: Sequence[Entry], at: int, number: int) -> bool:
    before = next((entry.item for entry in reversed(found[:at]) if entry.item is not None), -1)
    after = next((entry.item for entry in found[at + 1 :] if entry.item is not None), number + 1)
    return before < number < after or after <= before  # a second table begins


def _between(found: Sequence[Entry], form: Form) -> None:
    """Rows without a label, exactly as many as the table has between two known ones."""
    numbers = {at: entry.item for at, entry in enumerate(found) if entry.item is not None and not entry.blank}
    known, taken = list(numbers), set(numbers.values())
    if not known:
        _all(found, form)
        return
    for start, end in zip([None, *known], [*known, None], strict=True):
        first, last = (-1 if start is None else numbers[start]), (len(form.rows) if end is None else numbers[end])
        between = found[0 if start is None else start + 1 : end]
        beside = [found[at].row.table for at in (start, end) if at is not None]
        if (start is None or end is None) and any(entry.row.table not in beside for entry in between):
            continue
        missing = list(range(first + 1, last))
        is_cut = any(entry.name and entry.name in form.foreign for entry in between)
        if len(form.columns) > 1 and not is_cut and not taken & set(missing):
            _fill(between, missing, form)


def _fill(between: Sequence[Entry], missing: Sequence[int], form: Form) -> None:
    nameless = [entry for entry in between if not entry.blank and not entry.kept_out and _can_be(entry, missing, form)]
    pairs = list(zip(nameless, missing, strict=False))
    if nameless and len(nameless) == len(missing) and all(_can_be(entry, [number], form) for entry, number in pairs):
        for entry, number in pairs:
            entry.item = number
        for entry in between:
            if entry.blank:
                entry.item, entry.kept_out = None, True


def _doubt(found: Sequence[Entry], form: Form) -> None:
    """A blank row beside figures that are no known row's is not read: they may be its own, printed a line above or below."""
    run: list[Entry] = []
    for entry in [*found, None]:
        if entry and (entry.blank or entry.item is None):
            run.append(entry)
            continue
        if any(each.item is None and not _is_other(each, form) for each in run):
            for each in run:
                each.item, each.kept_out = None, True
        run = []


def _is_other(entry: Entry, form: Form) -> bool:
    """Whether a row is surely none of the table's."""
    return entry.name in form.foreign or entry.name.startswith("其中") or _counts(entry.figures)


def _can_be(entry: Entry, items: Sequence[int], form: Form) -> bool:
    return not entry.name or any(
        form.rows[item].likeness(entry.name) >= COMPATIBLE or form.rows[item].holds(entry.name) for item in items
    )


def _all(found: Sequence[Entry], form: Form) -> None:
    """No label at all: the rows of one table, exactly as many as there should be. Their sums have to prove it."""
    for group in _by_table(found):
        nameless = [entry for entry in group if not entry.kept_out]
        if form.anonymous:
            for entry in nameless:
                entry.item = 0
        elif len(form.columns) > 1 < len(form.rows) == len(nameless) and not any(entry.name for entry in nameless):
            for number, entry in enumerate(nameless):
                entry.item, entry.proven = number, False


def _by_table(found: Sequence[Entry]) -> Iterator[list[Entry]]:
    for table in dict.fromkeys(entry.row.table for entry in found):
        yield [entry for entry in found if entry.row.table == table]
