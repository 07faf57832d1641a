"""A comparison for people at a terminal, and for programs."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from nianbao.errors import say
from nianbao_chain.figures import Line, shown
from nianbao_chain.wording import Kind, Marked

if TYPE_CHECKING:
    from nianbao_chain.comparing import Comparison
    from nianbao_chain.wording import Part
    from nianbao_chain.years import Year

Paint = Callable[[str, Kind], str]
TWO_COLUMNS = 100  # columns of a terminal from which two texts stand beside each other
_SIGNS: dict[Kind, tuple[str, str]] = {"same": ("", ""), "gone": ("[-", "-]"), "new": ("{+", "+}")}


def as_dict(compared: Comparison) -> dict[str, Any]:
    """A comparison for programs: every figure and every part."""
    return {
        "jurisdiction": {"id": compared.id, "name": compared.name},
        "years": [
            {"year": year.year, "from": year.origin, "file": year.file, "standard": year.standard.name}
            for year in (compared.before, compared.after)
        ],
        "figures": [
            {
                "path": line.path, "label": line.label, "before": line.before, "after": line.after, "change": line.change,
                "percent": line.percent,
            }
            for line in compared.lines if not line.is_heading
        ],
        "parts": [
            {
                "path": part.path, "section": part.section, "title": part.title, "before": part.before, "after": part.after,
                "similarity": None if part.similarity is None else round(part.similarity, 3),
                "marked": [{"kind": kind, "text": text} for kind, text in part.marked],
            }
            for part in compared.parts
        ],
        "similarity": round(compared.similarity, 3),
    }  # fmt: skip


def tell(compared: Comparison, everything: bool, width: int, paint: Paint) -> str:
    """A comparison in lines of at most ``width`` columns, where there is room two texts beside each other.

    ``paint`` marks what is gone and what is new: ``signed`` by signs around it, another by colour.
    """
    before, after = compared.before, compared.after
    lines = [say(f"{compared.name} {before.year} 年与 {after.year} 年", f"{compared.name}, {before.year} and {after.year}")]
    lines += [f"  {year.year}  {source(year)}" for year in (before, after)]
    lines += [f"  {words}" for words in filter(None, [standards(compared)])]
    lines += ["", *_figures(compared, everything)]
    lines += ["", say(f"文字相似 {percent(compared.similarity)}", f"Words {percent(compared.similarity)} alike")]
    for part in compared.parts:
        lines += ["", f"{part.section} › {part.title}  {alike(part, compared)}", *_texts(part, compared, width, paint)]
    return "\n".join(lines)


def source(year: Year) -> str:
    """Where a year's report is from, in words."""
    words = {
        "archive": say("存档", "archived"),
        "built": say("已生成的定稿，未存档", "as built, not archived"),
        "data": say("尚未生成，取自数据", "not built yet: asked of the sources"),
    }
    return f"{words[year.origin]}  {year.file}".strip()


def standards(compared: Comparison) -> str:
    """A word of warning where the two follow different standards."""
    before, after = compared.before, compared.after
    if before.standard.name == after.standard.name:
        return ""
    return say(f"{before.year} 年用 {before.standard.name} 格式，{after.year} 年用 {after.standard.name} 格式：含义不同的项目分开列",
               f"{before.year} follows the standard {before.standard.name}, {after.year} {after.standard.name}: what differs in meaning stands apart")  # fmt: skip


def percent(share: float) -> str:
    """A share as people read it; 100% is only what is alike throughout."""
    return f"{int(share * 100)}%"


def alike(part: Part, compared: Comparison) -> str:
    """How alike the two texts of a part are, or the only year that has it."""
    if part.similarity is None:
        return _only(compared, part.after is None)
    if part.before == part.after:
        return say("两年相同", "the same in both years")
    return say(f"相似 {percent(part.similarity)}", f"{percent(part.similarity)} alike")


def _only(compared: Comparison, before: bool) -> str:
    year = compared.before.year if before else compared.after.year
    return say(f"仅 {year}", f"{year} only")


def figure(value: int | Decimal | None) -> str:
    """A figure, "" where there is none."""
    return "" if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value)


def change(line: Line, compared: Comparison) -> str:
    """The change with its sign, or the only year that has the figure."""
    if line.change is None:
        return "" if line.is_heading else _only(compared, line.after is None)
    return f"+{figure(line.change)}" if line.change > 0 else figure(line.change)


def growth(line: Line) -> str:
    """The change in percent, "—" where it started from nothing."""
    if line.change is None:
        return ""
    return "—" if line.percent is None else f"{line.percent:+}%" if line.percent else "0.0%"


def unshown(compared: Comparison, everything: bool) -> str:
    """What is left out of the figures, in words."""
    zeros = [line for line in compared.lines if line.total and not line.is_heading and line.is_nothing]
    return "" if everything or not zeros else say(
        f"另有 {len(zeros)} 行都是 0，各行内没有变化的格也未列；全部列出用 --all",
        f"{len(zeros)} rows of nothing but 0, and cells that did not change, are left out: --all shows them",
    )  # fmt: skip


def _figures(compared: Comparison, everything: bool) -> Iterator[str]:
    listed = shown(compared.lines, everything)
    years = [str(compared.before.year), str(compared.after.year)]
    rows = [_cells(line, compared) for line in listed]
    header = ["", *years, say("增减", "change"), say("增减%", "percent")]
    widths = [max(map(columns, column)) for column in zip(header, *rows, strict=True)]
    section = ""
    yield _row(header, widths)
    for line, row in zip(listed, rows, strict=True):
        if line.section != section:
            yield line.section
            section = line.section
        yield _row(row, widths)
    if rest := unshown(compared, everything):
        yield rest


def _cells(line: Line, compared: Comparison) -> list[str]:
    numbers = [figure(line.before), figure(line.after), change(line, compared), growth(line)]
    return ["  " * (line.depth + 1) + line.name, *numbers]


def _row(cells: list[str], widths: list[int]) -> str:
    name, *numbers = (" " * (width - columns(cell)) for cell, width in zip(cells, widths, strict=True))
    return (cells[0] + name + "".join(f"  {pad}{cell}" for pad, cell in zip(numbers, cells[1:], strict=True))).rstrip()


def _texts(part: Part, compared: Comparison, width: int, paint: Paint) -> Iterator[str]:
    if part.before == part.after or part.before is None or part.after is None:
        yield part.after or part.before or ""
        return
    sides = [
        (str(year.year), [run for run in part.marked if run[0] != other])
        for year, other in ((compared.before, "new"), (compared.after, "gone"))
    ]
    if width < TWO_COLUMNS:
        for year, runs in sides:
            yield f"{year}  {''.join(paint(text, kind) for kind, text in runs)}"
        return
    half = (width - 3) // 2
    left, right = ([(year, len(year)), *_wrapped(runs, half, paint)] for year, runs in sides)
    for (old, used), (new, _) in zip_longest(left, right, fillvalue=("", 0)):
        yield f"{old}{' ' * (half - used)} │ {new}".rstrip()


def signed(text: str, kind: Kind) -> str:
    """A run with signs around it, where there are no colours."""
    before, after = _SIGNS[kind]
    return f"{before}{text}{after}"


def _wrapped(runs: Iterable[Marked], width: int, paint: Paint) -> Iterator[tuple[str, int]]:
    """Runs in lines of a width, each with the columns that it takes; a run that is broken is painted on both lines."""
    line, used = "", 0
    for kind, text in runs:
        piece = ""
        around = columns(signed("", kind)) if paint is signed else 0
        for letter in text:
            room = columns(letter)
            if letter == "\n" or used + columns(piece) + around + room > width:
                yield line + (paint(piece, kind) if piece else ""), used + (columns(piece) + around if piece else 0)
                line, used, piece = "", 0, ""
            piece += letter if letter != "\n" else ""
        if piece:
            line, used = line + paint(piece, kind), used + columns(piece) + around
    if line:
        yield line, used


def columns(text: str) -> int:
    """How many columns of a terminal a text takes: two for a Chinese letter, none for a mark over another letter."""
    return sum(
        0 if unicodedata.combining(letter) or unicodedata.category(letter) in ("Mn", "Me", "Cf")
        else 2 if unicodedata.east_asian_width(letter) in "WF" else 1
        for letter in text
    )  # fmt: skip
