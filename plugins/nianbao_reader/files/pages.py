"""A page made fit for a parser: what is not read goes first, and what would keep the parser busy for ever is refused."""

from __future__ import annotations

import re

from nianbao import FileError

TAGS = 400_000  # a parser takes some 200 bytes for each
ATTRIBUTES = 500_000_000
_ATTRIBUTE = re.compile(r"[\s/\"'][^\s/>\"'=]")
_LONG = re.compile("<[^<]{2000,}")
_PICTURE = re.compile(r"data:[a-z]+/[\w.+-]+;base64,[\w+/=%]*")
_CHINESE = re.compile(r"[\u4e00-\u9fff]|\\u[4-9][0-9a-fA-F]{3}|&#(?:x[4-9][0-9a-fA-F]{3}|[2-4]\d{4});")
_FEW = 600  # Chinese letters that menus have; any report has more
_TIMES = 3
_UNREAD = (("<!--", "-->"), ("<script", "</script>"), ("<style", "</style>"))


def without_pictures(text: str) -> str:
    """The text without the pictures that are written into it in base64."""
    return _PICTURE.sub("", text) if ";base64," in text else text


def fit(page: str, file: str) -> str:
    """The page without scripts, styles and comments. Raises FileError where it would make a parser slow or large."""
    for start, end in _UNREAD:
        page = _without(page, start, end)
    if page.count("<") > TAGS or _attributes(page) > ATTRIBUTES:
        raise FileError("网页的标记太多", "the page has too many tags or attributes", place=file,
                        mend=("年度报告的网页不会这样，核对文件。", "No report's page is like that: look at the file."))  # fmt: skip
    return page


def seen(text: str, page: str, file: str) -> None:
    """Raises FileError where nearly all Chinese letters of a page stand where nobody sees them: ``text`` is what is to be seen."""
    shown = len(_CHINESE.findall(text)) if len(text) < 2 * _FEW else _FEW + 1
    if shown <= _FEW and len(_CHINESE.findall(page)) > _FEW + _TIMES * shown:
        raise FileError("正文由脚本载入，或放在注释、输入框里，文件里看不到", "the text is loaded by a script, or stands in a comment or an input field", place=file,
                        mend=("用浏览器打开，等正文出来后另存网页，或复制到 Word 存为 .docx。", "Open it in a browser, and save what is to be seen, or copy it to Word and save it as .docx."))  # fmt: skip


def _without(page: str, start: str, end: str) -> str:
    """The page without all that stands between the two; lines are kept, so that those behind keep their numbers."""
    kept, last = [], 0
    while (at := page.find(start, last)) >= 0 and (until := page.find(end, at + len(start))) >= 0:
        kept += [page[last:at], "\n" * page.count("\n", at, until)]
        last = until + len(end)
    return "".join([*kept, page[last:]]) if kept else page


def _attributes(page: str) -> int:
    """What the attributes of long tags cost: the parser compares each with all before it."""
    long = _LONG.findall(page)
    tags = (piece[: piece.rfind(">")] if ">" in piece else piece for piece in long)
    return sum(len(_ATTRIBUTE.findall(tag)) ** 2 for tag in tags)
