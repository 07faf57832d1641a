"""The portal of 禾山市, which does not exist: columns of its towns as Chinese portals publish them, in GB18030.

    python serve.py [port]

What it lists follows from the names alone: ``items(town, column)`` says what is there, ``expected(town, year)`` how many
of each column a year has. Nothing but the standard library is needed.
"""

from __future__ import annotations

import hashlib
import json
import random
import sys
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

TOWNS = {"lhz": "芦河镇", "bsz": "白水镇", "qsz": "青石镇"}
SITES = {"lhz": (10492, 77), "bsz": (10493, 78), "qsz": (10494, 79)}  # the numbers of 财政资金 and 政策解读
COLUMNS = {  # column: (its folder, how many items, how many a page)
    "公开指南": ("gkzn", 4, 20),
    "机构概况": ("jggk", 9, 20),
    "领导信息": ("ldxx", 21, 20),
    "规划总结": ("ghzj", 60, 20),
    "重点领域": ("zdly", 480, 20),
    "安全生产": ("aqsc", 300, 20),
    "乡村振兴": ("xczx", 410, 20),
    "年度报告": ("ndbg", 16, 20),
    "政府文件": ("zfwj", 220, 20),
    "工作动态": ("gzdt", 1100, 25),
    "财政资金": ("czzj", 80, 20),
    "政策解读": ("zcjd", 300, 50),
}
PINNED = 2  # items of 工作动态 that stand on top of each of its pages
FIRST, DAYS = date(2021, 1, 1), 365 * 4 + 1 + 25  # to 25 January 2025


@dataclass(frozen=True)
class Item:
    """One thing that was published."""

    title: str
    day: date
    path: str


def items(town: str, column: str) -> list[Item]:
    """What a column lists, the newest first."""
    folder, many, _ = COLUMNS[column]
    dice = random.Random(f"{town} {column}")  # noqa: S311
    days = sorted((FIRST + timedelta(days=dice.randrange(DAYS)) for _ in range(many)), reverse=True)
    return [
        Item(f"{TOWNS[town]}{column}（第{many - at}号）", day, f"/{town}/{folder}/{day:%Y%m}/t{day:%Y%m%d}_{many - at}.html")
        for at, day in enumerate(days)
    ]


def expected(town: str, year: int) -> dict[str, int]:
    """How many items each column has in a year."""
    return {column: sum(item.day.year == year for item in items(town, column)) for column in COLUMNS}


class Portal(ThreadingHTTPServer):
    """The portal on this machine; ``requests`` counts what it was asked by path, ``unchanged`` the answers without a body."""

    daemon_threads = True

    def __init__(self, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), _Visit)
        self.requests: Counter[str] = Counter()
        self.unchanged = 0
        self.pages = {path: page for town in TOWNS for path, page in _pages(town).items()}
        self.pages["/robots.txt"] = "User-agent: *\nDisallow: /admin/\n"


class _Visit(BaseHTTPRequestHandler):
    server: Portal
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        self.server.requests[self.path] += 1
        page = self.server.pages.get(self.path)
        if page is None and "?page=" in self.path:  # such portals know no page that is not there
            page = _page("财政资金", '<ul class="list">暂无信息</ul>')
        if page is None:
            self._reply(HTTPStatus.NOT_FOUND, "<title>404</title>")
            return
        tag = f'"{hashlib.sha256(page.encode()).hexdigest()[:16]}"'
        if self.headers.get("If-None-Match") == tag:
            self.server.unchanged += 1
            self.send_response(HTTPStatus.NOT_MODIFIED)
            self.end_headers()
        else:
            self._reply(HTTPStatus.OK, page, ETag=tag)

    def do_POST(self) -> None:
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self.server.requests[f"{self.path} {form['channelId'][0]} {form['pageNo'][0]}"] += 1
        town = next(town for town, (_, channel) in SITES.items() if str(channel) == form["channelId"][0])
        all_items, size, page = items(town, "政策解读"), int(form["pageSize"][0]), int(form["pageNo"][0])
        records = [{"title": item.title, "url": item.path, "publishTime": f"{item.day} 09:30:00"} for item in all_items]
        answer: dict[str, Any] = {
            "code": 200,
            "data": {"total": len(records), "records": records[(page - 1) * size : page * size]},
        }
        self._reply(HTTPStatus.OK, json.dumps(answer, ensure_ascii=False), "application/json")

    def _reply(self, status: int, text: str, kind: str = "text/html; charset=gb2312", **headers: str) -> None:
        body = text.encode("utf-8" if "json" in kind else "gb18030")
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


def _pages(town: str) -> dict[str, str]:
    """Every page of a town that is fetched with GET, by its path."""
    pages = {}
    for column, (folder, _, size) in COLUMNS.items():
        found = items(town, column)
        on_top = found[:PINNED] if column == "工作动态" else []
        rest = found[len(on_top) :]
        last = -(-len(rest) // size)
        for number in range(last):
            lines = [_line(column, item) for item in [*on_top, *rest[number * size : (number + 1) * size]]]
            script = f'<script>createPageHTML({last}, {number}, "index", "html");</script>' if column == "工作动态" else ""
            pages[_address(town, column, folder, number)] = _page(
                f"{TOWNS[town]} {column}", f'<ul class="list">{"".join(lines)}</ul>{script}'
            )
        if column == "财政资金":
            pages |= {
                item.path: _page(item.title, f'<p class="info">发布日期：<span class="date">{_chinese(item.day)}</span></p>')
                for item in found
            }
    return pages


def _address(town: str, column: str, folder: str, number: int) -> str:
    if column == "财政资金":
        return f"/col/col{SITES[town][0]}/index.html" + (f"?page={number + 1}" if number else "")
    return f"/{town}/{folder}/" + (f"index_{number}.html" if number else "")


def _line(column: str, item: Item) -> str:
    """An item as its column shows it."""
    day = item.day
    shown = {
        "规划总结": f"{day.year}年{day.month}月{day.day}日",
        "安全生产": f"{day.year}/{day.month}/{day.day}",
        "乡村振兴": f"[{day:%m-%d}]",
        "年度报告": _chinese(day),
        "政府文件": "",
        "工作动态": f'<span class="time">{day}</span><span class="hits">阅读 2024 次</span>',
        "财政资金": "",
    }.get(column, f"<span>{day}</span>")
    if column == "重点领域":
        return f"<li><a href=\"javascript:openUrl('{item.path}')\">{item.title}</a>{shown}</li>"
    return f'<li><a href="{item.path}">{item.title}</a>{shown}</li>'


def _chinese(day: date) -> str:
    digits = "〇一二三四五六七八九"

    def number(value: int) -> str:
        tens, ones = divmod(value, 10)
        return ("" if tens < 2 else digits[tens]) + ("十" if tens else "") + (digits[ones] if ones else "")

    return f"{''.join(digits[int(digit)] for digit in str(day.year))}年{number(day.month)}月{number(day.day)}日"


def _page(title: str, body: str) -> str:
    return f'<!doctype html><html><head><meta charset="gb2312"><title>{title}</title></head><body><h1>{title}</h1>{body}</body></html>'


if __name__ == "__main__":
    portal = Portal(int(sys.argv[1]) if len(sys.argv) > 1 else 8765)
    print(f"http://127.0.0.1:{portal.server_port}/lhz/gzdt/")
    portal.serve_forever()
