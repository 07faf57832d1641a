"""What a report calls itself: its title, whose report it is, of which year, and what kind of body that is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from nianbao_reader.blocks import Block, Content, Line
from nianbao_reader.letters import indices, squeezed
from nianbao_reader.outline.chrome import is_chrome

_YEAR = r"(?:20\d\d|二[〇○零0][一二三四五六七八九〇○零]{2})年?"
_KIND = (
    r"(?:年度?)?(?:(?:政府信息公开|政务信息公开|政务公开|信息公开)(?:工作)?|政府信息工作)(?:情况)?(?:的)?"
    rf"(?:{_YEAR}度?)?(?:年度(?:工作)?(?:情况)?报告|年度总结报告|报告|年报|年度工作总结)"
)
_TITLE = re.compile(rf"^[#*]*(?P<title>[^，。；！？《》,;!?|>]{{0,50}}?(?P<kind>{_KIND}))(?P<rest>.*)$", re.S)
_BEHIND = re.compile(r"^(?:\([^()]{0,30}\)|[*#|\s]|全文|正文|\[|【.*】|\(.*)*$")
_OPENING = re.compile(r"^(?:根据|按照|依据|遵照|为了?|本(?:年度)?报告|现将|现公布|一、|20\d\d年|\(一\))")
_PERIOD = re.compile(r"(20\d\d)年1月1日[^。]{0,12}?(?:20\d\d年)?12月31日|截[止至]到?(20\d\d)年(?:12月31日|年?底)")
_NAMED = re.compile(
    rf"(?:现将|公布|公开|发布|编制|编写|形成)了?《?(?:{_YEAR}度?)?(?P<name>[\u4e00-\u9fff]{{2,30}}?)(?:{_YEAR}度?)?(?:{_KIND}|政府信息公开工作情况)"
)
_OURS = re.compile(r"[的了本我该各全]|(?:单位|部门|机关)$")  # whoever says so names nobody
_SIGNED = re.compile(r"(20\d\d)年(\d{1,2})月\d{1,2}日|(?:日期|时间):?(20\d\d)[-/.](\d{1,2})[-/.]\d{1,2}")
_VERB = re.compile(r"^(?:公布|公开|发布|编制|编写)")
_DUE = 6  # a report of a year is out by the middle of the next
_OTHER = re.compile(r"通知|解读|图解|格式|办法|发布|编制|印发|当前位置|首页|栏目|上报|填报|模板|要求")
_NUMERALS = {**{letter: str(digit) for digit, letter in enumerate("〇一二三四五六七八九")}, "○": "0", "零": "0", "0": "0"}
_SHORT = 40
_BEFORE = 400  # blocks before the first section among which a title is looked for

_GOVERNMENT = re.compile(r"(?:街道(?:办事处|办)?|办事处|(?P<kind>苏木|自治州|自治区|自治县|[镇乡县旗区市省])(?:人民政府|政府)?)$")
_ZONE = re.compile(
    r"(?:开发|示范|高新|高新技术产业|园|实验|保税|度假|名胜|新|工业|产业)区$"
)  # a body of its own kind, or a district: not told
_DEPARTMENT = re.compile(r"(?:[局委办厅院处所站队会社馆部]|办公[室厅]|中心|集团|公司|学校|大学)$")


@dataclass(frozen=True)
class Title:
    """A title as printed on one line, the name and year in it ('' and 0 where they are not), and where the text goes on."""

    text: str
    name: str
    year: int
    at: int = 0  # the block behind it
    offset: int = 0  # the letter of that block


def find(blocks: Sequence[Block]) -> Title | None:
    """The title among the blocks before the first section: of several the last that says most."""
    best: Title | None = None
    for at in range(max(len(blocks) - _BEFORE, 0), len(blocks)):
        title = _at(blocks, at)
        if title and (best is None or _says(title) >= _says(best)):
            best = title
    return best


def of(text: str) -> Title | None:
    """The title in what a file calls itself: ``标题_栏目_站点``."""
    pieces = [text, *re.split(r"\s*[_|—–·>]+\s*|\s+-+\s*|\s*-+\s+|-(?=\D)", text)]
    found = [_read(piece, piece) for piece in pieces[::-1] if len(piece) <= 80]
    return max((title for title in found if title), key=_says, default=None)


def _says(title: Title) -> int:
    return bool(title.name) + bool(title.year)


def _at(blocks: Sequence[Block], at: int) -> Title | None:
    """The title that begins with a block: a line, up to four of them, or the beginning of a long one."""
    lines: list[str] = []
    found = None
    for block in blocks[at : at + 4]:
        if not isinstance(block, Line) or not block.text.strip() or is_chrome(block.text):
            break
        lines.append(block.text)
        text = squeezed("".join(lines))
        if len(text) > 80 or len(lines) > 1 and len(squeezed(lines[-2])) > _SHORT:
            break
        if title := _read(text, "".join(line.strip() for line in lines), at + len(lines)):
            found = title
            break
    return found or _run_in(blocks[at], at)


def _run_in(block: Block, at: int) -> Title | None:
    """A title at the start of the line that the text goes on in."""
    if not isinstance(block, Line):
        return None
    text = squeezed(block.text[:200])
    match = _TITLE.match(text)
    if not match or not _OPENING.match(match["rest"]):
        return None
    offset = indices(block.text[:200])[match.end("title")]
    title = _read(match["title"], block.text[:offset].strip())
    return Title(title.text, title.name, title.year, at, offset) if title else None


def _read(text: str, printed: str, at: int = 0) -> Title | None:
    text = squeezed(text)
    match = _TITLE.match(text)
    if not match or not _BEHIND.match(match["rest"]) or re.search(r"[。，、；：:]$", text):
        return None
    said = match["title"]
    year = re.search(_YEAR, said)
    name = re.sub(rf"{_YEAR}度?|{_KIND}$", "", said)
    name = re.sub(r"^(?:\d{1,2}[.、]|附件\d*:?|关于|公开)|^[-\s]+|(?:关于|的|年度|度|年|、)+$|^[\[(【].*[\])】]", "", name).strip(
        "-—_()[]【】:：·“”\"'*# "
    )
    if len(name) > 40 or _OTHER.search(said):
        return None
    if match["kind"].endswith("公开报告") and not year:
        return None
    return Title(printed.lstrip("#* ").rstrip("*| "), name, digits(year[0]) if year else 0, at)


def digits(year: str) -> int:
    """A year in figures: 2024年, 二〇二四年."""
    return int("".join(_NUMERALS.get(letter, letter) for letter in year if letter in _NUMERALS or letter.isdecimal())[:4])


def year(content: Content, title: Title | None, said: str, file: str) -> int:
    """The year of a report whose title may not say it: of its period, of its file's title, else that it names most.

    One that names none is of the year before it was published, else of that in its file's name; 0 where nothing tells.
    """
    if title and title.year:
        return title.year
    if (own := of(content.title)) and own.year:
        return own.year
    if period := _PERIOD.search(said):
        return int(period[1] or period[2])
    named = [*Counter(int(found) for found in re.findall(r"(20\d\d)年(?!\d{1,2}月\d)", said)).most_common(2), (0, 0), (0, 0)]
    if named[0][1] > named[1][1]:
        return named[0][0]
    return 0 if named[0][0] else _before(content, said) or _filed(file)


def _before(content: Content, said: str) -> int:
    """The year before the only one in which a report says that it was signed or published early in; 0 where it says none, or several."""
    meta = next((value for name, value in content.meta.items() if name.lower() == "pubdate"), "")
    days = [(found[1] or found[3], found[2] or found[4]) for found in _SIGNED.finditer(f"日期:{meta} {said}")]
    years = {int(year) for year, month in days if int(month) <= _DUE}
    return years.pop() - 1 if len(years) == 1 else 0


def _filed(file: str) -> int:
    """The only year in the name of a file: 芦河镇-2024.docx."""
    years = set(re.findall(r"(?<!\d)20\d\d(?!\d)", PurePath(file).name))
    return int(years.pop()) if len(years) == 1 else 0


def told(texts: Sequence[str]) -> str:
    """Whose report a sentence before the first section says it is: 现公布芦河镇2024年政府信息公开工作年度报告; '' where none does."""
    for text in texts:
        for found in _NAMED.finditer(text):
            name = _VERB.sub("", found["name"])
            if level(name) and not _OURS.search(name) and not _OTHER.search(name):
                return name
    return ""


def is_format(text: str) -> bool:
    """Whether a line is the title of the notice that prescribes the reports, or of what is written about it."""
    said = squeezed(text)
    return len(said) <= 80 and "年度报告" in said and bool(re.search(r"(?:格式|模板|通知|样式)[》)]*(?:\(.*\))?$", said))


def has_period(said: str) -> bool:
    """Whether a squeezed text says from when to when its figures are counted."""
    return bool(_PERIOD.search(said))


def level(name: str) -> str:
    """What kind of body has that name, '' where it does not tell."""
    name = re.sub(r"\(.*?\)$", "", squeezed(name))
    if _ZONE.search(name):
        return ""
    if found := _GOVERNMENT.search(name):
        return found["kind"] or "街道"
    return "部门" if _DEPARTMENT.search(name) else ""
