"""The folders that pages work in, each as the page's reader has it before the first command."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import re
import shutil
import socket
import subprocess
import sys
import sysconfig
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

import pytest

from .pages import ROOT, Scene
from .shell import Shell
from .wheels import WINDOWS, lacking

UNWANTED = shutil.ignore_patterns(
    "build", "archive", "fetched", ".cache", "*.db", ".venv", ".git", ".*_cache", "__pycache__", ".coverage*", "dist"
)
SLOW = ("repository", "checkout", "package", "offline")
ADDRESS = "postgresql://report_ro@10.10.3.8:5432/ysqgk"
REGISTER = [
    "create table org (org_code varchar(20), name varchar(80))",
    "create table application (org_code varchar(20), sqr_lb varchar(4), received date)",
    "insert into org values ('420881104', '芦河镇人民政府')",
    "insert into application select '420881104', '1', date '2024-02-01' + n from generate_series(1, 11) n",
    "insert into application values ('420881104', '2', '2024-12-31'), ('420881104', '1', '2025-01-01')",
]


class Place(NamedTuple):
    """Where a page works, and what its files have there in place of what the page shows."""

    folder: Path
    replaced: Mapping[str, str] = {}


@contextlib.contextmanager
def opened(scene: Scene, folder: Path) -> Iterator[Shell]:
    """A shell in a new folder of the scene's kind."""
    kept, home = folder / "kept", folder / "home"
    kept.mkdir()
    home.mkdir()
    language = "zh" if re.search(r"zh(-CN)?\.md", scene.place) else "en"
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("NIANBAO_", "PYTHON"))}
    environment |= {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}", "HOME": str(home)}
    environment |= {"NIANBAO_LANG": language, "LC_ALL": "C.UTF-8", "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_QUIET": "1"}
    environment |= {"PIP_CACHE_DIR": os.environ.get("PIP_CACHE_DIR", str(Path.home() / ".cache/pip"))}
    with KINDS[scene.kind](folder, environment) as place:
        yield Shell(place.folder, kept, environment, place.replaced)


@contextlib.contextmanager
def _empty(folder: Path, _: dict[str, str]) -> Iterator[Place]:
    yield Place(_made(folder / "work"))


@contextlib.contextmanager
def _tianmen(folder: Path, _: dict[str, str]) -> Iterator[Place]:
    """examples/tianmen, its register made."""
    shutil.copytree(ROOT / "examples/tianmen", folder / "tianmen", ignore=UNWANTED)
    _python(folder, "tianmen/register/make.py")
    yield Place(folder / "tianmen")


@contextlib.contextmanager
def _heshan(folder: Path, environment: dict[str, str]) -> Iterator[Place]:
    """examples/heshan: its register made, its portal open (and no second waited between requests to it), last
    year's report of 芦河镇 built and archived.
    """
    for name in ("heshan", "tianmen/register"):
        shutil.copytree(ROOT / "examples" / name, folder / name, ignore=UNWANTED)
    start, serve = _module(ROOT / "examples/heshan/start.py"), _module(folder / "heshan/portal/serve.py")
    _made(folder / "heshan/register")
    start.make(folder / "heshan/register/register.db", start.BODIES, 600)
    settings = folder / "heshan/jurisdictions/heshan.yaml"
    with serve.Portal(0) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        text = settings.read_text(encoding="utf-8").replace("127.0.0.1:8765", f"127.0.0.1:{server.server_port}")
        settings.write_text(text, encoding="utf-8")
        for words in (["build", "luhe", "--year", "2023", "-F", "html"], ["archive", "luhe", "--year", "2023"]):
            subprocess.run(
                [sys.executable, "-m", "nianbao", "-w", folder / "heshan", *words],
                env=environment,
                check=True,
                capture_output=True,
            )
        portal = {
            "http://www.heshan.example": f"http://127.0.0.1:{server.server_port}",
            "    use: web\n": "    use: web\n    delay: 0\n",
        }
        yield Place(folder / "heshan", portal)
        server.shutdown()


@contextlib.contextmanager
def _database(folder: Path, environment: dict[str, str]) -> Iterator[Place]:
    """examples/heshan, and a PostgreSQL with a register: files of the page get its address where they name the county's."""
    if not list(Path("/usr/lib/postgresql").glob("*/bin")):
        pytest.skip("postgresql is not installed")
    shutil.copytree(ROOT / "examples/heshan", folder / "heshan", ignore=UNWANTED)
    servers = _module(ROOT / "tests/plugins/nianbao_sql/servers.py")
    server = servers.Postgres()
    try:
        server.start()
        server.set_up(REGISTER)
        environment["REGISTER_PASSWORD"] = servers.PASSWORD
        yield Place(folder / "heshan", {ADDRESS: server.url("reader")})
    finally:
        server.remove()


@contextlib.contextmanager
def _repository(folder: Path, environment: dict[str, str]) -> Iterator[Place]:
    """A copy of the repository, as it is after a clone, and Python as it is before; examples ask for a port that is free."""
    elsewhere = (path for path in environment["PATH"].split(os.pathsep) if not Path(path).is_relative_to(sys.prefix))
    environment |= {"PATH": os.pathsep.join([f"{sys.base_prefix}/bin", *elsewhere])}
    shutil.copytree(ROOT, folder / "nianbao", ignore=UNWANTED)
    settings = folder / "nianbao/examples/heshan/jurisdictions/heshan.yaml"
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    settings.write_text(settings.read_text(encoding="utf-8").replace(":8765", f":{port}"), encoding="utf-8")
    yield Place(folder / "nianbao")


@contextlib.contextmanager
def _offline(folder: Path, environment: dict[str, str]) -> Iterator[Place]:
    """As ``repository``; in the end the wheels for Windows must lack nothing that they ask for there."""
    with _repository(folder, environment) as place:
        yield place
        assert not lacking(place.folder / "wheelhouse-windows", "nianbao[all]", WINDOWS)


@contextlib.contextmanager
def _checkout(folder: Path, _: dict[str, str]) -> Iterator[Place]:
    """A copy of the repository, with nianbao and all that its tests need installed."""
    shutil.copytree(ROOT, folder / "nianbao", ignore=UNWANTED)
    yield Place(folder / "nianbao")


@contextlib.contextmanager
def _package(folder: Path, environment: dict[str, str]) -> Iterator[Place]:
    """examples/tianmen, and an environment of its own into which the page's package can be installed."""
    shutil.copytree(ROOT / "examples/tianmen", folder / "tianmen", ignore=UNWANTED)
    subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)
    own = Path(_ask(folder / "venv/bin/python", "import sysconfig; print(sysconfig.get_path('purelib'))"))
    (own / "beside.pth").write_text(f"import site; site.addsitedir({sysconfig.get_path('purelib')!r})\n")
    program = folder / "venv/bin/nianbao"
    program.write_text(f"#!{folder}/venv/bin/python\nimport sys\nfrom nianbao.cli import main\nsys.exit(main())\n")
    program.chmod(0o755)
    # hatchling lies beside nianbao: what it builds needs no network
    environment |= {"PATH": f"{folder}/venv/bin{os.pathsep}{environment['PATH']}", "PIP_NO_BUILD_ISOLATION": "0"}
    yield Place(folder / "tianmen")


KINDS: dict[str, Callable[[Path, dict[str, str]], contextlib.AbstractContextManager[Place]]] = {
    "empty": _empty, "tianmen": _tianmen, "heshan": _heshan, "database": _database, "repository": _repository,
    "checkout": _checkout, "offline": _offline, "package": _package,
}  # fmt: skip


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _python(folder: Path, script: str) -> None:
    subprocess.run([sys.executable, folder / script], check=True, capture_output=True)


def _ask(python: Path, code: str) -> str:
    return subprocess.run([python, "-c", code], check=True, capture_output=True, text=True).stdout.strip()


def _module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"docs_{path.stem}", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module
