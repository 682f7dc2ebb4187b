"""Asking the DNS, through one small door, so that checks can be tried without a network."""

from __future__ import annotations

from typing import Any, Protocol

import dns.exception
import dns.resolver
import dns.reversename

PATIENCE_S = 6.0


class NoAnswerError(Exception):
    """The DNS could not be asked; that says nothing about what stands in it."""


class Names(Protocol):
    """Empty lists: the name is not there, or has nothing of that kind. Raises NoAnswerError."""

    def texts(self, name: str) -> list[str]: ...

    def addresses(self, name: str) -> list[str]: ...

    def names_of(self, address: str) -> list[str]: ...

    def exchangers(self, name: str) -> list[str]: ...


class Resolver:
    """The machine's own resolver."""

    def __init__(self) -> None:
        try:
            self._resolver = dns.resolver.Resolver()
        except dns.exception.DNSException as error:
            raise NoAnswerError(str(error)) from error
        self._resolver.lifetime = PATIENCE_S

    def texts(self, name: str) -> list[str]:
        return [b"".join(row.strings).decode("utf-8", "replace") for row in self._ask(name, "TXT")]

    def addresses(self, name: str) -> list[str]:
        return [row.address for kind in ("A", "AAAA") for row in self._ask(name, kind)]

    def names_of(self, address: str) -> list[str]:
        try:
            name = dns.reversename.from_address(address)
        except dns.exception.SyntaxError:
            return []
        return [str(row.target).rstrip(".") for row in self._ask(str(name), "PTR")]

    def exchangers(self, name: str) -> list[str]:
        return [str(row.exchange).rstrip(".") for row in self._ask(name, "MX")]

    def _ask(self, name: str, kind: str) -> list[Any]:  # each kind has fields of its own
        try:
            return list(self._resolver.resolve(name, kind, search=False))
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
            return []
        except dns.exception.DNSException as error:
            raise NoAnswerError(f"{kind} of {name}: {error}") from error
