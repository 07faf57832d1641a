"""A finished report that nianbao did not make, as a reader reads it from its file; ``finished`` makes a Report of it."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nianbao.errors import FileError, did_you_mean
from nianbao.lean import dataclass
from nianbao.tree import holders

if TYPE_CHECKING:
    from nianbao.errors import NianbaoError
    from nianbao.facts import Fact
    from nianbao.report import Fetched
    from nianbao.standard import Standard

LARGEST = 100_000_000  # bytes of a file that anybody looks into
_MARKS = {b"%PDF": "pdf", b"PK\3\4": "docx"}  # how files begin


@dataclass(frozen=True)
class Told:
    """One sentence or several paragraphs (a line each) of a section: the heading it stands under without its number, '' where it
    stands under the section's own, and its place. ``figures`` says of which figure, by its path, a span of the text is.

    ``heading`` is how the heading is printed, with its number.
    """

    section: str
    title: str
    text: str
    place: str = ""
    heading: str = ""
    figures: Mapping[tuple[int, int], str] = field(default_factory=dict)


@dataclass(frozen=True)
class Cell:
    """One cell of a table as it stands in the file: its ``text`` and place, and its figure, None where that could not be read.

    A ``remark`` stands behind the figure: ``22（其中修订16件）``. A blank, ``-`` or 无 has the figure 0.
    """

    text: str
    value: Fact | None
    remark: str = ""

    @property
    def place(self) -> str:
        """Where its figure stands; '' where it has none."""
        return self.value.origin.where if self.value and self.value.origin else ""


@dataclass(frozen=True)
class Reading:
    """What a reader read of a finished report.

    ``cells`` are those that the standard's tables draw, by path; what it cannot read is told in ``unread``, a path or a section
    each. ``named`` are figures beside the standard's. ``headings`` of sections are as they are printed, in order; ``in_text`` are
    the sections whose tables the file tells in sentences only.
    """

    file: str
    name: str
    level: str
    year: int
    standard: Standard
    title: str = ""
    headings: Mapping[str, str] = field(default_factory=dict)
    told: tuple[Told, ...] = ()
    cells: Mapping[str, Cell] = field(default_factory=dict)
    named: Mapping[str, Fact] = field(default_factory=dict)
    unread: Mapping[str, NianbaoError] = field(default_factory=dict)
    in_text: frozenset[str] = frozenset()
    meta: Mapping[str, str] = field(default_factory=dict)

    def is_unread(self, path: str) -> bool:
        """Whether a cell, or what holds it, could not be read."""
        return any(holder in self.unread for holder in holders(path))

    def answer(self) -> dict[str, Any]:
        """What it says of each section, as a source answers: totals as they are stated, sentences literally."""
        from nianbao.asking import nested

        said = [(_names(self.standard, path), cell.value) for path, cell in self.cells.items() if cell.value]
        said += [(path.split("."), fact) for path, fact in self.named.items()]
        return nested(said)


def _names(standard: Standard, path: str) -> list[str]:
    """The keys that lead to a cell; a row's total is named so where the row has other cells."""
    node = standard.nodes[path]
    return [*path.split("."), "total"] if node.children and node.addends is not None else path.split(".")


def readable(path: Path) -> bool:
    """Whether there is a reader for files of that suffix."""
    from nianbao.plugins import installed

    return path.suffix.lower().removeprefix(".") in installed("readers")


def readable_in(folder: Path) -> tuple[list[Path], int]:
    """The files of a folder, and of those in it, that can be read, in order; and how many others there are.

    Left out are hidden ones, what Word has open, and records of nianbao's. Raises FileError where none can be read.
    """
    found: list[Path] = []
    others = 0
    for home, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if name.startswith((".", "~$")) or name == "report.json":
                continue
            path = Path(home, name)
            if readable(path):
                found.append(path)
            else:
                others += 1
    if not found:
        raise FileError("文件夹里没有能读的报告", "the folder holds no report that can be read", place=str(folder), mend=(
            "放入 .docx、.html、.md、.txt 或 .pdf 文件。", "Put .docx, .html, .md, .txt or .pdf files there."))  # fmt: skip
    return found, others


def read(path: Path, shown: str = "") -> Reading:
    """A finished report, read by the reader of its suffix (group ``nianbao.readers``). ``shown`` is what messages call the file.

    Raises FileError where there is no such file, none can read it, or it holds no such report.
    """
    shown = shown or str(path)
    return read_bytes(_whole(path, shown), shown, path.suffix.lower().removeprefix("."))


def _whole(path: Path, shown: str) -> bytes:
    """What a file holds; of pipes and devices nobody waits for the end."""
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            raise FileError("不是文件，是文件夹、管道或设备", "it is no file, but a folder, pipe or device", place=shown,
                            mend=("给出报告文件本身。", "Give the report's file."))  # fmt: skip
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", "") or str(error)
        raise FileError(f"读不了文件：{why}", f"cannot read the file: {why}", place=shown,
                        mend=("核对文件名和权限。", "Check its name and permissions."))  from None  # fmt: skip
    if len(data) > LARGEST:
        raise FileError(f"文件超过 {LARGEST // 1_000_000} MB，太大", f"the file has more than {LARGEST // 1_000_000} MB, which is too large", place=shown,
                        mend=("一份报告不会这么大，核对文件。", "No report is that large: look at the file."))  # fmt: skip
    return data


def read_fetched(fetched: Fetched) -> Reading:
    """A finished report from what an address answered: an address need not tell what it is. Raises FileError, see ``read``."""
    from urllib.parse import urlsplit

    suffix = Path(urlsplit(fetched.url).path).suffix.lower().removeprefix(".")
    by_content = next((kind for mark, kind in _MARKS.items() if fetched.data.startswith(mark)), "")
    return read_bytes(fetched.data, fetched.url, by_content or (suffix if suffix in ("htm", "md", "txt") else "html"))


def read_bytes(data: bytes, shown: str, suffix: str = "") -> Reading:
    """A finished report from what a file or page holds, read by the reader of a suffix, else of its own. Raises FileError, see ``read``."""
    from nianbao.errors import blame
    from nianbao.plugins import Credit, entry, installed, loaded

    suffix = suffix or Path(shown).suffix.lower().removeprefix(".")
    if suffix not in installed("readers"):
        known = [f".{name}" for name in sorted(installed("readers"))]
        raise FileError(
            f"没有读取 .{suffix} 文件的插件",
            f"no plugin reads .{suffix} files",
            place=shown,
            mend=did_you_mean(f".{suffix}", known),
        )
    reader = loaded("readers", suffix)
    with blame(Credit(suffix, entry("readers", suffix)), place=shown):
        made = reader(data, shown)
        if not isinstance(made, Reading):
            raise TypeError(f"a reader should return a Reading, not {made!r:.60}")
    return made
