"""A Word file on paper: laid out by LibreOffice with free fonts in place of those of GB/T 9704-2012, measured in millimetres."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import pytest

MM = 25.4 / 72
# What GB/T 9704-2012 wants is not free; these have the same widths: every Chinese character is as wide as it is high.
STAND_INS = {
    "仿宋": "Noto Serif CJK SC",
    "宋体": "Noto Serif CJK SC",
    "方正小标宋简体": "Noto Serif CJK SC",
    "黑体": "Noto Sans CJK SC",
    "楷体": "AR PL UKai CN",
}
FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><include>/etc/fonts/fonts.conf</include><cachedir>{}</cachedir>{}</fontconfig>"""
FONT = """<match target="pattern"><test name="family"><string>{}</string></test>
<edit name="family" mode="assign" binding="strong"><string>{}</string></edit></match>"""


@dataclass(frozen=True)
class Line:
    """A line of text and its box in millimetres from the upper left corner of the paper."""

    left: float
    top: float
    right: float
    bottom: float
    text: str

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(frozen=True)
class Sheet:
    """One page: what stands on it, word by word, and its lines."""

    words: list[Line]

    @property
    def lines(self) -> list[Line]:
        """Words that stand side by side are a line; cells of a table in one row are one, too."""
        rows: list[list[Line]] = []
        for word in sorted(self.words, key=lambda word: word.middle):
            if rows and abs(word.middle - rows[-1][0].middle) < 1.5:
                rows[-1].append(word)
            else:
                rows.append([word])
        return [_joined(sorted(row, key=lambda word: word.left)) for row in rows]


def _joined(words: list[Line]) -> Line:
    return Line(
        words[0].left, min(w.top for w in words), max(w.right for w in words), max(w.bottom for w in words),
        "".join(word.text for word in words),
    )  # fmt: skip


@dataclass(frozen=True)
class Paper:
    """A file's pages and the fonts that they are set in."""

    sheets: list[Sheet]
    fonts: set[str]


def need(*programs: str) -> None:
    """Skip, with the reason, where a program or font is missing."""
    for program in programs:
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not installed")


def on_paper(files: dict[str, bytes], folder: Path) -> dict[str, Paper]:
    """Lay Word files out, all in one run of LibreOffice."""
    need("soffice", "pdftotext", "pdffonts", "fc-list")
    installed = subprocess.run(["fc-list", ":", "family"], check=True, capture_output=True).stdout.decode()
    if missing := {font for font in STAND_INS.values() if font not in installed}:
        pytest.skip(f"fonts are not installed: {missing}")
    matches = "".join(FONT.format(*pair) for pair in STAND_INS.items())
    (folder / "fonts.conf").write_text(FONTS.format(folder / "cache", matches), encoding="utf-8")
    for name, data in files.items():
        (folder / f"{name}.docx").write_bytes(data)
    command = ["soffice", f"-env:UserInstallation=file://{folder / 'profile'}", "--headless", "--convert-to", "pdf", "--outdir", str(folder)]  # fmt: skip
    environment = {**os.environ, "FONTCONFIG_FILE": str(folder / "fonts.conf")}
    subprocess.run(
        [*command, *(str(folder / f"{name}.docx") for name in files)],
        check=True,
        capture_output=True,
        timeout=300,
        env=environment,
    )
    return {name: _read(folder / f"{name}.pdf") for name in files}


def _read(pdf: Path) -> Paper:
    said = subprocess.run(["pdftotext", "-bbox", str(pdf), "-"], check=True, capture_output=True, timeout=60).stdout.decode()
    box = re.compile(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>')
    sheets = [
        Sheet([Line(*(float(side) * MM for side in word[:4]), unescape(word[4])) for word in box.findall(page)])  # type: ignore[call-arg]
        for page in said.split("<page ")[1:]
    ]
    listed = subprocess.run(["pdffonts", str(pdf)], check=True, capture_output=True, timeout=60).stdout.decode().splitlines()[2:]
    return Paper(sheets, {line.split()[0].partition("+")[2] for line in listed})
