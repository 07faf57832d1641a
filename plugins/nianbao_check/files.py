"""Finished reports, read from their files and checked: on all cores where there are many, told in the order asked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from nianbao.batch import cores
from nianbao.errors import FileError, NianbaoError, PluginError, blame, notify, show_notices
from nianbao.finished import assess
from nianbao.reading import read
from nianbao.taking import is_of
from nianbao_check.checked import Checked, How, Printed, printed

if TYPE_CHECKING:
    from concurrent.futures import Future

    from nianbao.reading import Reading

MANY = 8  # files from which on it pays to start workers


def check_all(files: list[Path], how: How, workspace: Path, previous: Path | None, *, gaps: bool) -> Iterator[Printed]:
    """What is printed of each file, in order."""
    workers = min(cores(), len(files), 61)  # Windows waits for no more
    if len(files) < MANY or workers < 2:
        for file in files:
            yield _printed(file, how, workspace, previous, gaps=gaps)
        return
    from concurrent.futures import ProcessPoolExecutor

    pool = ProcessPoolExecutor(workers, initializer=_begun)
    try:
        pending = [pool.submit(_printed, file, how, workspace, None, gaps=gaps) for file in files]
        for file, future in zip(files, pending, strict=True):
            yield _result(future, file) or _alone(file, how, workspace)
    finally:  # interrupted, nobody waits for those that no worker has begun, as leaving a `with` would
        pool.shutdown(cancel_futures=True)


def _begun() -> None:
    """A worker leaves Ctrl-C to the process that it works for."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    show_notices()


def _result(future: Future[Printed], file: Path) -> Printed | None:
    """What a worker made of a file; None where it, or another before it, broke the workers."""
    from concurrent.futures.process import BrokenProcessPool

    try:
        return future.result()
    except BrokenProcessPool:
        return None
    except Exception as error:
        return _broken(file, error)


def _alone(file: Path, how: How, workspace: Path) -> Printed:
    """A file that may have broken a worker, in a worker of its own."""
    from concurrent.futures import ProcessPoolExecutor

    with ProcessPoolExecutor(1, initializer=_begun) as pool:
        future = pool.submit(_printed, file, how, workspace, None, gaps=False)
        return _result(future, file) or _broken(file, RuntimeError("worker"))


def _broken(file: Path, error: Exception) -> Printed:
    crash = f"{type(error).__name__}: {error}"
    return Printed(2, PluginError(f"工作进程中断：{crash}", f"a worker broke off: {crash}", place=file.as_posix()))


def _printed(file: Path, how: How, workspace: Path, previous: Path | None, *, gaps: bool) -> Printed:
    return printed(_checked(file, previous), how, workspace, gaps=gaps)


def _checked(file: Path, previous: Path | None) -> Checked:
    shown = file.as_posix()
    try:
        with blame("nianbao", place=shown):
            reading = read(file, shown)
            before = _year_before(reading, previous) if previous else None
            assessed = assess(reading, before)
    except NianbaoError as error:
        return Checked(shown, error=error, file=shown)
    return Checked(shown, assessed.report.edition, assessed, assessed.findings, file=shown)


def _year_before(reading: Reading, previous: Path) -> Reading:
    """Last year's report of the same body. Raises FileError where it is of another year."""
    shown = previous.as_posix()
    before = read(previous, shown)
    if before.year != reading.year - 1:
        raise FileError(
            f"是 {before.year} 年度的报告，不是 {reading.year} 的上一年", f"it is the report of {before.year}, not of the year before {reading.year}",
            place=shown, mend=(f"--previous 写 {reading.year - 1} 年度的报告。", f"Give the report of {reading.year - 1} as --previous."),
        )  # fmt: skip
    if not is_of(before, reading.name):
        notify(
            f"是“{before.name}”的报告，不是“{reading.name}”的",
            f"it is the report of “{before.name}”, not of “{reading.name}”",
            place=shown,
        )
    return before
