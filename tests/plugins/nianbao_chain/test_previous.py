"""Last year's record carries into this year."""

import json
from pathlib import Path

import pytest

from tests_shared import Run, replace


@pytest.fixture
def next_year(workspace: Path, run: Run) -> Path:
    """The workspace with luhe's 2024 built and archived, and data of 2025 without 上年结转."""
    assert run("build", "luhe", "-F", "html").exit_code == 0
    assert run("archive", "luhe").exit_code == 0
    replace(workspace / "nianbao.yaml", "sources: {manual: {}}", "sources: {manual: {}, previous: {}}")
    data = (workspace / "data/luhe/2024.yaml").read_text(encoding="utf-8").replace("  上年结转: {自然人: 2}\n", "")
    data = data.replace("  结转下年度: {自然人: 1}", "  结转下年度: 0").replace(
        "{自然人: 12, 商业企业: 2,", "{自然人: 12, 商业企业: 2,"
    )
    (workspace / "data/luhe/2025.yaml").write_text(data, encoding="utf-8")
    return workspace


def test_what_was_continued_into_this_year_is_carried_in(next_year: Path, run: Run) -> None:
    result = run("build", "luhe", "-F", "html", "--draft")
    assert result.exit_code == 0
    record = json.loads((next_year / "build/luhe/2025/draft/report.json").read_bytes())
    assert record["figures"]["requests.carried_in"]["value"] == 1
    assert record["figures"]["requests.carried_in.natural_person"]["origin"] == {
        "where": "archive/luhe/2024.json",
        "how": "requests.carried_out.natural_person",
        "source": "previous",
        "settings": "nianbao.yaml:4:23",
    }
    assert "archive/luhe/2024.json" in record["inputs"]


def test_a_sentence_quotes_the_problems_that_last_years_report_named(next_year: Path, run: Run) -> None:
    replace(next_year / "data/luhe/2025.yaml", "上年度: 上年度查出", "上年度: 上年报告写道：“{{ 上年问题 }}”上年度查出")
    result = run("build", "luhe", "-F", "html", "--draft")
    assert result.exit_code == 0, result.stderr
    page = next((next_year / "build/luhe/2025/draft").glob("*.html")).read_text(encoding="utf-8")
    assert "上年报告写道：“一是政策解读以转载为主" in page
    assert page.count("一是政策解读以转载为主") == 2  # quoted once; the other is this year's own sentence
    assert "archive/luhe/2024.json" in run("trace", "luhe", "上年报告所列问题", "--year", "2025").stdout


def test_a_clerk_who_types_another_number_is_told_of_both(next_year: Path, run: Run) -> None:
    replace(next_year / "data/luhe/2025.yaml", "  予以公开:", "  上年结转: {自然人: 2}\n  予以公开:")
    told = run("build", "luhe", "-F", "html", "--draft").stderr
    assert "F-CONFLICT" in told
    assert "found 1（previous, archive/luhe/2024.json）" in told


def test_the_first_year_has_nothing_to_carry_in_and_says_so(workspace: Path, run: Run) -> None:
    replace(workspace / "nianbao.yaml", "sources: {manual: {}}", "sources: {manual: {}, previous: {}}")
    result = run("build", "luhe", "-F", "html")
    assert result.exit_code == 0
    assert "note: archive/luhe/2023.json: no report of last year is archived" in result.stderr


@pytest.mark.parametrize(
    ("record", "says"),
    [
        ("{", "cannot read the record"),
        ("[]", "cannot read the record"),
        ('{"year": 2024, "jurisdiction": {"id": "luhe"}, "draft": true, "figures": {}}', "no finished report"),
        ('{"year": 2023, "jurisdiction": {"id": "luhe"}, "draft": false, "figures": {}}', "no finished report"),
        ('{"year": 2024, "jurisdiction": {"id": "other"}, "draft": false, "figures": {}}', "no finished report"),
        ('{"year": 2024, "jurisdiction": {"id": "luhe"}, "draft": false, "figures": {}}', "the record has no “自然人”"),
    ],
)
def test_a_record_that_is_none_of_last_year_is_refused(next_year: Path, run: Run, record: str, says: str) -> None:
    (next_year / "archive/luhe/2024.json").write_text(record, encoding="utf-8")
    result = run("build", "luhe", "-F", "html")
    assert result.exit_code == 2
    assert says in result.stderr
    assert "archive/luhe/2024.json" in result.stderr


def test_only_a_finished_report_is_archived_and_none_is_overwritten(workspace: Path, run: Run) -> None:
    assert "there is no finished report of 2024" in run("archive", "luhe").stderr
    run("build", "luhe", "-F", "html")
    path = Path(run("archive", "luhe").stdout.strip())
    assert path == workspace / "archive/luhe/2024.json"
    assert run("archive", "luhe").exit_code == 0  # the same once more
    before = path.read_bytes()
    replace(workspace / "data/luhe/2024.yaml", "行政许可: 18", "行政许可: 19")
    run("build", "luhe", "-F", "html")
    refused = run("archive", "luhe")
    assert (refused.exit_code, path.read_bytes()) == (2, before)
    assert run("archive", "luhe", "--replace").exit_code == 0
    assert path.read_bytes() != before


def test_in_january_who_forgot_to_archive_is_told_the_command(next_year: Path, run: Run) -> None:
    (next_year / "archive/luhe/2024.json").unlink()
    assert ", or archive it: `nianbao archive luhe --year 2024`" in run("build", "luhe", "-F", "html", "--draft").stderr
    told = run("archive", "luhe").stderr  # the newest year with data is the one that has only begun
    assert "there is no finished report of 2025" in told
    assert "Built are: 2024; --year archives one of them." in told
    assert run("archive", "luhe", "--year", "2024").exit_code == 0
    assert "no report of last year" not in run("build", "luhe", "-F", "html", "--draft").stderr
