"""Source ``subordinates``: the figures of a county or city, summed up from the reports of the jurisdictions below."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from nianbao import Fact, Jurisdiction, NianbaoError, Origin, SettingError, SourceError, Text, Workspace, did_you_mean, nested
from nianbao.tree import normal
from nianbao_chain.below import Report, address_of, finished, has_record, is_address

if TYPE_CHECKING:
    from nianbao import Answer, Edition, Run, Standard
    from nianbao.tree import Node

KNOWN = "subordinates"  # under which the rules of family AG are handed the reports


@dataclass(frozen=True)
class Subordinates:
    """The sum of the finished reports of all jurisdictions whose ``parent`` this one is (30号文二（二）：逐级汇总).

    The government's own office is one of them. ``except_`` leaves some out (the bodies of a vertical system). ``reports`` says where
    the report of one that is not built here was published: a file of the workspace or an address, by id or name, or one for
    all, with ``<year>``, ``<id>``, ``<code>`` and ``<name>``. A body listed there that has no settings file is one of those below.
    """

    except_: tuple[str, ...] = ()
    reports: str | dict[str, str] = field(default_factory=dict)
    local: ClassVar[bool] = True

    def answer(self, edition: Edition, run: Run) -> Answer:
        """Every figure that the standard asks for, each with that of every report and where that is from.

        Raises SourceError, naming every report that is missing, a draft, of another year, body or standard, that cannot be
        read, or that would be counted twice.
        """
        reports: list[Report] = []
        problems: list[tuple[str, str]] = []
        seen: dict[str, Jurisdiction] = {}
        below = list(self._below(edition))
        for done, body in enumerate(below):
            run.progress(done, len(below), body.name)
            try:
                _refuse_twin(body, seen)
                reports.append(_once(finished(edition, body, self._where(body), run), reports))
            except NianbaoError as error:
                problems.append((f"{body.name}：{_with_place(error, error.zh)}", f"{body.name}: {_with_place(error, error.en)}"))
        if not seen:
            problems.append(("下面没有单位", "there is nobody below"))
        if problems:
            zh, en = ("；".join(words) for words in zip(*problems, strict=True))
            raise SourceError(f"不能汇总：{zh}", f"cannot sum up: {en}", place=f"jurisdictions/{edition.jurisdiction.id}.yaml",
                              mend=("先生成这些单位的报告，在 reports 里写明已公布的，或写入 except。",
                                    "Build their reports first, say under `reports` where they are published, or list them under `except`."))  # fmt: skip
        run.note(f"{len(reports)} 份报告", f"{len(reports)} reports")
        run.known.setdefault(KNOWN, []).extend(reports)
        figures = [node for node in edition.standard.nodes.values() if node.inputs() == [node]]
        touched = {report.body.id: _touched(report, edition.standard) for report in reports}
        return nested((node.path.split("."), _sum(node, reports, touched)) for node in figures)

    def fetch(self, edition: Edition, run: Run) -> list[NianbaoError]:
        """Ask for every page that is summed up, so that it can be done offline; what went wrong, town by town."""
        mistakes: list[NianbaoError] = []
        for body in self._below(edition):
            where = self._where(body)
            if not where or has_record(edition, body, run):
                continue
            try:
                if is_address(told := address_of(edition, body, where)):
                    run.fetch(told, edition)
            except NianbaoError as error:
                error.zh, error.en = f"{body.name}：{error.zh}", f"{body.name}: {error.en}"
                error.place = error.place or where.place
                mistakes.append(error)
        return mistakes

    def _below(self, edition: Edition) -> Iterator[Jurisdiction]:
        workspace = Workspace(edition.workspace)
        if unknown := next((id for id in self.except_ if id not in workspace.ids), None):
            raise SourceError(f"except 里的“{unknown}”不是编制单位", f"“{unknown}” under `except` is no jurisdiction",
                              place=getattr(unknown, "place", ""), mend=("写文件名。", "Name it by its file."))  # fmt: skip
        listed = dict.fromkeys(self.reports) if isinstance(self.reports, dict) else {}
        for jurisdiction in workspace.jurisdictions():
            workspace.line(jurisdiction.id)  # whose parent is misspelt belongs to nobody, and may be missing here
            keys = [key for key in listed if key == jurisdiction.id or normal(key) == normal(jurisdiction.name)]
            for key in keys:
                del listed[key]
            if jurisdiction.parent == edition.jurisdiction.id and jurisdiction.id not in self.except_:
                yield jurisdiction
            elif keys:
                raise _not_below(keys[0], jurisdiction, edition)
        for name in listed:
            if name.isascii():
                raise SettingError(f"reports 里的“{name}”不是编制单位", f"“{name}” under `reports` is no jurisdiction", place=getattr(name, "place", ""),
                                   mend=did_you_mean(name, workspace.ids))  # fmt: skip
            yield Jurisdiction(str(name), str(name), parent=edition.jurisdiction.id)

    def _where(self, body: Jurisdiction) -> Text:
        """Where the report of a body was published; '' where nobody says."""
        if not isinstance(self.reports, dict):
            return Text(self.reports, getattr(self.reports, "place", ""))
        known = (where for key, where in self.reports.items() if key == body.id or normal(key) == normal(body.name))
        where = next(known, "")
        return Text(where, getattr(where, "place", ""))


def _not_below(key: str, body: Jurisdiction, edition: Edition) -> SettingError:
    place, above = getattr(key, "place", ""), edition.jurisdiction.id
    mend = (f"删去这一行；应汇总的，不写入 except，并在 jurisdictions/{body.id}.yaml 写 parent: {above}。",
            f"Delete the line; if it is to be summed up, write `parent: {above}` into jurisdictions/{body.id}.yaml, and do not except it.")  # fmt: skip
    return SettingError(
        f"reports 里的 {body.name} 不在汇总之列", f"{body.name} under `reports` is not summed up", place=place, mend=mend
    )


def _with_place(error: NianbaoError, said: str) -> str:
    return f"{said}（{error.place}）" if error.place and error.place not in said else said


def _refuse_twin(body: Jurisdiction, seen: dict[str, Jurisdiction]) -> None:
    """One body under two files would be counted twice. ``seen`` are those before it, by name and by code."""
    for mark in filter(None, (normal(body.name), body.code)):
        if (other := seen.setdefault(mark, body)) is not body:
            raise SourceError(
                f"与 {other.id} 是同一单位，会重复计数", f"it is the same body as {other.id}: it would be counted twice"
            )


def _once(report: Report, others: list[Report]) -> Report:
    """One report under two names would be counted twice as well."""
    if twin := next((other for other in others if other.file == report.file), None):
        raise SourceError(
            f"与 {twin.name} 是同一份报告（{report.file}），会重复计数",
            f"it is the same report as that of {twin.name} ({report.file}): it would be counted twice",
        )
    return report


def _sum(node: Node, reports: list[Report], touched: dict[str, dict[str, list[str]]]) -> Fact | SourceError:
    """A figure's sum, with that of each report that is not 0, where it is from, and which errors there touch it."""
    known = [(report, report.figures.get(node.path)) for report in reports]
    if lacking := [report for report, figure in known if figure is None]:
        return _lacking(node if node.row == node.path else _row(node, lacking), lacking)
    how = {}
    for report, figure in known:
        wrong = "、".join(touched[report.body.id].get(node.path, ()))
        if figure and (figure[0] or wrong):
            how[report.body.id] = f"{figure[0]} ← {figure[1]}" + (f"，有错误：{wrong}" if wrong else "")
    return Fact(sum(figure[0] for _, figure in known if figure), Origin(f"汇总 {len(reports)} 份报告", how))


def _row(node: Node, reports: list[Report]) -> Node:
    """What is told as lacking: a cell, or the row of the table where all of it is."""
    row = node
    while row.path != node.row and row.parent is not None and row.parent.kind != "section":
        row = row.parent
    whole = node.row and all(cell.path not in report.figures for cell in row.inputs() for report in reports)
    return row if whole else node


def _lacking(node: Node, reports: list[Report]) -> SourceError:
    names = "、".join(report.name for report in reports)
    cells = [cell.path for cell in node.inputs()]
    unread = [report.gaps[path] for report in reports for path in cells if path in report.gaps]
    zh, en = (f"：{unread[0].zh}", f": {unread[0].en}") if unread else ("", "")
    return SourceError(
        f"{names}的报告没有“{node.path}”{zh}", f"the reports of {names} have no {node.path}{en}",
        place=unread[0].place if unread else reports[0].file,
        mend=("补上后重新生成；公布的文件里没有或读不出的，为该单位另填数据。",
              "Give it and build them again; what a published file does not have, or cannot be read in it, give in data of that body."),
    )  # fmt: skip


def _touched(report: Report, standard: Standard) -> dict[str, list[str]]:
    """The codes of a report's errors by the figures that they touch: told of them, of their row, of a sum or an equation with them."""
    found: dict[str, list[str]] = {}
    for problem in report.problems:
        equations = [each for each in standard.identities if each.code == problem.code and each.left[0] == problem.at]
        terms = {problem.at, *(path for each in equations for path in (*each.left, *each.right))}
        for path in {problem.at}.union(*(_parts_of(term, standard) for term in terms)):
            codes = found.setdefault(path, [])
            if problem.code not in codes:
                codes.append(problem.code)
    return found


def _parts_of(path: str, standard: Standard) -> set[str]:
    """The figures that are given at and below a path, and those that its sum is made of."""
    node = standard.nodes.get(path)
    if node is None or node.parent is None or node.kind == "section":
        return set()
    return {below.path for below in node.inputs()}.union(*(_parts_of(addend, standard) for addend in node.addends or ()))
