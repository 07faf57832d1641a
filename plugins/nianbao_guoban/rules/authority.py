"""Who may do what table two counts: make regulations and normative documents, punish and coerce (T2-*-AUTH)."""

from __future__ import annotations

from collections.abc import Iterator

from nianbao import Found, NotAssessable, Report, rule
from nianbao_guoban.bodies import Kind, division, kind
from nianbao_guoban.rules.prose import named, plain, present

MAY_REGULATE: tuple[Kind, ...] = ("city", "province", "ministry")
_COMMITTEES = ("领导小组", "指挥部", "联席会议", "委员会办公室", "工作专班")


def given(report: Report, *paths: str) -> list[tuple[str, str]]:
    """Those of some figures that are there and not 0, as they are printed. Raises NotAssessable where none is there."""
    return [(path, plain(value)) for path, value in present(report, paths, paths[0]).items() if value]


@rule("T2-RULES-AUTH", "error", basis="《立法法》：规章的制定机关", zh="本机关无权制定规章", en="this body cannot make regulations",
      mend=("规章一行填 0；本机关制发的文件填入“行政规范性文件”。", "Write 0; the body's own documents are 行政规范性文件."))  # fmt: skip
def regulations(report: Report) -> Iterator[Found]:
    """规章 are made by departments of the State Council, provinces, cities with districts and autonomous prefectures.

    An office tells what its government made, and is known by its code. A body whose kind nobody knows is not assessable.
    """
    cells = given(report, *(f"proactive_disclosure.regulations.{column}" for column in ("made", "repealed", "valid")))
    if not cells:
        return
    body = report.edition.jurisdiction
    whose = kind(body)
    if whose == "office" and (whose := division(body.code) or whose) == "office":
        raise NotAssessable("code", "本级政府的代码 code", "the government's `code`")
    if whose not in MAY_REGULATE:
        told = "，".join(f"{named(report, path)} {value}" for path, value in cells)
        yield Found(cells[0][0], "0", told, what=(f"{body.name}无权制定规章", f"{body.name} cannot make regulations"))


@rule("T2-NORM-AUTH", "warning", basis="行政规范性文件的制发主体", zh="这类机构一般不能制发行政规范性文件", en="such a body does not as a rule make normative documents",
      mend=("核对文件是谁制发的；由政府或部门制发的由它们填报。", "Check who made them; those of the government or a department are counted there."))  # fmt: skip
def documents(report: Report) -> Iterator[Found]:
    """行政规范性文件 that a street, a leading group or an office of a committee made."""
    body = report.edition.jurisdiction
    for path, value in given(report, "proactive_disclosure.normative_documents.made"):
        if any(word in body.name for word in _COMMITTEES) or kind(body) == "street":
            yield Found(path, "0", value)


@rule("T2-ENF-AUTH", "warning", basis="行政执法主体名录", zh="不像是执法主体的机关填了处罚或强制", en="a body that hardly enforces any law counts penalties or coercion",
      mend=("核对本机关是否在执法主体名录里。", "Check whether it is on the list of enforcing bodies."))  # fmt: skip
def enforcement(
    report: Report,
    without: str = "地方志、史志、党史、外事、台湾事务、台办、信访、政策研究、研究室、参事、文史、机关事务、接待、驻京、驻沪、招商、投资促进、供销",
) -> Iterator[Found]:
    """行政处罚 or 行政强制 in a body of whose name a word of ``without`` is part."""
    cells = given(report, "proactive_disclosure.penalties", "proactive_disclosure.coercion")
    if any(word in report.edition.jurisdiction.name for word in without.split("、")):
        for path, value in cells:
            yield Found(path, "0", value)


RULES = [regulations, documents, enforcement]
