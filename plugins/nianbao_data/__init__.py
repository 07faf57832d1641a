"""Format ``data``: the report's figures as open data, for a portal's data platform (《条例》第二十条).

    formats: [html, docx, data]

The CSV file has a line a figure, the JSON file is one object; both tell what the report says and no more: the statutory
tables, the figures that the standard has a key for, and the named figures that the page prints.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from nianbao import Document


@dataclass(frozen=True)
class Data:
    """A report's figures with labels, units and the names of their sources. Where a draft lacks one there is none, never 0."""

    suffixes: ClassVar[tuple[str, ...]] = (".csv", ".json")

    def render(self, document: Document) -> Mapping[str, bytes]:
        """``{".csv": …, ".json": …}``: UTF-8, the CSV with a byte order mark, so that Excel reads it."""
        from nianbao.record import as_csv
        from nianbao_data.figures import published
        from nianbao_data.writing import as_json, lines, whole

        figures = list(published(document))
        return {".csv": as_csv(lines(document, figures)), ".json": as_json(whole(document, figures))}
