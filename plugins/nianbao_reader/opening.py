"""Which kind of file it is, by what it holds and not by its name; and that it is none that harms."""

from __future__ import annotations

from nianbao_reader.blocks import Content


def content(data: bytes, file: str) -> Content:
    """What a file says in reading order. Raises FileError where it is of no kind that is read, or cannot be opened."""
    raise NotImplementedError
