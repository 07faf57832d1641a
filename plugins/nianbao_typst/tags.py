"""The headers of rows, which typst has no word for outside of an experiment: their tags are mended in the finished file.

report.typ gives such a cell a white ground, and typst writes that into its tag. Each change is as long as what it replaces, so
that nothing in the file moves. Where the header cells have a scope, the list of headers of each cell would hide the rows': it goes.
"""

from __future__ import annotations

import re

from nianbao import PluginError

_CELL = re.compile(rb"/S /T[DH]\n(?:(?!endobj).)*?endobj", re.DOTALL)
_HEADERS = re.compile(rb"/Headers \[[^\]]*\]")
_LABEL = b"/BackgroundColor [1 1 1]"


def with_row_headers(pdf: bytes, labels: int) -> bytes:
    """The same file, its cells with a white ground as headers of their rows. Raises PluginError where there are not ``labels``."""
    if not labels:
        return pdf
    seen = 0

    def mended(found: re.Match[bytes]) -> bytes:
        nonlocal seen
        cell = found[0]
        scope = b""
        if _LABEL in cell:
            seen += 1
            cell, scope = cell.replace(b"/S /TD", b"/S /TH", 1), b"/Scope /Row"
        return _HEADERS.sub(lambda headers: scope.ljust(len(headers[0])), cell, count=1)

    made = _CELL.sub(mended, pdf)
    if seen < labels or len(made) != len(pdf):
        raise PluginError(f"这个版本的 typst 写出的表格标签无法识别（{seen}/{labels}）", f"this typst writes tags of tables that are not known ({seen}/{labels})",
                          mend=('重新安装：pip install "nianbao[pdf]"。', 'Install it again: pip install "nianbao[pdf]".'))  # fmt: skip
    return made
