"""Themes: found by name or folder, following ``extends``; a theme lays out a Report as a Document."""

from __future__ import annotations

import functools
from dataclasses import dataclass, field
from pathlib import Path

from jinja2 import FunctionLoader, TemplateError, TemplateNotFound
from markupsafe import Markup
from yaml import MappingNode, Node

from nianbao.document import Document
from nianbao.drawing import Drawing, draw
from nianbao.errors import SentenceError, SettingError, UnknownName, did_you_mean
from nianbao.plugins import folder
from nianbao.report import Layout, Part, Report
from nianbao.sandbox import Sandbox, Viewed
from nianbao.sentences import Figure, Missing
from nianbao.standard import LEAD, Standard
from nianbao.style import Style
from nianbao.tree import Node as Place
from nianbao.tree import bare
from nianbao.typed import typed
from nianbao.workspace import Edition
from nianbao.yamlfile import Text, empty, entries, load, merge

DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True)
class Declaration:
    """A theme's ``theme.yaml``."""

    title: str = "{{ 编制单位 }}{{ 年度 }}年政府信息公开工作年度报告"
    extends: str = ""
    sections: Node | None = None
    style: Style = field(default_factory=Style)


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
    html: str | Markup = ""


class Theme:
    """A theme: its folders (its own first, then those it extends), its layouts and its style."""

    def __init__(self, name: str, folders: tuple[Path, ...], node: MappingNode) -> None:
        self.name, self.folders = name, folders
        self._declared: Declaration = typed(node, Declaration)
        self.style = self._declared.style
        self._sandbox = Sandbox(FunctionLoader(self._source))

    def layouts(self, standard: Standard, edition: Edition) -> dict[str, Layout]:
        """The layout of every section of a standard, the jurisdiction's own words merged over the theme's."""
        sections = _by_section(self._declared.sections, standard)
        own = _by_section(edition.settings.sections, standard)
        return {key: typed(merge(sections.get(key), own.get(key)), Layout) for key in standard.sections}

    def render(self, report: Report, layouts: dict[str, Layout], *, draft: bool = False) -> Document:
        """Lay a report out. Figures that it lacks are kept in ``report.names.missing``; raises SentenceError."""
        title = report.names.fill(self._declared.title, getattr(self._declared.title, "place", ""), theme=True).striptags()
        views = []
        number = 0
        for view in self._views(report, layouts):
            number += bool(view.heading)
            view.heading = view.heading and f"{chinese(number)}、{view.heading}"
            view.html = self._fill(f"{view.key}.html", "section.html", section=view)
            views.append(view)
        html = self._fill("report.html", "report.html", title=title, draft=draft, sections=views)
        edition = report.edition
        meta = {
            "author": edition.settings.office or edition.jurisdiction.name,
            "date": f"{edition.year}-12-31",
            "language": "zh-CN",
            "subject": "政府信息公开工作年度报告",
            "keywords": f"{edition.jurisdiction.name},{edition.year}年,政府信息公开,年度报告",
        }
        return Document(html, title, draft, meta, self.style, report)

    def _views(self, report: Report, layouts: dict[str, Layout]) -> list[SectionView]:
        views = []
        for key, section in report.standard.sections.items():
            layout, parts = layouts[key], report.parts[key]
            lead = [paragraph for part in parts if _is_lead(part) for paragraph in _paragraphs(part.html)]
            rest = [part for part in parts if not _is_lead(part)]
            told = [
                PartView(part.path, f"（{chinese(n)}）{part.title}", layout.headings == "run-in", _paragraphs(part.html))
                for n, part in enumerate(rest, 1)
            ]
            tables = [_drawing(report, key)] if section.tables and layout.as_ == "tables" else []
            heading = (layout.title or bare(section.label)) if section.heading else ""
            if section.heading or lead or told:
                views.append(SectionView(key, heading, lead, told, tables))
        return sorted(views, key=lambda view: bool(view.heading))

    def _fill(self, name: str, fallback: str, **context: object) -> Markup:
        try:
            template = self._sandbox.select_template([name, fallback])
            return self._sandbox.fill(template, dict(context))
        except (TemplateError, RecursionError, TypeError, ValueError, ArithmeticError) as error:
            line = getattr(error, "lineno", None)
            place = f"{self.name}/templates/{name}" + (f":{line}" if line else "")
            zh, en = f"版式模板有误：{error}", f"the theme's template is wrong: {error}"
            mend = ("没有模板的版式要写 extends。", "A theme without templates needs `extends`.")
            raise SentenceError(zh, en, place=place, mend=mend if isinstance(error, TemplateNotFound) else None) from None

    def _source(self, name: str) -> str | None:
        found = next((f / "templates" / name for f in self.folders if (f / "templates" / name).is_file()), None)
        return found.read_text(encoding="utf-8") if found else None


@functools.cache
def theme(name: str, workspace: Path) -> Theme:
    """The theme of a name, or of a folder in the workspace (``./themes/mine``). Raises UnknownName or SettingError."""
    folders, node = _chain(name, workspace, ())
    return Theme(str(name), folders, node)


def _chain(name: str, workspace: Path, below: tuple[str, ...]) -> tuple[tuple[Path, ...], MappingNode]:
    local = name.startswith(".")
    home = workspace / name if local else folder("themes", name) / name
    shown = f"{name}/theme.yaml".removeprefix("./") if local else f"{name}/theme.yaml"
    if not (home / "theme.yaml").is_file():
        raise UnknownName(f"“{name}”里没有 theme.yaml", f"“{name}” has no theme.yaml", place=getattr(name, "place", ""))
    if name in below:
        raise SettingError(f"版式“{name}”引用了它自己", f"the theme “{name}” extends itself", place=f"{shown}:1:1")
    own = load(home / "theme.yaml", shown) or empty(shown)
    above = next((Text(v.value, f"{shown}:{v.start_mark.line + 1}") for k, v in entries(own) if k == "extends"), None)
    if not above:
        return (home,), own
    folders, node = _chain(above, workspace, (*below, str(name)))
    return (home, *folders), merge(node, own)


def _by_section(node: Node | None, standard: Standard) -> dict[str, MappingNode]:
    if node is None:
        return {}
    found = {}
    for label, value in entries(node):
        hits = [hit for hit in standard.root.find(label) if hit.kind == "section"]
        if not hits:
            known = list(standard.sections) + [section.label for section in standard.sections.values()]
            raise SettingError(f"没有“{label}”这一部分", f"there is no section “{label}”", place=label.place,
                               mend=did_you_mean(label, known))  # fmt: skip
        if not isinstance(value, MappingNode):
            raise SettingError(f"“{label}”后面应是一组设置", f"“{label}” takes a mapping", place=label.place)
        found[hits[0].key] = value
    return found


def _drawing(report: Report, section: str) -> Drawing:
    place = report.standard.nodes[section]
    absent: list[str] = []

    def print_figure(path: str) -> Markup:
        figure = Figure.of(report.facts.node(path), report.facts)
        if figure is None:
            absent.append(path)
            return Markup("<mark>待填</mark>")
        return Markup(figure.__html__())

    drawing = draw(place, list(report.standard.sections[section].tables.values()), print_figure)
    if absent:
        rows = dict.fromkeys(_row(report.facts.node(path)) for path in absent)
        report.names.missing.append(Missing(section, "、".join(rows), ""))
    return drawing


def _row(cell: Place) -> str:
    """The name of the outermost row that a cell stands in."""
    while cell.parent is not None and cell.parent.kind == "group" and not cell.parent.grouping:
        cell = cell.parent
    return cell.short or bare(cell.label)


def chinese(number: int) -> str:
    """A number below 100 in Chinese numerals."""
    tens, ones = divmod(number, 10)
    return (DIGITS[tens] if tens > 1 else "") + ("十" if tens else "") + (DIGITS[ones] if ones or not tens else "")


def _paragraphs(html: Markup) -> list[Markup]:
    return [Markup(line.strip()) for line in html.split("\n") if line.strip()]


def _is_lead(part: Part) -> bool:
    return part.path.endswith(f".{LEAD}")
