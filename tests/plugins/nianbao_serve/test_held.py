"""A save asks no database and no portal: what they answered is held until somebody has them asked again."""

import shutil
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from nianbao_serve import held
from nianbao_serve.preview import Preview
from nianbao_serve.telling import state
from tests_shared import replace

from .serving import Serve

EXAMPLE = Path(__file__).parents[3] / "examples/tianmen"
KANCE = "jurisdictions/kance.yaml"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A department whose tables come from a register."""
    folder = tmp_path / "office"
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("build", "*.db"))
    subprocess.run([sys.executable, str(folder / "register/make.py")], check=True, capture_output=True)
    return folder


def fine(office: Path) -> None:
    """One more decision in the register."""
    with sqlite3.connect(office / "register/register.db") as register:
        one = "org_code = '429006990' and zl = 'CF' and decided >= '2024-01-01' and decided < '2025-01-01' limit 1"
        register.execute(f"insert into decision (org_code, zl, decided) select org_code, zl, decided from decision where {one}")
    register.close()


def penalties(told: dict) -> int:
    return int(told["page"].split('data-fact="proactive_disclosure.penalties">')[1].split("<")[0])


def test_a_save_asks_no_database_and_the_button_does(office: Path, serve: Serve) -> None:
    served = serve("kance", "--year", "2024", of=office)
    before = served.state()
    assert [source["name"] for source in before["sources"]] == ["登记系统"]
    fine(office)
    replace(office / KANCE, "telephone: 0700-7654321", "telephone: 0700-7654322")
    saved = served.until(lambda told: told["version"] > before["version"])
    assert penalties(saved) == penalties(before)
    assert served.open("again", "POST", Origin=served.url.split("/kance")[0]).status == 200
    served.until(lambda told: penalties(told) == penalties(before) + 1)


def test_what_fetch_kept_is_shown_though_the_database_is_gone(office: Path, serve: Serve) -> None:
    command = [sys.executable, "-m", "nianbao", "-w", str(office)]
    subprocess.run([*command, "fetch", "kance", "--year", "2024"], check=True, capture_output=True)
    (office / "register/register.db").unlink()
    told = serve("kance", "--year", "2024", of=office).state()
    assert told["kind"] == "ready"
    assert {finding["severity"] for finding in told["findings"]} <= {"info"}
    assert told["sources"] == [{"name": "登记系统", "when": "as nianbao fetch kept it"}]


def test_a_query_that_is_changed_is_asked(office: Path, serve: Serve) -> None:
    served = serve("kance", "--year", "2024", of=office)
    before = penalties(served.state())
    replace(office / KANCE, "zl = 'CF'", "zl = 'XK'")
    served.until(lambda told: told["kind"] != "asking" and penalties(told) != before)


def test_a_database_that_is_gone_is_told_and_its_figures_read_to_be_filled(office: Path, serve: Serve) -> None:
    (office / "register/register.db").unlink()
    told = serve("kance", "--year", "2024", of=office).state()
    assert "待填" in told["page"]
    assert told["findings"][0]["place"].startswith("jurisdictions/kance.yaml:14")


def test_until_a_source_answers_its_figures_read_to_be_filled(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(held, "PATIENCE", 0)
    may_answer, has_answered = threading.Event(), threading.Event()
    ask = held.collect
    monkeypatch.setattr(held, "collect", lambda *what: may_answer.wait(10) and ask(*what))
    preview = Preview(office, "kance", 2024, answered=has_answered.set, progress=lambda: None)
    preview.rebuild()
    told = state(preview)
    assert told["kind"] == "asking"
    assert "待填" in told["page"]
    assert told["sources"][0]["when"] == "being asked"
    assert not [row for row in told["findings"] if row["code"] == "F-DATA"]  # it is no mistake that it takes its time
    may_answer.set()
    assert has_answered.wait(10)
    preview.rebuild()
    told = state(preview)
    assert told["kind"] == "ready", told["findings"]
