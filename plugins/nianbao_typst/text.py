"""Text with its few marks: a list of strings, and of mappings where a run is bold, marked, a link or a run-in heading."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from lxml.html import HtmlElement

Run = str | dict[str, Any]
Content = list[Run]
_SPACE = re.compile(r"[ \t\n\r\f\v\x85\u2028\u2029]+")
# What no reader sees and no font has: control characters, and marks that could turn the order of figures.
_UNSEEN = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]"
)
_LINK = re.compile(r"(?i)(https?://|mailto:)[^\s<>\"]{1,2000}")
_MARKS = {
    "b": {"bold": True}, "strong": {"bold": True}, "mark": {"marked": True}, "sub": {"sub": True}, "sup": {"super": True},
}  # fmt: skip
LONGEST = 30  # letters that surely have room in a line of the page
_LONG = re.compile(rf"[^\s\u1100-\uffff]{{{LONGEST + 1},}}")
BREAK = "\u200b"


def breakable(text: str, longest: int = LONGEST) -> str:
    """A text that can be broken where more than ``longest`` Latin letters or digits in a row would run out of the line."""
    pattern = _LONG if longest == LONGEST else re.compile(rf"[^\s\u1100-\uffff]{{{longest + 1},}}")
    piece = min(longest, 8)
    return pattern.sub(lambda run: BREAK.join(run[0][at : at + piece] for at in range(0, len(run[0]), piece)), text)


class Runs:
    """The runs of one paragraph, white space as HTML has it."""

    def __init__(self) -> None:
        self._runs: list[tuple[str, dict[str, Any]]] = []

    def add(self, text: str | None, marks: dict[str, Any] | None = None) -> None:
        """Put a text with its marks behind what there is."""
        shown = _UNSEEN.sub("", _SPACE.sub(" ", text or ""))
        before = self._runs[-1][0][-1] if self._runs else "\n"
        if before in " \n":
            shown = shown.removeprefix(" ")
        if not shown:
            return
        if self._runs and self._runs[-1][1] == (marks or {}):
            self._runs[-1] = (self._runs[-1][0] + shown, self._runs[-1][1])
        else:
            self._runs.append((shown, marks or {}))

    def take(self, element: HtmlElement, marks: dict[str, Any] | None = None) -> None:
        """Put an element's text behind what there is; blocks in it begin a new line. Not recursive: depth costs nothing."""
        stack: list[tuple[HtmlElement | None, str | None, dict[str, Any]]] = [(element, None, marks or {})]
        while stack:
            at, text, inherited = stack.pop()
            if at is None:
                self.add(text, inherited)
                continue
            if at.tag == "br" or at.tag in ("p", "div", "li") and at is not element:
                self.line()
            inside = inherited | _marks_of(at)
            for child in reversed(at):
                stack.append((None, child.tail, inside))
                if child.tag not in ("script", "style", "ul", "ol", "template") and child.get("hidden") is None:
                    stack.append((child, None, inside))
            stack.append((None, at.text, inside))

    def line(self) -> None:
        """Begin a new line, unless this is one."""
        if self._runs and not self._runs[-1][0].endswith("\n"):
            text, marks = self._runs[-1]
            self._runs[-1] = (text.rstrip(" ") + "\n", marks)

    def done(self) -> Content:
        """The runs as report.typ takes them; none where there is only white space."""
        runs = [*self._runs]
        while runs and not runs[-1][0].rstrip(" \n"):
            runs.pop()
        if runs:
            runs[-1] = (runs[-1][0].rstrip(" \n"), runs[-1][1])
        return [{"text": breakable(text), **marks} if marks else breakable(text) for text, marks in runs]


def runs_of(element: HtmlElement) -> Runs:
    """The runs of an element."""
    runs = Runs()
    runs.take(element)
    return runs


def plain(content: Content) -> str:
    """The text of runs."""
    return "".join(run if isinstance(run, str) else run["text"] for run in content).replace(BREAK, "")


def _marks_of(element: HtmlElement) -> dict[str, Any]:
    classes = (element.get("class") or "").split()
    if "run-in" in classes:
        return {"run-in": True}
    if element.tag == "a" and _LINK.fullmatch(target := (element.get("href") or "").strip()):
        return {"link": target}
    return _MARKS.get(str(element.tag), {})


@dataclass
class Written:
    """What was written in each role, so that a letter without a glyph can be told with its sentence."""

    by_role: dict[str, list[Content]] = field(default_factory=dict)

    def add(self, role: str, contents: Iterable[Content]) -> None:
        """Note what a role has to set; a run-in heading is set as a heading."""
        for content in contents:
            self.by_role.setdefault(role, []).append(content)
            if any(isinstance(run, dict) and "run-in" in run for run in content):
                self.by_role.setdefault("heading2", []).append(content)

    def sentence(self, letter: str) -> tuple[str, str]:
        """The role and the text in which a letter stands, ("", "") where it stands in none."""
        for role, contents in self.by_role.items():
            for content in contents:
                if letter in (text := plain(content)):
                    return role, text
        return "", ""
