"""Sample facts made from a standard and a theme alone: every cell a small figure, every part a sentence that says it is none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from nianbao.facts import Facts
from nianbao.standard import LEAD, NOTES
from nianbao.tree import bare, normal

if TYPE_CHECKING:
    from nianbao.layouts import Layout
    from nianbao.standard import Standard
    from nianbao.tree import Node

ROUNDS = 20  # of making equations hold: those of one column may upset another's
_NAMES = re.compile(r"\{\{-?\s*([^{}|]+?)\s*-?(\|[^{}]*)?\}\}|\{%(.*?)%\}")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_WORDS = re.compile(r"[^\s()=!<>,|%-]+")
_ASKED = re.compile(r"([^\s()=!<>,|%-]+) is defined")
_SYNTAX = {"if", "elif", "else", "endif", "for", "endfor", "in", "is", "not", "defined", "and", "or", "true", "false", "none"}


@dataclass(frozen=True)
class Samples:
    """Sample answers by section; ``invented`` are the names that a sentence asks for and the standard lacks (name -> place)."""

    answers: Mapping[str, Mapping[str, Any]]
    invented: dict[str, str] = field(default_factory=dict)


def samples(standard: Standard, layouts: Mapping[str, Layout], words: Iterable[str]) -> Samples:
    """Facts for every place of a standard, and for every name in the sentences of its layouts; ``words`` are known already."""
    answers: dict[str, dict[str, Any]] = {key: {} for key in standard.sections}
    for path, value in _figures(standard).items():
        section, *names = path.split(".")
        below = answers[section]
        for name in names[:-1]:
            below = below.setdefault(name, {})
        below[names[-1]] = value
    for key in standard.sections:
        answers[key] |= _sentences(standard.nodes[key], layouts[key], standard)
    invented: dict[str, str] = {}
    known, facts = {normal(word) for word in words}, Facts(standard)
    for key, layout in layouts.items():
        for name, listed, place in _needed(standard.nodes[key], layout):
            head = normal(name.partition(".")[0])
            is_new = head not in known and not standard.index.get(head) and not facts.quoted(name)
            if is_new and all(map(normal, name.split("."))):
                _invent(answers[key], name.split("."), listed=listed)
                invented.setdefault(name, place)
    return Samples(answers, invented)


def _figures(standard: Standard) -> dict[str, int]:
    """A small figure for each place, such that every equation of the standard holds."""
    given = [node.path for section in standard.root.children.values() for node in section.inputs()]
    figures = {path: 1 + number % 4 for number, path in enumerate(given)}
    for _ in range(ROUNDS):
        upset = False
        for identity in standard.identities:
            sides = [[leaf for path in side for leaf in _leaves(standard, path)] for side in (identity.left, identity.right)]
            less, more = sorted(sides, key=lambda side: sum(figures[leaf] for leaf in side))
            lacking = sum(figures[leaf] for leaf in more) - sum(figures[leaf] for leaf in less)
            if lacking and (free := [leaf for leaf in less if leaf not in more]):
                figures[free[0]] += lacking
                upset = True
        if not upset:
            break
    return figures


def _leaves(standard: Standard, path: str) -> Iterator[str]:
    """The given figures that a figure is the sum of in the end."""
    addends = standard.nodes[path].addends
    if addends is None:
        yield path
    for addend in addends or ():
        yield from _leaves(standard, addend)


def _sentences(section: Node, layout: Layout, standard: Standard) -> dict[str, str]:
    """A sentence for each part for which neither the theme nor the standard has one."""
    parts = [child for child in section.children.values() if child.has_part and child.key not in (LEAD, NOTES)]
    silent = [part for part in parts if not layout.text_of(part) and not part.text]
    made = {str(part.label): _sentence(layout.title_of(part)) for part in silent}
    lead, drawn = section.children[LEAD], standard.sections[section.key].tables and layout.as_ == "tables"
    if not (parts or layout.text or layout.texts or lead.text or drawn):
        made[str(lead.label)] = _sentence(bare(section.label))
    return made


def _sentence(title: str) -> str:
    return (
        f"这是“{title}”的示例文字，不是真实内容，用来看版式：标题与正文怎样衔接，段落首行缩进几个字，"
        "一行排多少字，标点、《书名号》和（括号）落在哪里。"
    )


def _needed(section: Node, layout: Layout) -> Iterator[tuple[str, bool, str]]:
    """Each name in a sentence or chart, with whether its breakdown is shown and where it is written."""
    for text in _told(section, layout):
        yield from ((name, listed, getattr(text, "place", "")) for name, listed in _names(text))
    for chart in layout.charts:
        yield from ((name, len(chart.of) == 1, getattr(name, "place", "")) for name in chart.of)


def _told(section: Node, layout: Layout) -> Iterator[str]:
    """Every sentence of the theme, and each of the standard where the theme has none."""
    yield from (text for text in (layout.text, *layout.texts.values(), *layout.notes, *layout.annotations.values()) if text)
    for child in section.children.values():
        if child.text and not layout.text_of(child) and not (child.key == LEAD and layout.text):
            yield child.text


def _names(text: str) -> Iterator[tuple[str, bool]]:
    """The names that a sentence needs, each with whether its breakdown is listed; one that it only asks for may be absent."""
    asked = set(_ASKED.findall(text))
    for found in _NAMES.finditer(text):
        if found[1] and found[2]:
            yield found[1], True
        else:
            words = [found[1]] if found[1] else _WORDS.findall(_QUOTED.sub(" ", found[3]))
            yield from ((word, False) for word in words if word not in asked | _SYNTAX and not word.isdecimal())


def _invent(answer: dict[str, Any], names: list[str], *, listed: bool) -> None:
    """A named figure in its place; one whose breakdown is listed has one."""
    name, below = names[0], names[1:]
    if below or listed:
        within = answer.get(name)
        answer[name] = within if isinstance(within, dict) else {"示例甲": 3, "示例乙": 2}
    if below:
        _invent(answer[name], below, listed=listed)
    elif not listed:
        answer.setdefault(name, 5)
