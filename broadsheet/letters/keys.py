"""Keys of the letters' room: random ones for links, keyed hashes for addresses that are never written to again."""

from __future__ import annotations

import secrets
from hashlib import blake2b

from django.conf import settings


def new_key() -> str:
    """A subscriber's key: 256 random bits, in letters that fit into a link."""
    return secrets.token_urlsafe(32)


def address_key(address: str) -> str:
    """By which an address is known in the list of the suppressed; it cannot be turned back without our secret."""
    return blake2b(address.lower().encode(), key=settings.SECRET_KEY.encode()[:64], digest_size=32).hexdigest()
