"""A server on this machine that behaves as a test tells it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Reply:
    """What a path answers, with a status and headers."""

    def __init__(self, body: str | bytes = b"", status: int = 200, **headers: str) -> None:
        self.body = body.encode() if isinstance(body, str) else body
        self.status, self.headers = status, {name.replace("_", "-"): value for name, value in headers.items()}


class Site(ThreadingHTTPServer):
    """A server whose ``pages`` are texts, replies, or functions of the visit. ``seen`` are the paths, ``visits`` the headers."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Visit)
        self.pages: dict[str, str | bytes | Reply | Callable[[BaseHTTPRequestHandler], Any]] = {"/robots.txt": ""}
        self.seen: list[str] = []
        self.visits: list[Mapping[str, str]] = []
        self.sent: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that breaks off is no failure here."""


class _Visit(BaseHTTPRequestHandler):
    server: Site
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        self.server.seen.append(self.path)
        self.server.visits.append(dict(self.headers))
        page = self.server.pages.get(self.path, Reply("not there", 404))
        reply = page(self) if callable(page) else page
        if reply is None:
            return
        reply = reply if isinstance(reply, Reply) else Reply(reply)
        self.send_response(reply.status)
        for name, value in {"Content-Length": str(len(reply.body)), **reply.headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(reply.body)

    def do_POST(self) -> None:
        self.server.sent.append(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self.do_GET()

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


def serving(server: ThreadingHTTPServer) -> Iterator[ThreadingHTTPServer]:
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
