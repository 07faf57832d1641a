"""The correct report of ``luhe`` as the text of a file, with lines of a fragment laid over it.

A line of a fragment that heads a section says where the next ones belong. A row of a table takes the place of the row of its label
(of table four's only row, where it has none), ``label |`` takes that row away; any other line is put behind the section's sentences.
"""

from __future__ import annotations

from pathlib import Path

from nianbao.build import Assessed
from nianbao.plugins import standard
from nianbao.reading import assess, read
from nianbao.tree import normal
from trying.finished import finished
from trying.wild import rows_of, trailing_pipes

TITLE = "芦河镇2024年政府信息公开工作年度报告"


def checked(folder: Path, fragment: str) -> Assessed:
    """The file with a fragment laid over it, read and checked."""
    file = folder / "luhe.txt"
    file.write_text(text(fragment), encoding="utf-8")
    return assess(read(file, file.name))


def text(fragment: str = "") -> str:
    """The text of the file."""
    sections = _sections()
    home = sections[""]
    for line in fragment.strip().splitlines():
        if line.strip() in sections:
            home = sections[line.strip()]
        else:
            _lay(home, line.strip())
    return "\n".join([TITLE, *(line for head, lines in sections.items() for line in (head, *lines) if line)]) + "\n"


def _sections() -> dict[str, list[str]]:
    """The lines of each section by its heading; '' is that of the preamble."""
    reading = finished()
    notice = standard("2021", Path())
    cells = {path: cell.text for path, cell in reading.cells.items()}
    heads = {"preamble": "", **reading.headings}
    found: dict[str, list[str]] = {}
    for key, head in heads.items():
        said = [line for told in reading.told if told.section == key for line in (told.heading, told.text)]
        rows = trailing_pipes(rows_of(notice, key, cells)) if key in notice.grids else []
        found[head] = [*said, *rows]
    return found


def _lay(lines: list[str], line: str) -> None:
    if "|" not in line:
        at = next((number for number, known in enumerate(lines) if "|" in known), len(lines))
        lines.insert(at, line)
        return
    name, told = _label(line), line.partition("|")[2].strip(" |")
    (at,) = (number for number, known in enumerate(lines) if "|" in known and _label(known) == name and _is_row(known))
    lines[at : at + 1] = [line] if told else []


def _is_row(line: str) -> bool:
    return any(map(str.isdecimal, line.partition("|")[2])) or not _label(line)


def _label(line: str) -> str:
    """The first label of a row; '' where it has numbers only."""
    name = line.partition("|")[0].strip()
    return normal(name) if any("\u4e00" <= letter <= "\u9fff" for letter in name) and name != "无" else ""
