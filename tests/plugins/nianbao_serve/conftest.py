"""What the tests of the preview share: a server that ends with the test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from .serving import Serve, Started


@pytest.fixture
def serve(workspace: Path) -> Iterator[Serve]:
    """``nianbao serve …`` of the example workspace, or of another."""
    started = Started()
    yield lambda *arguments, of=workspace: started.start(of, *arguments)
    started.end()
