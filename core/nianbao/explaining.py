"""Why a rule is there: its explanation, which stands in the rule itself or in a file beside what declares it.

``requests.py`` has ``requests.explained.yaml`` beside it, a standard's ``2021.yaml`` the file ``2021.explained.yaml``: explanations by
code, read only where somebody asks.
"""

from __future__ import annotations

import contextlib
import functools
import sys
from collections.abc import Iterator
from pathlib import Path

from nianbao.checks import Explanation, Rule
from nianbao.errors import NianbaoError
from nianbao.plugins import folder, installed
from nianbao.typed import typed
from nianbao.yamlfile import load

SUFFIX = ".explained.yaml"


def explanation(rule: Rule) -> Explanation | None:
    """The explanation of a rule; None where its author gave none. Raises NianbaoError where its file is wrong."""
    if rule.explanation:
        return rule.explanation
    return next((known[rule.code] for file in _files(rule) if rule.code in (known := _explanations(file))), None)


def _files(rule: Rule) -> Iterator[Path]:
    module = getattr(sys.modules.get(rule.look.__module__), "__file__", None)
    if module:
        yield Path(module).with_suffix(SUFFIX)
    for name in sorted(installed("standards")):
        with contextlib.suppress(NianbaoError):
            yield folder("standards", name) / f"{name}{SUFFIX}"


@functools.cache
def _explanations(file: Path) -> dict[str, Explanation]:
    node = load(file, file.name) if file.is_file() else None
    found: dict[str, Explanation] = typed(node, dict[str, Explanation]) if node else {}
    return found
