"""Source ``subordinates``: the figures of a county or city, summed up from the reports of the jurisdictions below."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from nianbao import Fact, Origin, SourceError, Workspace, nested
from nianbao.record import read
from nianbao.tree import normal

if TYPE_CHECKING:
    from nianbao import Answer, Edition, Jurisdiction, Run
    from nianbao.tree import Node


@dataclass(frozen=True)
class Report:
    """One finished report: its ``file`` in the workspace and what that records."""

    jurisdiction: Jurisdiction
    file: str
    record: dict[str, Any]


@dataclass(frozen=True)
class Subordinates:
    """The sum of the finished reports of all jurisdictions whose ``parent`` this one is (30号文二（二）：逐级汇总).

    The government's own office is one of them. ``except_`` leaves some out (the bodies of a vertical system).
    """

    except_: tuple[str, ...] = ()
    local: ClassVar[bool] = True

    def answer(self, edition: Edition, run: Run) -> Answer:
        """Every figure that the standard asks for, each with that of every report and where that is from.

        Raises SourceError, naming every report that is missing, a draft, of another year or standard, or counted twice.
        """
        reports, problems = [], []
        seen: dict[str, Jurisdiction] = {}
        for jurisdiction in self._below(edition):
            try:
                _refuse_twin(jurisdiction, seen)
                reports.append(_finished(edition, jurisdiction, run))
            except SourceError as error:
                problems.append((f"{jurisdiction.name}：{error.zh}", f"{jurisdiction.name}: {error.en}"))
        if not seen:
            problems.append(("下面没有单位", "there is nobody below"))
        if problems:
            zh, en = ("；".join(words) for words in zip(*problems, strict=True))
            raise SourceError(f"不能汇总：{zh}", f"cannot sum up: {en}", place=f"jurisdictions/{edition.jurisdiction.id}.yaml",
                              mend=("先生成这些单位的报告，或写入 except。", "Build their reports first, or list them under `except`."))  # fmt: skip
        run.note(f"{len(reports)} 份报告", f"{len(reports)} reports")
        figures = [node for node in edition.standard.nodes.values() if node.inputs() == [node]]
        return nested((node.path.split("."), _sum(node, reports)) for node in figures)

    def _below(self, edition: Edition) -> Iterator[Jurisdiction]:
        workspace = Workspace(edition.workspace)
        if unknown := next((id for id in self.except_ if id not in workspace.ids), None):
            raise SourceError(f"except 里的“{unknown}”不是编制单位", f"“{unknown}” under `except` is no jurisdiction",
                              place=getattr(unknown, "place", ""), mend=("写文件名。", "Name it by its file."))  # fmt: skip
        for jurisdiction in workspace.jurisdictions():
            workspace.line(jurisdiction.id)  # whose parent is misspelt belongs to nobody, and may be missing here
            if jurisdiction.parent == edition.jurisdiction.id and jurisdiction.id not in self.except_:
                yield jurisdiction


def _finished(edition: Edition, jurisdiction: Jurisdiction, run: Run) -> Report:
    """The finished report of a jurisdiction: of this command's output, else of ``build/``. Raises SourceError."""
    if jurisdiction.id in run.failed:
        raise SourceError("这一次没有生成成功", "its build has just failed")
    place = f"{jurisdiction.id}/{edition.year}/report.json"
    folder = next((folder for folder in run.outputs if (folder / place).is_file()), edition.workspace / "build")
    path = folder / place
    file = path.relative_to(edition.workspace).as_posix() if path.is_relative_to(edition.workspace) else str(path)
    if not path.is_file():
        raise SourceError(f"没有定稿（{file}）", f"there is no finished report ({file})")
    record = read(edition.workspace, file)
    if record.get("draft"):
        raise SourceError(f"是草稿（{file}）", f"it is a draft ({file})")
    if record["year"] != edition.year or record["jurisdiction"]["id"] != jurisdiction.id:
        raise SourceError(f"是别的年度或单位的报告（{file}）", f"it is a report of another year or body ({file})")
    if record.get("standard") != edition.standard.name:
        raise SourceError(
            f"格式标准是 {record.get('standard')}（{file}）", f"it follows the standard {record.get('standard')} ({file})"
        )
    if changed := _changed(edition, record):
        raise SourceError(f"报告生成以后数据改过（{changed}）", f"its data have changed since it was built ({changed})")
    return Report(jurisdiction, file, record)


def _refuse_twin(jurisdiction: Jurisdiction, seen: dict[str, Jurisdiction]) -> None:
    """One body under two files would be counted twice. ``seen`` are those before it, by name and by code."""
    for mark in filter(None, (normal(jurisdiction.name), jurisdiction.code)):
        if (other := seen.setdefault(mark, jurisdiction)) is not jurisdiction:
            raise SourceError(
                f"与 {other.id} 是同一单位，会重复计数", f"it is the same body as {other.id}: it would be counted twice"
            )


def _changed(edition: Edition, record: dict[str, Any]) -> str:
    """The first file of data whose content is no longer what the report was built from."""
    for file, digest in record.get("inputs", {}).items():
        path = edition.workspace / file
        is_data = file not in edition.files and not file.startswith("jurisdictions/")
        if is_data and path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            return str(file)
    return ""


def _sum(node: Node, reports: list[Report]) -> Fact | SourceError:
    """A figure's sum, with that of each report that is not 0 and where it is from."""
    known = [(report, report.record["figures"].get(node.path)) for report in reports]
    if lacking := [report.jurisdiction.name for report, figure in known if figure is None]:
        names = "、".join(lacking)
        return SourceError(f"{names}的报告没有“{node.path}”", f"the reports of {names} have no {node.path}",
                           place=reports[0].file, mend=("补上后重新生成。", "Give it and build them again."))  # fmt: skip
    how = {
        report.jurisdiction.id: f"{figure['value']} ← {report.file}（{figure['origin'].get('where', '')}）"
        for report, figure in known
        if figure and figure["value"]
    }
    return Fact(sum(figure["value"] for _, figure in known if figure), Origin(f"汇总 {len(reports)} 份报告", how))
