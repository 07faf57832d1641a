"""Tables that stand as tables in a file -> their cells by path."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from nianbao import Cell, Fact, FileError, NianbaoError, Standard
from nianbao.facts import Origin
from nianbao.tables import Grid
from nianbao.tree import bare
from nianbao_reader.blocks import Table, within
from nianbao_reader.tables.figures import figure
from nianbao_reader.tables.forms import Form, forms, paths
from nianbao_reader.tables.matrix import Spot, rows
from nianbao_reader.tables.rows import Entry, entries

_MEND = ("照原文件核对这一处，手工填上。", "Look at the file, and type the figure.")


@dataclass
class Read:
    """Cells by path and why others could not be read; ``used`` are the numbers of the tables that they stand in."""

    cells: dict[str, Cell] = field(default_factory=dict)
    unread: dict[str, NianbaoError] = field(default_factory=dict)
    used: set[int] = field(default_factory=set)


def read(standard: Standard, section: str, tables: Sequence[Table], file: str, *, elsewhere: bool = False) -> Read:
    """The cells of a section's tables. ``elsewhere``: the tables are not the section's own, each has to be known by its labels."""
    found = _marked(standard, section, tables, file)
    if found.cells:
        return found
    if not tables:
        return found
    seen = [row for number, table in enumerate(tables) for row in rows(table, number, file)]
    ragged = {row.table for row in seen if any(spot.field is None for spot in row.spots)}  # a column may have slid
    grids = standard.grids[section]
    for grid in grids:
        best = Read()
        for form in forms(grid, tuple(grids)):
            looked_at = [row for row in seen if row.table not in ragged] if form.turned else seen
            one = _Reading(standard, form, entries(looked_at, form), elsewhere).read()
            if len(one.cells) > len(best.cells) or not best.cells and len(one.unread) > len(best.unread):
                best = one
            if len(best.cells) == len(set(grid.paths())):
                break
        found.cells |= best.cells
        found.unread |= best.unread
        found.used |= best.used
    return found


def missing(standard: Standard, grids: Iterable[Grid], read: Container[str], file: str) -> Iterator[tuple[str, NianbaoError]]:
    """What of the tables was not found, a row at a time where nothing of it was."""
    for grid in grids:
        leaves = [leaf for top in grid.top_columns for leaf in top.leaves()]
        for row in (leaf for top in grid.top_rows for leaf in top.leaves()):
            cells = {grid.path(row, column): column for column in leaves}
            lost = [path for path in cells if path not in read]
            name = bare(row.branch.label)
            if len(lost) == len(cells):
                yield (
                    grid.path(row),
                    FileError(f"没有读出“{name}”这一行", f"the row “{name}” could not be read", place=file, mend=_MEND),
                )
                continue
            for path in lost:
                place = f"{name} › {bare(cells[path].branch.label)}"
                yield path, FileError(f"没有读出“{place}”", f"“{place}” could not be read", place=file, mend=_MEND)


def _marked(standard: Standard, section: str, tables: Sequence[Table], file: str) -> Read:
    """The figures of a page that nianbao made, which says where each belongs."""
    known = paths(standard, section)
    found = Read()
    for number, table in enumerate(tables):
        for cell in (cell for cell in table.cells() if cell.path in known):
            found.used.add(number)
            if error := _take(standard, cell.path, Spot(cell, 0, 1, False, "number", within(cell.place, file)), found.cells):
                found.unread[cell.path] = error
    return found


class _Reading:
    """One form's entries as cells."""

    def __init__(self, standard: Standard, form: Form, found: Sequence[Entry], elsewhere: bool) -> None:
        self.standard, self.form = standard, form
        self.entries = [entry for entry in found if entry.item is not None and not entry.kept_out]
        if form.anonymous and elsewhere:
            self.entries = [entry for entry in self.entries if entry.head.knows]

    def read(self) -> Read:
        """Each row's cells; a row that stands twice has to say the same both times."""
        made, usual = Read(), self._usual()
        for number, places in enumerate(self.form.paths):
            mine = [entry for entry in self.entries if entry.item == number]
            mine = [entry for entry in mine if not entry.blank] or mine
            placed = [(entry, entry.head.read(entry.figures, usual.get(entry.row.table))) for entry in mine]
            told = [(entry, spots) for entry, spots in placed if not isinstance(spots, str)]
            if not told:
                made.unread |= {
                    path: _unplaced(entry, why) for entry, why in placed if isinstance(why, str) for path in _whole(places)
                }
            for entry, spots in told:
                made.used.add(entry.row.table)
                for item, spot in spots.items():
                    if error := _take(self.standard, places[item], spot, made.cells):
                        made.unread.setdefault(places[item], error)
        for path in made.unread:
            made.cells.pop(path, None)
        is_part = len(made.cells) < sum(map(len, self.form.paths))
        if self.form.whole and is_part or not all(entry.proven for entry in self.entries) and not self._holds(made.cells):
            return Read()
        return made

    def _usual(self) -> dict[int, tuple[int, ...]]:
        """Where the figures start in most rows of a table in which they could be told."""
        counted: dict[int, Counter[tuple[int, ...]]] = {}
        for entry in self.entries:
            spots = entry.head.read(entry.figures, None)
            if not isinstance(spots, str) and len(spots) == len(self.form.columns) and not entry.blank:
                starts = tuple(spots[item].start for item in sorted(spots))
                counted.setdefault(entry.row.table, Counter())[starts] += 1
        return {table: each.most_common(1)[0][0] for table, each in counted.items()}

    def _holds(self, cells: Mapping[str, Cell]) -> bool:
        """Whether every equation of the standard holds that has only figures that were read."""
        values = {path: cell.value.value for path, cell in cells.items() if cell.value}

        def total(path: str) -> int | None:
            node = self.standard.nodes[path]
            if path in values or not node.addends:
                return values.get(path)  # type: ignore[return-value]
            below = [total(addend) for addend in node.addends]
            return None if None in below else sum(filter(None, below))

        sides = [
            [[total(path) for path in side] for side in (known.left, known.right)]
            for known in self.standard.identities
            if any(path in values for path in known.left)
        ]
        assessed = [each for each in sides if None not in (*each[0], *each[1])]
        return bool(assessed) and all(sum(filter(None, left)) == sum(filter(None, right)) for left, right in assessed)


def _take(standard: Standard, path: str, spot: Spot, cells: dict[str, Cell]) -> NianbaoError | None:
    """Put a cell at its path; why it cannot be, where it is no number, or another one stands there."""
    read = figure(spot.text, standard.nodes[path])
    if read.kind == "text":
        name, text = bare(standard.nodes[path].label), " ".join(spot.text.split())[:40]
        return FileError(
            f"“{name}”一格写的是“{text}”，不是数字",
            f"the cell “{name}” says “{text}”, which is no number",
            place=spot.place,
            mend=_MEND,
        )
    if spot.tall:
        name = bare(standard.nodes[path].label)
        return FileError(
            f"“{name}”一格与别的行合并了", f"the cell “{name}” is merged with those of other rows", place=spot.place, mend=_MEND
        )
    fact = None if read.value is None else Fact(read.value, Origin(spot.place))
    cell = Cell(spot.text.strip(), fact, read.remark)
    if (first := cells.setdefault(path, cell)) is cell or (first.value.value if first.value else first.text) == (
        fact.value if fact else cell.text
    ):
        return None
    name = bare(standard.nodes[path].label)
    where = first.place
    return FileError(
        f"“{name}”有两处，一处是“{first.text}”，一处是“{cell.text}”",
        f"“{name}” stands twice, as “{first.text}” and as “{cell.text}”",
        place=spot.place,
        mend=(f"另一处在 {where}，删去一处。", f"The other is at {where}: delete one.") if where else _MEND,
    )


def _whole(places: Sequence[str]) -> Sequence[str]:
    """The one place that holds all of several, where there is one: a row of a table."""
    row = min(places, key=len)
    return [row] if all(f"{path}.".startswith(f"{row}.") for path in places) else places


def _unplaced(entry: Entry, why: str) -> NianbaoError:
    """Why the cells of a row could not be told apart."""
    zh, en = {
        "number": (f"这一行只有 {len(entry.figures)} 格数字", f"the row has only {len(entry.figures)} cells of figures"),
        "columns": ("这一行的数字与各列对不上", "the figures of the row do not fit the columns"),
        "header": ("表头与这一行的数字错开了", "the header is out of line with the figures of the row"),
    }[why]
    return FileError(zh, en, place=entry.row.place, mend=_MEND)
