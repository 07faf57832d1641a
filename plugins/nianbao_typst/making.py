"""A document to a PDF, step by step."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from nianbao_typst.fonts import missing
from nianbao_typst.looks import look_of, text_size
from nianbao_typst.tables import fit
from nianbao_typst.tags import with_row_headers
from nianbao_typst.text import Written
from nianbao_typst.titles import lined
from nianbao_typst.tree import Block, blocks_of

if TYPE_CHECKING:
    from nianbao import Document
    from nianbao_typst.press import Press

ROLES = {
    "title": "标题 title", "heading1": "一级标题 heading1", "heading2": "二级标题 heading2", "heading3": "三级标题 heading3", "body": "正文 body",
    "table": "表格 table", "note": "注 note", "page_number": "页码 page_number",
}  # fmt: skip


def made(document: Document, press: Press) -> bytes:
    """The PDF. Raises PluginError."""
    written = Written()
    blocks = blocks_of(document.html, document.assets, written)
    style = document.style
    width, height = text_size(style)
    for table in (block for block in blocks if block["kind"] == "table"):
        fit(table, width, height, style.table.points)
    for title in (block for block in blocks if block["kind"] == "title"):
        title["content"] = lined(title["content"], width, style.title.points)
    look = look_of(style, press.shelf.found)
    used = {*written.by_role, "body", "page_number", *(["title"] if document.draft else [])}
    if lacking := [
        (shown, getattr(style, role).font) for role, shown in ROLES.items() if role in used and not _fonts(look, role)
    ]:
        raise missing(lacking)
    day = datetime.fromisoformat(document.meta["date"]).replace(tzinfo=UTC)
    meta = {key: " ".join(value.split()) for key, value in document.meta.items()}
    told = {
        "title": " ".join(document.title.split()),
        "author": [author] if (author := meta.get("author", "")) else [],
        "keywords": [word.strip() for word in re.split("[,，;；、]", meta.get("keywords", "")) if word.strip()],
        "subject": meta.get("subject", ""),
        "date": [day.year, day.month, day.day],
        "draft": document.draft,
        "look": look,
        "blocks": blocks,
    }
    return with_row_headers(press.pdf(told, int(day.timestamp()), written), _labels(blocks))


def _fonts(look: dict[str, Any], role: str) -> list[str]:
    fonts: list[str] = look["roles"][role.replace("_", "-")]["fonts"]
    return fonts


def _labels(blocks: list[Block]) -> int:
    """How many cells are headers of their rows."""
    tables = (block for block in blocks if block["kind"] == "table")
    return sum(bool(cell.get("label")) for table in tables for group in table["groups"] for row in group["rows"] for cell in row)
