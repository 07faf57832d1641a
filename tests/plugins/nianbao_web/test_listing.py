"""What a list page says: items once by their link, dates beside them, in any charset; scraped text stays data."""

from __future__ import annotations

import json

import pytest

from .conftest import County, Reply, Site, rows

DAY = "2024-03-05"


@pytest.mark.parametrize(("first", "last", "counted"), [("2024-01-01", "2024-12-31", 2), ("2023-12-31", "2025-01-01", 0)])
def test_a_year_is_from_its_first_day_to_its_last(county: County, site: Site, first: str, last: str, counted: int) -> None:
    site.pages["/a/"] = rows(("甲", "1.html", first), ("乙", "2.html", last))
    assert county.column(site).fact().value == counted


@pytest.mark.parametrize("said", ["utf-8", "gb2312", "gbk", "big5", "nonsense"])
@pytest.mark.parametrize("written", ["utf-8", "gb18030", "utf-8-sig", "utf-16"])
def test_a_charset_is_what_the_bytes_are_not_what_the_page_says(county: County, site: Site, said: str, written: str) -> None:
    page = (
        f'<html><head><meta charset="{said}"></head>{rows(("关于镕基的通知，特此公告", "1.html", "二〇二四年三月五日"))}</html>'
    )
    site.pages["/a/"] = Reply(page.encode(written), Content_Type=f"text/html; charset={said}")
    assert county.column(site).fact().evidence[0]["标题"] == "关于镕基的通知，特此公告"


@pytest.mark.parametrize("written", ["utf-8", "gb18030"])
def test_a_damaged_page_is_still_read_in_its_charset(county: County, site: Site, written: str) -> None:
    titles = ["政府信息公开指南", "年度报告", "关于开展社会评议的通知", "乡村振兴项目公示", "某某同志任职", "安全生产月"]
    page = rows(*((title, f"{title}.html", DAY) for title in titles)).encode(written)
    site.pages["/a/"] = page.replace(b"<ul>", b"<ul>\xff\x80\x81")
    assert [row["标题"] for row in county.column(site).fact().evidence] == titles


@pytest.mark.parametrize(
    "again",
    [
        "1.html",
        "./1.html",
        "/a/1.html#top",
        "http://HOST/a/1.html",
        "//HOST/a/1.html",
        "https://HOST/a/1.html",
        "../a/1.html",
        "javascript:openUrl('/a/1.html')",
    ],
)
def test_an_item_counts_once_however_its_link_is_written(county: County, site: Site, again: str) -> None:
    again = again.replace("HOST", f"127.0.0.1:{site.server_port}")
    site.pages["/a/"] = rows(("甲", "1.html", DAY), ("甲", again, DAY), ("乙", "2.html", DAY), ("丙", "1.html?id=2", DAY))
    fact = county.column(site).fact()
    assert fact.value == 3
    assert fact.origin
    assert isinstance(fact.origin.how, dict)
    assert fact.origin.how["重复"] == 1


@pytest.mark.parametrize(
    "line",
    [
        "<a href=\"javascript:openUrl('/x.html')\">甲</a>", "<a href=\"javascript:void(0)\" onclick=\"window.open('/x.html','_blank')\">甲</a>",
        "<a href='#' onclick='go(\"/x.html\")'>甲</a>", "<a href=' /x.html '>甲</a>", "<a href='/x.html'>甲</a><a href='/y.html'>更多</a>",
    ],
)  # fmt: skip
def test_a_link_is_found_also_where_a_script_opens_it(county: County, site: Site, line: str) -> None:
    site.pages["/a/"] = f"<li>{line} <b>{DAY}</b></li>"
    [row] = county.column(site).fact().evidence
    assert row["网址"] == f"{site.url}/x.html"


def test_links_start_where_the_page_says(county: County, site: Site) -> None:
    site.pages["/a/"] = f"<base href='/b/c/'>{rows(('甲', '1.html', DAY))}"
    assert county.column(site).fact().evidence[0]["网址"] == f"{site.url}/b/c/1.html"


@pytest.mark.parametrize(
    "line",
    [
        "没有链接的一行",
        "<a>甲</a>",
        "<a href='javascript:show(12)'>甲</a>",
        "<a href='mailto:me@h'>甲</a>",
        "<a href='http://[::1'>甲</a>",
    ],
)
def test_an_item_without_a_link_is_told(county: County, site: Site, line: str) -> None:
    site.pages["/a/"] = f"<li>{line} {DAY}</li>"
    assert "has no link" in county.column(site).error()


def test_a_line_that_only_divides_is_no_item(county: County, site: Site) -> None:
    site.pages["/a/"] = f"<ul><li class=line></li>{rows(('甲', '1.html', DAY))}<li>&nbsp;</li></ul>"
    assert county.column(site).fact().value == 1


def test_a_date_in_the_title_is_not_the_items_date(county: County, site: Site) -> None:
    site.pages["/a/"] = "<li><a href='1.html'>关于2023年12月29日会议的通知</a> <i>[2024-01-02]</i></li>"
    assert county.column(site).fact().value == 1
    site.pages["/a/"] = "<li><a href='1.html'>关于2024年1月2日会议的通知</a></li>"
    assert "no date" in county.error()


def test_a_date_inside_the_link_but_apart_from_its_title_is_read(county: County, site: Site) -> None:
    site.pages["/a/"] = f"<a class=x href='1.html'>甲<span>{DAY}</span></a>"
    assert county.column(site, items="a.x").fact().value == 1


def test_items_without_a_date_are_told_with_title_and_url(county: County, site: Site) -> None:
    site.pages["/a/"] = rows(("甲", "1.html", DAY), ("乙公告", "2.html", ""), ("丙", "3.html", "2024-02-30"))
    error = county.column(site).error()
    assert f"“乙公告” has no date: there is no date in “” ({site.url}/a/2.html) (and 1 more)" in error
    site.pages["/a/"] = rows(("丙", "3.html", "2024-02-30"))
    assert "there is no day 2024-02-30" in county.error()


def test_an_undated_item_of_another_year_is_told_too(county: County, site: Site) -> None:
    site.pages["/a/"] = rows(("旧", "1.html", "2019-01-01"), ("乙", "2.html", "昨天"))
    assert "“乙” has no date" in county.column(site).error()


@pytest.mark.parametrize("date", ["span.d", "./span[@class='d']", "span.d::text", "span::attr(class)"])
def test_a_date_is_where_the_settings_say(county: County, site: Site, date: str) -> None:
    site.pages["/a/"] = "<li><a href='1.html'>甲</a><span class=d>2024-03-05</span><em>2023-01-01</em></li>"
    county.column(site, date=f'"{date}"')
    if "attr" in date:
        assert "no date in “d”" in county.error()
    else:
        assert county.fact().value == 1


def test_a_date_on_the_items_own_page_is_read_there(county: County, site: Site) -> None:
    site.pages["/a/"] = "<li><a href='1.html'>甲</a></li><li><a href='2.html'>乙</a></li>"
    site.pages["/a/1.html"] = "<p class=info>发布时间：<b>2024-03-05</b></p>"
    site.pages["/a/2.html"] = Reply(status=302, Location="/a/3.html")
    site.pages["/a/3.html"] = "<p class=info>发布时间：<b>2023-03-05</b></p>"
    assert county.column(site, date="{page: .info b}").fact().value == 1
    site.pages["/a/"] += "<li><a href='4.html'>丁</a></li>"  # type: ignore[operator]
    assert f"“丁” has no date: the page is not there (404) ({site.url}/a/4.html)" in county.error()
    site.pages["/a/4.html"] = "<p>2024-01-01</p>"
    assert "“.info b” finds nothing" in county.error()
    site.pages["/a/4.html"] = "<p class=info>发布时间：<b>2024-01-01</b></p>"
    assert county.fact().value == 2


def test_two_links_that_lead_to_one_page_count_once(county: County, site: Site) -> None:
    site.pages["/a/"] = "<li><a href='1.html'>甲</a></li><li><a href='2.html'>甲</a></li>"
    site.pages["/a/1.html"] = "<b>2024-03-05</b>"
    site.pages["/a/2.html"] = Reply(status=301, Location="1.html")
    assert county.column(site, date="{page: b}").fact().value == 1


def test_scraped_text_is_data(county: County, site: Site) -> None:
    title = "{{ 公开信息 }}<script>alert(1)</script>\u202e倒写\x07响铃&#xD800;&#57343;"
    site.pages["/a/"] = f"<li><a href='1.html' title='{title}'>甲</a>{DAY}</li>"
    [row] = county.column(site).fact().evidence
    assert row["标题"] == "{{ 公开信息 }}<script>alert(1)</script>倒写响铃"
    assert type(row["标题"]) is str


def test_json_is_read_with_jmespath_and_held_to_its_total(county: County, site: Site) -> None:
    records = [{"title": f"第{n}件", "url": f"/x/{n}.html", "t": 1709596800000 + n} for n in range(5)]
    site.pages["/api"] = json.dumps({"data": {"list": records, "total": 5}})
    column = "{url: /api, items: data.list, link: url, date: t, total: data.total}"
    assert county.column(site, column).fact().value == 5
    site.pages["/api"] = json.dumps({"data": {"list": records, "total": 6}})
    assert "says 6 items, 5 were found (5 different ones)" in county.error()
    site.pages["/api"] = json.dumps({"data": {"list": records, "total": 4}})
    assert "says 4 items, 5 were found" in county.error()
    site.pages["/api"] = json.dumps({"data": {"list": records}})
    assert "total “data.total” gives 0 numbers" in county.error()


def test_a_record_may_hold_html(county: County, site: Site) -> None:
    site.pages["/api"] = json.dumps({"rows": [f"<li><a href='/{n}.html'>甲</a><span>{DAY}</span></li>" for n in range(3)]})
    assert county.column(site, "{url: /api, items: rows}").fact().value == 3


def test_xml_records_are_read_as_jpage_writes_them(county: County, site: Site) -> None:
    lines = "".join(
        f"<record><![CDATA[<li><a href='/art/2024/3/5/art_{n}.html'>甲{n}</a><span>[03-05]</span></li>]]></record>"
        for n in range(3)
    )
    site.pages["/x"] = (
        f'<?xml version="1.0" encoding="gb2312"?><datastore><totalrecord>3</totalrecord><recordset>{lines}</recordset></datastore>'.encode(
            "gb18030"
        )
    )
    fact = county.column(site, "{url: /x, items: record, total: totalrecord}").fact()
    assert fact.value == 3
    assert fact.evidence[0]["标题"] == "甲0"
    site.pages["/x"] = "<datastore><record><title>甲</title><url>/1.html</url><day>2024-03-05</day></record></datastore>"
    county.column(site, "{url: /x, items: record, link: url, title: title, date: day}")
    assert county.fact().evidence == [{"标题": "甲", "网址": f"{site.url}/1.html", "日期": DAY}]


@pytest.mark.parametrize(
    ("page", "says"),
    [
        ('{"data": [', "answers broken JSON"),
        ("[" * 100_000, "answers broken JSON"),
        ('{"data": {"list": [{"title": "甲", "date": "2024-03-05"}]}}', "answers JSON, and there is no `link:`"),
        ("<ul></ul>", "finds nothing on"),
        ("", "finds nothing on"),
    ],
)
def test_an_answer_that_cannot_be_read_is_told(county: County, site: Site, page: str, says: str) -> None:
    site.pages["/a/"] = page
    assert says in county.column(site, items="data.list", date="date").error()


def test_an_expression_for_another_kind_of_answer_is_told(county: County, site: Site) -> None:
    site.pages["/a/"] = '{"x": 1}'
    assert "answers JSON, for which “//ul/li” is not written" in county.column(site, items="//ul/li").error()
    assert "“ul.list > li” finds nothing on" in county.column(site, items="ul.list > li").error()
    assert "(JSON, 8 bytes)" in county.error()
    site.pages["/a/"] = "<p>"
    assert "answers HTML, for which “a[?b].c” is not written" in county.column(site, items='"a[?b].c"').error()


def test_entities_of_xml_are_not_fetched_or_blown_up(county: County, site: Site) -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY f SYSTEM "file:///etc/hostname"><!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    site.pages["/x"] = f"{bomb}<r><record><title>&f;&b;</title><url>/1.html</url><day>2024-03-05</day></record></r>"
    fact = county.column(site, "{url: /x, items: record, link: url, title: title, date: day}").fact()
    assert fact.evidence[0]["标题"] == ""
