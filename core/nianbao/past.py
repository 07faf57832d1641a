"""Last year's report, as its archived record tells it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any


class Lacking(str):
    """What a rule would have had to read, as programs read it; ``zh``, ``en`` for people, and whether it is a ``gap`` at all."""

    zh: str
    en: str
    gap: bool


class NotAssessable(Exception):
    """A rule read a fact that is absent: ``what`` says which, a path or a word of the settings; ``zh``, ``en`` for people.

    No ``gap`` where there is nothing that the office could give, as the rule asks of other bodies, or of what it does not say.
    People are not told of that.
    """

    def __init__(self, what: str, zh: str = "", en: str = "", *, gap: bool = True) -> None:
        super().__init__(what)
        self.lacking = Lacking(what)
        self.lacking.zh, self.lacking.en, self.lacking.gap = zh or what, en or what, gap


class Past:
    """The record of a report that was published: ``past["requests.new"]`` is a figure by its path, ``past.text(path)`` a part.

    Either raises NotAssessable where the record does not have it.
    """

    def __init__(self, record: Mapping[str, Any], file: str) -> None:
        self.year: int = record["year"]
        self.standard: str = record.get("standard", "")
        self.file = file
        self._figures: Mapping[str, Any] = record["figures"]
        self._parts: list[Mapping[str, Any]] = record.get("parts", [])

    def __contains__(self, path: object) -> bool:
        return path in self._figures

    def __getitem__(self, path: str) -> int | Decimal:
        known = self._figures.get(path)
        if known is None or not isinstance(known["value"], int | Decimal):
            raise NotAssessable(f"{path} ({self.file})")
        return known["value"]

    def __iter__(self) -> Iterator[str]:
        """The paths of its figures."""
        return iter(self._figures)

    def text(self, path: str) -> str:
        """The plain text of a part, or of all parts of a section, a line a paragraph."""
        texts = [part["text"] for part in self._parts if part["path"] == path or part["path"].startswith(f"{path}.")]
        if not any(texts):
            raise NotAssessable(f"{path} ({self.file})")
        return "\n".join(texts)
