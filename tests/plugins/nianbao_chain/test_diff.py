"""Two years beside each other: every figure with its change, every word that is another."""

from __future__ import annotations

import json
import subprocess
import sys
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from tests_shared import Run, replace

from .conftest import Keep

NEW, PLATFORMS, LICENCES = "requests.new", "overview.platforms", "proactive_disclosure.licences"


def compared(run: Run, *years: str) -> dict[str, Any]:
    result = run("diff", "luhe", *(years or ("2023", "2024")), "--json")
    assert result.exit_code == 0, result.output
    return dict(json.loads(result.stdout))


def figure(told: dict[str, Any], path: str) -> list[Any]:
    """before, after, change, percent of the one figure at a path."""
    (line,) = [line for line in told["figures"] if line["path"] == path]
    return [line[key] for key in ("before", "after", "change", "percent")]


# --- whose report it is ---------------------------------------------------------------------------------------------------


def test_the_archived_report_is_compared_else_the_one_that_was_built_else_the_data(run: Run, workspace: Path) -> None:
    (workspace / "data/luhe/2023.yaml").write_bytes((workspace / "data/luhe/2024.yaml").read_bytes())

    def origins() -> list[tuple[str, str]]:
        return [(year["from"], year["file"]) for year in compared(run)["years"]]

    assert origins() == [("data", ""), ("data", "")]
    assert run("build", "luhe", "--year", "2024", "-F", "html").exit_code == 0
    assert origins() == [("data", ""), ("built", "build/luhe/2024/report.json")]
    assert run("archive", "luhe", "--year", "2024").exit_code == 0
    replace(workspace / "data/luhe/2024.yaml", "行政许可: 18", "行政许可: 99")
    told = compared(run)
    assert told["years"][1] == {"year": 2024, "from": "archive", "file": "archive/luhe/2024.json", "standard": "2021"}
    assert figure(told, LICENCES) == [18, 18, 0, 0]
    said = run("diff", "luhe", "2023", "2024").stdout
    assert "  2023  not built yet: asked of the sources\n  2024  archived  archive/luhe/2024.json\n" in said


def test_a_year_that_nobody_knows_is_told_with_those_that_are_there(run: Run, keep: Keep) -> None:
    keep(2022, {NEW: 1})
    result = run("diff", "luhe", "2024", "2019")
    assert result.exit_code == 2
    assert "芦河镇 has no report of 2019: none is archived or built, and there are no data" in result.stderr
    assert "There are: 2022、2024." in result.stderr


def test_years_may_be_named_in_any_order_and_not_twice(run: Run, keep: Keep) -> None:
    keep(2023, {NEW: 10})
    assert compared(run, "2024", "2023") == compared(run, "2023", "2024")
    result = run("diff", "luhe", "2024", "2024")
    assert (result.exit_code, "both years are 2024" in result.stderr) == (2, True)


def test_data_with_mistakes_are_compared_and_the_mistakes_told_of(run: Run, keep: Keep, workspace: Path) -> None:
    keep(2023, {NEW: 10})
    replace(workspace / "data/luhe/2024.yaml", "全年新收政府信息公开申请{{ 本年新收 }}件", "全年新收{{ 没有这个 }}件")
    result = run("diff", "luhe", "2023", "2024")
    assert result.exit_code == 0
    assert "the data of 2024 have 1 mistakes" in result.stderr


# --- figures --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "change", "percent"),
    [
        (10, 13, 3, 30.0),
        (13, 10, -3, -23.1),
        (0, 5, 5, None),
        (5, 0, -5, -100.0),
        (0, 0, 0, None),
        (-2, 3, 5, None),
        (3, 5, 2, 66.7),
        (0.1, 0.3, 0.2, 200.0),
        (0.36, 0.31, -0.05, -13.9),
        (8000, 7999, -1, 0),  # -0.0125: no minus before a nought
        (800, 799, -1, -0.1),
        (2000, 2001, 1, 0.1),  # 0.05 is rounded up
        (10**17, 10**17 + 1, 1, 0),
    ],
)
def test_a_change_is_exact_and_its_percent_has_one_decimal(
    run: Run, keep: Keep, before: float, after: float, change: float, percent: float | None
) -> None:
    keep(2022, {LICENCES: before})
    keep(2023, {LICENCES: after})
    told = figure(compared(run, "2022", "2023"), LICENCES)
    assert told == [before, after, change, percent]
    assert str(told[3]) != "-0.0"


def test_people_read_signs_and_a_dash_where_it_began_at_nothing(run: Run, keep: Keep) -> None:
    keep(2022, {LICENCES: 20, NEW: 0, "requests.carried_in": 4, "requests.carried_out": 1, "other_matters.fee": 0.5})
    keep(2023, {LICENCES: 25, NEW: 3, "requests.carried_in": 4, "requests.carried_out": 0, "other_matters.fee": 0.25})
    said = [line.split() for line in run("diff", "luhe", "2022", "2023").stdout.splitlines()]
    assert ["行政许可", "20", "25", "+5", "+25.0%"] in said
    assert ["本年新收", "0", "3", "+3", "—"] in said
    assert ["上年结转", "4", "4", "0", "0.0%"] in said
    assert ["结转下年度", "1", "0", "-1", "-100.0%"] in said
    assert ["信息处理费", "0.5", "0.25", "-0.25", "-50.0%"] in said


def test_figures_stand_in_the_order_of_the_notice_each_under_its_row(run: Run, keep: Keep) -> None:
    names = ["disputes.review", "requests.carried_out", "requests.denied.third_party", "requests.denied", f"{NEW}.business", NEW]
    keep(2022, dict.fromkeys(names, 1))
    keep(2023, dict.fromkeys(names, 2))
    assert [line["path"] for line in compared(run, "2022", "2023")["figures"]] == [
        NEW, f"{NEW}.business", "requests.denied", "requests.denied.third_party", "requests.carried_out", "disputes.review",
    ]  # fmt: skip
    said = run("diff", "luhe", "2022", "2023").stdout
    assert "\n收到和处理政府信息公开申请情况\n  本年新收 " in said
    assert "\n    商业企业 " in said
    assert "\n    第三方合法权益 " in said


def test_what_the_notice_does_not_print_is_not_compared(run: Run, keep: Keep) -> None:
    unprinted = ["requests.outcomes", f"{NEW}.organisations", "disputes.litigation.upheld", "requests.denied.business"]
    for year in (2022, 2023):
        keep(year, {NEW: 1, **dict.fromkeys(unprinted, year)})
    assert [line["path"] for line in compared(run, "2022", "2023")["figures"]] == [NEW]


def test_people_see_what_differs_and_the_rows_and_with_all_the_rest(run: Run, keep: Keep) -> None:
    valid, made = (f"proactive_disclosure.normative_documents.{key}" for key in ("valid", "made"))
    known = {NEW: 5, f"{NEW}.business": 2, f"{NEW}.natural_person": 3, valid: 7, "requests.carried_in": 0}
    keep(2022, {**known, made: 1})
    keep(2023, {**known, made: 2})
    said = run("diff", "luhe", "2022", "2023").stdout
    assert "本年新收" in said
    assert "自然人" not in said
    assert "\n  行政规范性文件\n    制发" in said
    assert "现行有效" not in said
    assert "\n  规章" not in said  # a heading with nothing under it
    assert "1 rows of nothing but 0, and cells that did not change, are left out: --all shows them" in said
    everything = run("diff", "luhe", "2022", "2023", "--all").stdout
    assert all(name in everything for name in ("自然人", "现行有效", "上年结转"))
    assert "left out" not in everything
    assert "\n  规章" not in everything


def test_names_of_the_data_stand_below_what_they_are_the_sum_of(run: Run, keep: Keep) -> None:
    top = "proactive_disclosure.公开信息"

    def records(year: int, column: str) -> None:
        def known(path: str, value: int, *below: str) -> dict[str, Any]:
            return {"value": value, "label": " › ".join(path.split(".")), "sum_of": list(below)}

        site, other, last = f"{top}.网站", f"{top}.网站.{column}", f"{top}.网站.动态"
        keep(
            year,
            {top: known(top, year, site), last: known(last, 1), other: known(other, 2), site: known(site, year, other, last)},
        )

    records(2022, "规划")
    records(2023, "财政")
    told = compared(run, "2022", "2023")["figures"]
    assert [line["path"].removeprefix(top) for line in told] == ["", ".网站", ".网站.规划", ".网站.财政", ".网站.动态"]
    assert [line["after"] for line in told] == [2023, 2023, None, 2, 1]
    said = [line.split() for line in run("diff", "luhe", "2022", "2023").stdout.splitlines()]
    assert ["规划", "2", "2022", "only"] in said
    assert ["财政", "2", "2023", "only"] in said


def test_sums_of_a_damaged_record_that_go_in_a_circle_are_told_once(run: Run, keep: Keep) -> None:
    one, two = "proactive_disclosure.甲", "proactive_disclosure.乙"
    for year in (2022, 2023):
        keep(year, {path: {"value": year, "label": path, "sum_of": [one, two]} for path in (one, two)})
    assert {line["path"] for line in compared(run, "2022", "2023")["figures"]} == {one, two}
    assert len(compared(run, "2022", "2023")["figures"]) == 2


def test_two_standards_are_compared_where_they_mean_the_same_and_the_rest_stands_apart(run: Run, keep: Keep) -> None:
    made = "proactive_disclosure.normative_documents.made"
    labels = {made: {"value": 2, "label": "规范性文件 › 本年新制作数量"}}
    keep(2020, {NEW: 5, **labels, "requests.other": 1, "proactive_disclosure.procurement.projects": 3}, standard="2019")
    keep(2023, {NEW: 6, made: 4, "requests.other": 2})
    told = compared(run, "2020", "2023")
    assert figure(told, NEW) == [5, 6, 1, 20.0]
    assert figure(told, "requests.other") == [1, 2, 1, 100.0]
    assert [(line["before"], line["after"], line["label"]) for line in told["figures"] if line["path"] == made] == [
        (2, None, "规范性文件 › 本年新制作数量"), (None, 4, made),
    ]  # fmt: skip
    assert figure(told, "proactive_disclosure.procurement.projects") == [3, None, None, None]
    said = run("diff", "luhe", "2020", "2023").stdout
    assert "2020 follows the standard 2019, 2023 2021: what differs in meaning stands apart" in said
    assert "follows the standard" not in run("diff", "luhe", "2023", "2024").stdout


def test_the_same_name_in_another_unit_is_another_figure(run: Run, keep: Keep) -> None:
    fees = "proactive_disclosure.fees"
    keep(2020, {f"{fees}.last_year": 1, fees: 2}, standard="2019")
    keep(2023, {fees: 0.4})
    told = compared(run, "2020", "2023")["figures"]
    assert [(line["before"], line["after"]) for line in told if line["path"] == fees] == [(2, None), (None, 0.4)]


def test_a_standard_that_is_not_installed_any_more_does_not_stop_it(run: Run, keep: Keep) -> None:
    keep(2022, {NEW: 1}, standard="./gone.yaml")
    keep(2023, {NEW: 2})
    assert figure(compared(run, "2022", "2023"), NEW) == [1, 2, 1, 100.0]


# --- words ----------------------------------------------------------------------------------------------------------------


def test_parts_stand_beside_each_other_with_what_changed_marked(run: Run, keep: Keep) -> None:
    keep(2022, {}, {PLATFORMS: "镇设查阅点12处。", "overview.supervision": "没有责任追究。"})
    keep(2023, {}, {PLATFORMS: "镇设查阅点15处。", "improvements.this_year": "解读偏少。"})
    told = compared(run, "2022", "2023")
    assert [(part["path"], part["before"], part["after"]) for part in told["parts"]] == [
        (PLATFORMS, "镇设查阅点12处。", "镇设查阅点15处。"),
        ("overview.supervision", "没有责任追究。", None),
        ("improvements.this_year", None, "解读偏少。"),
    ]
    first = told["parts"][0]
    assert [(run["kind"], run["text"]) for run in first["marked"]] == [
        ("same", "镇设查阅点"), ("gone", "12"), ("new", "15"), ("same", "处。"),
    ]  # fmt: skip
    assert 0 < first["similarity"] < 1
    assert [part["similarity"] for part in told["parts"][1:]] == [None, None]


def test_what_only_one_year_tells_stands_in_its_own_section(run: Run, keep: Keep) -> None:
    keep(2022, {}, {"preamble.text": "导语。", "overview.text": "甲。", "overview.supervision": "乙。"})
    keep(2023, {}, {"other_matters.fee": "丙。", "overview.text": "甲。"})
    assert [part["path"] for part in compared(run, "2022", "2023")["parts"]] == [
        "preamble.text", "overview.text", "overview.supervision", "other_matters.fee",
    ]  # fmt: skip


def test_a_part_of_several_sentences_is_one_and_one_that_is_only_quoted_is_none(run: Run, keep: Keep) -> None:
    keep(2022, {}, {PLATFORMS: "甲。"})
    path = keep(2023, {}, {PLATFORMS: "甲。", "improvements.last_report": "上年的问题。"})
    record = json.loads(path.read_bytes())
    record["parts"].insert(1, {**record["parts"][0], "text": "乙。"})
    path.write_text(json.dumps(record), encoding="utf-8")
    (part,) = compared(run, "2022", "2023")["parts"]
    assert part["after"] == "甲。\n乙。"


def test_what_only_one_year_says_is_told_as_such_without_marks(run: Run, keep: Keep) -> None:
    keep(2022, {}, {PLATFORMS: "甲。"})
    keep(2023, {}, {"overview.supervision": "乙。"})
    said = run("diff", "luhe", "2022", "2023").stdout
    assert "platforms  2022 only\n甲。\n" in said
    assert "supervision  2023 only\n乙。\n" in said


def test_equal_parts_are_printed_once(run: Run, keep: Keep) -> None:
    for year in (2022, 2023):
        keep(year, {}, {PLATFORMS: "镇设查阅点。"})
    said = run("diff", "luhe", "2022", "2023").stdout
    assert said.count("镇设查阅点。") == 1
    assert "platforms  the same in both years\n镇设查阅点。" in said
    assert "Words 100% alike" in said


@pytest.mark.parametrize(("columns", "beside"), [("99", False), ("100", True), ("200", True)])
def test_a_wide_terminal_shows_two_columns_and_a_narrow_one_none(
    run: Run, keep: Keep, monkeypatch: pytest.MonkeyPatch, columns: str, beside: bool
) -> None:
    from nianbao_chain.telling import columns as width

    monkeypatch.setenv("COLUMNS", columns)
    keep(2022, {}, {PLATFORMS: "甲" * 70 + "。"})
    keep(2023, {}, {PLATFORMS: "甲" * 60 + "乙丙é\n第二段。"})
    said = run("diff", "luhe", "2022", "2023").stdout
    both = [line for line in said.splitlines() if " │" in line]
    assert bool(both) is beside
    assert len({width(line[: line.index("│")]) for line in both}) <= 1
    assert all(width(line) <= int(columns) for line in both)
    assert beside or "2022  " + "甲" * 60 + "[-" + "甲" * 10 in said


def test_there_are_colours_on_a_terminal_only(keep: Keep, workspace: Path) -> None:
    from nianbao_chain.diff import _coloured

    assert "\x1b[" in _coloured("甲", "gone")
    assert _coloured("甲", "same") == "甲"
    keep(2022, {}, {PLATFORMS: "甲。"})
    keep(2023, {}, {PLATFORMS: "乙。"})
    command = [sys.executable, "-m", "nianbao", "-w", str(workspace), "diff", "luhe", "2022", "2023"]
    said = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    assert "\x1b" not in said
    assert "[-甲-]" in said
    assert "{+乙+}" in said


# --- records that were tampered with --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("record", "says"),
    [
        ("{", "cannot read the record"),
        ('{"year": 2023, "jurisdiction": {"id": "luhe"}, "draft": true, "figures": {}}', "no finished report"),
        ('{"year": 2023, "jurisdiction": {"id": "shijiahe"}, "draft": false, "figures": {}}', "no finished report"),
        ('{"year": 2022, "jurisdiction": {"id": "luhe"}, "draft": false, "figures": {}}', "no finished report"),
        *(
            (f'{{"year": 2023, "jurisdiction": {{"id": "luhe"}}, "draft": false, "figures": {{"requests.new": {figure}}}}}', "cannot read “requests.new” in the record")
            for figure in ('{"value": "12"}', '{"value": true}', '{"value": null}', '{"value": NaN}', '{"value": 1e999999999}',
                           '{"value": 1e-999999999}', '{"value": 1e18}', '{"value": 1000000000000000000}', "12", "[]")
        ),
        ('{"year": 2023, "jurisdiction": {"id": "luhe"}, "figures": {}, "parts": ["甲"]}', "cannot read “甲” in the record"),
        ('{"year": 2023, "jurisdiction": {"id": "luhe"}, "figures": {}, "parts": [{"path": "a"}]}', "in the record"),
        ('{"year": 2023, "jurisdiction": {"id": "luhe"}, "figures": {"a": {"value": 1, "label": 2}}}', "cannot read “2” in the record"),
        ('{"year": 2023, "jurisdiction": {"id": "luhe"}, "figures": {}, "parts": 7}', "cannot read “7” in the record"),
    ],
)  # fmt: skip
def test_a_damaged_record_is_told_with_its_file(run: Run, workspace: Path, record: str, says: str) -> None:
    (workspace / "archive/luhe").mkdir(parents=True)
    (workspace / "archive/luhe/2023.json").write_text(record, encoding="utf-8")
    result = run("diff", "luhe", "2023", "2024")
    assert result.exit_code == 2
    assert says in result.stderr
    assert "archive/luhe/2023.json" in result.stderr


@pytest.mark.parametrize(("old", "new"), [('"year": 2024', '"year": 2023'), ('"id": "luhe"', '"id": "x"'), ("false", "true")])
def test_what_lies_in_build_must_be_this_years_finished_report(run: Run, workspace: Path, keep: Keep, old: str, new: str) -> None:
    keep(2023, {NEW: 1})
    run("build", "luhe", "-F", "html")
    replace(workspace / "build/luhe/2024/report.json", old, new)
    result = run("diff", "luhe", "2023", "2024")
    assert (result.exit_code, "no finished report of this jurisdiction and year" in result.stderr) == (2, True)


STEERING = "甲\x1b[31m\u202e乙\u2028\ud800丙"


def test_letters_that_steer_a_terminal_or_turn_the_text_are_replaced_and_those_from_the_right_are_kept(
    run: Run, keep: Keep, workspace: Path
) -> None:
    path = "proactive_disclosure.\x1b]0;x\x07名"
    keep(2022, {path: {"value": 1, "label": path}}, {PLATFORMS: STEERING})
    keep(2023, {}, {PLATFORMS: "שלום 甲"})
    told = json.dumps(compared(run, "2022", "2023"), ensure_ascii=False) + run("diff", "luhe", "2022", "2023").stdout
    page = workspace / "page.html"
    assert run("diff", "luhe", "2022", "2023", "--html", str(page)).exit_code == 0
    told += page.read_text(encoding="utf-8")
    assert not {*told} & {*"\x1b\x07\u202e\u2028\ud800"}
    assert told.count("שלום") == 4
    assert "�[31m�" in told


def test_a_hostile_text_is_text_on_the_page(run: Run, keep: Keep, workspace: Path) -> None:
    evil = '</del><script>alert(1)</script><img src=x onerror="x">{title}&lt;'
    name = f"proactive_disclosure.{evil}"
    keep(2022, {name: {"value": 1, "label": evil}}, {PLATFORMS: evil, f"overview.“{evil}”": evil})
    keep(2023, {name: {"value": 2, "label": evil}}, {PLATFORMS: "乙", f"overview.“{evil}”": evil})
    page = workspace / "page.html"
    assert run("diff", "luhe", "2022", "2023", "--html", str(page)).exit_code == 0
    text = page.read_text(encoding="utf-8")
    assert "<script" not in text
    assert "<img" not in text
    assert text.count(evil) == 0
    assert unescape(text).count(evil) == 4


# --- the page -------------------------------------------------------------------------------------------------------------


def test_the_page_is_written_whole_or_not_at_all(run: Run, keep: Keep, workspace: Path) -> None:
    keep(2023, {NEW: 3}, {PLATFORMS: "镇设查阅点一处。"})
    page = workspace / "out/page.html"
    assert run("diff", "luhe", "2023", "2024", "--html", str(page)).stdout == f"{page}\n"
    assert [file.name for file in page.parent.iterdir()] == ["page.html"]
    before = page.read_bytes()
    assert run("diff", "luhe", "2023", "2019", "--html", str(page)).exit_code == 2
    assert page.read_bytes() == before
    refused = run("diff", "luhe", "2023", "2024", "--html", str(page / "below.html"))
    assert refused.exit_code == 2
    assert "cannot write" in refused.stderr
    both = run("diff", "luhe", "2023", "2024", "--html", str(page), "--json")
    assert json.loads(both.stdout)["jurisdiction"] == {"id": "luhe", "name": "芦河镇"}


def test_the_page_needs_no_script_and_its_tables_have_headers(run: Run, keep: Keep, workspace: Path) -> None:
    from lxml.html import document_fromstring

    keep(2022, {NEW: 3, f"{NEW}.business": 3}, {PLATFORMS: "设查阅点12处。"})
    keep(2023, {NEW: 2, f"{NEW}.business": 2}, {PLATFORMS: "设查阅点15处。", "improvements.this_year": "少。"})
    run("diff", "luhe", "2022", "2023", "--html", str(workspace / "page.html"))
    page = document_fromstring((workspace / "page.html").read_bytes())
    assert page.get("lang") == "en"
    assert not page.xpath("//script | //link | //img")
    assert page.xpath("//thead//th/@scope") == ["col"] * 5
    assert page.xpath("//tbody//th/@scope") == ["rowgroup", "row"]
    assert [cell.text_content() for cell in page.xpath("//tbody/tr[1]/*")] == ["本年新收", "3", "2", "−1", "−33.3%"]
    assert (page.xpath("//p/del/text()"), page.xpath("//p/ins/text()")) == (["gone", "12"], ["new", "15", "少。"])
    assert page.xpath("//p[text()='not in this year']")


def test_messages_are_chinese_too(run: Run, keep: Keep, workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from nianbao.errors import language

    monkeypatch.setenv("NIANBAO_LANG", "zh")
    language.cache_clear()
    keep(2022, {NEW: 3}, {PLATFORMS: "甲。"})
    keep(2023, {LICENCES: 2}, {PLATFORMS: "乙。"})
    said = run("diff", "luhe", "2022", "2023").stdout
    assert "芦河镇 2022 年与 2023 年\n  2022  存档  archive/luhe/2022.json" in said
    assert "仅 2022" in said
    assert "相似 0%" in said
    run("diff", "luhe", "2022", "2023", "--html", str(workspace / "page.html"))
    text = (workspace / "page.html").read_text(encoding="utf-8")
    assert '<html lang="zh-CN">' in text
    assert "<h1>芦河镇政府信息公开年度报告：2022 年与 2023 年对照</h1>" in text


def test_archived_years_are_compared_without_jinja_and_equal_ones_without_difflib(keep: Keep, workspace: Path) -> None:
    for year in (2022, 2023):
        keep(year, {NEW: year}, {PLATFORMS: "甲。"})
    code = (
        "import sys; from nianbao.cli import main\n"
        "try: main(['diff', 'luhe', '2022', '2023'])\n"
        "except SystemExit: print(sorted({'jinja2', 'difflib'} & {*sys.modules}))"
    )
    said = subprocess.run([sys.executable, "-c", code], cwd=workspace, capture_output=True, check=True).stdout.decode()
    assert said.splitlines()[-1] == "[]"
