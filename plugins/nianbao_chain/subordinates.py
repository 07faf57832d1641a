"""Source ``subordinates``: the tables of a county or city, summed up from the reports of the jurisdictions below."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from nianbao import Fact, Origin, SourceError, Workspace, nested
from nianbao_chain import read_record

if TYPE_CHECKING:
    from nianbao import Answer, Edition, Jurisdiction, Run
    from nianbao.tree import Node


@dataclass(frozen=True)
class Subordinates:
    """The sum of the finished reports of all jurisdictions whose ``parent`` this one is (30号文二（二）：逐级汇总).

    ``except_`` leaves some out (the bodies of a vertical system), ``folder`` is where builds lie.
    """

    except_: tuple[str, ...] = ()
    folder: str = "build"
    local: ClassVar[bool] = True

    def answer(self, edition: Edition, run: Run) -> Answer:
        """Every cell of the tables, each with the figure of each report and where that is from.

        Raises SourceError, naming every report that is missing, unfinished, of another year or standard, or counted twice.
        """
        below = list(self._below(edition))
        records, problems = {}, []
        for jurisdiction in below:
            file = f"{self.folder}/{jurisdiction.id}/{edition.year}/report.json"
            try:
                records[jurisdiction.id] = self._finished(edition, jurisdiction, file)
            except SourceError as error:
                problems.append((f"{jurisdiction.name}：{error.zh}（{file}）", f"{jurisdiction.name}: {error.en} ({file})"))
        if problems or not below:
            zh, en = (
                ("；".join(words) for words in zip(*problems, strict=True))
                if problems
                else ("下面没有单位", "there is nobody below")
            )
            raise SourceError(f"不能汇总：{zh}", f"cannot sum up: {en}", place=f"jurisdictions/{edition.jurisdiction.id}.yaml",
                              mend=("先生成这些单位的报告，或写入 except。", "Build their reports first, or list them under `except`."))  # fmt: skip
        cells = [cell for top in edition.standard.root.children.values() for row in top.rows() for cell in row.inputs()]
        return nested((cell.path.split("."), _sum(cell, records)) for cell in cells)

    def _below(self, edition: Edition) -> Iterator[Jurisdiction]:
        workspace = Workspace(edition.workspace)
        if unknown := next((id for id in self.except_ if id not in workspace.ids), None):
            raise SourceError(f"except 里的“{unknown}”不是编制单位", f"“{unknown}” under `except` is no jurisdiction",
                              place=getattr(unknown, "place", ""), mend=("写文件名。", "Name it by its file."))  # fmt: skip
        for jurisdiction in workspace.jurisdictions():
            if jurisdiction.parent == edition.jurisdiction.id and jurisdiction.id not in self.except_:
                yield jurisdiction

    def _finished(self, edition: Edition, jurisdiction: Jurisdiction, file: str) -> dict[str, Any]:
        if not (edition.workspace / file).exists():
            raise SourceError("没有定稿", "there is no finished report")
        record = read_record(edition.workspace, file)
        if record.get("draft") or record["year"] != edition.year or record["jurisdiction"]["id"] != jurisdiction.id:
            raise SourceError("不是本年度的定稿", "it is no finished report of this year")
        if record.get("standard") != edition.standard.name:
            raise SourceError(f"格式标准是 {record.get('standard')}", f"it follows the standard {record.get('standard')}")
        return record


def _sum(cell: Node, records: dict[str, dict[str, Any]]) -> Fact:
    """A cell's sum, with the figure of each report that is not 0 and where that is from."""
    known = {id: record["figures"].get(cell.path) for id, record in records.items()}
    if lacking := [id for id, figure in known.items() if figure is None]:
        names = "、".join(lacking)
        raise SourceError(f"{names} 的报告没有“{cell.path}”", f"the reports of {names} have no {cell.path}",
                          mend=("补上后重新生成。", "Give it and build them again."))  # fmt: skip
    how = {
        id: f"{figure['value']} ← {figure['origin'].get('where', '')}"
        for id, figure in known.items()
        if figure and figure["value"]
    }
    return Fact(sum(figure["value"] for figure in known.values() if figure), Origin(f"汇总 {len(records)} 份报告", how))
