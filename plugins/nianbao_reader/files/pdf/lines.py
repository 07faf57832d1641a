"""Letters become lines as one reads them, with what is far apart kept apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from nianbao_reader.files.pdf.sheets import Letter, held

# Gaps in sizes of a letter: a space between Latin words, one between Chinese letters (next to figures there is a quarter anyway),
# a column; and that where a space is typed in between.
WORD, SPACE, COLUMN, FAR = 0.18, 0.3, 1.0, 2.0
RAISED = 0.5  # how far above or below its line a letter may stand


class Printed(NamedTuple):
    """A printed line: its text, where it starts, its foot, its letters' size."""

    text: str
    left: float
    foot: float
    size: float


def printed(letters: Iterable[Letter]) -> list[Printed]:
    """The lines of letters, from the top down. Letters that all lie on their side are read along it."""
    letters = list(letters)
    turn = held(letters)
    lines = []
    for line in _lines([letter.turned(turn) for letter in letters]):
        line.sort(key=lambda letter: letter.left)
        if text := _text(line):
            first = next(letter for letter in line if not letter.text.isspace())
            lines.append(Printed(text, first.left, first.foot, first.size))
    return lines


def _lines(letters: list[Letter]) -> Iterator[list[Letter]]:
    line: list[Letter] = []
    for letter in sorted(letters, key=lambda letter: -letter.foot):
        # the first is the highest: a raised letter of the line, where there is one
        if line and line[0].foot - letter.foot > RAISED * max(line[0].size, letter.size):
            yield line
            line = []
        line.append(letter)
    if line:
        yield line


def _text(line: list[Letter]) -> str:
    text, typed, last = "", "", None
    for letter in line:
        if letter.text.isspace():
            typed += letter.text
            continue
        if last is not None:
            text += _between(last, letter, typed)
        text, typed, last = text + letter.text, "", letter
    return text


def _between(last: Letter, letter: Letter, typed: str) -> str:
    gap = (letter.left - last.right) / min(last.size, letter.size)
    if gap >= (FAR if typed else COLUMN):
        return "\t"
    return typed or (" " if gap >= (WORD if (last.text + letter.text).isascii() else SPACE) else "")
