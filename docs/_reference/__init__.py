"""The reference, written from the code: what is installed is what is told, a stranger's plugins among it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from _reference import commands, hooks, rules, settings, standards, style

PAGES: Mapping[str, Callable[[], str]] = {
    "commands.md": commands.page,
    "settings.md": settings.page,
    "rules.md": rules.page,
    "standards.md": standards.page,
    "style.md": style.page,
    "hooks.md": hooks.page,
}


def write(folder: Path) -> None:
    """Write every page into a folder; one that has not changed keeps its time, one that is no page any more goes."""
    folder.mkdir(exist_ok=True)
    for gone in {path.name for path in folder.glob("*.md")} - {*PAGES}:
        (folder / gone).unlink()
    for name, page in PAGES.items():
        path, text = folder / name, page()
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
