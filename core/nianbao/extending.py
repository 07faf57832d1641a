"""What a theme or standard extends: its own file first, then those below it, installed or in the workspace."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Literal

from yaml import MappingNode

from nianbao.errors import NianbaoError, SettingError, UnknownName, did_you_mean
from nianbao.plugins import folder, installed
from nianbao.workspace import inside
from nianbao.yamlfile import Text, empty, entries, load, text


def lineage(group: Literal["themes", "standards"], name: str, workspace: Path) -> list[tuple[Path, MappingNode]]:
    """The files of a theme or standard and what they say, without ``extends``.

    ``name`` is that of an installed one, or ``./path`` in the workspace. Raises UnknownName, SettingError or YamlError.
    """
    return _followed(group, name, workspace, [])


def folders(group: Literal["themes", "standards"], name: str, workspace: Path) -> list[Path]:
    """The folders that ``lineage`` reads of, as far as it comes: a mistake in a file is mended in its folder."""
    met: list[Path] = []
    with contextlib.suppress(NianbaoError):
        _followed(group, name, workspace, met)
    return [file.parent for file in met]


def _followed(
    group: Literal["themes", "standards"], name: str, workspace: Path, met: list[Path]
) -> list[tuple[Path, MappingNode]]:
    """As ``lineage``; ``met`` is given each file before it is read."""
    found: list[tuple[Path, MappingNode]] = []
    below: list[str] = []
    above: str | None = name
    while above:
        if above in below:
            raise SettingError(f"“{above}”引用了它自己", f"“{above}” extends itself", place=getattr(above, "place", ""),
                               mend=("改正 extends。", "Correct `extends`."))  # fmt: skip
        below.append(str(above))
        path, shown = _file(group, above, workspace)
        met.append(path)
        if not path.is_file():
            raise UnknownName(f"“{above}”没有 {path.name}", f"“{above}” has no {path.name}", place=getattr(above, "place", ""),
                              mend=did_you_mean(above, installed(group)))  # fmt: skip
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
    shown = path.relative_to(workspace).as_posix() if local else f"{name}/theme.yaml" if theme else path.name
    return path, shown
