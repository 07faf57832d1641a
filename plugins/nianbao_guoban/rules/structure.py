"""Whether the report has the parts that the notice asks for: S-FIVE, S-NARR, S-LEN, S-SIXLIST."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nianbao import Found, NotAssessable, Report, rule
from nianbao.prose import cut
from nianbao.tree import bare, chinese, normal

NOTICE = "国办公开办函〔2021〕30号"
# What a heading of section one says that tells of each of the five matters, and what prose that only touches it says.
_FIVE = {
    "proactive": ("主动公开",), "on_request": ("依申请",), "management": ("信息管理", "规范管理"), "platforms": ("平台", "网站"), "supervision": ("监督", "保障"),
}  # fmt: skip
# By what a preamble names each of the six parts.
_SIX = {
    "overview": ("总体情况",), "proactive_disclosure": ("主动公开",), "requests": ("公开申请", "依申请"), "disputes": ("复议", "诉讼"),
    "improvements": ("问题",), "other_matters": ("其他需要", "其他事项"),
}  # fmt: skip


@rule("S-FIVE", "error", basis=NOTICE, zh="总体情况缺少应有的方面", en="section one lacks a matter that it has to tell",
      mend=("分别写主动公开、依申请公开、政府信息管理、平台建设、监督保障。", "Tell of each of the five matters under its heading."))  # fmt: skip
def five(report: Report) -> Iterator[Found]:
    """Five headings in section one; one that is called otherwise, or a matter that only the prose touches, warns."""
    text = report.text("overview")
    parts = {part.path: part for part in report.parts["overview"]}
    for key, words in _FIVE.items():
        node = report.standard.nodes.get(f"overview.{key}")
        if node is None:
            continue
        label, part = bare(node.label), parts.get(node.path)
        if part is not None:
            if normal(part.title) not in node.names and not any(word in part.title for word in words):
                what = (f"“{label}”一节改了名称", f"the part “{label}” is called otherwise")
                yield Found(node.path, label, part.title, part.place, what, severity="warning")
        elif any(word in other.title for other in parts.values() for word in words):
            continue
        else:
            touched = any(word in text for word in words)
            zh, en = ("没有单列", "has no heading of its own") if touched else ("没有写", "is not told")
            what = (f"总体情况{zh}“{label}”", f"section one: “{label}” {en}")
            yield Found("overview", label, what=what, severity="warning" if touched else "error")


_LATIN = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_OF_RUNS = frozenset(f"{_LATIN}.%" + "".join(chr(ord(letter) + 0xFEE0) for letter in _LATIN))  # full-width ones too


def _letters(text: str) -> int:
    """The letters of a text: Chinese ones, and each run of digits or Latin letters as one; marks and spaces are none."""
    count, within = 0, False
    for letter in text:
        is_of_run = letter in _OF_RUNS
        count += "\u3400" <= letter <= "\u9fff" or is_of_run and not within
        within = is_of_run
    return count


@rule("S-NARR", "warning", basis=NOTICE, zh="总体情况没有实际内容", en="section one tells nothing of its own",
      mend=("写本年度实际做了什么。", "Tell what was done this year."))  # fmt: skip
def narrative(report: Report, letters: int = 60) -> Iterator[Found]:
    """Section one is a text of its own: sentences that the preamble has too do not count."""
    before = "".join(passage.text for passage in report.passages if passage.section == "preamble")
    sentences = cut(report.text("overview"), "。！？\n")
    own = sum(_letters(sentence) for sentence in sentences if sentence.strip() and sentence.strip() not in before)
    if own < letters:
        yield Found("overview", f"≥ {letters}", str(own), what=("总体情况的字数太少", "section one is very short"))


@rule("S-LEN", "warning", basis=NOTICE, zh="总体情况超过一千字", en="section one has more than a thousand letters",
      mend=("删去与政府信息公开无关的内容。", "Leave out what has nothing to do with it."))  # fmt: skip
def length(report: Report, letters: int = 1000, many: int = 1500) -> Iterator[Found]:
    """At most 1,000 letters as a rule: Chinese letters, and each number as one, without headings, marks and spaces."""
    count = _letters(report.text("overview"))
    if count > letters:
        zh, en = ("大大超过", "far more than") if count > many else ("超过", "more than")
        what = (f"总体情况{zh}规定的字数", f"section one has {en} the letters that the notice allows")
        yield Found("overview", f"≤ {letters}", str(count), what=what)


@rule("S-SIXLIST", "warning", basis="编制惯例", zh="导语列的部分与正文不符", en="the preamble lists other parts than the report has",
      mend=("把六部分列全，或删去这句话。", "List all six, or leave the sentence out."))  # fmt: skip
def listed(report: Report) -> Iterator[Found]:
    """A preamble that lists the parts lists all of them, and says how many they are."""
    parts = sum(section.heading for section in report.standard.sections.values())
    preamble = [passage for passage in report.passages if passage.section == "preamble"]
    if not preamble:
        raise NotAssessable("preamble", gap=False)
    sections = {key: words for key, words in _SIX.items() if key in report.standard.sections}
    for passage in preamble:
        for sentence in passage.text.split("。"):
            if "总体情况" not in sentence:
                continue
            lost = [key for key, words in sections.items() if not any(word in sentence for word in words)]
            names = "、".join(bare(report.standard.sections[key].label) for key in lost)
            stated = re.search(r"([一二两三四五六七八九十]|\d{1,2})个?(?:大?部分|方面)", sentence)
            if len(lost) < 3 and lost:
                what = (f"导语列的部分里没有“{names}”", f"the preamble does not list “{names}”")
                yield Found(passage.path, names, "", passage.place, what)
            elif not lost and stated and stated[1] not in (chinese(parts), str(parts)):
                what = ("导语说的部分数不对", "the preamble tells another number of parts")
                yield Found(passage.path, chinese(parts), stated[1], passage.place, what)


RULES = [five, narrative, length, listed]
