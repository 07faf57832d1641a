"""The sections of a report, found by their titles; its own title, body and year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from nianbao import Standard
from nianbao_reader.blocks import Block, Content


@dataclass(frozen=True)
class Section:
    """A section as the file has it: its heading as printed, with its number, and what stands under it."""

    key: str
    heading: str
    blocks: tuple[Block, ...]
    place: str = ""


@dataclass(frozen=True)
class Outline:
    """A report in its sections, in the file's order; ``preamble`` is among them. What is no report (breadcrumbs, buttons) is left out."""

    standard: Standard
    title: str
    name: str
    level: str
    year: int
    sections: Mapping[str, Section]


def outline(content: Content, file: str) -> Outline:
    """The sections of a file. Raises FileError where it holds no annual report."""
    raise NotImplementedError
