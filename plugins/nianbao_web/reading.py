"""A column's pages read to the end, and held against what the portal says of its length."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from nianbao import SourceError
from nianbao_web import addresses, paging
from nianbao_web.listing import Listing

if TYPE_CHECKING:
    from nianbao_web import Column
    from nianbao_web.client import Client, Page
    from nianbao_web.exchange import Request


def read(column: Column, client: Client, longest: int) -> list[Listing]:
    """All pages of a column that list something. Raises SourceError where some are missing.

    A list of unknown length ends where two pages in a row bring nothing: not there, empty, or a page seen before.
    """
    page = client.page(paging.first(column))
    start = Listing(page, column)
    if not start.items:
        if column.empty and page.text is not None:
            return [start]
        raise _nothing_found(start)
    listings, known = [start], {_keys(start)}
    idle, missing = 0, ""
    for position, request in enumerate(paging.further(column, page), 1):
        if position >= longest:
            raise SourceError(f"{page.url} 超过 {longest} 页", f"{page.url} has more than {longest} pages",
                              mend=("确有这么多页，放宽 longest。", "If there are so many, allow a larger `longest`."))  # fmt: skip
        listing = _listing(client.page(request), request, column, listings)
        if _keys(listing) and _keys(listing) not in known:
            if missing:
                raise _cut_short(missing, f"其后 {request.url} 还有", f"{request.url} after it does")
            listings.append(listing)
            known.add(_keys(listing))
            idle = 0
        elif column.pages == paging.CREATE_PAGE:
            raise _cut_short(
                request.url, f"脚本说有 {paging.stated(page)} 页", f"the script says that there are {paging.stated(page)} pages"
            )
        elif idle:
            break
        else:
            idle = 1
            missing = "" if _keys(listing) or position == 1 and column.pages else request.url
    _check(listings, column)
    return listings


def _listing(page: Page, request: Request, column: Column, before: list[Listing]) -> Listing:
    """The list on a further page: nothing where it is not there, and only what has a name of its own may be missing.

    Raises SourceError for a page that is no page of the list at all, as those are by which a portal keeps readers off.
    """
    if page.text is None and not paging.has_names(column):
        raise SourceError(f"{page.url} 回答 HTTP 404", f"{page.url} answers HTTP 404",
                          mend=("核对 pages、post 或 url 里的页码写法。", "Check how `pages`, `post` or `url` write the page's number."))  # fmt: skip
    is_linked = addresses.canonical(request.url) == paging.next_of(before[-1].page)
    if paging.is_another(request, page):
        if is_linked:
            raise _cut_short(request.url, f"它转到了 {page.url}", f"it is moved to {page.url}")
        page = dataclasses.replace(page, text=None)
    listing = Listing(page, column)
    if page.text is not None and not listing.items and not paging.is_end(page, before[0].page, is_linked=is_linked):
        raise SourceError(f"{request.url} 回答的不是列表（{page.size:,} 字节）", f"{request.url} answers something that is no list ({page.size:,} bytes)",
                          mend=("可能是访问受限：过些时候再运行，或加大 delay。", "It may keep readers off: run again later, or write a longer `delay`."))  # fmt: skip
    return listing


def _keys(listing: Listing) -> tuple[str, ...]:
    return tuple(item.key for item in listing.items)


def _check(listings: list[Listing], column: Column) -> None:
    """Hold a list against what the portal says of its length."""
    start, pages = listings[0], paging.stated(listings[0].page)
    if pages > len(listings):
        raise _cut_short(
            start.page.url, f"网页说有 {pages} 页，取到 {len(listings)} 页", f"it says {pages} pages, {len(listings)} were found"
        )
    if len(listings) == 1 and (onward := paging.next_of(start.page)):
        raise SourceError(f"{start.page.url} 有“下一页”（{onward}），按 pages 却只有一页", f"{start.page.url} leads on to {onward}, which `pages` does not find",
                          mend=("改 pages，写成下一页网址的样子。", "Change `pages`, so that it writes the next page's URL."))  # fmt: skip
    if not column.total:
        return
    total, rows = start.total(), sum(len(listing.items) for listing in listings)
    distinct = len({key for listing in listings for key in _keys(listing)})
    if listings[-1].total() != total:
        raise SourceError(f"{start.page.url} 在读取时变了：{total} 条变成 {listings[-1].total()} 条", f"{start.page.url} changed while it was read: {total} items became {listings[-1].total()}",
                          mend=("再运行一次。", "Run it again."))  # fmt: skip
    if not distinct <= total <= rows:
        raise SourceError(f"{start.page.url} 说有 {total} 条，取到 {rows} 条（不重复的 {distinct} 条）", f"{start.page.url} says {total} items, {rows} were found ({distinct} different ones)",
                          mend=("核对 total、items、first 和 pages。", "Check `total`, `items`, `first` and `pages`."))  # fmt: skip


def _nothing_found(listing: Listing) -> SourceError:
    page, items, kind = listing.page, listing.column.items, listing.kind
    if page.text is None:
        return SourceError(f"{page.url} 不存在（404）", f"{page.url} is not there (404)", mend=("改 url。", "Change `url`."))
    return SourceError(
        f"“{items}”在 {page.url} 上一条也没有找到（{kind}，{page.size:,} 字节）", f"“{items}” finds nothing on {page.url} ({kind}, {page.size:,} bytes)",
        mend=("改 items；栏目确实空着，写 empty: true。", "Change `items`; if the column is empty, write empty: true."),
    )  # fmt: skip


def _cut_short(url: str, zh: str, en: str) -> SourceError:
    return SourceError(f"列表不完整：{url} 没有条目，{zh}", f"the list is cut short: {url} lists nothing new, {en}",
                       mend=("在浏览器里翻页核对；改 pages，或再运行一次。", "Look through the pages in a browser; change `pages`, or run it again."))  # fmt: skip
