"""Rules: those of every report, those that a standard's equations give, those of installed plugins."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator
from typing import Any

from _reference.markdown import code, codes, plain, table
from _reference.standards import each
from nianbao import NianbaoError, Rule, Standard
from nianbao.checks import as_finding
from nianbao.generic import rules_of
from nianbao.plugins import installed, loaded

HEAD = ["code", "severity", "finds", "rests on", "what to do", "settings"]


def page() -> str:
    """The page."""
    standards = dict(each())
    first = next(iter(standards.values()))
    generic = [rule for rule in rules_of(first) if rule.code not in _equations(first)]
    return "\n".join([
        "# Rules\n",
        "A finding shows the rule's code. `rules: {CODE: {severity: warning}}` changes its severity (`error`, `warning`, `info`, `off`); an error",
        "stops a build with exit code 1. `waivers:` lets one finding stand, with a reason and a name. A rule that reads an absent",
        "figure is not assessable, which `report.json` says.\n",
        "## Whatever the standard\n",
        _table(generic),
        "Three that no rule brings, and no setting changes:\n",
        f"- `{as_finding(NianbaoError('', '')).code}`: a mistake in the data, in a draft (it stops any other build with exit code 2).",
        "- `F-MISSING` on the whole report: it still reads 待填. That can be neither waived nor made a warning.",
        "- `F-WAIVER`: a waiver that fits no finding any more.\n",
        *(part for name, standard in standards.items() for part in _of_standard(name, standard)),
        *_of_plugins(next(iter(standards.values()))),
    ])  # fmt: skip


def _equations(standard: Standard) -> set[str]:
    return {identity.code for identity in standard.identities}


def _of_standard(name: str, standard: Standard) -> Iterator[str]:
    yield f"## Standard {name}\n\n{plain(standard.notice)}\n"
    yield _table(rule for rule in rules_of(standard) if rule.code in _equations(standard))
    written = [
        [code(key.split()[0]), plain(section.label), plain(equation)]
        for section in standard.sections.values()
        for stated in (section.equations, *(drawn.equations for drawn in section.tables.values()))
        for key, equation in stated.items()
    ]
    yield "Its equations, for each column (or row) of the table:\n\n" + table(["code", "section", "equation"], written)


def _of_plugins(standard: Standard) -> Iterator[str]:
    for name in sorted(installed("plugins")):
        try:
            hook: Any = getattr(loaded("plugins", name), "rules", None)
        except NianbaoError as error:
            yield f"## Plugin {name}\n\nIt cannot be loaded: {plain(error.en)}\n"
            continue
        if getattr(hook, "nianbao_impl", None):
            given: dict[str, Any] = {"standard": standard} if inspect.signature(hook).parameters else {}
            yield f"## Plugin {name}\n\n{_table(hook(**given))}"


def _table(rules: Iterable[Rule]) -> str:
    return table(HEAD, ([
        code(rule.code), rule.severity, f"{plain(rule.en)} {plain(rule.zh)}", plain(rule.basis), plain(rule.mend[1]), codes(_settings(rule)),
    ] for rule in rules))  # fmt: skip


def _settings(rule: Rule) -> list[str]:
    return [f"{key}: {each.default}" for key, each in list(inspect.signature(rule.look).parameters.items())[1:]]
