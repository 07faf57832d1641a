"""How each section is told and titled: the themes' ``sections:`` from the base up, then the jurisdiction's over them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import field
from typing import Literal

from yaml import MappingNode, Node, ScalarNode, SequenceNode

from nianbao.answers import one_slip
from nianbao.errors import SettingError, StandardError, did_you_mean, nearest
from nianbao.lean import dataclass
from nianbao.standard import Section, Standard
from nianbao.tree import Node as Place
from nianbao.tree import bare, chinese, normal
from nianbao.typed import typed
from nianbao.yamlfile import empty, entries, merge, place


@dataclass(frozen=True)
class ChartLayout:
    """A picture of figures: of one with its breakdown, or of several; ``draw`` names its kind (group ``nianbao.charts``)."""

    of: tuple[str, ...]
    title: str = ""
    draw: str = "bars"

    def __post_init__(self) -> None:
        """Raise SettingError where it shows nothing."""
        if not self.of:
            raise SettingError(
                "图表没有写要画的数据项", "the chart names no figure", mend=("写上 of: 名称。", "Write of: and a name.")
            )

    @property
    def place(self) -> str:
        """Where its figures are named."""
        return getattr(self.of[0], "place", "")


@dataclass(frozen=True)
class Layout:
    """How one section is laid out. ``titles`` and ``texts`` are of its parts, by key, label or a name of one's own.

    ``number`` stands before the title in place of its count (一、): 第一部分. ``as: nothing``: a report does without the section, as
    long as nobody tells anything of it.
    ``omit`` names parts of the standard that this report does not have: the lead (引言) or any other; nobody asks for them.
    ``notes`` stand under its tables; ``annotations`` behind a figure in its cell, by the path of the cell once they are merged.
    """

    title: str = ""
    number: str | None = None
    as_: Literal["tables", "text", "nothing"] = "tables"
    headings: Literal["line", "run-in"] = "line"
    text: str = ""
    titles: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    omit: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    annotations: dict[str, str] = field(default_factory=dict)
    charts: tuple[ChartLayout, ...] = ()

    def heading_of(self, section: Section, count: int) -> str:
        """The heading of the section, the ``count``-th of its report."""
        number = f"{chinese(count)}、" if self.number is None else self.number
        return f"{number}{' ' * number[-1:].isalnum()}{self.title or bare(section.label)}"

    def title_of(self, place: Place) -> str:
        """The heading of a part: the layout's, else its own name."""
        return _named(self.titles, place) or bare(place.label)

    def text_of(self, place: Place) -> str:
        """The sentence for a part for which the data has none."""
        return _named(self.texts, place)

    def omits(self, place: Place) -> bool:
        """Whether a report so laid out does without a part."""
        return any(normal(name) in place.names for name in self.omit)

    def own_texts(self, places: list[Place]) -> Iterator[str]:
        """The names in ``texts`` that are none of these places: parts that the layout brings itself."""
        known = {name for place in places for name in place.names}
        return (name for name in self.texts if normal(name) not in known)


def layouts_of(standard: Standard, themes: Iterable[Node | None], own: Node | None) -> dict[str, Layout]:
    """The layout of every section of a standard.

    ``themes`` are the ``sections:`` of a theme and those it extends, the base first; ``own`` is the jurisdiction's. Raises
    SettingError for a section or part that is one slip away from a known one; a theme may lay out what a standard lacks.
    """
    merged = {key: empty() for key in standard.sections}
    for sections in themes:
        for key, node in by_section(sections, standard):
            merged[key] = merge(merged[key], node)
    for key, node in by_section(own, standard, strict=True):
        merged[key] = merge(merged[key], node)
    return {key: typed(node, Layout) for key, node in merged.items()}


def by_section(node: Node | None, standard: Standard, *, strict: bool = False) -> Iterator[tuple[str, MappingNode]]:
    """What ``sections:`` says of each section, by the keys of the standard; ``strict`` refuses sections that it lacks."""
    seen = set()
    if node is not None and not isinstance(node, MappingNode):
        raise SettingError("sections 后面应是“部分: 设置”", "`sections` takes a mapping of sections to settings", place=place(node),
                           mend=("写成 sections: {二、……: {as: text}}。", "Write sections: {disputes: {as: text}}."))  # fmt: skip
    for label, value in entries(node) if node is not None else ():
        section = standard.section(label)
        if section is None:
            if strict or nearest(label, standard.section_names()):
                raise SettingError(f"没有“{label}”这一部分", f"there is no section “{label}”", place=label.place,
                                   mend=did_you_mean(label, standard.section_names()))  # fmt: skip
            continue
        if not isinstance(value, MappingNode):
            raise SettingError(f"“{label}”后面应是一组设置", f"“{label}” takes a mapping", place=label.place,
                               mend=("如 {title: …}。", "For example {title: …}."))  # fmt: skip
        if section.key in seen:
            raise SettingError(f"“{label}”写了两次", f"“{label}” is written twice", place=label.place,
                               mend=("合成一处。", "Make one of them."))  # fmt: skip
        seen.add(section.key)
        yield section.key, _with_keys(value, section, standard)


def _with_keys(layout: MappingNode, section: Place, standard: Standard) -> MappingNode:
    """A layout that names parts by key and cells by path, so that aliases merge as one."""
    pairs = []
    for key, value in layout.value:
        words = value
        if key.value in ("titles", "texts", "annotations") and isinstance(value, MappingNode):
            cells = key.value == "annotations"
            named = [(_cell(n, section, standard) if cells else _keyed(n, section), text) for n, text in value.value]
            words = MappingNode(value.tag, named, value.start_mark, value.end_mark)
        elif key.value == "omit" and isinstance(value, SequenceNode):
            for name in value.value:
                _refuse_unknown(name, section)
        pairs.append((key, words))
    return MappingNode(layout.tag, pairs, layout.start_mark, layout.end_mark)


def _keyed(name: ScalarNode, section: Place) -> ScalarNode:
    parts = [child for child in section.children.values() if child.has_part]
    wanted, mark = normal(name.value), name.start_mark
    if part := next((part for part in parts if wanted in part.names), None):
        return ScalarNode(name.tag, part.key, mark, name.end_mark, name.style)
    if part := next((part for part in parts if any(one_slip(wanted, known) for known in part.names)), None):
        label = bare(part.label)
        raise SettingError(f"没有“{name.value}”这一项", f"“{name.value}” is unknown", place=place(name),
                           mend=(f"是不是“{label}”？", f"Did you mean “{label}”?"))  # fmt: skip
    return name


def _refuse_unknown(name: Node, section: Place) -> None:
    """What is left out has to be a part that the standard has. Raises SettingError."""
    known = [bare(child.label) for child in section.children.values() if child.has_part]
    if isinstance(name, ScalarNode) and not any(
        child.has_part and normal(name.value) in child.names for child in section.children.values()
    ):
        raise SettingError(f"没有“{name.value}”这一项，不用写 omit", f"there is no part “{name.value}” that could be left out", place=place(name),
                           mend=did_you_mean(name.value, known))  # fmt: skip


def _cell(name: ScalarNode, section: Place, standard: Standard) -> ScalarNode:
    """The name of a cell as its path. Raises SettingError where it is none that a table of the section draws."""
    drawn = {path for grid in standard.grids.get(section.key, ()) for path in grid.paths()}
    try:
        path = standard.path(section.key, name.value)
    except StandardError as error:
        path, zh, en = "", error.zh, error.en
    else:
        zh, en = f"“{name.value}”不是表里的一格", f"“{name.value}” is no cell of a table"
    if path not in drawn:
        raise SettingError(zh, en, place=place(name), mend=("写行名或“行名.列名”，如 行政规范性文件.制发。",
                                                            "Name a row, or `row.column`: 行政规范性文件.制发."))  # fmt: skip
    return ScalarNode(name.tag, path, name.start_mark, name.end_mark, name.style)


def _named(words: dict[str, str], place: Place) -> str:
    return next((word for name, word in words.items() if normal(name) in place.names), "")
