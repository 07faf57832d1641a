"""How each section is told and titled: the themes' ``sections:`` from the base up, then the jurisdiction's over them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from yaml import MappingNode, Node, ScalarNode

from nianbao.answers import one_slip
from nianbao.errors import SettingError, did_you_mean, nearest
from nianbao.standard import Standard
from nianbao.tree import Node as Place
from nianbao.tree import bare, normal
from nianbao.typed import typed
from nianbao.yamlfile import empty, entries, merge


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
    """How one section is laid out. ``titles`` and ``texts`` are of its parts, by key, label or a name of one's own."""

    title: str = ""
    as_: Literal["tables", "text"] = "tables"
    headings: Literal["line", "run-in"] = "line"
    text: str = ""
    titles: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    charts: tuple[ChartLayout, ...] = ()

    def title_of(self, place: Place) -> str:
        """The heading of a part: the layout's, else its own name."""
        return _named(self.titles, place) or bare(place.label)

    def text_of(self, place: Place) -> str:
        """The sentence for a part for which the data has none."""
        return _named(self.texts, place)

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
        for key, node in _by_section(sections, standard, strict=False):
            merged[key] = merge(merged[key], node)
    for key, node in _by_section(own, standard, strict=True):
        merged[key] = merge(merged[key], node)
    return {key: typed(node, Layout) for key, node in merged.items()}


def _by_section(node: Node | None, standard: Standard, *, strict: bool) -> Iterator[tuple[str, MappingNode]]:
    seen = set()
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
        yield section.key, _with_keys(value, section)


def _with_keys(layout: MappingNode, section: Place) -> MappingNode:
    """A layout whose ``titles`` and ``texts`` name the standard's parts by key, so that aliases merge as one."""
    pairs = []
    for key, value in layout.value:
        words = value
        if key.value in ("titles", "texts") and isinstance(value, MappingNode):
            named = [(_keyed(name, section), text) for name, text in value.value]
            words = MappingNode(value.tag, named, value.start_mark, value.end_mark)
        pairs.append((key, words))
    return MappingNode(layout.tag, pairs, layout.start_mark, layout.end_mark)


def _keyed(name: ScalarNode, section: Place) -> ScalarNode:
    parts = [child for child in section.children.values() if child.has_part]
    wanted, mark = normal(name.value), name.start_mark
    if part := next((part for part in parts if wanted in part.names), None):
        return ScalarNode(name.tag, part.key, mark, name.end_mark, name.style)
    if part := next((part for part in parts if any(one_slip(wanted, known) for known in part.names)), None):
        label = bare(part.label)
        raise SettingError(f"没有“{name.value}”这一项", f"“{name.value}” is unknown",
                           place=f"{mark.name}:{mark.line + 1}:{mark.column + 1}",
                           mend=(f"是不是“{label}”？", f"Did you mean “{label}”?"))  # fmt: skip
    return name


def _named(words: dict[str, str], place: Place) -> str:
    return next((word for name, word in words.items() if normal(name) in place.names), "")
