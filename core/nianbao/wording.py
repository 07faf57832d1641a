"""Wording that no published report may have, whatever its standard: S-PLACE, S-ENUM, S-LAW-NAME, S-PRIV, S-SECRET."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nianbao.checks import Found, Severity, rule
from nianbao.prose import Passage, any_of, patterns
from nianbao.report import Report
from nianbao.tree import DIGITS, chinese

_NUMERALS = "一二三四五六七八九十"
_WIDE = "０１２３４５６７８９Ｘ"
_NARROW = str.maketrans(_WIDE, "0123456789X")
_NOTHING = ("…", "……", "...", "略", "略。", "（略）", "同上", "同上。")  # what is all that a part says
# Of which words a text has one where a pattern can fit at all, and the patterns, compiled when a text first has one.
_NEEDS = {
    "hole": ("#REF!", "TODO", "TBD", "FIXME", "待填", "XX", "Xx", "xX", "xx", *"×✕Ｘ●○□",
             *(f"{bracket}{word}" for bracket in "（(【[" for word in ("待", "请", "此处", "这里"))),
    "vague hole": ("某某", "待", "{", "}"),
}  # fmt: skip
_PATTERNS = {
    "quoted": "“[^“”]*”|《[^《》]*》",
    "hole": (
        r"#REF!|(?<![A-Za-z])(?:TODO|TBD|FIXME)(?![A-Za-z])|待填|[×✕ＸXx]{3,}(?![A-Za-z])"
        r"|[×✕ＸXx]{2}(?=[省市县区乡镇村局委年月日])|[●○□]{2,}"
        r"|[（(【\[](?:待|请|此处|这里)[^（()）【】\[\]]{0,12}(?:填|补充|核实|确定|更新)[^（()）【】\[\]]{0,4}[)）】\]]"
    ),
    "vague hole": r"\{\{|\}\}|\{%|\$\{|某某|(?<!有)待(?:补充|核实|确定|更新)(?=[。；;，,]|$)",
    "secret": (
        r"(?:绝密|机密|秘密)\s*[★☆]|密级\s*[:：]\s*(?:绝密|机密|秘密|内部)|此件(?:不予?公开|不得公开|仅供)"
        r"|(?:内部|参阅)(?:资料|文件|材料)[，,：:、 ]?(?:注意保存|注意保管|妥善保管|不得外传|严禁外传|请勿外传)|仅供内部(?:使用|参考)"
        r"|[（(【\[](?:内部(?:资料|文件|材料|使用)?|秘密|机密|绝密)[)）】\]]|^[（(【\[](?:不予公开|不公开)[)）】\]]|[（(【\[](?:不予公开|不公开)[)）】\]]$"
    ),
    "number": r"(?=\d)(?<![\dA-Za-z.])(?:\d{17}[\dXx]|1[3-9]\d[- ]?\d{4}[- ]?\d{4})(?![\dA-Za-z]|\s*[元次人条件个万])",
    "named": r"申请人姓名\s*[:：]\s*[\u4e00-\u9fff·]{2,4}(?=[，,。；;、\s]|$)",
    "perhaps named": r"申请人(?!为|是|系|的)[\u4e00-\u9fff]{1,3}?(?:先生|女士)|申请人[\u4e00-\u9fff]某(?!些|个|种|类|项|一)",
    # A group for each of the shapes below, in their order.
    "mark": (  # by one letter most places are seen to begin none
        rf"(?=[\s\d（(①-⑳{_NUMERALS}])(?:"
        rf"(?<![之唯统第其同均逐专单不期周初这{_NUMERALS}])([{_NUMERALS}]{{1,2}})是(?![{_NUMERALS}])"
        rf"|(?:(?<=[。；;：:\n])|^)\s*[（(]([{_NUMERALS}]{{1,3}})[）)]"
        rf"|(?:(?<=\n)|^)\s*([{_NUMERALS}]{{1,3}})、(?![{_NUMERALS}])"
        r"|(?:(?<=[。；;：:，,\n])|^)\s*(\d{1,2})[.．、](?!\d)"
        r"|([①-⑳]))"
    ),
}  # fmt: skip
_SHAPES = ("{}是", "（{}）", "{}、", "{}.", "{}")
# How sure each pattern is of what it finds.
_HOLES: tuple[tuple[str, Severity], ...] = (("hole", "error"), ("vague hole", "warning"))
_APPLICANTS: tuple[tuple[str, Severity], ...] = (("named", "error"), ("perhaps named", "warning"))

_pattern = patterns(_PATTERNS, re.MULTILINE)


def everything(report: Report) -> list[Passage]:
    """All that is read of a report: its title with all headings, and its prose. Raises NotAssessable where it has no prose."""
    heads = [report.title, *report.headings.values(), *(each.title for each in report.passages)]
    return [Passage("", "", "标题", "\n".join(filter(None, heads))), *report.passages]


def unquoted(text: str) -> str:
    """A text with what stands in “” and 《》 blotted out, each letter in its place."""
    if "“" not in text and "《" not in text:
        return text
    return _pattern("quoted").sub(lambda quoted: "〃" * len(quoted[0]), text)


def found_in(
    passage: Passage, start: int, end: int, what: tuple[str, str], severity: Severity = "error", expected: str = ""
) -> Found:
    """A finding in a passage: its title, the clause around the span, and ``what`` is wrong there in both languages."""
    shown = passage.shown(start, end)
    said = (f"{passage.title}“{shown}”{what[0]}", f"“{shown}” in {passage.title} {what[1]}")
    return Found(passage.path, expected, passage.text[start:end].strip(), passage.place, said, severity=severity)


@rule("S-PLACE", "error", basis="编制惯例", zh="文字里有没填的空", en="the text has a place that nobody filled",
      mend=("填上内容，或删去这句话。", "Fill it, or delete the sentence."))  # fmt: skip
def holes(report: Report) -> Iterator[Found]:
    """待填, ×××, TODO, （此处填写…）; template variables, which a literal text may have, only warn. What a build itself leaves open is told by F-MISSING."""
    lacking = {part.path for parts in report.parts.values() for part in parts if not part.whole}
    for passage in everything(report):
        text = unquoted(passage.text)
        if passage.text.strip() in _NOTHING:
            yield found_in(passage, 0, len(passage.text), ("还没有填写", "is not filled in yet"))
        for pattern, severity in _HOLES:
            for hit in _pattern(pattern).finditer(text) if any_of(_NEEDS[pattern], text) else ():
                if hit[0] == "待填" and (passage.path in lacking or not passage.path):
                    continue
                what = ("还没有填写", "is not filled in yet")
                yield found_in(passage, hit.start(), hit.end(), what, severity)


@rule("S-SECRET", "error", basis="《条例》第十四条", zh="公开的报告里有密级或内部标记", en="a public report bears a mark of secrecy",
      mend=("核对这份材料能不能公开；不是密件的删去标记。", "Look whether it may be published; delete the mark where it may."))  # fmt: skip
def secrets(report: Report) -> Iterator[Found]:
    """秘密★1年, 密级：内部, 此件不公开, 内部资料 注意保存. Prose may speak of such marks (标注“…”)."""
    for passage in everything(report):
        if not any_of(("密", "内部", "此件", "参阅", "公开）", "公开)", "公开】", "公开]"), passage.text):
            continue
        text = unquoted(passage.text)
        for hit in _pattern("secret").finditer(text):
            if not any(word in text[max(hit.start() - 6, 0) : hit.start()] for word in ("标", "注", "属性", "定为")):
                yield found_in(passage, hit.start(), hit.end(), ("是密级或内部标记", "is a mark of secrecy"))


@rule("S-PRIV", "error", basis="《条例》第十五条", zh="报告里有个人信息", en="the report has personal data",
      mend=("删去个人信息；办公电话写进设置的 telephone。", "Delete it; an office's telephone belongs into the settings."))  # fmt: skip
def persons(report: Report) -> Iterator[Found]:
    """Identity numbers whose check digit is right, mobile numbers that are not the office's, names of applicants."""
    settings = report.edition.settings
    known = "".join(filter(str.isdecimal, f"{settings.telephone} {' '.join(settings.words.values())}"))
    for passage in report.passages:
        text = passage.text.translate(_NARROW) if any_of(_WIDE, passage.text) else passage.text
        for hit in _pattern("number").finditer(text):
            yield from _number(passage, hit, known)
        if "申请人" in passage.text:
            for pattern, severity in _APPLICANTS:
                for hit in _pattern(pattern).finditer(passage.text):
                    yield found_in(passage, hit.start(), hit.end(), ("说出了申请人是谁", "says who applied"), severity)


def _number(passage: Passage, hit: re.Match[str], known: str) -> Iterator[Found]:
    digits = hit[0].replace("-", "").replace(" ", "")
    if len(digits) == 18:
        if _is_identity(digits):
            yield found_in(passage, *hit.span(), ("有公民身份号码", "has somebody's identity number"))
    elif digits not in known:
        before = passage.text[max(hit.start() - 12, 0) : hit.start()]
        contact = any(word in before for word in ("联系", "咨询", "热线", "监督", "电话"))
        what = ("有手机号码", "has a mobile number")
        yield found_in(passage, *hit.span(), what, "warning" if contact else "error")


def _is_identity(digits: str) -> bool:
    """Whether it is an identity number (GB 11643): a date of birth, and the right check digit."""
    month, day = int(digits[10:12]), int(digits[12:14])
    weighted = sum(int(digit) * pow(2, 17 - at, 11) for at, digit in enumerate(digits[:17]))
    return (
        digits[6:8] in ("19", "20") and 1 <= month <= 12 and 1 <= day <= 31 and "10X98765432"[weighted % 11] == digits[17].upper()
    )


@rule("S-LAW-NAME", "info", basis="GB/T 15834", zh="书名号不成对", en="the marks of a name 《》 do not pair",
      mend=("补齐书名号；书名号里面的用〈〉。", "Complete the pair; within 《》 it is 〈〉."))  # fmt: skip
def names_of_laws(report: Report) -> Iterator[Found]:
    """《》 balanced, and 〈〉 within."""
    for passage in report.passages:
        open_at = -1
        for at, letter in enumerate(passage.text) if "《" in passage.text or "》" in passage.text else ():
            if letter == "《" and open_at >= 0:
                yield found_in(passage, at, at + 1, ("书名号里又用了书名号", "has 《》 within 《》"))
                break
            if letter == "》" and open_at < 0:
                yield found_in(passage, at, at + 1, ("书名号没有前一半", "has no 《 before 》"))
                break
            open_at = at if letter == "《" else -1 if letter == "》" else open_at
        else:
            if open_at >= 0:
                yield found_in(passage, open_at, open_at + 1, ("书名号没有后一半", "has no 》 after 《"))


@rule("S-ENUM", "warning", basis="编制惯例", zh="序号不连续", en="an enumeration has a gap or repeats itself",
      mend=("按顺序编号，核对有没有漏掉一项。", "Number in order, and look whether one was lost."))  # fmt: skip
def enumerations(report: Report) -> Iterator[Found]:
    """一是 二是 三是, （一）（二）, 1. 2., ①②: each follows the one before; a list may stand within another."""
    for passage in (*report.passages, *_printed_headings(report)):
        open_lists: dict[int, list[int]] = {}
        for mark in _pattern("mark").finditer(passage.text):
            kind = mark.lastindex or 1
            number, lists = _value(mark[kind]), open_lists.setdefault(kind, [])
            if number == 1 or not lists and kind != 1:
                lists.append(number)
                continue
            while lists and number != lists[-1] + 1 and number - 1 in lists:
                lists.pop()
            last = lists[-1] if lists else 0
            if number != last + 1:
                repeats = ("重复了前面的序号", "repeats a number")
                what = repeats if number == last else ("与前面的序号不连续", "does not follow the number before")
                expected = _SHAPES[kind - 1].format(_written(last + 1, mark[kind]))
                yield found_in(passage, *mark.span(kind), what, expected=expected)
            lists[-1:] = [number]


def _printed_headings(report: Report) -> Iterator[Passage]:
    """The headings of a finished report's parts, a text for each section; a number that begins a line of the text counts too, as
    its heading may not have been known for one.
    """
    for section, parts in report.parts.items():
        heads = [part for part in parts if part.heading]
        shapes = {mark.lastindex for part in heads for mark in _pattern("mark").finditer(part.heading)}
        if len(heads) > 1 and shapes:
            lines = [line for part in parts for line in (part.heading, *_numbered(part.text, shapes))]
            title = report.headings.get(section) or report.standard.sections[section].label
            yield Passage(section, section, title, "\n".join(filter(None, lines)), heads[0].place)


def _numbered(text: str, shapes: set[int | None]) -> Iterator[str]:
    for line in text.split("\n"):
        if (mark := _pattern("mark").match(line)) and mark.lastindex in shapes:
            yield line


def _value(mark: str) -> int:
    if mark.isdecimal():
        return int(mark)
    if "①" <= mark <= "⑳":
        return ord(mark) - ord("①") + 1
    tens, ten, ones = mark.rpartition("十")
    return (DIGITS.index(tens) if tens else 1) * 10 * bool(ten) + (DIGITS.index(ones[-1]) if ones else 0)


def _written(number: int, like: str) -> str:
    if like.isdecimal():
        return str(number)
    return chr(ord("①") + number - 1) if "①" <= like <= "⑳" else chinese(number)


RULES = [holes, secrets, persons, names_of_laws, enumerations]
