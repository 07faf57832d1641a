"""The sections of a report, found by their titles; its own title, body and year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from nianbao import FileError, Standard
from nianbao_reader.blocks import Block, Content, Line, Table, retold, texts
from nianbao_reader.letters import squeezed, without_pinyin
from nianbao_reader.lines import cut
from nianbao_reader.outline import chrome, headings, lost, titles, unfolding
from nianbao_reader.outline.fitting import fitting, oldest
from nianbao_reader.outline.headings import Mark

PREAMBLE = "preamble"
_LINE = 20  # letters from which on a printed line may be a full one
_NOTED = 10  # lines and cells with pinyin: fewer may be the report's own
_ENOUGH = 4  # sections that make a report even where nothing before them says that it is one


@dataclass(frozen=True)
class Section:
    """A section as the file has it: its heading as printed, with its number, and what stands under it."""

    key: str
    heading: str
    blocks: tuple[Block, ...]
    place: str = ""


@dataclass(frozen=True)
class Outline:
    """A report in its sections, in the file's order; ``preamble`` is among them. What is no report (breadcrumbs, buttons) is left out."""

    standard: Standard
    title: str
    name: str
    level: str
    year: int
    sections: Mapping[str, Section]


def outline(content: Content, file: str) -> Outline:
    """The sections of a file. Raises FileError where it holds no annual report."""
    blocks = _bodied(content)
    text = squeezed("".join(text for block in blocks for text in texts(block)))
    standard = fitting(text, blocks)
    blocks = unfolding.unfolded(blocks, standard)
    marks = headings.marks(blocks, standard)
    if len(marks) < 2:
        raise _no_report(file, len(marks))
    before = [*blocks[: marks[0].at], *_cut(blocks, (marks[0].at, 0), (marks[0].at, marks[0].start))]
    own = titles.of(content.title)
    title = titles.find(before) or (titles.Title(own.text, own.name, own.year) if own else None)
    if not title and any(isinstance(block, Line) and titles.is_format(block.text) for block in before):
        raise _no_report(file, 0)
    if not title and len(marks) < _ENOUGH and not titles.has_period(text) and not lost.are_in_place(blocks, marks, standard):
        raise _no_report(file, len(marks))
    year = titles.year(content, title, text, file)
    if not year:
        raise FileError("看不出是哪一年的报告", "nothing tells which year the report is of", place=file,
                        mend=("标题里写上年度。", "Write the year in its title."))  # fmt: skip
    if year < oldest():
        raise FileError(f"{year}年的报告用的是更早的格式，没有它的格式标准", f"the report of {year} has a format older than any standard that is installed",
                        place=file, mend=(f"能读的是{oldest()}年起的报告。", f"Reports from {oldest()} on can be read."))  # fmt: skip
    name = title.name if title and title.name else own.name if own and own.name else ""
    sections = {}
    if PREAMBLE in standard.sections and (preamble := _preamble(before, title, standard)):
        sections[PREAMBLE] = Section(PREAMBLE, "", preamble, preamble[0].place)
    sections |= _sections(blocks, marks, standard)
    opening = [*before, *next((each.blocks[:2] for key, each in sections.items() if key != PREAMBLE), ())]
    name = name or titles.told([squeezed(text) for block in opening for text in texts(block)]) or _signed(sections)
    return Outline(standard, title.text if title else "", name, titles.level(name), year, sections)


def _sections(blocks: Sequence[Block], marks: Sequence[Mark], standard: Standard) -> dict[str, Section]:
    ends = [*((mark.at, mark.start) for mark in marks[1:]), (len(blocks), 0)]
    found = {}
    for mark, end in zip(marks, ends, strict=True):
        inside = _cut(blocks, mark.end, end)
        if mark is marks[-1]:
            inside = _ended(inside)
        if mark.section in standard.grids:
            inside = [block for block in inside if isinstance(block, Table) or block.text.strip()]
        found[mark.section] = Section(mark.section, headings.printed(blocks, mark), tuple(inside), blocks[mark.at].place)
    return dict(_unheaded(found, standard)) if len(found) < sum(each.heading for each in standard.sections.values()) else found


def _unheaded(found: Mapping[str, Section], standard: Standard) -> Iterator[tuple[str, Section]]:
    """The sections, and behind each that which has lost its own heading and kept those of its parts: （一）主要问题（二）改进情况."""
    order = [key for key, section in standard.sections.items() if section.heading]
    for key, section in found.items():
        behind = order[order.index(key) + 1] if key != order[-1] else ""
        at = lost.parts_begin(section.blocks, standard.nodes[behind]) if behind and behind not in found else None
        if at is None:
            yield key, section
            continue
        yield key, replace(section, blocks=section.blocks[:at])
        yield behind, Section(behind, "", section.blocks[at:], section.blocks[at].place)


def _cut(blocks: Sequence[Block], start: tuple[int, int], end: tuple[int, int]) -> list[Block]:
    """The blocks from one place to another, cut where these are in a line."""
    kept: list[Block] = []
    for at in range(start[0], min(end[0] + 1, len(blocks))):
        block = blocks[at]
        first, last = start[1] if at == start[0] else 0, end[1] if at == end[0] else None
        if last == 0:
            break
        if isinstance(block, Line) and (first or last is not None):
            line = cut(block, first, last)
            line = cut(line, len(line.text) - len(line.text.lstrip("：:。")))
            kept += [replace(line, level=0)] if line.text else []
        else:
            kept.append(block)
    return kept


def _preamble(before: Sequence[Block], title: titles.Title | None, standard: Standard) -> tuple[Block, ...]:
    """What stands between the title and the first section, without what the page puts there."""
    if title and title.at + title.offset:
        inside = _cut(before, (title.at, title.offset), (len(before), 0))
    else:  # the title stands outside of the text: the sentences nearest to the first section
        first = next((at for at, block in enumerate(before) if isinstance(block, Line) and "。" in block.text), len(before))
        inside = list(before[first:])
    kept = [block for block in unfolding.unlisted(inside, standard) if not _is_page(block)]
    first = next((at for at, block in enumerate(kept) if isinstance(block, Table) or block.text.strip()), len(kept))
    return tuple(kept[first:])


def _is_page(block: Block) -> bool:
    """Whether something before the first section is the page's: a line, or the table of what is known of the document."""
    if isinstance(block, Line):
        return bool(block.text.strip()) and chrome.is_chrome(block.text)
    return any(chrome.is_label(text) for text in texts(block))


def _ended(blocks: Sequence[Block]) -> list[Block]:
    """The last section without what the page has behind the report."""
    for at, block in enumerate(blocks):
        before = blocks[at - 1] if at else None
        if isinstance(block, Line) and chrome.is_behind(block.text) and not (isinstance(before, Line) and _goes_on(before.text)):
            return list(blocks[:at])
    return list(blocks)


def _goes_on(text: str) -> bool:
    """Whether a printed line breaks a sentence."""
    return len(text.strip()) > _LINE and not re.search(r"[。；！？：:;!?）)”日]$", text.strip())


def _bodied(content: Content) -> list[Block]:
    """The blocks without the numbers of pages. Empty lines stay only where printed lines need them to tell paragraphs apart."""
    kept: list[Block] = []
    foot = False
    noted = sum(without_pinyin(text) != text for block in content.blocks for text in texts(block)) > _NOTED
    for block in (retold(block, without_pinyin) for block in content.blocks) if noted else content.blocks:
        empty = isinstance(block, Line) and not block.text.strip()
        if isinstance(block, Line) and chrome.is_page_number(block.text):
            foot = True
            while kept and isinstance(last := kept[-1], Line) and not last.text.strip():
                kept.pop()
        elif not empty or content.wrapped and not foot:
            kept.append(block)
            foot = False
    return kept


_BODY = re.compile(r"^[\u4e00-\u9fff]{2,24}(?:人民政府|办事处|委员会|管委会|办公[室厅]|局|厅|委)$")


def _signed(sections: Mapping[str, Section]) -> str:
    """Who signed the report, '' where nobody did."""
    last = list(sections.values())[-1].blocks[-3:]
    return next((text for block in last if isinstance(block, Line) and _BODY.match(text := squeezed(block.text))), "")


def _no_report(file: str, sections: int) -> FileError:
    zh = "不像一份政府信息公开工作年度报告：" + (
        f"只有{sections}个部分的标题" if sections < 2 else "没有报告的标题，也没有统计期限"
    )
    en = "this does not look like an annual report: " + (
        f"{sections} of its sections' titles found" if sections < 2 else "neither its title nor its period is there"
    )
    mend = (
        "要找的是标题“××2024年政府信息公开工作年度报告”和“总体情况”“主动公开政府信息情况”等各部分的标题。",
        "A title such as ××2024年政府信息公开工作年度报告 was looked for, and titles of its sections such as 总体情况.",
    )
    return FileError(zh, en, place=file, mend=mend)
