"""Format `pdf`, by typst: tagged, PDF/A-2a and PDF/UA-1 in one file, laid out after GB/T 9704-2012 as far as the style says so.

formats: [html, pdf]
formats: {html: {}, pdf: {fonts: fonts}}      # a folder with fonts, in the workspace or anywhere
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from nianbao import PluginError, SettingError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nianbao import Document

__all__ = ["Pdf"]


@dataclass(frozen=True)
class Pdf:
    """A PDF for paper, archive and screen readers. ``fonts`` is a folder with fonts besides those of the system."""

    fonts: str = ""
    suffixes: ClassVar[tuple[str, ...]] = (".pdf",)

    def render(self, document: Document) -> Mapping[str, bytes]:
        """The document as ``{".pdf": bytes}``; the same document and fonts give the same bytes.

        Raises SettingError for a folder that is not there, PluginError where no font of a role is there, where a letter has no
        glyph, and where a table is too large for paper.
        """
        with _extra():
            from nianbao_typst.making import made
            from nianbao_typst.press import press
        return {".pdf": made(document, press(self._folders(document)))}

    def read(self, files: Mapping[str, bytes]) -> Iterator[str]:
        """Each heading, paragraph and cell of a PDF that `render` made, by its tags."""
        with _extra():
            from nianbao_typst.reading import blocks
        return blocks(files[".pdf"])

    def _folders(self, document: Document) -> tuple[str, ...]:
        if not self.fonts:
            return ()
        folder = document.report.edition.workspace / self.fonts
        if not folder.is_dir():
            raise SettingError(f"没有放字体的文件夹 {self.fonts}", f"there is no folder of fonts {self.fonts}", place=getattr(self.fonts, "place", ""),
                               mend=("写工作区里的文件夹，或完整路径。", "Name a folder of the workspace, or a full path."))  # fmt: skip
        return (str(folder),)


@contextlib.contextmanager
def _extra() -> Iterator[None]:
    """Say which extra is missing."""
    try:
        yield
    except ModuleNotFoundError as error:
        raise PluginError(f"格式 pdf 要用的 Python 包 {error.name} 没有安装", f"the format pdf needs the Python package {error.name}",
                          mend=('运行 pip install "nianbao[pdf]"。', 'Run pip install "nianbao[pdf]".'))  from None  # fmt: skip
