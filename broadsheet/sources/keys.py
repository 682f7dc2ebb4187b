"""The fixed-length key under which an address is stored once."""

from __future__ import annotations

from hashlib import blake2b

from broadsheet.text.addresses import identity_key, normalize


def page_key(address: str) -> str:
    """32 hex digits, equal for all spellings of one page's address. Raises AddressError."""
    return _digest(identity_key(address))


def source_key(address: str) -> str:
    """32 hex digits for the address of a feed, where every parameter counts. Raises AddressError."""
    return _digest(normalize(address))


def _digest(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
