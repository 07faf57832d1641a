"""Which addresses may be connected to: public ones, and those that the workspace lists."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any
from urllib.parse import urlsplit
from weakref import WeakSet

from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection

from nianbao import SettingError, SourceError

_NAT64 = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"))
_PROTOCOLS = ip_network("192.0.0.0/24")
Address = tuple[Any, ...]


class Guard:
    """Checks every address that a name has, and connects to the very one that was checked.

    ``listed`` are hosts, addresses or networks, each with or without ``:port``. Raises SettingError for one that is neither.
    """

    def __init__(self, listed: Iterable[str]) -> None:
        self._listed = [_entry(written) for written in listed]
        self.connections: WeakSet[HTTPConnection] = WeakSet()

    def cut(self) -> None:
        """Break off whatever is being waited for."""
        for connection in list(self.connections):
            if connection.sock is not None:
                with contextlib.suppress(OSError):
                    connection.sock.shutdown(socket.SHUT_RDWR)

    def connect(self, host: str, port: int, timeout: Any, options: Iterable[Any]) -> socket.socket:
        """A socket to a host. Raises SourceError for one that may not be reached, OSError for one that cannot."""
        failure = OSError(f"{host}: no address")
        for family, kind, protocol, _, address in self._checked(host, port):
            connection = socket.socket(family, kind, protocol)
            try:
                for option in options:
                    connection.setsockopt(*option)
                connection.settimeout(timeout)
                connection.connect(address)
                return connection
            except OSError as error:
                connection.close()
                failure = error
        raise failure

    def _checked(self, host: str, port: int) -> list[tuple[Any, Any, int, str, Address]]:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        for *_, address in found:
            numeric = _plain(str(address[0]))
            if not (_is_public(numeric) or self._is_listed(host, numeric, port)):
                raise SourceError(
                    f"不访问内网地址 {host}:{port}（{numeric}）", f"{host}:{port} ({numeric}) is not a public address",
                    mend=("确要访问，写进 nianbao.yaml 的 private_hosts。", "To allow it, list it in private_hosts of nianbao.yaml."),
                )  # fmt: skip
        return found

    def _is_listed(self, host: str, address: IPv4Address | IPv6Address, port: int) -> bool:
        return any(
            (allowed == host.lower() if isinstance(allowed, str) else address in allowed) and at in (None, port)
            for allowed, at in self._listed
        )


def _entry(written: str) -> tuple[Any, int | None]:
    """A listed host or network, and its port."""
    try:
        return ip_network(written, strict=False), None
    except ValueError:
        pass
    try:
        split = urlsplit(f"//{written}")
        host, port = split.hostname, split.port
    except ValueError:
        host = port = None
    if not host or split.path or split.username is not None:
        raise SettingError(f"private_hosts 里的“{written}”看不懂", f"“{written}” in private_hosts is no host", place=getattr(written, "place", ""),
                           mend=("写主机名、IP 地址或网段，如 10.10.3.20、10.10.3.0/24。", "Write a host, an address or a network, like 10.10.3.0/24."))  # fmt: skip
    try:
        return ip_network(host), port
    except ValueError:
        return host, port


def _plain(written: str) -> IPv4Address | IPv6Address:
    """An address without its zone, and the IPv4 address that an IPv6 one stands for."""
    address = ip_address(written.partition("%")[0])
    if isinstance(address, IPv6Address):
        nat64 = IPv4Address(int(address) & 0xFFFFFFFF) if any(address in network for network in _NAT64) else None
        return address.ipv4_mapped or address.sixtofour or nat64 or address
    return address


def _is_public(address: IPv4Address | IPv6Address) -> bool:
    return address.is_global and not (address.is_multicast or address.is_reserved) and address not in _PROTOCOLS


def pools(guard: Guard) -> PoolManager:
    """Connections that the guard makes: the name is looked up once, TLS still asks for the name."""

    class Plain(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            guard.connections.add(self)
            return guard.connect(self._dns_host, self.port, self.timeout, self.socket_options or ())

    class Secure(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            guard.connections.add(self)
            return guard.connect(self._dns_host, self.port or 443, self.timeout, self.socket_options or ())

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure

    manager = PoolManager(num_pools=20, maxsize=1)
    manager.pool_classes_by_scheme = {"http": PlainPool, "https": SecurePool}
    return manager
