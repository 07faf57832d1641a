"""URLs: which are visited, and which are the same."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

import urllib3
from urllib3.exceptions import LocationParseError

_PORTS = {"http": 80, "https": 443}


def problem(url: str) -> tuple[str, str] | None:
    """Why a URL is none that is visited, in two languages."""
    try:
        parts = urlsplit(url)
        port, host = parts.port, urllib3.util.parse_url(url).host
    except (ValueError, LocationParseError):
        return "不是网址", "it is no URL"
    if parts.scheme not in _PORTS:
        return "只访问 http 和 https", "only http and https are"
    if not host or port == 0:
        return "没有主机名", "it has no host"
    if parts.username is not None:
        return "网址里有用户名或密码", "it has a user or password in it"
    return None


def joined(base: str, target: str) -> str:
    """A target from where it is written; as it is, where it is no URL."""
    try:
        return urljoin(base, target)
    except ValueError:
        return target


def canonical(url: str) -> str:
    """A URL in its one spelling, without fragment and default port; '' if it is none that is visited."""
    if problem(url):
        return ""
    parts = urllib3.util.parse_url(url)
    port = None if parts.port == _PORTS[parts.scheme or "http"] else parts.port
    return parts._replace(fragment=None, port=port, path=parts.path or "/").url


def identity(link: str) -> str:
    """What tells a canonical URL from others: http and https are the same."""
    return link.partition("://")[2]
