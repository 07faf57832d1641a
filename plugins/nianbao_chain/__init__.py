"""The chain of reports: what last year's says of this one. Source ``previous``, command ``archive``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar

from nianbao import Fact, Origin, SourceError, nested, notify
from nianbao.lean import dataclass
from nianbao.record import archive_file, archived

if TYPE_CHECKING:
    from nianbao import Answer, Edition, Run, Standard


@dataclass(frozen=True)
class Previous:
    """上年结转 (``row``) and 上年问题 (``problems``) from last year's archived record.

    They are what that continued into this year (``from_row``) and the problems that it named (``from_problems``), by path
    or name. ``nianbao archive`` keeps records in ``archive/<jurisdiction>/<year>.json``.
    """

    row: str = "requests.上年结转"
    from_row: str = "requests.结转下年度"
    problems: str = "improvements.last_report"
    from_problems: str = "improvements.this_year"
    local: ClassVar[bool] = True

    def answer(self, edition: Edition, run: Run) -> Answer:
        """The row of the table, cell by cell, and the problems as a text that sentences may quote; nothing, with a notice,
        where no year is archived yet.

        Raises SourceError where last year's record is no finished report of this jurisdiction.
        """
        row = self.row.rpartition(".")[2]
        file = archive_file(edition, edition.year - 1)
        record = archived(edition, edition.year - 1)
        if record is None:
            zh, en = _how_to_archive(edition)
            notify(
                f"没有存档的上年报告，{row}要另填{zh}",
                f"no report of last year is archived, {row} has to be given{en}",
                place=file,
            )
            return {}
        return nested([*self._carried(edition.standard, record, file), *self._problems(edition.standard, record, file)])

    def _carried(self, standard: Standard, record: dict[str, Any], file: str) -> Iterator[tuple[list[str], Fact]]:
        source, target = standard.nodes[standard.path(self.from_row)], standard.path(self.row)
        for cell in source.inputs():
            known = record["figures"].get(cell.path)
            if known is None:
                raise SourceError(f"存档里没有“{cell.label}”", f"the record has no “{cell.label}”", place=file,
                                  mend=("用 nianbao archive 重新存档。", "Archive it again with `nianbao archive`."))  # fmt: skip
            place = target + cell.path.removeprefix(source.path)
            yield place.split("."), Fact(known["value"], Origin(file, cell.path))

    def _problems(self, standard: Standard, record: dict[str, Any], file: str) -> Iterator[tuple[list[str], Fact]]:
        """The problems, where last year's report named any and this standard has a place for them."""
        known = {part["path"]: part["text"] for part in record.get("parts", ())}
        if self.problems in standard.nodes and (text := known.get(self.from_problems)):
            yield self.problems.split("."), Fact("".join(text.split("\n")), Origin(file, self.from_problems))


def _how_to_archive(edition: Edition) -> tuple[str, str]:
    """The command, where last year's report was built here and only its archiving forgotten."""
    id, year = edition.jurisdiction.id, edition.year - 1
    if not (edition.workspace / f"build/{id}/{year}/report.json").is_file():
        return "", ""
    command = f"nianbao archive {id} --year {year}"
    return f"，或先存档：{command}", f", or archive it: `{command}`"
