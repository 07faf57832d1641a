"""The sentences of a section: which stand under its heading, which under headings of their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nianbao import Standard, Told
from nianbao_reader.blocks import Block


def told(standard: Standard, section: str, blocks: Sequence[Block], *, wrapped: bool) -> Iterator[Told]:
    """The sentences of a section in order, those that a printed line breaks put together."""
    raise NotImplementedError
