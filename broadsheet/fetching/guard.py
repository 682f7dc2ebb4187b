"""The address guard: which hosts, ports and IP addresses may be reached.

It stands in three places, so that no name, redirect or changing DNS answer gets around it: before a name is resolved
(`check`), when it is resolved (`Resolver`), and when a socket is made for the final address (`socket_for`), which is
the only one that counts and the only one an attacker cannot move.
"""

from __future__ import annotations

import asyncio
import socket
from concurrent.futures import ThreadPoolExecutor
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any

from aiohttp.abc import AbstractResolver, ResolveResult

from broadsheet.fetching.errors import AddressRefused
from broadsheet.text.addresses import Authority

IPAddress = IPv4Address | IPv6Address

_NAT64 = ip_network("64:ff9b::/96")
_NOT_FOR_PAGES = frozenset(
    {1719, 1720, 1723, 2049, 3306, 3389, 3659, 4045, 4190, 5060, 5061, 5432, 5900, 6000, 6379, 6566, 6665, 6666, 6667}
    | {6668, 6669, 6679, 6697, 9200, 10080, 11211, 27017}
)
"""Ports from 1024 up that speak other protocols (WHATWG Fetch "bad port", and databases)."""

_RESOLVER_THREADS = 16


def unwrapped(ip: IPAddress) -> IPAddress:
    """The IPv4 address inside an IPv4-mapped, 6to4 or NAT64 one; others as they are."""
    if isinstance(ip, IPv6Address):
        if ip.ipv4_mapped is not None:
            return ip.ipv4_mapped
        if ip.sixtofour is not None:
            return ip.sixtofour
        if ip in _NAT64:
            return IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip


class Guard:
    """Says which addresses may be reached.

    allow_networks: "10.1.0.0/16" opens a network, "127.0.0.1:8300" or "[::1]:8300" one port of one address.
    Raises ValueError for an entry that is neither.
    """

    def __init__(self, allow_networks: tuple[str, ...] = ()) -> None:
        self._networks: list[IPv4Network | IPv6Network] = []
        self._sockets: set[tuple[IPAddress, int]] = set()
        for entry in allow_networks:
            self._allow(entry.strip())

    def _allow(self, entry: str) -> None:
        host, colon, port = entry.rpartition(":")
        bracketed = host.startswith("[") and host.endswith("]")
        try:
            if colon and port.isdigit() and (bracketed or ":" not in host):
                self._sockets.add((ip_address(host.strip("[]")), int(port)))
            else:
                self._networks.append(ip_network(entry))
        except ValueError as error:
            raise ValueError(
                f"unexpected network {entry!r}, use a network like 10.1.0.0/16 or one port like 127.0.0.1:8300"
            ) from error

    def opened(self, ip: IPAddress, port: int) -> bool:
        """Whether an operator has opened this address."""
        ip = unwrapped(ip)
        return (ip, port) in self._sockets or any(ip in network for network in self._networks)

    def allows(self, ip: IPAddress, port: int) -> bool:
        """Whether a socket to this address and port may be made."""
        ip = unwrapped(ip)
        if self.opened(ip, port):
            return True
        if port not in (80, 443) and (port < 1024 or port in _NOT_FOR_PAGES):
            return False
        # `is_global` alone lets multicast and, in IPv6, site-local addresses through.
        local = ip.is_multicast or ip.is_reserved or (isinstance(ip, IPv6Address) and ip.is_site_local)
        return ip.is_global and not local

    def check(self, authority: Authority) -> None:
        """Refuse early what needs no resolving: IP addresses out of bounds and ports. Raises AddressRefused."""
        try:
            ip = ip_address(authority.host)
        except ValueError:
            if self._port_is_open(authority.port):
                return
        else:
            if self.allows(ip, authority.port):
                return
        raise refusal(str(authority), authority.host, authority.port)

    def _port_is_open(self, port: int) -> bool:
        usual = port in (80, 443) or (port >= 1024 and port not in _NOT_FOR_PAGES)
        return usual or bool(self._networks) or any(port == opened for _, opened in self._sockets)

    def socket_for(self, info: tuple[Any, ...]) -> socket.socket:
        """A socket for a resolved address, as aiohttp's connector asks for it. Raises AddressRefused."""
        family, kind, proto, _, sockaddr = info
        ip = _plain_ip(sockaddr[0])
        if ip is None or not self.allows(ip, sockaddr[1]):
            raise refusal(str(sockaddr[0]), str(sockaddr[0]), sockaddr[1])
        made = socket.socket(family, kind, proto)
        made.setblocking(False)
        return made


def refusal(address: str, host: str, port: int) -> AddressRefused:
    return AddressRefused(
        address,
        f"{host} port {port} is not open to fetching",
        "This address is not on the public web. To allow it, add its network to BROADSHEET_ALLOW_NETWORKS.",
    )


def _plain_ip(text: str) -> IPAddress | None:
    try:
        return ip_address(text.partition("%")[0])
    except ValueError:
        return None


class Resolver(AbstractResolver):
    """Names to vetted addresses, on threads of its own so that slow names hold up only themselves.

    The event loop's own pool has a handful of threads that file access and other users share.
    """

    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        self._pool = ThreadPoolExecutor(_RESOLVER_THREADS, thread_name_prefix="names")

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Addresses that may be reached. Raises OSError for unknown names, AddressRefused when none is left."""
        loop = asyncio.get_running_loop()
        found = await loop.run_in_executor(self._pool, _look_up, host, port, family)
        kept: list[ResolveResult] = []
        for kind, _, proto, _, sockaddr in found:
            ip = _plain_ip(str(sockaddr[0]))
            if ip is not None and self._guard.allows(ip, port):
                kept.append(
                    ResolveResult(
                        hostname=host, host=str(ip), port=port, family=kind, proto=proto, flags=socket.AI_NUMERICHOST
                    )
                )
        if not kept:
            raise refusal(host, f"{host} ({found[0][4][0] if found else 'no address'})", port)
        return kept

    async def close(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)


def _look_up(host: str, port: int, family: socket.AddressFamily) -> list[tuple[Any, ...]]:
    # Without AI_ADDRCONFIG: on a machine that has only its loopback it would deny that even `localhost` exists.
    return list(socket.getaddrinfo(host, port, family=family, type=socket.SOCK_STREAM))
