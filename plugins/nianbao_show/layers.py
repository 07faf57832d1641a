"""What a theme says, layer by layer: each setting with the line it stands in, and what it takes the place of."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from yaml import MappingNode, Node, ScalarNode

from nianbao.errors import NianbaoError, say
from nianbao.extending import lineage
from nianbao.layouts import by_section, layouts_of
from nianbao.plugins import installed
from nianbao.plugins import standard as standard_of
from nianbao.standard import Standard
from nianbao.themes import Declaration, theme
from nianbao.typed import typed
from nianbao.yamlfile import entries, is_absent, place

LONGEST = 48  # letters of a value that a line shows


@dataclass(frozen=True)
class Said:
    """One setting: its key, its value, where it was written, in which theme; ``was`` is what it takes the place of."""

    key: str
    value: str
    place: str
    theme: str
    was: Said | None = None

    @property
    def number(self) -> int:
        """The line of its file."""
        return int(self.place.rpartition(":")[2])


@dataclass(frozen=True)
class Layers:
    """A theme and those it extends, its own name first: settings in the order of the base, files by the theme they are of."""

    line: list[str]
    serves: str
    standard: str
    settings: list[Said]
    files: dict[str, str] = field(default_factory=dict)

    @property
    def own(self) -> list[Said]:
        """What the theme itself says, in the order of its lines."""
        return sorted((said for said in self.settings if said.theme == self.line[0]), key=lambda said: said.number)


def layers(name: str, workspace: Path, standard: str | None) -> Layers:
    """What a theme says for a standard. Raises NianbaoError where the theme is wrong."""
    made = theme(name, workspace)
    files = lineage("themes", name, workspace)
    line = [str(name), *(path.parent.name for path, _ in files[1:])]
    known = standard_of(standard or standard_for(line, workspace), workspace)
    nodes = [node for _, node in files]
    layouts_of(known, [typed(node, Declaration).sections for node in reversed(nodes)], None)
    settings: dict[str, Said] = {}
    for owner, node in zip(reversed(line), reversed(nodes), strict=True):
        for said in _said(node, owner, known):
            _put(settings, said)
    found: dict[str, str] = {}
    for owner, folder in zip(line, made.folders, strict=True):
        for file in (*sorted((folder / "templates").glob("*.html")), *sorted((folder / "assets").glob("*"))):
            found.setdefault(file.relative_to(folder).as_posix(), owner)
    return Layers(line, made.serves, known.name, list(settings.values()), found)


def standard_for(line: list[str], workspace: Path) -> str:
    """The newest installed standard that names the theme, else the one it extends: ``2021-shanghai`` for shanghai."""
    meant: dict[str, str] = {}
    for name in sorted(installed("standards")):
        with contextlib.suppress(NianbaoError):
            meant[standard_of(name, workspace).theme] = name
    return next((meant[name] for name in line if name in meant), "2021")


def _put(settings: dict[str, Said], said: Said) -> None:
    """Lay one setting over those below it; ``null`` drops them, and a whole takes the place of its parts."""
    was = settings.get(said.key)
    for key in [key for key in settings if key.startswith(f"{said.key}.") or said.key.startswith(f"{key}.")]:
        was = was or settings[key]
        del settings[key]
    settings[said.key] = Said(said.key, said.value, said.place, said.theme, was)


def _said(node: MappingNode, owner: str, known: Standard) -> Iterator[Said]:
    for key, value in entries(node):
        if key == "sections":
            for section, layout in by_section(value, known):
                for leaf in _leaves(f"sections.{section}", layout, owner):
                    yield replace(leaf, key=leaf.key.replace(f".annotations.{section}.", ".annotations."))
        elif key != "serves":
            yield from _leaves(str(key), value, owner)


def _leaves(key: str, node: Node, owner: str) -> Iterator[Said]:
    if isinstance(node, MappingNode) and node.value:
        for name, value in node.value:
            yield from _leaves(f"{key}.{name.value}", value, owner)
    else:
        yield Said(key, _shown(node), place(node).rpartition(":")[0], owner)


def _shown(node: Node) -> str:
    if isinstance(node, ScalarNode):
        return "null" if is_absent(node) else " ".join(node.value.split())
    return f"[{', '.join(map(_shown, node.value))}]" if not isinstance(node, MappingNode) else "{}"


def tell(shown: Layers) -> str:
    """The layers of a theme for people."""
    title = "  ".join(word for word in (" < ".join(shown.line), shown.serves) if word)
    lines = [title, say(f"按格式标准 {shown.standard}", f"for the standard {shown.standard}")]
    lines += [say("改动：", "says:"), *map(_line, shown.own)]
    lines += [say("沿用：", "inherits:"), *(_line(said) for said in shown.settings if said.theme != shown.line[0])]
    lines += [say("模板和附件：", "templates and assets:"), *(f"  {file}  {owner}" for file, owner in shown.files.items())]
    return "\n".join(lines)


def _line(said: Said) -> str:
    was = (
        say(f"（原为 {_short(said.was.value)}，{said.was.place}）", f" (was {_short(said.was.value)}, {said.was.place})")
        if said.was
        else ""
    )
    return f"  {said.place}  {said.key}: {_short(said.value)}{was}"


def _short(value: str) -> str:
    return value if len(value) <= LONGEST else f"{value[:LONGEST]}…"


def as_dict(shown: Layers) -> dict[str, Any]:
    """The layers of a theme for programs."""
    return {
        "theme": shown.line[0], "extends": shown.line[1:], "serves": shown.serves, "standard": shown.standard,
        "settings": [
            {
                "key": said.key, "value": said.value, "place": said.place, "theme": said.theme,
                "was": {"value": said.was.value, "place": said.was.place} if said.was else None,
            }
            for said in shown.settings
        ],
        "files": [{"file": file, "theme": owner} for file, owner in shown.files.items()],
    }  # fmt: skip
