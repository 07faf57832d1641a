"""Where pandoc lies, for every plugin that writes or reads by it."""

from __future__ import annotations

import shutil
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from nianbao.errors import PluginError

REINSTALL = ("重新安装：pip install pypandoc_binary", "install it again: pip install pypandoc_binary")


@cache
def pandoc() -> str:
    """The path of pandoc. Looked up beside pypandoc: importing that takes 60 ms and asks pandoc its version twice.

    Raises PluginError where there is none.
    """
    package = find_spec("pypandoc")
    for folder in (package and package.submodule_search_locations) or []:
        for name in ("pandoc", "pandoc.exe"):
            if (beside := Path(folder, "files", name)).is_file():
                return str(beside)
    if elsewhere := shutil.which("pandoc"):
        return elsewhere
    raise PluginError("找不到 pandoc", "pandoc is not to be found", mend=REINSTALL)
