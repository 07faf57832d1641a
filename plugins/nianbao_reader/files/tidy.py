"""Text as it is read: without what nobody sees, and without the white space that only lays a file out."""

from __future__ import annotations

import re

_UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad\x00-\x08\x0e-\x1b\x7f]")
_BROKEN = re.compile(r"(?<=[^\x00-\x7f])[ \t\r]*\n\s*(?=[^\x00-\x7f])")  # between Chinese letters a new line is no space


def seen(text: str) -> str:
    """The text without letters that have no width and no ink."""
    return text if text.isascii() and text.isprintable() else _UNSEEN.sub("", text)


def tidy(text: str) -> str:
    """A paragraph in one line: every white space one space, and none at its ends."""
    if text.isdigit():
        return text
    if "\n" in text:
        text = _BROKEN.sub("", text)
    return " ".join(seen(text).split())
