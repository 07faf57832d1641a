"""Charts as a page shows them: a picture by the chart's kind, and its numbers for the template."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from markupsafe import Markup

from nianbao.charts import Chart, shown
from nianbao.errors import blame
from nianbao.lean import dataclass
from nianbao.plugins import chart_kind
from nianbao.sandbox import Viewed
from nianbao.sentences import Figure

if TYPE_CHECKING:
    from nianbao.report import Report
    from nianbao.style import Style


@dataclass
class Row(Viewed):
    """A line of a chart's numbers as a template sees it: the category, and a cell for each series."""

    label: str
    cells: list[Markup]


@dataclass
class ChartView(Viewed):
    """A chart as a template sees it; its picture is ``charts/<key>.svg`` among the document's assets."""

    key: str
    title: str
    unit: str
    alt: str
    series: list[str]
    rows: list[Row]


def pictures(charts: Iterable[Chart], style: Style) -> dict[str, bytes]:
    """The pictures of charts by the names of their files, the SVG held to what may be in a page. Raises PluginError, what the chart's kind raises, or UnknownName for the kind."""
    from nianbao.svg import clean

    found: dict[str, bytes] = {}
    for chart in charts:
        kind = chart_kind(chart.draw)
        place = getattr(chart.draw, "place", "")
        with blame(chart.draw, place=place):
            files = kind.draw(chart, style)
            for suffix in (".svg", ".png"):
                if not isinstance(files.get(suffix), bytes):
                    raise TypeError(f"draw() of {chart.draw} should return the bytes of {suffix}")
            svg = f"charts/{chart.key}.svg"
            found |= {svg: clean(svg, chart.key, files[".svg"], place), f"charts/{chart.key}.png": files[".png"]}
    return found


def view(chart: Chart, report: Report) -> ChartView:
    """A chart for the template; this year's figures are marked as data, last year's are another report's."""
    rows = []
    for at, name in enumerate(chart.categories):
        cells = [Markup(shown(year.values[at])) for year in chart.series]
        if chart.paths[at] and (figure := Figure.of(report.facts.node(chart.paths[at]), report.facts)) is not None:
            cells[-1] = figure.__html__()
        rows.append(Row(name, cells))
    return ChartView(chart.key, chart.title, chart.unit, chart.alt, [year.name for year in chart.series], rows)
