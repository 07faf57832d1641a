"""A column counted: its items dated, each once."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from nianbao import Fact, Origin, SourceError
from nianbao_web import OnPage, addresses
from nianbao_web.dates import Undated
from nianbao_web.exchange import Request
from nianbao_web.listing import Item, Listing, on_page
from nianbao_web.reading import read

if TYPE_CHECKING:
    from nianbao import Edition
    from nianbao_web import Column
    from nianbao_web.client import Client


def count(column: Column, client: Client, edition: Edition, longest: int) -> Fact:
    """The items of a column that are dated in the edition's year. Raises SourceError: a list cut short is no number."""
    listings = read(column, client, longest)
    rows = [(item, listing) for listing in listings for item in listing.items]
    once: dict[str, tuple[Item, Listing]] = {}
    for item, listing in rows:
        once.setdefault(item.key, (item, listing))
    dated = _dated(list(once.values()), column, client)
    counted = [(item, day) for item, day in dated if edition.start <= day < edition.end]
    how = {"栏目": str(column.url), "页数": len(listings), "条目": len(dated), "重复": len(rows) - len(dated)}
    origin = Origin(listings[0].page.url, how, min(listing.page.at for listing in listings))
    evidence = [
        {"标题": item.title, "网址": item.link, "日期": day.isoformat()}
        for item, day in sorted(counted, key=lambda each: each[1])
    ]
    return Fact(len(counted), origin, evidence)


def _dated(items: list[tuple[Item, Listing]], column: Column, client: Client) -> list[tuple[Item, date]]:
    """Every item with its date, each once by its final link. Raises SourceError that names the first without, and how many."""
    dated: dict[str, tuple[Item, date]] = {}
    undated: list[tuple[Item, Undated]] = []
    for item, listing in items:
        try:
            if isinstance(column.date, OnPage):
                key, day = _date_on_page(item, column.date.page, client)
            else:
                key, day = item.key, listing.date(item)
            dated[key] = item, day
        except Undated as reason:
            undated.append((item, reason))
    if undated:
        (item, why), others = undated[0], len(undated) - 1
        told = (f"（另有 {others} 条也是）", f" (and {others} more)") if others else ("", "")
        raise SourceError(f"“{item.title}”没有可用的日期：{why.zh}（{item.link}）{told[0]}", f"“{item.title}” has no date: {why.en} ({item.link}){told[1]}",
                          mend=("改 date：选择器、url 或 {page: 选择器}；个别条目请网站更正。", "Change `date`: a selector, url or {page: selector}; or have the item mended on the portal."))  # fmt: skip
    return list(dated.values())


def _date_on_page(item: Item, selector: str, client: Client) -> tuple[str, date]:
    """The final link of an item and its date, from a page kept earlier if that has one."""
    for kept in (True, False):
        page = client.page(Request(item.link), kept=kept)
        try:
            return addresses.identity(addresses.canonical(page.url)), on_page(page, selector, page.url)
        except Undated:
            if not kept:
                raise
    raise AssertionError
