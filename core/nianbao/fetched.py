"""What sources answered, kept by ``fetch`` and read by ``build --offline``: ``fetched/<jurisdiction>/<year>/<source>.json``."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import zlib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nianbao.answering import Asked, collect
from nianbao.build import Order, edition_of
from nianbao.errors import Mistakes, NianbaoError, SourceError, blame, shown
from nianbao.facts import Fact, Origin, Sentence
from nianbao.plugins import asked_of
from nianbao.publish import file_name, write_whole
from nianbao.report import Run
from nianbao.yamlfile import Text

if TYPE_CHECKING:
    from nianbao.report import Progress
    from nianbao.workspace import Edition, Workspace

FOLDER = "fetched"


def fetch(workspace: Workspace, name: str, year: int | None, progress: Progress | None = None) -> Iterator[Path]:
    """Ask the sources of an edition that are not local, and keep what they answer; yields the files. Local ones fetch what they read.

    A source is kept whole, or not at all where one of its figures could not be had; then Mistakes are raised.
    """
    edition = edition_of(workspace, name, year)
    run = Run.of(edition, Order(progress=progress))
    sources = asked_of(edition)
    waiting = [asked for asked in sources if not asked.local]
    collect(waiting, edition, run)
    mistakes: list[NianbaoError] = []
    for asked in sources:
        if asked.local and hasattr(asked.source, "fetch"):
            with blame(asked.name):
                mistakes += asked.source.fetch(edition, run)
    for asked in waiting:
        if found := [*asked.mistakes, *_failures(asked.answer)]:
            mistakes += found
        else:
            yield keep(asked, edition, run.now.isoformat(timespec="seconds"))
    if mistakes:
        raise Mistakes(list({str(mistake): mistake for mistake in mistakes}.values()))


def keep(asked: Asked, edition: Edition, at: str) -> Path:
    """Write what a source answered, with the time and digests. Raises PublishError."""
    path = edition.workspace / _file(asked, edition)
    answer = _plain(asked.answer)
    known = {
        "source": str(asked.name),
        "at": at,
        "settings": digest_of_settings(asked, edition),
        "digest": _digest(answer),
        "answer": answer,
    }
    write_whole(path, f"{json.dumps(known, ensure_ascii=False, indent=1)}\n".encode())
    return path


def kept(asked: Asked, edition: Edition) -> Mapping[str, Any]:
    """What ``keep`` wrote, by section. Raises SourceError where there is none, or it is not of these settings."""
    file = _file(asked, edition)
    fetch = f"nianbao fetch {edition.jurisdiction.id} --year {edition.year}"
    again = (f"联网运行 {fetch}。", f"Run `{fetch}` while online.")
    try:
        known = json.loads((edition.workspace / file).read_text(encoding="utf-8"))
        answer, settings, digest = known["answer"], known["settings"], known["digest"]
        whole = digest == _digest(answer) and known["source"] == asked.name
    except FileNotFoundError:
        raise SourceError(
            f"没有保存过“{asked.name}”的答复", f"nothing is kept of what “{asked.name}” answered", place=file, mend=again
        ) from None
    except (OSError, ValueError, TypeError, KeyError):
        whole, settings = False, ""
    if not whole:
        raise SourceError("保存的答复被改动过", "what was kept has been changed", place=file, mend=again)
    if settings != digest_of_settings(asked, edition):
        place = getattr(asked.name, "place", "")
        raise SourceError(
            f"“{asked.name}”的设置在保存以后改过", f"the settings of “{asked.name}” have changed since", place=place, mend=again
        )
    return dict(_meant(answer))


def _failures(answer: Any) -> Iterator[NianbaoError]:
    """The reasons that stand in an answer where a figure could not be had."""
    if isinstance(answer, Mapping):
        for below in answer.values():
            yield from _failures(below)
    elif isinstance(answer, NianbaoError):
        yield from getattr(answer, "mistakes", [answer])


def _file(asked: Asked, edition: Edition) -> str:
    name = file_name(asked.name)
    name = name if name == asked.name else f"{name}-{zlib.crc32(asked.name.encode()):08x}"
    return f"{FOLDER}/{edition.jurisdiction.id}/{edition.year}/{name}.json"


def digest_of_settings(asked: Asked, edition: Edition) -> str:
    """A digest of a source's settings, a secret by its name only, and of what it can bind: whose figures, of which year."""
    settings = repr(asked.source) if dataclasses.is_dataclass(asked.source) else ""
    body = edition.jurisdiction
    whose = (type(asked.source).__qualname__, settings, body.id, body.name, body.code, edition.year, edition.standard.name)
    return hashlib.sha256(repr(whose).encode()).hexdigest()


def _digest(answer: Any) -> str:
    return hashlib.sha256(json.dumps(answer, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _plain(value: Any) -> Any:
    """A part of an answer for JSON: a mapping with the place of each key, and every other value with what it is."""
    if isinstance(value, Mapping):
        return {"of": [[str(key), getattr(key, "place", ""), _plain(below)] for key, below in value.items()]}
    if isinstance(value, Fact):
        origin = {key: _text(said) for key, said in vars(value.origin).items() if said} if value.origin else {}
        rows = [{key: _text(cell) for key, cell in row.items()} for row in value.evidence]
        return {"fact": _plain(value.value), "origin": origin, "evidence": rows}
    kinds: dict[type, str] = {Sentence: "sentence", Decimal: "decimal", str: "text"}
    kind = next((kind for type, kind in kinds.items() if isinstance(value, type)), None)
    return {kind: value.text if isinstance(value, Sentence) else str(value)} if kind else value


def _text(said: object) -> Any:
    return {key: shown(str(below)) for key, below in said.items()} if isinstance(said, Mapping) else shown(str(said))


def _meant(value: Any) -> Any:
    """What ``_plain`` was made of."""
    match value:
        case {"of": pairs}:
            return {Text(key, place): _meant(below) for key, place, below in pairs}
        case {"fact": said, "origin": origin, "evidence": rows}:
            return Fact(_meant(said), Origin(**origin) if origin else None, rows)
        case {"sentence": text}:
            return Sentence(text)
        case {"decimal": digits}:
            return Decimal(digits)
        case {"text": text}:
            return text
    return value
