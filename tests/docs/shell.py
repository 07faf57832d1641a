"""A shell that a page's blocks are typed into, one after the other."""

from __future__ import annotations

import os
import re
import signal
import subprocess
from collections.abc import Mapping
from pathlib import Path

from .pages import Block

LIMIT = 300  # seconds for one block


class Shell:
    """Keeps folder and variables between blocks. ``replaced``: what files of the page have in place of what it shows."""

    def __init__(self, inside: Path, kept: Path, environment: dict[str, str], replaced: Mapping[str, str]) -> None:
        self.folder, self.kept, self.environment, self.replaced = inside, kept, environment, replaced

    def play(self, block: Block) -> None:
        """Do what a block says; fails where it does not do what the page tells."""
        if block.file:
            path = self.folder / block.file
            path.parent.mkdir(parents=True, exist_ok=True)
            text = block.text
            for shown, real in self.replaced.items():
                text = text.replace(shown, real)
            path.write_text(text, encoding="utf-8")
        elif block.language == "console":
            shown = commands(block.text)
            for at, (command, output) in enumerate(shown, 1):
                self._run(block, command, block.exit if at == len(shown) else 0, output)
        elif block.language == "sh":
            self._run(block, block.text, block.exit)

    def _run(self, block: Block, script: str, code: int, shown: str = "") -> None:
        keep = f"trap 'code=$?; pwd > {self.kept}/folder; env -0 > {self.kept}/environment; exit $code' EXIT"
        process = subprocess.Popen(
            ["bash", "-c", f"set -e -o pipefail\n{keep}\n{script}"], cwd=self.folder, env=self.environment,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8", start_new_session=True,
        )  # fmt: skip
        try:
            output, _ = process.communicate(timeout=LIMIT)
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        said = f"{block.place}: {script.strip()}\n{output}"
        assert process.returncode == code, f"exit code {process.returncode}, not {code}: {said}"
        assert tells(output, shown), f"the page shows another output:\n{shown}\n{said}"
        self.folder = Path((self.kept / "folder").read_text(encoding="utf-8").rstrip("\n"))
        variables = (self.kept / "environment").read_text(encoding="utf-8").rstrip("\0").split("\0")
        self.environment = dict(variable.split("=", 1) for variable in variables)


def commands(transcript: str) -> list[tuple[str, str]]:
    """The commands of a ``console`` block (``$ nianbao …``), each with the output that is shown for it."""
    pieces = re.split(r"^\$ ", transcript, flags=re.MULTILINE)
    assert not pieces[0].strip(), f"a console block starts with a command: {pieces[0]}"
    return [(command, output) for piece in pieces[1:] for command, _, output in [piece.partition("\n")]]


def tells(output: str, shown: str) -> bool:
    """Whether an output has the lines that a page shows, in their order; ``…`` stands for anything."""
    lines = [line.strip() for line in shown.splitlines() if line.strip(" …")]
    pattern = r"[^\n]*\n(?:.*\n)?[^\n]*".join(re.escape(line).replace("…", ".*") for line in lines)
    return re.search(pattern, output, re.DOTALL) is not None
