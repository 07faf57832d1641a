"""Source ``web``: what a portal has published in a year, counted column by column."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from nianbao import Question, Questions, SettingError, SourceError, __version__, nested

if TYPE_CHECKING:
    from yaml import Node

    from nianbao import Answer, Edition, Fact, Run
    from nianbao_web.client import Client


_RANGES = {"delay": (0, 3600), "seconds": (1, 3600), "minutes": (1, 10_000), "megabytes": (1, 1000), "longest": (1, 100_000)}


@dataclass(frozen=True)
class OnPage:
    """A date that stands only on an item's own page, where the selector ``page`` finds it."""

    page: str


@dataclass(frozen=True)
class Column:
    """One column of a portal. ``url`` is filled and joined to ``base``; what is not written here, the source's settings say.

    ``pages``: how further pages are called; '' for a column of one page. ``date``: a selector, ``url`` or ``{page: selector}``.
    ``post`` sends a form, ``json`` a JSON body; ``<n>`` in them or in ``url`` is the page's number, from ``first`` on.
    ``total`` is where the portal says how many items there are. ``empty``: nothing is expected.
    """

    url: str
    items: str = ""
    pages: str | None = None
    date: str | OnPage = ""
    link: str = ""
    title: str = ""
    total: str = ""
    post: dict[str, str] = field(default_factory=dict)
    json: Node | None = None
    first: int = 1
    empty: bool = False


@dataclass(frozen=True)
class Web:
    """Figures by counting a portal's columns: items dated in the edition's year, each once.

    ``answers``: a column where a clerk would write a number. ``with`` fills ``<词>`` in URLs. ``delay`` is in seconds
    between requests to a host, ``seconds`` for one request, ``minutes`` for all; ``megabytes`` of one page,
    ``longest`` in pages of one column.
    """

    base: str
    answers: Questions[Column]
    items: str = ""
    pages: str = ""
    date: str | OnPage = ""
    with_: dict[str, str] = field(default_factory=dict)
    agent: str = ""
    delay: float = 1
    seconds: int = 60
    minutes: int = 480
    megabytes: int = 10
    longest: int = 2000

    def __post_init__(self) -> None:
        for name, (least, most) in _RANGES.items():
            if not least <= getattr(self, name) <= most:
                raise SettingError(f"{name} 应在 {least} 到 {most:,} 之间", f"`{name}` must be from {least} to {most:,}",
                                   mend=("改成这个范围里的数。", "Write a number in this range."))  # fmt: skip
        if not (self.user_agent.isascii() and self.user_agent.isprintable()):
            raise SettingError("agent 只能用英文字母、数字和符号", "`agent` may hold ASCII only", place=getattr(self.agent, "place", ""),
                               mend=("如 nianbao (office@example.org)。", "Like nianbao (office@example.org)."))  # fmt: skip

    @property
    def user_agent(self) -> str:
        """What the portal is told about who asks."""
        return self.agent or f"nianbao/{__version__} (statistics for the annual report on government information disclosure)"

    def answer(self, edition: Edition, run: Run) -> Answer:
        """A count for each column, or why there is none. Raises SettingError or Mistakes before anything is fetched."""
        from nianbao_web.client import Client
        from nianbao_web.settings import settled

        columns = settled(self, edition)
        done: list[tuple[Question[Column], Fact | SourceError]] = []

        def tell(url: str) -> None:
            run.progress(len(done), len(columns), f"{columns[len(done)].label} {url}")

        scope = f"{edition.jurisdiction.id} {edition.year} {hashlib.sha256(repr(self).encode()).hexdigest()}"
        try:
            with Client(self, run, run.cache(edition, "web"), scope, tell) as client:
                for question in columns:
                    done.append((question, self._count(question, client, edition)))
        except sqlite3.Error as error:
            raise SourceError(f".cache/web/pages.db 用不了：{error}", f".cache/web/pages.db cannot be used: {error}",
                              mend=("腾出磁盘空间；文件坏了就删去，会重新取。", "Free disk space; delete the file if it is damaged."))  from None  # fmt: skip
        _note(client, done, run)
        return nested((question.names, said) for question, said in done)

    def _count(self, question: Question[Column], client: Client, edition: Edition) -> Fact | SourceError:
        from nianbao_web.counting import count
        from nianbao_web.manners import Unreachable

        client.start_column()
        try:
            return count(question.asked, client, edition, self.longest)
        except Unreachable as error:
            error.place = error.place or question.place
            return error
        except SourceError as error:
            client.doubt()
            error.place = error.place or question.place
            return error


def _note(client: Client, done: Iterable[tuple[Question[Column], Any]], run: Run) -> None:
    answered = [not isinstance(said, SourceError) for _, said in done]
    asked, unchanged, kept = client.exchange.asked, client.exchange.unchanged, client.kept
    run.note(
        f"{len(answered)} 栏，{sum(answered)} 栏有答；请求 {asked} 次（未变 {unchanged}），另取自缓存 {kept} 次",
        f"{len(answered)} columns, {sum(answered)} answered; {asked} requests ({unchanged} unchanged), {kept} more from the cache",
    )
