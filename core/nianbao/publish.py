"""Publishing: all files of a build, or none. Written beside, then swapped in whole; a kill in between is finished later.

The note ``.swap`` lists what is to be renamed; where two paths can be exchanged, each with the inode of the new one, because
afterwards nothing else tells which is which. It is there before the first rename and goes after
the last: whoever finds it finishes the swap, so that no build is ever left half new and half old.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import sys
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from nianbao.errors import PublishError

LONGEST = 200  # bytes of a file's name; its suffix has room behind
_STAGED, _OLD, _NOTE = ".staged", ".old", ".swap"
_EXCHANGES = sys.platform == "linux"


def file_name(words: str) -> str:
    """Words as the name of a file, on any system; never longer than such a name can be."""
    name = re.sub(r'[\\/:*?"<>|\x00-\x1f]', "_", words).strip(". ")
    if len(name.encode()) > LONGEST:
        name = f"{name.encode()[: LONGEST - 9].decode(errors='ignore')}-{zlib.crc32(name.encode()):08x}"
    return name or "_"


def publish(home: Path, content: Mapping[str, Mapping[str, bytes] | bytes]) -> None:
    """Put folders (name -> files) and files (name -> bytes) into ``home``, all or none. Raises PublishError."""
    try:
        home.mkdir(parents=True, exist_ok=True)
        with _locked(home):
            try:
                _swap(home, content)
            except OSError:
                with contextlib.suppress(OSError):
                    _undo(home)
                raise
    except OSError as error:
        raise _told(error, home) from None


def _swap(home: Path, content: Mapping[str, Mapping[str, bytes] | bytes]) -> None:
    _finish(home)
    _stage(home / _STAGED, content)
    numbers = {name: (home / _STAGED / name).stat().st_ino if _EXCHANGES else 0 for name in content}
    _write(home / _STAGED / _NOTE, json.dumps(numbers).encode())
    os.replace(home / _STAGED / _NOTE, home / _NOTE)
    _finish(home)


def write_whole(path: Path, data: bytes) -> None:
    """Write one file, or leave what is there. Raises PublishError."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(data)
        beside.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        raise PublishError(f"写不了文件：{error.strerror}", f"cannot write: {error.strerror}", place=str(path),
                           mend=("关闭打开着的文件，核对权限和磁盘空间。", "Close the file where it is open; check permissions and disk space."))  from None  # fmt: skip


def recover(home: Path) -> None:
    """Finish what an earlier command was broken off in."""
    if any((home / rest).exists() for rest in (_NOTE, _STAGED, _OLD)):
        with contextlib.suppress(OSError), _locked(home):
            _finish(home)


def _finish(home: Path) -> None:
    """Do what the note says, from wherever it was broken off; without a note, drop what was only staged."""
    for name, number in _noted(home).items():
        staged, target, old = home / _STAGED / name, home / name, home / _OLD / name
        if _is_new(target, number) or not staged.exists():
            continue  # done before
        if number and target.exists() and _exchange(staged, target):
            continue  # the old one is now the staged one
        if target.exists():
            old.parent.mkdir(exist_ok=True)
            os.replace(target, old)
        os.replace(staged, target)
    _forget(home)


def _undo(home: Path) -> None:
    """Put back what was exchanged or set aside, drop what was staged."""
    for name, number in _noted(home).items():
        staged, target, old = home / _STAGED / name, home / name, home / _OLD / name
        if _is_new(target, number) and staged.exists():
            _exchange(staged, target)
        elif old.exists():
            if target.exists():
                os.replace(target, staged)
            os.replace(old, target)
    _forget(home)


def _is_new(target: Path, number: int) -> bool:
    return bool(number) and target.exists() and target.stat().st_ino == number


def _noted(home: Path) -> dict[str, int]:
    note = home / _NOTE
    with contextlib.suppress(ValueError):
        noted: dict[str, int] = json.loads(note.read_bytes()) if note.exists() else {}
        return noted
    return {}


def _forget(home: Path) -> None:
    (home / _NOTE).unlink(missing_ok=True)
    for rest in (_STAGED, _OLD):
        shutil.rmtree(home / rest, ignore_errors=True)


def _stage(staged: Path, content: Mapping[str, Mapping[str, bytes] | bytes]) -> None:
    for name, data in content.items():
        if isinstance(data, bytes):
            _write(staged / name, data)
            continue
        (staged / name).mkdir(parents=True)
        for file, bytes_ in data.items():
            _write(staged / name / file, bytes_)


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two paths at one blow where the system and its file system can (Linux: renameat2)."""
    if not _EXCHANGES:
        return False
    import ctypes

    here, exchange = -100, 2
    rename = getattr(ctypes.CDLL(None), "renameat2", None)
    return bool(rename and rename(here, os.fsencode(one), here, os.fsencode(other), exchange) == 0)


@contextlib.contextmanager
def _locked(home: Path) -> Iterator[None]:
    """One build of an edition at a time."""
    with (home / ".lock").open("a+b") as lock:
        try:
            if sys.platform == "win32":
                import msvcrt

                msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
            else:
                import fcntl

                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise PublishError(
                "另一个 nianbao 正在生成这份报告", "another nianbao is building this report", place=str(home),
                mend=("等它结束再试。", "Wait until it has finished."),
            ) from None  # fmt: skip
        yield


def _told(error: OSError, home: Path) -> PublishError:
    place = str(error.filename2 or error.filename or home)
    if isinstance(error, PermissionError) and sys.platform == "win32":
        return PublishError(
            "文件被占用，旧文件原样未动", "a file is in use, the old files are as they were", place=place,
            mend=("关闭 WPS 或 Word 里打开的报告，再运行一次。", "Close the report in WPS or Word and run again."),
        )  # fmt: skip
    return PublishError(
        f"写不了文件，旧文件原样未动：{error.strerror}", f"cannot write, the old files are as they were: {error.strerror}",
        place=place, mend=("核对输出文件夹、权限和磁盘空间。", "Check the output folder, permissions and disk space."),
    )  # fmt: skip
