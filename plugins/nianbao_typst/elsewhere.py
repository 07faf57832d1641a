"""typst in a process of its own, for a process that was forked from one in which typst had run.

Its threads do not come along in a fork, and it would wait for them for ever. Slower, since fonts are read anew each time; a
batch of `nianbao build --all` does not come here, because its workers are forked before typst is loaded.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from nianbao import PluginError

SECONDS = 300


def compiled(folders: tuple[str, ...], document: str, second: int) -> tuple[bytes, dict[str, Any]]:
    """As Press.compiled. Raises PluginError where the process cannot be started or breaks off."""
    told = json.dumps({"folders": folders, "document": document, "second": second}).encode()
    try:
        done = subprocess.run([sys.executable, "-m", __name__], input=told, capture_output=True, check=True, timeout=SECONDS)
    except (OSError, subprocess.SubprocessError) as error:
        raise PluginError(f"typst 的进程中断：{error}", f"the process of typst broke off: {error}") from None
    head, _, made = done.stdout.partition(b"\n")
    return made, json.loads(head)


def main() -> None:
    """Compile what stdin tells; stdout has a line of JSON, what is wrong, then the PDF."""
    from nianbao_typst.press import press

    told = json.loads(sys.stdin.buffer.read())
    made, failure = press(tuple(told["folders"])).compiled(told["document"], told["second"])
    sys.stdout.buffer.write(json.dumps(failure).encode() + b"\n" + made)


if __name__ == "__main__":
    main()
