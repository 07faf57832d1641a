"""The cells of a finished report as they stand in its file: what passes, what is found, and what only a file can have."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from nianbao import Cell, Fact, Origin
from nianbao.plugins import standard
from nianbao_guoban.rules import cells
from trying.composed import answer
from trying.finished import finished, looked, verdict

T2, T3, T4 = "proactive_disclosure", "requests", "disputes"
NORMS, FEES = f"{T2}.normative_documents", f"{T2}.fees"
RARE = "requests.not_processed.publication"


def cell(text: str, value: Any = None, remark: str = "") -> Cell:
    return Cell(text, None if value is None else Fact(value, Origin("luhe.docx:表3 第5行第3格")), remark)


CASES: list[tuple[str, dict[str, Any], str]] = [
    ("T2-BLANK", {}, "passes"),
    ("T2-BLANK", {f"{T2}.regulations.made": ""}, "warning"),
    ("T2-BLANK", {f"{NORMS}.repealed": "\u00a0"}, "warning"),
    ("T2-BLANK", {FEES: cell("0.00", Decimal("0.00"))}, "passes"),
    ("T3-BLANK", {}, "passes"),
    *(("T3-BLANK", {f"{RARE}.business": text}, "warning") for text in ("", " ", "-", "—", "－", "/", "／", "无", "——")),
    ("T3-BLANK", {f"{RARE}.business": "〇"}, "warning"),
    ("T3-BLANK", {f"{RARE}.business": "０"}, "passes"),
    ("T3-BLANK", {f"{RARE}.business": cell("看不清")}, "passes"),
    ("T3-BLANK", {f"{T4}.review.other": "/"}, "passes"),
    ("T4-BLANK", {}, "passes"),
    ("T4-BLANK", {f"{T4}.review.other": "/"}, "warning"),
    ("T2-INT", {}, "passes"),
    ("T2-INT", {f"{NORMS}.made": cell("1.5", Decimal("1.5"))}, "error"),
    ("T2-INT", {f"{NORMS}.made": cell("-1", -1)}, "error"),
    ("T2-INT", {FEES: cell("-3.2", Decimal("-3.2"))}, "error"),
    ("T2-INT", {FEES: cell("3.2", Decimal("3.2"))}, "passes"),
    ("T3-INT", {}, "passes"),
    ("T3-INT", {f"{RARE}.business": cell("-2", -2)}, "error"),
    ("T3-INT", {f"{RARE}.business": cell("0.5", Decimal("0.5"))}, "error"),
    ("T3-INT", {f"{RARE}.business": cell("2.0", Decimal("2.0"))}, "passes"),
    ("T3-INT", {f"{RARE}.business": cell("若干")}, "error"),
    ("T3-INT", {f"{RARE}.business": cell("约12件")}, "passes"),  # there is a number that could not be read: F-UNREAD
    ("T3-INT", {f"{RARE}.business": cell("无", 0)}, "passes"),
    ("T3-INT", {f"{RARE}.business": cell("")}, "passes"),
    ("T4-INT", {}, "passes"),
    ("T4-INT", {f"{T4}.review.other": cell("-1", -1)}, "error"),
    ("T4-INT", {f"{T4}.review.other": cell("半")}, "error"),
    ("T2-ANNOT", {}, "passes"),
    ("T2-ANNOT", {f"{NORMS}.valid": cell("6（其中修订2件）", 6, "其中修订2件")}, "info"),
    ("T3-BLANK", {f"{RARE}": cell("")}, "warning"),  # a total, which has no figure where it is blank
    ("T3-INT", {f"{RARE}.business": cell("-2")}, "error"),
    ("T3-INT", {f"{RARE}.business": cell("－2")}, "error"),
    ("T3-INT", {f"{RARE}.business": cell("2.5")}, "error"),
    ("T3-INT", {f"{RARE}.business": cell("15130000154")}, "passes"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "changed", "expected"), CASES)
def test_what_a_rule_says_of_a_cell(code: str, changed: dict[str, Any], expected: str) -> None:
    assert verdict(finished(changed), code) == expected


def test_a_table_is_told_once_with_its_first_blank_cells_and_how_many_there_are() -> None:
    row = "requests.unable.unclear"
    columns = ("natural_person", "business", "research", "social", "legal_service", "other_organisation")
    (finding,) = (
        each
        for each in looked(finished({f"{row}.{column}": "-" for column in columns})).findings.found
        if each.code == "T3-BLANK"
    )
    assert "6 cells" in finding.en
    assert finding.en.count("申请内容仍不明确·") == cells.NAMED
    assert finding.place == f"luhe.docx:{row}.natural_person"
    assert finding.found == "-"


@pytest.mark.parametrize("rule", cells.RULES, ids=lambda rule: rule.code)
def test_a_report_that_is_built_has_no_such_cells_and_nobody_is_told_of_a_gap(rule: Any) -> None:
    assert answer(rule) == "not assessable"


def test_signs_and_decimals_are_right_where_the_standard_says_so() -> None:
    old = standard("2019", Path())
    paths = [path for grid in old.grids[T2] for path in grid.paths()]
    assert any(path.endswith("change") for path in paths)
    told = {path: cell("-3", -3) if path.endswith("change") else cell("0", 0) for path in paths}
    reading = replace(finished(), standard=old, year=2020, told=(), cells=told)
    assert verdict(reading, "T2-INT") in ("passes", "not assessable")
