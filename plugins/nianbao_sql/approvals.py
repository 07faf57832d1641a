"""Queries that were checked before, so that a build need not load a parser of SQL for them again."""

from __future__ import annotations

import contextlib
import hashlib
import json
from pathlib import Path

from nianbao import __version__
from nianbao.errors import PublishError
from nianbao.publish import write_whole
from nianbao_sql.statements import check


class Approvals:
    """The bound names of every query that ``check`` has let pass, kept in a file by a digest of the query.

    The file spares time and grants nothing: the session only reads, whatever it says.
    """

    def __init__(self, folder: Path, backend: str) -> None:
        self.file, self.backend = folder / f"checked-{__version__}.json", backend
        self.known: dict[str, list[str]] = {}
        with contextlib.suppress(OSError, ValueError):
            kept = json.loads(self.file.read_bytes())
            self.known = kept if isinstance(kept, dict) else {}

    def names(self, sql: str, place: str) -> list[str]:
        """The bound names that a query uses. Raises SettingError as ``check`` does."""
        digest = hashlib.sha256(f"{self.backend}\n{sql}".encode()).hexdigest()
        if digest not in self.known:
            self.known[digest] = check(sql, self.backend, place)
            self._keep()
        return self.known[digest]

    def _keep(self) -> None:
        with contextlib.suppress(PublishError):
            write_whole(self.file, json.dumps(self.known).encode())
