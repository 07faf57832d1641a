"""Settings' own words with their ``{{ names }}`` filled: one block of settings serves every town below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.errors import SettingError
from nianbao.workspace import WORDS

if TYPE_CHECKING:
    from nianbao import Document

    from .page import Html


def _mend(name: str) -> tuple[str, str]:
    key = next((key for key, names in WORDS.items() if name in (key, *names)), "")
    if not key:
        return "补上它，或改写这一句。", "Give it, or word this differently."
    return (
        f"在 jurisdictions/ 里这个单位的文件中写 {key}: …，或改写这一句。",
        f"Write {key}: … in the jurisdiction's file, or word this differently.",
    )


def published(settings: Html, document: Document) -> str:
    """When the report is published: as the page's own settings say, else as those of the jurisdiction do."""
    return settings.published or document.meta.get("published", "")


def filled(text: str, document: Document) -> str:
    """A setting as plain text. Raises SentenceError or SettingError at its place where a name is unknown or has nothing."""
    if "{" not in text and "｛" not in text:
        return text
    names, place = document.report.names, getattr(text, "place", "")
    mistakes, missing = len(names.mistakes), len(names.missing)
    html = names.fill(text, place, theme=True)
    if len(names.mistakes) > mistakes:
        raise names.mistakes.pop()
    if len(names.missing) > missing:
        name = names.missing[missing].name
        del names.missing[missing:]
        if not document.draft:
            raise SettingError(f"“{name}”没有内容", f"“{name}” has nothing to say", place=place,
                               mend=_mend(name))  # fmt: skip
    return html.striptags()
