"""Source ``hotline``: the calls to the county's hotline, counted from the log that its exchange exports."""

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from nianbao import Answer, Edition, Fact, Origin, Run, SourceError


@dataclass(frozen=True)
class Hotline:
    """The fields are the settings: ``file`` in the workspace, and what its columns of towns and days are called."""

    file: str
    town: str = "乡镇"
    day: str = "日期"
    local: ClassVar[bool] = True  # a file of the workspace: read afresh, even offline

    def answer(self, edition: Edition, run: Run) -> Answer:
        """The calls from this town in that year. A town that the log has never heard of is a mistake, not a zero."""
        town, year = edition.jurisdiction.name, str(edition.year)
        calls = [row for row in self._rows(edition.workspace / self.file) if row[self.town] == town]
        if not calls:
            raise SourceError(f"热线记录里没有{town}", f"the hotline's log has no {town}", place=self.file,
                              mend=("核对乡镇的写法。", "Check how the town is written."))  # fmt: skip
        calls = [row for row in calls if row[self.day].startswith(year)]
        origin = Origin(self.file, {self.town: town, self.day: year})
        return {"六、其他需要报告的事项": {"热线来电": Fact(len(calls), origin, evidence=calls)}}

    def _rows(self, path: Path) -> list[dict[str, str]]:
        try:
            with path.open(encoding="utf-8-sig", newline="") as log:
                rows = list(csv.DictReader(log, strict=True))
        except (OSError, UnicodeError, csv.Error) as error:
            raise SourceError(f"读不了热线记录：{error}", f"cannot read the hotline's log: {error}", place=self.file,
                              mend=("另存为 UTF-8 编码的 CSV。", "Save it as CSV in UTF-8.")) from None  # fmt: skip
        for column in (self.town, self.day):
            if any(row.get(column) is None for row in rows):
                raise SourceError(f"热线记录缺少“{column}”一列", f"the hotline's log lacks the column “{column}”", place=self.file,
                                  mend=("核对 town 和 day 两项设置。", "Check the settings `town` and `day`."))  # fmt: skip
        return rows
