"""Two years of one jurisdiction beside each other."""

from __future__ import annotations

from dataclasses import dataclass

from nianbao.build import edition_of
from nianbao.errors import UnknownName
from nianbao.kept import kept
from nianbao.similarity import similarity
from nianbao.workspace import Workspace
from nianbao_chain.figures import Line, lines
from nianbao_chain.wording import Part, parts
from nianbao_chain.years import Year, looked_through


@dataclass(frozen=True)
class Comparison:
    """All that is compared; ``before`` is the earlier year, ``similarity`` that of all parts together."""

    id: str
    name: str
    before: Year
    after: Year
    lines: list[Line]
    parts: list[Part]
    similarity: float


def compare(workspace: Workspace, jurisdiction: str, one: int, other: int) -> Comparison:
    """Two years of a jurisdiction, in any order. Raises NianbaoError where one has no report, or a record is damaged."""
    if one == other:
        raise UnknownName(
            f"两个年度都是 {one}", f"both years are {one}", mend=("写两个不同的年度。", "Name two different years.")
        )
    editions = [edition_of(workspace, jurisdiction, year) for year in sorted((one, other))]
    before, after = (looked_through(edition, kept(edition)) for edition in editions)
    texts = ("\n".join(text for _, text in year.parts.values()) for year in (before, after))
    body = editions[-1].jurisdiction
    return Comparison(body.id, body.name, before, after, lines(before, after), parts(before, after), similarity(*texts))
