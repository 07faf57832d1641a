"""How a finished report is laid out, and what of that a theme does not do by itself."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from nianbao import Reading, Told
from nianbao.layouts import Layout
from nianbao.standard import LEAD, NOTES
from nianbao.tree import Node, bare, chinese, normal
from nianbao_reader.adopting.entries import Entry
from nianbao_reader.adopting.figures import key_of

_NOTE = re.compile(r"注\s*[：:]\s*")
_RUN_IN = "。"
_UNSEEN = re.compile(r"[\s\x00-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+")


def squashed(text: str) -> str:
    """A text as it is compared: NFKC, without white space and what nobody sees."""
    return _UNSEEN.sub("", unicodedata.normalize("NFKC", text))


@dataclass(frozen=True)
class Section:
    """A section of a report: its lead, its parts by their places (``None`` for one of its own), the note under its tables.

    ``plain``: the file has it in a form that no theme prints by itself, all its sentences are the lead.
    """

    key: str
    lead: tuple[Told, ...]
    parts: tuple[tuple[Node | None, Told], ...] = ()
    note: Told | None = None
    run_in: bool = False
    plain: bool = False

    @property
    def has_own_parts(self) -> bool:
        """Whether it has parts that the standard does not know."""
        return any(node is None for node, _ in self.parts)


def section_of(reading: Reading, key: str, *, plain: bool = False) -> Section:
    """A section in its parts, if a theme can print these; else all of it as its lead."""
    top = reading.standard.nodes[key]
    told = [each for each in reading.told if each.section == key and (each.text.strip() or each.title)]
    told, note = _without_note(told, top)
    told = [_untitled(each) if is_note(each, top) else each for each in told]
    first = next((at for at, each in enumerate(told) if each.title), len(told))
    lead, rest = tuple(told[:first]), told[first:]
    run_in = bool(rest) and all(each.heading.strip().endswith((_RUN_IN, ".")) for each in rest)
    readings = (tuple((place(top, each.title), each) for each in rest) for place in (_alike, _place))
    parts = next((parts for parts in readings if not plain and _is_printed(top, parts, run_in=run_in)), None)
    if parts is None:
        return Section(key, tuple(_with_heading(each) for each in told), note=note, plain=True)
    return Section(key, lead, parts, note, run_in)


def _without_note(told: list[Told], top: Node) -> tuple[list[Told], Told | None]:
    """What a section says but for the note under its tables, and that note, if a theme can print it: 注：, several numbered.

    What stands there in another form is a paragraph like others.
    """
    if not told or NOTES not in top.children:
        return told, None
    before, last = told[:-1], told[-1]
    if last.title and not is_note(last, top):
        return told, None
    text = _NOTE.sub("", last.text, count=1) if _NOTE.match(last.text) else ""
    lines = text.split("\n")
    if len(lines) == 1 and text:
        return before, _cut(last, len(last.text) - len(text))
    if text and all(re.match(rf"{number}\s*\.\s*(?!\d)", line) for number, line in enumerate(lines, 1)) and not last.figures:
        lines = [re.sub(r"^\d+\s*\.\s*", "", line) for line in lines]
        return before, Told(last.section, "", "\n".join(lines), last.place)
    return [*before, _untitled(last)], None


def is_note(told: Told, top: Node) -> bool:
    """Whether a part is what stands under the tables of its section."""
    return NOTES in top.children and not told.heading and normal(told.title) in top.children[NOTES].names


def _untitled(told: Told) -> Told:
    return Told(told.section, "", told.text, told.place, "", told.figures)


def _cut(told: Told, start: int) -> Told:
    figures = {(begin - start, end - start): path for (begin, end), path in told.figures.items()}
    return Told(told.section, "", told.text[start:], told.place, "", figures)


def _with_heading(told: Told) -> Told:
    """A part whose heading is a line of its text, or begins it."""
    heading = (told.heading or told.title).strip()
    if not heading:
        return told
    before = heading if heading.endswith((_RUN_IN, "：", ":")) else f"{heading}\n"
    figures = {(start + len(before), end + len(before)): path for (start, end), path in told.figures.items()}
    return Told(told.section, "", before + told.text, told.place, "", figures)


def _place(top: Node, title: str) -> Node | None:
    """The part of the standard that a heading names."""
    return next((child for child in _asked(top) if normal(title) in child.names), None)


def _alike(top: Node, title: str) -> Node | None:
    """The part that a heading names, or has the name of among its words: 监督保障 in 政务公开监督保障工作."""
    if exact := _place(top, title):
        return exact
    wanted = normal(title)
    found = [child for child in _asked(top) if any(len(name) > 2 and name in wanted for name in child.names)]
    return found[0] if len(found) == 1 else None


def _asked(top: Node) -> list[Node]:
    return [child for child in top.children.values() if child.has_part and not child.quoted]


def _is_printed(top: Node, parts: tuple[tuple[Node | None, Told], ...], *, run_in: bool) -> bool:
    """Whether a theme prints these parts in their order, under headings numbered as these are."""
    order = list(top.children.values())
    ranks = [order.index(node) if node else len(order) for node, _ in parts]
    names = [node.key if node else normal(told.title) for node, told in parts]
    stop = _RUN_IN if run_in else ""
    return (
        ranks == sorted(ranks)
        and len(set(names)) == len(names)
        and not {LEAD, NOTES} & set(names)
        and all(told.title and told.text.strip() and "." not in told.title for _, told in parts)
        and all(
            not told.heading or squashed(told.heading) == squashed(f"（{chinese(number)}）{told.title}{stop}")
            for number, (_, told) in enumerate(parts, 1)
        )
    )


@dataclass
class Differences:
    """What a jurisdiction has to say over its theme, by section, so that a report comes out as it is."""

    sections: dict[str, list[Entry]] = field(default_factory=dict)

    @property
    def many(self) -> int:
        """How much that is."""
        return sum(
            len(each.value) if isinstance(each.value, list | tuple) else 1 for said in self.sections.values() for each in said
        )


def differences(reading: Reading, sections: dict[str, Section], layouts: dict[str, Layout]) -> Differences:
    """What the layouts of a theme do otherwise than the report."""
    order = [key for key in sections if key in reading.headings]
    count = {key: number for number, key in enumerate(order, 1)}
    found = {
        key: list(_of_section(reading, section, layouts[key], count.get(key, 0)))
        for key, section in sections.items()
        if not is_lacking(reading, key)
    }
    return Differences({key: said for key, said in found.items() if said})


def has_tables(reading: Reading, key: str) -> bool:
    """Whether the report has tables in a section, though they could not be read."""
    paths = {path for grid in reading.standard.grids.get(key, ()) for path in grid.paths()}
    return key not in reading.in_text and (any(path in reading.cells or reading.is_unread(path) for path in paths))


def is_lacking(reading: Reading, key: str) -> bool:
    """Whether the file does not have a section that the standard wants."""
    return reading.standard.sections[key].heading and key not in reading.headings


def _of_section(reading: Reading, section: Section, layout: Layout, count: int) -> Iterator[Entry]:
    declared, top = reading.standard.sections[section.key], reading.standard.nodes[section.key]
    written = "".join(reading.headings.get(section.key, "").split())
    heading = bare(written)
    if heading and declared.heading and squashed(heading) != squashed(layout.title or bare(declared.label)):
        yield Entry("title", heading)
    if heading and declared.heading and _number(written) != _number(layout.heading_of(declared, count)):
        yield Entry("number", _number(written))
    wanted = "tables" if has_tables(reading, section.key) else "text"
    if declared.tables and wanted != layout.as_ and (wanted == "tables" or section.lead or section.parts):
        yield Entry("as", wanted)
    if section.parts and section.run_in != (layout.headings == "run-in"):
        yield Entry("headings", "run-in" if section.run_in else "line")
    titles = []
    for node, told in section.parts:
        if node and squashed(layout.title_of(node)) != squashed(told.title):
            titles.append(Entry(key_of(node, top), "".join(told.title.split())))
    if titles:
        yield Entry("titles", titles)
    if omitted := tuple(_omitted(top, section, layout)):
        yield Entry("omit", omitted)
    told_titles = {normal(told.title) for node, told in section.parts if node is None}
    own = [name for name in layout.own_texts(_asked(top)) if normal(name) not in told_titles]
    if own:
        yield Entry("texts", [Entry(name, None) for name in own])


def _number(heading: str) -> str:
    """What stands before the title in a heading."""
    heading = squashed(heading)
    return heading.removesuffix(squashed(bare(heading)))


def _omitted(top: Node, section: Section, layout: Layout) -> Iterator[str]:
    """The parts that would be printed, or asked for, though the report has none of them."""
    told = {node.key for node, _ in section.parts if node} | ({LEAD} if section.lead else set())
    for node in top.children.values():
        if not node.has_part or node.quoted or node.key == NOTES or node.key in told or layout.omits(node):
            continue
        if node.required or node.text or layout.text_of(node) or (node.key == LEAD and layout.text):
            yield key_of(node, top)
