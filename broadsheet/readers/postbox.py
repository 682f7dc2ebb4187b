"""Mail of the account through a server: also to addresses beyond ASCII (SMTPUTF8), which the framework cannot write.

What it hands over is written and signed as letters are; a refusal is raised, so that the queue tries again. Without a
server it is written to a folder, as letters are.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from email.utils import format_datetime, make_msgid
from pathlib import Path
from smtplib import SMTPException
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from broadsheet.post.message import (
    envelope_address,
    join,
    mailbox,
    parse_mailbox,
    words,
    write_body,
    write_head,
)
from broadsheet.post.smtp import Connection, DoubtError, LostError, Server

if TYPE_CHECKING:  # it loads the library that holds keys
    from broadsheet.post.dkim import Signer

KEY_FILE = "dkim.pem"


class EmailBackend(BaseEmailBackend):
    """Django's way out, for `send_mail` and what allauth sends."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        server = Server.read(settings.ENVIRONMENT.email_url)
        connection = Connection(server, name=urlsplit(settings.SITE_URL).hostname or "localhost")
        try:
            return sum(self._send(connection, one) for one in email_messages)
        finally:
            connection.close()

    def _send(self, connection: Connection, message: EmailMessage) -> bool:
        sender = envelope_address(parse_mailbox(message.from_email)[1])
        for to in message.recipients():
            packed = _pack(message, sender, to)
            try:
                answer = connection.send(sender, envelope_address(to), packed)
            except (LostError, DoubtError) as error:
                raise SMTPException(str(error)) from error
            if not answer.is_yes:
                raise SMTPException(f"{answer.code} {answer.text}")
        return True


class FolderBackend(BaseEmailBackend):
    """The folder `mail` in the data folder, where no server is set: each mail as it would have left."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            sender = envelope_address(parse_mailbox(message.from_email)[1])
            for to in message.recipients():
                write_file("account", _pack(message, sender, to))
        return len(email_messages)


def write_file(kind: str, packed: bytes) -> Path:
    """Put a mail into the folder `mail`, as programs for mail open it; where. kind: account, letter. Raises OSError."""
    folder = settings.DATA / "mail"
    folder.mkdir(parents=True, exist_ok=True)
    path: Path = folder / f"{kind}-{timezone.now():%Y%m%dT%H%M%S}-{secrets.token_hex(8)}.eml"
    path.write_bytes(packed)
    return path


def _pack(message: EmailMessage, sender: str, to: str) -> bytes:
    domain = sender.rpartition("@")[2]
    head = [
        ("From", mailbox(message.from_email)),
        ("To", envelope_address(to)),
        ("Subject", words(message.subject)),
        ("Date", format_datetime(timezone.now())),
        ("Message-ID", make_msgid(domain=domain)),
        *((name, words(str(value))) for name, value in message.extra_headers.items()),
    ]
    lines, body = write_body(str(message.body), "")
    whole = [*write_head(head), *lines]
    if signer := signer_for(domain):
        whole.insert(0, signer.sign(whole, body))
    return join(whole, body)


def signer_for(domain: str) -> Signer | None:
    """Our own signature for a domain of ours, where `broadsheet letters dkim` made a key."""
    if not (settings.DATA / KEY_FILE).exists():  # nothing is loaded for it
        return None
    from broadsheet.post.dkim import Signer, read_key  # noqa: PLC0415  # the same

    key = read_key(settings.DATA / KEY_FILE)
    selectors = settings.ENVIRONMENT.dkim_selectors
    return Signer(domain, selectors[0], key) if key is not None and selectors else None
