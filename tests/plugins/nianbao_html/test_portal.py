"""The page as its portal wants it: names for machines, where the reader is, what the report is, what lies beside it."""

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests_shared import EXAMPLES, Run, replace

from .conftest import PORTAL, Page, metas

SetUp = Callable[..., None]


def test_without_settings_the_page_says_only_what_the_report_knows(page: Page) -> None:
    seen = page()
    assert metas(seen) == {
        "viewport": "width=device-width, initial-scale=1",
        "author": "芦河镇党政办公室",
        "keywords": "芦河镇,2024年,政府信息公开,年度报告",
        "description": "芦河镇2024年政府信息公开工作年度报告",
    }
    assert not seen.xpath("//header | //footer | //nav | //a")


def test_the_names_that_portals_ask_for_come_from_settings_and_report(set_up: SetUp, page: Page) -> None:
    set_up()
    seen = page()
    said = metas(seen)
    assert said.pop("viewport")
    assert list(said.items()) == [
        ("SiteName", "禾山市人民政府"),
        ("SiteDomain", "www.heshan.example"),
        ("SiteIDCode", "4208810001"),
        ("ColumnName", "政府信息公开年报"),
        ("ColumnType", "政府信息公开年报"),
        ("ArticleTitle", "芦河镇2024年政府信息公开工作年度报告"),
        ("PubDate", "2025-01-20 09:00"),
        ("ContentSource", "芦河镇"),
        ("Keywords", "芦河镇,2024年,政府信息公开,年度报告"),
        ("Author", "芦河镇党政办公室"),
        ("Description", "芦河镇2024年政府信息公开工作年度报告"),
    ]
    assert seen.findtext(".//title") == "芦河镇2024年政府信息公开工作年度报告_政府信息公开年报_禾山市人民政府"


def test_further_names_are_taken_and_those_of_the_page_can_be_spelt_reworded_or_dropped(set_up: SetUp, page: Page) -> None:
    more = "meta: {KeyWords: '年报,{{ 年度 }}', contentsource: 芦河镇人民政府, Author: '', DocId: 77}"
    set_up(("    breadcrumb", f"    {more}\n    breadcrumb"))
    said = metas(page())
    assert said["KeyWords"] == "年报,2024"
    assert said["contentsource"] == "芦河镇人民政府"
    assert said["DocId"] == "77"
    assert not {"Keywords", "ContentSource", "Author"} & said.keys()


def test_a_county_says_it_once_and_a_town_its_own_day(workspace: Path, page: Page) -> None:
    replace(workspace / "nianbao.yaml", "formats: [html, docx, markdown]\n", PORTAL)
    own = "years: {2024: {formats: {html: {published: 2025-01-23 10:30}}}}"
    replace(workspace / "jurisdictions/luhe.yaml", "name: 芦河镇\n", f"name: 芦河镇\n{own}\n")
    said = metas(page())
    assert said["SiteName"] == "禾山市人民政府"
    assert said["PubDate"] == "2025-01-23 10:30"


def test_the_settings_of_the_how_to_are_settings(workspace: Path, page: Page) -> None:
    settings, dated = re.findall(
        r"```yaml\n(.*?)```", (EXAMPLES.parent / "docs/how-to/page.md").read_text(encoding="utf-8"), re.DOTALL
    )
    replace(workspace / "nianbao.yaml", "formats: [html, docx, markdown]\n", settings)
    replace(workspace / "jurisdictions/luhe.yaml", "name: 芦河镇\n", f'name: 芦河镇\ncode: "420881104"\n{dated}')
    seen = page()
    assert metas(seen)["PubDate"] == "2025-01-20 09:00"
    assert metas(seen)["Url"] == "https://www.heshan.example/zwgk/nb/2024/"
    assert seen.findtext(".//dd") == "420881104/2024-001"


def test_a_reader_sees_where_the_page_stands(set_up: SetUp, page: Page) -> None:
    set_up()
    items = page().xpath("//nav[@aria-label='当前位置']/ol/li")
    assert [item.text_content() for item in items] == ["首页", "政务公开", "政府信息公开年报"]
    assert [item.xpath("string(a/@href)") for item in items] == ["https://www.heshan.example/", "/zwgk/", ""]


def test_the_block_of_metadata_stands_in_the_portals_order_with_what_is_known(set_up: SetUp, page: Page) -> None:
    set_up()
    rows = page().xpath("//dl[@class='information']/div")
    assert [(row.findtext("dt"), row.findtext("dd")) for row in rows] == [
        ("索引号", "420881/2024-012"),
        ("发布机构", "芦河镇"),
        ("公开日期", "2025-01-20"),
        ("时效", "有效"),
        ("备注", "芦河镇"),
    ]


def test_the_other_files_of_the_build_are_a_click_away(set_up: SetUp, page: Page) -> None:
    set_up()
    links = page("-F", "html", "-F", "docx", "-F", "markdown").xpath("//footer//a")
    assert [link.text for link in links] == ["Word 文档", "Markdown 文本"]
    assert [unquote(link.get("href")) for link in links] == [
        f"芦河镇2024年政府信息公开工作年度报告{suffix}" for suffix in (".docx", ".md")
    ]
    assert all(link.get("href").isascii() for link in links)
    assert not page("-F", "html").xpath("//footer")


def test_an_office_that_links_the_files_itself_switches_the_links_off(set_up: SetUp, page: Page) -> None:
    set_up(("    published", "    downloads: false\n    published"))
    assert not page("-F", "html", "-F", "docx").xpath("//footer")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("code: 4208810001", "code: 42088", "“42088” is no site's code"),
        ("code: 4208810001", "code: 四二〇八八一〇〇〇一", "is no site's code"),
        ("domain: www.heshan.example", "domain: https://www.heshan.example/", "is no host name"),
        ("2025-01-20 09:00", "2025-01-20", "“2025-01-20” is no time of publication"),
        ("2025-01-20 09:00", "2025-02-30 09:00", "“2025-02-30 09:00” is no time of publication"),
        ("2025-01-20 09:00", "2025-1-20 9:00", "is no time of publication"),
        ("/zwgk/", "'javascript:alert(1)'", "“javascript:alert(1)” is no link"),
        ("/zwgk/", "' JavaScript:alert(1)'", "is no link"),
        ("/zwgk/", "'java\\tscript:alert(1)'", "is no link"),
        ("/zwgk/", "'data:text/html,<script>'", "is no link"),
        ("/zwgk/", "'https:///zwgk/'", "is no link"),
        ("/zwgk/", "'http://[zwgk/'", "is no link"),
        ("    breadcrumb", "    meta: {viewport: width=1}\n    breadcrumb", "“viewport” is no name of a <meta>"),
        ("    breadcrumb", "    meta: {'a\" onload=\"b': c}\n    breadcrumb", "is no name of a <meta>"),
        ("    breadcrumb", "    colum: {name: 年报}\n    breadcrumb", "Did you mean “column”?"),
        ("{{ 编制单位 }}", "{{ 编制 单元 }}", "no figure is named"),
        ("{{ 编制单位 }}", "{{ 代码 }}", "“代码” has nothing to say"),
    ],
)  # fmt: skip
def test_a_setting_that_cannot_be_meant_is_named_with_its_line(set_up: SetUp, run: Run, old: str, new: str, says: str) -> None:
    set_up((old, new))
    result = run("build", "luhe")
    assert result.exit_code == 2, result.output
    assert "jurisdictions/luhe.yaml:" in result.stderr
    assert says in result.stderr


def test_a_page_that_lacks_what_portals_ask_for_is_built_and_the_office_is_told_once(set_up: SetUp, run: Run) -> None:
    set_up((", domain: www.heshan.example, code: 4208810001", ""), ("    published: 2025-01-20 09:00\n", ""))
    result = run("build", "luhe", "-F", "html")
    assert result.exit_code == 0
    told = "jurisdictions/luhe.yaml:5:18: warning W-META the page lacks SiteDomain、SiteIDCode、PubDate\n"
    assert result.stderr.count(told) == result.stderr.count("the page lacks") == 1


def test_the_day_of_publication_is_said_once_for_all_formats_and_a_page_may_say_its_own(workspace: Path, page: Page) -> None:
    settings = PORTAL.replace("    published: 2025-01-20 09:00\n", "") + "years: {2024: {published: 2025-01-21 08:30}}\n"
    replace(workspace / "nianbao.yaml", "formats: [html, docx, markdown]\n", settings)
    seen = page()
    assert metas(seen)["PubDate"] == "2025-01-21 08:30"
    assert seen.xpath("string(//dt[text()='公开日期']/following-sibling::dd)") == "2025-01-21"
    replace(workspace / "nianbao.yaml", "    breadcrumb", "    published: 2025-01-22 10:00\n    breadcrumb")
    assert metas(page())["PubDate"] == "2025-01-22 10:00"


def test_a_page_without_a_portal_tells_its_day_and_no_more(workspace: Path, page: Page) -> None:
    replace(workspace / "jurisdictions/luhe.yaml", "name: 芦河镇\n", "name: 芦河镇\nyears: {2024: {published: 2025-01-21}}\n")
    assert list(metas(page())) == ["viewport", "author", "keywords", "description", "PubDate"]


@pytest.mark.parametrize("evil", ['"><script>alert(1)</script>', "</title><img src=x onerror=alert(1)>", "' onfocus='alert(1)"])
def test_what_stands_in_settings_is_never_code(set_up: SetUp, page: Page, evil: str) -> None:
    quoted = "'" + evil.replace("'", "''") + "'"
    set_up(
        ("name: 禾山市人民政府", f"name: {quoted}"),
        ("name: 政府信息公开年报", f"name: {quoted}"),
        ("首页: ", f"{quoted}: "),
        ("时效: 有效", f"{quoted}: {quoted}"),
        ("    published", f"    meta: {{Image: {quoted}}}\n    published"),
    )
    seen = page()
    assert not seen.xpath("//script | //img | //*[@*[starts-with(name(), 'on')]]")
    assert metas(seen)["SiteName"] == metas(seen)["Image"] == evil
    assert evil in seen.findtext(".//title")
    assert evil in seen.xpath("string(//nav[1])")
    assert evil in seen.xpath("string(//dl)")


def test_a_link_with_chinese_or_quotes_in_it_leads_where_it_says(set_up: SetUp, page: Page) -> None:
    set_up(("/zwgk/", "/政务公开/?a=\"b\"&c='d'"))
    (link,) = page().xpath("//nav//a[text()='政务公开']/@href")
    assert link == "/%E6%94%BF%E5%8A%A1%E5%85%AC%E5%BC%80/?a=%22b%22&c=%27d%27"


def test_the_same_report_gives_the_same_page(set_up: SetUp, run: Run) -> None:
    set_up()
    first, second = (Path(run("build", "luhe", "-F", "html").stdout.strip()).read_bytes() for _ in range(2))
    assert first == second
