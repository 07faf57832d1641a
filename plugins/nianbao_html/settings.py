"""What the settings of the format html may say of the portal: who it is, under which column, in which words."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from nianbao.errors import SettingError
from nianbao.lean import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping

_HOST = re.compile(r"[\w-]+(\.[\w-]+)+(:\d{1,5})?")
_NAME = re.compile(r"[A-Za-z][\w.:-]{0,63}")
_OURS = ("viewport", "charset")


@dataclass(frozen=True)
class Site:
    """The portal: SiteName, SiteDomain and SiteIDCode (网站标识码, ten digits)."""

    name: str = ""
    domain: str = ""
    code: str = ""

    def __post_init__(self) -> None:
        """Raise SettingError where the domain is no host name or the code no ten digits."""
        if self.domain and not _HOST.fullmatch(self.domain):
            raise _refused(self.domain, "域名", "host name", ("写 www.example.gov.cn 这样的域名，不带 http://。",
                                                         "Write it like www.example.gov.cn, without http://."))  # fmt: skip
        if self.code and not re.fullmatch(r"\d{10}", self.code, re.ASCII):
            raise _refused(self.code, "网站标识码", "site's code", ("网站标识码是 10 位数字。", "It has ten digits."))


@dataclass(frozen=True)
class Column:
    """The column that the report is published in: ColumnName, ColumnType, ColumnDescription, ColumnKeywords."""

    name: str = ""
    type: str = ""
    description: str = ""
    keywords: str = ""


def check_published(written: str) -> None:
    """Raise SettingError where a time of publication is not written ``2025-01-20 09:00``."""
    try:
        right = not written or datetime.strptime(written, "%Y-%m-%d %H:%M").strftime("%Y-%m-%d %H:%M") == written
    except ValueError:
        right = False
    if not right:
        raise _refused(written, "发布时间", "time of publication", ("写成 2025-01-20 09:00。", "Write it like 2025-01-20 09:00."))


def check_names(meta: Mapping[str, str]) -> None:
    """Raise SettingError where a key could not be the name of a ``<meta>``, or is one that the page itself needs."""
    for name in meta:
        if not _NAME.fullmatch(name) or name.lower() in _OURS:
            raise _refused(name, "meta 名称", "name of a <meta>", ("写 ContentSource 这样的名称；viewport 由网页自己写。",
                                                                 "Write it like ContentSource; viewport is the page's own."))  # fmt: skip


def check_links(links: Mapping[str, str]) -> None:
    """Raise SettingError where a link leads anywhere but to a page: http, https, or a path of the portal."""
    for link in links.values():
        if link and not _is_link(link):
            raise _refused(link, "链接", "link", ("写 https://… 或 /zwgk/ 这样的路径；不加链接写 \"\"。",
                                                "Write https://… or a path like /zwgk/; \"\" for no link."))  # fmt: skip


def _is_link(link: str) -> bool:
    if re.search(r"[\s\\\x00-\x1f\x7f-\x9f]", link):
        return False
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    return bool(parts.netloc) if parts.scheme in ("http", "https") else not parts.scheme


def href(link: str) -> str:
    """A link as an attribute holds it: Chinese and the like percent-encoded, what is encoded left alone."""
    return quote(link, safe="/:?#[]@!$&()*+,;=%~")


def _refused(value: str, zh: str, en: str, mend: tuple[str, str]) -> SettingError:
    return SettingError(f"“{value}”不是{zh}", f"“{value}” is no {en}", place=getattr(value, "place", ""), mend=mend)
