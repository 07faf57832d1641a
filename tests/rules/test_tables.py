"""Random tables: nothing is found in a correct one, and any one number that is changed is an error."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nianbao import Report, Standard
from nianbao.checks import Finding, check
from nianbao.facts import Fact, Facts, Origin
from nianbao.generic import rules_of
from nianbao.plugins import standard
from nianbao.sentences import Names
from nianbao.workspace import Edition, Jurisdiction, Settings
from nianbao_guoban.rules import rules

COLUMNS = ("natural_person", "business", "research", "social", "legal_service", "other_organisation")
BESIDE = ("new", "carried_in", "carried_out")  # the rows that are no outcomes
NOTICES = ("2021", "2019")
Cells = dict[str, int]
FEW = settings(max_examples=25, deadline=None)
CHANCE = st.integers(0, 2**32).map(Random)  # a table's numbers drawn one by one would take half a minute


@cache
def notice(name: str) -> Standard:
    return standard(name, Path())


def inputs(name: str, section: str) -> list[str]:
    """The cells that are given."""
    return [cell.path for cell in notice(name).nodes[section].inputs() if cell.tabular]


def computed(name: str, section: str) -> list[str]:
    """The totals that a clerk may type all the same."""
    return [node.path for node in notice(name).nodes[section].walk() if node.addends is not None and node.tabular]


def requests(name: str, chance: Random) -> Cells:
    """A table three that holds: what came in was answered or is carried out."""
    cells = {path: chance.choice((0, chance.randint(0, 400))) for path in inputs(name, "requests")}
    for column in COLUMNS:
        ends = [value for path, value in cells.items() if path.endswith(f".{column}") and path.split(".")[1] not in BESIDE]
        both = sum(ends) + cells[f"requests.carried_out.{column}"]
        carried_in = chance.randint(0, both)
        cells |= {f"requests.carried_in.{column}": carried_in, f"requests.new.{column}": both - carried_in}
    return cells


def disputes(name: str, chance: Random) -> Cells:
    """A table four."""
    return {path: chance.randint(0, 90) for path in inputs(name, "disputes")}


def changed(cells: Cells, path: str, chance: Random) -> Cells:
    """The cells with another number in one of them."""
    less, by = chance.randint(0, cells[path]), chance.randint(1, 900)
    return {**cells, path: chance.choice((less if less < cells[path] else cells[path] + 1, cells[path] + by))}


def facts_of(name: str, cells: Cells) -> Facts:
    facts = Facts(notice(name))
    for path, value in cells.items():
        facts.keep("figures", path, Fact(value, Origin(f"table:{path}")))
    facts.settle()
    return facts


def totals(name: str, section: str, cells: Cells) -> Cells:
    """The true totals of a section's table."""
    facts = facts_of(name, cells)
    return {path: fact.value for path in computed(name, section) if (fact := facts.figure(path))}  # type: ignore[misc]


def found(name: str, cells: Cells, stated: Cells) -> list[Finding]:
    """What all rules find in the tables; that other sections are missing is no matter here."""
    facts = facts_of(name, cells)
    facts.stated |= {path: Fact(value, Origin(f"table:{path}")) for path, value in stated.items()}
    body = Jurisdiction("luhe", "芦河镇", "镇")
    edition = Edition(body, 2024, Path("nowhere"), Settings(standard=name))
    report = Report(edition, facts, Names(facts, {}), [])
    known = [rule for rule in rules_of(notice(name)) if rule.code not in ("F-SECTION", "F-MISSING")]
    return check(report, [*known, *rules(notice(name))]).found


@pytest.mark.parametrize("name", NOTICES)
@FEW
@given(CHANCE)
def test_no_error_is_found_in_a_correct_table(name: str, chance: Random) -> None:
    cells: Cells = {**requests(name, chance), **disputes(name, chance)}
    stated = {**totals(name, "requests", cells), **totals(name, "disputes", cells)}
    for given_totals in ({}, stated):
        findings = found(name, cells, given_totals)
        assert not [str(finding) for finding in findings if finding.severity == "error"]
        assert not [str(finding) for finding in findings if finding.code in ("T3-BAL", "T3-RES", "T3-ROW", "T4-SUM", "F-SUM")]


@pytest.mark.parametrize("name", NOTICES)
@pytest.mark.parametrize("with_totals", [False, True])
@FEW
@given(CHANCE)
def test_any_one_cell_of_table_three_that_is_changed_is_an_error(name: str, with_totals: bool, chance: Random) -> None:
    cells = requests(name, chance)
    stated = totals(name, "requests", cells) if with_totals else {}
    wrong = changed(cells, chance.choice(inputs(name, "requests")), chance)
    assert wrong != cells
    assert "error" in [finding.severity for finding in found(name, wrong, stated)]


@pytest.mark.parametrize("name", NOTICES)
@pytest.mark.parametrize("section", ["requests", "disputes"])
@FEW
@given(CHANCE)
def test_any_one_total_that_is_changed_is_an_error(name: str, section: str, chance: Random) -> None:
    cells = requests(name, chance) if section == "requests" else disputes(name, chance)
    stated = totals(name, section, cells)
    path = chance.choice(sorted(stated))
    errors = [finding for finding in found(name, cells, changed(stated, path, chance)) if finding.severity == "error"]
    assert {finding.at for finding in errors} == {path}


@pytest.mark.parametrize("name", NOTICES)
@FEW
@given(CHANCE)
def test_any_one_cell_of_table_four_that_is_changed_is_an_error(name: str, chance: Random) -> None:
    cells = disputes(name, chance)
    path = chance.choice(inputs(name, "disputes"))
    stated = totals(name, "disputes", cells)
    errors = [finding for finding in found(name, changed(cells, path, chance), stated) if finding.severity == "error"]
    assert path.rpartition(".")[0] in [finding.at for finding in errors]
