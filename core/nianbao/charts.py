"""Charts: figures that a layout wants shown as a picture, this year's beside last year's. A plugin draws them (``ChartKind``)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from nianbao.errors import NianbaoError, SettingError, SourceError
from nianbao.lean import dataclass
from nianbao.record import archive_file, archived
from nianbao.sandbox import Absent
from nianbao.sentences import Figure, breakdown
from nianbao.tree import bare

if TYPE_CHECKING:
    from nianbao.layouts import ChartLayout, Layout
    from nianbao.report import Report
    from nianbao.tree import Node

MOST = 20  # categories: more cannot be read on one page
MOST_CHARTS, LONGEST_TITLE = 12, 100
Number = int | Decimal


@dataclass(frozen=True)
class Last:
    """What last year's report says: its figures by path, and which paths each is the sum of."""

    figures: Mapping[str, Number] = field(default_factory=dict)
    parts: Mapping[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Series:
    """One year: its ``name`` and a value for each category, None where it is not known."""

    name: str
    values: tuple[Number | None, ...]


@dataclass(frozen=True)
class Chart:
    """What a picture shows: ``categories``, and for each a value in every one of the ``series``, last year's before this.

    ``key`` is the name of its files, ``draw`` that of its kind; ``paths`` are the places of this year's values, "" for a
    category that only last year had.
    """

    key: str
    title: str
    unit: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    draw: str = "bars"
    paths: tuple[str, ...] = ()

    @property
    def alt(self) -> str:
        """What the picture shows, in a sentence: for whoever cannot see it."""
        told = (
            f"{year.name}：{'，'.join(f'{name}{shown(value)}' for name, value in zip(self.categories, year.values, strict=True) if value is not None)}"
            for year in self.series
        )
        return f"{self.title}（单位：{self.unit}）。{'；'.join(told)}。"


def charts_of(report: Report, layouts: Mapping[str, Layout]) -> dict[str, list[Chart]]:
    """The charts of each section that wants any; what is wrong with one goes to the report's mistakes, what it lacks to missing.

    A chart of statutory figures that are 0 in both years shows nothing, and is left out.
    """
    try:
        last = _last_year(report)
    except SourceError as error:
        report.names.mistakes.append(error)
        last = Last()
    return {section: list(_charts(report, section, layout.charts, last)) for section, layout in layouts.items() if layout.charts}


def shown(value: Number | None) -> str:
    """A value as it is printed; a dash where it is not known."""
    return "—" if value is None else format(Decimal(value), "f")


def _charts(report: Report, section: str, wanted: Iterable[ChartLayout], last: Last) -> Iterator[Chart]:
    for number, layout in enumerate(wanted, 1):
        try:
            if number > MOST_CHARTS:
                raise SettingError(f"一个部分最多 {MOST_CHARTS} 张图表", f"a section takes at most {MOST_CHARTS} charts",
                                   mend=("去掉其余的图表。", "Take the others out."))  # fmt: skip
            if len(layout.title) > LONGEST_TITLE:
                raise SettingError(f"图表的标题太长：{layout.title[:20]}…", f"the chart's title is too long: {layout.title[:20]}…",
                                   mend=(f"最多 {LONGEST_TITLE} 字。", f"At most {LONGEST_TITLE} letters."))  # fmt: skip
            if chart := _chart(report, f"{section}-{number}", layout, last):
                yield chart
        except NianbaoError as error:
            error.place = error.place or layout.place
            report.names.mistakes.append(error)


def _chart(report: Report, key: str, layout: ChartLayout, last: Last) -> Chart | None:
    nodes = [node for name in layout.of if (node := _node(report, name)) is not None]
    if len(nodes) < len(layout.of):
        return None
    title = layout.title or "、".join(node.short or bare(node.label) for node in nodes)
    shared = {node.unit for node in nodes}
    if len(shared) > 1:
        raise SettingError(
            f"图表“{title}”里的单位不同：{'、'.join(sorted(shared))}", f"the chart “{title}” mixes units: {', '.join(sorted(shared))}",
            mend=("分成几张图。", "Make several charts of it."),
        )  # fmt: skip
    shows = _compared(report, nodes, last)
    if len(shows) > MOST:
        raise SettingError(
            f"图表“{title}”有 {len(shows)} 项，最多画 {MOST} 项", f"the chart “{title}” has {len(shows)} categories, at most {MOST} can be drawn",
            mend=("画上一级的数，或在 of 里列出要画的几项。", "Draw the level above, or list the few to draw under `of`."),
        )  # fmt: skip
    if not shows:
        return None
    names, paths, before, now = zip(*shows, strict=True)
    year = report.edition.year
    series = [Series(f"{year}年", now)]
    if any(value is not None for value in before):
        series.insert(0, Series(f"{year - 1}年", before))
    return Chart(key, title, shared.pop(), names, tuple(series), layout.draw, paths)


def _node(report: Report, name: str) -> Node | None:
    """The place of the figure of a name; None where nobody gave it, which is noted. Raises SentenceError or SettingError."""
    found = report.names.find(name, getattr(name, "place", ""))
    if isinstance(found, Figure):
        return found.node
    if isinstance(found, Absent):
        bool(found)  # notes that it is missing
        return None
    raise SettingError(f"“{name}”不是数", f"“{name}” is no figure", mend=("写数据项的名称。", "Name figures."))


def _compared(report: Report, nodes: list[Node], last: Last) -> list[tuple[str, str, Number | None, Number | None]]:
    """Name, path, last year's value and this year's of all that a chart shows: the breakdown of one figure, or several figures."""
    whole = nodes[0] if len(nodes) == 1 else None
    below = list(breakdown(whole, report.facts)) if whole else []
    found = []
    for node in below or nodes:
        fact = report.facts.figure(node.path)
        now = fact.value if fact and isinstance(fact.value, Number) else None
        before = last.figures.get(node.path)
        if now or before or node.kind == "named":
            found.append((node.short or bare(node.label), node.path, before, now))
    if whole and whole.kind == "named":
        known = {node.path for node in below}
        gone = [path for path in last.parts.get(whole.path, ()) if path not in known]
        found += [(path.removeprefix(f"{whole.path}."), "", last.figures.get(path), None) for path in gone]
    return found


def _last_year(report: Report) -> Last:
    """What last year's archived report says, nothing where there is none. Raises SourceError where it holds a wrong number."""
    edition = report.edition
    record = archived(edition, edition.year - 1)
    if record is None:
        return Last()
    file = archive_file(edition, edition.year - 1)
    report.files.append(file)
    figures = record["figures"]
    if wrong := next((path for path, known in figures.items() if not _is_number(known)), ""):
        raise SourceError(f"存档里“{wrong}”不是数", f"in the archived report “{wrong}” is no number", place=file,
                          mend=("用 nianbao archive 重新存档。", "Archive it again with `nianbao archive`."))  # fmt: skip
    return Last(
        {path: known["value"] for path, known in figures.items()},
        {path: known.get("sum_of", []) for path, known in figures.items()},
    )


def _is_number(recorded: Any) -> bool:
    value = recorded.get("value") if isinstance(recorded, Mapping) else None
    return isinstance(value, Number) and not isinstance(value, bool) and -10 < Decimal(value).adjusted() < 30
