"""Letters as labels are compared: a text in traditional letters has the labels of the standard, too."""

from __future__ import annotations

import pytest

from nianbao.letters import _TRADITIONAL
from nianbao_reader.letters import indices, simplified, squeezed


def test_every_letter_that_the_rules_call_traditional_has_a_simplified_one() -> None:
    assert {letter for letter in _TRADITIONAL if simplified(letter) == letter} == set()


@pytest.mark.parametrize("text", ["第二十條第（一）項", " 總 計 ", "申請(shēnqǐng)數量", "⺠政", "１件"])
def test_each_letter_knows_its_place_in_the_text(text: str) -> None:
    plain, places = squeezed(text), indices(text)
    assert len(places) == len(plain) + 1
    assert all(squeezed(text[at]) == letter for letter, at in zip(plain, places, strict=False))


def test_a_label_in_traditional_letters_is_the_standards() -> None:
    assert squeezed("第二十條第（一）項") == "第二十条第(一)项"
