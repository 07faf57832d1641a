"""What the settings of a town say so that its report comes out as it was."""

from __future__ import annotations

import re

from nianbao import Edition, NianbaoError, Reading, Standard, Workspace
from nianbao_reader.adopting.entries import Entry
from nianbao_reader.adopting.figures import key_of
from nianbao_reader.adopting.sentences import escaped
from nianbao_reader.adopting.shape import Differences, is_lacking, squashed


def settings_of(reading: Reading, workspace: Workspace, id: str, *, is_new: bool) -> list[Entry]:
    """Who the town is, where it is a new one, and of which standard its report is, where that is not the workspace's."""
    entries = [Entry("name", reading.name), *([Entry("level", reading.level)] if reading.level else [])] if is_new else []
    name = reading.standard.name
    if not _serves(workspace, id, reading, is_new=is_new):
        entries.append(Entry("years", [Entry(str(reading.year), [Entry("standard", int(name) if name.isdecimal() else name)])]))
    return entries


def _serves(workspace: Workspace, id: str, reading: Reading, *, is_new: bool) -> bool:
    """Whether the standard of the workspace draws the same tables."""
    from nianbao.plugins import standard

    try:
        settings = workspace.settings(id, reading.year) if not is_new else None
        name = settings.standard if settings else _root_standard(workspace)
        known = standard(name, workspace.folder)
    except NianbaoError:
        return False
    if known.name != reading.standard.name and not reading.standard.sections.keys() <= known.sections.keys():
        return False
    return known.name == reading.standard.name or _drawn(known).items() >= _drawn(reading.standard).items()


def _root_standard(workspace: Workspace) -> str:
    from nianbao.yamlfile import entries, text

    return next((text(value) for key, value in entries(workspace.load("nianbao.yaml")) if key == "standard"), "")


def _drawn(standard: Standard) -> dict[str, tuple[str, ...]]:
    """The cells that a standard draws, by section."""
    return {key: tuple(path for grid in standard.grids.get(key, ()) for path in grid.paths()) for key in standard.sections}


def settled(known: list[Entry], reading: Reading, edition: Edition, theme: str, found: Differences) -> list[Entry]:
    """The same with the theme, the title and the layouts in which the report differs; what is of its year only under ``years``."""
    layout: list[Entry] = []
    if theme != (edition.settings.theme or edition.standard.theme):
        layout.append(Entry("theme", theme))
    if title := _title(reading, edition, theme):
        layout.append(Entry("title", title))
    if found.sections:
        layout.append(Entry("sections", [Entry(key, said) for key, said in found.sections.items()]))
    told = {key: [Entry("annotations", said)] for key, said in _annotations(reading, edition, theme).items()}
    told |= {key: [Entry("as", "nothing")] for key in edition.standard.sections if is_lacking(reading, key)}
    of_year = [Entry("sections", [Entry(key, said) for key, said in told.items()])] if told else []
    dated = next((entry.value for entry in known if entry.key == "years"), None)
    rest = [entry for entry in known if entry.key != "years"]
    if isinstance(dated, list):  # of another standard: so are its layouts
        return [*rest, Entry("years", [Entry(str(reading.year), [*_below(dated), *_together(layout, of_year)])])]
    return [*rest, *layout, *([Entry("years", [Entry(str(reading.year), of_year)])] if of_year else [])]


def _below(dated: list[Entry]) -> list[Entry]:
    below = dated[0].value
    return below if isinstance(below, list) else []


def _together(layout: list[Entry], more: list[Entry]) -> list[Entry]:
    """Two lists of entries as one, those of ``sections`` section by section."""
    made = {entry.key: entry for entry in layout}
    for entry in more:
        if (known := made.get(entry.key)) and isinstance(known.value, list) and isinstance(entry.value, list):
            entry = Entry(entry.key, _together(known.value, entry.value))  # noqa: PLW2901
        made[entry.key] = entry
    return list(made.values())


def _title(reading: Reading, edition: Edition, theme: str) -> str:
    """The title with names in it, where the theme has another."""
    from nianbao.themes import theme as theme_of

    written = "".join(reading.title.split())
    if not written:
        return ""
    words = edition.words()
    usual = edition.settings.title or theme_of(theme, edition.workspace).title
    filled = re.sub(r"\{\{\s*([^{}|]+?)\s*\}\}", lambda name: words.get(name[1], ""), usual)
    if squashed(filled) == squashed(written):
        return ""
    written = escaped(written)
    for name, value in (("编制单位", reading.name), ("年度", str(reading.year))):
        written = written.replace(value, f"{{{{ {name} }}}}") if value else written
    return written


def _annotations(reading: Reading, edition: Edition, theme: str) -> dict[str, list[Entry]]:
    """What stands behind figures in their cells, by section, where the settings do not say it."""
    from nianbao.themes import theme as theme_of

    found: dict[str, list[Entry]] = {}
    standard = edition.standard
    layouts = theme_of(theme, edition.workspace).layouts(standard, edition)
    for path, cell in reading.cells.items():
        if cell.remark.strip() and path in standard.nodes:
            section = path.split(".")[0]
            if layouts[section].annotations.get(path) == escaped(cell.remark.strip()):
                continue
            found.setdefault(section, []).append(Entry(_cell_name(standard, section, path), escaped(cell.remark.strip())))
    return found


def _cell_name(standard: Standard, section: str, path: str) -> str:
    """A cell as ``row.column``, in labels where these lead to it."""
    node, top = standard.nodes[path], standard.nodes[section]
    row = standard.nodes[node.row]
    name = key_of(row, top) if row is node else f"{key_of(row, top)}.{key_of(node, row)}"
    try:
        return name if standard.path(section, name) == path else path.partition(".")[2]
    except NianbaoError:
        return path.partition(".")[2]
