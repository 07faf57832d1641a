"""The preview of one edition: what a build would make of it now, or what stops it, over the last page that could be made."""

from __future__ import annotations

import dataclasses
import io
import threading
import time
import warnings
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nianbao.build import Order, Prepared, files_of, prepare
from nianbao.errors import Mistakes, NianbaoError, Notice, Refused, UnknownName, blame, did_you_mean, say
from nianbao.extending import folders as folders_of
from nianbao.plugins import formats, installed, levels, loaded, standard
from nianbao.record import figures
from nianbao.themes import theme
from nianbao.workspace import Edition, Workspace, blocks
from nianbao_serve.held import Held

PAGE = "html"  # the format that is shown
DRAFT = "【草稿】"  # before the name of a file that is saved: outside the browser nothing else beside it says so


@dataclass(frozen=True)
class Seen:
    """What there is to see. ``error`` is why ``page`` and ``prepared`` are those of an earlier save, or not there yet.

    ``folders`` are those of its theme and standard: they may be installed, and be worked on.
    """

    version: int = 0
    page: str = ""
    edition: Edition | None = None
    prepared: Prepared | None = None
    error: NianbaoError | None = None
    folders: tuple[Path, ...] = ()
    notices: list[str] = field(default_factory=list)
    seconds: float = 0.0


class Preview:
    """One edition. ``rebuild`` runs in one thread at a time; all else may be asked meanwhile.

    ``answered`` is called, from another thread, when sources that wait have answered; ``progress`` while they are awaited.
    """

    def __init__(
        self, workspace: Path, id: str, year: int, answered: Callable[[], object], progress: Callable[[], object]
    ) -> None:
        self.workspace, self.id, self.year = workspace, id, year
        self.seen = Seen()
        self.held = Held(answered, progress)
        self._figures: tuple[Prepared | None, dict[str, Any]] = (None, {})
        self._rebuilding = threading.Lock()
        self._filling = threading.Lock()  # a report's names are filled by one thread at a time, and a format may fill some

    def rebuild(self) -> None:
        """Build from what is on the disk now."""
        start = time.perf_counter()
        with self._rebuilding:
            forget()
            folders = self.seen.folders
            with _noticed() as notices:
                try:
                    with blame("nianbao"):
                        edition = self._edition()
                        folders = _folders(edition)  # first: where a theme has a mistake, its mending is to be seen
                        made = self._made(edition, folders)
                except NianbaoError as error:
                    made = dataclasses.replace(self.seen, error=error, folders=folders)
            seconds = time.perf_counter() - start
            self.seen = dataclasses.replace(made, version=self.seen.version + 1, notices=notices, seconds=seconds)

    def ask_again(self) -> None:
        """Ask the sources that wait once more. Raises NianbaoError where the settings are wrong."""
        self.held.again(self._edition())

    def download(self, name: str) -> tuple[str, bytes]:
        """The file of a format, its name (a draft's says so) and content; several are zipped. Raises NianbaoError."""
        if name not in installed("formats"):
            raise UnknownName(f"没有格式“{name}”", f"there is no format “{name}”", mend=did_you_mean(name, installed("formats")))
        prepared, edition = self._ready()
        prepared = _named(prepared)
        files = self._files(name, prepared, edition)
        if len(files) == 1:
            return next(iter(files.items()))
        return f"{prepared.document.name}.{name}.zip", _zipped(files)

    def file(self, name: str) -> tuple[str, bytes]:
        """A file that the page links to, one beside it or a picture, as ``download`` has it. Raises NianbaoError."""
        prepared, edition = self._ready()
        if name in prepared.document.assets:
            return name, prepared.document.assets[name]
        for format in self.formats():
            for suffix in _suffixes_of(format):
                if name == f"{prepared.document.name}{suffix}":
                    named = _named(prepared)
                    saved = f"{named.document.name}{suffix}"
                    return saved, self._files(format, named, edition)[saved]
        raise UnknownName(f"没有文件“{name}”", f"there is no file “{name}”", mend=("看看下载列表。", "See the downloads."))

    def formats(self) -> list[str]:
        """Every format that there is: those of the settings first."""
        edition = self.seen.edition
        chosen = [str(name) for name in blocks(edition.settings.formats)] if edition else []
        return list(dict.fromkeys([*(name for name in chosen if name in installed("formats")), *sorted(installed("formats"))]))

    def figures(self) -> dict[str, Any]:
        """The figures of the page, as a record has them. Raises UnknownName where there is no page yet."""
        prepared, _ = self._ready()
        if self._figures[0] is not prepared:
            self._figures = (prepared, figures(prepared.report))
        return self._figures[1]

    def _ready(self) -> tuple[Prepared, Edition]:
        prepared, edition = self.seen.prepared, self.seen.edition
        if prepared is None or edition is None:
            raise UnknownName("还没有可用的页面", "there is no page yet", mend=("先改正所列的错误。", "Mend the mistakes first."))
        return prepared, edition

    def _files(self, format: str, prepared: Prepared, edition: Edition) -> dict[str, bytes]:
        with self._filling, formats(edition.settings, (format,)) as entered:
            return files_of(prepared, entered, beside=_suffixes(edition))

    def _edition(self) -> Edition:
        workspace = Workspace(self.workspace)
        return workspace.edition(workspace.jurisdiction(self.id), self.year)

    def _made(self, edition: Edition, folders: tuple[Path, ...]) -> Seen:
        prepared = prepared_of(edition, self.held)
        with formats(edition.settings, (PAGE,)) as entered:
            files = files_of(prepared, entered, beside=_suffixes(edition))
        page = next((data for name, data in files.items() if name.endswith((".html", ".htm"))), b"")
        return Seen(page=page.decode("utf-8", "replace"), edition=edition, prepared=prepared, folders=folders)


def prepared_of(edition: Edition, held: Held) -> Prepared:
    """What a build would publish, else what it would make a draft of. Raises NianbaoError where it could do neither.

    Offline: whom one has to wait for is asked ahead, and no letter typed makes a source ask for pages again.
    """
    try:
        return prepare(edition, Order(offline=True), held.ahead(edition))
    except (Mistakes, Refused):
        return prepare(edition, Order(draft=True, offline=True), held.ahead(edition))


def _named(prepared: Prepared) -> Prepared:
    """The same, its files named as a draft's where it is one: so are the links from one to another."""
    document = prepared.document
    if not document.draft:
        return prepared
    return dataclasses.replace(prepared, document=dataclasses.replace(document, name=f"{DRAFT}{document.name}"))


def _folders(edition: Edition) -> tuple[Path, ...]:
    """Those of its theme and standard and of what these extend, as far as they can be read."""
    found = folders_of("standards", edition.settings.standard, edition.workspace)
    with suppress(NianbaoError):
        found += folders_of("themes", edition.settings.theme or edition.standard.theme, edition.workspace)
    return tuple(found)


def forget() -> None:
    """Read themes and standards anew: they are read once a process otherwise."""
    standard.cache_clear()
    levels.cache_clear()
    theme.cache_clear()


def _suffixes(edition: Edition) -> tuple[str, ...]:
    """Of the files that a build of the settings makes, as far as their formats say."""
    return tuple(suffix for name in blocks(edition.settings.formats) for suffix in _suffixes_of(name))


def _suffixes_of(name: str) -> tuple[str, ...]:
    try:
        return tuple(getattr(loaded("formats", name), "suffixes", ()))
    except NianbaoError:
        return ()  # its download will tell


def _zipped(files: Mapping[str, bytes]) -> bytes:
    """Files in one; same files, same bytes."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return written.getvalue()


@contextmanager
def _noticed() -> Iterator[list[str]]:
    """The notices of a build, gathered."""
    told: list[str] = []
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", Notice)
        yield told
    told += dict.fromkeys(str(each.message) for each in caught if issubclass(each.category, Notice))


def nothing_yet() -> str:
    """What stands in place of a page that could never be made."""
    text = say("还没有可显示的页面。", "There is no page to show yet.")
    return f'<!DOCTYPE html><html lang="{say("zh-CN", "en")}"><meta charset="utf-8"><title>nianbao</title><p>{text}</p></html>'
