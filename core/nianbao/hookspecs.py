"""Every hook and protocol of nianbao: the manual of a plugin's author.

A plugin is a module (entry point group ``nianbao.plugins``) with functions marked ``@nianbao.hookimpl``; it names only
the arguments that it needs. A jurisdiction switches it on by name: ``plugins: [ourtown]``. Sources, formats and
themes have groups of their own, see the protocols below. Each section of the report is one hook.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Protocol

import pluggy

if TYPE_CHECKING:
    from nianbao.charts import Chart
    from nianbao.checks import Rule
    from nianbao.document import Document
    from nianbao.facts import Answer
    from nianbao.prose import Counted, Passage
    from nianbao.reading import Reading
    from nianbao.report import Fetched, Run
    from nianbao.standard import Standard
    from nianbao.style import Style
    from nianbao.workspace import Edition

hookspec = pluggy.HookspecMarker("nianbao")
hookimpl = pluggy.HookimplMarker("nianbao")


@hookspec
def preamble(edition: Edition, run: Run) -> Answer | None:
    """导语: what stands before section one. Not required by the notice, but customary.

    Like every section hook it is asked once an edition, in the order of the jurisdiction's ``sources`` and ``plugins``,
    and returns an Answer: a mapping of labels or keys to figures, sentences or mappings of them, as a clerk would type
    it. None says nothing. ``0`` says "looked, none". Since 0.1.
    """


@hookspec
def overview(edition: Edition, run: Run) -> Answer | None:
    """一、总体情况 (《条例》第五十条): five parts, each a sentence. Since 0.1."""


@hookspec
def proactive_disclosure(edition: Edition, run: Run) -> Answer | None:
    """二、主动公开政府信息情况 (《条例》第二十条第一、五、六、八项). Since 0.1."""


@hookspec
def requests(edition: Edition, run: Run) -> Answer | None:
    """三、收到和处理政府信息公开申请情况: rows of the table by label, each by kind of applicant. Since 0.1."""


@hookspec
def disputes(edition: Edition, run: Run) -> Answer | None:
    """四、政府信息公开行政复议、行政诉讼情况. Since 0.1."""


@hookspec
def improvements(edition: Edition, run: Run) -> Answer | None:
    """五、存在的主要问题及改进情况. Since 0.1."""


@hookspec
def other_matters(edition: Edition, run: Run) -> Answer | None:
    """六、其他需要报告的事项, the fees for information (信息处理费) among them. Since 0.1."""


@hookspec
def rules(standard: Standard) -> Iterable[Rule]:  # type: ignore[empty-body]
    """Rules to check a report by, besides those that the standard's equations give. Since 0.1."""


@hookspec
def counted(standard: Standard, passage: Passage, year: int, body: str) -> Iterable[Counted]:  # type: ignore[empty-body]
    """What numbers count that stand in a passage of the report of a ``year`` and a ``body``: ``adopt`` puts names in their place.

    Numbers that count nothing known, or nothing exactly, are told without a path. Since 0.1.
    """


SECTIONS = ("preamble", "overview", "proactive_disclosure", "requests", "disputes", "improvements", "other_matters")


class Source(Protocol):
    """Where facts come from (group ``nianbao.sources``): a frozen dataclass whose fields are its settings.

    A field of the type ``Questions[Query]`` (``answers:``) has the clerk's shape, and promises a figure for each question.
    Core owns the keys ``use`` and ``for``. Optional members: ``local: ClassVar[bool]`` or a property (it reads only files of the
    workspace: read afresh even with ``--offline``, and in turn; the others are asked side by side), ``years(workspace,
    jurisdiction)`` (the years that it has data for; ``workspace`` is the folder), ``fetch(edition, run)`` (of a local one that reads
    addresses by ``run.fetch``: ask them all for ``nianbao fetch``, return the mistakes), ``__enter__`` and ``__exit__``.
    """

    def answer(self, edition: Edition, run: Run) -> Answer:
        """All that this source knows of an edition, by section; asked once. Raise SourceError to say why it cannot.

        Where only one figure cannot be had, put the SourceError in its place: the others are still told.
        """
        ...


class Format(Protocol):
    """What files a document becomes (group ``nianbao.formats``): a frozen dataclass, as for sources.

    Optional members: ``suffixes: ClassVar[tuple[str, ...]]`` (what it makes, so that a page can link to it);
    ``read(files: Mapping[str, bytes]) -> Iterable[str]`` (each paragraph, heading and table cell of the files it made, as plain
    text in reading order: ``nianbao.proof`` compares them with the report before anything is published);
    ``__enter__`` and ``__exit__`` (around the builds of one command: a converter may start there).
    """

    def render(self, document: Document) -> Mapping[str, bytes]:
        """The files by suffix (``{".txt": b"…"}``). A pure function: same document, same bytes; core writes."""
        ...


class Reader(Protocol):
    """What reads a finished report (group ``nianbao.readers``): a function, registered by the suffix of the files that it reads (``docx``)."""

    def __call__(self, data: bytes, file: str) -> Reading:
        """What the bytes of a file say; messages call it ``file``. What cannot be read is told in ``Reading.unread``, never guessed.

        Raise FileError where it is no such file, or holds no report of this kind.
        """
        ...


class Fetcher(Protocol):
    """What fetches a page or file (group ``nianbao.fetchers``): a function, registered by the scheme of the addresses that it reaches."""

    def __call__(self, url: str, edition: Edition, run: Run) -> Fetched:
        """What an address answers. Raise SourceError where it may not be reached, or does not answer."""
        ...


class ChartKind(Protocol):
    """How a chart is drawn (group ``nianbao.charts``): a class without arguments, loaded only where a layout says ``draw:`` its name."""

    def draw(self, chart: Chart, style: Style) -> Mapping[str, bytes]:
        """The picture as ``{".svg": …, ".png": …}``. A pure function: same chart, same bytes.

        The SVG is inlined in pages: each format keeps only shapes and text of it. Raise PluginError where it cannot be
        drawn, as where no font has a letter. What a picture says by colour it also says without.
        """
        ...


def section_hook(name: str) -> Any:
    """The specification of the hook of a section that a standard brings beyond those above."""

    def section(edition: Edition, run: Run) -> Answer | None: ...

    section.__name__ = name
    return hookspec(section)
