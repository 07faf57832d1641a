"""typst: one compiler for all documents, its fonts kept; what it says in its own words is said in ours."""

from __future__ import annotations

import json
import os
import re
import threading
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nianbao import PluginError
from nianbao_typst.fonts import Shelf

if TYPE_CHECKING:
    from nianbao_typst.text import Written

_HERE = Path(__file__).parent
_LETTERS = re.compile(r'the text (?:contains the disallowed codepoint )?`"((?:[^"\\]|\\.)*)"`')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}|\\(.)")


class Press:
    """A warm compiler with the fonts of this machine and of some folders. Several threads may use it in turn."""

    def __init__(self, folders: tuple[str, ...]) -> None:
        import typst

        fonts = typst.Fonts(include_embedded_fonts=False, font_paths=list(folders))
        self.shelf, self.folders, self.process = Shelf(fonts.families()), folders, os.getpid()
        self._compiler = typst.Compiler(root=str(_HERE), font_paths=fonts)
        self._source = (_HERE / "report.typ").read_bytes()
        self._lock = threading.Lock()
        if hasattr(os, "register_at_fork"):  # another thread may hold it at that moment
            os.register_at_fork(after_in_child=lambda: setattr(self, "_lock", threading.Lock()))

    def pdf(self, told: dict[str, Any], second: int, written: Written) -> bytes:
        """The PDF of a document; ``second`` is its date as Unix time. Raises PluginError."""
        document = json.dumps(told, ensure_ascii=False)
        if self.process != os.getpid():
            from nianbao_typst.elsewhere import compiled

            made, failure = compiled(self.folders, document, second)
        else:
            made, failure = self.compiled(document, second)
        if failure:
            raise _in_our_words(failure, told, written)
        return made

    def compiled(self, document: str, second: int) -> tuple[bytes, dict[str, Any]]:
        """(the PDF, {}) or (b"", what typst said against it)."""
        import typst

        try:
            with self._lock:
                made = self._compiler.compile(
                    self._source, format="pdf", sys_inputs={"document": document}, pdf_standards=["a-2a", "ua-1"], timestamp=second, pretty=True
                )  # fmt: skip
        except typst.TypstError as error:
            return b"", {"message": error.message, "diagnostic": error.diagnostic, "hints": error.hints}
        assert isinstance(made, bytes)
        return made, {}


@cache
def press(folders: tuple[str, ...] = ()) -> Press:
    """The press of this process."""
    return Press(folders)


def _in_our_words(failure: dict[str, Any], told: dict[str, Any], written: Written) -> PluginError:
    if letters := [_unescaped(found) for found in _LETTERS.findall(failure["diagnostic"])]:
        return _no_glyph(letters[0], told["look"]["roles"], written)
    said = " ".join([failure["message"], *failure["hints"]])
    return PluginError(f"typst 不能生成 PDF：{said}", f"typst cannot make the PDF: {said}")


def _no_glyph(letter: str, roles: dict[str, Any], written: Written) -> PluginError:
    """The message for a letter that no font has, with the sentence in which it stands."""
    code = " ".join(f"U+{ord(character):04X}" for character in letter)
    role, sentence = written.sentence(letter)
    if not role:
        return PluginError(f"图里的“{letter}”（{code}）没有字体能显示", f"no font has “{letter}” ({code}), which stands in a picture",
                           mend=("换一个字，或安装有这个字的字体。", "Write another character, or install a font that has it."))  # fmt: skip
    at = sentence.find(letter)
    excerpt = f"{'…' * (at > 12)}{sentence[max(at - 12, 0) : at + 20]}"
    fonts = roles[role.replace("_", "-")]["fonts"]
    return PluginError(
        f"字体里没有“{letter}”（{code}）：“{excerpt}”", f"no font has “{letter}” ({code}): “{excerpt}”",
        mend=(f"换一个字，或在版式的 style 里加上有这个字的字体；{role} 已用的是 {'、'.join(fonts)}。",
              f"Write another character, or add a font that has it to the theme's `style`; `{role}` uses {', '.join(fonts)}."),
    )  # fmt: skip


def _unescaped(text: str) -> str:
    """A text as Rust's debug format has it."""
    return _ESCAPED.sub(
        lambda found: chr(int(found[1], 16)) if found[1] else {"n": "\n", "t": "\t"}.get(found[2], found[2]), text
    )
