"""How much of time, memory, pages and letters a report may take that somebody wrote to be read."""

from __future__ import annotations

from typing import Any, TypeAlias

Remarks: TypeAlias = dict[str, Any]  # what the child tells: JSON

SECONDS = 8
MEMORY = 320 << 20  # bytes of address space, where the system can hold a process to it
MOST_PAGES = 120  # the longest reports, a province's with pictures, have about forty
MOST_LETTERS = 20_000  # of a page; a densely printed one has three thousand
MOST_DRAWN = 20_000  # sides of shapes on a page; one with more is a drawing, and no table


class Refused(Exception):
    """The file is none that is read: a word of ``REFUSED`` and what its message shows."""

    def __init__(self, why: str, **shown: int) -> None:
        super().__init__(why)
        self.told: Remarks = {"refused": why, **shown}
