"""A workspace: ``nianbao.yaml`` and ``jurisdictions/*.yaml`` -> settings, inherited; identity, never inherited."""

from __future__ import annotations

import contextlib
import functools
import os
import re
from collections.abc import Iterator
from dataclasses import field, fields
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from yaml import MappingNode, Node, ScalarNode, SequenceNode

from nianbao.errors import NianbaoError, SettingError, UnknownName, did_you_mean, nearest, notify
from nianbao.lean import dataclass
from nianbao.tree import normal
from nianbao.typed import typed
from nianbao.yamlfile import Text, empty, entries, is_absent, load, merged, place, text

if TYPE_CHECKING:
    from nianbao.standard import Standard

ROOT = "nianbao.yaml"
IDENTITY = ("name", "level", "office", "telephone", "code", "waivers", "parent")
# What no parent passes on: its identity, and the day of its own report, which comes weeks after those that it sums up.
# A day that nianbao.yaml says is nobody's own, and holds for all.
OWN = (*IDENTITY, "published")
# The names by which sentences call what the settings say.
WORDS = {
    "name": ("编制单位", "机关名称"), "level": ("级别",), "office": ("联系单位",), "telephone": ("联系电话", "电话"),
    "site": ("网站",), "basis": ("依据",), "code": ("代码",), "published": ("公布日期", "发布日期"),
}  # fmt: skip
YEARS = {"年度": 0, "year": 0, "上年度": -1, "下年度": 1}


@dataclass(frozen=True)
class Waiver:
    """A finding that a jurisdiction answers for: which, why, who and when."""

    code: str
    reason: str
    by: str
    date: str
    at: str = ""

    def __post_init__(self) -> None:
        """Raise SettingError where nobody could be held to it."""
        if not (self.reason and self.by) or len(self.date) != len("2025-01-08") or not is_time(self.date):
            mend = ("写明 reason、by，date 如 2025-01-08。", "Give reason and by, and a date like 2025-01-08.")
            raise SettingError("豁免要写明理由、谁和哪天", "a waiver needs a reason, a person and a date", mend=mend)


@dataclass(frozen=True)
class Settings:
    """What a settings file can say. Blocks that belong to plugins stay nodes until their plugin types them."""

    name: str = ""
    level: str = ""
    office: str = ""
    telephone: str = ""
    code: str = ""
    parent: str = ""
    waivers: tuple[Waiver, ...] = ()
    standard: str = ""
    theme: str = ""
    title: str = ""
    site: str = ""
    basis: str = ""
    published: str = ""
    words: dict[str, str] = field(default_factory=dict)
    formats: Node | None = None
    sources: Node | None = None
    plugins: Node | None = None
    sections: Node | None = None
    rules: dict[str, Node] = field(default_factory=dict)
    private_hosts: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Raise SettingError where the report is published on a day that there is not."""
        if self.published and not is_time(self.published):
            mend = ("用半角数字写成 2025-01-20 或 2025-01-20 09:00。", "Write it like 2025-01-20 or 2025-01-20 09:00.")
            raise SettingError(f"“{self.published}”不是公布日期", f"“{self.published}” is no day of publication",
                               place=getattr(self.published, "place", ""), mend=mend)  # fmt: skip


def is_time(written: str) -> bool:
    """Whether a text is a day that there is, ``2025-01-20``, or a minute of one, ``2025-01-20 09:00``."""
    try:
        known = datetime.fromisoformat(written)
    except ValueError:
        return False
    return written in (f"{known:%Y-%m-%d}", f"{known:%Y-%m-%d %H:%M}")


@dataclass(frozen=True)
class Jurisdiction:
    """One body that publishes a report a year. ``id`` is its file's name, ``parent`` another's id or ''."""

    id: str
    name: str
    level: str = ""
    code: str = ""
    office: str = ""
    telephone: str = ""
    parent: str = ""


@dataclass(frozen=True, eq=False)
class Edition:
    """One report: a jurisdiction's of one year. The year runs from ``start`` to ``end``, the 1 January after.

    ``files`` are the settings files that were read for it.
    """

    jurisdiction: Jurisdiction
    year: int
    workspace: Path
    settings: Settings
    files: tuple[str, ...] = ()

    @property
    def start(self) -> date:
        """The first day."""
        return date(self.year, 1, 1)

    @property
    def end(self) -> date:
        """The day after the last."""
        return date(self.year + 1, 1, 1)

    @functools.cached_property
    def standard(self) -> Standard:
        """The statutory format, loaded when it is first asked for. Raises StandardError or UnknownName."""
        from nianbao.plugins import standard

        return standard(self.settings.standard, self.workspace)

    def words(self) -> dict[str, str]:
        """What the settings say, under the names that sentences use."""
        said = {name: getattr(self.settings, key) for key, names in WORDS.items() for name in (key, *names)}
        if day := self.settings.published:  # as a sentence says it
            said |= dict.fromkeys(("published", *WORDS["published"]), f"{day[:4]}年{int(day[5:7])}月{int(day[8:10])}日")
        years = {name: str(self.year + shift) for name, shift in YEARS.items()}
        return {**said, **years, **self.settings.words}


class Workspace:
    """A folder with ``nianbao.yaml``. Whoever reads of it where there is none gets UnknownName."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._file = functools.lru_cache(maxsize=256)(lambda id: self.load(f"jurisdictions/{id}.yaml"))

    @classmethod
    def around(cls, folder: Path) -> Workspace:
        """The workspace that a folder is, or lies in."""
        above = (parent for parent in (folder, *folder.resolve().parents) if (parent / ROOT).is_file())
        return cls(next(above, folder))

    def load(self, file: str) -> MappingNode:
        """A YAML file of the workspace; an empty one is an empty mapping."""
        return load(self.folder / file, file) or empty(file)

    @functools.cached_property
    def _root(self) -> MappingNode:
        if not (self.folder / ROOT).is_file():
            raise UnknownName(
                f"“{self.folder}”不是工作区（没有 {ROOT}）", f"“{self.folder}” is no workspace (it has no {ROOT})",
                mend=("用 -w 指定工作区，或用 nianbao new 新建。", "Name one with -w, or make one with `nianbao new`."),
            )  # fmt: skip
        return self.load(ROOT)

    @functools.cached_property
    def ids(self) -> list[str]:
        """The ids of all jurisdictions, in order."""
        files = (self.folder / "jurisdictions").glob("*.yaml") if self._root else ()
        for other in (self.folder / "jurisdictions").glob("*.yml"):
            notify("不读 .yml 文件，请改名为 .yaml", "not read: rename it to .yaml", place=f"jurisdictions/{other.name}")
        ids = sorted(path.stem for path in files)
        if wrong := next((id for id in ids if not re.fullmatch(r"[\w-]+", id)), None):
            raise SettingError("文件名只能用字母、数字、汉字", "a file's name takes letters and digits only",
                               place=f"jurisdictions/{wrong}.yaml", mend=("给文件改名。", "Rename the file."))  # fmt: skip
        return ids

    def jurisdictions(self) -> Iterator[Jurisdiction]:
        """All jurisdictions."""
        return (self.jurisdiction(id) for id in self.ids)

    def jurisdiction(self, id: str) -> Jurisdiction:
        """The jurisdiction of an id, as it is called today."""
        others = {field.name for field in fields(Settings)} - {*IDENTITY, "waivers"}
        own: Settings = typed(_without(self._file(id), "years", "waivers", *others), Settings)
        return self._identity(id, own)

    def _identity(self, id: str, own: Settings) -> Jurisdiction:
        if not own.name:
            raise SettingError("缺少名称", "the name is missing", place=f"jurisdictions/{id}.yaml:1:1",
                               mend=("写上 name: 机关名称。", "Write name: …"))  # fmt: skip
        return Jurisdiction(id, own.name, own.level, own.code, own.office, own.telephone, own.parent)

    def named(self, name: str) -> Jurisdiction:
        """The jurisdiction of an id or a name. Raises UnknownName."""
        if name in self.ids:
            return self.jurisdiction(name)
        hits = [known for known in self._readable() if normal(known.name) == normal(name)]
        if len(hits) == 1:
            return hits[0]
        if hits:
            ids = "、".join(hit.id for hit in hits)
            raise UnknownName(f"有几个“{name}”：{ids}", f"several are named “{name}”: {ids}",
                              mend=("写文件名。", "Name one by its file."))  # fmt: skip
        known = list(self._readable())
        words = dict.fromkeys(word for each in known for word in (each.id, each.name))
        towns = [each.name if each.name == each.id else f"{each.name}（{each.id}）" for each in known]
        mend = did_you_mean(name, words if nearest(name, words) else towns)
        raise UnknownName(f"没有编制单位“{name}”", f"there is no jurisdiction “{name}”", mend=mend)

    def _readable(self) -> Iterator[Jurisdiction]:
        """All jurisdictions whose files have no mistake: that of one keeps nobody from another."""
        for id in self.ids:
            with contextlib.suppress(NianbaoError):
                yield self.jurisdiction(id)

    def settings(self, id: str, year: int | None = None) -> Settings:
        """A jurisdiction's settings: root -> parent -> self, then what each says under ``years:`` for that year."""
        _refuse(self._root, *IDENTITY)
        files = [self._root, *map(self._file, reversed(self.line(id)))]
        dated = [_of_year(file, year) for file in files]
        for said in dated:
            _refuse(said, "parent")
        kept = [IDENTITY, *[OWN] * (len(files) - 2), ()]
        layers = [_without(file, "years", *own) for file, own in zip(files, kept, strict=True)]
        layers += [_without(said, *own) for said, own in zip(dated, kept, strict=True)]
        settings: Settings = typed(merged(layers, held="sources", chosen=("formats", "plugins")), Settings)
        return settings

    def line(self, id: str) -> list[str]:
        """A jurisdiction's id and those above it. Raises SettingError for a parent that is missing, or a cycle."""
        line = [id]
        while node := _value(self._file(line[-1]), "parent"):
            parent = text(node)
            if parent not in self.ids:
                raise SettingError(f"没有上级“{parent}”", f"there is no parent “{parent}”", place=place(node),
                                   mend=did_you_mean(parent, self.ids))  # fmt: skip
            if parent in line:
                cycle = " -> ".join([*line, parent])
                raise SettingError(f"上级关系成环：{cycle}", f"a cycle of parents: {cycle}", place=place(node),
                                   mend=("改正其中一个 parent。", "Correct one `parent`."))  # fmt: skip
            line.append(str(parent))
        return line

    def edition(self, jurisdiction: Jurisdiction, year: int) -> Edition:
        """The edition of a jurisdiction and year. Raises SettingError."""
        settings = self.settings(jurisdiction.id, year)
        if not settings.standard:
            raise SettingError("没有写用哪个格式标准", "no standard is set", place=f"{ROOT}:1:1",
                               mend=("写上 standard: 2021。", "Write standard: 2021."))  # fmt: skip
        files = (ROOT, *(f"jurisdictions/{id}.yaml" for id in self.line(jurisdiction.id)))
        reserved = {normal(name) for key, names in WORDS.items() for name in (key, *names, *YEARS)}
        if taken := next((word for word in settings.words if normal(word) in reserved), None):
            raise SettingError(f"“{taken}”是已有的名称", f"“{taken}” is a name already", place=getattr(taken, "place", ""),
                               mend=("换一个名称。", "Choose another name."))  # fmt: skip
        return Edition(self._identity(jurisdiction.id, settings), year, self.folder, settings, files)


def blocks(node: Node | None) -> dict[Text, MappingNode]:
    """Named blocks of settings: ``[html, docx]`` or ``{html: {}, docx: {…}}``."""
    if node is None:
        return {}
    if isinstance(node, SequenceNode):
        return {name: empty(node.start_mark.name) for name in map(text, node.value)}
    if isinstance(node, ScalarNode):
        return {text(node): empty(node.start_mark.name)}
    found = {}
    for key, value in entries(node):
        if is_absent(value):
            continue
        if not isinstance(value, MappingNode):
            raise SettingError(f"“{key}”后面应是一组设置", f"“{key}” takes a mapping", place=place(value),
                               mend=(f"没有设置时写 {key}: {{}}。", f"Write {key}: {{}} where it has none."))  # fmt: skip
        found[key] = value
    return found


def _without(node: MappingNode, *keys: str) -> MappingNode:
    kept = [(key, value) for key, value in node.value if key.value not in keys]
    return MappingNode(node.tag, kept, node.start_mark, node.end_mark)


def _refuse(node: MappingNode, *identity: str) -> None:
    """Identity belongs into the file of the jurisdiction itself."""
    if wrong := next((key for key, _ in entries(node) if key in identity), None):
        raise SettingError(f"“{wrong}”要写在编制单位自己的文件里", f"“{wrong}” belongs into the jurisdiction's own file",
                           place=wrong.place, mend=("移到 jurisdictions/ 里，不放在 years 下。", "Move it there, not under `years`."))  # fmt: skip


def _value(node: MappingNode, key: str) -> Node | None:
    return next((value for name, value in node.value if name.value == key and not is_absent(value)), None)


def _of_year(file: MappingNode, year: int | None) -> MappingNode:
    """What a file says for one year; every year of it is looked through for mistakes."""
    said = _value(file, "years")
    found = empty(file.start_mark.name)
    for key, value in entries(said) if isinstance(said, MappingNode) else ():
        typed(value, Settings)
        if not re.fullmatch(r"20\d\d", key):
            raise SettingError(f"“{key}”不是年度", f"“{key}” is no year", place=key.place,
                               mend=("写四位数字，如 2024。", "Write four digits: 2024."))  # fmt: skip
        if key == str(year) and isinstance(value, MappingNode):
            found = value
    if said is not None and not isinstance(said, MappingNode):
        raise SettingError("years 后面应是“年度: 设置”", "`years` takes a mapping of years to settings", place=place(said),
                           mend=("写成 years: {2024: {…}}。", "Write years: {2024: {…}}."))  # fmt: skip
    return found


def inside(workspace: Path, name: str) -> Path:
    """A path that a setting names in the workspace (``./themes/mine``). Raises SettingError where it leads out of it."""
    path, home = (Path(os.path.realpath(where)) for where in (workspace / name, workspace))
    if not path.is_relative_to(home):
        raise SettingError(f"“{name}”不在工作区里", f"“{name}” is not in the workspace", place=getattr(name, "place", ""),
                           mend=("写工作区里的路径，如 ./themes/mine。", "Name a path of the workspace, like ./themes/mine."))  # fmt: skip
    return workspace / name
