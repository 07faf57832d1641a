"""Settings: every mistake at its place, all in one message."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

import pytest
from yaml import Node

from nianbao.errors import Mistakes, SettingError
from nianbao.typed import typed
from nianbao.yamlfile import parse


@dataclass(frozen=True)
class Inner:
    size: int
    note: str = ""


@dataclass(frozen=True)
class Outer:
    name: str
    as_: Literal["text", "tables"] = "text"
    flag: bool = False
    rate: Decimal = Decimal(0)
    tags: tuple[str, ...] = ()
    inner: dict[str, Inner] = field(default_factory=dict)
    maybe: int | None = None
    raw: Node | None = None


def read(written: str) -> Outer:
    value: Outer = typed(parse(written, "s.yaml"), Outer)  # type: ignore[arg-type]
    return value


def test_a_mapping_becomes_a_dataclass() -> None:
    outer = read("name: 甲\nas: tables\nflag: true\nrate: 0.5\ntags: [a, b]\ninner: {x: {size: 3}}\nmaybe: 4\nraw: {k: v}\n")
    assert (outer.name, outer.as_, outer.flag, outer.rate, outer.tags, outer.maybe) == (
        "甲",
        "tables",
        True,
        Decimal("0.5"),
        ("a", "b"),
        4,
    )
    assert outer.inner == {"x": Inner(3)}
    assert isinstance(outer.raw, Node)


def test_text_keeps_leading_zeros_and_its_place() -> None:
    outer = read("name: 0728\n")
    assert (outer.name, outer.name.place) == ("0728", "s.yaml:1:7")  # type: ignore[attr-defined]


def test_one_word_will_do_for_a_list_of_one() -> None:
    assert read("name: a\ntags: 镇\n").tags == ("镇",)


def test_all_mistakes_come_at_once_each_with_its_place() -> None:
    with pytest.raises(Mistakes) as caught:
        read("nmae: a\nflag: maybe\nrate: viel\ninner: {x: {size: 1.5}}\nas: pictures\ntags: {a: 1}\n")
    told = str(caught.value)
    for words in (
        "s.yaml:1:1: unknown key “nmae”",
        "“name”?",
        "s.yaml:2:7",
        "s.yaml:3:7",
        "s.yaml:4:19",
        "s.yaml:5:5",
        "s.yaml:6:7",
    ):
        assert words in told
    assert "missing keys: name" in told


@pytest.mark.parametrize("written", ["name: {a: 1}\n", "name: [a]\n"])
def test_a_mapping_is_no_text(written: str) -> None:
    with pytest.raises(SettingError, match="expected a text"):
        read(written)


def test_a_blank_value_is_not_set() -> None:
    assert read("name: a\nmaybe:\ninner:\n").maybe is None
