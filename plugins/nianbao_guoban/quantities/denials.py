"""What prose says in words: 未收到政府信息公开申请, 未发生行政复议、行政诉讼, 均获维持, 全部办结."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from nianbao_guoban.quantities.binding import Setting
from nianbao_guoban.quantities.exempt import flat

_CLAUSE = re.compile(r"[^，,；;。！!？?\n]+")
_NOT = r"(?<!从)(?:从?未|没有|没|无|不存在|零|尚无|暂无|均无)"
_GOT = r"(?:曾|有|新|(?:和|或|、)?(?:收到|受理|接到|接收到?|处理|办理|产生|发生|收)){0,4}(?:过|任何|一件|1件)?"
_REQUESTS = re.compile(
    rf"{_NOT}(?P<got>{_GOT})(?:任何|对|公民|法人|和|、|或者?|其他组织|单位|个人|群众|提出的?|有关|关于|相关|书面|网上|我镇|本机关|的)*"
    r"(?:政府信息公开的?(?:依)?申请(?:公开)?|政府信息依申请公开(?:申请)?|依申请公开(?:政府信息)?(?:的?申请)?|公开(?:政府)?信息的?申请|信息公开申请|公开申请|申请公开(?:政府信息)?)"
    r"(?:事项|情况|件|案件)?(?![人书表中答费办结处的])"
)
_CASES = re.compile(
    rf"{_NOT}(?:发生|产生|出现|收到|引发|有|接到|涉及|提起|被|因)?(?P<between>[^，,；;。]{{0,40}}?)"
    r"(?P<cases>(?:行政)?复议(?!机关|机构|决定|审|委)|(?:行政)?诉讼(?!法))"
)
_DOCUMENTS = re.compile(
    rf"{_NOT}(?P<verb>制发|制定|出台|印发|废止)?(?:过|任何|的|本级)*行政规范性文件(?P<after>制发|出台|废止)?(?!的|起草|清理|备案|审)"
)
_FEE = re.compile(rf"(?:{_NOT}|不)(?:有|收取|发生|产生|收到|收|涉及|向[^，。；]{{1,6}}收取)(?:过|任何|相关)?[^，,；;。]{{0,12}}?(?:信息处理费|处理费用?|信息公开收费|收费(?=事项|情况))"
                  r"|无[^，,；;。]{0,10}信息处理费")  # fmt: skip
_RESULT = re.compile("纠|败|撤销|违法|追究|责任|胜|维持|机关")


@dataclass(frozen=True)
class Denial:
    """That there was none: each of ``paths`` is 0. ``words`` are what says so, at ``start``."""

    paths: tuple[str, ...]
    words: str
    start: int
    sure: bool = True


def denials(text: str, setting: Setting) -> Iterator[Denial]:
    """What a plain text says there was none of."""
    for clause in _CLAUSE.finditer(flat(text)):
        said, start = clause[0], clause.start()
        if re.search(r"\d", re.sub(r"20\d\d\s*年", "", said)) or _is_of_another_year(said, setting):
            continue
        if found := _REQUESTS.search(said):
            paths = ("requests.new", "requests.carried_in") if "办理" in found["got"] else ("requests.new",)
            yield Denial(paths, found[0], start + found.start())
        if (found := _CASES.search(said)) and not _RESULT.search(said) and "未经" not in said:
            yield _cases(found, said, start, setting)
        if found := _DOCUMENTS.search(said):
            verb = found["verb"] or found["after"] or ""
            cell = "repealed" if "废" in verb else "made"
            yield Denial((f"proactive_disclosure.normative_documents.{cell}",), found[0], start + found.start(), sure=bool(verb))
        if found := _FEE.search(said):
            yield Denial(("other_matters.fee",), found[0], start + found.start(), sure="处理费" in found[0])


def _cases(found: re.Match[str], said: str, start: int, setting: Setting) -> Denial:
    told = said[found.start() :]
    paths = tuple(path for word, path in (("复议", "disputes.review"), ("诉讼", "disputes.litigation")) if word in told)
    of_disclosure = setting.section == "disputes" or "信息公开" in said or "依申请公开" in said
    return Denial(paths, told, start + found.start(), sure=of_disclosure and len(found["between"]) < 30)


def _is_of_another_year(said: str, setting: Setting) -> bool:
    years = {int(year) for year in re.findall(r"(20\d\d)\s*年", said)}
    return bool(years and setting.year and setting.year not in years) or bool(re.search("去年|上年|上一年|往年", said))


Outcome = Literal["upheld", "not_corrected"]
_NOT_CORRECTED = re.compile(r"(?:未|没有|无|零|不存在)[^，,；;。]{0,14}?(?:纠错|纠正|败诉|撤销|确认违法)|零败诉|无一败诉|零纠错")
_UPHELD = re.compile(
    r"(?:均|全部|都|悉数)(?:[获被予为得到以由]|结果|复议机关|法院|人民法院|依法){0,4}(?:维持|胜诉|支持)|全部胜诉|胜诉率\s*(?:为|达|达到)?\s*100%"
)


@dataclass(frozen=True)
class Outcomes:
    """That no case was lost (``not_corrected``), or that all were upheld; of review, litigation, or both."""

    outcome: Outcome
    groups: tuple[str, ...]
    words: str
    start: int


def outcomes(text: str) -> Iterator[Outcomes]:
    """What a plain text says of how all cases ended; which cases, its sentence says."""
    plain = flat(text)
    for sentence in re.finditer(r"[^。！!？?\n]+", plain):
        for pattern, outcome in ((_NOT_CORRECTED, "not_corrected"), (_UPHELD, "upheld")):
            if found := pattern.search(sentence[0]):
                groups = _groups(sentence[0], found)
                if groups:
                    yield Outcomes(outcome, groups, found[0], sentence.start() + found.start())  # type: ignore[arg-type]


def _groups(sentence: str, found: re.Match[str]) -> tuple[str, ...]:
    """The cases that the clause of a claim names, else those that its sentence names."""
    start = max(sentence.rfind(mark, 0, found.start()) for mark in "，,；;") + 1
    for said in (sentence[start : found.end()], sentence):
        named = [("review", r"复议(?!后)"), ("litigation", "诉讼|败诉|胜诉|应诉")]
        if groups := tuple(key for key, words in named if re.search(words, said)):
            return groups
    return ()


_ALL_DONE = re.compile(
    r"(?:办结|答复|办复)率\s*(?:均?[为达]?到?)?\s*100%"
    r"|(?:全部|所有[^，,；;。]{0,12}?[均已都]|均|都)[已予按]?(?:要求|以|予以)?(?:办结|办理完[成毕结]|答复|办复|办理答复)(?![后的])"
)
_DUE = re.compile("应办结|应答复|应当办结|到期|法定期限|规定期限")
_IN_TIME = re.compile("按时|按期|及时|如期|期限")


@dataclass(frozen=True)
class AllDone:
    """That every request was answered: of those that were ``due``, or ``in_time``, where the words say so."""

    words: str
    start: int
    due: bool
    in_time: bool


def all_done(text: str, setting: Setting) -> Iterator[AllDone]:
    """Where a plain text says that all requests were answered."""
    plain = flat(text)
    for sentence in re.finditer(r"[^。！!？?\n]+", plain):
        said = sentence[0]
        if not (setting.topic or re.search("公开的?申请|依申请公开", said)):
            continue
        for found in _ALL_DONE.finditer(said):
            clause = max(said.rfind(mark, 0, found.start()) for mark in "，,；;") + 1
            around = said[clause : found.end()]
            if not re.search("来信|信件|留言|提案|建议|咨询|工单|诉求|热线", said[: found.end()]):
                yield AllDone(
                    around.strip(), sentence.start() + found.start(), bool(_DUE.search(around)), bool(_IN_TIME.search(around))
                )
