"""Ways out, chosen by EMAIL_URL: a server by SMTP, a provider by django-anymail, or the folder `mail`.

Each takes one mail at a time and answers as a server does. LostError, WithdrawnError: it was not sent; DoubtError:
nobody knows.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection

from broadsheet.letters.tokens import sender_domain
from broadsheet.post.message import join, write_body, write_head
from broadsheet.post.providers import provider_of
from broadsheet.post.smtp import Answer, Connection, DoubtError, LostError, Server, WithdrawnError
from broadsheet.readers.postbox import signer_for, write_file

if TYPE_CHECKING:  # it loads the library that holds keys
    from broadsheet.post.dkim import Signer


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail as it leaves. sender: of the envelope, where it comes back to."""

    sender: str
    to: str
    head: list[tuple[str, str]]
    text: str
    html: str


class Transport(Protocol):
    def pack(self, mail: Mail) -> Any:
        """Whatever can be done before the mail is taken in hand."""

    def send(self, mail: Mail, packed: Any, before: Callable[[], bool]) -> Answer:
        """Hand it over; `before` is asked at the last moment. Raises LostError, DoubtError and WithdrawnError."""

    def close(self) -> None: ...


class Packer:
    """Makes bytes of a mail, and signs them where we have a key."""

    def __init__(self, signer: Signer | None) -> None:
        self._signer = signer

    def pack(self, mail: Mail) -> bytes:
        lines, body = write_body(mail.text, mail.html)
        head = [*write_head(mail.head), *lines]
        if self._signer is not None:
            head.insert(0, self._signer.sign(head, body))
        return join(head, body)


class ServerTransport(Packer):
    def __init__(self, connection: Connection, signer: Signer | None) -> None:
        super().__init__(signer)
        self._connection = connection

    def send(self, mail: Mail, packed: bytes, before: Callable[[], bool]) -> Answer:
        return self._connection.send(mail.sender, mail.to, packed, before)

    def close(self) -> None:
        self._connection.close()


class FolderTransport(Packer):
    """A file for each mail, as they would have left; for a first look, and where no server is set."""

    def send(self, mail: Mail, packed: bytes, before: Callable[[], bool]) -> Answer:  # noqa: ARG002  # as all ways
        if not before():
            raise WithdrawnError
        try:
            path = write_file("letter", packed)
        except OSError as error:
            raise LostError(f"{error.filename}: {error.strerror}") from error
        return Answer(250, f"written to {path.parent}")

    def close(self) -> None:
        return


class ProviderTransport:
    """A provider's own interface. It signs, and writes List-Unsubscribe as we say it."""

    def __init__(self, backend: Any) -> None:
        self._backend = backend
        self._is_open = False

    def pack(self, mail: Mail) -> EmailMultiAlternatives:
        head = dict(mail.head)
        sender, to, subject = head.pop("From"), head.pop("To"), head.pop("Subject")
        head.pop("Date")
        message = EmailMultiAlternatives(subject, mail.text, sender, [to], headers=head)
        message.attach_alternative(mail.html, "text/html")
        vars(message)["metadata"] = {"letter": head["Message-ID"]}  # comes back with the provider's hooks
        return message

    def send(self, mail: Mail, packed: EmailMultiAlternatives, before: Callable[[], bool]) -> Answer:  # noqa: ARG002
        import requests  # noqa: PLC0415  # loaded with the provider's interface, never without one
        from anymail.exceptions import (  # noqa: PLC0415  # the same
            AnymailAPIError,
            AnymailError,
            AnymailRecipientsRefused,
        )

        try:
            if not self._is_open:
                self._backend.open()
                self._is_open = True
            if not before():
                raise WithdrawnError
            self._backend.send_messages([packed])
        except AnymailRecipientsRefused as error:
            return Answer(550, f"5.1.1 {error}"[:200])
        except AnymailAPIError as error:
            cause = error.__cause__
            if isinstance(cause, requests.exceptions.ConnectTimeout | requests.exceptions.ConnectionError):
                self.close()
                if isinstance(cause, requests.exceptions.ConnectTimeout) or "NewConnection" in str(cause):
                    raise LostError(str(cause)[:200]) from error
                raise DoubtError(str(cause)[:200]) from error
            if isinstance(cause, requests.exceptions.RequestException):
                self.close()
                raise DoubtError(str(cause)[:200]) from error
            return _provider_answer(error.status_code or 0, str(error))
        except AnymailError as error:  # the mail cannot be told in this provider's terms
            return Answer(554, f"5.6.0 {error}"[:200])
        status = getattr(packed, "anymail_status", None)
        return Answer(250, str(getattr(status, "message_id", "") or "queued")[:200])

    def close(self) -> None:
        self._is_open = False
        with contextlib.suppress(Exception):
            self._backend.close()


def _provider_answer(status: int, text: str) -> Answer:
    """An HTTP status as a server would have put it: too fast, their trouble, our account, this mail."""
    words = " ".join(text.split())[:180]
    if status == 429:
        return Answer(421, f"4.7.0 too many requests: {words}")
    if status >= 500 or status == 408:
        return Answer(451, f"4.3.0 {words}")
    if status in {401, 402, 403}:
        return Answer(421, f"4.7.8 the provider does not let us in: {words}")
    return Answer(554, f"5.6.0 {words}")


def open_transport() -> Transport:
    """A connection of its own for each worker; it opens when the first mail is sent. Raises KeyFileError."""
    address = settings.ENVIRONMENT.email_url
    if provider_of(address):
        return ProviderTransport(get_connection())
    if not address:
        return FolderTransport(own_signer())
    name = urlsplit(settings.SITE_URL).hostname or "localhost"
    return ServerTransport(Connection(Server.read(address), name=name), own_signer())


def own_signer() -> Signer | None:
    return signer_for(sender_domain())
