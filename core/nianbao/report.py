"""The report: the section hooks asked, answers merged, sums computed, sentences chosen and filled."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeAlias

from markupsafe import Markup

from nianbao.answering import collect
from nianbao.answers import take
from nianbao.errors import Mistakes, NianbaoError, Remedy, SentenceError, SourceError
from nianbao.facts import Fact, Facts, Sentence
from nianbao.lean import dataclass
from nianbao.past import NotAssessable, Past
from nianbao.sandbox import TO_FILL
from nianbao.sentences import Missing, Names
from nianbao.standard import LEAD, NOTES
from nianbao.tree import Node, bare

if TYPE_CHECKING:
    from pathlib import Path

    from nianbao.build import Order
    from nianbao.charts import Chart
    from nianbao.checks import Finding
    from nianbao.layouts import Layout
    from nianbao.plugins import Plugins
    from nianbao.prose import Passage
    from nianbao.reading import Cell
    from nianbao.workspace import Edition


LONGEST_PART, MOST_PARAGRAPHS = 100_000, 1_000  # letters and paragraphs of one part
Progress: TypeAlias = Callable[[int, int, str], None]
Chosen: TypeAlias = tuple[str, str, str, bool]  # a sentence, whose it is, its place, whether it is literal


@dataclass(eq=False)
class Run:
    """What a source may know of the command that asks it: the time, what it may reach, whom to tell of progress.

    ``offline``: what ``fetch`` kept stands for the sources that are not local. ``notes`` is what sources tell of how they
    answered, for ``sources test``; ``found`` what they find wrong in what they read, which becomes findings of the report;
    ``known`` what they hand, by a name of their own, to rules of theirs (``Report.known``). ``outputs`` are the folders in which reports lie, this command's first; ``failed`` the
    ids of jurisdictions whose build by this command has failed.
    """

    now: datetime = field(default_factory=lambda: datetime.now(UTC))
    private_hosts: tuple[str, ...] = ()
    progress: Progress = lambda done, total, what: None
    offline: bool = False
    outputs: tuple[Path, ...] = ()
    failed: tuple[str, ...] = ()
    mistakes: list[NianbaoError] = field(default_factory=list)
    notes: list[Remedy] = field(default_factory=list)
    found: list[Finding] = field(default_factory=list)
    known: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, edition: Edition, order: Order) -> Run:
        """The run of an order."""
        run = cls(private_hosts=edition.settings.private_hosts, offline=order.offline, failed=order.failed)
        run.outputs = tuple(dict.fromkeys((order.output or edition.workspace / "build", edition.workspace / "build")))
        run.progress = order.progress or run.progress
        return run

    def note(self, zh: str, en: str) -> None:
        """Tell in a line how a source answered: what it reached, how many requests it took."""
        self.notes.append((zh, en))

    def fetch(self, url: str, edition: Edition) -> Fetched:
        """What an address of a page or file answers, by the fetcher of its scheme (group ``nianbao.fetchers``). Raises SourceError."""
        from nianbao.plugins import fetcher

        return fetcher(url)(url, edition, self)

    def cache(self, edition: Edition, name: str) -> Path:
        """A folder of the workspace for what a plugin keeps between commands; nothing is lost with it but time.

        Raises SourceError where it cannot be made.
        """
        folder = edition.workspace / ".cache" / name
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise SourceError(f"建不了缓存文件夹：{error.strerror}", f"cannot make the cache's folder: {error.strerror}", place=str(folder),
                              mend=("核对权限和磁盘空间。", "Check permissions and disk space."))  from None  # fmt: skip
        return folder


@dataclass(frozen=True)
class Fetched:
    """What a fetcher brought: the bytes, the address that they came from in the end, and when."""

    data: bytes
    url: str
    at: str


@dataclass(frozen=True)
class Part:
    """One sentence (or several paragraphs) of a section: its ``source`` is data, jurisdiction, theme or standard.

    It is not ``whole`` where a figure that it names is absent. ``heading`` is how a finished report prints its title.
    """

    path: str
    title: str
    text: str
    html: Markup
    source: str
    place: str
    whole: bool = True
    heading: str = ""


class Report:
    """One edition with its facts and sentences. ``report["本年新收"]`` is a figure, ``report.text(path)`` what a part says in
    plain text, ``report.passages`` all that it says, ``report.last_year`` its archived report of the year before; each raises
    NotAssessable where it is absent.

    ``title`` is the report's, ``headings`` are those of its sections as they are printed, in order. ``parts`` are its sentences
    by section, ``annotations`` what is told of a cell, by the path of its figure; ``without_tables`` are the sections whose
    tables the theme tells ``as: text``. ``charts`` are by section; ``files`` are those of the workspace that were read besides
    those that its facts name. ``found`` is what sources found wrong in what they read, ``known`` what they hand to rules of their own.

    One that is ``finished`` was read from its ``file``: it has no settings and lies in no workspace. ``cells`` are those of its tables
    by path, ``meta`` what its page says of itself, ``previous`` the report of the year before if that was read too.
    """

    def __init__(self, edition: Edition, facts: Facts, names: Names, source_mistakes: list[NianbaoError]) -> None:
        self.edition, self.facts, self.names = edition, facts, names
        self.standard = facts.standard
        self.title = ""
        self.headings: dict[str, str] = {}
        self.parts: dict[str, list[Part]] = {key: [] for key in self.standard.sections}
        self.without_tables: set[str] = set()
        self.annotations: dict[str, Part] = {}
        self.charts: dict[str, list[Chart]] = {}
        self.files: list[str] = []
        self.file = ""
        self.cells: Mapping[str, Cell] = {}
        self.meta: Mapping[str, str] = {}
        self.previous: Past | None = None
        self.found: list[Finding] = []
        self.known: dict[str, Any] = {}
        self._source_mistakes = source_mistakes
        self._lacking: list[Missing] = []

    @property
    def finished(self) -> bool:
        """Whether it was read from its file, and not composed of data."""
        return bool(self.file)

    @property
    def mistakes(self) -> list[NianbaoError]:
        """What is wrong in the data: answers that could not be taken in, sentences that could not be filled; each once."""
        mistakes = [*self._source_mistakes, *self.facts.mistakes, *self.names.mistakes]
        return list({str(mistake): mistake for mistake in mistakes}.values())

    @property
    def unfilled(self) -> bool:
        """Whether it reads 待填 anywhere."""
        told = (part.html for parts in (*self.parts.values(), self.annotations.values()) for part in parts)
        return bool(self._lacking) or TO_FILL in self.title or any(TO_FILL in html for html in told)

    @functools.cached_property
    def passages(self) -> list[Passage]:
        """Its prose, part by part."""
        from nianbao.prose import passages

        if found := list(passages(self.parts)):
            return found
        raise NotAssessable("prose", "正文", "prose")

    def text(self, path: str) -> str:
        """The plain text of a part, or of all parts of a section, a line a paragraph."""
        texts = [each.text for each in self.passages if path in (each.path, each.section) and each.text != TO_FILL]
        if not texts:
            raise NotAssessable(path)
        return "\n".join(texts)

    @functools.cached_property
    def last_year(self) -> Past:
        """The archived report of the year before, or the one that was read. Raises SourceError where what is archived is none."""
        if self.previous:
            return self.previous
        if self.finished:
            raise NotAssessable("--previous", "上年的报告（--previous）", "last year's report (--previous)")
        file, record = self._last_record
        if record is None:
            raise NotAssessable(file, f"上年的存档 {file}", f"last year's report in the archive, {file}")
        return Past(record, file)

    @functools.cached_property
    def _last_record(self) -> tuple[str, dict[str, Any] | None]:
        """Where last year's record lies, and what it says: looked for once, though there be none."""
        from nianbao.record import archive_file, archived

        return archive_file(self.edition, self.edition.year - 1), archived(self.edition, self.edition.year - 1)

    def __getitem__(self, name: str) -> int | Decimal:
        found = self.facts.look_up(name)
        if len(found) > 1:
            raise LookupError(f"several figures are named {name}")
        fact = self.facts.figure(found[0].path) if found else None
        if fact is None or not isinstance(fact.value, int | Decimal):
            raise NotAssessable(name)
        return fact.value


def compose(edition: Edition, plugins: Plugins, layouts: dict[str, Layout], run: Run | None = None) -> Report:
    """Ask every section of every source, merge what they say, compute sums and fill the sentences.

    Mistakes in the data, and sources that cannot answer, are gathered in ``Report.mistakes``; where no source can, they
    are raised. Raises SettingError or PluginError.
    """
    run = run or Run(private_hosts=edition.settings.private_hosts)
    facts = Facts(plugins.standard)
    collect(plugins.sources, edition, run)
    for section in plugins.standard.sections:
        for source, answer in plugins.ask(section, edition=edition, run=run):
            take(facts, source, section, answer)
    failures = [asked.failure for asked in plugins.sources if asked.failure]
    if failures and len(failures) == len(plugins.sources):
        raise Mistakes(failures)
    facts.settle()
    names = Names(facts, {"格式文件": plugins.standard.notice, **edition.words()})
    mistakes = [mistake for asked in plugins.sources for mistake in asked.mistakes]
    report = Report(edition, facts, names, [*mistakes, *run.mistakes])
    report.found, report.known = run.found, run.known
    for section, declared in plugins.standard.sections.items():
        if layouts[section].as_ == "nothing" and not _is_told(section, facts):
            report.parts[section] = []
            continue
        if declared.heading:
            report.headings[section] = layouts[section].heading_of(declared, len(report.headings) + 1)
        report.parts[section] = list(_parts(section, facts, names, layouts[section]))
        lacking = list(_unprinted(section, report, layouts[section]))
        names.missing += lacking
        report._lacking += lacking
        if declared.tables and layouts[section].as_ == "text":
            report.without_tables.add(section)
        report.annotations |= _annotations(section, report, layouts[section])
    if any(layout.charts for layout in layouts.values()):
        from nianbao.charts import charts_of

        report.charts = charts_of(report, layouts)
    return report


def _is_told(section: str, facts: Facts) -> bool:
    """Whether anybody told anything of a section."""
    return any(path.split(".")[0] == section for path in (*facts.figures, *facts.parts, *facts.stated, *facts.gaps))


def _annotations(section: str, report: Report, layout: Layout) -> dict[str, Part]:
    """What a layout tells of the cells that it draws, in brackets; what comes out empty is left out."""
    told = {}
    for path, text in layout.annotations.items() if layout.as_ != "text" else ():
        place = getattr(text, "place", "")
        html = Markup(report.names.fill(text, place, theme=True).strip())
        if html:
            bracketed = html if html[0] in "（(" and html[-1] in "）)" else Markup("（{}）").format(html)
            told[path] = Part(path, label(report.facts, path), text, bracketed, _author(place), place)
    return told


def _unprinted(section: str, report: Report, layout: Layout) -> Iterator[Missing]:
    """What a section's tables lack, or all of it where it would have nothing under its heading."""
    node = report.standard.nodes[section]
    tables = bool(report.standard.sections[section].tables) and layout.as_ != "text"
    rows = [row for row in node.rows() if any(report.facts.figure(cell.path) is None for cell in row.inputs())]
    if tables and rows:
        yield Missing(section, "、".join(row.short or bare(row.label) for row in rows), "")
    if report.standard.sections[section].heading and not tables and not report.parts[section]:
        yield Missing(section, "正文", "")


def _parts(section: str, facts: Facts, names: Names, layout: Layout) -> Iterator[Part]:
    """The sentences of a section in order: the standard's own keys, those that the data brought, those of the layout."""
    top = facts.standard.nodes[section]
    notes = [top.children[NOTES]] if facts.standard.sections[section].tables else []
    known = [child for child in top.children.values() if child.has_part and not child.quoted and child not in notes]
    known += [facts.named[path] for path in facts.parts if path in facts.named and facts.named[path].parent is top]
    own = [facts.name(top, name, "part") for name in layout.own_texts([*known, *notes])]
    for node in [*known, *own]:
        if layout.omits(node) and node.path not in facts.parts:
            continue
        title = layout.title_of(node)
        if part := _part(node, title, _choose(node, facts, layout), names):
            yield part
        elif node.required:
            yield Part(node.path, title, "", TO_FILL, "", "", False)
    for node in notes:
        places = [getattr(note, "place", "") for note in layout.notes]
        told = [(note, _author(place), place, False) for note, place in zip(layout.notes, places, strict=True)]
        if node.path in facts.parts or not told:
            told = [_choose(node, facts, layout)]
        yield from filter(None, (_part(node, bare(node.label), each, names) for each in told))


def _part(node: Node, title: str, chosen: Chosen, names: Names) -> Part | None:
    """A sentence filled; None where it says nothing."""
    text, source, place, literal = chosen
    before = len(names.missing)
    html = names.fill(text, place, literal=literal, theme=source != "data")
    if len(html) > LONGEST_PART or html.count("\n") > MOST_PARAGRAPHS:
        names.mistakes.append(SentenceError(f"“{title}”太长", f"“{title}” is too long", place=place, mend=(
            f"一项最多 {LONGEST_PART} 字、{MOST_PARAGRAPHS} 段。", f"A part has at most {LONGEST_PART} letters in {MOST_PARAGRAPHS} paragraphs.")))  # fmt: skip
        html = TO_FILL
    return Part(node.path, title, text, html, source, place, len(names.missing) == before) if html.strip() else None


def _choose(node: Node, facts: Facts, layout: Layout) -> Chosen:
    """A sentence from data, else the jurisdiction or the theme (its layout, merged), else the standard."""
    if fact := facts.parts.get(node.path):
        return *_said(fact), isinstance(fact.value, str)
    told = layout.text_of(node) or (layout.text if node.key == LEAD else "")
    if told:
        place = getattr(told, "place", "")
        return told, _author(place), place, False
    if node.text:
        return node.text, "standard", getattr(node.text, "place", ""), False
    return "", "", "", False


def _author(place: str) -> str:
    """Whose sentence a layout's is, by where it was written."""
    return "jurisdiction" if place.startswith(("jurisdictions/", "nianbao.yaml")) else "theme"


def _said(fact: Fact) -> tuple[str, str, str]:
    text = fact.value.text if isinstance(fact.value, Sentence) else str(fact.value)
    return text, "data", fact.origin.where if fact.origin else ""


def label(facts: Facts, path: str) -> str:
    """A path in words: 三、… › 本年新收 › 自然人."""
    node: Node | None = facts.node(path)
    words = []
    while node is not None and node.parent is not None:
        words.append(bare(node.label))
        node = node.parent
    return " › ".join(reversed(words))
