"""What a cell says: a number with what stands around it, a blank or its sign, or no number at all."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from nianbao.tree import Node

Kind = Literal["number", "odd", "mark", "empty", "text"]

# Full-width digits and signs only: NFKC would make the 12① of a footnote 121.
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x2212: 0x2D, 0xFE63: 0x2D, 0x3000: 0x20, 0xA0: 0x20}
_HIDDEN = dict.fromkeys((0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0xAD))
_MARKS = re.compile(r"[-—–―─/\\]{1,3}|无|〇|○")
_NUMBER = re.compile(
    r"(?P<about>约 ?)?(?P<number>[+-]?(?:\d{1,3}(?:,\d{3})+|0|[1-9]\d{0,14})(?:\.\d{1,8})?)"
    r" ?(?P<unit>万元|亿元|元|[件条项份次宗起个部人]?)\s*(?P<remark>[(（\[【].+|[\u2460-\u249b]+|(?:其中|含|包括).+)?",
    re.ASCII | re.DOTALL,
)
_SIGNED = re.compile(r"^(?:减少?|增加?)\s*(?=\d)")
_BRACKETS = str.maketrans("", "", "()（）[]【】")


@dataclass(frozen=True)
class Figure:
    """What a cell says. ``odd``: a number that cannot stand there, such as a decimal count; its ``value`` is None."""

    kind: Kind
    value: int | Decimal | None = None
    remark: str = ""


def kind(text: str) -> Kind:
    """What a cell says, wherever it stands."""
    return _figure(text, None).kind


def value(text: str) -> int | Decimal | None:
    """The number in a cell, 0 where there is a sign of none."""
    read = _figure(text, None)
    return read.value if read.kind == "number" else 0 if read.kind == "mark" else None


def figure(text: str, node: Node) -> Figure:
    """What a cell says where the figure of a node stands: a blank is 0, but for a total, which can be computed."""
    read = _figure(text, node)
    return Figure(read.kind, None if node.addends is not None else 0) if read.kind in ("mark", "empty") else read


@functools.lru_cache(maxsize=16384)
def _figure(text: str, node: Node | None) -> Figure:
    plain = text.translate(_HIDDEN).translate(_NARROW).strip()
    plain = _SIGNED.sub(lambda found: "-" if found[0][0] == "减" else "+", plain)
    if not plain:
        return Figure("empty")
    if _MARKS.fullmatch(plain):
        return Figure("mark")
    found = _NUMBER.fullmatch(plain)
    if not found or node and not _fits(found["unit"], node):
        return Figure("text")
    remark = (found["remark"] or "").strip()
    if remark and remark[0] in "([【" and _is_number(remark.translate(_BRACKETS)):
        return Figure("text")  # 12（3）: which of them it is, nobody can know
    value = Decimal(found["number"].replace(",", ""))
    remark = "".join([(found["about"] or "").strip(), remark.strip("()[]【】")])
    if node and (value < 0 and node.number != "signed" or node.number != "amount" and "." in found["number"]):
        return Figure("odd", None, remark)
    return Figure("number", int(value) if value == value.to_integral_value() and "." not in found["number"] else value, remark)


def _is_number(text: str) -> bool:
    return bool(re.fullmatch(r"[\d.,\s]+", text))


def _fits(unit: str, node: Node) -> bool:
    """Whether a unit that is written out is the one that the figure should have."""
    return unit in ("", "万元") if node.number == "amount" else "元" not in unit
