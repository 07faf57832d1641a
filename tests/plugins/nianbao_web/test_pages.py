"""A list is read to its end, and one that is cut short is no number."""

from __future__ import annotations

import json
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs

import pytest

from .conftest import County, Reply, Site, rows


def page(*numbers: int) -> str:
    return rows(*((f"第{n}件", f"/x/{n}.html", "2024-03-05") for n in numbers))


def index(site: Site, *pages: Any) -> None:
    """Pages named as TRS names them."""
    for number, text in enumerate(pages):
        site.pages["/a/" + (f"index_{number}.html" if number else "")] = text


def test_a_list_of_named_pages_ends_where_two_are_not_there(county: County, site: Site) -> None:
    index(site, page(1, 2), page(3, 4), page(5))
    assert county.column(site, pages="index_<n>.html").fact().value == 5
    assert site.seen == ["/robots.txt", "/a/", *(f"/a/index_{n}.html" for n in (1, 2, 3, 4))]


def test_a_second_page_may_be_number_two(county: County, site: Site) -> None:
    index(site, page(1, 2), Reply("", 404), page(3, 4), page(5))
    assert county.column(site, pages="index_<n>.html").fact().value == 5
    index(site, page(1, 2), page(1, 2), page(3, 4), page(5))
    assert county.fact().value == 5


@pytest.mark.parametrize(
    "hole", [Reply("", 404), "<h1>页面不存在</h1>", Reply(status=302, Location="/404.html"), Reply(status=302, Location="/")]
)
def test_a_hole_in_a_list_is_an_error(county: County, site: Site, hole: Any) -> None:
    site.pages["/404.html"] = "<h1>页面不存在</h1>"
    site.pages["/"] = page(91, 92)
    index(site, page(1, 2), page(3, 4), hole, page(5))
    assert (
        f"the list is cut short: {site.url}/a/index_2.html lists nothing new"
        in county.column(site, pages="index_<n>.html").error()
    )


@pytest.mark.parametrize(
    "end", ["<h1>页面不存在</h1>", Reply(status=302, Location="/404.html"), Reply(status=302, Location="/"), page(3, 4)]
)
def test_what_comes_after_the_last_page_may_be_anything_without_new_items(county: County, site: Site, end: Any) -> None:
    site.pages["/404.html"] = "<h1>页面不存在</h1>"
    site.pages["/"] = page(91, 92)
    index(site, page(1, 2), page(3, 4), end, end)
    assert county.column(site, pages="index_<n>.html").fact().value == 4


@pytest.mark.parametrize("status", [500, 403, 412])
def test_a_page_that_fails_is_an_error(county: County, site: Site, status: int) -> None:
    index(site, page(1, 2), page(3, 4), Reply("", status))
    assert f"/a/index_2.html answers HTTP {status}" in county.column(site, pages="index_<n>.html").error()


def test_a_page_in_a_query_may_not_be_missing(county: County, site: Site) -> None:
    site.pages["/a/"] = page(1, 2)
    assert "?page=1 answers HTTP 404" in county.column(site, pages='"?page=<n>"').error()


def test_pages_in_a_query_end_where_they_repeat(county: County, site: Site) -> None:
    site.pages |= {
        "/a/": page(1, 2),
        "/a/?page=1": page(1, 2),
        "/a/?page=2": page(3),
        "/a/?page=3": page(3),
        "/a/?page=4": page(3),
    }
    assert county.column(site, pages='"?page=<n>"').fact().value == 3


def test_pages_that_count_from_zero_lose_none(county: County, site: Site) -> None:
    site.pages |= {"/a/": page(1, 2), "/a/?page=1": page(3, 4), "/a/?page=2": page(5), "/a/?page=3": "", "/a/?page=4": ""}
    assert county.column(site, pages='"?page=<n>"').fact().value == 5


def script(pages: int, number: int, name: str = '"index", "html"') -> str:
    return f"<script>createPageHTML({pages}, {number}, {name});</script>"


def test_as_many_pages_are_read_as_the_script_says(county: County, site: Site) -> None:
    index(site, page(1, 2) + script(3, 0), page(3, 4) + script(3, 1), page(5) + script(3, 2))
    assert county.column(site, pages="createPageHTML").fact().value == 5
    assert site.seen == ["/robots.txt", "/a/", "/a/index_1.html", "/a/index_2.html"]


def test_a_script_that_counts_from_one_is_read_too(county: County, site: Site) -> None:
    site.pages |= {
        "/a/": page(1, 2) + "<script>createPageHTML('page_div',3, 1,'list','shtml',5);</script>",
        "/a/list_2.shtml": page(3),
        "/a/list_3.shtml": page(4),
    }
    assert county.column(site, pages="createPageHTML").fact().value == 4


@pytest.mark.parametrize("last", [Reply("", 404), "", page(3, 4), Reply(status=302, Location="/404.html")])
def test_a_page_that_the_script_counts_must_be_there(county: County, site: Site, last: Any) -> None:
    site.pages["/404.html"] = "<h1>页面不存在</h1>"
    index(site, page(1, 2) + script(3, 0), page(3, 4), last)
    error = county.column(site, pages="createPageHTML").error()
    assert "/a/index_2.html lists nothing new, the script says that there are 3 pages" in error


def test_pinned_items_on_every_page_count_once_and_cut_nothing_short(county: County, site: Site) -> None:
    index(site, page(1, 2) + script(3, 0), page(1, 3), page(1))
    fact = county.column(site, pages="createPageHTML").fact()
    assert fact.value == 3


@pytest.mark.parametrize("said", [script(3, 0), "共3页", "共 <b>3</b> 页"])
@pytest.mark.parametrize("pages", ['""', "list_<n>.html"])
def test_a_list_shorter_than_it_says_is_an_error(county: County, site: Site, said: str, pages: str) -> None:
    index(site, page(1, 2) + said, page(3, 4), page(5))
    assert "it says 3 pages, 1 were found" in county.column(site, pages=pages).error()


def test_a_title_that_tells_pages_of_its_own_cuts_nothing_short(county: County, site: Site) -> None:
    site.pages["/a/"] = page(1).replace("第1件", "公示材料（共12页）")
    assert county.column(site).fact().value == 1


def test_a_script_that_names_no_address_is_told(county: County, site: Site) -> None:
    site.pages["/a/"] = page(1) + script(2, 0, '"http://[", "html"')
    assert "it is no URL" in county.column(site, pages="createPageHTML").error()


def test_a_page_that_moves_but_keeps_its_number_is_that_page(county: County, site: Site) -> None:
    for n, found in enumerate((page(1, 2), page(3), "", ""), 1):
        site.pages |= {f"/a/?page={n}": Reply(status=302, Location=f"/b/?lang=zh&page={n}"), f"/b/?lang=zh&page={n}": found}
    site.pages["/a/"] = page(1, 2)
    assert county.column(site, pages='"?page=<n>"').fact().value == 3


def test_a_page_without_the_script_is_told(county: County, site: Site) -> None:
    site.pages["/a/"] = page(1)
    assert "there is no createPageHTML(…) on" in county.column(site, pages="createPageHTML").error()


def test_a_selector_that_finds_nothing_is_told_with_the_size_of_the_page(county: County, site: Site) -> None:
    site.pages["/a/"] = "x" * 8114
    assert county.column(site, items="ul.list > li").error().startswith(
        f"jurisdictions/luhe.yaml:9:32: “ul.list > li” finds nothing on {site.url}/a/ (HTML, 8,114 bytes)"
    )  # fmt: skip


def test_a_column_that_is_meant_to_be_empty_is_zero(county: County, site: Site) -> None:
    site.pages["/a/"] = "<p>暂无内容</p>"
    assert county.column(site, "{url: /a/, empty: true}").fact().value == 0
    site.pages["/a/"] = page(1)
    assert county.fact().value == 1


def test_a_column_that_is_not_there_is_never_zero(county: County, site: Site) -> None:
    assert "/a/ is not there (404)" in county.column(site, "{url: /a/, empty: true}").error()


def test_items_of_other_years_alone_are_a_zero(county: County, site: Site) -> None:
    site.pages["/a/"] = page(1).replace("2024", "2023")
    assert county.column(site).fact().value == 0


@pytest.mark.parametrize(
    "stub",
    [
        Reply(status=301, Location="/b/"), Reply(status=302, Location="../b/"), Reply(status=308, Location="/b/"),
        "<META HTTP-EQUIV='REFRESH' CONTENT='0;URL=/b/'>", '<meta http-equiv="refresh" content="1; url=\'../b/\'">',
        "<script>location.href='/b/'</script>", "<script type='text/javascript'>\n window.location = \"/b/\";\n</script>", "<script>top.location.replace('/b/')</script>",
    ],
)  # fmt: skip
def test_a_column_that_moved_is_followed(county: County, site: Site, stub: Any) -> None:
    site.pages |= {"/a/": stub, "/b/": page(1, 2), "/b/index_1.html": page(3)}
    fact = county.column(site, pages="index_<n>.html").fact()
    assert fact.value == 3
    assert fact.origin
    assert fact.origin.where == f"{site.url}/b/"


@pytest.mark.parametrize(
    "no_stub",
    [
        "<meta http-equiv=refresh content='300'>", "<meta http-equiv=refresh content='300; url=/a/'>", "<noscript><meta http-equiv=refresh content='0; url=/b/'></noscript>",
        "<script>function go() { location.href = '/b/'; }</script>", "<!-- <script>location.href='/b/'</script> -->",
    ],
)  # fmt: skip
def test_a_page_that_could_lead_elsewhere_stays(county: County, site: Site, no_stub: str) -> None:
    site.pages["/a/"] = no_stub + page(1, 2)
    assert county.column(site).fact().value == 2


def test_moves_without_end_are_told(county: County, site: Site) -> None:
    site.pages |= {"/a/": Reply(status=302, Location="/b/"), "/b/": Reply(status=302, Location="/a/")}
    assert "is moved without end" in county.column(site).error()
    site.pages["/a/"] = lambda visit: Reply(status=302, Location="/c0/")
    site.pages |= {f"/c{n}/": Reply(status=302, Location=f"/c{n + 1}/") for n in range(30)}
    assert "is moved without end" in county.error()
    assert "/c11/" not in site.seen


def test_a_list_without_end_is_broken_off(county: County, site: Site) -> None:
    for n in range(1, 30):
        site.pages[f"/a/?p={n}"] = page(n)
    assert "has more than 7 pages" in county.column(site, '{url: "/a/?p=<n>"}', longest="7").error()
    assert site.seen[-1] == "/a/?p=7"


def posted(site: Site, records: list[dict[str, str]], size: int, total: int | None = None) -> None:
    def answer(visit: BaseHTTPRequestHandler) -> str:
        sent = site.sent[-1]
        number = json.loads(sent)["page"]["no"] if sent.startswith("{") else int(parse_qs(sent)["no"][0])
        data = {
            "records": records[(number - 1) * size : number * size] or None,
            "total": len(records) if total is None else total,
        }
        return json.dumps({"data": data})

    site.pages["/api"] = answer


RECORDS = [{"title": f"第{n}件", "u": f"/x/{n}.html", "d": "2024-03-05"} for n in range(7)]
API = "items: data.records, link: u, date: d, total: data.total}"


def test_a_form_is_posted_page_by_page(county: County, site: Site) -> None:
    posted(site, RECORDS, 3)
    county.column(
        site, f"{{url: /api, post: {{栏目: <站点> 甲, no: <n>}}, {API}", pages="index_<n>.html", **{"with": "{站点: lhz}"}
    )
    assert county.fact().value == 7
    assert [parse_qs(sent) for sent in site.sent[:2]] == [{"栏目": ["lhz 甲"], "no": ["1"]}, {"栏目": ["lhz 甲"], "no": ["2"]}]


def test_a_json_body_is_posted_with_numbers_as_numbers(county: County, site: Site) -> None:
    posted(site, RECORDS, 3)
    assert (
        county.column(site, f'{{url: /api, json: {{page: {{no: <n>, size: 3}}, ids: [<id>, "7", 1.5], open: true}}, {API}')
        .fact()
        .value
        == 7
    )
    assert json.loads(site.sent[0]) == {"page": {"no": 1, "size": 3}, "ids": ["luhe", "7", 1.5], "open": True}


def test_a_list_shorter_than_its_total_is_an_error(county: County, site: Site) -> None:
    posted(site, RECORDS, 3, total=9)
    assert "says 9 items, 7 were found" in county.column(site, f"{{url: /api, post: {{no: <n>}}, {API}").error()


def test_a_list_that_changes_while_it_is_read_is_told(county: County, site: Site) -> None:
    posted(site, RECORDS, 3)
    answer: Any = site.pages["/api"]

    def shrinking(visit: BaseHTTPRequestHandler) -> str:
        text: str = answer(visit)
        return text if len(site.sent) == 1 else text.replace('"total": 7', '"total": 6')

    site.pages["/api"] = shrinking
    assert "changed while it was read: 7 items became 6" in county.column(site, f"{{url: /api, post: {{no: <n>}}, {API}").error()


def test_one_column_that_fails_loses_no_other(county: County, site: Site) -> None:
    site.pages |= {"/a/": page(1), "/c/": page(2)}
    county.writes(f"base: {site.url}\ndelay: 0\nitems: li\nanswers: {{二: {{公开信息: {{甲: a/, 乙: b/, 丙: c/}}}}}}")
    said = county.answer()
    assert [str(getattr(said[name], "value", said[name]))[:30] for name in ("甲", "丙")] == ["1", "1"]
    assert "/b/ is not there (404)" in str(said["乙"])
    assert county.run.notes[0][1].startswith("3 columns, 2 answered;")


@pytest.mark.parametrize("label", ["下一页", "下页", "<span>下一页</span>", "尾页"])
def test_a_list_that_leads_on_to_what_the_settings_do_not_find_is_not_taken_for_one_page(
    county: County, site: Site, label: str
) -> None:
    site.pages["/a/"] = rows(("甲", "1.html", "2024-03-05")) + f'<a class=next href="list_2.html">{label}</a>'
    told = county.column(site, pages="index_<n>.html").error()
    assert f"leads on to {site.url}/a/list_2.html, which `pages` does not find" in told


@pytest.mark.parametrize("href", ["#", "index.html", "./", "javascript:void(0)", "/a/"])
def test_a_pager_that_leads_nowhere_is_that_of_one_page(county: County, site: Site, href: str) -> None:
    site.pages["/a/"] = rows(("甲", "1.html", "2024-03-05")) + f'<a href="{href}">下一页</a><a href="{href}">尾页</a>'
    assert county.column(site, pages="index_<n>.html").fact().value == 1


BLOCKED = "<html><title>提示</title><body>您的访问过于频繁</body></html>"


@pytest.mark.parametrize("answer", [BLOCKED, "", Reply(status=302, Location="/blocked.html")])
def test_a_portal_that_keeps_readers_off_in_the_middle_of_a_list_is_told_and_not_taken_for_its_end(
    county: County, site: Site, answer: str | Reply
) -> None:
    def page(number: int) -> str:
        return f'<title>动态 第{number}页</title>{rows((f"甲{number}", f"{number}.html", "2024-03-05"))}<a href="?page={number + 1}">下一页</a>'

    site.pages |= {"/a/": page(1), "/a/?page=1": page(1), "/a/?page=2": page(2), "/a/?page=3": answer, "/blocked.html": BLOCKED}
    told = county.column(site, pages='"?page=<n>"').error()
    assert "answers something that is no list" in told or "it is moved to" in told
    site.pages |= {
        "/a/?page=3": page(3).replace("?page=4", "#"),
        "/a/?page=4": "<title>动态</title>",
        "/a/?page=5": "<title>动态</title>",
    }
    assert county.fact().value == 3


@pytest.mark.parametrize(
    "end", ["<title>动态 第4页</title><ul></ul>", "<title>x</title>您访问的页面不存在", "<title>y</title>暂无数据"]
)
def test_what_a_portal_shows_behind_the_end_of_a_list_ends_it(county: County, site: Site, end: str) -> None:
    site.pages["/a/"] = f"<title>动态 第1页</title>{rows(('甲', '1.html', '2024-03-05'))}"
    site.pages |= {f"/a/?page={number}": end for number in (1, 2, 3)}
    assert county.column(site, pages='"?page=<n>"').fact().value == 1
