"""Where a page sends its reader, other than by its status."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING

from nianbao.charset import decode
from nianbao_web.expressions import parsed

if TYPE_CHECKING:
    from nianbao_web.store import Reply

_STATUSES = (301, 302, 303, 307, 308)
_FILES = (b"%PDF", b"PK\3\4", b"\xd0\xcf\x11\xe0")  # a document is no page
_REFRESHES = "//meta[not(ancestor::noscript)][translate(@http-equiv, 'REFSH', 'refsh') = 'refresh']/@content"
_REFRESH = re.compile(r"\s*\d+\s*[;,]\s*url\s*=\s*[\"']?([^\"'\s]+)", re.IGNORECASE)
_ONLY_MOVES = re.compile(
    r"\s*(?:(?:window|self|top|parent|document)\.)*location(?:\.href)?\s*"
    r"(?:=\s*|\.(?:replace|assign)\(\s*)[\"']([^\"'\s]+)[\"']\s*\)?\s*;?\s*"
)


def target(reply: Reply) -> str:
    """Where a reply leads on: its Location, its ``<meta http-equiv=refresh>``, or a script that does just that; or ''."""
    if reply.status in _STATUSES:
        return reply.location
    if (
        reply.status != HTTPStatus.OK
        or reply.body.startswith(_FILES)
        or not re.search(rb"refresh|location", reply.body, re.IGNORECASE)
    ):
        return ""
    text = decode(reply.body)
    if text.lstrip()[:1] in ("", "{", "["):
        return ""
    page = parsed(text, "html")
    found = [_REFRESH.match(sign) for sign in page.xpath(_REFRESHES).getall()]
    found += [_ONLY_MOVES.fullmatch(script) for script in page.xpath("//script/text()").getall()]
    return next((move[1] for move in found if move), "")
