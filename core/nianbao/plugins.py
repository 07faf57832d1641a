"""Plugins: found by entry point, loaded by name when an edition needs them, asked with attribution.

What ships with nianbao comes through the same entry points as what a town installs. A plugin that cannot be imported
or that fails is named, and harms no command that does not use it.
"""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import importlib.util
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pluggy
from yaml import MappingNode

from nianbao import hookspecs
from nianbao.answering import Asked
from nianbao.entrypoints import Point, entry_points
from nianbao.errors import NianbaoError, PluginError, SettingError, UnknownName, blame, did_you_mean, notify
from nianbao.lean import dataclass
from nianbao.standard import Standard
from nianbao.typed import typed
from nianbao.workspace import Edition, Jurisdiction, Settings, Workspace, blocks
from nianbao.yamlfile import Text, empty, merge

if TYPE_CHECKING:
    from nianbao.checks import Rule

GROUPS = ("sources", "formats", "themes", "standards", "plugins", "commands", "charts", "readers", "fetchers")


@functools.cache
def installed(group: str) -> Mapping[str, list[Point]]:
    """What is installed in the group ``nianbao.<group>``, by name; more than one entry is a clash."""
    found: dict[str, list[Point]] = {}
    for point in entry_points("nianbao."):
        if point.group == f"nianbao.{group}":
            known = found.setdefault(point.name, [])
            if all(point.value != other.value for other in known):
                known.append(point)
    return found


def origin(point: Point) -> str:
    """The distribution and version that an entry point comes from."""
    return f"{point.dist.name} {point.dist.version}" if point.dist else point.value


@dataclass(frozen=True)
class Credit:
    """A plugin as messages name it. Its version is looked up only where a message is made."""

    name: str
    point: Point

    def __str__(self) -> str:
        return f"{self.name} ({origin(self.point)})"


def entry(group: str, name: str) -> Point:
    """The one entry point of a name. Raises UnknownName, or PluginError where two distributions claim it."""
    place = getattr(name, "place", "")
    points = installed(group).get(name, [])
    if not points:
        mend = did_you_mean(name, installed(group))
        if "/" in name:
            mend = (f"工作区里的写 ./{name}。", f"One of the workspace is written ./{name}.")
        raise UnknownName(f"没有安装“{name}”（{group}）", f"no “{name}” is installed ({group})", place=place, mend=mend)
    if len(points) > 1:
        owners = "、".join(sorted(map(origin, points)))
        raise PluginError(f"“{name}”有几个插件都要提供：{owners}", f"“{name}” is claimed by {owners}", place=place,
                          mend=("卸载其中一个。", "Uninstall one of them."))  # fmt: skip
    return points[0]


def loaded(group: str, name: str) -> Any:
    """What an entry point names, imported. Raises PluginError where the import fails."""
    point = entry(group, name)
    with blame(Credit(name, point), place=getattr(name, "place", "")):
        try:
            return point.load()
        except SystemExit as exit:
            raise ImportError(f"it calls sys.exit({exit.code})") from exit


def folder(group: str, name: str) -> Path:
    """The folder of the package that an entry point of themes or standards names."""
    point = entry(group, name)
    with blame(Credit(name, point), place=getattr(name, "place", "")):
        spec = importlib.util.find_spec(point.module)
        if spec is None or not spec.submodule_search_locations:
            raise ImportError(f"{point.module} is no package")
        return Path(next(iter(spec.submodule_search_locations)))


@functools.cache
def standard(name: str, workspace: Path) -> Standard:
    """The standard of a name (``2021``), or of a file in the workspace (``./standards/ours.yaml``)."""
    from nianbao.extending import lineage

    nodes = [node for _, node in lineage("standards", name, workspace)]
    return Standard.of(str(name), functools.reduce(merge, reversed(nodes)))


@dataclass(frozen=True)
class Block:
    """A source's block in the settings: core's own keys. The others are the source's fields."""

    use: str = ""
    for_: tuple[str, ...] = ()


class Plugins:
    """The sources and plugins of one edition, in the order of its settings, and its standard."""

    def __init__(self, edition: Edition, sources: list[Asked] | None = None) -> None:
        """``sources`` are asked instead of those of the settings; a finished report that was read has none."""
        self.edition = edition
        self.standard = edition.standard
        self._manager = pluggy.PluginManager("nianbao")
        self._manager.add_hookspecs(hookspecs)
        more = {key: hookspecs.section_hook(key) for key in self.standard.sections if key not in hookspecs.SECTIONS}
        if more:
            self._manager.add_hookspecs(type("Sections", (), more))
        self.theme = edition.settings.theme or self.standard.theme
        if not self.theme:
            raise SettingError("没有写用哪个版式", "no theme is set", place="nianbao.yaml",
                               mend=("写上 theme: 版式名。", "Write theme: and its name."))  # fmt: skip
        self._names: dict[str, str] = {}
        self.sources = asked_of(edition) if sources is None else sources
        for asked in self.sources:
            self._register(asked.hooks, f"source {asked.name}", asked.name)
        chosen = blocks(edition.settings.plugins)
        for name in dict.fromkeys((*chosen, *self.standard.plugins)):
            self._register(_instance("plugins", name, chosen.get(Text(name))), f"plugin {name}", name)
        self._refuse_unknown_hooks()

    def ask(self, hook: str, **arguments: Any) -> Iterator[tuple[str, Any]]:
        """Ask a hook of each plugin in turn; yields (plugin, answer), in the order of precedence."""
        plugins = self._manager.list_name_plugin()
        for name, plugin in plugins:
            caller = self._manager.subset_hook_caller(hook, [other for _, other in plugins if other is not plugin])
            with blame(self._names[name]):
                answers = caller(**arguments)
            yield from ((self._names[name], answer) for answer in answers)

    def rules(self) -> list[Rule]:
        """The rules that plugins bring, each knowing whose it is."""
        from nianbao.checks import Rule

        found = []
        for name, rules in self.ask("rules", standard=self.standard):
            with blame(name):
                for each in rules:
                    if not isinstance(each, Rule):
                        raise TypeError(f"rules() should return rules, not {each!r:.60}")
                    found.append(Rule(**{**vars(each), "plugin": name}))
        return found

    def _register(self, plugin: object, key: str, name: str) -> None:
        self._names[key] = name
        try:
            self._manager.register(plugin, key)
        except pluggy.PluginValidationError as error:
            raise PluginError(f"插件 {name} 写得不对：{error}", f"plugin {name} is not valid: {error}") from None

    def _refuse_unknown_hooks(self) -> None:
        for key, plugin in self._manager.list_name_plugin():
            name = self._names[key]
            for caller in self._manager.get_hookcallers(plugin) or ():
                if caller.has_spec() or self._is_section_elsewhere(caller.name):
                    continue
                mend = did_you_mean(caller.name, [*self.standard.sections, "rules"])
                raise PluginError(f"插件 {name} 的钩子“{caller.name}”不存在", f"plugin {name} has an unknown hook “{caller.name}”",
                                  mend=mend)  # fmt: skip

    def _is_section_elsewhere(self, hook: str) -> bool:
        for name in installed("standards"):
            with contextlib.suppress(NianbaoError):
                if hook in standard(name, self.edition.workspace).sections:
                    return True
        return False


def rules_installed(standard: Standard) -> list[Rule]:
    """The rules that all installed plugins bring for a standard, switched on or not. A plugin that cannot tell is told of."""
    found: list[Rule] = []
    for name in sorted(installed("plugins")):
        try:
            made = _instance("plugins", name, None)
            with blame(Credit(name, entry("plugins", name))):
                manager = pluggy.PluginManager("nianbao")
                manager.add_hookspecs(hookspecs)
                manager.register(made, name)
                brought = manager.hook.rules(standard=standard)
                found += [dataclasses.replace(each, plugin=name) for rules in brought for each in rules]
        except NianbaoError as error:
            notify(error.zh, error.en)
    return found


@contextlib.contextmanager
def formats(settings: Settings, names: tuple[str, ...] = ()) -> Iterator[dict[str, hookspecs.Format]]:
    """The formats of these names, entered: a converter may start here, before the slow imports.

    Without names they are those of the settings; ``+name`` is one more.
    """
    configured: dict[Text, MappingNode] = blocks(settings.formats)
    named = [name for name in names if not name.startswith("+")] or [*configured]
    named += [name[1:] for name in names if name.startswith("+")]
    wanted = {name: configured.get(Text(name)) for name in named}
    if not wanted:
        raise SettingError("没有写要哪些输出格式", "no formats are set", place="nianbao.yaml",
                           mend=("写上 formats: [html, docx, markdown]。", "Write formats: [html, docx, markdown]."))  # fmt: skip
    with contextlib.ExitStack() as stack:
        entered = {name: _instance("formats", name, block) for name, block in wanted.items()}
        for name, made in entered.items():
            if hasattr(made, "__enter__"):
                with blame(name):
                    stack.enter_context(made)
        yield entered


def chart_kind(name: str) -> hookspecs.ChartKind:
    """The kind of charts of a name. Raises UnknownName or PluginError."""
    kind: hookspecs.ChartKind = _instance("charts", name, None)
    return kind


def fetcher(url: str) -> hookspecs.Fetcher:
    """What fetches from an address, by its scheme. Raises UnknownName or PluginError."""
    scheme = url.partition(":")[0].lower()
    if scheme not in installed("fetchers"):
        known = "、".join(sorted(installed("fetchers"))) or "（无）"
        raise UnknownName(f"不访问 {scheme}: 开头的地址", f"addresses that start with {scheme:.20}: are not visited", place=getattr(url, "place", ""),
                          mend=(f"可用的有：{known}。工作区里的文件，写它的路径。", f"There are: {known}. Of a file in the workspace write the path."))  # fmt: skip
    made: hookspecs.Fetcher = loaded("fetchers", Text(scheme, getattr(url, "place", "")))
    return made


def sources(settings: Settings, jurisdiction: Jurisdiction) -> dict[str, Any]:
    """The sources that a jurisdiction asks, by their block's name, in the order of its settings."""
    made: dict[str, Any] = {}
    if not blocks(settings.sources):
        raise SettingError(
            "没有写数据来源",
            "no sources are set",
            place="nianbao.yaml",
            mend=("写上 sources: {manual: {}}。", "Write sources: {…: {}}."),
        )
    for name, node in blocks(settings.sources).items():
        block, own = _block(node)
        if not block.for_ or jurisdiction.level in block.for_:
            made[name] = _instance("sources", block.use or name, own)
    return made


def _block(node: MappingNode) -> tuple[Block, MappingNode]:
    """What core reads of a source's block, and what is the source's own."""
    mine = [pair for pair in node.value if pair[0].value in ("use", "for")]
    theirs = [pair for pair in node.value if pair not in mine]
    block: Block = typed(MappingNode(node.tag, mine, node.start_mark, node.end_mark), Block)
    return block, MappingNode(node.tag, theirs, node.start_mark, node.end_mark)


@functools.cache
def levels(workspace: Path) -> frozenset[str]:
    """The levels that jurisdictions of a workspace have, looked for in their files without reading all that these say."""
    found = (
        re.search(r"^level:\s*[\"']?([^\s\"'#]+)", _text(path), re.MULTILINE)
        for path in (workspace / "jurisdictions").glob("*.yaml")
    )
    return frozenset(level[1] for level in found if level)


def _text(path: Path) -> str:
    with contextlib.suppress(OSError):
        return path.read_text(encoding="utf-8", errors="replace")
    return ""


def asked_of(edition: Edition) -> list[Asked]:
    """The sources of an edition, in the order of precedence, not yet asked."""
    for node in blocks(edition.settings.sources).values():
        for level in _block(node)[0].for_:
            if level != edition.jurisdiction.level and level not in (known := levels(edition.workspace)):
                raise SettingError(f"没有一个编制单位的 level 是“{level}”", f"no jurisdiction has the level “{level}”",
                                   place=getattr(level, "place", ""), mend=did_you_mean(level, known))  # fmt: skip
    made = sources(edition.settings, edition.jurisdiction)
    return [Asked(name, source, edition.standard) for name, source in made.items()]


def years(workspace: Workspace, jurisdiction: Jurisdiction) -> list[int]:
    """The years that the sources of a jurisdiction have data for, in order."""
    found: set[int] = set()
    for name, source in sources(workspace.settings(jurisdiction.id), jurisdiction).items():
        if hasattr(source, "years"):
            with blame(name):
                found.update(source.years(workspace.folder, jurisdiction))
    return sorted(found)


def is_asked_without_years(workspace: Workspace, jurisdiction: Jurisdiction) -> bool:
    """Whether a jurisdiction has a source that cannot say for which years it has data (a database, a portal)."""
    made = sources(workspace.settings(jurisdiction.id), jurisdiction).values()
    return any(not hasattr(source, "years") and not getattr(source, "local", False) for source in made)


def _instance(group: str, name: str, settings: MappingNode | None) -> Any:
    """A plugin with its settings: its dataclass filled from them; a module takes none."""
    kind = loaded(group, name)
    with blame(Credit(name, entry(group, name)), place=getattr(name, "place", "")):
        if dataclasses.is_dataclass(kind):
            return typed(settings or empty(), kind)
        if settings and settings.value:
            key = Text(settings.value[0][0].value)
            raise SettingError(f"插件“{name}”没有设置项“{key}”", f"plugin “{name}” has no setting “{key}”",
                               place=getattr(name, "place", ""))  # fmt: skip
        return kind() if isinstance(kind, type) else kind
