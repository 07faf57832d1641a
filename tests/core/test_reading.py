"""Who reads a finished report: the reader of its suffix, whoever brings it; what it gives is a Reading, or a message."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from nianbao import Cell, Fact, FileError, Origin, PluginError, Reading
from nianbao.facts import Facts
from nianbao.finished import assess, edition_of, report_of
from nianbao.reading import LARGEST, read, read_bytes, read_fetched, readable, readable_in
from nianbao.report import Fetched
from trying.finished import finished


@pytest.fixture
def kinds(install: Any) -> list[tuple[str, bytes]]:
    """As which suffix what was read, by readers for slips of a stranger's and for all that a portal answers."""
    asked: list[tuple[str, bytes]] = []

    def reader(suffix: str) -> Any:
        def read(data: bytes, file: str) -> Reading:
            asked.append((suffix, data))
            return finished(file=file)

        return read

    install("readers", "slip", reader("slip"))
    return asked


def test_the_reader_of_a_suffix_reads_its_files(kinds: list[tuple[str, bytes]], tmp_path: Path) -> None:
    (tmp_path / "luhe.SLIP").write_bytes(b"seen")
    assert readable(tmp_path / "luhe.SLIP")
    assert read(tmp_path / "luhe.SLIP").file == str(tmp_path / "luhe.SLIP")
    assert read(tmp_path / "luhe.SLIP", "that file").file == "that file"
    assert kinds == [("slip", b"seen")] * 2


def test_a_suffix_that_nobody_reads_is_told_with_those_that_somebody_does(tmp_path: Path) -> None:
    (tmp_path / "luhe.xyz").write_bytes(b"seen")
    assert not readable(tmp_path / "luhe.xyz")
    with pytest.raises(FileError, match=r"no plugin reads \.xyz files") as told:
        read(tmp_path / "luhe.xyz")
    assert ".docx" in str(told.value)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r"cannot read the file: No such file") as told:
        read(tmp_path / "luhe.docx", "luhe.docx")
    assert told.value.place == "luhe.docx"


def test_a_file_too_large_for_any_report_is_not_opened(tmp_path: Path) -> None:
    file = tmp_path / "luhe.docx"
    with file.open("wb") as made:
        os.truncate(made.fileno(), LARGEST + 1)
    with pytest.raises(FileError, match="100 MB, which is too large"):
        read(file)


def test_a_reader_that_gives_something_else_is_blamed(install: Any) -> None:
    install("readers", "slip", lambda data, file: {"not": "a reading"})
    with pytest.raises(PluginError, match=r"slip.*should return a Reading"):
        read_bytes(b"", "luhe.slip")


def test_a_reader_that_fails_is_blamed_and_its_message_passes(install: Any) -> None:
    def message(data: bytes, file: str) -> Reading:
        raise FileError("坏了", "it is broken", place=file)

    install("readers", "slip", lambda data, file: 1 // 0)
    install("readers", "slap", message)
    with pytest.raises(PluginError, match=r"slip.*failed: ZeroDivisionError"):
        read_bytes(b"", "luhe.slip")
    with pytest.raises(FileError, match="it is broken"):
        read_bytes(b"", "luhe.slap")


@pytest.mark.parametrize(
    ("url", "data", "kind"),
    [
        ("https://luhe.example/report", b"%PDF-1.7", "pdf"),
        ("https://luhe.example/report.html", b"PK\3\4", "docx"),
        ("https://luhe.example/report.md?from=list", b"# text", "md"),
        ("https://luhe.example/report.TXT", b"text", "txt"),
        ("https://luhe.example/report.jsp?name=a.pdf", b"<p>", "html"),
        ("https://luhe.example/report.pdf", b"<p>gone</p>", "html"),
    ],
)
def test_what_an_address_answers_is_read_as_what_it_is(url: str, data: bytes, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[object, ...]] = []
    monkeypatch.setattr("nianbao.reading.read_bytes", lambda *given: asked.append(given))
    read_fetched(Fetched(data, url, "2025-01-20"))
    assert asked == [(data, url, kind)]


def test_a_reading_answers_like_a_source() -> None:
    answer = replace(finished(), named={"proactive_disclosure.公开信息.橱窗": Fact(4)}).answer()
    assert answer["proactive_disclosure"]["公开信息"] == {"橱窗": Fact(4)}
    assert answer["requests"]["new"]["total"].value == sum(
        fact.value for name, fact in answer["requests"]["new"].items() if name != "total"
    )


def test_figures_in_a_sentence_are_marked_and_its_letters_are_no_markup() -> None:
    reading = finished()
    text = "收到<b>申请13件。"
    told = replace(reading.told[0], text=text, figures={(7, 9): "requests.new"})
    report = report_of(replace(reading, told=(told,)), edition_of(reading))
    (part,) = report.parts[told.section]
    assert part.html == '收到&lt;b&gt;申请<data value="13" data-fact="requests.new">13</data>件。'
    assert report.passages[0].text == text
    assert report.passages[0].facts == {(7, 9): "requests.new"}


def test_sums_are_computed_of_what_is_there() -> None:
    facts = Facts(finished().standard)
    for column in ("natural_person", "business"):
        facts.keep("figures", f"requests.new.{column}", Fact(2))
    facts.compute()
    assert facts.figure("requests.new") is None
    for column in ("research", "social", "legal_service", "other_organisation"):
        facts.keep("figures", f"requests.new.{column}", Fact(0))
    facts.compute()
    assert facts.figures["requests.new"].value == 4


def test_a_reading_is_assessed_without_settings() -> None:
    assert not assess(finished()).findings.stop


def test_of_a_folder_those_are_told_that_somebody_reads(kinds: list[tuple[str, bytes]], tmp_path: Path) -> None:
    for name in ("b.slip", "a/c.SLIP", ".hidden.slip", ".git/d.slip", "~$b.slip", "photo.xyz", "report.json"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"seen")
    assert readable_in(tmp_path) == ([tmp_path / "b.slip", tmp_path / "a/c.SLIP"], 1)
    with pytest.raises(FileError, match="the folder holds no report that can be read"):
        readable_in(tmp_path / "nothing")


def test_a_cell_knows_where_its_figure_stands() -> None:
    assert Cell("4", Fact(4, Origin("luhe.docx:表3 第5行第3格"))).place == "luhe.docx:表3 第5行第3格"
    assert [Cell("?", None).place, Cell("4", Fact(4)).place] == ["", ""]


def test_a_cell_is_unread_with_the_row_that_holds_it() -> None:
    reading = replace(finished(), unread={"requests.new": FileError("读不出", "unreadable")})
    assert [reading.is_unread(path) for path in ("requests.new", "requests.new.business", "requests.newer")] == [
        True,
        True,
        False,
    ]
