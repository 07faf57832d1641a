"""The command line as a whole: what is there, in which language, and what it imports."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from nianbao import __version__
from nianbao.cli import main
from nianbao.errors import language
from tests_shared import Run


@pytest.mark.parametrize(
    ("command", "shown"),
    [
        ("jurisdictions", "shijiahe  石家河镇  镇  tianmen  2024"),
        ("plugins", "sources  manual  nianbao"),
        ("themes", "tianmen  nianbao"),
        ("formats", "markdown  nianbao"),
        ("sources", "manual  nianbao"),
        ("standards", "2019  nianbao"),
    ],
)
def test_a_listing_shows_what_is_there_and_from_where(run: Run, command: str, shown: str) -> None:
    result = run(command)
    assert shown in result.stdout
    assert isinstance(json.loads(run(command, "--json").stdout), list)


def test_help_lists_the_commands_of_core_and_of_plugins(run: Run) -> None:
    told = run("--help").stdout
    for command in ("build", "new", "add", "start", "schema", "trace", "plugins"):
        assert f"\n  {command} " in told


def test_messages_come_in_chinese_where_the_user_reads_chinese(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NIANBAO_LANG", "zh_CN.UTF-8")
    language.cache_clear()
    assert "没有编制单位“nobody”" in run("build", "nobody").stderr


@pytest.mark.parametrize(
    ("variable", "value", "expected"), [("LC_ALL", "zh_CN.UTF-8", "zh"), ("LANG", "C.UTF-8", "en"), ("", "", "en")]
)
def test_the_locale_chooses_the_language(monkeypatch: pytest.MonkeyPatch, variable: str, value: str, expected: str) -> None:
    for name in ("NIANBAO_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    if variable:
        monkeypatch.setenv(variable, value)
    language.cache_clear()
    assert language() == expected


def test_a_command_pays_for_what_it_uses() -> None:
    """``--version`` loads neither YAML nor Jinja2 nor pluggy; ``jurisdictions`` no Jinja2."""
    seen = "import sys; from nianbao.cli import main\ntry: main({arguments})\nexcept SystemExit: pass\nprint([m for m in ('yaml', 'jinja2', 'pluggy', 'lxml', 'importlib.metadata') if m in sys.modules])"
    version = subprocess.run(
        [sys.executable, "-c", seen.format(arguments=["--version"])], capture_output=True, text=True, check=True
    )
    assert version.stdout.splitlines() == [f"nianbao, version {__version__}", "[]"]
    workspace = str(Path(__file__).parents[2] / "examples" / "tianmen")
    listing = subprocess.run(
        [sys.executable, "-c", seen.format(arguments=["-w", workspace, "jurisdictions"])],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "jinja2" not in listing.stdout.splitlines()[-1]


def test_a_shell_can_complete_commands() -> None:
    environment = {"_NIANBAO_COMPLETE": "bash_complete", "COMP_WORDS": "nianbao jur", "COMP_CWORD": "1"}
    result = CliRunner().invoke(main, [], env=environment, prog_name="nianbao")
    assert "jurisdictions" in result.output


def test_a_bug_of_ours_is_a_message_too(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from nianbao import batch

    monkeypatch.setattr(batch, "edition_of", lambda *_: 1 / 0)
    result = run("build", "luhe")
    assert result.exit_code == 2
    assert "plugin nianbao failed: ZeroDivisionError" in result.stderr


def test_the_public_api_is_importable_by_name_and_nothing_else() -> None:
    import nianbao

    for name in nianbao.__all__:
        assert getattr(nianbao, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        nianbao.nothing  # noqa: B018
