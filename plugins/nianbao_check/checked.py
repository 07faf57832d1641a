"""One report checked, and how it is told: for people, as JSON, as SARIF."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from nianbao.errors import NianbaoError
from nianbao.lean import dataclass

if TYPE_CHECKING:
    from nianbao.build import Assessed
    from nianbao.checks import Findings
    from nianbao.workspace import Edition
    from nianbao_check.sarif import Log

How = Literal["text", "json", "sarif"]


@dataclass(frozen=True)
class Checked:
    """One report checked, or the ``error`` for which it could not be. ``name`` is what was asked for, ``file`` that of a finished one.

    Where its data could not be read at all, it is not ``examined``, and the mistakes are its ``findings``.
    """

    name: str
    edition: Edition | None = None
    examined: Assessed | None = None
    findings: Findings | None = None
    error: NianbaoError | None = None
    file: str = ""

    @property
    def exit_code(self) -> int:
        """0, 1 where an error stands, 2 where the data or what was asked for is wrong."""
        if self.error or self.examined is None or self.examined.report.mistakes:
            return self.error.exit_code if self.error else 2
        return int(self.examined.stop)


@dataclass(frozen=True)
class Printed:
    """What is printed of one report: as one process can hand it to another."""

    exit_code: int
    error: NianbaoError | None = None
    text: str = ""
    data: dict[str, Any] | None = None
    log: Log | None = None


def printed(checked: Checked, how: How, workspace: Path, *, gaps: bool) -> Printed:
    """A report as it is asked for. ``gaps``: people are told which rules could not be assessed, too."""
    ended = (checked.exit_code, checked.error)
    if how == "sarif":
        from nianbao_check.sarif import Log

        log = Log(workspace)
        log.add(checked)
        return Printed(*ended, log=log)
    if how == "json":
        from nianbao_check.machines import as_dict

        return Printed(*ended, data=as_dict(checked))
    from nianbao_check.telling import told

    return Printed(*ended, "\n".join(told(checked, checked.findings, gaps=gaps)) if checked.findings else "")
