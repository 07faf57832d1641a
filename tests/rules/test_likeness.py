"""Prose against last year's: for every rule what passes, what fails, what cannot be assessed."""

from __future__ import annotations

import pytest

from composed import answer, findings
from nianbao_guoban.rules import likeness

RULES = {rule.code: rule for rule in likeness.RULES}
FIVE, ONE = "五、存在的主要问题及改进情况", "一、总体情况"
LAST = "存在的问题是村级公告栏更新不及时。下年度将印制公告登记簿。"


def told(this: str = "", answer: str = "", last: str = LAST) -> str:
    """Part five: this year's problems, what became of last year's, and last year's report."""
    now = [f"{name}: {text}" for name, text in (("本年度", this), ("上年度", answer)) if text]
    return f"{FIVE}: {{{', '.join(now)}}}\n上年: {{{FIVE}: {{本年度: {last}}}}}"


CASES = [
    ("X-PROBLEM-SIM", "", "passes"),
    ("X-PROBLEM-SIM", told(LAST), "error"),
    ("X-PROBLEM-SIM", told("存在的问题是村级公告栏更新不及时。下年度将印制公示登记簿。"), "warning"),
    ("X-PROBLEM-SIM", told("存在的问题是村级公告栏更新不及时。下年度为每村配一名管理员，每周到各村核对一次并按月通报情况。"), "warning"),
    ("X-PROBLEM-SIM", told("一是村级公告栏更新不够及时，二是答复文书写得过简。下年度编写样例，到村巡查，每季度通报。"), "passes"),
    ("X-PROBLEM-SIM", told("一是村级公告栏更新不及时，二是答复文书写得过简。下年度编写样例，到村巡查，每季度通报。"), "warning"),
    ("X-PROBLEM-SIM", told("2024年答复12件中有2件过简。", last="2023年答复15件中有1件过简。"), "error"),
    ("X-PROBLEM-SIM", told("按要求开展工作。", last="按要求开展工作。"), "error"),
    ("X-PROBLEM-SIM", f"{FIVE}: null", "not assessable"),
    ("X-PROBLEM-SIM", f"上年: {{{FIVE}: null}}", "not assessable"),
    ("X-PROBLEM-SIM", "上年: null", "not assessable"),
    ("X-PROBLEM-CLOSE", "", "passes"),
    ("X-PROBLEM-CLOSE", told(answer="上年度的问题都已解决。"), "warning"),
    ("X-PROBLEM-CLOSE", told(answer="为各村公告栏配了管理员。"), "passes"),
    ("X-PROBLEM-CLOSE", told(answer="公告栏已专人管理。", last="一是公告栏更新不及时，二是答复文书过简。"), "warning"),
    ("X-PROBLEM-CLOSE", told(answer="公告栏已专人管理，答复文书有了样例。", last="一是公告栏更新不及时，二是答复文书过简。"), "passes"),
    ("X-PROBLEM-CLOSE", told(answer="加强信息公开工作。", last="一是信息公开工作有待加强，二是目录不全。"), "warning"),
    ("X-PROBLEM-CLOSE", told(last="按要求开展工作。"), "not assessable"),
    ("X-PROBLEM-CLOSE", f"{FIVE}: null", "not assessable"),
    ("X-PROBLEM-CLOSE", "上年: null", "not assessable"),
    ("X-TEXT-SIM", "", "passes"),
    ("X-TEXT-SIM", f"上年: {{{ONE}: null}}", "not assessable"),
    ("X-TEXT-SIM", f"{ONE}: null", "not assessable"),
    ("X-TEXT-SIM", "上年: null", "not assessable"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "fragment", "expected"), CASES)
def test_prose_is_this_years(code: str, fragment: str, expected: str) -> None:
    assert answer(RULES[code], fragment) == expected


def test_problems_are_warned_of_from_one_share_on_and_refused_from_another() -> None:
    rule, text = RULES["X-PROBLEM-SIM"], told("甲乙丙丁戊", last="甲乙丙丁戊己庚")  # 3 of 5 runs
    assert answer(rule, text, warn=0.6) == "warning"
    assert answer(rule, text, warn=0.61) == "passes"
    assert answer(rule, text, stop=0.6) == "error"
    (found,) = findings(rule, text).found
    assert (found.zh, found.expected, found.found) == ("存在的问题与上年雷同（60%）", "≠ 甲乙丙丁戊己庚", "甲乙丙丁戊")
    assert found.place == "data:improvements.this_year"


def test_one_problem_that_comes_again_is_shown_with_last_years() -> None:
    fragment = told("一是村级公告栏的更新不及时，二是答复文书写得过简。下年度编写样例，到村巡查。")
    (found,) = findings(RULES["X-PROBLEM-SIM"], fragment, warn=0.4).found
    assert (found.severity, found.expected, found.found) == ("warning", "≠ 村级公告栏更新不及时", "村级公告栏的更新不及时")


@pytest.mark.parametrize(("share", "expected"), [(0.1, "passes"), (0.13, "warning")])
def test_an_answer_has_some_of_the_words_of_the_problem(share: float, expected: str) -> None:
    fragment = told(answer="为各村公告栏配了管理员。")  # 1 of the 8 runs of 村级公告栏更新不及时
    assert answer(RULES["X-PROBLEM-CLOSE"], fragment, share=share) == expected


def test_a_problem_without_an_answer_is_named() -> None:
    (found,) = findings(RULES["X-PROBLEM-CLOSE"], told(answer="都已解决。")).found
    assert found.zh == "上年报告所列“村级公告栏更新不及时”没有回应"
    assert (found.at, found.place) == ("improvements.last_year", "data:improvements.last_year")


def test_where_part_five_is_not_parted_all_of_it_is_read() -> None:
    whole = f"{FIVE}: 村级公告栏更新不及时。将印制登记簿。"
    assert answer(RULES["X-PROBLEM-CLOSE"], f"{FIVE}: null\n上年: {{{FIVE}: null}}") == "not assessable"
    assert answer(RULES["X-PROBLEM-SIM"], f"{whole}\n上年:\n  {whole}") == "error"
    assert answer(RULES["X-PROBLEM-CLOSE"], f"{whole}\n上年:\n  {whole}") == "passes"


@pytest.mark.parametrize(("share", "expected"), [(0.8, "passes"), (0.75, "warning"), (0.7, "warning")])
def test_part_one_may_repeat_some_of_last_years(share: float, expected: str) -> None:
    names = ("引言", "主动公开", "依申请公开", "政府信息管理", "平台建设", "监督保障")
    now, before = (dict.fromkeys(names), dict.fromkeys(names))
    now["引言"], before["引言"] = "甲乙丙丁戊己庚辛", "2023甲乙丙丁戊己庚辛壬癸"  # 6 of 8 runs
    laid = "\n".join(f"  {name}: {text or 'null'}" for name, text in now.items())
    lines = "\n".join(f"    {name}: {text or 'null'}" for name, text in before.items())
    assert answer(RULES["X-TEXT-SIM"], f"{ONE}:\n{laid}\n上年:\n  {ONE}:\n{lines}", share=share) == expected


def letters(count: int, start: int = 0) -> str:
    """Rare letters, each once: of ``count`` there are ``count - 2`` runs of three."""
    return "".join(chr(0x9E00 + start + each) for each in range(count))


@pytest.mark.parametrize(
    ("same", "all_of_it", "expected"),
    [(25, 42, "passes"), (6, 10, "warning"), (49, 58, "warning"), (17, 20, "error")],
)
def test_problems_warn_from_three_fifths_on_and_stop_from_seventeen_twentieths_on(
    same: int, all_of_it: int, expected: str
) -> None:
    assert answer(RULES["X-PROBLEM-SIM"], told(letters(same + 2), last=letters(all_of_it + 2))) == expected


@pytest.mark.parametrize(("same", "expected"), [(3, "warning"), (2, "passes")])
def test_one_problem_warns_from_three_fifths_on(same: int, expected: str) -> None:
    now = f"一是{letters(same + 2)}，二是{letters(60, 20)}"
    before = f"一是{letters(7)}，二是{letters(60, 90)}"
    assert answer(RULES["X-PROBLEM-SIM"], told(now, last=before)) == expected


@pytest.mark.parametrize(
    ("runs", "same", "expected"), [(10, 1, "passes"), (11, 1, "warning"), (21, 2, "warning"), (21, 3, "passes")]
)
def test_a_tenth_of_a_problem_is_an_answer(runs: int, same: int, expected: str) -> None:
    fragment = told(answer=f"{letters(same + 2)}。", last=f"一是{letters(runs + 2)}。")
    assert answer(RULES["X-PROBLEM-CLOSE"], fragment) == expected


@pytest.mark.parametrize(("same", "all_of_it", "expected"), [(31, 39, "passes"), (4, 5, "warning")])
def test_part_one_warns_from_four_fifths_on(same: int, all_of_it: int, expected: str) -> None:
    none = "".join(f", {name}: null" for name in ("主动公开", "依申请公开", "政府信息管理", "平台建设", "监督保障"))
    parts = [f"{ONE}: {{引言: {letters(count + 2)}{none}}}" for count in (same, all_of_it)]
    assert answer(RULES["X-TEXT-SIM"], f"{parts[0]}\n上年: {{{parts[1]}}}") == expected


@pytest.mark.parametrize(
    ("text", "telling"),
    [
        ("信息公开目录不全", "目录不全"),
        ("工作目录全", "目录全"),
        ("工作目录", "工作目录"),
        ("我镇2023年个别村公告栏", "年村公告栏"),
    ],
)
def test_words_that_any_problem_has_do_not_tell_it(text: str, telling: str) -> None:
    assert likeness._telling(text) == telling


@pytest.mark.parametrize(("count", "shown"), [(40, letters(40)), (41, letters(40) + "…")])
def test_a_message_repeats_forty_letters(count: int, shown: str) -> None:
    assert likeness._shown(letters(count)) == shown
