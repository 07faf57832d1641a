"""The server: uvicorn on a socket that listens on this machine only, until Ctrl-C."""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import socket
import sys
import webbrowser
from pathlib import Path

import click
import uvicorn

from nianbao.errors import say
from nianbao_serve.app import app_of
from nianbao_serve.house import House


def run(workspace: Path, listening: socket.socket, page: str, year: int | None, *, opens: bool) -> None:
    """Serve the previews of a workspace, from the page at ``page`` on, until somebody ends it."""
    host, port = listening.getsockname()
    address = f"http://{host}:{port}/{page}"
    gc.set_threshold(2000)  # a command leaves its cycles to the end of the process: this one has many builds before that
    house = House(workspace)
    settings = uvicorn.Config(
        app_of(house, port, year), log_level="critical", access_log=False, lifespan="on", ws="none", server_header=False,
        timeout_graceful_shutdown=0, proxy_headers=False,
    )  # fmt: skip
    click.echo(say(f"预览在 {address} ，按 Ctrl-C 结束", f"the preview is at {address} ; Ctrl-C ends it"))
    sys.stdout.flush()
    if opens:
        webbrowser.open(address)
    with contextlib.suppress(KeyboardInterrupt):
        _Server(settings).run(sockets=[listening])
    if house.is_busy:  # a portal that is being asked would be waited for, minutes perhaps; nothing here is half written
        sys.stdout.flush()
        os._exit(0)


class _Server(uvicorn.Server):
    """uvicorn, but that Ctrl-C is the way to end it: nothing is raised afterwards."""

    def handle_exit(self, sig: int, frame: object) -> None:
        self.should_exit = True
        if sig != signal.SIGINT:
            self._captured_signals.append(sig)
