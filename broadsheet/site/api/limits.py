"""Fair shares: how many answers an address or a key gets in a minute. Kept in memory, forgotten with the process.

Only answers made for one request are counted; finished pages cost next to nothing and are the same for everybody.
Each process counts for itself: two processes give twice as much, which is accepted.
"""

from __future__ import annotations

import ipaddress
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil
from threading import Lock

PER_MINUTE = 60
"""Answers for an address without a key: one a second, and as many at once."""
PER_MINUTE_WITH_KEY = 1_200
MOST_REMEMBERED = 20_000


@dataclass(frozen=True, slots=True)
class Share:
    """left: answers that may follow at once. wait_s: seconds until the next; 0 when this one is granted."""

    granted: bool
    left: int
    wait_s: int


class Limits:
    """A bucket for each caller that fills steadily; a caller who is not remembered finds a full one."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, caller: str, per_minute: int) -> Share:
        """Take one answer for this caller, if there is one left."""
        now = self._clock()
        with self._lock:
            left, at = self._buckets.pop(caller, (float(per_minute), now))
            left = min(per_minute, left + (now - at) * per_minute / 60)
            granted = left >= 1
            left -= granted
            self._buckets[caller] = (left, now)
            while len(self._buckets) > MOST_REMEMBERED:
                self._buckets.popitem(last=False)
        return Share(granted, int(left), 0 if granted else ceil((1 - left) * 60 / per_minute))


def caller_at(peer: str, forwarded: str) -> str:
    """Who asks: the peer, or, where that is a proxy on our own networks, the last address it names.

    Of IPv6 the network of a household counts, since it has as many addresses as it likes.
    """
    found = _address(peer)
    if found is not None and not found.is_global and forwarded:
        found = _address(forwarded.rpartition(",")[2]) or found
    if isinstance(found, ipaddress.IPv6Address):
        return str(ipaddress.IPv6Network((found, 64), strict=False))
    return str(found) if found else "unknown"


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        found = ipaddress.ip_address(text.strip().strip("[]"))
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found
