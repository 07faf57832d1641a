"""Facts: the four rules."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nianbao.answers import take
from nianbao.facts import Fact, Facts, Origin, Sentence
from nianbao.plugins import standard

KNOWN = standard("2021", Path())


def facts(*answers: dict[str, Any]) -> Facts:
    """What the sources ``a``, ``b``, … say, each a mapping of sections."""
    made = Facts(KNOWN)
    for name, answer in zip("abc", answers, strict=False):
        for section, said in answer.items():
            take(made, name, section, said)
    made.settle()
    return made


def value(made: Facts, path: str) -> object:
    fact = made.figure(path)
    return fact.value if fact else None


def test_a_sum_is_computed_and_never_typed() -> None:
    made = facts({"proactive_disclosure": {"公开信息": {"门户": {"动态": 54, "财政": 2}, "新媒体": 135}}})
    assert value(made, "proactive_disclosure.公开信息") == 191
    assert value(made, "proactive_disclosure.公开信息.门户") == 56


def test_a_stated_total_is_kept_beside_the_computed_one() -> None:
    made = facts(
        {"proactive_disclosure": {"公开信息": {"总计": 7, "门户": 5}}, "requests": {"本年新收": {"总计": 3, "自然人": 2}}}
    )
    assert made.stated["proactive_disclosure.公开信息"].value == 7
    assert made.stated["requests.new"].value == 3
    assert value(made, "requests.new") == 2


def test_zero_for_a_whole_says_zero_for_each_cell() -> None:
    made = facts({"requests": {"本年新收": {"自然人": 1}, "不予公开": 0}, "disputes": 0})
    assert value(made, "requests.denied.state_secret.business") == 0
    assert value(made, "disputes.litigation_direct.upheld") == 0
    assert "整体为 0" in str(made.figures["requests.denied.state_secret.business"].origin)


def test_a_given_table_has_no_gaps_and_one_that_is_not_given_stays_absent() -> None:
    made = facts({"requests": {"本年新收": {"自然人": 1}}})
    assert value(made, "requests.granted.business") == 0
    assert value(made, "disputes.review") is None
    assert value(made, "proactive_disclosure.licences") is None


def test_a_named_figure_gives_no_table_of_its_section() -> None:
    assert value(facts({"proactive_disclosure": {"公开信息": 3}}), "proactive_disclosure.licences") is None


def test_the_first_source_wins_and_both_origins_stay_visible() -> None:
    made = facts(
        {"proactive_disclosure": {"行政许可": Fact(18, Origin("a.yaml:1"))}},
        {"proactive_disclosure": {"行政许可": Fact(19, Origin("select"))}},
    )
    assert value(made, "proactive_disclosure.licences") == 18
    (conflict,) = made.conflicts
    assert conflict.other.origin == Origin("select", source="b")


def test_two_sources_that_agree_are_no_conflict() -> None:
    assert not facts({"disputes": {"行政复议": {"结果维持": 1}}}, {"disputes": {"行政复议": {"结果维持": 1}}}).conflicts


def test_a_figure_and_a_sentence_of_one_name_do_not_mix() -> None:
    made = facts({"proactive_disclosure": {"公开信息": {"新媒体平台": 52}, "新媒体平台": Sentence("发布{{ 新媒体平台 }}条。")}})
    assert value(made, "proactive_disclosure.公开信息.新媒体平台") == 52
    assert [fact.value for fact in made.parts.values()] == [Sentence("发布{{ 新媒体平台 }}条。")]


def test_a_section_given_as_a_sentence_is_its_lead() -> None:
    assert facts({"preamble": "本报告……"}).parts["preamble.text"].value == "本报告……"


@pytest.mark.parametrize(
    ("section", "answer", "says"),
    [
        ("requests", {"本年新收": {"自燃人": 1}}, "“自燃人” is not in “本年新收政府信息公开申请数量”"),
        ("proactive_disclosure", {"行政许何": 1}, "“行政许何” is an unknown key"),
        ("proactive_disclosure", {"行许政可": 1, "行政许客可": 2}, "“行政许客可” is an unknown key"),
        ("overview", {"监督障保": "x。"}, "“监督障保” is an unknown key"),
        ("overview", {"监督保障": 3}, "“监督保障” should be a text"),
        ("proactive_disclosure", {"行政许可": "若干"}, "should be a number"),
        ("proactive_disclosure", {"行政许可": 1.5}, "is a float"),
        ("proactive_disclosure", {"行政许可": True}, "is a bool"),
        ("proactive_disclosure", {"行政许可": Decimal("1.5")}, "should be a whole number"),
        ("proactive_disclosure", {"行政许可": -1}, "cannot be negative"),
        ("proactive_disclosure", {"行政规范性文件": 3}, "has no total"),
        ("requests", {"新收": {"自然人": 1}, "本年新收": {"自然人": 2}}, "given twice"),
        ("requests", {"其他": 1}, "means several places"),
        ("requests", {"本年新收": "没有"}, "should be a number"),
        ("requests", {"本年新收": {"自然人": {"男": 1}}}, "“男” is not in “自然人”"),
    ],
)
def test_a_wrong_key_or_type_is_a_mistake_with_its_remedy(section: str, answer: dict[str, Any], says: str) -> None:
    mistakes = [str(mistake) for mistake in facts({section: answer}).mistakes]
    assert any(says in mistake for mistake in mistakes), mistakes


def test_the_right_key_is_named_where_one_letter_slipped() -> None:
    (mistake,) = facts({"proactive_disclosure": {"行政许何": 1}}).mistakes
    assert mistake.mend == ("是不是“行政许可”？", "Did you mean “行政许可”?")


def test_a_name_of_ones_own_is_no_slip() -> None:
    made = facts({"other_matters": {"代表建议": 3, "建议提案办理情况": Sentence("没有。")}})
    assert not made.mistakes
    assert value(made, "other_matters.代表建议") == 3


@pytest.mark.parametrize(
    ("name", "paths"),
    [
        ("本年新收", ["requests.new"]),
        ("本年新收.自然人", ["requests.new.natural_person"]),
        ("本年新收.总计", ["requests.new"]),
        ("不予公开.自然人", ["requests.denied.natural_person"]),
        ("本年新收.法人或其他组织", ["requests.new.organisations"]),
        ("行政诉讼", ["disputes.litigation"]),
        ("行政诉讼.结果维持", ["disputes.litigation.upheld"]),
        ("总计", ["requests.total"]),
        ("门户.动态", ["proactive_disclosure.公开信息.门户.动态"]),
        ("公开信息.动态", ["proactive_disclosure.公开信息.门户.动态"]),
        ("requests.new", ["requests.new"]),
        ("无此名", []),
    ],
)
def test_a_name_means_one_figure(name: str, paths: list[str]) -> None:
    said = {"requests": {"本年新收": {"自然人": 1}}, "disputes": 0, "proactive_disclosure": {"公开信息": {"门户": {"动态": 1}}}}
    assert [node.path for node in facts(said).look_up(name)] == paths


def test_two_figures_of_one_name_are_both_found() -> None:
    made = facts({"proactive_disclosure": {"公开信息": {"门户": {"动态": 1}, "微信": {"动态": 2}}}})
    assert len(made.look_up("动态")) == 2
    assert len(made.look_up("微信.动态")) == 1


COLUMNS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构")
ROWS = ("予以公开", "部分公开", "属于国家秘密", "重复申请", "本机关不掌握相关政府信息", "逾期不补正")


@settings(max_examples=30, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(ROWS), st.dictionaries(st.sampled_from(COLUMNS), st.integers(0, 10**6), min_size=1), min_size=1
    )
)
def test_every_total_is_the_sum_of_all_that_was_given(table: dict[str, dict[str, int]]) -> None:
    made = facts({"requests": table})
    assert not made.mistakes
    assert value(made, "requests.total") == sum(sum(row.values()) for row in table.values())
    assert value(made, "requests.outcomes") == value(made, "requests.total")


def test_a_whole_of_the_first_source_stands_before_the_parts_of_the_second() -> None:
    made = facts({"proactive_disclosure": {"网站": 10}}, {"proactive_disclosure": {"网站": {"甲": 4, "乙": 5}}})
    assert value(made, "proactive_disclosure.网站") == 10
    (conflict,) = made.conflicts
    assert (conflict.kept.value, conflict.other.value) == (10, 9)


def test_a_key_in_no_table_is_never_filled_with_zero() -> None:
    from nianbao.standard import Standard
    from nianbao.yamlfile import parse

    declared = (
        "title: t\nnotice: n\nsections: {s: {label: 部分, keys: {jia: {label: 甲, unit: 件}, yi: {label: 乙, unit: 件}}}}\n"
    )
    made = Facts(Standard.of("own", parse(declared, "x")))  # type: ignore[arg-type]
    take(made, "a", "s", {"甲": 3})
    made.settle()
    assert made.figure("s.yi") is None


@pytest.mark.parametrize("number", ["NaN", "Infinity"])
def test_a_decimal_that_is_no_number_is_refused(number: str) -> None:
    made = facts({"proactive_disclosure": {"行政事业性收费": Decimal(number)}})
    assert "is no number" in str(made.mistakes[0])


def test_a_row_of_another_section_is_sent_there() -> None:
    (mistake,) = facts({"other_matters": {"行政许可": 18}}).mistakes
    assert "belongs to “主动公开政府信息情况”" in str(mistake)


def test_a_section_of_sentences_cannot_be_zero() -> None:
    (mistake,) = facts({"overview": 0}).mistakes
    assert "should be a text" in str(mistake)


@pytest.mark.parametrize(
    ("section", "answer"), [("proactive_disclosure", {"监督保障": Sentence("丙。")}), ("proactive_disclosure", {"信息处理费": 0})]
)
def test_a_part_or_figure_of_another_section_is_sent_there(section: str, answer: dict[str, Any]) -> None:
    (mistake,) = facts({section: answer}).mistakes
    assert "belongs to" in str(mistake)
