"""Every command that the documentation shows is run, in its page's order, in a copy of what its reader has."""

from __future__ import annotations

import re
import tomllib
import zipfile
from pathlib import Path

import pytest
import yaml

from .pages import RUN, Block, Scene, every, scenes
from .scenes import SLOW, opened
from .shell import commands, tells
from .wheels import WINDOWS, lacking

ALL = list(every())
BLOCKS = [block for scene in ALL for block in scene.blocks]
SKIPPED = [block for block in BLOCKS if block.skipped]


def _runs(scene: Scene) -> object:
    marks = [pytest.mark.slow] if scene.slow or scene.kind in SLOW else []
    return pytest.param(scene, id=scene.place, marks=marks)


@pytest.mark.parametrize("scene", [_runs(scene) for scene in ALL if scene.runs])
def test_the_commands_of_a_page_do_what_it_says(scene: Scene, tmp_path: Path) -> None:
    with opened(scene, tmp_path) as shell:
        for block in scene.blocks:
            if not block.skipped:
                shell.play(block)


@pytest.mark.parametrize("block", SKIPPED, ids=lambda block: f"{block.place} {block.skipped}")
def test_a_command_that_is_not_run_says_why(block: Block) -> None:
    assert block.language in RUN, "only commands are left out"
    assert len(SKIPPED) <= 8, "these are to stay few"


@pytest.mark.parametrize("block", [b for b in BLOCKS if b.language in ("yaml", "python", "toml")], ids=lambda block: block.place)
def test_what_a_page_shows_can_be_read(block: Block) -> None:
    if block.language == "python":
        compile(block.text, block.place, "exec")
    elif block.language == "toml":
        tomllib.loads(block.text)
    else:
        assert yaml.compose(block.text) is not None


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.place)
def test_a_block_says_what_it_is(block: Block) -> None:
    """A command in a block without a language would be run by nobody."""
    assert block.language, block.text
    assert block.language not in ("bash", "shell"), "write sh, or console with its output"
    assert block.language != "indented" or not re.search(r"^(nianbao|pip|python3?|sphinx-build) ", block.text, re.MULTILINE), (
        block.text
    )


# --- what is wrong in a page is found -----------------------------------------------------------------------------------


def _read(tmp_path: Path, text: str) -> None:
    (tmp_path / "page.md").write_text(text, encoding="utf-8")
    for at, scene in enumerate(scenes(tmp_path / "page.md", tmp_path)):
        (tmp_path / str(at)).mkdir()
        with opened(scene, tmp_path / str(at)) as shell:
            for block in scene.blocks:
                shell.play(block)


def test_a_page_keeps_its_folder_and_variables_from_block_to_block(tmp_path: Path) -> None:
    _read(tmp_path, """
<!-- test: in empty -->
<!-- test: file inner/a.txt -->
```text
told
```
```sh
cd inner
export WORD=kept
```
```console
$ cat a.txt; echo $WORD
told
kept
```
<!-- test: exit 3 -->
```sh
exit 3
```
""")  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "```sh\nnianbao no-such-command\n```",
        "```sh\nfalse\necho went on\n```",
        "```sh\nfalse | cat\n```",
        "```console\n$ echo one\ntwo\n```",
        "```console\n$ printf 'two\\none\\n'\none\ntwo\n```",
        "<!-- test: exit 1 -->\n```sh\ntrue\n```",
    ],
    ids=["unknown-command", "first-of-two", "pipe", "other-output", "other-order", "does-not-fail"],
)
def test_a_command_that_does_not_do_what_the_page_says_is_found(text: str, tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match=r"page\.md:\d+: "):
        _read(tmp_path, f"<!-- test: in empty -->\n{text}")


@pytest.mark.parametrize("comment", ["skip", "skip, why", "exit", "file", "in", "go away", "slow, very"])
def test_a_comment_that_nobody_understands_is_found(comment: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"page\.md:1"):
        _read(tmp_path, f"<!-- test: {comment} -->\n```sh\ntrue\n```")


def test_a_comment_that_nothing_follows_is_found(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="nothing follows"):
        _read(tmp_path, "<!-- test: exit 1 -->")


def test_an_output_is_told_by_its_lines_in_order() -> None:
    ((command, shown),) = commands("$ nianbao build a\n芦河镇…: error\n…\nlast\n")
    assert command == "nianbao build a"
    assert tells("芦河镇 12: error of mine\nbetween\nlast\n", shown)
    assert tells("芦河镇 12: error\nlast\n", shown)
    assert not tells("last\n芦河镇 12: error\n", shown)
    assert not tells("芦河镇 12: error\nat last\n".replace("at last", "no"), shown)


def test_wheels_that_lack_what_windows_needs_are_found(tmp_path: Path) -> None:
    def wheel(name: str, *asks: str) -> None:
        with zipfile.ZipFile(tmp_path / f"{name}-1.0-py3-none-any.whl", "w") as packed:
            packed.writestr(f"{name}-1.0.dist-info/METADATA", "".join(f"Requires-Dist: {ask}\n" for ask in asks))

    wheel("nianbao", "click", "sqlglot; extra == 'sql'", "absent; extra == 'web'")
    wheel("click", "colorama; platform_system == 'Windows'")
    wheel("sqlglot", "uvloop; sys_platform != 'win32'")
    assert lacking(tmp_path, "nianbao[sql]", WINDOWS) == ['colorama; platform_system == "Windows"']
    wheel("colorama")
    assert not lacking(tmp_path, "nianbao[sql]", WINDOWS)
