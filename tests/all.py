"""The second command of the README: install what the tests need, then run them all. Standard library only.

Debian packages are installed by apt where this runs as root; elsewhere a message names them and what needs them.
"""

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
# Debian package -> the program or font file that shows it is there.
PACKAGES = {
    "chromium": "chromium",
    "default-jre-headless": "java",
    "libreoffice-calc": "/usr/lib/libreoffice/program/libsclo.so",
    "libreoffice-writer": "soffice",
    "poppler-utils": "pdftoppm",
    "postgresql": "/usr/lib/postgresql",
    "mariadb-server": "mariadb-install-db",
    "fonts-arphic-ukai": "/usr/share/fonts/truetype/arphic/ukai.ttc",
    "fonts-noto-cjk": "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
}
CHECKS = [
    ["ruff", "check", "."],
    ["ruff", "format", "--check", "."],
    ["mypy"],
    ["lint-imports"],
    ["coverage", "erase"],
    ["pytest", "--all", "-n", "2", "--cov", "--cov-branch", "--cov-report=", "--durations=10"],
    ["coverage", "report", "--fail-under=95", "--skip-covered", "--include=core/*"],
]


def main() -> int:
    """Run everything; the exit code is that of the first check that failed, else 0."""
    install_packages()
    install_python()
    environment = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}"}
    results = [run(command, environment) for command in CHECKS]
    return next((result for result in results if result), 0)


def run(command: list[str], environment: dict[str, str]) -> int:
    """Run one check and say which."""
    print("::", *command, flush=True)
    return subprocess.run([str(BIN / command[0]), *command[1:]], cwd=ROOT, env=environment, check=False).returncode


def install_packages() -> None:
    """Install the Debian packages that are missing, or say which they are."""
    missing = [package for package, shown in PACKAGES.items() if not (shutil.which(shown) or Path(shown).exists())]
    if not missing:
        return
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-q"], env=quiet, check=False)
        subprocess.run(["apt-get", "install", "-y", "-q", "--no-install-recommends", *missing], env=quiet, check=True)
        return
    print(f":: some tests will be skipped; they need: apt install {' '.join(missing)}", flush=True)


def install_python() -> None:
    """A virtual environment of our own, with nianbao to edit and what the tests import."""
    if not (BIN / "python").exists() and not (BIN / "python.exe").exists():
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(VENV)], check=True)
    if importlib.util.find_spec("pip") is None:
        sys.exit("pip is missing: install pip for this Python first")
    pip = [sys.executable, "-m", "pip", "--python", str(VENV), "--disable-pip-version-check", "install", "-q"]
    subprocess.run([*pip, "-c", str(ROOT / "constraints.txt"), "hatchling", "editables"], check=True)
    subprocess.run([*pip, "-c", str(ROOT / "constraints.txt"), "--no-build-isolation", "-e", f"{ROOT}[test]"], check=True)


if __name__ == "__main__":
    sys.exit(main())
