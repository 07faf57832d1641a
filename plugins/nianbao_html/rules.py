"""Plugin ``page``: rules of the page that a portal shows (W-*). The standard switches it on; without a page none can be assessed.

Settings are read by their names: what makes the page is not loaded for that.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from yaml import MappingNode, Node

from nianbao import Found, NotAssessable, Report, Rule, Standard, Text, hookimpl, rule
from nianbao.workspace import blocks
from nianbao.yamlfile import entries, text

ASKED = "SiteName、SiteDomain、SiteIDCode、ColumnName、ColumnType、PubDate"
_SITE = {"name": "SiteName", "domain": "SiteDomain", "code": "SiteIDCode"}
_COLUMN = {"name": "ColumnName", "type": "ColumnType", "description": "ColumnDescription", "keywords": "ColumnKeywords"}
_KNOWN = ("ArticleTitle", "ContentSource", "Keywords", "Author", "Description")  # by the page itself


def _page(report: Report) -> Mapping[Text, Node]:
    """What the settings say of the page, by key. Raises NotAssessable where no page is made."""
    block = blocks(report.edition.settings.formats).get(Text("html"))
    if block is None:
        raise NotAssessable("formats: html", gap=False)
    return dict(entries(block))


def _words(node: Node | None) -> dict[str, Text]:
    return {key: text(value) for key, value in entries(node)} if isinstance(node, MappingNode) else {}


def _place(node: Node | None) -> str:
    return next((value.place for value in _words(node).values()), "")


def _metas(report: Report, page: Mapping[Text, Node]) -> dict[str, str]:
    """The names of ``<meta>`` that the page will have, folded, with what they say."""
    site, column = _words(page.get(Text("site"))), _words(page.get(Text("column")))
    published = page.get(Text("published"))
    own = text(published) if published is not None else ""
    if not (any(site.values()) or any(column.values()) or own):
        raise NotAssessable("formats: html: site", gap=False)
    said: dict[str, str] = dict.fromkeys(_KNOWN, "…")
    said |= {name: site.get(key, "") for key, name in _SITE.items()} | {
        name: column.get(key, "") for key, name in _COLUMN.items()
    }
    said |= {"PubDate": own or report.edition.settings.published, **_words(page.get(Text("meta")))}
    return {name.lower(): value for name, value in said.items()}


@rule("W-META", "warning", basis="国办发〔2017〕47号《政府网站发展指引》", zh="网页缺少门户要的 meta",
      en="the page lacks what portals ask for",
      mend=("写在 formats: {html: {site: …, column: …}} 和 published 里；门户不要的，从 rules: {W-META: {names: …}} 里去掉。",
            "Say it under formats: {html: {site: …, column: …}} and `published`; or leave out under rules: {W-META: {names: …}} what the portal does not ask for."))  # fmt: skip
def metas(report: Report, names: str = ASKED) -> Iterator[Found]:
    """The names that a portal asks for are there and say something; PubDate tells the minute. A finished page is one of a portal
    where it has any of them.
    """
    if report.finished:
        yield from _lacking(report, names)
        return
    page = _page(report)
    said = _metas(report, page)
    place = _place(page.get(Text("site"))) or _place(page.get(Text("column"))) or next(iter(page)).place
    if missing := [name for name in names.split("、") if name and not said.get(name.lower())]:
        shown = "、".join(missing)
        yield Found("formats.html", place=place, what=(f"网页缺少 {shown}", f"the page lacks {shown}"))
    if "PubDate" in names and len(day := said["pubdate"]) == len("2025-01-20"):
        what = ("PubDate 只有日期，没有时刻", "PubDate tells the day, and not the time")
        mend = ("published 写成 2025-01-20 09:00。", "Write `published` like 2025-01-20 09:00.")
        yield Found("formats.html", "YYYY-MM-DD HH:MM", day, getattr(day, "place", ""), what, mend, "info")


def _lacking(report: Report, names: str) -> Iterator[Found]:
    said = {name.lower(): value.strip() for name, value in report.meta.items()}
    asked = [name for name in names.split("、") if name]
    if not any(said.get(name.lower()) for name in asked):
        raise NotAssessable("meta", gap=False)
    if missing := [name for name in asked if not said.get(name.lower())]:
        shown = "、".join(missing)
        mend = ("在网页的 <head> 里补上。", "Add them to the page's <head>.")
        yield Found("", what=(f"网页缺少 {shown}", f"the page lacks {shown}"), mend=mend)


@rule("W-COLUMN", "warning", basis="30号文二（一）；国办公开办函〔2019〕61号", zh="网页不在政府信息公开年报栏目下",
      en="the page stands in no column of annual reports",
      mend=("column 写政府信息公开年报，面包屑里写政府信息公开；本网站另有叫法的，写 rules: {W-COLUMN: {name: …}}。",
            "Write 政府信息公开年报 as `column`, and 政府信息公开 in the breadcrumb; where the site calls it otherwise, rules: {W-COLUMN: {name: …}}."))  # fmt: skip
def column(report: Report, name: str = "") -> Iterator[Found]:
    """The column is one of annual reports, and stands below 政府信息公开 where the breadcrumb says where."""
    page = _page(report)
    said = _words(page.get(Text("column"))).get("name", "")
    if not said:
        raise NotAssessable("formats: html: column: name", gap=False)
    if said != name and not any(word in said for word in ("年报", "年度报告", "年度工作报告")):
        yield Found("formats.html", name or "政府信息公开年报", said, getattr(said, "place", ""))
    crumbs = page.get(Text("breadcrumb"))
    above = [key for key, _ in entries(crumbs)] if isinstance(crumbs, MappingNode) else []
    if above and not any("信息公开" in crumb or crumb == name for crumb in above):
        what = ("面包屑里没有政府信息公开", "the breadcrumb does not lead through 政府信息公开")
        yield Found("formats.html", "政府信息公开", " > ".join(above), above[0].place, what)


@rule("W-DOWNLOAD", "warning", basis="条例第二十四条：检索、查阅、下载", zh="网页旁边没有可下载的文件", en="no file to download stands beside the page",
      mend=("formats 里加 docx 或 pdf；另有文件、自己放链接的写 html: {downloads: false}。",
            "Add docx or pdf to `formats`; where you link files of your own, html: {downloads: false}."))  # fmt: skip
def download(report: Report, kinds: str = "docx、pdf、ofd") -> Iterator[Found]:
    """A page comes with a file that readers can keep, unless the office links its own."""
    page = _page(report)
    own = page.get(Text("downloads"))
    formats = blocks(report.edition.settings.formats)
    if not formats.keys() & set(kinds.split("、")) and (own is None or own.value != "false"):
        yield Found("formats.html", kinds, "、".join(formats), next(iter(formats)).place)


@hookimpl
def rules(standard: Standard) -> list[Rule]:
    """The rules of a page, whatever the standard."""
    return [metas, column, download]
