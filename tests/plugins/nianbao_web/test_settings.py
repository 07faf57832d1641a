"""A wrong setting is told at its line, before anything is fetched."""

from __future__ import annotations

import pytest

from nianbao import NianbaoError

from .conftest import County, Site

GOOD = """
base: URL/<站点>/
with: {站点: lhz}
delay: 0
items: ul.list > li
pages: index_<n>.html
date: span
answers:
  二、主动公开政府信息情况:
    公开信息:
      工作动态: {url: gzdt/, total: b}
"""


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("base: URL", "base: www.heshan.example", 6, "only http and https are"),
        ("base: URL", "base: file:///etc", 6, "only http and https are"),
        ("base: URL", "base: http://me:secret9@127.0.0.1", 6, "it has a user or password in it"),
        ("base: URL", "base: http://me@127.0.0.1", 6, "it has a user or password in it"),
        ("base: URL", "base: http://[::1", 6, "it is no URL"),
        ("base: URL", "base: http://127.0.0.1:99999", 6, "it is no URL"),
        ("<站点>", "<站店>", 6, "nobody gave <站店>\n    There are: year、id、code、name、站点"),
        ("url: gzdt/", "url: gzdt/<栏目>/", 15, "nobody gave <栏目>"),
        ("url: gzdt/", "url: http://me:secret9@127.0.0.1/", 15, "it has a user or password in it"),
        ("url: gzdt/", "url: javascript:alert(1)", 15, "only http and https are"),
        ("ul.list > li", "ul.list >> li", 9, "items “ul.list >> li” is no selector"),
        ("ul.list > li", "//ul[", 9, "items “//ul[” is no selector"),
        ("items: ul.list > li\n", "", 14, "there is no `items:`"),
        ("date: span", 'date: "span["', 11, "date “span[” is no selector"),
        ("date: span", 'date: {page: "..["}', 11, "date.page “..[” is no selector"),
        ("total: b", 'total: "b[["', 15, "total “b[[” is no selector"),
        ("total: b", 'link: "a::attr("', 15, "link “a::attr(” is no selector"),
        ("index_<n>.html", "index.html", 10, "there is no <n> in pages “index.html”"),
        ("total: b", "pages: next, total: b", 15, "there is no <n> in pages “next”"),
        ("total: b", 'post: {no: <n>}, pages: "?p=<n>"', 15, "`pages`, and <n> in `url`, `post` or `json`"),
        ("total: b", "post: {a: b}, json: {a: b}", 15, "either `post` or `json`, not both"),
        ("total: b", "post: {a: <栏>}", 15, "nobody gave <栏>"),
        ("total: b", "json: {a: [<栏>]}", 15, "nobody gave <栏>"),
        ("total: b", "totel: b", 15, "unknown key “totel”"),
        ("delay: 0", "delay: soon", 8, "expected a number"),
        ("delay: 0", "agent: 年报", 8, "`agent` may hold ASCII only"),
        ("delay: 0", "delay: -1", 5, "`delay` must be from"),
        ("delay: 0", "seconds: 0", 5, "`seconds` must be from"),
        ("delay: 0", "longest: 0", 5, "`longest` must be from"),
    ],
)  # fmt: skip
def test_a_wrong_setting_is_told_at_its_line(county: County, site: Site, old: str, new: str, line: int, says: str) -> None:
    assert old in GOOD
    county.writes(GOOD.replace(old, new).replace("URL", site.url))
    with pytest.raises(NianbaoError) as told:
        county.answer()
    assert says in str(told.value)
    assert f"jurisdictions/luhe.yaml:{line}:" in str(told.value)
    assert "secret9" not in str(told.value)
    assert not site.seen


def test_all_wrong_settings_are_told_together(county: County, site: Site) -> None:
    county.writes(GOOD.replace("URL", site.url).replace("date: span", 'date: "span["').replace("gzdt/", "<栏目>/"))
    with pytest.raises(NianbaoError) as told:
        county.answer()
    assert "nobody gave <栏目>" in str(told.value)
    assert "is no selector" in str(told.value)


def test_the_base_is_a_folder_with_or_without_its_slash(county: County, site: Site) -> None:
    site.pages["/lhz/gzdt/"] = "<ul class=list><li><a href=1.html>甲</a><span>2024-03-05</span></ul>"
    county.writes(GOOD.replace("URL", site.url).replace("<站点>/", "<站点>").replace(", total: b", ""))
    assert county.fact().value == 1
