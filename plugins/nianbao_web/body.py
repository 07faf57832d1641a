"""A reply's body, read no further than a limit."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from urllib3 import BaseHTTPResponse

from nianbao import SourceError

_CHUNK = 1 << 16
_GZIP = b"\x1f\x8b"


def read(response: BaseHTTPResponse, most: int) -> bytes:
    """The body, inflated if it is gzip or deflate. Raises SourceError beyond ``most`` bytes, sent or inflated."""
    encoding = response.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding not in ("", "identity", "gzip", "x-gzip", "deflate"):
        raise SourceError(f"压缩方式 {encoding:.40} 没有要求过", f"the encoding {encoding:.40} was not asked for",
                          mend=("请网站管理员核对。", "Ask the portal's administrators."))  # fmt: skip
    body = bytearray()
    chunks = _limited(response, most)
    for part in chunks if encoding in ("", "identity") else _inflated(chunks, most):
        body += part
        if len(body) > most:
            raise _too_large(most)
    return bytes(body)


def _limited(response: BaseHTTPResponse, most: int) -> Iterator[bytes]:
    sent = 0
    while chunk := response.read1(_CHUNK, decode_content=False):
        sent += len(chunk)
        if sent > most:
            raise _too_large(most)
        yield chunk


def _inflated(chunks: Iterator[bytes], most: int) -> Iterator[bytes]:
    """What the chunks inflate to, at most one byte more than allowed at a time."""
    inflater = None
    for chunk in chunks:
        rest = chunk
        while rest:
            if inflater is None:
                raw_deflate = rest[0] & 0x0F != 8 and rest[:1] != b"\x1f"
                inflater = zlib.decompressobj(-zlib.MAX_WBITS if raw_deflate else zlib.MAX_WBITS | 32)
            try:
                yield inflater.decompress(rest, most + 1)
            except zlib.error:
                raise SourceError("压缩的内容是坏的", "the compressed body is damaged",
                                  mend=("请网站管理员核对。", "Ask the portal's administrators.")) from None  # fmt: skip
            rest = inflater.unconsumed_tail
            if inflater.eof:
                rest, inflater = inflater.unused_data, None
                if not rest.startswith(_GZIP):  # what some servers put behind the end
                    return
    if inflater is not None:
        raise SourceError("压缩的内容不完整", "the compressed body is cut short", mend=("再运行一次。", "Run it again."))


def _too_large(most: int) -> SourceError:
    return SourceError(f"超过 {most:,} 字节", f"larger than {most:,} bytes",
                       mend=("确是这么大的页面，放宽 megabytes。", "If the page is so large, allow more `megabytes`."))  # fmt: skip
