"""The chain of reports: what last year's says of this one. Source ``previous``, command ``archive``."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from nianbao import Fact, Origin, SourceError, notify

if TYPE_CHECKING:
    from nianbao import Answer, Edition, Run


@dataclass(frozen=True)
class Previous:
    """上年结转 (``row``) from last year's archived record: what that continued into this year (``from_row``).

    ``folder``: where ``nianbao archive`` keeps records, ``<jurisdiction>/<year>.json``.
    """

    folder: str = "archive"
    section: str = "requests"
    row: str = "上年结转"
    from_row: str = "结转下年度"
    local: ClassVar[bool] = True

    def answer(self, edition: Edition, run: Run) -> Answer:
        """The row of the table, cell by cell; nothing, with a notice, where no year is archived yet.

        Raises SourceError where last year's record is no finished report of this jurisdiction.
        """
        file = f"{self.folder}/{edition.jurisdiction.id}/{edition.year - 1}.json"
        if not (edition.workspace / file).exists():
            notify(
                f"没有存档的上年报告，{self.row}要另填",
                f"no report of last year is archived, {self.row} has to be given",
                place=file,
            )
            return {}
        record = read_record(edition.workspace, file)
        if record.get("draft") or record["year"] != edition.year - 1 or record["jurisdiction"]["id"] != edition.jurisdiction.id:
            raise SourceError(
                "不是本单位上一年度的定稿", "it is no finished report of this jurisdiction for last year", place=file,
                mend=("用 nianbao archive 重新存档。", "Archive it again with `nianbao archive`."),
            )  # fmt: skip
        standard = edition.standard
        source, target = standard.nodes[standard.path(self.section, self.from_row)], standard.path(self.section, self.row)
        cells: dict[str, Any] = {}
        for cell in source.inputs():
            known = record["figures"].get(cell.path)
            if known is None:
                raise SourceError(f"存档里没有“{cell.label}”", f"the record has no “{cell.label}”", place=file,
                                  mend=("用 nianbao archive 重新存档。", "Archive it again with `nianbao archive`."))  # fmt: skip
            cells[cell.key] = Fact(known["value"], Origin(file, cell.path))
        return {self.section: {standard.nodes[target].key: cells}}


def read_record(workspace: Path, file: str) -> dict[str, Any]:
    """A record that a build wrote. Raises SourceError where the file is none."""
    try:
        record = json.loads((workspace / file).read_text(encoding="utf-8"), parse_float=Decimal)
        record["figures"], record["year"], record["jurisdiction"]["id"]
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise SourceError(f"读不了存档：{error}", f"cannot read the record: {error}", place=file,
                          mend=("用 nianbao archive 重新存档。", "Archive it again with `nianbao archive`."))  from None  # fmt: skip
    return dict(record)
