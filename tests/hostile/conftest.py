"""A workspace to spoil, and nianbao run on it as its users run it: as a process of its own."""

import ctypes
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).parents[2] / "examples" / "tianmen"
LEFT_OVER = (".staged", ".old", ".swap")


@dataclass
class Workspace:
    """A copy of the example with luhe already built."""

    folder: Path

    def __truediv__(self, name):
        return self.folder / name

    def write(self, file, content):
        path = self.folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())

    def append(self, file, text):
        with (self.folder / file).open("ab") as opened:
            opened.write(text if isinstance(text, bytes) else text.encode())

    def replace(self, file, old, new):
        content = (self.folder / file).read_text(encoding="utf-8")
        assert old in content, f"the example has changed: {file} does not say {old!r}"
        self.write(file, content.replace(old, new, 1))

    def line(self, file, text):
        """The number of the first line that holds a text."""
        lines = (self.folder / file).read_bytes().decode(errors="replace").splitlines()
        return next(number for number, line in enumerate(lines, 1) if text in line)

    def outputs(self):
        """What stands under build/, by path; the lock alone does not count."""
        found = sorted((self.folder / "build").rglob("*"))
        return {str(p.relative_to(self.folder)): p.is_file() and p.read_bytes() for p in found if p.name != ".lock"}

    def left_over(self):
        return [path for path in self.folder.rglob(".*") if path.name in LEFT_OVER]


@dataclass
class Ran:
    """How a run ended."""

    code: int
    out: str
    err: str
    logs: list = field(default_factory=list)

    @property
    def page(self):
        """The HTML page that a build named on stdout."""
        return next(Path(line) for line in self.out.splitlines() if line.endswith(".html")).read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def surroundings(tmp_path_factory):
    """An environment with an empty home and nothing of the tester's."""
    kept = ("PATH", "SYSTEMROOT", "TEMP", "COVERAGE_PROCESS_START", "COVERAGE_PROCESS_CONFIG", "PYTHONPATH")
    known = {name: os.environ[name] for name in kept if name in os.environ}
    home = str(tmp_path_factory.mktemp("home"))
    return {**known, "NIANBAO_LANG": "en", "LANG": "C.UTF-8", "HOME": home, "USERPROFILE": home}


@pytest.fixture(scope="session")
def built(tmp_path_factory, surroundings):
    folder = tmp_path_factory.mktemp("example") / "tianmen"
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("build"))
    command = [sys.executable, "-m", "nianbao", "-w", str(folder), "build", "luhe", "-F", "html"]
    done = subprocess.run(command, env=surroundings, cwd=folder, capture_output=True, text=True, encoding="utf-8", timeout=60)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def workspace(tmp_path, built):
    folder = tmp_path / "tianmen"
    shutil.copytree(built, folder)
    return Workspace(folder)


@pytest.fixture
def run(workspace, tmp_path, surroundings):
    """``run("build", "luhe")``: nianbao on the workspace. ``before`` runs in the child, ``script`` stands for the module."""

    def run(*args, before=None, script=None, timeout=20):
        logs = tmp_path / "logs"
        logs.mkdir(exist_ok=True)
        program = ["-c", script] if script else ["-m", "nianbao"]
        command = [sys.executable, *program, "-w", str(workspace.folder), *map(str, args)]
        environment = {**surroundings, "TMPDIR": str(logs)}
        try:
            done = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, timeout=timeout, preexec_fn=before)
        except subprocess.TimeoutExpired:
            pytest.fail(f"nianbao {' '.join(map(str, args))} did not end within {timeout} seconds")
        decoded = (stream.decode("utf-8", "replace") for stream in (done.stdout, done.stderr))
        return Ran(done.returncode, *decoded, [log.read_text(encoding="utf-8") for log in logs.glob("*.log")])

    return run


@pytest.fixture
def refused(workspace, run):
    """Run a command that must be refused: one clear message, a remedy, earlier outputs byte for byte as they were."""

    def refused(*args, code=2, place="", says="", mend=True, **how):
        before = workspace.outputs()
        ran = run(*args, **how)
        assert ran.code == code, f"exit code {ran.code} instead of {code}\n{ran.err}"
        assert "Traceback" not in ran.err + ran.out
        assert not re.search(r"plugin .* failed", ran.err), f"the user's mistake is blamed on a plugin:\n{ran.err}"
        assert not ran.logs, f"a mistake of the user's left a traceback in a log:\n{ran.logs}"
        assert re.search(says, ran.err, re.IGNORECASE), f"the message does not say {says!r}:\n{ran.err}"
        assert place in ran.err, f"the message does not name {place}:\n{ran.err}"
        assert len(ran.err) < 6000, f"no clear message has {len(ran.err)} letters"
        assert not mend or re.search(r"^ {4}\S", ran.err, re.MULTILINE), f"the message does not say how to mend it:\n{ran.err}"
        assert workspace.outputs() == before, "earlier outputs are not as they were"
        assert not workspace.left_over()
        return ran

    return refused


@pytest.fixture
def unprivileged():
    """What makes a child an ordinary user: where the tests run as root, root's power over permissions is dropped first."""
    if sys.platform == "win32":
        pytest.skip("Windows has other permissions")
    if os.geteuid() != 0:
        return None
    try:
        libc = ctypes.CDLL(None)
        drop = libc.prctl
    except (OSError, AttributeError):
        drop = None

    def become():
        # PR_CAPBSET_DROP of CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH: the file's owner, bound by its mode like anyone
        if drop is None or drop(24, 1, 0, 0, 0) or drop(24, 2, 0, 0, 0):
            os.setgroups([])
            os.setgid(65534)
            os.setuid(65534)

    return become


@pytest.fixture
def short_of_memory():
    """What keeps a child that would fill the machine's memory from doing so."""
    resource = pytest.importorskip("resource", reason="Windows has no limits of this kind")
    return lambda: resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))


@pytest.fixture
def full_disk(tmp_path):
    """(folder, before): a folder on a disk of 16 kB; where none may be mounted, a limit on files in its place."""
    resource = pytest.importorskip("resource", reason="Windows has no limits of this kind")
    folder = tmp_path / "small"
    folder.mkdir()
    mount = shutil.which("mount") if sys.platform == "linux" and os.geteuid() == 0 else None
    command = [mount, "-t", "tmpfs", "-o", "size=16k", "tmpfs", str(folder)]
    if mount and subprocess.run(command, capture_output=True).returncode == 0:
        yield folder, None
        subprocess.run(["umount", str(folder)], check=True)
    else:
        yield folder, lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
