"""The correct report of ``luhe`` as a reader would have read it from a file, and readings that differ from it in a few places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from nianbao import Cell, Fact, NianbaoError, Origin, Reading, Report, Told
from nianbao.build import Assessed
from nianbao.finished import assess
from nianbao.tree import bare, chinese
from trying.composed import composed

FILE = "luhe.docx"
NONE = Cell("1?", None)


def finished(
    cells: Mapping[str, Any] | None = None, *, unread: tuple[str, ...] = (), fragment: str = "", **other: Any
) -> Reading:
    """The report of 2024 read from its file, with other ``cells``: a number, a text that stands for 0, a Cell, or None for one that
    could not be read. A row or section that is ``unread`` has no cells. ``other`` are fields of the Reading.
    """
    report = composed(f"{fragment}\n上年: null")
    known = {path: cell for path, cell in _cells(report).items() if not any(path.startswith(lost) for lost in unread)}
    known |= {path: _cell(report, path, value) for path, value in (cells or {}).items()}
    why = {path: NianbaoError("读不出来", "cannot be read", place=f"{FILE}:1") for path in unread}
    said = {
        "file": FILE, "name": "芦河镇", "level": "镇", "year": 2024, "standard": report.standard, "title": "芦河镇2024年政府信息公开工作年度报告",
        "headings": headings(report), "told": told(report), "cells": known, "unread": why,
    }  # fmt: skip
    return Reading(**{**said, **other})


def before(cells: Mapping[str, Any] | None = None, **other: Any) -> Reading:
    """The report of the year before that fits it."""
    own = {
        "requests.carried_out.natural_person": 2, "requests.carried_out": 2, "proactive_disclosure.normative_documents.valid": 5,
        "proactive_disclosure.licences": 21,
    }  # fmt: skip
    said = (
        Told("overview", "", "2023年，芦河镇在网站开设专栏，公开规划、预算和民生项目。"),
        Told("improvements", "本年度", "存在的问题是村级公告栏更新不及时。下年度将印制公告登记簿。"),
    )
    return finished({**own, **(cells or {})}, **{"year": 2023, "file": "luhe-2023.docx", "told": said, **other})


def looked(reading: Reading, previous: Reading | None = None) -> Assessed:
    """What all rules find in a reading."""
    return assess(reading, previous)


def found(reading: Reading, previous: Reading | None = None) -> dict[str, str]:
    """The severities of what is found, by code."""
    return {each.code: each.severity for each in looked(reading, previous).findings.found}


def verdict(reading: Reading, code: str) -> str:
    """``passes``, ``not assessable``, or the severities of what is found."""
    findings = looked(reading).findings
    if code in findings.not_assessable:
        return "not assessable"
    return " ".join(each.severity for each in findings.found if each.code == code) or "passes"


def headings(report: Report) -> dict[str, str]:
    """The headings of its sections as the standard prints them."""
    keys = [key for key, section in report.standard.sections.items() if section.heading]
    return {key: f"{chinese(at)}、{bare(report.standard.sections[key].label)}" for at, key in enumerate(keys, 1)}


def told(report: Report) -> tuple[Told, ...]:
    """Its sentences, each under its printed heading."""
    said = []
    for section, parts in report.parts.items():
        for at, part in enumerate(parts):
            lead = part.path.endswith(".text")
            heading = "" if lead else f"（{chinese(at + (section != 'overview'))}）{part.title}"
            said.append(Told(section, "" if lead else part.title, part.text, f"{FILE}:第{at + 1}段", heading))
    said.append(
        Told(
            "preamble",
            "",
            "本报告根据《中华人民共和国政府信息公开条例》和国办公开办函〔2021〕30号编制，统计期限自2024年1月1日起至2024年12月31日止。",
            f"{FILE}:第1段",
        )
    )
    said.append(Told("other_matters", "", "2024年，本机关没有收取信息处理费。", f"{FILE}:第99段"))
    return tuple(said)


def _cells(report: Report) -> dict[str, Cell]:
    found = {}
    for grids in report.standard.grids.values():
        for grid in grids:
            for path in grid.paths():
                fact = report.facts.figure(path)
                found[path] = _cell(report, path, fact.value if fact else 0)
    return found


def _cell(report: Report, path: str, value: Any) -> Cell:
    if isinstance(value, Cell) or value is None:
        return value or NONE
    number = value if isinstance(value, int | Decimal) else 0
    return Cell(str(value), Fact(number, Origin(f"{FILE}:{path}")))


def without(reading: Reading, section: str) -> Reading:
    """A reading that lacks a section."""
    return replace(
        reading,
        headings={key: value for key, value in reading.headings.items() if key != section},
        told=tuple(each for each in reading.told if each.section != section),
        cells={path: cell for path, cell in reading.cells.items() if path.split(".")[0] != section},
    )
