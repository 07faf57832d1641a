"""A real server, started as a user starts it, and an HTTP client that may lie."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Any
from urllib.parse import quote

ADDRESS = re.compile(r"http://127\.0\.0\.1:(\d+)/(\S*)")
PATIENCE = 10.0


@dataclass
class Served:
    """A running ``nianbao serve``: ``get`` asks it under the address of the edition, or from the root with ``/``."""

    process: subprocess.Popen[str]
    port: int
    base: str

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/{self.base}"

    def open(self, path: str, method: str = "GET", **headers: str) -> HTTPResponse:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        whole = path if path.startswith("/") else f"/{self.base}{path}"
        connection.request(method, quote(whole, safe="/?=&%~."), headers={k.replace("_", "-"): v for k, v in headers.items()})
        return connection.getresponse()

    def get(self, path: str) -> bytes:
        answer = self.open(path)
        assert answer.status == 200, (path, answer.status, answer.read())
        return answer.read()

    def state(self) -> dict[str, Any]:
        state: dict[str, Any] = json.loads(self.get("state"))
        return state

    def until(self, is_so: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """The first state of which something is so."""
        end = time.monotonic() + PATIENCE
        while not is_so(state := self.state()):
            assert time.monotonic() < end, {**state, "page": len(state["page"])}
            time.sleep(0.05)
        return state

    def end(self) -> int:
        """Press Ctrl-C."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(PATIENCE)


Serve = Callable[..., Served]


@dataclass
class Started:
    running: list[subprocess.Popen[str]] = field(default_factory=list)

    def start(self, workspace: Path, *arguments: str) -> Served:
        command = [sys.executable, "-m", "nianbao", "-w", str(workspace), "serve", "--port", "0", *arguments]
        environment = {**os.environ, "NIANBAO_LANG": "en"}
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment)
        self.running.append(process)
        assert process.stdout is not None
        said = ""
        for line in process.stdout:
            said += line
            if found := ADDRESS.search(line):
                return Served(process, int(found[1]), found[2])
        raise AssertionError(said)

    def end(self) -> None:
        for process in self.running:
            if process.poll() is None:
                process.kill()
            process.wait()
            if process.stdout:
                process.stdout.close()
