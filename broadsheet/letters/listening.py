"""A listener for mail that comes back, for a mail server that hands it on (LMTP), or as the MX of our returns (SMTP).

It takes mail to our own returns addresses and nothing else, so nobody can send through it; it says yes when what came
is in the database. Who opens many connections, stays long or says nothing is sent away with "try again later".
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from typing import Any
from urllib.parse import urlsplit

from aiosmtpd.controller import Controller
from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP
from django.conf import settings
from django.db import connection
from django.utils import timezone

from broadsheet.letters.returns import note_found
from broadsheet.letters.tokens import sender_address
from broadsheet.post.reports import MOST_BYTES, read_report

log = logging.getLogger(__name__)

AT_ONCE = 8
"""Mails that are read at a time; the others wait, and their servers with them."""
CONNECTIONS, FROM_ONE = 60, 12
"""Open at a time, in all and from one address of a network; a server of ours that hands on by LMTP is one address."""
PATIENCE_S = 60
"""Without a command that means anything, or for one mail to come in."""
SESSION_S = 600
"""For all that is said in one connection."""
COMMANDS = 200
"""Of each kind in one connection."""
BUSY = b"421 4.7.0 too many connections, try again later\r\n"


class Handler:
    def __init__(self) -> None:
        self._room = asyncio.Semaphore(AT_ONCE)

    async def handle_RCPT(  # noqa: N802  # aiosmtpd's names
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if not is_ours(address):
            return "550 5.1.1 nobody of this name here"
        if len(envelope.rcpt_tos) >= 20:
            return "452 4.5.3 too many recipients"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 ok"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        async with self._room:
            return await asyncio.to_thread(_take, bytes(envelope.content or b""), list(envelope.rcpt_tos))


def _take(raw: bytes, to: list[str]) -> str:
    try:
        for address in to:
            note_found(read_report(raw, to=address), "mail", raw, now=timezone.now())
    except Exception:  # the sender keeps it and comes again
        log.exception("what came back could not be noted")
        return "451 4.3.0 try again later"
    finally:
        connection.close()  # this thread may never be used again
    return "250 2.0.0 noted"


def is_ours(address: str) -> bool:
    """Whether mail to this address is for us: the returns address, with or without a mark."""
    ours = settings.ENVIRONMENT.returns_address or sender_address()
    local, _, domain = address.lower().rpartition("@")
    own_local, _, own_domain = ours.lower().rpartition("@")
    return domain == own_domain and local.partition("+")[0] == own_local


class Door:
    """Who is in, by address."""

    def __init__(self, from_one: int) -> None:
        self._from_one = from_one
        self._inside: Counter[str] = Counter()

    def enter(self, peer: str) -> bool:
        """Whether there is room; who was let in leaves by `leave`."""
        if self._inside.total() >= CONNECTIONS or self._inside[peer] >= self._from_one:
            return False
        self._inside[peer] += 1
        return True

    def leave(self, peer: str) -> None:
        self._inside[peer] -= 1
        if not self._inside[peer]:
            del self._inside[peer]


class _Guarded(SMTP):
    """A connection that is counted and that ends."""

    def __init__(self, *given: Any, door: Door, **more: Any) -> None:
        super().__init__(*given, **more)
        self._door, self._peer, self._is_in = door, "", False
        self._end: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._peer = str((transport.get_extra_info("peername") or ("",))[0])
        self._is_in = self._door.enter(self._peer)
        if self._is_in:
            self._end = self.loop.call_later(SESSION_S, transport.abort)
        else:
            transport.write(BUSY)
            transport.close()  # what is written after this is thrown away, the greeting first

    def connection_lost(self, error: Exception | None) -> None:
        if self._is_in:
            self._door.leave(self._peer)
        if self._end is not None:
            self._end.cancel()
        super().connection_lost(error)


class _GuardedLMTP(_Guarded, LMTP):
    pass


class Listener(Controller):
    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        is_local = parts.scheme == "lmtp"
        self._kind = _GuardedLMTP if is_local else _Guarded
        self._door = Door(CONNECTIONS if is_local else FROM_ONE)
        super().__init__(Handler(), hostname=parts.hostname, port=parts.port or 0)

    def factory(self) -> Any:
        return self._kind(
            self.handler,
            data_size_limit=MOST_BYTES,
            enable_SMTPUTF8=True,
            hostname=urlsplit(settings.SITE_URL).hostname or "localhost",
            ident="Broadsheet",
            timeout=PATIENCE_S,
            command_call_limit={"*": COMMANDS},
            door=self._door,
        )


def listen(address: str) -> Listener | None:
    """Start to listen where RETURNS_URL says so; the caller stops it. Raises OSError when the port is taken."""
    if urlsplit(address).scheme not in {"lmtp", "smtp"}:
        return None
    listener = Listener(address)
    listener.start()
    return listener
