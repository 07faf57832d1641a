"""Dates as portals write them; none is guessed."""

from __future__ import annotations

from datetime import date

import pytest

from nianbao_web.dates import Undated, in_text, in_url

LINK = "http://www.heshan.example/lhz/t20240305_1.html"


@pytest.mark.parametrize(
    "text",
    [
        "2024-03-05", "2024/3/5", "2024.03.05", "2024年3月5日", "２０２４年０３月０５日", "二〇二四年三月五日", "二○二四年三月五日", "二零二四年三月五日", "20240305",
        "20240305093000", "[2024-03-05]", "发布日期：2024-03-05 09:30", "2024-03-05 23:59:59", "2024-03-05T01:02:03", "2024 年 3 月 5 日", "2024-03-05 2024-03-05",
        "[03-05]", "03/05", "3月5日", "(3-5)", "1709596800", "1709596800000", "2024-03-04T16:00:00Z", "2024-03-05T23:59:59+08:00", "2024-03-05发布人：某某",
    ],
)  # fmt: skip
def test_a_date_is_read_however_it_is_written(text: str) -> None:
    assert in_text(text, LINK) == date(2024, 3, 5)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("二〇二四年十二月三十一日", (2024, 12, 31)),
        ("二〇二三年十月十日", (2023, 10, 10)),
        ("二〇二三年十一月二十日", (2023, 11, 20)),
    ],
)
def test_chinese_numbers_are_read(text: str, day: tuple[int, int, int]) -> None:
    assert in_text(text, LINK) == date(*day)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no date"), ("阅读 17 次", "no date"), ("2024年", "no date"), ("24-03-05", "no date"), ("2024-03", "no date"), ("1.2.3", "no date"),
        ("2024-02-30", "no day 2024-02-30"), ("2024-13-01", "no day"), ("20240000", "no day"), ("二〇二四年二月三十日", "no day"), ("[02-30]", "no day 2024-02-30"),
        ("2024-03-05 更新：2024-03-09", "more than one date: 2024-03-05、2024-03-09"), ("12-28", "over half a year apart"),
    ],
)  # fmt: skip
def test_what_is_no_date_is_not_made_one(text: str, says: str) -> None:
    with pytest.raises(Undated) as told:
        in_text(text, LINK)
    assert says in told.value.en


@pytest.mark.parametrize(
    ("link", "year"),
    [
        ("http://h/202403/t1.html", 2024),
        ("http://h/2023/x.html", 2023),
        ("http://h/art/2022/3/6/art_1.html", 2022),
        ("http://h/2021-03/1.html", 2021),
    ],
)
def test_a_short_date_takes_its_year_from_the_link(link: str, year: int) -> None:
    assert in_text("[03-05]", link) == date(year, 3, 5)


@pytest.mark.parametrize(
    "link",
    [
        "http://h/x.html",
        "http://h/2019.html",
        "http://h/201912345.html",
        "http://2024.example/x.html",
        "http://h/2023/2024/x.html",
    ],
)
def test_a_short_date_without_one_year_in_the_link_is_none(link: str) -> None:
    with pytest.raises(Undated, match="has no year"):
        in_text("[03-05]", link)


@pytest.mark.parametrize(
    "path",
    [
        "t20240305_123.html",
        "202403/t20240305_9.html",
        "art/2024/3/5/art_77_1234.html",
        "2024/0305/c12.html",
        "2024-03-05/1.htm",
        "2024/03/05/9.html",
        "x?day=2024-03-05",
    ],
)
def test_a_date_in_a_link_is_read(path: str) -> None:
    assert in_url(f"http://www.2023.example/{path}") == date(2024, 3, 5)


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("x.html", "no date"),
        ("2024/12345.html", "no date"),
        ("t20240230_1.html", "no day"),
        ("t20240305_20240306.html", "more than one"),
    ],
)
def test_a_link_without_one_date_has_none(path: str, says: str) -> None:
    with pytest.raises(Undated) as told:
        in_url(f"http://h/{path}")
    assert says in told.value.en
