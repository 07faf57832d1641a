"""A finished report as a source takes it: whether it is the one that was meant, and what its sentences tell beside its tables."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from nianbao.errors import Remedy, SourceError
from nianbao.facts import Fact, Origin
from nianbao.tree import normal

if TYPE_CHECKING:
    from nianbao.errors import NianbaoError
    from nianbao.reading import Reading, Told
    from nianbao.tree import Node
    from nianbao.workspace import Edition

_ENDING = re.compile(r"(?:人民政府)?(?:办公室|办公厅|办事处)?$")
_AREA = "省市县区州旗盟"
_MONEY = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s*(万?)元")
_NONE = re.compile(
    r"(?:未|没有|不曾)[^,。;]{0,10}(?:收取|收过|产生|发生)|无(?:政府)?(?:信息)?(?:公开)?(?:信息)?(?:处理|收)费"
    r"|费(?:用)?(?:总额|金额|合计|共计|为|共|:)*[0零](?![\d.])"
)
_UNITS = {"元": Decimal(1), "万元": Decimal(10_000)}


def unfit(reading: Reading, edition: Edition) -> Remedy | None:
    """Why a finished report is not of this edition's year and form, in two languages."""
    if reading.year != edition.year:
        return (
            (f"是 {reading.year} 年度的", f"it is of {reading.year}")
            if reading.year
            else ("看不出是哪一年的", "it tells no year")
        )
    if reading.standard.notice != edition.standard.notice:
        return f"格式标准是 {reading.standard.name}", f"it follows the standard {reading.standard.name}"
    return None


def is_of(reading: Reading, name: str) -> bool:
    """Whether a report is of the body of that name; 禾山市芦河镇人民政府 is 芦河镇. Who is not named may be anybody."""
    ours, theirs = (_ENDING.sub("", normal(each)) or normal(each) for each in (name, reading.name))
    shorter, longer = sorted((ours, theirs), key=len)
    above = longer.removesuffix(shorter)
    return not shorter or not above or longer.endswith(shorter) and (above[-1] in _AREA or shorter[0] in _AREA)


def figures_told(reading: Reading) -> dict[str, Fact]:
    """The amounts of money that no table draws (信息处理费), by path, where the sentences of their section tell just one."""
    found = {}
    for key in reading.standard.sections:
        for node in reading.standard.nodes[key].inputs():
            if not node.tabular and node.unit in _UNITS and node.path not in reading.cells:
                fact = reading.named.get(node.path) or _amount(node, [told for told in reading.told if told.section == key])
                if fact:
                    found[node.path] = fact
    return found


def gaps_of(reading: Reading) -> dict[str, SourceError]:
    """The figures of tables that could not be read, by path, each with the reason."""
    found: dict[str, SourceError] = {}
    for path, why in reading.unread.items():
        if (node := reading.standard.nodes.get(path)) is None:
            continue
        for cell in node.inputs():
            known = reading.cells.get(cell.path)
            if cell.tabular and not (known and known.value):
                found[cell.path] = as_source_error(why)
    return found


def as_source_error(why: NianbaoError) -> SourceError:
    """A reason as a source tells it, in the place of a figure."""
    return SourceError(why.zh, why.en, place=why.place, mend=why.mend)


def _amount(node: Node, told: list[Told]) -> Fact | None:
    amounts: dict[Decimal, str] = {}
    none, names = "", [name for name in node.names if not name.isascii()]
    for each in told:
        of_heading = normal(each.title) in node.names
        for sentence in _sentences(each.text):
            if not of_heading and not any(name in normal(sentence) for name in names):
                continue
            for digits, ten_thousand in _MONEY.findall(sentence):
                amount = Decimal(digits.replace(",", "")) * (10_000 if ten_thousand else 1) / _UNITS[node.unit]
                amounts.setdefault(amount, each.place)
            if _NONE.search(sentence):
                none = none or each.place or each.section
    if none:
        amounts.setdefault(Decimal(0), none)
    if len(amounts) != 1:
        return None
    [(value, place)] = amounts.items()
    whole = value == value.to_integral_value()
    return Fact(int(value) if whole else value, Origin(place))


def _sentences(text: str) -> Iterator[str]:
    return (part for part in re.split(r"[。;\n]", unicodedata.normalize("NFKC", text)) if part.strip())
