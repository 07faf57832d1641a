"""The rules that there are: of everything installed, or of one jurisdiction as its settings have them."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from nianbao.build import edition_of
from nianbao.checks import Rule, by_code, in_force, refuse_unknown
from nianbao.errors import NianbaoError, notify
from nianbao.generic import UNRULED, rules_of
from nianbao.plugins import Plugins, rules_installed, standard
from nianbao.plugins import installed as installed_in
from nianbao.workspace import ROOT
from nianbao.yamlfile import entries, text

if TYPE_CHECKING:
    from nianbao.standard import Standard
    from nianbao.workspace import Workspace


class Known:
    """A rule, with the severity and the settings that it has where it is looked at."""

    def __init__(self, rule: Rule, severity: str = "", settings: dict[str, Any] | None = None) -> None:
        self.rule, self.severity = rule, severity or rule.severity
        self.settings = {**rule.settings, **(settings or {})}

    def as_dict(self) -> dict[str, Any]:
        """For JSON, in both languages."""
        rule = self.rule
        told = {"code": rule.code, "severity": self.severity, "zh": rule.zh, "en": rule.en, "basis": rule.basis}
        return {**told, "plugin": rule.plugin, "mend_zh": rule.mend[0], "mend_en": rule.mend[1], "settings": self.settings}


def of_jurisdiction(workspace: Workspace, name: str, year: int | None) -> list[Known]:
    """The rules that check a jurisdiction's report. Raises UnknownName, SettingError or PluginError."""
    edition = edition_of(workspace, name, year)
    plugins = Plugins(edition)
    rules = by_code([*rules_of(plugins.standard), *plugins.rules()])
    refuse_unknown(edition.settings, rules)
    return [Known(rule, *in_force(edition.settings, rule)) for rule in rules.values()]


def installed(workspace: Workspace) -> dict[str, Rule]:
    """Every rule of every standard and plugin that is installed, and of the workspace's own standard; the newest standard's
    first. What cannot be loaded is told of.
    """
    found: dict[str, Rule] = {}
    for made in _standards(workspace):
        for rule in (*rules_of(made), *rules_installed(made), *UNRULED):
            found.setdefault(rule.code, rule)
    return found


def _standards(workspace: Workspace) -> Iterator[Standard]:
    names = sorted(sorted(installed_in("standards")), key=lambda name: name.partition("-")[0], reverse=True)
    for name in dict.fromkeys((*_own(workspace), *names)):
        try:
            yield standard(name, workspace.folder)
        except NianbaoError as error:
            notify(error.zh, error.en)


def _own(workspace: Workspace) -> Iterator[str]:
    """The standard that this workspace names in its settings, if it is a workspace."""
    if (workspace.folder / ROOT).is_file():
        with contextlib.suppress(NianbaoError):
            yield from (text(value) for key, value in entries(workspace.load(ROOT)) if key == "standard")
