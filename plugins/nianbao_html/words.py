"""Settings' own words with their ``{{ names }}`` filled: one block of settings serves every town below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao.errors import SettingError

if TYPE_CHECKING:
    from nianbao import Document


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
                               mend=("补上它，或改写这一句。", "Give it, or word this differently."))  # fmt: skip
    return html.striptags()
