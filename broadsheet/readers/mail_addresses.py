"""Mail addresses as people have them: validated, in one form, with a hint where a domain looks mistyped.

An address is taken as it is: internationalised names and domains are right, and what the standards allow is allowed.
Nothing is asked of the network. A hint never stops anybody: the reader decides.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from email_validator import EmailNotValidError, validate_email

COMMON = (
    "gmail.com", "googlemail.com", "yahoo.com", "yahoo.co.uk", "yahoo.fr", "hotmail.com", "hotmail.co.uk",
    "hotmail.fr", "outlook.com", "outlook.fr", "outlook.de", "live.com", "icloud.com", "me.com", "aol.com",
    "proton.me", "protonmail.com", "gmx.de", "gmx.net", "gmx.com", "web.de", "t-online.de", "freenet.de", "mail.ru",
    "yandex.ru", "orange.fr", "wanadoo.fr", "free.fr", "laposte.net", "libero.it", "comcast.net", "verizon.net",
    "qq.com", "163.com", "126.com", "naver.com", "fastmail.com", "zoho.com", "mail.com", "posteo.de",
)  # fmt: skip
"""Domains of many readers' mail; a domain one slip away from one of these is asked about."""


class AddressError(ValueError):
    """Not a mail address. The message is a sentence for the reader."""


def read_address(text: str) -> str:
    """The address in the form it is kept in: normalized, lower case. Raises AddressError."""
    try:
        found = validate_email(text.strip()[:400], check_deliverability=False, strict=True, test_environment=True)
    except EmailNotValidError as error:
        raise AddressError(str(error)) from error
    address = found.normalized.lower()
    if len(address) > 254:
        raise AddressError("too long")
    return address


def likely_meant(address: str) -> str:
    """The address with the domain that was probably meant; empty when it looks right."""
    local, _, domain = address.rpartition("@")
    if not local or domain in COMMON:
        return ""
    return next((f"{local}@{known}" for known in COMMON if _is_one_slip(domain, known)), "")


def is_disposable(address: str) -> bool:
    """Whether the address is of a service whose addresses are thrown away; a short list, and no claim to be whole."""
    domain = address.rpartition("@")[2]
    parts = domain.split(".")
    return any(".".join(parts[start:]) in _disposable() for start in range(len(parts) - 1))


@cache
def _disposable() -> frozenset[str]:
    text = (Path(__file__).parent / "disposable.txt").read_text(encoding="ascii")
    return frozenset(line for line in text.split() if not line.startswith("#"))


def _is_one_slip(typed: str, meant: str) -> bool:
    """One letter more, less, another, or two swapped: the slips of a hurried thumb. Short names may be real ones."""
    if abs(len(typed) - len(meant)) > 1 or len(meant) < 6:
        return False
    start = 0
    while start < min(len(typed), len(meant)) and typed[start] == meant[start]:
        start += 1
    a, b = typed[start:], meant[start:]
    if a == b:
        return False
    is_swapped = len(a) > 1 and len(b) > 1 and a[:2] == b[1::-1] and a[2:] == b[2:]
    return is_swapped or a[1:] == b[1:] or a[1:] == b or a == b[1:]
