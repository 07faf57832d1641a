"""The report as a theme has laid it out: semantic HTML, ready for every format."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import TYPE_CHECKING

from nianbao.lean import dataclass
from nianbao.style import Style

if TYPE_CHECKING:
    from nianbao.report import Report


@dataclass(frozen=True)
class Document:
    """What every format is given, and all that it is given.

    ``html`` is one ``<article>``; ``meta`` has author, date, subject, keywords, language, published. ``assets`` are files by name: the
    theme's (``extra.css``, ``reference.docx``) and the pictures that the page shows (``<img src="charts/…">``). ``name`` is
    that of the files without their suffix; ``beside`` are the names of all files that this build makes, in the order of the
    formats, as far as their formats say (``Format.suffixes``).
    """

    html: str
    title: str
    draft: bool
    meta: Mapping[str, str]
    style: Style
    report: Report
    assets: Mapping[str, bytes] = field(default_factory=dict)
    name: str = "report"
    beside: tuple[str, ...] = ()
