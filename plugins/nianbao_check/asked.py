"""Which words of a command are files: a path, a suffix that is read, or what lies there and is no jurisdiction."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nianbao.errors import NianbaoError, say

if TYPE_CHECKING:
    from nianbao.workspace import Workspace

_SEPARATORS = tuple(filter(None, (os.sep, os.altsep)))


def sorted_out(workspace: Workspace, words: Iterable[str]) -> tuple[list[Path], list[str]]:
    """Words as files and folders, and as the names of jurisdictions."""
    files: list[Path] = []
    names: list[str] = []
    for word in words:
        if _is_file(workspace, word):
            files.append(Path(word))
        else:
            names.append(word)
    return files, names


def _is_file(workspace: Workspace, word: str) -> bool:
    path = Path(word)
    if any(mark in word for mark in _SEPARATORS) or path.suffix and _is_read(path):
        return True
    return (
        bool(word) and os.path.exists(path) and not _is_jurisdiction(workspace, word)
    )  # a Path's own raises for a name too long


def _is_read(path: Path) -> bool:
    from nianbao.reading import readable  # who asks for a town by its name does without

    return readable(path)


def _is_jurisdiction(workspace: Workspace, word: str) -> bool:
    try:
        workspace.named(word)
    except NianbaoError:
        return False
    return True


def files_of(paths: Iterable[Path]) -> dict[Path, list[Path]]:
    """Files by what was asked for: a folder's are all in it that can be read. Raises FileError for one that has none."""
    return {path: _below(path) if os.path.isdir(path) else [path] for path in paths}


def _below(folder: Path) -> list[Path]:
    """The files of a folder that can be read; how many others there are is told."""
    from nianbao.reading import readable_in

    found, others = readable_in(folder)
    if others:
        told = say(
            f"跳过 {others} 个不能读的文件：{folder}", f"skipped {others} other {'file' if others == 1 else 'files'} in {folder}"
        )
        click.echo(told, err=True)
    return found
