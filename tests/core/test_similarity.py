"""How alike two texts are."""

import pytest

from nianbao.similarity import runs, similarity


@pytest.mark.parametrize(
    ("one", "other", "share"),
    [
        ("村级公告栏更新不及时", "村级公告栏更新不及时", 1.0),
        ("村级公告栏，更新不及时。", "村级公告栏更新 不及时", 1.0),
        ("甲乙丙丁", "甲乙丙戊", 1 / 3),
        ("甲乙丙丁戊", "甲乙丙", 1 / 3),
        ("公开信息12条", "公开信息13条", 3 / 7),
        ("甲乙丙", "丁戊己", 0.0),
        ("无", "无", 1.0),
        ("无", "有", 0.0),
        ("甲乙", "甲乙丙", 0.0),
        ("", "", 0.0),
        ("，。", "甲乙丙", 0.0),
        ("甲甲甲甲甲甲", "甲甲甲", 1.0),
    ],
)
def test_texts_are_as_alike_as_the_runs_that_they_share(one: str, other: str, share: float) -> None:
    assert similarity(one, other) == pytest.approx(share)
    assert similarity(other, one) == pytest.approx(share)


def test_a_text_shorter_than_a_run_is_one() -> None:
    assert runs("甲，乙") == {"甲乙"}
    assert runs(" ") == frozenset()
