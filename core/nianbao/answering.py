"""A source as hooks: asked once an edition, held to what its settings promise, its failures kept as gaps."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

from nianbao.asking import Question, Questions, nested
from nianbao.errors import DataError, Mistakes, NianbaoError, PluginError, SourceError, blame, did_you_mean
from nianbao.hookspecs import Source, hookimpl
from nianbao.lean import dataclass
from nianbao.tree import normal

if TYPE_CHECKING:
    from nianbao.checks import Finding
    from nianbao.report import Run
    from nianbao.standard import Standard
    from nianbao.workspace import Edition


class Asked:
    """One source of an edition, by the ``name`` of its block. ``hooks`` is it as a plugin, with one for each section.

    ``answer`` is what it said, by the keys of sections; ``failure`` why it could say nothing; ``mistakes`` what of its
    answer has no place.
    """

    def __init__(self, name: str, source: Source, standard: Standard) -> None:
        self.name, self.source, self.standard = name, source, standard
        self.local: bool = getattr(source, "local", False)
        self.answer: Mapping[str, Any] | None = None
        self.failure: NianbaoError | None = None
        self.mistakes: list[NianbaoError] = []
        settings: Iterable[Any] = vars(source).values() if dataclasses.is_dataclass(source) else ()
        self.promises: list[Question[Any]] = list(chain.from_iterable(kept for kept in settings if isinstance(kept, Questions)))
        self.hooks: object = type("Hooks", (), {section: staticmethod(self._hook(section)) for section in standard.sections})()

    def collect(self, edition: Edition, run: Run) -> None:
        """Ask the source, once. Where it cannot answer, the reason stands in place of the figure: a gap."""
        if self.answer is not None:
            return
        try:
            if run.offline and not self.local:
                from nianbao.fetched import kept

                self.answer = kept(self, edition)
                return
            own = dataclasses.replace(run, mistakes=self.mistakes)
            with blame(self.name), _entered(self.source):
                said: Any = self.source.answer(edition, own)
                for question in self.promises:
                    if not _is_given(said, question.names):
                        said = _with(said, question.names, _broken(self.name, question))
                self.answer = self._by_section(said)
        except (SourceError, PluginError, Mistakes) as failure:
            self.fail(failure)

    def fail(self, failure: NianbaoError) -> None:
        """Let the source have no answer: the reason stands in place of each figure that it promised, or of each section."""
        self.failure = failure
        gaps = nested((question.names, failure) for question in self.promises)
        self.answer = self._by_section(gaps) if gaps else dict.fromkeys(self.standard.sections, failure)

    def _hook(self, section: str) -> Any:
        @hookimpl(specname=section)
        def answer(edition: Edition, run: Run) -> Any:
            self.collect(edition, run)
            return (self.answer or {}).get(section)

        return answer

    def _by_section(self, answer: Mapping[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for label, said in answer.items():
            place, node = getattr(label, "place", self.name), self.standard.section(label)
            if node is None:
                mend = did_you_mean(label, self.standard.section_names())
                self.mistakes.append(
                    DataError(f"没有“{label}”这一部分", f"there is no section “{label}”", place=place, mend=mend)
                )
            elif found.setdefault(node.key, said) is not said:
                mend = ("合成一处。", "Make one of them.")
                self.mistakes.append(DataError(f"“{label}”写了两次", f"“{label}” is given twice", place=place, mend=mend))
        return found


@dataclass(frozen=True)
class Ahead:
    """What those sources of an edition that wait answered before the build, by name: the answer, or why there is none; what they ``found``."""

    answers: Mapping[str, tuple[Mapping[str, Any], NianbaoError | None, list[NianbaoError]]]
    found: tuple[Finding, ...] = ()

    @classmethod
    def of(cls, sources: Sequence[Asked], edition: Edition, run: Run) -> Ahead:
        """Ask them now."""
        collect(sources, edition, run)
        answered = [(asked, asked.answer) for asked in sources if asked.answer is not None]
        return cls({asked.name: (answer, asked.failure, asked.mistakes) for asked, answer in answered}, tuple(run.found))

    def hand_to(self, sources: Sequence[Asked]) -> None:
        """Let them have answered."""
        for asked in sources:
            if asked.name in self.answers:
                asked.answer, asked.failure, asked.mistakes = self.answers[asked.name]


def collect(sources: Sequence[Asked], edition: Edition, run: Run) -> None:
    """Ask those that wait (a database, a portal), side by side; the others answer when their hooks are asked."""
    waiting = [asked for asked in sources if not asked.local and asked.answer is None]
    if len(waiting) < 2:
        for asked in waiting:
            asked.collect(edition, run)
        return
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(len(waiting)) as pool:
        for asking in [pool.submit(asked.collect, edition, run) for asked in waiting]:
            asking.result()


def _entered(source: object) -> contextlib.AbstractContextManager[Any]:
    return source if isinstance(source, contextlib.AbstractContextManager) else contextlib.nullcontext()


def _is_given(answer: Any, names: Sequence[str]) -> bool:
    for name in names:
        below = answer if isinstance(answer, Mapping) else {}
        answer = next((said for key, said in below.items() if normal(key) == normal(name)), None)
    return answer is not None and answer != {}


def _with(answer: Any, names: Sequence[str], value: object) -> Any:
    """An answer with a value where the names lead to."""
    if not names:
        return value
    above = answer if isinstance(answer, Mapping) else {}
    return {**above, names[0]: _with(above.get(names[0]), names[1:], value)}


def _broken(source: str, question: Question[Any]) -> SourceError:
    zh, en = f"{source} 没有给出它要取的“{question.label}”", f"{source} promised “{question.label}” and did not give it"
    return SourceError(zh, en, place=question.place, mend=("没有就给出 0；不取就删去这一项。", "It gives 0 where there is none; else do not ask."))  # fmt: skip
