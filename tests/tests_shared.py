"""Small things that several tests use."""

import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from click.testing import Result

Run = Callable[..., Result]
EXAMPLES = Path(__file__).parents[1] / "examples"


def replace(path: Path, old: str, new: str) -> None:
    """Replace a text that must be there, once."""
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {path}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def started_county(folder: Path) -> Path:
    """The example 禾山市 in a folder, built by its one command, its portal on a port that is free."""
    for name in ("heshan", "tianmen/register"):
        shutil.copytree(EXAMPLES / name, folder / name, ignore=shutil.ignore_patterns("build", "archive", "*.db", ".cache"))
    settings = folder / "heshan/jurisdictions/heshan.yaml"
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    settings.write_text(settings.read_text(encoding="utf-8").replace("127.0.0.1:8765", f"127.0.0.1:{port}"), encoding="utf-8")
    started = subprocess.run(
        [sys.executable, str(folder / "heshan/start.py")], capture_output=True, text=True, check=False, timeout=300
    )
    assert started.returncode == 0, started.stderr
    return folder / "heshan"
