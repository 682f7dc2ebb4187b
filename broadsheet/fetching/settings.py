"""What an operator may set about fetching, and the limits with their reasons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from broadsheet import __version__
from broadsheet.fetching.messages import Purpose


@dataclass(frozen=True, slots=True)
class Limit:
    """For one purpose. body, packed: bytes unpacked and on the wire. total_s: from sending to the last byte."""

    body: int
    packed: int
    total_s: float


MEGABYTE = 1_000_000

LIMITS: Mapping[Purpose, Limit] = MappingProxyType(
    {
        # The largest honest article pages seen carry 5 MB of inlined script; live-blogs are the ones above 2 MB.
        Purpose.PAGE: Limit(8 * MEGABYTE, 4 * MEGABYTE, 45.0),
        # A feed of 16 MB is an archive; the newest entries come first, but a cut feed is not worth guessing at.
        Purpose.FEED: Limit(16 * MEGABYTE, 8 * MEGABYTE, 60.0),
        # The protocol allows 50 MB; news sitemaps hold 1,000 entries, about 1 MB.
        Purpose.SITEMAP: Limit(20 * MEGABYTE, 10 * MEGABYTE, 60.0),
        # RFC 9309 section 2.5 asks for at least 500 KiB; what is beyond is cut, not an error.
        Purpose.ROBOTS: Limit(512 * 1024, 512 * 1024, 20.0),
        Purpose.IMAGE: Limit(16 * MEGABYTE, 16 * MEGABYTE, 45.0),
    }
)


@dataclass(frozen=True, slots=True)
class FetchSettings:
    """How the client behaves.

    product, version, contact: make the User-Agent; robots.txt groups are chosen by `product`. contact: an address of a
    page that says who gathers and how to object.
    allow_networks: private networks that may be reached: "10.1.0.0/16", or "127.0.0.1:8300" for one port alone.
    concurrency: requests under way at once, all hosts together. per_host: at one host.
    gap_s: least time from the end of one request to the start of the next at one host.
    patience_s: the longest rest (Retry-After) that a call waits out; beyond it `HostResting` is raised.
    longest_rest_s: Retry-After is capped at this. unsaid_rest_s: rest after a 429 that names none.
    stall_s: longest silence while reading. slowest: bytes a second below which a body is given up after stall_s.
    """

    product: str = "Broadsheet"
    version: str = __version__
    contact: str = ""
    allow_networks: tuple[str, ...] = ()
    concurrency: int = 48
    per_host: int = 1
    gap_s: float = 0.25
    patience_s: float = 30.0
    longest_rest_s: float = 24 * 3600.0
    unsaid_rest_s: float = 30.0
    connect_s: float = 10.0
    stall_s: float = 12.0
    slowest: int = 200
    redirects: int = 5
    header_line: int = 16_384
    header_lines: int = 128
    limits: Mapping[Purpose, Limit] = field(default_factory=lambda: LIMITS)

    @property
    def user_agent(self) -> str:
        """Product token, version and contact, as RFC 9110 section 10.1.5 writes them."""
        about = f" (+{self.contact})" if self.contact else ""
        return f"{self.product}/{self.version}{about}"
