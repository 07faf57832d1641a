"""Portals on this machine: the one of the example, and one that behaves as a test tells it."""

from __future__ import annotations

import importlib.util
import threading
from collections.abc import Callable, Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from nianbao import Fact, Run, SourceError, Workspace
from nianbao.plugins import sources

PORTAL = Path(__file__).parents[3] / "examples/heshan/portal/serve.py"


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


@pytest.fixture
def site() -> Iterator[Any]:
    yield from serving(Site())


@pytest.fixture(scope="session")
def serve() -> ModuleType:
    """The example's portal, as a module."""
    spec = importlib.util.spec_from_file_location("serve", PORTAL)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    import sys

    sys.modules["serve"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def portal(serve: ModuleType) -> Iterator[Any]:
    yield from serving(serve.Portal())


class County:
    """A workspace with one town whose portal is counted."""

    def __init__(self, folder: Path, town: str = "luhe") -> None:
        self.folder, self.town = folder, town
        self.run = Run(private_hosts=("127.0.0.1",))
        (folder / "jurisdictions").mkdir(parents=True, exist_ok=True)

    def writes(self, block: str, private: str = "127.0.0.1") -> County:
        """Write the settings of the source 门户."""
        self.run.private_hosts = (private,) if private else ()
        (self.folder / "nianbao.yaml").write_text("standard: 2021\n", encoding="utf-8")
        lines = "\n".join(f"    {line}" for line in block.strip("\n").splitlines())
        text = f"name: 芦河镇\nlevel: 镇\nsources:\n  门户:\n    use: web\n{lines}\n"
        (self.folder / "jurisdictions" / f"{self.town}.yaml").write_text(text, encoding="utf-8")
        return self

    def column(self, site: Site, column: str = "/a/", *, private: str = "127.0.0.1", **settings: str) -> County:
        """Write the settings of one column, 工作动态, of a site."""
        more = "".join(f"{key}: {value}\n" for key, value in {"delay": "0", "items": "li", **settings}.items())
        return self.writes(f"base: {site.url}/\n{more}answers: {{二: {{公开信息: {{工作动态: {column}}}}}}}", private)

    def answer(self, year: int = 2024) -> dict[str, Fact | SourceError]:
        """What the source answers, by the names of its questions."""
        workspace = Workspace(self.folder)
        edition = workspace.edition(workspace.jurisdiction(self.town), year)
        [source] = sources(edition.settings, edition.jurisdiction).values()
        return _leaves(source.answer(edition, self.run))

    def fact(self) -> Fact:
        """The one fact there is."""
        [said] = self.answer().values()
        assert isinstance(said, Fact), str(said)
        return said

    def error(self) -> str:
        """Why there is none."""
        [said] = self.answer().values()
        assert isinstance(said, SourceError), str(said)
        assert f"jurisdictions/{self.town}.yaml:" in said.place
        return str(said)


@pytest.fixture
def county(tmp_path: Path) -> County:
    return County(tmp_path / "county")


def _leaves(answer: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, said in answer.items():
        found |= _leaves(said) if isinstance(said, Mapping) else {name: said}
    return found


def rows(*items: tuple[str, str, str]) -> str:
    """A list page of (title, link, date)."""
    lines = "".join(f'<li><a href="{link}">{title}</a><span>{day}</span></li>' for title, link, day in items)
    return f"<ul>{lines}</ul>"
