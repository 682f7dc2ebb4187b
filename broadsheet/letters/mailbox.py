"""Reading the mailbox to which our mail comes back (IMAP): each mail once; one nobody understands is flagged."""

from __future__ import annotations

import imaplib
import re
from datetime import datetime
from typing import Any
from urllib.parse import unquote, urlsplit

from broadsheet.letters.models import ReturnKind
from broadsheet.letters.returns import note_found
from broadsheet.post.reports import MOST_BYTES, read_report

PATIENCE_S = 30.0
MOST = 500
"""Mails read in one go; the rest comes with the next."""


class MailboxError(Exception):
    """The mailbox cannot be read; the message says why."""


def ask(address: str, *, now: datetime) -> int:
    """Read what came back and was not read before; how many mails. Raises MailboxError."""
    parts = urlsplit(address)
    kind = imaplib.IMAP4_SSL if parts.scheme == "imaps" else imaplib.IMAP4
    port = parts.port or (993 if parts.scheme == "imaps" else 143)
    folder = unquote(parts.path.strip("/")) or "INBOX"
    if re.search(r'[\\"\r\n]', folder):
        raise MailboxError(f"{folder!r} cannot be the name of a folder")
    try:
        with kind(parts.hostname or "", port, timeout=PATIENCE_S) as box:
            box.login(unquote(parts.username or ""), unquote(parts.password or ""))
            _must(box.select(f'"{folder}"'))
            numbers = _must(box.uid("SEARCH", "UNSEEN"))[0].split()[:MOST]
            for number in numbers:
                _read(box, number.decode("ascii"), now)
    except (OSError, imaplib.IMAP4.error, UnicodeError) as error:
        raise MailboxError(f"{parts.hostname}: {error}") from error
    return len(numbers)


def _read(box: imaplib.IMAP4, number: str, now: datetime) -> None:
    """Noted first, marked as read after: killed between the two, it is read again and counts once."""
    fetched = _must(box.uid("FETCH", number, f"(BODY.PEEK[]<0.{MOST_BYTES}>)"))
    raw = bytes(next((part[1] for part in fetched if isinstance(part, tuple)), b""))
    noted = note_found(read_report(raw), "mail", raw, now=now)
    flags = r"(\Seen \Flagged)" if any(row.kind == ReturnKind.UNKNOWN for row in noted) else r"(\Seen)"
    _must(box.uid("STORE", number, "+FLAGS", flags))


def _must(answer: tuple[str, Any]) -> Any:
    """What the server gave. Raises when it said no."""
    said, given = answer
    if said != "OK":
        raise imaplib.IMAP4.error(f"{said} {given!r}"[:200])
    return given
