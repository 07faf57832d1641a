"""Formats `docx` and `markdown`, by pandoc.

    formats: [docx, markdown]

Both render a Document without touching disk or network themselves; see converter.py for the process that does the work.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, ClassVar

from nianbao.errors import SettingError
from nianbao.lean import dataclass

from .converter import shared
from .pictures import with_pictures

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from types import TracebackType
    from typing import Self

    from nianbao import Document

__all__ = ["Docx", "Markdown"]

FIRST, LAST = datetime(1980, 1, 1, tzinfo=UTC), datetime(2105, 12, 31, tzinfo=UTC)  # the days that a zip and pandoc know
NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # pandoc lets these into the properties


def _of_the_theme(error: SettingError, document: Document) -> SettingError:
    """The error with the name of the report's theme, whose file it may be by inheritance only: so not in its place."""
    if not document.report:
        return error
    name = document.report.edition.settings.theme or document.report.standard.theme
    return SettingError(f"“{name}”{error.zh}", f"{name}: {error.en}", place=error.place, mend=error.mend)


class Pandoc:
    """Holds the shared converter from `with` to its end."""

    def __enter__(self) -> Self:
        shared.acquire()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        shared.release()


@dataclass(frozen=True)
class Docx(Pandoc):
    """A Word document laid out after GB/T 9704-2012 as far as the document's style says so."""

    suffixes: ClassVar[tuple[str, ...]] = (".docx",)

    def render(self, document: Document) -> Mapping[str, bytes]:
        """The document as {".docx": bytes}; the same document gives the same bytes."""
        with self:
            from nianbao import headline

            from .reference import reference

            day = max(FIRST, min(datetime.fromisoformat(document.meta["date"]).replace(tzinfo=UTC), LAST))
            meta = {key: NO_XML.sub("", text) for key, text in document.meta.items()} | {"title": NO_XML.sub("", document.title)}
            known = {key: meta.get(key, "") for key in ("title", "author", "language", "subject")}
            keywords = re.split("[,，;；、]", meta.get("keywords", ""))
            if (own := document.assets.get("reference.docx")) is not None:
                from .own import completed

                try:
                    base = completed(own, document.style, document.draft, day.date())
                except SettingError as error:
                    raise _of_the_theme(error, document) from error
            else:
                base = reference(document.style, document.draft, day.date())
            return {
                ".docx": shared.convert(
                    with_pictures(document),
                    "docx",
                    reference=base.data,
                    styles=base.ids,
                    meta={"keywords": keywords, **known},
                    headline=headline(document.title, base.width / 20 / document.style.title.points),
                    width=base.width,
                    epoch=str(int(day.timestamp())),
                )
            }

    def read(self, files: Mapping[str, bytes]) -> list[str]:
        """The paragraphs of the document."""
        from .reading import docx_blocks

        return docx_blocks(files[".docx"])


@dataclass(frozen=True)
class Markdown(Pandoc):
    """Markdown (GitHub's) that reads well as plain text and in a diff."""

    suffixes: ClassVar[tuple[str, ...]] = (".md",)

    def render(self, document: Document) -> Mapping[str, bytes]:
        """The document as {".md": bytes}."""
        with self:
            return {".md": shared.convert(with_pictures(document), "markdown", draft="草稿" if document.draft else "")}

    def read(self, files: Mapping[str, bytes]) -> Iterator[str]:
        """The paragraphs and cells of the text."""
        from .reading import markdown_blocks

        return markdown_blocks(files[".md"].decode())
