"""Addresses that tell us which mail came back: `returns+d12.4f…@host` (VERP), with a mark only we can make."""

from __future__ import annotations

import hmac
import re
from hashlib import blake2b

from django.conf import settings

from broadsheet.post.message import envelope_address, parse_mailbox

BACK, LEAVE = "d", "l"
"""What is said of a delivery: that its mail came back; that its reader wants no more of that letter."""
_TOKEN = re.compile(r"([dl])([0-9]{1,18})\.([0-9a-f]{20})", re.IGNORECASE)


def make_token(kind: str, delivery: int) -> str:
    return f"{kind}{delivery}.{_mark(kind, delivery)}"


def read_token(text: str, *kinds: str) -> tuple[str, int] | None:
    """The first token of one of these kinds in a text that is ours, and the delivery's number."""
    for found in _TOKEN.finditer(text[:2_000]):
        kind, delivery = found[1].lower(), int(found[2])
        if kind in kinds and hmac.compare_digest(found[3].lower(), _mark(kind, delivery)):
            return kind, delivery
    return None


def return_path(delivery: int) -> str:
    """Where the mail of this delivery comes back to, if it does."""
    return _with_token(BACK, delivery) if settings.ENVIRONMENT.returns_address else sender_address()


def leave_address(delivery: int) -> str:
    """Who writes to it gets no more of that letter."""
    return _with_token(LEAVE, delivery)


def sender_address() -> str:
    """The plain address of LETTERS_FROM."""
    return envelope_address(parse_mailbox(settings.LETTERS_FROM)[1])


def sender_domain() -> str:
    return sender_address().rpartition("@")[2]


def _with_token(kind: str, delivery: int) -> str:
    local, _, host = (settings.ENVIRONMENT.returns_address or sender_address()).partition("@")
    return f"{local}+{make_token(kind, delivery)}@{host}"


def _mark(kind: str, delivery: int) -> str:
    key = settings.SECRET_KEY.encode()[:64]
    return blake2b(f"{kind}{delivery}".encode(), key=key, digest_size=10, person=b"letters").hexdigest()
