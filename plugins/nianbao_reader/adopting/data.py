"""The data file of a finished report: figures at their finest level, sentences with names in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from nianbao import Passage, Reading, Standard, Told
from nianbao.answers import take
from nianbao.facts import Facts
from nianbao.standard import LEAD, NOTES
from nianbao.taking import figures_told
from nianbao.tree import TOTAL, Node, bare, chinese, normal
from nianbao_reader.adopting.channels import Part, gather
from nianbao_reader.adopting.entries import Entry
from nianbao_reader.adopting.figures import figures, key_of, unit_of
from nianbao_reader.adopting.naming import Breakdowns, Named
from nianbao_reader.adopting.sentences import Count, Marked, Sentences, cleaned, unclear
from nianbao_reader.adopting.sentences import Facts as Known
from nianbao_reader.adopting.shape import Section, has_tables


@dataclass(frozen=True)
class Data:
    """The entries of a data file."""

    entries: list[Entry]


def data_of(
    reading: Reading, sections: Mapping[str, Section], count: Count, words: Mapping[str, str], *, new_names: bool
) -> Data:
    """What a data file says of a report. ``count`` tells what numbers count; ``words`` are the names that settings give."""
    standard = reading.standard
    tables = {key: figures(reading, key) for key in standard.sections}
    known = _facts(standard, {key: _answer(entries) for key, entries in tables.items()})
    printed = {path: f"{fact.value}" for path, fact in known.figures.items() if known.node(path).tabular}
    fields = {path: node.unit for path, node in standard.nodes.items() if node.is_input and not node.tabular}
    breakdowns = Breakdowns(standard, words, off=not new_names)
    facts = {**figures_told(reading), **reading.named}
    said = {path: fact.value for path, fact in facts.items() if isinstance(fact.value, int | Decimal)}
    _brought(standard, said, breakdowns)
    sentences = Sentences(Known(printed, reading.year, reading.name), count, breakdowns, fields=fields)
    sentences.told |= {path: value for path, value in said.items() if path in fields}
    if new_names and not reading.named:
        _gather(reading, sections, count, breakdowns)
    marked = {key: list(_marked(section, standard, sentences)) for key, section in sections.items()}
    own = {key: [*_fields(standard, key, sentences.told), *breakdowns.entries(key)] for key in standard.sections}
    names = _facts(standard, {key: _answer([*tables[key], *own[key]]) for key in standard.sections})
    taken = {normal(name) for name in words}

    def name_of(path: str) -> str:
        return _name(names, path, taken)

    made: list[Entry] = []
    number = 0
    for key, section in standard.sections.items():
        number += section.heading
        top = standard.nodes[key]
        figures_here = [*own[key], *tables[key]]
        told = list(_texts(marked[key], {normal(entry.key) for entry in figures_here}, name_of))
        label = f"{chinese(number)}、{section.label}" if section.heading else section.label
        made += _section(label, top, told, figures_here, _lost(reading, key))
    return Data(made)


def _gather(reading: Reading, sections: Mapping[str, Section], count: Count, breakdowns: Breakdowns) -> None:
    """What the parts of section two tell is taken together, where it adds up to what is told in all."""

    def parts(key: str, tolds: Iterable[Told]) -> Iterator[Part]:
        for told in tolds:
            text = cleaned(told.text)
            numbers = count(Passage(key, f"{key}.“{told.title}”", told.title, text))
            yield Part("".join(bare(told.title).split()), text, {number.start: number for number in numbers})

    home = "proactive_disclosure"
    if home in sections and (here := sections[home]).parts:
        overview = sections.get("overview", here)
        told = [*parts("overview", [*overview.lead, *(each for _, each in overview.parts)]), *parts(home, here.lead)]
        gather(breakdowns, home, list(parts(home, (each for _, each in here.parts))), told)


def _section(label: str, top: Node, told: list[Entry], figures_here: list[Entry], note: str) -> Iterator[Entry]:
    if not told and not figures_here:
        if note:
            yield Entry(label, None, note)
    elif len(told) == 1 and not figures_here and normal(told[0].key) in top.children[LEAD].names and not note:
        yield Entry(label, told[0].value, told[0].note)
    else:
        leads = [entry for entry in told if entry.key == "引言"]
        yield Entry(label, [*leads, *figures_here, *(entry for entry in told if entry not in leads)], note, open=True)


def _lost(reading: Reading, key: str) -> str:
    """Why the tables of a section could not be read."""
    if has_tables(reading, key) and key in reading.unread:
        return f"表格未读出：{reading.unread[key].zh}"
    return ""


def _marked(section: Section, standard: Standard, sentences: Sentences) -> Iterator[tuple[Node | None, str, Marked]]:
    """The sentences of a section by their places: a part of the standard, or the title of one of its own."""
    top = standard.nodes[section.key]
    if section.lead:
        yield top.children[LEAD], "", sentences.read(section.key, f"{section.key}.{LEAD}", section.lead)
    if section.note:
        yield top.children[NOTES], "", sentences.read(section.key, f"{section.key}.{NOTES}", [section.note])
    for node, told in section.parts:
        path = node.path if node else f"{section.key}.“{told.title}”"
        yield node, told.title, sentences.read(section.key, path, [told])


def _texts(marked: list[tuple[Node | None, str, Marked]], taken: set[str], name_of: Any) -> Iterator[Entry]:
    for number, (node, title, text) in enumerate(marked, 1):
        label = "".join(bare(title).split())
        key = label
        if node is not None and node.parent is not None:
            names = (
                key_of(node, node.parent),
                bare(node.label),
                label,
                *sorted(name for name in node.names if not name.isascii()),
            )
            key = next((name for name in names if name and normal(name) not in taken), node.key)
        elif normal(key) in taken:
            key = f"（{chinese(number)}）{key}"  # a name may be that of a figure, too; the key may not
        yield Entry(key, text.filled(name_of), unclear(text.left))


def _fields(standard: Standard, section: str, told: Mapping[str, int | Decimal]) -> Iterator[Entry]:
    """The figures of the standard that stand in no table: the fees."""
    top = standard.nodes[section]
    for path, value in told.items():
        node = standard.nodes[path]
        if node.parent is top:
            yield Entry(key_of(node, top), value, unit_of(node))


def _brought(standard: Standard, said: Mapping[str, int | Decimal], breakdowns: Breakdowns) -> None:
    """The figures of one's own among those that a page told, each below the one that it is a part of."""
    for path, value in said.items():
        section, *names = path.split(".")
        if path in standard.nodes:
            continue
        level = breakdowns.named.setdefault(section, {})
        for name in names[:-1]:
            level = level.setdefault(name, Named(0)).parts
        level[names[-1]] = Named(value)
    for whole in (whole for wholes in breakdowns.named.values() for whole in wholes.values()):
        _add_up(whole)


def _add_up(whole: Named) -> int | Decimal:
    whole.value = sum(map(_add_up, whole.parts.values())) if whole.parts else whole.value
    return whole.value


def _answer(entries: list[Entry]) -> dict[str, Any]:
    return {entry.key: _answer(entry.value) if isinstance(entry.value, list) else entry.value for entry in entries}


def _facts(standard: Standard, answers: Mapping[str, dict[str, Any]]) -> Facts:
    facts = Facts(standard)
    for section, answer in answers.items():
        take(facts, "adopt", section, answer)
    facts.settle()
    return facts


def _name(facts: Facts, path: str, taken: set[str]) -> str:
    """What a sentence calls a figure: its own name, with the one above where several bear it; its path where these do, too."""
    try:
        node = facts.node(path)
    except KeyError:
        return ""
    if path not in facts.figures:
        return ""
    above = node.parent
    if (
        node.names & TOTAL
        and above
        and above.grouping
        and above.path in facts.figures
        and facts.figures[above.path].value == facts.figures[path].value
    ):
        return _name(facts, above.path, taken)  # 办理结果 says more than 总计
    for name in _calls(node):
        if [found.path for found in facts.look_up(name)] == [path] and normal(name) not in taken:
            return name
    return path if [found.path for found in facts.look_up(path)] == [path] else ""


def _calls(node: Node) -> Iterator[str]:
    own = sorted({name for name in (node.short, bare(node.label)) if name and "." not in name}, key=len)
    # A cell is told with its row: “其他” alone says nothing.
    if not (node.row and node.row != node.path):
        yield from own
    above = node.parent
    while above is not None and above.parent is not None:
        for name in own:
            yield f"{above.short or bare(above.label)}.{name}"
        above = above.parent
