"""Rules: those of every report, those that a standard's equations give, those of installed plugins; each with why it is there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from _reference.markdown import code, codes, plain, table
from _reference.standards import each
from nianbao import NianbaoError, Rule, Standard
from nianbao.explaining import explanation
from nianbao.generic import UNRULED, rules_of
from nianbao.plugins import installed, loaded, rules_installed

HEAD = ["code", "severity", "finds", "rests on", "settings"]


def page() -> str:
    """The page."""
    standards = dict(each())
    told, first = _Told(), next(iter(standards.values()))
    generic = [rule for rule in rules_of(first) if rule.code not in _equations(first)]
    return "\n".join([
        "# Rules\n",
        "A finding shows the rule's code; `nianbao explain CODE` says on the command line what stands here. `rules: {CODE: {severity: warning}}`",
        "changes its severity (`error`, `warning`, `info`, `off`); an error stops a build with exit code 1. `waivers:` lets one finding stand,",
        "with a reason and a name. A rule that reads an absent figure is not assessable, which `nianbao check` and `report.json` say. Below 设置 in",
        "an example are a jurisdiction's settings, below 上年 last year's data; `null` means that a line is not there.\n",
        "## Whatever the standard\n",
        told.of(generic),
        "Three that no rule brings, and no setting changes; `F-MISSING` on the whole report (it still reads 待填, which can be neither",
        "waived nor made a warning), and these:\n",
        told.of(UNRULED),
        *(part for name, standard in standards.items() for part in _of_standard(told, name, standard)),
        *_of_plugins(told, standards.values()),
    ])  # fmt: skip


def _equations(standard: Standard) -> set[str]:
    return {identity.code for identity in standard.identities}


class _Told:
    """Rules as a table, and below it a heading for each that was not told before, so that its code leads there."""

    def __init__(self) -> None:
        self.codes: set[str] = set()

    def of(self, rules: Iterable[Rule]) -> str:
        """The table and the headings."""
        rules = list(rules)
        rows = ([code(rule.code), rule.severity, f"{plain(rule.en)} {plain(rule.zh)}", plain(rule.basis), codes(_settings(rule))]
                for rule in rules)  # fmt: skip
        return table(HEAD, rows) + "".join(self._explained(rule) for rule in rules if rule.code not in self.codes)

    def _explained(self, rule: Rule) -> str:
        self.codes.add(rule.code)
        lines = [f"### {plain(rule.code)}\n"]
        try:
            why = explanation(rule)
        except NianbaoError as error:
            return "\n".join([*lines, f"Its explanation cannot be read: {plain(error.en)}\n\n"])
        if why:
            lines += [f"{plain(why.en)}\n", f"{plain(why.zh)}\n"]
            lines += [f"{head}:\n\n```yaml\n{data.strip()}\n```\n" for head, data in (("Wrong", why.wrong), ("Right", why.right))]
        mend = f"{plain(rule.mend[1])} {plain(rule.mend[0])}\n" if rule.mend[0] else ""
        return "\n".join([*lines, mend, ""])


def _of_standard(told: _Told, name: str, standard: Standard) -> Iterator[str]:
    yield f"## Standard {name}\n\n{plain(standard.notice)}\n"
    yield told.of(rule for rule in rules_of(standard) if rule.code in _equations(standard))
    written = [
        [code(key.split()[0]), plain(section.label), plain(equation)]
        for section in standard.sections.values()
        for stated in (section.equations, *(drawn.equations for drawn in section.tables.values()))
        for key, equation in stated.items()
    ]
    yield "Its equations, for each column (or row) of the table:\n\n" + table(["code", "section", "equation"], written)


def _of_plugins(told: _Told, standards: Iterable[Standard]) -> Iterator[str]:
    """The rules of each plugin for any of the standards."""
    found = {rule.code: rule for standard in standards for rule in rules_installed(standard)}
    for name in sorted(installed("plugins")):
        try:
            loaded("plugins", name)
        except NianbaoError as error:
            yield f"## Plugin {name}\n\nIt cannot be loaded: {plain(error.en)}\n"
            continue
        if own := [rule for rule in found.values() if rule.plugin == name]:
            yield f"## Plugin {name}\n\n{told.of(own)}"


def _settings(rule: Rule) -> list[str]:
    return [f"{key}: {value}" for key, value in rule.settings.items()]
