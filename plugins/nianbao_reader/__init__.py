"""Reads finished reports that nianbao may never have made: Word files, pages, Markdown, plain text and PDF.

Stages, each a folder: a file becomes blocks (``files``), those become sections (``outline``), the tables in them cells
(``tables``), the rest sentences (``prose``). ``reading`` puts that together; ``adopting`` makes a town's data of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nianbao import Reading


def read(data: bytes, file: str) -> Reading:
    """A finished report from the bytes of its file. Raises FileError where it cannot be opened, or holds no such report."""
    from nianbao_reader.files.opening import content
    from nianbao_reader.reading import reading

    return reading(content(data, file), file)
