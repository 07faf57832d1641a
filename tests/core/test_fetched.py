"""What sources answered, kept: the same report again without them, and nothing that was changed since."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, ClassVar

import pytest

from nianbao import Answer, Edition, Fact, Origin, Sentence, SourceError, Text
from nianbao.report import Run as AskingRun
from tests_shared import Run, replace

SAID: dict[str, Any] = {
    "calls": Fact(
        3, Origin("exchange", {"town": "芦河"}, "2025-01-02T08:00:00+00:00"), [{"who": "=1+1", "when": "一月"}, {"who": "乙"}]
    ),
    "cost": Decimal("0.30"),
}


@dataclass(frozen=True)
class Exchange:
    """A telephone exchange far away: when it is down nothing can be had."""

    line: str = "1"
    down: ClassVar[bool] = False

    def answer(self, edition: Edition, run: AskingRun) -> Answer:
        if self.down:
            raise SourceError("不通", "no answer")
        more = {Text("话费", "nianbao.yaml:1"): SAID["cost"], "情况": Sentence("来电{{ 来电 }}次。"), "说明": "{{ 原样 }}"}
        return {"六、其他需要报告的事项": {"来电": SAID["calls"], **more}}


@pytest.fixture
def exchange(workspace: Path, install: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(Exchange, "down", False)
    install("sources", "exchange", Exchange)
    replace(
        workspace / "jurisdictions/luhe.yaml",
        "name: 芦河镇\n",
        "name: 芦河镇\nsources: {exchange: {}}\nrules: {S-PLACE: {severity: off}}\n",
    )
    return workspace


def outputs(folder: Path) -> dict[str, bytes]:
    found = (path for path in (folder / "build/luhe").rglob("*") if path.is_file() and path.name != ".lock")
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}


def test_a_report_is_repeated_offline_byte_for_byte(exchange: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("fetch", "luhe").stdout.strip().endswith("fetched/luhe/2024/exchange.json")
    online = run("build", "luhe")
    assert online.exit_code == 0, online.stderr
    first = outputs(exchange)
    monkeypatch.setattr(Exchange, "down", True)
    for _ in range(2):
        result = run("build", "luhe", "--offline")
        assert result.exit_code == 0, result.stderr
        assert outputs(exchange) == first


def test_the_rows_that_were_counted_are_kept_for_a_spreadsheet_and_never_as_formulas(exchange: Path, run: Run) -> None:
    run("build", "luhe", "-F", "html")
    known = json.loads((exchange / "build/luhe/2024/report.json").read_bytes())["figures"]["other_matters.来电"]
    rows = (exchange / "build/luhe/2024" / known["evidence"]).read_text(encoding="utf-8-sig").splitlines()
    assert rows == ["who,when", "'=1+1,一月", "乙,"]


def test_rows_that_are_no_longer_counted_do_not_stay(exchange: Path, run: Run) -> None:
    run("build", "luhe", "-F", "html")
    replace(exchange / "jurisdictions/luhe.yaml", "sources: {exchange: {}}\n", "")
    assert run("build", "luhe", "-F", "html").exit_code == 0
    assert not list((exchange / "build/luhe/2024").rglob("*.csv"))


def test_a_draft_keeps_its_rows_with_it(exchange: Path, run: Run) -> None:
    run("build", "luhe", "-F", "html", "--draft")
    assert (exchange / "build/luhe/2024/draft/evidence/other_matters.来电.csv").is_file()


def test_what_was_never_fetched_is_not_made_up(exchange: Path, run: Run) -> None:
    result = run("build", "luhe", "--offline")
    assert result.exit_code == 2
    assert "nothing is kept of what “exchange” answered" in result.stderr
    assert "nianbao fetch luhe --year 2024" in result.stderr


def test_answers_to_other_settings_are_not_taken(exchange: Path, run: Run) -> None:
    run("fetch", "luhe")
    replace(exchange / "jurisdictions/luhe.yaml", "{exchange: {}}", "{exchange: {line: 2}}")
    result = run("build", "luhe", "--offline")
    assert (result.exit_code, "the settings of “exchange” have changed since" in result.stderr) == (2, True)


@pytest.mark.parametrize(
    ("old", "new"), [('"fact": 3', '"fact": 4'), ('"digest"', '"digestive"'), ("{", ""), ('"exchange"', '"other"')]
)
def test_answers_that_somebody_changed_are_not_taken(exchange: Path, run: Run, old: str, new: str) -> None:
    run("fetch", "luhe")
    replace(exchange / "fetched/luhe/2024/exchange.json", old, new)
    result = run("build", "luhe", "--offline")
    assert (result.exit_code, "what was kept has been changed" in result.stderr) == (2, True)


def test_a_source_that_fails_is_told_and_what_was_kept_before_stays(
    exchange: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("fetch", "luhe")
    before = (exchange / "fetched/luhe/2024/exchange.json").read_bytes()
    monkeypatch.setattr(Exchange, "down", True)
    result = run("fetch", "luhe")
    assert (result.exit_code, "no answer" in result.stderr) == (2, True)
    assert (exchange / "fetched/luhe/2024/exchange.json").read_bytes() == before


def test_what_cannot_be_written_is_told(exchange: Path, run: Run) -> None:
    (exchange / "fetched").write_text("in the way", encoding="utf-8")
    result = run("fetch", "luhe")
    assert (result.exit_code, "cannot write" in result.stderr) == (2, True)


def test_a_cache_that_cannot_be_made_is_told(workspace: Path) -> None:
    from nianbao import Workspace

    edition = Workspace(workspace).edition(Workspace(workspace).jurisdiction("luhe"), 2024)
    (workspace / ".cache").write_text("in the way", encoding="utf-8")
    with pytest.raises(SourceError, match="cannot make the cache's folder"):
        AskingRun().cache(edition, "web")


@pytest.mark.parametrize(("old", "new"), [("level: 镇", 'level: 镇\ncode: "2"'), ("name: 芦河镇", "name: 芦荻镇")])
def test_answers_for_another_body_are_not_taken(exchange: Path, run: Run, old: str, new: str) -> None:
    run("fetch", "luhe")
    replace(exchange / "jurisdictions/luhe.yaml", old, new)
    assert "the settings of “exchange” have changed since" in run("build", "luhe", "--offline").stderr


def test_answers_for_another_year_are_not_taken(exchange: Path, run: Run) -> None:
    run("fetch", "luhe")
    (exchange / "data/luhe/2023.yaml").write_bytes((exchange / "data/luhe/2024.yaml").read_bytes())
    (exchange / "fetched/luhe/2024").rename(exchange / "fetched/luhe/2023")
    assert "have changed since" in run("build", "luhe", "--year", "2023", "--offline").stderr


def test_an_answer_of_which_a_part_has_no_place_is_not_kept(exchange: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Exchange, "answer", lambda *_: {"六、其他事": {"来电": 3}})
    result = run("fetch", "luhe")
    assert (result.exit_code, "there is no section “六、其他事”" in result.stderr) == (2, True)
    assert not (exchange / "fetched").exists()


def test_sources_whose_names_differ_in_signs_only_are_kept_apart(exchange: Path, run: Run) -> None:
    two = "sources: {甲/乙: {use: exchange}, 甲_乙: {use: exchange, line: 2}}"
    replace(exchange / "jurisdictions/luhe.yaml", "sources: {exchange: {}}", two)
    assert len(set(run("fetch", "luhe").stdout.splitlines())) == 2
    assert run("build", "luhe", "-F", "html", "--offline").exit_code == 0


def test_a_secret_that_a_source_reveals_stands_nowhere(
    exchange: Path, run: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from nianbao import Secret

    monkeypatch.setenv("TOKEN", "hunter22hunter22")

    def answer(self: Exchange, edition: Edition, asking: AskingRun) -> Answer:
        token = Secret("env:TOKEN").reveal()
        asking.note(f"问 {token}", f"asked {token}")
        failed = SourceError(f"拒绝 {token}", f"refused {token}")
        calls = Fact(3, Origin(f"https://x/?t={token}", {"t": token}), [{"url": token}])
        return {"六、其他需要报告的事项": {"来电": calls, **({"去电": failed} if self.down else {})}}

    monkeypatch.setattr(Exchange, "answer", answer)
    told = [run("fetch", "luhe"), run("build", "luhe", "-F", "html"), run("sources", "test", "luhe", "--json")]
    monkeypatch.setattr(Exchange, "down", True)
    told += [
        run("build", "luhe", "-F", "html", "--json"),
        run("build", "luhe", "-F", "html", "--draft"),
        run("trace", "luhe", "来电"),
    ]
    written = [path.read_bytes() for folder in ("build", "fetched") for path in (exchange / folder).rglob("*") if path.is_file()]
    assert not any(b"hunter22" in data for data in written)
    assert not any("hunter22" in result.stdout + result.stderr for result in told)
    assert any("***" in result.stdout for result in told)


def test_many_towns_are_built_offline_without_asking_anybody(exchange: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    (exchange / "jurisdictions/donghe.yaml").write_bytes((exchange / "jurisdictions/luhe.yaml").read_bytes())
    (exchange / "data/donghe").mkdir()
    (exchange / "data/donghe/2024.yaml").write_bytes((exchange / "data/luhe/2024.yaml").read_bytes())
    assert run("fetch", "luhe", "donghe").exit_code == 0
    monkeypatch.setattr(Exchange, "down", True)
    result = run("build", "luhe", "donghe", "-F", "html", "--offline")
    assert result.exit_code == 0, result.stderr
