"""The style sheet that a theme adds (``assets/extra.css``): looked through where its file is known.

It goes into every page as it is. So it may load nothing, and hold nothing that a browser or a page could take for anything but a
rule: an allow-list of a few lines, since escapes, by which a sheet could hide what it says, are refused first.
"""

from __future__ import annotations

import re

from nianbao.errors import Remedy, SettingError

_REFUSED: tuple[tuple[str, str, str, Remedy], ...] = (
    (r"\\", "反斜杠", "a backslash", ("直接写那个字符。", "Write the character itself.")),
    (r"<[/!?a-z]", "{}", "{}", ("去掉它。", "Take it out.")),
    (r"[\x00-\x08\x0b\x0e-\x1f\x7f]", "控制字符", "a control character", ("去掉它。", "Take it out.")),
    (r"@(import|charset|namespace)", "{}", "{}", ("把样式都写在这个文件里。", "Write all rules in this file.")),
    (r"(url|src|image|image-set|cross-fade|element|paint|expression)\s*\((?!\s*[\"']?(#|data:(image|font)/))", "{}…)", "{}…)",
     ("网页不从别处加载；图片和字体写成 data:。", "A page loads nothing from elsewhere; write pictures and fonts as data:.")),
    (r"(behavior|-moz-binding)\s*:", "{}", "{}", ("去掉它。", "Take it out.")),
)  # fmt: skip


def look_through(sheet: bytes, place: str) -> None:
    """Raise SettingError at the line of a style sheet that would load from elsewhere, or end its own element."""
    try:
        text = sheet.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = sheet.count(b"\n", 0, error.start) + 1
        raise SettingError("文件不是 UTF-8 文本", "the file is no UTF-8 text", place=f"{place}:{line}",
                           mend=("另存为 UTF-8。", "Save it as UTF-8.")) from None  # fmt: skip
    for pattern, zh, en, mend in _REFUSED:
        if found := re.search(pattern, text, re.IGNORECASE):
            line, said = text.count("\n", 0, found.start()) + 1, found[0]
            raise SettingError(f"版式的样式里不能写 {zh.format(said)}", f"a theme's style sheet cannot hold {en.format(said)}",
                               place=f"{place}:{line}", mend=mend)  # fmt: skip
