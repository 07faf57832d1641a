"""The pages as tests see them: fenced blocks, and what the comments before them say.

    <!-- test: in heshan; slow -->       from here on in a fresh folder of this kind (scenes.py); slow: with --all only
    <!-- test: file data/a.yaml -->      the next block is this file
    <!-- test: exit 1 -->                the last command of the next block ends with this code
    <!-- test: skip, REASON -->          the next block is not run, for this reason

A page whose commands name no folder starts in one of the kind ``tianmen``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from markdown_it import MarkdownIt

ROOT = Path(__file__).parents[2]
PAGES = [*sorted((ROOT / "docs").rglob("*.md")), ROOT / "README.md", ROOT / "README.zh-CN.md", ROOT / "CONTRIBUTING.md"]
PAGES = [page for page in PAGES if not page.is_relative_to(ROOT / "docs/reference")]
RUN = ("sh", "console")


@dataclass(frozen=True)
class Block:
    """A fenced block: what is in it, where it stands, and what was said of it."""

    place: str
    language: str
    text: str
    file: str = ""
    exit: int = 0
    skipped: str = ""


@dataclass
class Scene:
    """The blocks of a page that follow each other in one folder."""

    place: str
    kind: str
    slow: bool = False
    blocks: list[Block] = field(default_factory=list)

    @property
    def runs(self) -> bool:
        return any(block.language in RUN and not block.skipped for block in self.blocks)


def scenes(page: Path, root: Path = ROOT) -> list[Scene]:
    """A page's scenes, in order. Raises ValueError where a comment says what nobody understands."""
    name = page.relative_to(root).as_posix()
    found = [Scene(name, "tianmen")]
    said: dict[str, str] = {}
    for token in MarkdownIt("commonmark").parse(page.read_text(encoding="utf-8")):
        line = token.map[0] + 1 if token.map else 0
        if token.type == "html_block":
            for comment in re.findall(r"<!--\s*test:(.*?)-->", token.content, re.DOTALL):
                said |= _said(comment, f"{name}:{line}")
        if said.keys() & {"in", "slow"}:
            found.append(Scene(f"{name}:{line}", said.pop("in", found[-1].kind), said.pop("slow", None) is not None))
        if token.type == "code_block":
            found[-1].blocks.append(Block(f"{name}:{line}", "indented", token.content))
        if token.type == "fence":
            about = {"file": said.get("file", ""), "exit": int(said.get("exit", 0)), "skipped": said.get("skip", "")}
            language = token.info.split()[0] if token.info else ""
            found[-1].blocks.append(Block(f"{name}:{line}", language, token.content, **about))  # type: ignore[arg-type]
            said = {}
    if said:
        raise ValueError(f"{name}: nothing follows {said}")
    return found


def _said(comment: str, place: str) -> dict[str, str]:
    known = r"(in) (\w+)|(slow)()|(file) (\S+)|(exit) (\d)|(skip), (.{10,})"
    said = {}
    for part in filter(None, map(str.strip, re.split(r";\s*(?=(?:in|slow|file|exit|skip)\b)", comment))):
        read = re.fullmatch(known, " ".join(part.split()))
        if not read:
            raise ValueError(f"{place}: “{part}” is nothing that a page can say of a test")
        key, value = (group for group in read.groups() if group is not None)
        said[key] = value
    return said


def every() -> Iterator[Scene]:
    """All scenes of all pages."""
    for page in PAGES:
        yield from scenes(page)
