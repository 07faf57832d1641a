"""What a theme or standard extends: its own file first, then those below it, installed or in the workspace."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from yaml import MappingNode

from nianbao.errors import SettingError, UnknownName, did_you_mean
from nianbao.plugins import folder, installed
from nianbao.workspace import inside
from nianbao.yamlfile import Text, empty, entries, load, text


def lineage(group: Literal["themes", "standards"], name: str, workspace: Path) -> list[tuple[Path, MappingNode]]:
    """The files of a theme or standard and what they say, without ``extends``.

    ``name`` is that of an installed one, or ``./path`` in the workspace. Raises UnknownName, SettingError or YamlError.
    """
    found: list[tuple[Path, MappingNode]] = []
    below: list[str] = []
    above: str | None = name
    while above:
        if above in below:
            raise SettingError(f"“{above}”引用了它自己", f"“{above}” extends itself", place=getattr(above, "place", ""),
                               mend=("改正 extends。", "Correct `extends`."))  # fmt: skip
        below.append(str(above))
        path, shown = _file(group, above, workspace)
        node = load(path, shown) or empty(shown)
        above = next((text(value) for key, value in entries(node) if key == "extends"), None)
        own = [(key, value) for key, value in node.value if key.value != "extends"]
        found.append((path, MappingNode(node.tag, own, node.start_mark, node.end_mark)))
    return found


def _file(group: Literal["themes", "standards"], name: str, workspace: Path) -> tuple[Path, str]:
    """The file of a name, and what messages call it."""
    local, theme = name.startswith("."), group == "themes"
    if local:
        path = inside(workspace, Text(f"{name}/theme.yaml" if theme else name, getattr(name, "place", "")))
    else:
        path = folder(group, name) / (f"{name}/theme.yaml" if theme else f"{name}.yaml")
    if not path.is_file():
        raise UnknownName(f"“{name}”没有 {path.name}", f"“{name}” has no {path.name}", place=getattr(name, "place", ""),
                          mend=did_you_mean(name, installed(group)))  # fmt: skip
    shown = path.relative_to(workspace).as_posix() if local else f"{name}/theme.yaml" if theme else path.name
    return path, shown
