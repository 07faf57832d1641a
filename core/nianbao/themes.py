"""Themes: found by name or folder, following ``extends``; a theme lays out a Report as a Document."""

from __future__ import annotations

import functools
import os
import re
from dataclasses import field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import FunctionLoader, TemplateError
from markupsafe import Markup
from yaml import MappingNode, Node

from nianbao.answers import one_slip
from nianbao.errors import SentenceError, SettingError, did_you_mean
from nianbao.extending import lineage
from nianbao.layouts import Layout, layouts_of
from nianbao.lean import dataclass
from nianbao.prose import plain
from nianbao.report import Report
from nianbao.sandbox import TO_FILL, Sandbox, Viewed
from nianbao.sentences import Figure
from nianbao.standard import LEAD, NOTES, Standard
from nianbao.style import Style
from nianbao.tree import chinese
from nianbao.typed import typed
from nianbao.workspace import Edition
from nianbao.yamlfile import merge

if TYPE_CHECKING:
    from nianbao.document import Document
    from nianbao.drawing import Drawing
    from nianbao.picturing import ChartView

ASSETS = ("extra.css", "reference.docx")
LARGEST_ASSET, LARGEST_TEMPLATE = 20_000_000, 1_000_000  # bytes
MOST_BLOCKS = 50_000


@dataclass(frozen=True)
class Declaration:
    """A theme's ``theme.yaml``; ``serves`` says whom, and is no theme's that extends it."""

    serves: str = ""
    title: str = "{{ 编制单位 }}{{ 年度 }}年政府信息公开工作年度报告"
    sections: Node | None = None
    style: Style = field(default_factory=Style)

    def __post_init__(self) -> None:
        """Raise SettingError where the report would have no title."""
        if not self.title:
            mend = ("写上标题，或去掉 title 沿用上一级的。", "Write one, or leave `title` out to have the parent's.")
            raise SettingError("标题是空的", "the title is empty", place=getattr(self.title, "place", ""), mend=mend)


@dataclass
class PartView(Viewed):
    """A part as a template sees it."""

    key: str
    heading: str
    run_in: bool
    paragraphs: list[Markup]


@dataclass
class SectionView(Viewed):
    """A section as a template sees it."""

    key: str
    heading: str
    lead: list[Markup]
    parts: list[PartView]
    tables: list[Drawing]
    notes: list[Markup]
    charts: list[ChartView]
    html: str | Markup = ""


class Theme:
    """A theme: its folders (its own first, then those it extends), its layouts and its style."""

    def __init__(self, name: str, folders: tuple[Path, ...], nodes: tuple[MappingNode, ...]) -> None:
        self.name, self.folders = name, folders
        self._sections = [typed(node, Declaration).sections for node in reversed(nodes)]
        declared: Declaration = typed(functools.reduce(merge, reversed(nodes)), Declaration)
        self.style, self.title = declared.style, declared.title
        self.serves = typed(nodes[0], Declaration).serves
        self._sandbox = Sandbox(FunctionLoader(self._source))

    def layouts(self, standard: Standard, edition: Edition) -> dict[str, Layout]:
        """The layout of every section of a standard, the jurisdiction's own words over the theme's. Raises SettingError."""
        for file in self._templates:
            known = ("report", "section", *standard.sections)
            if file.stem not in known and any(one_slip(file.stem, name) for name in known):
                raise SettingError(f"没有“{file.stem}”这一部分", f"there is no section “{file.stem}”", place=self._shown(file),
                                   mend=did_you_mean(file.stem, known))  # fmt: skip
        return layouts_of(standard, self._sections, edition.settings.sections)

    def title_of(self, report: Report) -> str:
        """The title of a report, filled: the jurisdiction's, else the theme's."""
        title = report.edition.settings.title or self.title
        return " ".join(plain(report.names.fill(title, getattr(title, "place", ""), theme=True)).split())

    def render(self, report: Report, layouts: dict[str, Layout], *, draft: bool = False) -> Document:
        """Lay a report out. Raises SentenceError where a template is wrong."""
        from nianbao.document import Document

        title = report.title or self.title_of(report)
        views = []
        for view in self._views(report, layouts):
            view.html = self._fill(f"{view.key}.html", "section.html", section=view)
            views.append(view)
        html = self._fill("report.html", title=title, draft=draft, sections=views)
        self._refuse_endless(html)
        self._refuse_lost_charts(html, report)
        edition = report.edition
        meta = {
            "author": edition.settings.office or edition.jurisdiction.name,
            "date": dated(edition.year),
            "language": "zh-CN",
            "subject": "政府信息公开工作年度报告",
            "keywords": f"{edition.jurisdiction.name},{edition.year}年,政府信息公开,年度报告",
            "published": edition.settings.published,
        }
        return Document(html, title, draft, meta, self.style, report, {**self.assets, **_pictures(report, self.style)})

    def _refuse_endless(self, html: str) -> None:
        """Once, before every format labours over it."""
        if (blocks := sum(map(html.count, ("<p", "<td", "<th", "<li", "<div")))) > MOST_BLOCKS:
            raise SentenceError(f"页面有 {blocks} 个段落和表格单元，最多 {MOST_BLOCKS} 个", f"the page has {blocks} paragraphs and cells, at most {MOST_BLOCKS}",
                                place=f"{self._home('report.html')}/report.html", mend=("核对模板里的循环和格式标准的表。", "Look at the templates' loops and the standard's tables."))  # fmt: skip

    def _refuse_lost_charts(self, html: str, report: Report) -> None:
        """Every chart stands on the page, and no other picture: a format would only leave it out."""
        wanted = {f"charts/{chart.key}.svg" for charts in report.charts.values() for chart in charts}
        shown = set(re.findall(r'src="(charts/[^"]*)"', html))
        if wanted != shown:
            name = min(wanted ^ shown)
            zh, en = ("少了", "lacks the") if name in wanted else ("没有", "has no")
            raise SentenceError(f"页面{zh}图表 {name}", f"the page {en} chart {name}", place=self._home("section.html") or self.name,
                                mend=("核对模板里的图表。", "Look at the charts in the templates."))  # fmt: skip

    @functools.cached_property
    def _templates(self) -> list[Path]:
        return [file for folder in self.folders for file in sorted((folder / "templates").glob("*.html"))]

    @functools.cached_property
    def assets(self) -> dict[str, bytes]:
        """The files in ``assets/``, this theme's before those that it extends. Raises SettingError where one cannot be used."""
        found: dict[str, bytes] = {}
        for file in (file for folder in self.folders for file in sorted((folder / "assets").glob("[!.~#]*"))):
            inside = file.is_file() and file.resolve().is_relative_to(file.parents[1].resolve())
            if file.name not in ASSETS or not inside or file.stat().st_size > LARGEST_ASSET:
                raise SettingError(f"版式用不上 assets/{file.name}", f"a theme has no use for assets/{file.name}", place=self._shown(file),
                                   mend=(f"可以放 {'、'.join(ASSETS)}。", f"There can be {', '.join(ASSETS)}."))  # fmt: skip
            found.setdefault(file.name, file.read_bytes())
            if file.suffix == ".css":
                from nianbao.stylesheet import look_through

                look_through(file.read_bytes(), self._shown(file))
        return found

    def _shown(self, file: Path) -> str:
        """What messages call a file of this theme or of those that it extends."""
        home = next(folder for folder in self.folders if file.is_relative_to(folder))
        name = self.name.removeprefix("./") if home == self.folders[0] else home.name
        return f"{name}/{file.relative_to(home).as_posix()}"

    def _views(self, report: Report, layouts: dict[str, Layout]) -> list[SectionView]:
        views = []
        for key, section in report.standard.sections.items():
            layout, parts = layouts[key], report.parts[key]
            around = (f"{key}.{LEAD}", f"{key}.{NOTES}" if section.tables else "")
            lead, notes = ([p for part in parts if part.path == path for p in _paragraphs(part.html)] for path in around)
            rest = [part for part in parts if part.path not in around]
            told = [
                PartView(part.path, f"（{chinese(n)}）{part.title}", layout.headings == "run-in", _paragraphs(part.html))
                for n, part in enumerate(rest, 1)
            ]
            tables = [_drawing(report, key)] if section.tables and layout.as_ != "text" else []
            heading = report.headings.get(key, "")
            if heading or lead or told:
                views.append(SectionView(key, heading, lead, told, tables, notes, _charts(report, key)))
        return sorted(views, key=lambda view: bool(view.heading))

    def _fill(self, *names: str, **context: object) -> Markup:
        """The first template of these names, rendered. Raises SentenceError at its file and line."""
        name = next((name for name in names if self._home(name)), names[-1])
        place = f"{self._home(name) or self.name}/{name}"
        if self._home(name) is None:
            mend = ("没有模板的版式要写 extends。", "A theme without templates needs `extends`.")
            raise SentenceError("没有这个模板", "there is no such template", place=place, mend=mend)
        try:
            return self._sandbox.fill(self._sandbox.get_template(name), dict(context))
        except (TemplateError, RecursionError, MemoryError, ArithmeticError, TypeError, ValueError, OSError) as error:
            line = getattr(error, "lineno", None) or _line(error, name)
            mend = (
                "模板里可用名称、过滤器、if、for 和排版用的 HTML。",
                "A template takes names, filters, if, for and HTML that lays out.",
            )
            place = f"{place}:{line}" if line else place
            said = getattr(error, "message", None) or str(error)
            raise SentenceError(
                f"版式模板有误：{said}", f"the theme's template is wrong: {said}", place=place, mend=mend
            ) from None

    def _home(self, template: str) -> str | None:
        """The folder of templates that has one, as messages name it."""
        home = next((folder / "templates" for folder in self.folders if (folder / "templates" / template).is_file()), None)
        return None if home is None else self._shown(home)

    def _source(self, name: str) -> str | None:
        home = next((folder for folder in self.folders if (folder / "templates" / name).is_file()), None)
        if home is None:
            return None
        if not (path := (home / "templates" / name).resolve()).is_relative_to(home.resolve()):
            raise TemplateError("a link leads out of the theme")
        if path.stat().st_size > LARGEST_TEMPLATE:
            raise TemplateError(f"it is larger than {LARGEST_TEMPLATE} bytes")
        from nianbao.markup import refuse_code

        text = path.read_text(encoding="utf-8")
        refuse_code(self._sandbox, text)
        return text


def _line(error: BaseException, template: str) -> int | None:
    """The line of a template in which an error was raised."""
    import traceback

    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename in ("<template>", template)]
    return frames[-1].lineno if frames else None


@functools.cache
def theme(name: str, workspace: Path) -> Theme:
    """The theme of a name, or of a folder in the workspace (``./themes/mine``). Raises UnknownName or SettingError."""
    files, nodes = zip(*lineage("themes", name, workspace), strict=True)
    return Theme(str(name), tuple(file.parent for file in files), nodes)


def _drawing(report: Report, section: str) -> Drawing:
    from nianbao.drawing import draw

    def print_figure(path: str) -> Markup:
        figure = Figure.drawn(report.facts.node(path), report.facts)
        annotation = report.annotations.get(path)
        return (TO_FILL if figure is None else figure.__html__()) + (annotation.html if annotation else Markup())

    name = f"t{[*report.standard.sections].index(section)}"
    return draw(report.standard.nodes[section], report.standard.grids[section], print_figure, name)


def _charts(report: Report, section: str) -> list[ChartView]:
    if not report.charts.get(section):
        return []
    from nianbao.picturing import view

    return [view(chart, report) for chart in report.charts[section]]


def _pictures(report: Report, style: Style) -> dict[str, bytes]:
    if not any(report.charts.values()):
        return {}
    from nianbao.picturing import pictures

    return pictures((chart for charts in report.charts.values() for chart in charts), style)


def dated(year: int) -> str:
    """The date that files bear: that of SOURCE_DATE_EPOCH (reproducible-builds.org), else the last day of the year."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch is None:
        return f"{year}-12-31"
    if not re.fullmatch(r"\d{1,11}", epoch):
        raise SettingError("SOURCE_DATE_EPOCH 应是秒数", "SOURCE_DATE_EPOCH should be a number of seconds", place="SOURCE_DATE_EPOCH",
                           mend=("改成整数，或取消这个变量。", "Make it a whole number, or unset it."))  # fmt: skip
    return datetime.fromtimestamp(int(epoch), UTC).date().isoformat()


def _paragraphs(html: Markup) -> list[Markup]:
    return [Markup(line.strip()) for line in html.split("\n") if line.strip()]
