"""Charts: figures that a layout wants shown as a picture, this year's beside last year's. A plugin draws them (``ChartKind``)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from nianbao.errors import NianbaoError, SettingError, SourceError, blame
from nianbao.record import archive_file, archived
from nianbao.sandbox import Absent, Viewed
from nianbao.sentences import Figure, breakdown
from nianbao.tree import bare

if TYPE_CHECKING:
    from nianbao.layouts import ChartLayout, Layout
    from nianbao.report import Report
    from nianbao.style import Style
    from nianbao.tree import Node

MOST = 20  # categories: more cannot be read on one page
LAST: Mapping[str, Any] = {}


@dataclass(frozen=True)
class Series:
    """One year: its ``name`` and a value for each category, None where it is not known."""

    name: str
    values: tuple[int | Decimal | None, ...]


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


@dataclass
class Row(Viewed):
    """A line of a chart's numbers as a template sees it: the category, and a cell for each series."""

    label: str
    cells: list[Markup]


@dataclass
class ChartView(Viewed):
    """A chart as a template sees it; ``src`` is the picture's name among the document's assets."""

    src: str
    title: str
    unit: str
    alt: str
    series: list[str]
    rows: list[Row]


def charts_of(report: Report, layouts: Mapping[str, Layout]) -> dict[str, list[Chart]]:
    """The charts of each section that wants any; what is wrong with one goes to the report's mistakes, what it lacks to missing.

    A chart of statutory figures that are 0 in both years shows nothing, and is left out.
    """
    try:
        last = _last_year(report)
    except SourceError as error:
        report.names.mistakes.append(error)
        last = LAST
    return {
        section: list(_charts(report, section, layout.charts, last)) for section, layout in layouts.items() if layout.charts
    }


def pictures(charts: Iterable[Chart], style: Style) -> dict[str, bytes]:
    """The pictures of charts by the names of their files. Raises what the chart's kind raises, or UnknownName for the kind."""
    from nianbao.plugins import chart_kind

    found = {}
    for chart in charts:
        kind = chart_kind(chart.draw)
        with blame(chart.draw, place=getattr(chart.draw, "place", "")):
            files = kind.draw(chart, style)
            for suffix in (".svg", ".png"):
                if not isinstance(files.get(suffix), bytes):
                    raise TypeError(f"draw() of {chart.draw} should return the bytes of {suffix}")
                found[f"charts/{chart.key}{suffix}"] = files[suffix]
    return found


def view(chart: Chart, report: Report) -> ChartView:
    """A chart for the template; this year's figures are marked as data, last year's are another report's."""
    rows = []
    for at, name in enumerate(chart.categories):
        cells = [Markup(shown(year.values[at])) for year in chart.series]
        if chart.paths[at] and (figure := Figure.of(report.facts.node(chart.paths[at]), report.facts)) is not None:
            cells[-1] = figure.__html__()
        rows.append(Row(name, cells))
    return ChartView(
        f"charts/{chart.key}.svg", chart.title, chart.unit, chart.alt, [year.name for year in chart.series], rows
    )


def shown(value: int | Decimal | None) -> str:
    """A value as it is printed; a dash where it is not known."""
    return "—" if value is None else format(Decimal(value), "f")


def _charts(report: Report, section: str, wanted: Iterable[ChartLayout], last: Mapping[str, Any]) -> Iterator[Chart]:
    for number, layout in enumerate(wanted, 1):
        try:
            if chart := _chart(report, f"{section}-{number}", layout, last):
                yield chart
        except NianbaoError as error:
            error.place = error.place or layout.place
            report.names.mistakes.append(error)


def _chart(report: Report, key: str, layout: ChartLayout, last: Mapping[str, Any]) -> Chart | None:
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


def _compared(
    report: Report, nodes: list[Node], last: Mapping[str, Any]
) -> list[tuple[str, str, int | Decimal | None, int | Decimal | None]]:
    """Name, path, last year's value and this year's of all that a chart shows: the breakdown of one figure, or several figures."""
    whole = nodes[0] if len(nodes) == 1 else None
    below = list(breakdown(whole, report.facts)) if whole else []
    found = []
    for node in below or nodes:
        fact = report.facts.figure(node.path)
        now = fact.value if fact and isinstance(fact.value, int | Decimal) else None
        before = _number(last[node.path]) if node.path in last else None
        if now or before or node.kind == "named":
            found.append((node.short or bare(node.label), node.path, before, now))
    if whole and whole.kind == "named":
        known = {node.path for node in below}
        gone = [path for path in last.get(whole.path, {}).get("sum_of", ()) if path not in known and path in last]
        found += [(path.removeprefix(f"{whole.path}."), "", _number(last[path]), None) for path in gone]
    return found


def _last_year(report: Report) -> Mapping[str, Any]:
    """The figures of last year's archived report by path, none where it is not archived. Raises SourceError."""
    edition = report.edition
    record = archived(edition, edition.year - 1)
    if record is None:
        return LAST
    report.files.append(archive_file(edition, edition.year - 1))
    figures: Mapping[str, Any] = record["figures"]
    return figures


def _number(recorded: Any) -> int | Decimal:
    value = recorded.get("value") if isinstance(recorded, Mapping) else None
    if isinstance(value, int | Decimal) and not isinstance(value, bool) and -9 <= Decimal(value).adjusted() < 30:
        return value
    raise SourceError(f"存档里的数不对：{value!r:.40}", f"a number of the archived report is wrong: {value!r:.40}",
                      mend=("用 nianbao archive 重新存档。", "Archive it again with `nianbao archive`."))  # fmt: skip
