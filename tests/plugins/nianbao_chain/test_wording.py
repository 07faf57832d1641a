"""What changed in a text is marked as a person would mark it, whatever the text is."""

import itertools
import random
import time

import pytest

from nianbao_chain.wording import marked


def signed(old: str, new: str) -> str:
    signs = {"same": "{}", "gone": "[{}]", "new": "<{}>"}
    return "".join(signs[kind].format(text) for kind, text in marked(old, new))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("甲乙丙。", "甲乙丙。", "甲乙丙。"),
        ("", "甲", "<甲>"),
        ("甲", "", "[甲]"),
        ("", "", ""),
        ("收到120件。", "收到125件。", "收到[120]<125>件。"),
        ("收到1,200件，占12.5%。", "收到1,300件，占12.7%。", "收到[1,200]<1,300>件，占[12.5%]<12.7%>。"),
        ("第一句。第二句。第三句。", "第一句。第三句。", "第一句。[第二句。]第三句。"),
        ("第一句。第三句。", "第一句。新的一句！第三句。", "第一句。<新的一句！>第三句。"),
        ("设查阅点一处，配电脑一台。", "设查阅点一处，配打印机一台。", "设查阅点一处，配[电脑]<打印机>一台。"),
        ("一段\n二段", "一段\n三段", "一段\n[二]<三>段"),
        ("用word编。", "用excel编。", "用[word]<excel>编。"),
        ("شلوم 甲。", "شلوم 乙。", "شلوم [甲]<乙>。"),
    ],
)
def test_words_that_changed_are_marked(old: str, new: str, told: str) -> None:
    assert signed(old, new) == told


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("前天的地子后", "前乙的丙丁后", "前[天的地子]<乙的丙丁>后"),  # one letter between two changes goes with them
        ("前天的人地子后", "前乙的人丙丁后", "前[天的人地子]<乙的人丙丁>后"),  # and so do two
        ("前天那些人地子后", "前乙那些人丙丁后", "前[天]<乙>那些人[地子]<丙丁>后"),  # three are read as words
    ],
)
def test_there_is_no_confetti(old: str, new: str, told: str) -> None:
    assert signed(old, new) == told


def restored(old: str, new: str) -> tuple[str, str]:
    runs = marked(old, new)
    return tuple("".join(text for kind, text in runs if kind != other) for other in ("new", "gone"))  # type: ignore[return-value]


def test_both_texts_can_be_put_together_again_from_what_is_marked() -> None:
    chance = random.Random(7)
    for _ in range(300):
        old, new = ("".join(chance.choices("甲乙丙。，12\n%a", k=chance.randrange(60))) for _ in range(2))
        assert restored(old, new) == (old, new)
        assert all(text for _, text in marked(old, new))
        kinds = [kind for kind, _ in marked(old, new)]
        assert all(first != second for first, second in itertools.pairwise(kinds))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("甲" * 100_000, "乙" * 100_000),
        ("甲乙" * 50_000, "乙甲" * 50_000),
        ("。" * 100_000, "！" + "。" * 99_999),
        ("，" * 100_000, "，" * 50_000 + "甲" + "，" * 40_000 + "乙"),
        ("".join(f"第{at}句。" for at in range(16_000)), "".join(f"第{at}句。" for at in range(16_000, 0, -1))),
        ("".join(f"第{at % 9}句。" for at in range(990)), "".join(f"第{at % 7}句。" for at in range(990))),
        ("12" * 50_000, "21" * 50_000),
        ("a，b。" * 25_000, "b，a。" * 25_000),
    ],
)
def test_a_hundred_thousand_letters_take_no_minutes(old: str, new: str) -> None:
    start = time.process_time()
    assert restored(old, new) == (old, new)
    assert time.process_time() - start < 5
