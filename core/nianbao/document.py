"""The report as a theme has laid it out: semantic HTML, ready for every format."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nianbao.style import Style

if TYPE_CHECKING:
    from nianbao.report import Report


@dataclass(frozen=True)
class Document:
    """``html`` is one ``<article>``; ``meta`` has author, date, subject, keywords, language; ``assets`` files by name."""

    html: str
    title: str
    draft: bool
    meta: Mapping[str, str]
    style: Style
    report: Report
    assets: Mapping[str, bytes] = field(default_factory=dict)
