"""A mail as bytes: a head whose every line is ours, a text and its HTML twin. Nothing put in can add a line to it.

Written by hand because the library's message takes as long as all the rest of sending. Both bodies are
quoted-printable: a mail is seven bits wide, its lines are short, and no relay has a reason to touch what was signed.
"""

from __future__ import annotations

import re
from binascii import b2a_qp
from collections.abc import Sequence
from email.header import Header
from functools import lru_cache
from itertools import groupby

import idna

_CONTROLS = re.compile(r"[\x00-\x1f\x7f\x80-\x9f\u2028\u2029]+")
_MAILBOX = re.compile(r"(.*)<([^<>]+)>")
_ATOM = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]*")
_BOUNDARY = b"=_the-same-in-two-forms"
"""Cannot stand in quoted-printable text, whose every = is followed by two hexadecimal digits or ends its line."""
MOST_LINE = 76

Head = Sequence[tuple[str, str]]


class AddressError(ValueError):
    """This address cannot be written to; the message says why."""


def clean(value: str) -> str:
    """The value on one line, without signs that mean something to machines only."""
    return " ".join(_CONTROLS.sub(" ", value).split())


def envelope_address(address: str) -> str:
    """The address as a server wants it: the domain in ASCII, the local part as it is. Raises AddressError."""
    local, _, domain = address.rpartition("@")
    if not local or not domain or _CONTROLS.search(address) or any(sign in ' <>,;:\\"()[]' for sign in address):
        raise AddressError(f"not an address that mail can be sent to: {address[:80]!r}")
    try:
        return f"{local}@{domain if domain.isascii() else idna.encode(domain, uts46=True).decode('ascii')}"
    except idna.IDNAError as error:
        raise AddressError(f"its domain cannot be written in the DNS: {domain[:80]!r}") from error


def parse_mailbox(text: str) -> tuple[str, str]:
    """Name and address of `Name <address>`, however the name is written."""
    found = _MAILBOX.fullmatch(clean(text))
    if found is None:
        return "", clean(text)
    return found[1].strip().strip('"').replace('\\"', '"'), found[2]


@lru_cache(maxsize=64)
def mailbox(text: str) -> str:
    """`Name <address>` as it may stand in From: the name quoted or encoded. Raises AddressError."""
    name, address = parse_mailbox(text)
    address = envelope_address(address)
    if not name:
        return address
    return f"{phrase(name)} <{address}>"


@lru_cache(maxsize=512)
def phrase(name: str) -> str:
    """A name before an address."""
    name = clean(name)
    if not _is_plain(name):
        return Header(name, "utf-8", maxlinelen=60).encode(linesep="\r\n")
    if _ATOM.fullmatch(name):
        return name
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'


@lru_cache(maxsize=512)
def words(value: str) -> str:
    """Free text, such as a subject."""
    value = clean(value)
    return value if _is_plain(value) else Header(value, "utf-8", maxlinelen=64).encode(linesep="\r\n")


def _is_plain(value: str) -> bool:
    """In ASCII, and no word is longer than a line."""
    return value.isascii() and max(map(len, value.split(" "))) <= MOST_LINE


def write_head(head: Head) -> list[tuple[bytes, bytes]]:
    """Names and values as bytes, folded. Values that came from `mailbox`, `phrase` and `words` keep their folds."""
    return [(name.encode("ascii"), _folded(name, value).encode()) for name, value in head]


def _folded(name: str, value: str) -> str:
    if "\n" in value or "\r" in value:  # only as `Header` folds: each line goes on with a blank
        lines = value.split("\r\n")
        if any(_CONTROLS.search(line) for line in lines) or not all(line.startswith(" ") for line in lines[1:]):
            raise ValueError(f"a line break in {name}")
        return value
    if len(name) + 2 + len(value) <= MOST_LINE:
        return value
    lines, room = [""], MOST_LINE - len(name) - 2
    for word in value.split(" "):
        if lines[-1] and len(lines[-1]) + 1 + len(word) > room:
            lines.append("")
            room = MOST_LINE - 1
        lines[-1] = f"{lines[-1]} {word}" if lines[-1] else word
    return "\r\n ".join(lines)


def write_body(text: str, html: str) -> tuple[list[tuple[bytes, bytes]], bytes]:
    """The head's lines about the body, and the body: the text alone, or the text and its twin."""
    mime = (b"MIME-Version", b"1.0")
    if not html:
        return [mime, *_part_head(b"plain")], _quoted(text)
    lines = []
    for kind, words in ((b"plain", text), (b"html", html)):
        head = b"".join(b"%b: %b\r\n" % line for line in _part_head(kind))
        lines.append(b"--%b\r\n%b\r\n%b" % (_BOUNDARY, head, _quoted(words)))
    body = b"\r\n".join(lines) + b"\r\n--%b--\r\n" % _BOUNDARY
    return [mime, (b"Content-Type", b'multipart/alternative; boundary="%b"' % _BOUNDARY)], body


def _part_head(kind: bytes) -> list[tuple[bytes, bytes]]:
    return [
        (b"Content-Type", b"text/%b; charset=utf-8" % kind),
        (b"Content-Transfer-Encoding", b"quoted-printable"),
    ]


def _quoted(text: str) -> bytes:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n") + "\n"
    return b2a_qp(lines.encode("utf-8", "replace"), istext=True).replace(b"\n", b"\r\n")


def join(head: Sequence[tuple[bytes, bytes]], body: bytes) -> bytes:
    """The whole message, lines ending as servers want them."""
    return b"".join([b"%b: %b\r\n" % line for line in head]) + b"\r\n" + body


def repeated(head: Sequence[tuple[bytes, bytes]]) -> list[bytes]:
    """Names that stand twice; a mail with two subjects is read differently by everybody."""
    names = sorted(name.lower() for name, _ in head)
    return [name for name, same in groupby(names) if len(list(same)) > 1]
