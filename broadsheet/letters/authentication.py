"""What the world has to know of our domain before letters leave: asked by `doctor` and before each edition."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings

from broadsheet.letters.tokens import sender_domain
from broadsheet.post.checks import (
    Finding,
    ask,
    check_dkim,
    check_dmarc,
    check_pointer,
    check_returns,
    check_spf,
)
from broadsheet.post.dkim import KeyFileError, public_part, read_key
from broadsheet.post.message import AddressError
from broadsheet.post.names import Names, NoAnswerError, Resolver
from broadsheet.post.providers import provider_of
from broadsheet.post.smtp import Connection, LostError, Server
from broadsheet.readers.postbox import KEY_FILE

__all__ = ["Finding", "findings", "line_findings"]


def findings(names: Names | None = None) -> Iterator[Finding]:
    """SPF, DKIM, DMARC, PTR and where returns go. names: the DNS; none given: the machine's own."""
    given = settings.ENVIRONMENT
    try:
        domain = sender_domain()
    except AddressError as error:
        yield Finding("sender of letters", f"BROADSHEET_LETTERS_FROM: {error}.")
        return
    try:
        key = read_key(settings.DATA / KEY_FILE)
    except KeyFileError as error:
        yield Finding("DKIM", str(error))
        return
    try:
        asked: Names = names or Resolver()
    except NoAnswerError as error:
        yield Finding("DNS", f"this machine knows no name server ({error})", is_unknown=True)
        return
    address = given.email_url
    own = public_part(key) if key is not None and not provider_of(address) else ""
    back = given.returns_address or f"news@{domain}"
    envelope = back.rpartition("@")[2]
    dkim = ask("DKIM", lambda: check_dkim(asked, domain, given.dkim_selectors, own))
    yield ask("SPF", lambda: check_spf(asked, envelope))
    yield dkim
    is_signed = dkim.is_unknown or not dkim.problem
    yield ask("DMARC", lambda: check_dmarc(asked, domain, envelope, is_signed=is_signed))
    yield ask("returns", lambda: check_returns(asked, back), is_grave=False)
    if address and not provider_of(address):
        host = urlsplit(address).hostname or ""
        yield ask("name of the mail server (PTR)", lambda: check_pointer(asked, host), is_grave=False)


def line_findings() -> Iterator[Finding]:
    """Whether the mail server can be reached, and encrypts."""
    address = settings.ENVIRONMENT.email_url
    if not address or provider_of(address):
        return
    server = Server.read(address)
    connection = Connection(server, name=urlsplit(settings.SITE_URL).hostname or "localhost", patience_s=10)
    try:
        offered = connection.look()
    except LostError as error:
        yield Finding("mail server", str(error), is_grave=False)
        return
    finally:
        connection.close()
    is_near = server.host in {"localhost", "127.0.0.1", "::1"}
    if server.security == "none" and not is_near:
        yield Finding("mail server", f"mail to {server.host} is not encrypted (tls=no).", is_grave=False)
    else:
        yield Finding("mail server", "")
    if "smtputf8" not in offered:
        problem = f"{server.host} takes no SMTPUTF8: readers with an address beyond ASCII cannot be written to."
        yield Finding("international addresses", problem, is_grave=False)
