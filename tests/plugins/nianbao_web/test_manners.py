"""How a portal is visited: asked before, one at a time, no further than a limit, nothing twice."""

from __future__ import annotations

import gzip
import itertools
import socket
import threading
import tracemalloc
import zlib
from collections import defaultdict
from datetime import timedelta
from http.server import BaseHTTPRequestHandler
from types import SimpleNamespace
from typing import Any

import pytest

from nianbao import __version__
from nianbao_web.manners import _Host

from .conftest import County, Reply, Site, rows

LIST = rows(("甲", "/1.html", "2024-03-05"))


@pytest.mark.parametrize(
    "rules", ["User-agent: *\nDisallow: /a/", "User-agent: nianbao\nDisallow: /", "User-Agent: NianBao\nDisallow: /*/$"]
)
def test_what_robots_txt_forbids_is_not_fetched(county: County, site: Site, rules: str) -> None:
    site.pages |= {"/robots.txt": rules, "/a/": LIST}
    assert f"/robots.txt does not allow {site.url}/a/" in county.column(site).error()
    assert site.seen == ["/robots.txt"]


@pytest.mark.parametrize(
    "rules",
    ["", "User-agent: other\nDisallow: /", "User-agent: *\nDisallow: /\n\nUser-agent: nianbao\nAllow: /", "<html>404</html>", Reply("", 404), Reply("", 403),
     Reply(status=302, Location="/no.txt"), "\ufeffUser-agent: *\nDisallow: /b/", b"\xff\xfe\x00\x01"],
)  # fmt: skip
def test_what_robots_txt_does_not_forbid_is_fetched(county: County, site: Site, rules: Any) -> None:
    site.pages |= {"/robots.txt": rules, "/a/": LIST}
    assert county.column(site).fact().value == 1


@pytest.mark.parametrize("status", [500, 503, 429])
def test_where_robots_txt_cannot_be_had_nothing_is_fetched(county: County, site: Site, status: int) -> None:
    site.pages |= {"/robots.txt": Reply("", status, Retry_After="0"), "/a/": LIST}
    county.writes(f"base: {site.url}\ndelay: 0\nitems: li\nanswers: {{二: {{公开信息: {{甲: a/, 乙: b/}}}}}}")
    said = [str(error) for error in county.answer().values()]
    assert all("/robots.txt" in error for error in said)
    assert len(said) == 2
    assert len(set(said)) == 1  # a portal that is down is one message
    assert set(site.seen) == {"/robots.txt"}
    assert len(site.seen) <= 3  # not again for each column


def test_a_server_that_is_not_there_is_told(county: County, site: Site) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    county.writes(f"base: http://127.0.0.1:{port}\ndelay: 0\nitems: li\nanswers: {{二: {{公开信息: {{甲: a/}}}}}}")
    assert (
        f"http://127.0.0.1:{port}/robots.txt cannot be had: Connection refused; without it nothing is fetched there"
        in county.error()
    )


def test_robots_of_the_place_a_column_moved_to_holds_too(county: County, site: Site) -> None:
    site.pages |= {"/robots.txt": "User-agent: *\nDisallow: /b/", "/a/": Reply(status=302, Location="/b/"), "/b/": LIST}
    assert "does not allow" in county.column(site).error()
    assert "/b/" not in site.seen


def test_a_pause_that_robots_txt_wants_is_too_long(county: County, site: Site) -> None:
    site.pages |= {"/robots.txt": "User-agent: *\nCrawl-delay: 3600", "/a/": LIST}
    assert "wants 3600 seconds between requests" in county.column(site).error()


def test_between_requests_there_is_a_pause(county: County, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr("time.sleep", slept.append)
    monkeypatch.setattr("nianbao_web.manners._HOSTS", defaultdict(_Host))
    site.pages |= {"/robots.txt": "User-agent: *\nCrawl-delay: 7", "/a/": LIST}
    assert county.column(site, delay="3").fact().value == 1
    assert [round(pause) for pause in slept if pause > 0.5] == [3]  # after robots.txt
    county.column(site, '{url: "/a/?p=<n>"}', delay="3")
    site.pages |= {f"/a/?p={n}": LIST for n in (1, 2, 3)}
    slept.clear()
    county.fact()
    assert [round(pause) for pause in slept if pause > 0.5] == [7, 3, 7, 7]


def test_we_say_who_we_are(county: County, site: Site) -> None:
    site.pages["/a/"] = LIST
    county.column(site).fact()
    assert {visit["User-Agent"].split(" ")[0] for visit in site.visits} == {f"nianbao/{__version__}"}
    county.column(site, agent="nianbao (office@heshan.example)").fact()
    assert site.visits[-1]["User-Agent"] == "nianbao (office@heshan.example)"


def test_a_host_is_asked_one_at_a_time_by_all_towns(county: County, site: Site, tmp_path: Any) -> None:
    at_once, most, lock = 0, 0, threading.Lock()

    def visit(_: BaseHTTPRequestHandler) -> str:
        nonlocal at_once, most
        with lock:
            at_once += 1
            most = max(most, at_once)
        threading.Event().wait(0.01)
        with lock:
            at_once -= 1
        return LIST

    site.pages |= {f"/a/?p={n}": visit for n in (1, 2, 3)}
    towns = [County(tmp_path, name).column(site, '{url: "/a/?p=<n>"}') for name in "abcd"]
    threads = [threading.Thread(target=town.fact) for town in towns]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 1
    assert len(site.seen) == 4 * 4


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_server_is_asked_again_when_it_says(
    county: County, site: Site, monkeypatch: pytest.MonkeyPatch, status: int
) -> None:
    slept: list[float] = []
    monkeypatch.setattr("time.sleep", slept.append)
    answers = [Reply("", status, Retry_After="17"), Reply("", status, Retry_After="Thu, 01 Jan 1970 00:00:00 GMT"), LIST]
    site.pages["/a/"] = lambda _: answers.pop(0)
    assert county.column(site).fact().value == 1
    assert 17 in slept


@pytest.mark.parametrize(
    ("wait", "times", "says"),
    [("0", 3, "is busy (HTTP 429)"), ("86400", 1, "is busy (HTTP 429) and wants 86400 seconds"), ("soon", 3, "is busy")],
)
def test_a_server_that_stays_busy_is_left_alone(county: County, site: Site, wait: str, times: int, says: str) -> None:
    site.pages["/a/"] = Reply("", 429, Retry_After=wait)
    assert says in county.column(site).error()
    assert site.seen.count("/a/") == times


def test_a_connection_that_breaks_is_tried_again(county: County, site: Site) -> None:
    def broken(visit: BaseHTTPRequestHandler) -> Reply | None:
        if site.seen.count("/a/") > 1:
            return Reply(LIST)
        visit.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n<ul>")
        visit.close_connection = True
        return None

    site.pages["/a/"] = broken
    assert county.column(site).fact().value == 1


def test_half_a_page_is_no_page(county: County, site: Site) -> None:
    def half(visit: BaseHTTPRequestHandler) -> None:
        visit.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n" + LIST.encode())
        visit.close_connection = True

    site.pages["/a/"] = half
    assert "/a/ cannot be had" in county.column(site).error()


@pytest.mark.parametrize(
    "encode", [gzip.compress, zlib.compress, lambda data: zlib.compress(data, wbits=-15)], ids=["gzip", "zlib", "raw"]
)
def test_a_compressed_page_is_read(county: County, site: Site, encode: Any) -> None:
    name = "gzip" if encode is gzip.compress else "deflate"
    site.pages["/a/"] = Reply(encode(LIST.encode()), Content_Encoding=name)
    assert county.column(site).fact().value == 1
    site.pages["/a/"] = Reply(encode(LIST.encode())[:-9], Content_Encoding=name)
    assert "the compressed body is" in county.error()


def test_a_bomb_is_not_inflated(county: County, site: Site) -> None:
    once = gzip.compress(b"\0" * 100_000_000)
    tracemalloc.start()
    for bomb in (once, gzip.compress(once)[:50] + once, once * 3):
        site.pages["/a/"] = Reply(bomb, Content_Encoding="gzip")
        error = county.column(site, megabytes="1").error()
        assert "larger than 1,000,000 bytes" in error or "damaged" in error
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip", "x" * 500])
def test_an_encoding_that_nobody_asked_for_is_refused(county: County, site: Site, encoding: str) -> None:
    site.pages["/a/"] = Reply(b"\x1b" * 100, Content_Encoding=encoding)
    assert "was not asked for" in county.column(site).error()


def test_a_page_that_is_too_large_is_not_read(county: County, site: Site) -> None:
    def endless(visit: BaseHTTPRequestHandler) -> None:
        visit.wfile.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        while True:
            visit.wfile.write(b"10000\r\n" + b"x" * 0x10000 + b"\r\n")

    site.pages["/a/"] = endless
    assert "/a/: larger than 1,000,000 bytes" in county.column(site, megabytes="1").error()


@pytest.mark.parametrize("head", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"], ids=["header", "body"])
def test_a_server_that_drips_is_left(county: County, site: Site, head: bytes) -> None:
    def drip(visit: BaseHTTPRequestHandler) -> None:
        visit.close_connection = True
        visit.wfile.write(head)
        for _ in range(1000):
            visit.wfile.write(b"x")
            threading.Event().wait(0.05)

    site.pages["/a/"] = drip
    assert "/a/ cannot be had: took over 1 seconds" in county.column(site, seconds="1").error()


def test_when_the_time_is_used_up_the_next_run_goes_on(county: County, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.pages |= {f"/a/?p={n}": rows((str(n), f"/{n}.html", "2024-03-05")) for n in range(1, 5)} | {
        f"/a/?p={n}": "" for n in (5, 6)
    }
    clock = itertools.count(0, 200)  # seconds: three requests, then a new look
    with monkeypatch.context() as fast:
        fast.setattr("nianbao_web.client.time", SimpleNamespace(monotonic=lambda: next(clock)))
        assert "the 10 minutes are used up" in county.column(site, '{url: "/a/?p=<n>"}', minutes="10").error()
    assert 1 < len(site.seen) < 7
    assert county.fact().value == 4
    assert site.seen.count("/robots.txt") == 1
    assert len(site.seen) == len({*site.seen})


def test_a_portal_that_goes_down_is_gone_on_with_where_it_stopped(county: County, site: Site) -> None:
    site.pages |= {f"/a/?p={n}": rows((str(n), f"/{n}.html", "2024-03-05")) for n in (1, 2, 4)} | {
        f"/a/?p={n}": "" for n in (5, 6)
    }
    site.pages["/a/?p=3"] = Reply("", 503, Retry_After="0")
    assert "is busy (HTTP 503)" in county.column(site, '{url: "/a/?p=<n>"}').error()
    site.pages["/a/?p=3"] = rows(("3", "/3.html", "2024-03-05"))
    assert county.fact().value == 4
    assert (site.seen.count("/a/?p=1"), site.seen.count("/a/?p=3")) == (1, 4)


def test_a_collection_broken_off_long_ago_begins_anew(county: County, site: Site) -> None:
    site.pages["/a/"] = LIST

    def stop(*_: object) -> None:
        if "/a/" in site.seen:
            raise KeyboardInterrupt

    county.column(site, '{url: "/a/"}', pages='"?p=<n>"')
    county.run.progress = stop
    with pytest.raises(KeyboardInterrupt):
        county.answer()
    county.run.progress = lambda *_: None
    site.pages |= {f"/a/?p={n}": "" for n in (1, 2)}
    county.run.now += timedelta(hours=13)
    assert county.fact().value == 1
    assert site.seen.count("/a/") == 2


def test_a_page_is_confirmed_by_its_tag_or_date(county: County, site: Site) -> None:
    def page(visit: BaseHTTPRequestHandler) -> Reply:
        return (
            Reply("", 304)
            if visit.headers["If-Modified-Since"] == "Tue, 05 Mar 2024 00:00:00 GMT"
            else Reply(LIST, Last_Modified="Tue, 05 Mar 2024 00:00:00 GMT")
        )

    site.pages["/a/"] = page
    assert county.column(site).fact().value == 1
    assert county.fact().value == 1
    assert "(1 unchanged)" in county.run.notes[-1][1]


def test_an_answer_that_confirms_what_nobody_has_is_an_error(county: County, site: Site) -> None:
    site.pages["/a/"] = Reply("", 304)
    assert "answers HTTP 304" in county.column(site).error()


def test_a_cache_that_is_damaged_is_told(county: County, site: Site) -> None:
    from nianbao import SourceError

    site.pages["/a/"] = LIST
    (county.column(site).folder / ".cache/web").mkdir(parents=True)
    (county.folder / ".cache/web/pages.db").write_bytes(b"no database at all" * 999)
    with pytest.raises(SourceError, match=r"pages\.db cannot be used"):
        county.answer()
