"""Publishing: all files or none, whatever happens in between."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from nianbao import publish as module
from nianbao.errors import PublishError
from nianbao.publish import publish, recover

OLD = {"publish": {"a.html": b"old", "gone.docx": b"old"}, "report.json": b"old"}
NEW = {"publish": {"a.html": b"new"}, "report.json": b"new"}


def content(home: Path) -> dict[str, bytes]:
    return {str(p.relative_to(home)): p.read_bytes() for p in sorted(home.rglob("*")) if p.is_file() and p.name != ".lock"}


OLD_FILES = {"publish/a.html": b"old", "publish/gone.docx": b"old", "report.json": b"old"}
NEW_FILES = {"publish/a.html": b"new", "report.json": b"new"}


@pytest.mark.parametrize("exchange", [True, False])
def test_a_build_replaces_the_whole_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, exchange: bool) -> None:
    if not exchange:
        monkeypatch.setattr(module, "_exchange", lambda one, other: False)
    publish(tmp_path / "home", OLD)
    publish(tmp_path / "home", NEW)
    assert content(tmp_path / "home") == NEW_FILES


def test_a_draft_never_touches_a_finished_report(tmp_path: Path) -> None:
    publish(tmp_path, OLD)
    publish(tmp_path, {"draft": {"a.html": b"draft"}})
    assert content(tmp_path) == {**OLD_FILES, "draft/a.html": b"draft"}


KILLED = """
import os, sys
from pathlib import Path
from nianbao import publish as module
if sys.argv[3] == "renames":
    module._exchange = lambda one, other: False
steps, real, exchange = [int(sys.argv[2])], os.replace, module._exchange
def counted(of):
    def call(*args):
        if steps[0] == 0:
            os._exit(9)
        steps[0] -= 1
        return of(*args)
    return call
os.replace, module._exchange = counted(real), counted(exchange)
module.publish(Path(sys.argv[1]), {"publish": {"a.html": b"new"}, "report.json": b"new"})
"""


@pytest.mark.parametrize("how", ["exchange", "renames"])
@pytest.mark.parametrize("steps", range(7))
def test_a_kill_between_any_two_renames_is_finished_by_the_next_command(tmp_path: Path, steps: int, how: str) -> None:
    publish(tmp_path, OLD)
    subprocess.run([sys.executable, "-c", KILLED, str(tmp_path), str(steps), how], check=False)
    recover(tmp_path)
    assert content(tmp_path) == (NEW_FILES if steps else OLD_FILES)  # the first rename is the note's own


def test_a_kill_before_the_first_rename_leaves_all_as_it_was(tmp_path: Path) -> None:
    publish(tmp_path, OLD)
    (tmp_path / ".staged" / "publish").mkdir(parents=True)
    (tmp_path / ".staged" / "publish" / "a.html").write_bytes(b"half")
    recover(tmp_path)
    assert content(tmp_path) == OLD_FILES


@pytest.mark.parametrize("failing", range(4))
def test_a_file_that_windows_holds_open_leaves_all_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: int
) -> None:
    publish(tmp_path, OLD)
    monkeypatch.setattr(module, "_exchange", lambda one, other: False)
    real, calls = os.replace, iter(range(100))

    def held(source: Path, target: Path) -> None:
        if next(calls) == failing:
            raise PermissionError(13, "in use", str(target))
        real(source, target)

    monkeypatch.setattr(module.os, "replace", held)
    monkeypatch.setattr(module.sys, "platform", "linux")
    with pytest.raises(PublishError, match="as they were"):
        publish(tmp_path, NEW)
    assert content(tmp_path) == OLD_FILES


def test_on_windows_the_message_names_wps_and_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module.sys, "platform", "win32")
    told = module._told(PermissionError(13, "in use", "a.docx"), Path("home"))
    assert "a.docx: a file is in use" in str(told)
    assert "Close the report in WPS or Word" in str(told)


def test_an_output_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("x")
    with pytest.raises(PublishError, match="out"):
        publish(tmp_path / "out" / "town", NEW)
    assert (tmp_path / "out").read_text() == "x"


def test_two_builds_of_one_report_do_not_mix(tmp_path: Path) -> None:
    publish(tmp_path, OLD)
    with module._locked(tmp_path), pytest.raises(PublishError, match="another nianbao"):
        publish(tmp_path, NEW)
    assert content(tmp_path) == OLD_FILES


def test_a_failure_after_an_exchange_puts_the_old_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(tmp_path, OLD)
    real, calls = module._exchange, iter(range(10))

    def failing(one: Path, other: Path) -> bool:
        if next(calls) == 1:
            raise OSError(28, "No space left on device", str(other))
        return real(one, other)

    monkeypatch.setattr(module, "_exchange", failing)
    with pytest.raises(PublishError, match="as they were"):
        publish(tmp_path, NEW)
    assert content(tmp_path) == OLD_FILES


def test_a_file_system_without_inodes_is_published_to_by_renames(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_EXCHANGES", False)
    publish(tmp_path, OLD)
    publish(tmp_path, NEW)
    assert content(tmp_path) == NEW_FILES


def test_a_note_that_is_damaged_is_no_note(tmp_path: Path) -> None:
    publish(tmp_path, OLD)
    (tmp_path / ".swap").write_text("{")
    publish(tmp_path, NEW)
    assert content(tmp_path) == NEW_FILES
