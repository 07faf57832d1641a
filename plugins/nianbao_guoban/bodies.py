"""What kind of body publishes a report: what its settings, its code of the administrative divisions and its name say."""

from __future__ import annotations

from typing import Literal

from nianbao import Jurisdiction, NotAssessable

Kind = Literal["town", "street", "department", "office", "county", "city", "province", "ministry"]
_LEVELS: dict[str, Kind] = {
    **dict.fromkeys(("镇", "乡", "乡镇", "民族乡", "苏木", "民族苏木"), "town"),
    **dict.fromkeys(("街道", "街道办", "街道办事处"), "street"),
    **dict.fromkeys(("部门", "局", "委", "办"), "department"),
    **dict.fromkeys(("县", "自治县", "旗", "自治旗", "区", "市辖区", "县级市", "林区", "特区"), "county"),
    **dict.fromkeys(("地级市", "设区市", "设区的市", "副省级市", "州", "自治州"), "city"),
    **dict.fromkeys(("省", "自治区", "直辖市"), "province"),
    **dict.fromkeys(("部委", "国务院部门"), "ministry"),
}  # fmt: skip
_OFFICES = ("政府办公室", "政府办公厅", "府办公室", "府办公厅", "政府办", "府办")


def kind(body: Jurisdiction) -> Kind:
    """The kind of a body. Raises NotAssessable where nothing tells it: a 市 may be a county's equal or a prefecture's.

    An ``office`` publishes what its government does, and is known by its name.
    """
    level = body.level.strip()
    if body.name.endswith(_OFFICES):
        return "office"
    found = _LEVELS.get(level) or ("department" if level.endswith("部门") else None) or division(body.code)
    if found is None:
        raise NotAssessable("level", "级别 level", "the `level`")
    return found


def division(code: str) -> Kind | None:
    """The kind of government that a code of the administrative divisions (GB/T 2260, GB/T 10114) names; None for another code."""
    if not (code.isdecimal() and len(code) in (6, 9, 12) and code[0] in "12345678"):
        return None
    if code[9:].strip("0"):
        return None  # a village
    if below := code[6:9].strip("0"):
        return "street" if code[6] == "0" and below else "town"
    if code[4:6] != "00":
        return "county"
    return "city" if code[2:4] != "00" else "province"
