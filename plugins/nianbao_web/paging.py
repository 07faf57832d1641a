"""What is asked for, page by page."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from yaml import MappingNode, Node, SequenceNode

from nianbao import SourceError
from nianbao.yamlfile import as_number
from nianbao_web import addresses
from nianbao_web.exchange import Request

if TYPE_CHECKING:
    from nianbao_web import Column
    from nianbao_web.client import Page

NUMBER = "<n>"
CREATE_PAGE = "createPageHTML"
# createPageHTML(12, 0, "index", "html"): 12 pages, this is number 0. Some portals put the id of an element before.
_SCRIPT = re.compile(
    r"createPageHTML\(\s*(?:([\"'])[^\"']*\1\s*,\s*)?(\d{1,6})\s*,\s*(\d{1,6})\s*,\s*([\"'])([^\"']*)\4\s*,\s*([\"'])(\w*)\6"
)
_SAID = re.compile(r"(?<![(（])共\s*(?:<[^<>]{0,80}>\s*)*(\d{1,6})\s*(?:<[^<>]{0,80}>\s*)*页(?![)）])")  # no title's （共3页）

_NEXT = re.compile(
    r"<a\b[^<>]*?\bhref\s*=\s*[\"']?([^\"'\s<>]+)[^<>]*>\s*(?:<[^<>]{0,80}>\s*){0,3}(?:下一?页|尾页|末页)", re.IGNORECASE
)
_NOT_THERE = re.compile(r"404|不存在|未找到|找不到|无法找到|没有找到|已删除|暂无|没有相关|not found", re.IGNORECASE)
_INDEX = re.compile(r"(?:index|default|list)\.(?:s?html?|jsp|aspx?|php)$", re.IGNORECASE)


def first(column: Column) -> Request:
    """The request for a column's first page."""
    return _numbered(column, column.first)


def further(column: Column, page: Page) -> Iterator[Request]:
    """The requests for the pages after the first, without end where nobody says how many there are.

    Where ``pages`` gives names, page 1 may be the first again, or not be there.
    """
    if is_numbered(column):
        return (_numbered(column, n) for n in itertools.count(column.first + 1))
    if column.pages == CREATE_PAGE:
        return (_like(column, addresses.joined(page.url, name)) for name in _names(page))
    if column.pages:
        pattern = column.pages
        return (_like(column, addresses.joined(page.url, pattern.replace(NUMBER, str(n)))) for n in itertools.count(1))
    return iter(())


def is_numbered(column: Column) -> bool:
    """Whether the column's own request has the number of the page in it."""
    return any(NUMBER in text for text in (column.url, *column.post.values(), *_texts(column.json)))


def stated(page: Page) -> int:
    """How many pages a page says that there are; 0 where it does not say."""
    text = page.text or ""
    if script := _SCRIPT.search(text):
        return int(script[2])
    said = _SAID.search(text)
    return int(said[1]) if said else 0


def next_of(page: Page) -> str:
    """Where the link 下一页 (尾页, 末页) of a page leads to, or '' where it has none or it leads to the page itself."""
    targets = [found[1] for found in _NEXT.finditer(page.text or "")]
    links = [addresses.canonical(addresses.joined(page.url, target)) for target in targets if not target.startswith("#")]
    this = _INDEX.sub("", addresses.canonical(page.url))
    return next((link for link in links if link and _INDEX.sub("", link) != this), "")


def is_end(page: Page, first: Page, *, is_linked: bool) -> bool:
    """Whether a page without items is what a portal shows behind the end of a list: nothing, the same page empty, or “not there”.

    One that the page before links to (``is_linked``) says so in words, or bears the list's title.
    """
    text = (page.text or "").strip()
    title = _title(text)
    return _NOT_THERE.search(text) is not None or (title == _title(first.text or "") and bool(title or not is_linked))


def _title(text: str) -> str:
    found = re.search(r"<title[^>]*>(.*?)</title", text, re.IGNORECASE | re.DOTALL)
    return re.sub(r"[\d\s第页_-]", "", found[1]) if found else ""


def is_another(request: Request, page: Page) -> bool:
    """Whether a request was answered by another page: moved to where its name or a part of its query is gone."""
    asked, got = urlsplit(request.url), urlsplit(page.url)
    is_renamed = asked.path.rpartition("/")[2] != got.path.rpartition("/")[2]
    return is_renamed or not set(parse_qsl(asked.query)) <= set(parse_qsl(got.query))


def has_names(column: Column) -> bool:
    """Whether further pages have names of their own: only then may one be missing at the end."""
    pattern = column.pages or column.url
    return pattern == CREATE_PAGE or NUMBER in pattern.partition("?")[0]


def _names(page: Page) -> list[str]:
    script = _SCRIPT.search(page.text or "")
    if not script:
        raise SourceError(f"{page.url} 里没有 {CREATE_PAGE}(…)", f"there is no {CREATE_PAGE}(…) on {page.url}",
                          mend=("改 pages；只有一页的，写 pages: \"\"。", "Change `pages`; for a list of one page write pages: \"\"."))  # fmt: skip
    pages, this, name, suffix = int(script[2]), int(script[3]), script[5], script[7]
    return [f"{name}_{n}.{suffix}" for n in range(this + 1, this + pages)]


def _numbered(column: Column, n: int) -> Request:
    return _like(column, column.url.replace(NUMBER, str(n)), n)


def _like(column: Column, url: str, n: int = 0) -> Request:
    if column.json is not None:
        return Request(url, json=json.dumps(_value(column.json, n), ensure_ascii=False).encode())
    form = {key: value.replace(NUMBER, str(n)) for key, value in column.post.items()}
    return Request(url, form=urlencode(form).encode() if form else None)


def _texts(node: Node | None) -> Iterator[str]:
    if isinstance(node, MappingNode):
        for _, value in node.value:
            yield from _texts(value)
    elif isinstance(node, SequenceNode):
        for value in node.value:
            yield from _texts(value)
    elif node is not None:
        yield node.value


def _value(node: Node, n: int) -> Any:
    """What a JSON body says: only what is in quotes is text where it could be a number or a word of JSON."""
    if isinstance(node, MappingNode):
        return {key.value: _value(value, n) for key, value in node.value}
    if isinstance(node, SequenceNode):
        return [_value(value, n) for value in node.value]
    text = node.value.replace(NUMBER, str(n))
    if node.style:  # type: ignore[attr-defined]
        return text
    found = as_number(text)
    if found is None:
        return {"true": True, "false": False, "null": None}.get(text, text)
    return found if isinstance(found, int) else float(found)
