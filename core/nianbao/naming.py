"""Whether a report speaks of its own body and year: S-TITLE, S-NAME, S-YEAR."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from pathlib import Path

from nianbao.checks import Found, rule
from nianbao.past import NotAssessable
from nianbao.prose import Passage, cut, folded, patterns
from nianbao.report import Report
from nianbao.wording import found_in, unquoted

REPORT = "政府信息公开工作年度报告"
LONG = 4  # letters of a name that nobody bears by chance but for one
_PATTERNS = {
    "year": r"(?<!\d)(?:19|20)\d\d(?!\d)",
    "setting": r"^(name|level|parent):\s*[\"']?([^\s\"'#]+)",
    "opening": r"(?:(?<=[。；;\n])|^)\s*((?:19|20)\d\d)\s*年度?[，,]?\s*(?!政府信息公开(?:工作)?年度?报告)(?=([^，,。；;\s]{2,8}))",
    "until": r"截[至止]\s*((?:19|20)\d\d)\s*年(?:12月31日|年?[底末])",
    "announced": r"(?:现公布|现发布|现予|现将|特此公布|本报告)[^。；;\n]{0,40}?((?:19|20)\d\d)\s*年度?政府信息公开(?:工作)?年度?报告",
    "no year": r"(?<![\d.])20(?:\d|\d{3})年",
}
# How a body of a level calls itself, and how others do.
_WE = {"镇": ("我乡", "我街道", "我局", "我委", "我厅"), "乡": ("我镇", "我街道", "我局", "我委", "我厅"), "街道": ("我镇", "我乡", "我局", "我委", "我厅"),
       "县": ("我镇", "我乡", "我局"), "市": ("我镇", "我乡", "我局"), "区": ("我镇", "我乡", "我局"), "部门": ("我镇", "我乡", "我街道")}  # fmt: skip
_LETTER = ("贵局", "贵委", "贵厅", "贵单位", "贵办", "你局", "你委", "你厅", "你单位", "你办")
_WITH_OTHERS = ("与", "和", "、", "及", "等", "同", "跟", "赴", "到", "向", "从", "由", "至", "往")
# What stands between a year and the report of it: 2023年，我镇公开信息…
_OPENINGS = (
    "我", "本", "全", "共", "累计", "收到", "新收", "受理", "未", "没有", "通过", "主动", "坚持", "认真", "围绕", "按照", "严格", "深入", "持续", "积极", "办结", "公开", "政府信息",
)  # fmt: skip
# Words that say why a sentence speaks of another year.
_OF_ANOTHER_YEAR = (
    "比", "较", "同期", "上年", "上一年", "去年", "往年", "历年", "结转", "将", "计划", "拟", "下一步", "下年", "目标", "决算", "预算",
)  # fmt: skip

_pattern = patterns(_PATTERNS, re.MULTILINE)


@rule("S-TITLE", "warning", basis="编制惯例", zh="标题不规范", en="the title is not as it should be",
      mend=("标题写机关名称、年度（一次）和“政府信息公开工作年度报告”。", "The title names the body, the year once, and 政府信息公开工作年度报告."))  # fmt: skip
def title(report: Report) -> Iterator[Found]:
    """The body's name, the year once and no other, and 政府信息公开工作年度报告 where the standard is for such a report."""
    if not report.title:
        raise NotAssessable("title", "标题", "a title")
    written = "".join(folded(report.title).split())
    name, year = "".join(folded(report.edition.jurisdiction.name).split()), report.edition.year
    years = _pattern("year").findall(written)
    wrong = []
    if years != [str(year)]:
        wrong.append(("年度应写一次", "the year should stand there once"))
    if name not in written:
        wrong.append(("没有机关名称", "it does not name the body"))
    if REPORT in report.standard.title and REPORT not in written:
        wrong.append((f"没有“{REPORT}”", f"it does not say {REPORT}"))
    if wrong:
        what = (f"标题{'，'.join(zh for zh, _ in wrong)}", f"the title: {', '.join(en for _, en in wrong)}")
        yield Found("", f"{report.edition.jurisdiction.name}{year}年{REPORT}", report.title, what=what)


@rule("S-NAME", "error", basis="编制惯例", zh="文字里写了别的机关", en="the text speaks of another body",
      mend=("改成本机关的名称；确实说的是别的机关的，写明与本机关的关系。", "Write the body's own name; where another is meant, say what it has to do with this one."))  # fmt: skip
def names(report: Report) -> Iterator[Found]:
    """A body of the same level where one's own should stand, 贵局 or 你单位; what may be meant (a mention, 我局 in a town) only warns."""
    own, others = report.edition.jurisdiction, _others(report)
    for passage in report.passages:
        text = f"{unquoted(passage.text)}\n"
        for phrase in _LETTER if "贵" in text or "你" in text else ():
            for at in _places(text, phrase):
                if text[at + len(phrase)] not in "托屈婉理部限面势事好成完" and text[at - 1] not in "帮替为让给代宝珍":
                    yield found_in(passage, at, at + len(phrase), ("是来信的口气", "is the tone of a letter"))
        for phrase in _WE.get(own.level, ()) if "我" in text else ():
            for at in _places(text, phrase):
                if text[at - 1] not in "自忘" and text[at + len(phrase)] not in "限部村托屈":
                    what = (f"：{own.name}不这样自称", f"is not how {own.name} calls itself")
                    yield found_in(passage, at, at + len(phrase), what, "warning")
        for name in others:
            yield from _mentions(passage, text, name, sure=own.level != "部门")
        yield from _misspelt(passage, text, own.name, others)


def _places(text: str, phrase: str) -> Iterator[int]:
    """Where a phrase stands; there is a letter before and behind each place, if only a line's end."""
    at = text.find(phrase)
    while at >= 0:
        yield at
        at = text.find(phrase, at + 1)


def _others(report: Report) -> list[str]:
    """The names of the workspace's other bodies of this level that are neither above it nor below, read without all their settings."""
    own = report.edition.jurisdiction
    if report.finished:
        return []
    files = sorted((report.edition.workspace / "jurisdictions").glob("*.yaml"))
    known = {file.stem: _said(file, _changed(file)) for file in files}
    line = [own.id]
    while (parent := known.get(line[-1], {}).get("parent")) and parent not in line:
        line.append(parent)
    told = (each.get("name", "") for id, each in known.items()
            if id not in line and each.get("parent") != own.id and each.get("level", "") == own.level)  # fmt: skip
    return [name for name in told if len(name) > 2 and name not in own.name and own.name not in name]


def _changed(file: Path) -> int:
    try:
        return file.stat().st_mtime_ns
    except OSError:
        return 0


@functools.lru_cache(maxsize=4096)
def _said(file: Path, changed: int) -> dict[str, str]:
    """Name, level and parent in a body's settings; kept until the file is ``changed``, as a province checks all its towns by all."""
    try:
        return dict(_pattern("setting").findall(file.read_text(encoding="utf-8", errors="replace")))
    except OSError:
        return {}


def _mentions(passage: Passage, text: str, name: str, *, sure: bool) -> Iterator[Found]:
    """Where a passage names another body: in its own place at the head of a sentence, or so that it may be meant."""
    for at in _places(text, name):
        before, after = text[:at], text[at + len(name) :]
        if before.endswith(_WITH_OTHERS) or after.startswith(_WITH_OTHERS):
            continue
        clause = cut(before, "。；;\n")[-1].strip()
        heads = not clause or bool(re.fullmatch(r"(?:19|20)\d\d\s*年度?[，,]?\s*", clause))
        what = (f"写的是{name}", f"speaks of {name}")
        yield found_in(passage, at, at + len(name), what, "error" if heads and sure else "warning")


def _misspelt(passage: Passage, text: str, own: str, others: list[str]) -> Iterator[Found]:
    """The body's own name with one letter wrong, where the name is long enough to know."""
    if len(own) < LONG:
        return
    for at in _places(text, own[0]):
        written = text[at : at + len(own)]
        wrong = [one != right for one, right in zip(written, own, strict=False)]
        if len(written) == len(own) and sum(wrong) == 1 and not wrong[-1] and written not in others:
            what = (f"像是“{own}”写错了", f"looks like “{own}” misspelt")
            yield found_in(passage, at, at + len(own), what, "warning", own)


@rule("S-YEAR", "warning", basis="编制惯例", zh="年度可能写错了", en="a year may be wrong",
      mend=("核对年度；最好写 {{ 年度 }}。", "Check the year; best write {{ 年度 }}."))  # fmt: skip
def years(report: Report) -> Iterator[Found]:
    """2023年，我镇公开… or 截至2023年12月31日 in the report of 2024; comparisons, plans and what part five tells of other years pass."""
    own, body = report.edition.year, report.edition.jurisdiction.name
    openings = (*_OPENINGS, body[:2]) if body else _OPENINGS
    for passage in report.passages:
        text = unquoted(passage.text)
        for hit in _pattern("no year").finditer(text) if "20" in text else ():
            yield found_in(passage, *hit.span(), ("不是年份", "is no year"), expected=str(own))
        others = text.replace(str(own), "").replace(
            "〔20", ""
        )  # without a year in it, but that of a document, no sentence can be of another
        for name in ("opening", "until", "announced") if "19" in others or "20" in others else ():
            for hit in _pattern(name).finditer(text) if passage.section != "improvements" else ():
                year, sentence = int(hit[1]), _sentence(text, hit.start(1))
                if year == own or str(own) in sentence:
                    continue
                if name != "announced" and any(word in sentence for word in _OF_ANOTHER_YEAR):
                    continue  # 现将 is no plan
                is_over = name == "until" and year < own
                is_told = name == "opening" and hit[2].startswith(openings)
                if name == "announced" or is_over or is_told:
                    what = ("可能是别的年度的话", "may be told of another year")
                    yield found_in(passage, *hit.span(1), what, expected=str(own))


def _sentence(text: str, at: int) -> str:
    end = min((found for mark in "。；;\n" if (found := text.find(mark, at)) >= 0), default=len(text))
    begin = max(text.rfind(mark, 0, at) for mark in "。；;\n") + 1
    return text[begin:end]


RULES = [title, names, years]
