"""Plugins in this process: loaded by name, blamed by name, refused where they clash. A wheel's are in tests/examples."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import click
import pytest

import nianbao
from nianbao.checks import Found, rule
from tests_shared import Run, replace


@dataclass(frozen=True)
class Loud:
    """A format whose answer its setting chooses."""

    answer: str = ""

    def render(self, document: nianbao.Document) -> Mapping[str, bytes]:
        answers: dict[str, Any] = {
            "": {".loud": document.title.encode()},
            "nothing": {},
            "text": {".loud": "text"},
            "path": {"/../x": b""},
            "list": [1],
            "html": {".html": b"again"},
            "raise": None,
        }
        if self.answer == "raise":
            raise RuntimeError("too loud")
        return answers[self.answer]  # type: ignore[no-any-return]


@rule("LOUD-1", "info", basis="本镇", zh="许可", en="licences")
def licences(report: nianbao.Report) -> Iterator[Found]:
    yield Found("行政许可", found=str(report["行政许可"]))


def module(**members: Any) -> ModuleType:
    made = ModuleType("strange")
    vars(made).update(members)
    return made


def switch_on(workspace: Path, settings: str) -> None:
    replace(workspace / "jurisdictions/luhe.yaml", "name: 芦河镇\n", f"name: 芦河镇\n{settings}\n")


def test_a_format_of_a_stranger_makes_its_file(workspace: Path, run: Run, install: Any) -> None:
    install("formats", "loud", Loud)
    switch_on(workspace, "formats: [loud, html]")
    assert [Path(file).suffix for file in run("build", "luhe").stdout.splitlines()] == [".loud", ".html"]


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ("nothing", "should return files by suffix"),
        ("list", "should return files by suffix"),
        ("text", "should be bytes"),
        ("path", "is no suffix"),
        ("html", "makes .html once more"),
        ("raise", "plugin loud failed: RuntimeError: too loud"),
    ],
)
def test_a_format_that_misbehaves_is_named_and_nothing_is_published(
    workspace: Path, run: Run, install: Any, answer: str, says: str
) -> None:
    install("formats", "loud", Loud)
    switch_on(workspace, f"formats: {{html: {{}}, loud: {{answer: '{answer}'}}}}")
    result = run("build", "luhe")
    assert result.exit_code == 2
    assert says in result.stderr
    assert not (workspace / "build/luhe/2024/publish").exists()


def test_a_section_hook_and_a_rule_of_a_stranger_are_asked(workspace: Path, run: Run, install: Any) -> None:
    @nianbao.hookimpl
    def other_matters(edition: nianbao.Edition) -> Any:
        return {"热线来电": edition.year}

    @nianbao.hookimpl
    def rules() -> Any:
        return [licences]

    install("plugins", "loud", module(other_matters=other_matters, rules=rules))
    switch_on(workspace, "plugins: [loud]")
    result = run("build", "luhe", "-F", "html")
    assert "note LOUD-1 licences" in result.stderr
    assert "热线来电 = 2024  nianbao" not in run("trace", "luhe", "热线来电").stdout
    assert "热线来电 = 2024" in run("trace", "luhe", "热线来电").stdout
    assert "plugins  loud  strange_home:loud  other_matters、rules" in run("plugins").stdout


@pytest.mark.parametrize(
    ("members", "says"),
    [
        ({"other_maters": lambda edition: {}}, "has an unknown hook “other_maters”\n    Did you mean “other_matters”?"),
        ({"requests": lambda edtion: {}}, "plugin loud is not valid"),
        ({"rules": lambda: licences}, "plugin loud failed: TypeError"),
        ({"rules": lambda: [3]}, "rules() should return rules, not 3"),
        ({"requests": lambda: 1 / 0}, "plugin loud failed: ZeroDivisionError"),
        ({"requests": lambda: [1]}, "is a list"),
    ],
)
def test_a_plugin_that_is_wrong_is_named(workspace: Path, run: Run, install: Any, members: dict[str, Any], says: str) -> None:
    install("plugins", "loud", module(**{name: nianbao.hookimpl(hook) for name, hook in members.items()}))
    switch_on(workspace, "plugins: {loud: {}}")
    result = run("build", "luhe", "-F", "html")
    assert result.exit_code == 2
    assert says in result.stderr


def test_a_module_takes_no_settings(workspace: Path, run: Run, install: Any) -> None:
    install("plugins", "loud", module())
    switch_on(workspace, "plugins: {loud: {volume: 3}}")
    assert "plugin “loud” has no setting “volume”" in run("build", "luhe", "-F", "html").stderr


def test_a_name_that_two_claim_is_refused_with_both_owners(workspace: Path, run: Run, install: Any) -> None:
    install("formats", "loud", Loud)
    install("formats", "loud", Loud, "elsewhere:Loud")
    switch_on(workspace, "formats: [loud]")
    assert "“loud” is claimed by elsewhere:Loud、strange_home:loud" in run("build", "luhe").stderr
    assert run("build", "shijiahe", "-F", "html").exit_code == 0


def test_what_cannot_be_imported_is_named_and_breaks_nothing_else(workspace: Path, run: Run, install: Any) -> None:
    for group in ("formats", "plugins", "commands", "themes", "standards"):
        install(group, "gone", None, "no_such_module.inner:Thing")
    told = run("plugins").stdout
    assert told.count("needs the Python package") == 5
    assert run("--help").exit_code == 0
    assert run("build", "luhe", "-F", "html").exit_code == 0
    result = run("gone", "--anything")
    assert (result.exit_code, "plugin gone" in result.stderr) == (2, True)
    switch_on(workspace, "theme: gone")
    replace(workspace / "jurisdictions/luhe.yaml", "theme: national", "")
    assert "jurisdictions/luhe.yaml:3:8: plugin gone" in run("build", "luhe", "-F", "html").stderr


def test_a_command_of_a_stranger_that_raises_is_named(run: Run, install: Any) -> None:
    @click.command()
    def boom() -> None:
        raise RuntimeError("boom")

    install("commands", "boom", boom)
    install("commands", "odd", "no command")
    result = run("boom")
    assert (result.exit_code, "plugin boom failed: RuntimeError: boom" in result.stderr) == (2, True)
    assert run("boom", "--no").exit_code == 2
    assert "“odd” is no click command" in run("odd").stderr


def test_a_source_is_asked_only_for_the_levels_it_is_for(workspace: Path, run: Run) -> None:
    replace(workspace / "nianbao.yaml", "sources: {manual: {}}", "sources: {manual: {for: [市]}}")
    assert "has no data of any year" in run("build", "luhe").stderr


def test_settings_without_sources_formats_or_theme_are_told(workspace: Path, run: Run) -> None:
    root = workspace / "nianbao.yaml"
    before = root.read_text(encoding="utf-8")
    for old, says in (("formats: [html, docx, markdown]", "no formats are set"), ("sources: {manual: {}}", "no sources are set")):
        root.write_text(before.replace(old, ""), encoding="utf-8")
        assert says in run("build", "luhe").stderr


def test_a_broken_source_of_one_town_is_told_by_its_own_build(workspace: Path, run: Run, install: Any) -> None:
    class Deaf:
        def years(self, workspace: Path, jurisdiction: nianbao.Jurisdiction) -> list[int]:
            raise OSError("deaf")

    install("sources", "deaf", Deaf)
    switch_on(workspace, "sources: {deaf: {}}")
    result = run("build", "--all", "-F", "html")
    assert result.exit_code == 2
    assert "plugin deaf failed: OSError: deaf" in result.stderr
    assert "shijiahe" in result.stdout
