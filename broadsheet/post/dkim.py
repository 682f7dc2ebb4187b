"""Signing mail as its sender (DKIM, RFC 6376): rsa-sha256, relaxed head, simple body; and the key with its DNS record.

Of our own because the library for it computes RSA in Python, 7.7 ms a mail against 0.3 here (docs/decisions/0024); a
test holds every signature against that library. Ed25519 (RFC 8463) is verified by too few to sign with alone.
"""

from __future__ import annotations

import os
import re
from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

SIGNED = (
    b"from", b"to", b"subject", b"date", b"message-id", b"reply-to", b"mime-version", b"content-type",
    b"content-language", b"list-id", b"list-unsubscribe", b"list-unsubscribe-post", b"feedback-id",
)  # fmt: skip
"""Lines that are signed where they stand. From and Subject are signed once more, so that no second one can be added."""
_TWICE = (b"from", b"subject")
_SPACE = re.compile(rb"[ \t\r\n]+")
BITS = 2048


class KeyFileError(ValueError):
    """The key file cannot be used; the message is a sentence."""


class Signer:
    """Signs for one domain with one key."""

    def __init__(self, domain: str, selector: str, key: rsa.RSAPrivateKey) -> None:
        self.domain, self.selector = domain, selector
        self._key = key
        self._start = f"v=1; a=rsa-sha256; c=relaxed/simple; d={domain}; s={selector};\r\n h="

    def sign(self, head: Sequence[tuple[bytes, bytes]], body: bytes) -> tuple[bytes, bytes]:
        """The line to put before the head."""
        stands = {name.lower(): value for name, value in head}
        names = [name for name in SIGNED if name in stands]
        body_hash = b64encode(sha256(body.rstrip(b"\r\n") + b"\r\n").digest())
        listed = b":\r\n  ".join(b":".join(part) for part in _rows([*names, *_TWICE]))
        value = b"%b%b;\r\n bh=%b;\r\n b=" % (self._start.encode("ascii"), listed, body_hash)
        lines = [_relaxed(name, stands[name]) for name in names]
        lines.append(_relaxed(b"dkim-signature", value))
        signature = self._key.sign(b"\r\n".join(lines), padding.PKCS1v15(), hashes.SHA256())
        encoded = b64encode(signature)
        folded = b"\r\n  ".join(encoded[at : at + 70] for at in range(0, len(encoded), 70))
        return b"DKIM-Signature", value + folded


def _rows(names: Sequence[bytes]) -> list[Sequence[bytes]]:
    return [names[at : at + 5] for at in range(0, len(names), 5)]


def _relaxed(name: bytes, value: bytes) -> bytes:
    return name + b":" + _SPACE.sub(b" ", value).strip()


def make_key(path: Path) -> None:
    """Write a new key where there is none, for our eyes only. Raises FileExistsError."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=BITS)
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(pem)


def read_key(path: Path) -> rsa.RSAPrivateKey | None:
    """The key; None where there is no file. Raises KeyFileError."""
    try:
        pem = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise KeyFileError(f"{path} cannot be read: {error.strerror}.") from error
    try:
        key = serialization.load_pem_private_key(pem, None)
    except (ValueError, TypeError) as error:
        raise KeyFileError(f"{path} holds no key in PEM form without a password.") from error
    if not isinstance(key, rsa.RSAPrivateKey) or key.key_size < 1024:
        raise KeyFileError(f"{path} holds no RSA key of at least 1024 bits.")
    return key


def public_part(key: rsa.RSAPrivateKey) -> str:
    """The key as it stands in the DNS, p=."""
    der = key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return b64encode(der).decode("ascii")


def record(key: rsa.RSAPrivateKey) -> str:
    """The text of the DNS record `selector._domainkey.domain`."""
    return f"v=DKIM1; k=rsa; p={public_part(key)}"
