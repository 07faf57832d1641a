"""A folder of wheels, and what it lacks for a system that is not this one."""

from __future__ import annotations

import zipfile
from email import message_from_bytes
from email.message import Message
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

WINDOWS = {
    "sys_platform": "win32", "platform_system": "Windows", "os_name": "nt", "platform_machine": "AMD64",
    "python_version": "3.11", "python_full_version": "3.11.9", "implementation_name": "cpython", "platform_python_implementation": "CPython",
}  # fmt: skip


def lacking(wheelhouse: Path, wanted: str, system: dict[str, str]) -> list[str]:
    """What wheels ask for on a system, from the wanted one on, and a folder does not have."""
    has = {canonicalize_name(path.name.split("-")[0]): path for path in wheelhouse.glob("*.whl")}
    todo, seen, lack = [Requirement(wanted)], set(), []
    while todo:
        asked = todo.pop()
        name = canonicalize_name(asked.name)
        if name not in has:
            lack.append(str(asked))
        for extra in ("", *asked.extras) if name in has else ():
            if (name, extra) not in seen:
                seen.add((name, extra))
                more = map(Requirement, _metadata(has[name]).get_all("Requires-Dist") or ())
                todo += [each for each in more if not each.marker or each.marker.evaluate({**system, "extra": extra})]
    return lack


def _metadata(wheel: Path) -> Message:
    with zipfile.ZipFile(wheel) as packed:
        name = next(name for name in packed.namelist() if name.endswith(".dist-info/METADATA"))
        return message_from_bytes(packed.read(name))
