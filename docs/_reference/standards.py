"""Standards: every section, key, row and column with the names that a data file may use."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from _reference.markdown import code, plain, table
from nianbao import NianbaoError, Standard
from nianbao.plugins import installed, standard
from nianbao.standard import Section
from nianbao.tables import Branch


def each() -> Iterator[tuple[str, Standard]]:
    """The installed standards that can be read: the newest first, those of single places (``2021-…``) last."""
    names = sorted(installed("standards"), reverse=True)
    for name in sorted(names, key=lambda name: "-" in name):
        try:
            yield name, standard(name, Path())
        except NianbaoError:
            continue


def page() -> str:
    """The page."""
    return "\n".join([
        "# Standards: keys and labels\n",
        "A data file, `answers:` and `{{ names }}` may use a key, a label or an alias. Names are compared without numbering, spaces and",
        "punctuation. A path is keys with points between (`requests.new.natural_person`).\n",
        *_all(),
    ])  # fmt: skip


def _all() -> Iterator[str]:
    seen: dict[str, list[Section]] = {}
    for name, known in each():
        yield from _of(name, known, seen)
        seen[name] = [*known.sections.values()]


def _of(name: str, known: Standard, before: dict[str, list[Section]]) -> Iterator[str]:
    yield f"## {name}\n\n{plain(known.title)} ({plain(known.notice)}), theme `{known.theme}` unless the settings name another.\n"
    for key, section in known.sections.items():
        yield f"### {name} {key}\n\n{plain(section.label)} {_aliases(section.aliases)} {plain(section.article)}\n"
        if twin := next((other for other, sections in before.items() if section in sections), None):
            yield f"As in [{twin}](#{twin}-{key}).\n"
            continue
        rows = [
            [
                code(k),
                plain(spec.label),
                _aliases(spec.aliases),
                spec.unit or "text",
                "yes" if spec.required else "",
                plain(spec.article),
            ]
            for k, spec in section.keys.items()
        ]
        yield table(["key", "label", "also", "unit", "required", "rests on"], rows)
        for drawn in section.tables.values():
            if drawn.title:
                yield f"{plain(drawn.title)}\n"
            for axis, top in (("row", drawn.rows), ("column", drawn.columns)):
                yield table([axis, "label", "also"], _lines(top))


def _lines(top: dict[str, Branch], above: str = "") -> Iterator[list[str]]:
    for key, branch in top.items():
        path = above if branch.grouping else f"{above}{key}."
        yield ["" if branch.grouping else code(path.rstrip(".")), plain(branch.label), _aliases(branch.aliases)]
        yield from _lines(branch.of, path)


def _aliases(names: tuple[str, ...]) -> str:
    return plain("、".join(names))
