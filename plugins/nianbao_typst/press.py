"""typst: one compiler for all documents, its fonts kept; what it says in its own words is said in ours."""

from __future__ import annotations

import json
import re
import threading
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from nianbao import PluginError
from nianbao_typst.fonts import Shelf
from nianbao_typst.text import Written

STANDARDS = ["a-2a", "ua-1"]
_HERE = Path(str(files("nianbao_typst")))
_LETTERS = re.compile(r'the text (?:contains the disallowed codepoint )?`"((?:[^"\\]|\\.)*)"`(?: could not be displayed)?')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}|\\(.)")


class Press:
    """A warm compiler with the fonts of this machine and of some folders. Several threads may use it in turn."""

    def __init__(self, folders: tuple[str, ...]) -> None:
        import typst

        fonts = typst.Fonts(include_embedded_fonts=False, font_paths=list(folders))
        self.shelf = Shelf(fonts)
        self._compiler = typst.Compiler(root=str(_HERE), font_paths=fonts)
        self._source = (_HERE / "report.typ").read_bytes()
        self._lock = threading.Lock()

    def pdf(self, told: dict[str, Any], second: int, written: Written) -> bytes:
        """The PDF of a document; ``second`` is its date as Unix time. Raises PluginError."""
        import typst

        inputs = {"document": json.dumps(told, ensure_ascii=False)}
        try:
            with self._lock:
                made = self._compiler.compile(
                    self._source, format="pdf", sys_inputs=inputs, pdf_standards=STANDARDS, timestamp=second, pretty=True
                )
        except typst.TypstError as error:
            raise _in_our_words(error, told, written) from None
        assert isinstance(made, bytes)
        return made


@cache
def press(folders: tuple[str, ...] = ()) -> Press:
    """The press of this process."""
    return Press(folders)


def _in_our_words(error: Any, told: dict[str, Any], written: Written) -> PluginError:
    letters = [_unescaped(found) for found in _LETTERS.findall(error.diagnostic)]
    for letter in letters:
        role, sentence = written.sentence(letter)
        at = max(sentence.find(letter), 0)
        excerpt = f"{'…' * (at > 12)}{sentence[max(at - 12, 0) : at + 20]}"
        code = " ".join(f"U+{ord(character):04X}" for character in letter)
        role = told["look"]["roles"].get(role.replace("_", "-"), {})
        fonts = role.get("fonts", [])
        return PluginError(
            f"字体里没有“{letter}”（{code}）：“{excerpt}”", f"no font has “{letter}” ({code}): “{excerpt}”",
            mend=(f"换一个字，或在版式的 style 里加上有这个字的字体；已用的是 {'、'.join(fonts)}。",
                  f"Write another character, or add a font that has it to the theme's `style`; in use: {', '.join(fonts)}."),
        )  # fmt: skip
    hints = "; ".join(error.hints)
    return PluginError(f"typst 不能生成 PDF：{error.message}。{hints}", f"typst cannot make the PDF: {error.message}. {hints}")


def _unescaped(text: str) -> str:
    """A text as Rust's debug format has it."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)) if found[1] else {"n": "\n", "t": "\t"}.get(found[2], found[2]), text)
