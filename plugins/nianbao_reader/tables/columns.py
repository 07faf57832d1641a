"""Which of a row's cells stands in which column: by the header over them, or by their order where they are just as many."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from nianbao_reader.tables.figures import value
from nianbao_reader.tables.forms import LONGEST, Form, skeleton
from nianbao_reader.tables.matrix import Row, Spot

ALIKE, APART = 0.7, 0.12  # how alike a damaged label is to the right one, and how much more than to the next


@dataclass(frozen=True)
class Label:
    """A label over columns ``start`` to ``end``: that of column ``item`` of the form, or None."""

    start: int
    end: int
    name: str
    item: int | None
    says_nothing: bool


class Head:
    """The rows of labels over figures."""

    def __init__(self, rows: Sequence[Row], form: Form) -> None:
        self.form, self.width = form, rows[0].width if rows else 0
        self.rows = [row for row in rows if not _is_title(row)]
        self.labels = list(_labels(self.rows, form))
        places: dict[int, list[Label]] = {}
        for label in self.labels:
            if label.item is not None:
                places.setdefault(label.item, []).append(label)
        self.spans = {item: (each[0].start, each[-1].end) for item, each in places.items() if _is_one(each)}
        self.doubtful = {item for item in places if item not in self.spans}

    @property
    def knows(self) -> bool:
        """Whether any column is known by its label."""
        return bool(self.spans)

    def read(self, figures: Sequence[Spot], usual: tuple[int, ...] | None) -> dict[int, Spot] | str:
        """A row's cells by column of the form; else why they cannot be told apart, in a word for the message.

        ``usual`` is where the figures of other rows start.
        """
        by_header, by_order = self._by_header(figures), self._by_order(figures, usual)
        if by_header and by_order and any(by_order[item] is not spot for item, spot in by_header.items()):
            return "header"
        if not by_order and not by_header and (window := self._counted(figures, usual)):
            return dict(enumerate(window))
        if not (found := by_order or by_header):
            return "number" if len(self.form.columns) > len(figures) else "columns"
        has_total = len(self.form.columns) - 1 in self.form.sums
        if has_total and not by_order and self._is_turned() and not _adds_up([found[item] for item in sorted(found)], self.form):
            return "header"  # labels whose spans are lost stand over others' figures
        window, holes = [found[item] for item in sorted(found)], [spot for spot in figures if spot.field is None]
        if window == list(figures) and _is_proven(window, self.form):
            return found
        if not holes and by_header:
            return found
        if all(spot.kind == "empty" for spot in figures) and len(figures) - len(holes) >= len(window):
            return found  # a cell for each column and nothing in any: wherever it stands, it is blank
        if all(spot.kind == "empty" for spot in window) and holes or _may_have_slid(window, usual, self.form):
            return "columns"
        is_sure = not holes or by_order and _adds_up(window, self.form) or by_header and not self._are_labelled(holes)
        return found if is_sure else "columns"

    def _counted(self, figures: Sequence[Spot], usual: tuple[int, ...] | None) -> Sequence[Spot]:
        """The first cells of a row, where nothing stands behind and their total says that each is in its place; else none."""
        window, behind = figures[: len(self.form.columns)], figures[len(self.form.columns) :]
        is_later = usual is not None and window and window[0].start < usual[0]  # a label spans the first of them
        if is_later or any(spot.kind != "empty" for spot in behind) or not self._is_in_order(window[0].start if window else 0):
            return ()
        return window if len(window) == len(self.form.columns) and _is_proven(window, self.form) else ()

    def _by_header(self, figures: Sequence[Spot]) -> dict[int, Spot] | None:
        """The cells under known labels; none may be left over, unless under a label that is no column's."""
        if self.doubtful or not self.spans or not figures:
            return None
        found: dict[int, Spot] = {}
        for item, (start, end) in self.spans.items():
            under = [spot for spot in figures if spot.start < end and spot.end > start]
            if not under or any(spot.text != under[0].text for spot in under) or len(under) > 1 and len(self.spans) > 1:
                return None
            found[item] = under[0]
        taken = {id(spot) for spot in found.values()}
        if len(taken) < len(found):
            return None
        left = [spot for spot in figures if id(spot) not in taken and spot.kind in ("number", "odd")]
        return found if all(self._is_foreign(spot, found) for spot in left) else None

    def _is_turned(self) -> bool:
        """Whether the labels have the columns in another order than the form."""
        places = [start for _, (start, _) in sorted(self.spans.items())]
        return places != sorted(places)

    def _are_labelled(self, holes: Sequence[Spot]) -> bool:
        """Whether a column goes on where a row has come to its end: then a cell of the row is lost."""
        return any(label.name and label.start < hole.end and label.end > hole.start for label in self.labels for hole in holes)

    def _is_foreign(self, spot: Spot, found: dict[int, Spot]) -> bool:
        over = [label for label in self.labels if label.start < spot.end and label.end > spot.start]
        if over and all(label.item in found and len(self.form.columns) == 1 for label in over):
            return found[0].text == spot.text  # one column, its figure repeated in each place that it spans
        return bool(over) and all(
            label.item is None and not label.says_nothing and self.form.is_foreign(label.name) for label in over
        )

    def _by_order(self, figures: Sequence[Spot], usual: tuple[int, ...] | None) -> dict[int, Spot] | None:
        """As many cells as there are columns, nothing but blanks and remarks around them, and no header that says otherwise."""
        size = len(self.form.columns)
        if not self._is_in_order(figures[0].start if figures else 0):
            return None
        if size == 1 and figures and all(spot.text == figures[0].text for spot in figures):
            return {0: figures[0]}
        windows = [
            figures[start : start + size]
            for start in range(len(figures) - size + 1)
            if not any(spot.kind in ("number", "odd", "mark") for spot in (*figures[:start], *figures[start + size :]))
        ]
        if len(windows) > 1 and usual:
            windows = [window for window in windows if tuple(spot.start for spot in window) == usual]
        if len(windows) > 1 and any(spot.kind != "empty" for spot in figures):
            return None
        return dict(enumerate(windows[-1])) if windows else None

    def _is_in_order(self, margin: int) -> bool:
        """Whether the labels over the figures, also the damaged ones, come in the order of the form's columns."""
        first = min((start for start, _ in self.spans.values()), default=margin)
        labels = [label for label in self.labels if label.end > min(margin, first) and not label.says_nothing]
        return not self.form.columns[0].names or self._follow(labels) or self._are_pieces()

    def _are_pieces(self) -> bool:
        """Whether spans were lost and labels have moved out of line, but each row of them by itself comes in order."""
        if not any(row.spots[-1].kind == "empty" for row in self.rows):
            return False
        named = ([(spot, skeleton(spot.text[:LONGEST])) for spot in row.spots] for row in self.rows)
        rows = (
            [Label(spot.start, spot.end, name, None, False) for spot, name in row if not self.form.is_group(name)]
            for row in named
        )
        return all(map(self._follow, rows))

    def _follow(self, labels: Sequence[Label]) -> bool:
        """Whether labels are those of the columns, or pieces of them, in their order."""
        at, columns = 0, self.form.columns
        for label in labels:
            if _is_in_yuan(label.name):
                return False
            if label.item is None:
                held = next((number for number in range(at, len(columns)) if columns[number].holds(label.name)), None)
            else:
                held = label.item if label.item >= at else None
            if held is None:
                return False
            at = held if label.item is not None and len(columns) == 1 else held + 1
        return True


def _may_have_slid(window: Sequence[Spot], usual: tuple[int, ...] | None, form: Form) -> bool:
    """Whether a blank at an end may be one that was put in where a cell is lost: then the others have moved.

    They have not, if the last figure is less than those before it together: then it is not their total.
    """
    said = [spot for spot in window if spot.kind != "empty"]
    if not said or len(window) == 1:
        return False
    if window[0].kind == "empty" and tuple(spot.start for spot in window) != usual:
        return True
    if window[-1].kind != "empty":
        return False
    numbers = [value(spot.text) for spot in said]
    known = [number for number in numbers if number is not None]
    if len(known) < len(numbers) or form.sums != {len(form.columns) - 1}:
        return True
    return any(known) and (len(said) < len(window) - 1 or known[-1] >= sum(known[:-1]))


def _is_proven(window: Sequence[Spot], form: Form) -> bool:
    """Whether each figure that should be the sum of those before it is one, and not all of them are 0 or blank."""
    numbers = [0 if spot.kind == "empty" else value(spot.text) for spot in window]
    if not form.sums or None in numbers or any(spot.field is None for spot in window):
        return False
    firsts = [0, *(number + 1 for number in sorted(form.sums))]
    parts = [(numbers[first:last], numbers[last]) for first, last in zip(firsts, sorted(form.sums), strict=False)]
    return (
        firsts[-1] == len(window)
        and any(numbers)
        and all(sum(number or 0 for number in given) == total for given, total in parts)
    )


def _adds_up(window: Sequence[Spot], form: Form) -> bool:
    """Whether the last figure is the sum of the others, where it should be: then none is lost."""
    if form.sums != {len(form.columns) - 1}:
        return len(window) == 1
    *given, total = [value(spot.text) or 0 for spot in window]
    return window[-1].kind == "empty" or sum(given) == total


def _is_title(row: Row) -> bool:
    """Whether a row is one text over the whole table, or beside nothing."""
    return len(row.spots) == 1 and row.width > 1


def _is_one(labels: Sequence[Label]) -> bool:
    """Whether labels of one column stand side by side."""
    return all(before.end == after.start for before, after in pairwise(labels))


def _labels(rows: Sequence[Row], form: Form) -> Iterator[Label]:
    """What stands over each run of columns, read downwards."""
    runs: list[tuple[int, int, list[Spot]]] = []
    for column in range(rows[0].width if rows else 0):
        over: list[Spot] = []
        for row in rows:
            spot = next(spot for spot in row.spots if spot.start <= column < spot.end)
            if spot.text and not any(spot.field is above.field for above in over):
                over.append(spot)
        if runs and [spot.field for spot in runs[-1][2]] == [spot.field for spot in over] and over:
            runs[-1] = (runs[-1][0], column + 1, over)
        else:
            runs.append((column, column + 1, over))
    exact = {number: _exact([spot.text for spot in over], form) for number, (_, _, over) in enumerate(runs)}
    for number, (start, end, over) in enumerate(runs):
        name = skeleton("".join(spot.text for spot in over)[:LONGEST])
        item = exact[number]
        if item is None and name and not form.is_group(name):
            item = _near(name, form, {held for held in exact.values() if held is not None})
        yield Label(start, end, name, item, item is None and form.is_group(name))


def _exact(texts: Sequence[str], form: Form) -> int | None:
    """The column that labels one over another name: all of them, or the last ones."""
    for first in range(len(texts)):
        if (item := form.column_of.get(skeleton("".join(texts[first:])[:LONGEST]))) is not None:
            return item
    return None


def _near(name: str, form: Form, taken: set[int]) -> int | None:
    """The column that a damaged label is surely meant for."""
    ranked = sorted(((item.likeness(name), number) for number, item in enumerate(form.columns)), reverse=True)
    best, number = ranked[0]
    second = ranked[1][0] if len(ranked) > 1 else 0.0
    return number if best >= ALIKE and best - second >= APART and number not in taken and not _is_in_yuan(name) else None


def _is_in_yuan(name: str) -> bool:
    """Whether a label says that amounts are in 元: those of the standards are in 万元."""
    return "元" in name.replace("万元", "")
