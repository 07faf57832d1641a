"""What a portal shows around an article: where the reader is, the block of metadata, and the files beside it."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote

from .settings import href
from .words import filled, published

if TYPE_CHECKING:
    from nianbao import Document

    from .page import Html

# The labels of the block as portals order them; others follow in the order of the settings.
ORDER = ("索引号", "分类", "发布机构", "公开日期", "文号", "关键词", "时效")
KINDS = {
    "docx": ("Word 文档", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "pdf": ("PDF 文档", "application/pdf"),
    "ofd": ("OFD 文档", "application/ofd"),
    "md": ("Markdown 文本", "text/markdown"),
    "csv": ("开放数据 CSV", "text/csv"),
    "json": ("开放数据 JSON", "application/json"),
    "xlsx": ("开放数据 Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
_SHOWN_BY_BROWSERS = ("pdf", "html")


def header(settings: Html, document: Document) -> str:
    """What stands above the article: a link past it, the breadcrumb, the metadata; nothing where nothing is set."""
    inner = breadcrumb(settings, document) + information(settings, document)
    return f'<a class="skip" href="#report">跳到正文</a>\n<header>\n{inner}</header>\n' if inner else ""


def breadcrumb(settings: Html, document: Document) -> str:
    """首页 > 政务公开 > …, each with its link where it has one."""
    items = []
    for name, link in settings.breadcrumb.items():
        shown = escape(filled(name, document))
        items.append(f'<li><a href="{escape(href(link))}">{shown}</a></li>' if link else f"<li>{shown}</li>")
    return f'<nav class="breadcrumb" aria-label="当前位置"><ol>{"".join(items)}</ol></nav>\n' if items else ""


def information(settings: Html, document: Document) -> str:
    """The block 索引号, 分类, 发布机构 …; the publisher and the day are known. A label with an empty text is left out."""
    if not settings.information:
        return ""
    known = {"发布机构": document.report.edition.jurisdiction.name, "公开日期": published(settings, document)[:10]}
    said: dict[str, str] = {**dict.fromkeys(ORDER, ""), **known, **settings.information}
    rows = ((label, filled(text, document)) for label, text in said.items())
    cells = "".join(f"<div><dt>{escape(label)}</dt><dd>{escape(text)}</dd></div>\n" for label, text in rows if text)
    return f'<dl class="information">\n{cells}</dl>\n' if cells else ""


def downloads(settings: Html, document: Document) -> str:
    """Links to the other files of this build (条例第二十四条: to view and to download); nothing where there are none."""
    items = [_download(file, document.name) for file in document.beside if not file.endswith(f"{document.name}.html")]
    if not items or not settings.downloads:
        return ""
    return (
        '<footer>\n<nav class="downloads" aria-labelledby="downloads">\n<p id="downloads">本报告的其他格式</p>\n'
        f"<ul>{''.join(items)}</ul>\n</nav>\n</footer>\n"
    )


def _download(file: str, stem: str) -> str:
    suffix = file.removeprefix(stem).removeprefix(".")
    kind = suffix.rpartition(".")[2].lower()
    label, mime = KINDS.get(kind, (kind.upper(), ""))
    more = suffix[: -len(kind) - 1]
    typed = f' type="{mime}"' if mime else ""
    saved = "" if kind in _SHOWN_BY_BROWSERS else " download"
    return f'<li><a href="{quote(file)}"{typed}{saved}>{escape(label)}{escape(f"（{more}）") if more else ""}</a></li>'
