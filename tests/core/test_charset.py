"""What a page's bytes say, whatever charset it declares, or none."""

from __future__ import annotations

import pytest

from nianbao.charset import LOST, decode

SAID = "芦河镇2024年公开信息54条。"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "gbk"])
def test_a_text_is_read_in_the_encodings_of_portals(encoding: str) -> None:
    assert decode(SAID.encode(encoding)) == SAID


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_one_broken_byte_does_not_change_the_encoding(encoding: str) -> None:
    text = decode(SAID.encode(encoding) + b"\xff" + "。".encode(encoding))
    assert text.startswith(SAID)
    assert text.count(LOST) == 1


def test_bytes_that_are_no_text_lose_letters_and_raise_nothing() -> None:
    assert LOST in decode(bytes(range(256)))
