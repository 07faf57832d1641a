"""What a page's bytes say, whatever charset it declares."""

from __future__ import annotations

import contextlib

LOST = "\ufffd"


def decode(data: bytes) -> str:
    """The text of a page: as UTF-8 or as GB18030, whichever loses fewer characters; a byte order mark decides."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    with contextlib.suppress(UnicodeDecodeError):
        return data.decode("utf-8-sig")
    readings = [data.decode(encoding, "replace") for encoding in ("utf-8-sig", "gb18030")]
    return min(readings, key=lambda text: text.count(LOST))
