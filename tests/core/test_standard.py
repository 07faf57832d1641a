"""A standard: names lead to places, tables become sums and identities, mistakes in it are told."""

from pathlib import Path

import pytest

from nianbao.errors import NianbaoError, StandardError
from nianbao.plugins import standard
from nianbao.standard import Standard
from nianbao.tree import bare, normal
from nianbao.yamlfile import parse

KNOWN = standard("2021", Path())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("一、总体情况", "总体情况"),
        ("（三）不予公开", "不予公开"),
        ("(三) 不予公开", "不予公开"),
        ("1.属于国家秘密", "属于国家秘密"),
        ("１．属于国家秘密", "属于国家秘密"),
        ("危及“三安全一稳定”", "危及三安全一稳定"),
        ("ABC", "abc"),
        ("五、", "五、"),
    ],
)
def test_numbering_spaces_and_punctuation_make_no_other_name(one: str, other: str) -> None:
    assert normal(one) == normal(other)


def test_a_number_that_belongs_to_a_name_stays() -> None:
    assert normal("12345热线") == "12345热线"
    assert bare("3.15活动") == "3.15活动"
    assert bare("（二）新媒体平台") == "新媒体平台"


@pytest.mark.parametrize(
    ("names", "path"),
    [
        (("一、总体情况", "平台建设"), "overview.platforms"),
        (("三、收到和处理政府信息公开申请情况", "本年新收", "自然人"), "requests.new.natural_person"),
        (("requests", "本年度办理结果", "属于国家秘密", "其他"), "requests.denied.state_secret.other_organisation"),
        (("requests", "其他处理", "其他"), "requests.other.other"),
        (("requests", "本年新收", "法人或其他组织", "其他"), "requests.new.other_organisation"),
        (("requests.new.total",), "requests.new"),
        (("requests", "总计"), "requests.total"),
        (("四、政府信息公开行政复议、行政诉讼情况", "复议后起诉", "尚未审结"), "disputes.litigation_after_review.pending"),
        (("disputes", "行政诉讼"), "disputes.litigation"),
        (("二、主动公开政府信息情况", "行政规范性文件", "现行有效"), "proactive_disclosure.normative_documents.valid"),
        (("行政机关主动公开政府信息情况", "行政许可"), "proactive_disclosure.licences"),
        (("六、其他需要报告的事项", "政府信息处理费收取情况"), "other_matters.fee"),
    ],
)
def test_names_lead_to_a_place(names: tuple[str, ...], path: str) -> None:
    assert KNOWN.path(*names) == path


def test_a_name_that_fits_several_places_names_them() -> None:
    with pytest.raises(StandardError, match="其他处理"):
        KNOWN.path("requests", "其他")


def test_a_name_that_fits_none_names_the_nearest() -> None:
    with pytest.raises(StandardError, match="属于国家秘密"):
        KNOWN.path("requests", "国家密秘")
    with pytest.raises(StandardError, match="总体情况"):
        KNOWN.path("没有这一部分")


def test_the_tables_have_the_notices_size() -> None:
    inputs = {key: len(KNOWN.nodes[key].inputs()) for key in ("proactive_disclosure", "requests", "disputes")}
    assert inputs == {"proactive_disclosure": 10, "requests": 24 * 6, "disputes": 12}


def test_the_balance_is_held_for_each_of_seven_columns() -> None:
    balances = [identity for identity in KNOWN.identities if identity.code == "T3-BAL"]
    assert len(balances) == 7
    assert balances[0].left == ("requests.new.natural_person", "requests.carried_in.natural_person")
    assert balances[-1].right == ("requests.total", "requests.carried_out")


def test_every_total_says_what_it_is_the_sum_of() -> None:
    assert KNOWN.nodes["requests.total.business"].addends == tuple(
        f"requests.{row}.business" for row in ("granted", "partial", "denied", "unable", "not_processed", "other")
    )
    assert len(KNOWN.nodes["requests.denied.research"].addends or ()) == 8
    assert KNOWN.nodes["proactive_disclosure.regulations"].addends is None


def test_another_standard_is_a_data_file() -> None:
    old = standard("2019", Path())
    assert old.path("proactive_disclosure", "政府集中采购", "采购总金额") == "proactive_disclosure.procurement.amount"
    assert old.nodes["proactive_disclosure.licences.change"].number == "signed"
    assert old.nodes["requests.other.natural_person"].addends is None
    assert "proactive_disclosure.normative_documents.repealed" not in old.nodes


DECLARED = """
title: t
notice: n
theme: x
sections:
  s:
    label: 部分
    keys: {KEYS}
    tables: {t: {rows: {a: {label: 甲}, b: {label: 乙}}, columns: {c: {label: 丙}, d: {label: 丁}}, equations: {EQUATIONS}}}
"""


@pytest.mark.parametrize(
    ("keys", "equations", "says"),
    [
        ("{}", "{X 和: 甲 + 乙 = 戊}", "names what the table does not have"),
        ("{}", "{X 和: 甲 = 丙}", "names what the table does not have"),
        ("{}", "{X 和: 甲 + 乙}", "names what the table does not have"),
        ("{a: {label: 子, unit: 件}}", "{}", "stands twice"),
    ],
)
def test_a_standard_that_contradicts_itself_is_refused(keys: str, equations: str, says: str) -> None:
    node = parse(DECLARED.replace("{KEYS}", keys).replace("{EQUATIONS}", equations), "own.yaml")
    with pytest.raises(StandardError, match=says):
        Standard.of("own", node)  # type: ignore[arg-type]


def test_an_equation_of_columns_holds_for_each_row() -> None:
    node = parse(DECLARED.replace("{KEYS}", "{}").replace("{EQUATIONS}", "{X 差: 丙 + 丙 = 丁 + 丁}"), "own.yaml")
    assert [i.left for i in Standard.of("own", node).identities] == [("s.a.c", "s.a.c"), ("s.b.c", "s.b.c")]  # type: ignore[arg-type]


def test_a_reader_gets_an_installed_standard_by_its_name() -> None:
    assert (
        Standard.named("2021").path("三、收到和处理政府信息公开申请情况", "本年新收", "自然人") == "requests.new.natural_person"
    )
    with pytest.raises(NianbaoError, match="2022"):
        Standard.named("2022")
