"""What is read of numbers in prose: values, units, bounds; what is no number; lists; what a number is bound to."""

from __future__ import annotations

import time
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nianbao.plugins import standard
from nianbao_guoban.quantities.binding import Setting, claims
from nianbao_guoban.quantities.denials import denials
from nianbao_guoban.quantities.endings import answered, outcomes
from nianbao_guoban.quantities.lists import distributed, listings
from nianbao_guoban.quantities.reading import Quantity, statements


def an2cn(number: int) -> str:
    """A number below a hundred million in Chinese numerals."""
    if number >= 10_000:
        high, low = divmod(number, 10_000)
        return an2cn(high) + "万" + (("零" if low < 1000 else "") + an2cn(low) if low else "")
    digits, told, gap = "零一二三四五六七八九", "", False
    for place, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // place % 10
        if digit:
            told += ("零" if gap and told else "") + digits[digit] + name
        gap = not digit
    return told.removeprefix("一") if told.startswith("一十") else told


FULL = str.maketrans("0123456789", "０１２３４５６７８９")
ON_REQUEST = Setting("overview", "overview.on_request", 2024, "芦河镇")


def read(text: str) -> list[Quantity]:
    return [quantity for statement in statements(text) for quantity in distributed(statement).quantities]


def values(text: str) -> list[str]:
    return [f"{quantity.bound}{format(quantity.value.normalize(), 'f')}{quantity.unit}" for quantity in read(text)]


WAYS = {
    "digits": str,
    "full-width": lambda number: str(number).translate(FULL),
    "grouped": lambda number: f"{number:,}",
    "grouped full-width": lambda number: f"{number:,}".replace(",", "，").translate(FULL),
    "spaced": lambda number: f" {number} ",
    "Chinese": an2cn,
    "Chinese with 两": lambda number: an2cn(number).replace("二千", "两千").replace("二百", "两百").replace("二万", "两万"),
}


@settings(max_examples=200, deadline=None)
@given(st.integers(1, 99_999_999), st.sampled_from(sorted(WAYS)), st.sampled_from(["件", "条", "份", "次", "篇", "期", "人次"]))
def test_a_number_is_read_back_however_it_is_written(number: int, way: str, unit: str) -> None:
    (quantity,) = read(f"全年收到申请{WAYS[way](number)}{unit}，已登记。")
    assert (quantity.value, quantity.unit, quantity.exact) == (number, unit, True)


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 10**9), st.integers(0, 6), st.sampled_from([("元", 1), ("万元", 10_000), ("亿元", 10**8)]))
def test_money_is_read_in_yuan_to_its_last_digit(number: int, decimals: int, unit: tuple[str, int]) -> None:
    amount = Decimal(number).scaleb(-decimals)
    (quantity,) = read(f"收费{format(amount, 'f')}{unit[0]}。")
    assert (quantity.value, quantity.unit, quantity.kind) == (amount * unit[1], "元", "amount")
    assert quantity.step == Decimal(unit[1]).scaleb(-decimals)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("公开信息3.5万条", ["35000条"]),
        ("公开信息3.5万余条", [">35000条"]),
        ("公开5500 余条", [">5500条"]),
        ("公开10多万条", [">100000条"]),
        ("近100条，约60件，不足20份，超过300篇", ["<100条", "~60件", "<20份", ">300篇"]),
        ("预约5人次，签约3个，最近2次", ["5人次", "3个", "2次"]),
        ("办理两件，三百零五件，十余件，一百二十六万元", ["2件", "305件", ">10件", "1260000元"]),
        ("占百分之四，近九成，过半，三分之二以上", ["4%", "<90%", ">50%", ">66.66666666666666666666666667%"]),
        ("８０．５％", ["80.5%"]),
        ("80%以上，30件左右", [">80%", "~30件"]),
    ],
)
def test_numbers_say_how_exact_they_are(text: str, expected: list[str]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "2024年1月1日至12月31日，2023—2024年度，二〇二四年三月五日，（2021版）",
        "国办公开办函〔2021〕30号、国令第711号、第二十条第（一）项、《条例》第5条、第三十六条第七项",
        "电话：0728-4891001，邮编：223001，拨打12345热线，www.luhe.gov.cn/2024，a1@b2.cn",
        "一是加强学习；二是健全制度。（一）总体情况。1.属于国家秘密；2、重复申请",
        "《“十四五”规划（2021－2025年）》“四最”营商环境，5G、A4，24/7，3-5",
        "一次性告知、一件事一次办、条例、一部分、党的二十大、二十届三中全会、千家万户、下一年度",
    ],
)
def test_years_dates_documents_articles_telephones_and_numbering_are_no_quantities(text: str) -> None:
    assert values(text) == []


def test_a_number_that_looks_like_a_year_is_one_where_it_counts() -> None:
    assert values("公开信息2024条") == ["2024条"]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("比上年增加3件，同比增长20%，下降5.5个百分点", ["growth"] * 3),
        ("新增3件，增加到15件", ["count", "count"]),
        ("占20%，第3名，15个工作日，3.6万元", ["percent", "ordinal", "time", "amount"]),
    ],
)
def test_growth_shares_ranks_times_and_money_are_told_apart(text: str, kinds: list[str]) -> None:
    assert [quantity.kind for quantity in read(text)] == kinds


def test_a_quantity_keeps_its_place_and_the_words_around_it() -> None:
    text = "工作有序。全市各级机关新收申请１２件，另有3件结转下年。"
    first, second = read(text)
    assert text[first.start : first.end] == first.text == "１２件"
    assert first.subject == "全市各级机关新收申请"
    assert (second.subject, second.after) == ("另有", "结转下年")


# --- lists


def lists(text: str) -> list[tuple[str, list[str], bool, bool]]:
    told = [distributed(statement) for statement in statements(text)]
    found = [listing for before, one in zip([None, *told], told, strict=False) for listing in listings(one, before)]
    return [(one.head.text if one.head else "", [part.text for part in one.parts], one.closed, one.sure) for one in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("公开9条，其中网站4条、微信5条。", [("9条", ["4条", "5条"], True, True)]),
        ("公开9条（其中网站4条，微信4条等）。", [("9条", ["4条", "4条"], False, True)]),
        ("公开9条，其中主要有网站4条、微信3条。", [("9条", ["4条", "3条"], False, True)]),
        (
            "公开9条，其中网站6条（其中动态4条、财政1条等）、微信3条。",
            [("9条", ["6条", "3条"], True, True), ("6条", ["4条", "1条"], False, True)],
        ),
        ("公开9条，其中网站4条、微信5条，另有视频3条。", [("9条", ["4条", "5条"], True, True)]),
        ("公开9条，其中网站4条、微信5条；答复信件7条。", [("9条", ["4条", "5条"], True, True)]),
        ("公开9条，其中网站9条，微信同步转发8条。", [("9条", ["9条", "8条"], True, False)]),
        ("公开100余条，其中网站60条、微信50条。", [("100余条", ["60条", "50条"], True, False)]),
        ("公开9条，包括网站4条、微信5条。", [("9条", ["4条", "5条"], False, True)]),
        ("公开信息9条：网站4条、微信5条。", [("9条", ["4条", "5条"], True, True)]),
        ("公开信息9条。其中，网站4条，占44%；微信5条，占56%。", [("9条", ["4条", "5条"], True, True)]),
        ("公开信息9条，浏览约20人次。其中，网站4条，微信5条。", [("9条", ["4条", "5条"], True, True)]),
        ("答复9件，含上年结转2件。其中，予以公开4件；部分公开1；不予公开4件。", [("9件", ["4件", "1", "4件"], True, False)]),
        ("公开信息9条，其中：文件4件，解读3篇，动态2条。", [("9条", ["4件", "3篇", "2条"], True, False)]),
        ("收到180件，按地区分，甲区100件、乙县50件、丙镇30件。", [("180件", ["100件", "50件", "30件"], True, True)]),
        ("公开平等、等级信息9条，比上年增加2条，其中平等信息4条、等级信息5条。", [("9条", ["4条", "5条"], True, True)]),
    ],
)
def test_a_list_of_parts_knows_its_whole_and_whether_it_is_closed(
    text: str, expected: list[tuple[str, list[str], bool, bool]]
) -> None:
    assert lists(text) == expected


def test_numbers_told_one_by_one_get_the_name_and_unit_that_is_theirs() -> None:
    found = read("予以公开、部分公开和不予公开分别为7、2、3件。")
    assert [(one.subject, one.text, one.unit) for one in found] == [
        ("予以公开", "7", "件"),
        ("部分公开", "2", "件"),
        ("不予公开", "3件", "件"),
    ]


# --- binding


def bound(text: str, setting: Setting = ON_REQUEST) -> list[tuple[str, str]]:
    """Each number with the cell that it names: ``!`` where that is sure, ``?`` where it is likely, ``<`` where it is a part."""
    known = standard("2021", Path())
    found = []
    for statement in map(distributed, statements(text)):
        bound_to = {claim.quantity.start: claim for claim in claims(known, statement, setting)}
        for quantity in statement.quantities:
            claim = bound_to.get(quantity.start)
            mark = "" if claim is None else "!" if claim.sure else "<" if claim.relation == "<=" else "?"
            found.append((quantity.text, f"{'+'.join(claim.paths)}{mark}" if claim else ""))
    return found


NORM = "proactive_disclosure.normative_documents"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全年新收政府信息公开申请15件，上年结转2件，办结16件，结转下年度1件。",
         ["requests.new!", "requests.carried_in!", "requests.total!", "requests.carried_out!"]),
        ("我镇收到依申请公开事项0条。", ["requests.new!"]),
        ("共受理政府信息公开申请 15 件，答复 16 件（含上年度结转申请 2 件，另有 1 件顺延到下年度答复）。",
         ["requests.new!", "requests.total!", "requests.carried_in!", "requests.carried_out!"]),
        ("所有办结的信息公开申请中同意公开答复8件，部分公开答复2件，不予公开答复3件，无法提供的2件，不予处理0件，其他处理1件，转下一年度办理答复的有1件。",
         ["requests.granted!", "requests.partial!", "requests.denied!", "requests.unable!", "requests.not_processed!", "requests.other!",
          "requests.carried_out!"]),
        ("收到申请15件，其中自然人12件、法人或其他组织3件。",
         ["requests.new!", "requests.new.natural_person!", "requests.new.organisations!"]),
        ("不予公开3件（保护第三方合法权益1件、属于行政查询事项2件）。",
         ["requests.denied!", "requests.denied.third_party!", "requests.denied.administrative_query!"]),
        ("通过网络收到申请10件，城建办收到申请2件，收到涉及征地的申请8件，上半年收到申请3件。", ["requests.new<"] * 4),
        ("2023年收到申请9件，去年办结8件，较上年增加3件，同比增长20%。", [""] * 4),
        ("收到申请15件，其中受理10件。", ["requests.new!", "requests.new<"]),
        ("答复群众来信20件，办理建议提案3件，受理行政许可申请7件。", [""] * 3),
        ("受理并办结申请16件。", ["requests.total!"]),
        ("今年以来，已受理依申请 公开15件，办结16件。", ["requests.new!", "requests.total!"]),
        ("收到政府信息依申请公开办理事项15件。", ["requests.new!"]),
        ("县长信箱共受理有效信件3件，已办结3件。", ["", ""]),
        ("累计办理公民、法人或其他组织依申请公开12件。", ["requests.total?"]),
        ("所有答复件中，予以公开及部分公开的10件，不予公开的3件。", ["requests.granted+requests.partial!", "requests.denied!"]),
        ("政府信息公开行政复议2件，其中结果维持1件，尚未审结1件；政府信息公开行政诉讼1件，其中结果维持1件。",
         ["disputes.review!", "disputes.review.upheld!", "disputes.review.pending!", "disputes.litigation!", "disputes.litigation.upheld!"]),
        ("有1件涉及政府信息公开工作的行政复议。", ["disputes.review!"]),
        ("因政府信息公开被申请行政复议2件、提起行政诉讼1件。", ["disputes.review!", "disputes.litigation!"]),
        ("办理行政复议案件120件。", ["disputes.review?"]),
        ("政府信息公开行政复议、行政诉讼共3件。", ["disputes.review+disputes.litigation!"]),
        ("制发行政规范性文件1件，废止0件，现行有效6件。", [f"{NORM}.made!", f"{NORM}.repealed!", f"{NORM}.valid!"]),
        ("行政规范性文件制发、废止、现行有效件数分别为1件、0件、6件。", [f"{NORM}.made!", f"{NORM}.repealed!", f"{NORM}.valid!"]),
        ("印发规范性文件1件，出台政策性文件11件，制定规章制度3项。", [f"{NORM}.made?", f"{NORM}.made?", ""]),
        ("公开规范性文件类信息80条、行政许可类信息40条，公示行政处罚信息200条，梳理行政许可事项300项。", [""] * 4),
        ("作出行政许可18件、行政处罚5件、行政强制0件。",
         ["proactive_disclosure.licences!", "proactive_disclosure.penalties!", "proactive_disclosure.coercion!"]),
        ("公示行政许可15件。", ["proactive_disclosure.licences<"]),
        ("收取行政事业性收费0.36万元，收取政府信息公开信息处理费120元。", ["proactive_disclosure.fees!", "other_matters.fee!"]),
    ],
)  # fmt: skip
def test_a_number_is_bound_to_the_cell_that_its_words_name(text: str, expected: list[str]) -> None:
    assert [cell for _, cell in bound(text)] == expected


def test_lawsuits_of_general_work_are_never_sure_but_in_the_section_on_disputes() -> None:
    assert [cell for _, cell in bound("行政诉讼3件。", Setting("overview", "overview.supervision", 2024))] == [
        "disputes.litigation?"
    ]
    assert [cell for _, cell in bound("行政诉讼3件。", Setting("disputes", "disputes.text", 2024))] == ["disputes.litigation!"]


def test_a_standard_without_a_cell_binds_nothing_to_it() -> None:
    known = standard("2019", Path())
    text = "制发行政规范性文件1件，现行有效6件，收到政府信息公开申请15件。"
    paths = [claim.paths for one in statements(text) for claim in claims(known, one, ON_REQUEST)]
    assert paths == [(f"{NORM}.made",), ("requests.new",)]


# --- words


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ("2024年我镇未收到政府信息公开申请，无政府信息公开信息处理费。", [("requests.new",), ("other_matters.fee",)]),
        ("没有收到公民、法人或其他组织提出的政府信息公开申请", [("requests.new",)]),
        ("未发生有关政府信息公开事务的举报、投诉、行政复议、行政诉讼情况。", [("disputes.review", "disputes.litigation")]),
        ("未收到和处理政府信息公开申请，未接收受理过依申请公开", [("requests.new",), ("requests.new",)]),
        ("未收到法人或者其他组织对依申请公开政府信息的申请，未收到申请公开事项", [("requests.new",), ("requests.new",)]),
        ("没有制发行政规范性文件", [(f"{NORM}.made",)]),
        ("2023年未收到政府信息公开申请", []),
        ("未收到不服政府信息公开申请答复的投诉，未发生行政复议被纠正的情况，未经复议直接起诉的案件", []),
        ("申请人无正当理由逾期不补正", []),
    ],
)
def test_what_prose_says_there_was_none_of_is_read(text: str, paths: list[tuple[str, ...]]) -> None:
    assert [denial.paths for denial in denials(text, ON_REQUEST)] == paths


def test_claims_of_having_won_name_whose_cases_they_are() -> None:
    found = [
        (said.outcome, said.groups)
        for said in outcomes("行政复议、行政诉讼均获维持。该行政复议件未被纠错。行政诉讼零败诉。政策均获支持。")
    ]
    assert found == [
        ("upheld", ("review", "litigation")),
        ("not_corrected", ("review",)),
        ("not_corrected", ("litigation",)),
    ]


def test_all_answered_in_time_or_of_those_due_is_told_from_all_answered() -> None:
    text = "办结率100%。所有申请均已办结。均在法定期限内答复，应办结的全部办结。按时答复率达到100%。群众来信均已答复。"
    assert [(said.due, said.in_time) for said in answered(text, ON_REQUEST)] == [
        (False, False),
        (False, False),
        (True, False),
        (False, True),
    ]


# --- hostile


@pytest.mark.parametrize(
    "text",
    ["9" * 5000 + "件", "其中" * 2000, "（" * 3000, "1、" * 2000, "收到申请" * 1000 + "1件", "一" * 3000 + "件", "未" * 4000],
)
def test_odd_texts_are_read_in_time(text: str) -> None:
    start = time.perf_counter()
    known = standard("2021", Path())
    for statement in map(distributed, statements(text)):
        listings(statement)
        claims(known, statement, ON_REQUEST)
    list(denials(text, ON_REQUEST))
    list(outcomes(text))
    assert time.perf_counter() - start < 2


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="收到申请其中办结未发生行政复议件条元万亿%占约近0129一二百、，。；（）() \n“”《》-.〔〕", max_size=120))
def test_no_text_breaks_the_reading(text: str) -> None:
    known = standard("2021", Path())
    for statement in map(distributed, statements(text)):
        listings(statement)
        claims(known, statement, ON_REQUEST)
        for quantity in statement.quantities:
            assert text[quantity.start : quantity.end] == quantity.text
    list(denials(text, ON_REQUEST))
    list(outcomes(text))
    list(answered(text, ON_REQUEST))
