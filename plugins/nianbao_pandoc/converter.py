"""One pandoc for all documents: a `pandoc lua` process that both formats share.

It starts when the first format is entered and ends when the last is left. The document is read once, though two formats are
written from it, and a batch pays for one start. Documents travel in files of a private folder, which the process itself
removes when its stdin closes: so also when Python is killed.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
import threading
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nianbao.errors import PluginError
from nianbao.lean import dataclass
from nianbao.pandoc import REINSTALL, pandoc

if TYPE_CHECKING:
    from collections.abc import Mapping

SECONDS = 60
LIFE = 40  # documents: pandoc keeps a quarter of a MiB of each, so a worker is replaced before it grows


class Worker:
    """A running `pandoc lua convert.lua` and the folder it works in."""

    def __init__(self) -> None:
        self.html: str | None = None
        self.served = 0
        self.too_long = False
        self.references: dict[bytes, str] = {}
        command = [pandoc(), "lua", "-E", "convert.lua", "+RTS", "-A80m", "-RTS"]
        self.folder = Path(tempfile.mkdtemp(prefix="nianbao-"))
        for script in Path(__file__).parent.glob("*.lua"):  # Lua on Windows cannot open a path with Chinese in it
            shutil.copyfile(script, self.folder / script.name)
        try:
            with open(self.folder / "stderr.txt", "wb") as stderr:
                self.process = subprocess.Popen(
                    command,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=stderr,
                    cwd=self.folder,
                    encoding="utf-8",
                    errors="replace",
                )
        except OSError as error:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise PluginError(f"pandoc 不能启动：{error}", f"pandoc does not start: {error}", mend=REINSTALL) from error

    def convert(self, html: str, to: str, options: Mapping[str, Any]) -> bytes:
        """What pandoc makes of `html`; reads it only if it is not the document of the last call."""
        request = {"to": to, "out": "out", **options}
        if "reference" in options:
            request["reference"] = self._stored(options["reference"])
        if html != self.html:
            self.html = None
            self.served += 1
            (self.folder / "document.html").write_bytes(html.encode())
            request["read"] = "document.html"
        answer = self._ask(json.dumps(request))
        if "error" in answer:
            raise PluginError(f"pandoc 无法转换：{answer['error']}", f"pandoc cannot convert: {answer['error']}")
        self.html = html
        return (self.folder / "out").read_bytes()

    def _stored(self, reference: bytes) -> str:
        if reference not in self.references:
            name = f"reference-{len(self.references)}.docx"
            (self.folder / name).write_bytes(reference)
            self.references[reference] = name
        return self.references[reference]

    def _ask(self, line: str) -> dict[str, Any]:
        assert self.process.stdin
        assert self.process.stdout
        watchdog = threading.Timer(SECONDS, self._give_up)
        watchdog.start()
        try:
            self.process.stdin.write(line + "\n")
            self.process.stdin.flush()
            answer = self.process.stdout.readline()
        except OSError:
            answer = ""
        finally:
            watchdog.cancel()
        if not answer:
            raise self._died()
        return dict(json.loads(answer))

    def _give_up(self) -> None:
        self.too_long = True
        self.process.kill()

    def _died(self) -> PluginError:
        self.process.kill()
        code = self.process.wait()
        if self.too_long:
            return PluginError(
                f"pandoc 用了 {SECONDS} 秒还没有写完", f"pandoc was not done after {SECONDS} s",
                mend=("页面太长或嵌套太深：核对版式的模板和数据。", "The page is too long or too deep: look at the theme's templates and the data."),
            )  # fmt: skip
        said = (self.folder / "stderr.txt").read_text("utf-8", "replace").strip()[-500:]
        return PluginError(
            f"pandoc 中止（{code}）：{said}",
            f"pandoc ended ({code}): {said}",
            mend=(f"再试一次；仍不行则{REINSTALL[0]}", f"try again; if that fails, {REINSTALL[1]}"),
        )

    @property
    def alive(self) -> bool:
        return self.process.poll() is None

    def stop(self) -> None:
        """Let the process end. A thread sees to it, because that takes 15 ms, which others can use."""
        threading.Thread(target=self._end).start()

    def _end(self) -> None:
        try:
            self.process.communicate(timeout=5)
        except (OSError, ValueError, subprocess.TimeoutExpired):
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


@dataclass
class Converter:
    """The shared worker and how many hold it. A forked child starts a worker of its own."""

    worker: Worker | None = None
    holders: int = 0
    process: int = field(default_factory=os.getpid)
    lock: threading.RLock = field(default_factory=threading.RLock)

    def acquire(self) -> None:
        with self.lock:
            self.holders += 1
            self._running()

    def release(self) -> None:
        with self.lock:
            self.holders -= 1
            if self.holders == 0 and self.worker:
                self.worker.stop()
                self.worker = None

    def convert(self, html: str, to: str, **options: Any) -> bytes:
        """`html` as `to` ("docx", "markdown"). A worker that died is replaced for the next document."""
        with self.lock:
            return self._running(html).convert(html, to, options)

    def _running(self, html: str | None = None) -> Worker:
        if self.process != os.getpid():
            self.process, self.worker = os.getpid(), None
        if self.worker and (not self.worker.alive or self.worker.served >= LIFE and html != self.worker.html):
            self.worker.stop()
            self.worker = None
        if self.worker is None:
            self.worker = Worker()
        return self.worker


shared = Converter()
