"""The correct report of ``luhe`` as the text of a file, with lines of a fragment laid over it.

A line of a fragment that heads a section says where the next ones belong. The figures of a row take the place of those in the row of
its label, those of table four's only row have none; any other line is put behind the section's sentences.
"""

from __future__ import annotations

from pathlib import Path

from nianbao.build import Assessed
from nianbao.finished import assess
from nianbao.plugins import standard
from nianbao.reading import read
from nianbao.tree import normal
from trying.finished import finished
from trying.wild import piped, rows_of

FIFTEEN = 15  # cells of table four
TITLE = "芦河镇2024年政府信息公开工作年度报告"


def checked(folder: Path, fragment: str) -> Assessed:
    """The file with a fragment laid over it, read and checked."""
    file = folder / "luhe.md"
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
        rows = piped(rows_of(notice, key, cells)) if key in notice.grids else []
        found[head] = [*said, *rows]
    return found


def _lay(lines: list[str], line: str) -> None:
    told = _cells(line)
    if len(told) < 2:
        lines.insert(next((number for number, known in enumerate(lines) if "|" in known), len(lines)), line)
        return
    label = normal(told[0]) if len(told) < FIFTEEN else ""
    (at,) = (number for number, known in enumerate(lines) if _is_row_of(_cells(known), label))
    figures = told[bool(label) :]
    lines[at] = f"| {' | '.join([*_cells(lines[at])[: -len(figures)], *figures])} |"


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().removeprefix("|").removesuffix("|").split("|")]


def _is_row_of(cells: list[str], label: str) -> bool:
    figures = [cell for cell in cells if cell.replace(".", "").isdecimal()]
    return len(figures) == FIFTEEN if not label else bool(figures) and any(normal(cell) == label for cell in cells if cell)
