"""One page or file: by the same guard, manners and limits as a portal's columns."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest

from nianbao import Edition, Fetched, Jurisdiction, Run, SourceError, UnknownName
from nianbao.workspace import Settings

from .conftest import Reply, Site


@pytest.fixture(autouse=True)
def _without_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nianbao_web.fetching.DELAY", 0.0)


@pytest.fixture
def fetch(tmp_path: Path, site: Site) -> Any:
    """Fetch in a workspace that lists the site."""
    edition = Edition(Jurisdiction("heshan", "禾山市"), 2024, tmp_path, Settings())

    def fetch(url: str, run: Run | None = None) -> Fetched:
        return (run or Run(private_hosts=("127.0.0.1",))).fetch(url if "//" in url else f"{site.url}{url}", edition)

    return fetch


def test_the_bytes_come_as_they_are_from_where_they_lie_in_the_end(fetch: Any, site: Site) -> None:
    body = "<meta http-equiv=refresh content='0;url=/b.html'>"
    site.pages |= {"/a": Reply(body, 200), "/b.html": "芦河镇".encode("gb18030")}
    fetched = fetch("/a")
    assert (fetched.data.decode("gb18030"), fetched.url) == ("芦河镇", f"{site.url}/b.html")
    assert fetched.at.endswith("+00:00")


def test_a_document_with_the_word_refresh_in_it_is_no_page_that_moves(fetch: Any, site: Site) -> None:
    body = b"%PDF-1.7 <meta http-equiv=refresh content='0;url=/b'>"
    site.pages["/a.pdf"] = body
    assert fetch("/a.pdf").data == body


def test_one_run_reads_robots_txt_once(fetch: Any, site: Site) -> None:
    site.pages |= {"/a": "a", "/b": "b", "/robots.txt": "User-agent: *\nDisallow: /c"}
    run = Run(private_hosts=("127.0.0.1",))
    assert (fetch("/a", run).data, fetch("/b", run).data) == (b"a", b"b")
    assert site.seen == ["/robots.txt", "/a", "/b"]
    with pytest.raises(SourceError, match="does not allow"):
        fetch("/c", run)


def test_the_next_run_asks_again_and_offline_nobody_is_asked(fetch: Any, site: Site) -> None:
    site.pages["/a"] = "old"
    fetch("/a")
    site.pages["/a"] = "new"
    assert fetch("/a").data == b"new"
    asked = len(site.seen)
    assert fetch("/a", Run(offline=True)).data == b"new"
    with pytest.raises(SourceError, match="nothing is kept of"):
        fetch("/b", Run(offline=True))
    assert len(site.seen) == asked


@pytest.mark.parametrize(
    ("page", "says"),
    [
        (Reply("", 404), "404"),
        (Reply("", 500), "500"),
        (Reply("", 302, Location="http://192.168.7.7/"), "不访问内网地址"),
        (Reply("", 302, Location="file:///etc/passwd"), "只访问 http 和 https"),
        (Reply("", 302, Location="http://user:word@127.0.0.1/"), "用户名或密码"),
        (Reply(gzip.compress(b"0" * 31_000_000), 200, Content_Encoding="gzip"), "超过 30,000,000 字节"),
        (Reply("", 302, Location="/a"), "转来转去"),
    ],
)
def test_what_may_not_be_fetched_is_one_message(fetch: Any, site: Site, page: Reply, says: str) -> None:
    site.pages["/a"] = page
    with pytest.raises(SourceError) as told:
        fetch("/a")
    assert says in told.value.zh


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://127.0.0.1/a", "gopher://127.0.0.1/", "data://text/plain,a"])
def test_other_schemes_are_refused_by_name(fetch: Any, url: str) -> None:
    with pytest.raises(UnknownName) as told:
        fetch(url)
    assert url.partition(":")[0] in told.value.zh
    assert "http、https" in str(told.value)


@pytest.mark.parametrize("url", ["http://user:word@127.0.0.1/", "http:///a", "http://[::1", "https://"])
def test_what_is_no_url_is_not_visited(fetch: Any, url: str) -> None:
    with pytest.raises(SourceError):
        fetch(url)


def test_a_host_that_is_down_is_tried_once_a_run(fetch: Any, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    from nianbao_web.exchange import Exchange
    from nianbao_web.manners import Unreachable

    tried = []

    def send(self: Exchange, request: Any, known: Any) -> Any:
        tried.append(request.url)
        raise Unreachable("x", "x")

    monkeypatch.setattr(Exchange, "send", send)
    run = Run(private_hosts=("127.0.0.1",))
    for page in ("/a", "/b"):
        with pytest.raises(SourceError):
            fetch(page, run)
    assert {url.rpartition("/")[2] for url in tried} == {"robots.txt"}
    assert len(tried) == 2  # the second time because a connection may break
