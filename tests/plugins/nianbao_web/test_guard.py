"""Where the web source does not go, whatever a portal, a name or a setting says."""

from __future__ import annotations

import socket
import ssl
import subprocess
from pathlib import Path
from typing import Any

import pytest

from .conftest import County, Reply, Site, rows

LIST = rows(("甲", "/1.html", "2024-03-05"))


def names(monkeypatch: pytest.MonkeyPatch, **answers: Any) -> list[str]:
    """Let names of ``.example`` have the addresses given, or each time the next of a list of lists."""
    real, asked = socket.getaddrinfo, []

    def resolve(host: Any, port: Any, *args: Any, **more: Any) -> Any:
        name = str(host).removesuffix(".example")
        if name not in answers:
            return real(host, port, *args, **more)
        asked.append(name)
        known = answers[name]
        found = known.pop(0) if isinstance(known[0], list) else known
        return [entry for address in found for entry in real(address, port, *args, **more)]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    return asked


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "2130706433", "0177.0.0.1", "0x7f000001", "127.1", "localhost", "0.0.0.0", "[::1]", "[::]",
        "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]", "[2002:7f00:1::]", "[64:ff9b::7f00:1]", "[64:ff9b:1::a00:1]",
        "[fe80::1]", "[fd00::1]", "[ff02::1]", "10.0.0.1", "172.16.0.1", "192.168.1.1", "100.64.0.1", "169.254.169.254",
        "192.0.0.8", "224.0.0.1", "240.0.0.1", "255.255.255.255",
    ],
)  # fmt: skip
def test_an_address_that_is_not_public_is_refused(county: County, host: str) -> None:
    county.writes(f'base: "http://{host}:9/"\ndelay: 0\nitems: li\nanswers: {{二: {{公开信息: {{工作动态: a/}}}}}}', private="")
    assert "is not a public address" in county.error()


@pytest.mark.parametrize("listed", ["127.0.0.1", "127.0.0.0/8", "127.0.0.1:PORT", "localhost", "LOCALHOST:PORT"])
def test_an_address_that_the_workspace_lists_is_visited(county: County, site: Site, listed: str) -> None:
    site.pages["/a/"] = LIST
    county.column(site, private=listed.lower().replace("port", str(site.server_port)))
    text = (county.folder / "jurisdictions/luhe.yaml").read_text(encoding="utf-8")
    if "localhost" in listed.lower():
        (county.folder / "jurisdictions/luhe.yaml").write_text(text.replace("127.0.0.1", "localhost"), encoding="utf-8")
    assert county.fact().value == 1


@pytest.mark.parametrize("listed", ["127.0.0.2", "127.0.0.1:1", "10.0.0.0/8", "heshan.example"])
def test_what_lists_another_lets_nobody_through(county: County, site: Site, listed: str) -> None:
    site.pages["/a/"] = LIST
    assert "is not a public address" in county.column(site, private=listed).error()
    assert not site.seen


@pytest.mark.parametrize("listed", ["http://10.0.0.1/", "a/b", "me@host", "host:port", ""])
def test_a_host_that_is_none_is_told(county: County, site: Site, listed: str) -> None:
    from nianbao import SettingError

    county.column(site).run.private_hosts = (listed,)
    with pytest.raises(SettingError, match="is no host"):
        county.answer()


@pytest.mark.parametrize(
    ("target", "says"),
    [
        ("http://127.0.0.1:1/", "127.0.0.1:1 (127.0.0.1) is not a public address"),
        ("http://127.0.0.2/", "is not a public address"),
        ("http://169.254.169.254/latest/meta-data/", "169.254.169.254) is not a public address"),
        ("http://10.0.0.1/", "is not a public address"),
        ("//[::ffff:10.0.0.1]/", "is not a public address"),
        ("file:///etc/passwd", "only http and https are"),
        ("gopher://127.0.0.1:70/", "only http and https are"),
        ("ftp://127.0.0.1/", "only http and https are"),
        ("http://me:secret9@127.0.0.1/", "it has a user or password in it"),
        ("http://[::1", "it is no URL"),
    ],
)
@pytest.mark.parametrize("how", ["status", "meta", "script"])
def test_a_move_to_where_nobody_goes_is_refused(county: County, site: Site, target: str, says: str, how: str) -> None:
    site.pages["/a/"] = {
        "status": Reply(status=302, Location=target),
        "meta": f'<meta http-equiv="Refresh" content="0; url={target}">',
        "script": f"<script>window.location.href = '{target}';</script>",
    }[how]
    error = county.column(site, private=f"127.0.0.1:{site.server_port}").error()
    assert says in error
    assert site.seen == ["/robots.txt", "/a/"]


@pytest.mark.parametrize("addresses", [["127.0.0.1"], ["10.1.2.3"], ["93.184.215.14", "10.1.2.3"], ["::1"]])
def test_a_name_with_a_private_address_among_its_own_is_refused(
    county: County, site: Site, monkeypatch: pytest.MonkeyPatch, addresses: list[str]
) -> None:
    names(monkeypatch, trap=addresses)
    site.pages["/a/"] = Reply(status=301, Location="http://trap.example:1/a/")
    assert "is not a public address" in county.column(site, private=f"127.0.0.1:{site.server_port}").error()


def test_a_connection_goes_to_the_address_that_was_checked(county: County, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = names(monkeypatch, rebind=[["127.0.0.1"], ["127.0.0.2"]])
    site.pages["/robots.txt"] = Reply("", Connection="close")
    site.pages["/a/"] = LIST
    county.column(site)
    settings = county.folder / "jurisdictions/luhe.yaml"
    settings.write_text(
        settings.read_text(encoding="utf-8").replace("http://127.0.0.1", "http://rebind.example"), encoding="utf-8"
    )
    assert "(127.0.0.2) is not a public address" in county.error()
    assert asked == ["rebind", "rebind"]  # once a connection
    assert site.seen == ["/robots.txt"]


def test_no_proxy_of_the_environment_is_asked(county: County, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    site.pages["/a/"] = LIST
    assert county.column(site).fact().value == 1


def test_items_are_not_visited_where_they_are_only_counted(county: County, site: Site) -> None:
    site.pages["/a/"] = rows(("甲", "http://169.254.169.254/x", "2024-03-05"), ("乙", "http://10.0.0.1/x", "2024-03-05"))
    assert county.column(site).fact().value == 2


@pytest.mark.parametrize("certified", ["portal.example", "other.example"])
def test_tls_asks_for_the_name_and_holds_the_server_to_it(
    county: County, site: Site, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, certified: str
) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    made = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
    named = [
        "-subj",
        f"/CN={certified}",
        "-addext",
        f"subjectAltName=DNS:{certified}",
        "-keyout",
        str(key),
        "-out",
        str(certificate),
    ]
    subprocess.run([*made, *named], check=True, capture_output=True)
    context, asked = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), set()
    context.load_cert_chain(certificate, key)
    context.sni_callback = lambda _, name, __: asked.add(name)
    site.socket = context.wrap_socket(site.socket, server_side=True)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    names(monkeypatch, portal=["127.0.0.1"])
    site.pages["/a/"] = LIST
    county.writes(
        f"base: https://portal.example:{site.server_port}/\ndelay: 0\nitems: li\nanswers: {{二: {{公开信息: {{工作动态: a/}}}}}}"
    )
    if certified == "portal.example":
        assert county.fact().value == 1
    else:
        assert "not valid for 'portal.example'" in county.error()
    assert asked == {"portal.example"}
