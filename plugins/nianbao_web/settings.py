"""A source's settings made ready for one edition: words filled, defaults taken, every mistake told before anything is fetched."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import TYPE_CHECKING

from yaml import MappingNode, Node, ScalarNode, SequenceNode

from nianbao import Question, SettingError, Text, filled
from nianbao.errors import Mistakes, Remedy
from nianbao_web import OnPage, addresses
from nianbao_web.expressions import check
from nianbao_web.paging import CREATE_PAGE, NUMBER, is_numbered

if TYPE_CHECKING:
    from nianbao import Edition
    from nianbao_web import Column, Web

_DELETE_ONE = ("删去一个。", "Delete one of them.")


def settled(web: Web, edition: Edition) -> list[Question[Column]]:
    """The columns with all that is needed to ask for them. Raises SettingError, or Mistakes with all there are."""
    settling = _Settling(web, edition)
    if settling.mistakes:
        raise settling.mistakes[0]
    columns = [dataclasses.replace(question, asked=settling.column(question)) for question in web.answers]
    mistakes = list({str(mistake): mistake for mistake in settling.mistakes}.values())
    if mistakes:
        raise mistakes[0] if len(mistakes) == 1 else Mistakes(mistakes)
    return columns


class _Settling:
    def __init__(self, web: Web, edition: Edition) -> None:
        self.web, self.edition = web, edition
        self.mistakes: list[SettingError] = []
        base = self._filled(web.base)
        self.base = base if base.endswith("/") else f"{base}/"
        self._visitable(self.base, web.base)

    def column(self, question: Question[Column]) -> Column:
        column, web = question.asked, self.web
        url = Text(addresses.joined(self.base, self._filled(column.url)), _place(column.url))
        self._visitable(url, column.url)
        column = dataclasses.replace(
            column, url=url, items=column.items or web.items, date=column.date or web.date,
            post={key: self._filled(value) for key, value in column.post.items()},
            json=column.json and self._filled_node(column.json),
        )  # fmt: skip
        column = dataclasses.replace(column, pages=self._pages(column, question))
        if not column.items:
            self._mistake(question.place, ("没有写 items", "there is no `items:`"),
                          ("写怎样找到每一条，如 ul.list > li。", "Write what finds each item, like ul.list > li."))  # fmt: skip
        if column.post and column.json:
            self._mistake(question.place, ("post 和 json 只能写一个", "either `post` or `json`, not both"), _DELETE_ONE)
        self.mistakes += filter(None, (check(said, name) for name, said in _expressions(column)))
        return column

    def _pages(self, column: Column, question: Question[Column]) -> str:
        """How further pages are called; nothing where the request itself has ``<n>``."""
        own = self._filled(column.pages or "")
        if is_numbered(column):
            if own:
                self._mistake(
                    question.place,
                    ("url、post 或 json 里已有 <n>，又写了 pages", "`pages`, and <n> in `url`, `post` or `json`"),
                    _DELETE_ONE,
                )
            return ""
        pages = own if column.pages is not None else self._filled(self.web.pages)
        if pages and pages != CREATE_PAGE and NUMBER not in pages:
            self._mistake(_place(column.pages or self.web.pages), (f"pages“{pages}”里没有 <n>", f"there is no <n> in pages “{pages}”"),
                          (f"如 index_<n>.html、\"?page=<n>\"，或 {CREATE_PAGE}。", f"Like index_<n>.html, \"?page=<n>\", or {CREATE_PAGE}."))  # fmt: skip
        return pages

    def _filled(self, written: str) -> str:
        template = written if isinstance(written, Text) else Text(written)
        try:
            return filled(template, self.edition, {**self.web.with_, "n": None})
        except SettingError as mistake:
            self.mistakes.append(mistake)
            return written

    def _filled_node(self, node: Node) -> Node:
        if isinstance(node, MappingNode):
            return MappingNode(node.tag, [(key, self._filled_node(value)) for key, value in node.value])
        if isinstance(node, SequenceNode):
            return SequenceNode(node.tag, [self._filled_node(value) for value in node.value])
        mark = node.start_mark
        text = Text(node.value, f"{mark.name}:{mark.line + 1}:{mark.column + 1}")
        return ScalarNode(node.tag, self._filled(text), style=node.style)  # type: ignore[attr-defined]

    def _visitable(self, url: str, written: str) -> None:
        if problem := addresses.problem(url):
            shown = "" if "@" in url else f"“{url}”"
            self._mistake(_place(written), (f"{shown}{problem[0]}", f"{shown} {problem[1]}".strip()),
                          ("写 http:// 或 https:// 开头的网址，不带用户名和密码。", "Write a URL that starts with http:// or https://, without user and password."))  # fmt: skip

    def _mistake(self, place: str, said: Remedy, mend: Remedy) -> None:
        self.mistakes.append(SettingError(*said, place=place, mend=mend))


def _expressions(column: Column) -> Iterator[tuple[str, str]]:
    """What selects, by the name of its setting."""
    named = {"items": column.items, "link": column.link, "title": column.title, "total": column.total}
    if isinstance(column.date, OnPage):
        named["date.page"] = column.date.page
    elif column.date != "url":
        named["date"] = column.date
    return ((name, said) for name, said in named.items() if said)


def _place(written: str) -> str:
    return getattr(written, "place", "")
