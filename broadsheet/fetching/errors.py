"""What can go wrong on the way to a page.

FetchError
├── Refused                 we do not ask
│   ├── AddressRefused      the address guard says no
│   ├── RobotsRefused       robots.txt says no, or could not be read
│   └── HostResting         the host asked for a rest longer than we would wait
├── Unreachable             no connection
│   ├── NameNotFound        the name has no address
│   └── TlsFailed           no trusted encrypted connection
├── TooSlow                 a time limit
├── TooMuch                 another limit
│   ├── BodyTooLarge        compressed or unpacked
│   ├── HeadersTooLarge
│   └── TooManyRedirects    also circles
├── BadAnswer               not HTTP, cut short, or packed wrongly
└── StatusError             an answer of 400 or above; `status` says which

Each message names the address and keeps the cause. `permanent` says that trying again cannot help,
`retry_after` is what the other side asked for, `sentence` is for a person.
"""

# ruff: noqa: N818 - an error is named by what happened, as it is told
from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta


class FetchError(Exception):
    """Base of all; never raised itself.

    address: what was asked for (the hop where it ended). cause: a short machine word such as "robots" or "http-503",
    stable enough to count by.
    """

    permanent = False
    word = "failed"

    def __init__(self, address: str, message: str, sentence: str = "", *, retry_after: timedelta | None = None):
        super().__init__(f"{address}: {message}")
        self.address = address
        self.message = message
        self.sentence = sentence or f"{message[:1].upper()}{message[1:]}."
        self.retry_after = retry_after

    @property
    def cause(self) -> str:
        return self.word


class Refused(FetchError):
    """We do not ask; nothing was sent to the page's server."""

    word = "refused"


class AddressRefused(Refused):
    """The address, or what its name resolves to, is not one that may be visited."""

    permanent = True
    word = "address"


class RobotsRefused(Refused):
    """robots.txt keeps us out.

    by_rule: a rule says so, and asking again is idle. Else the file could not be read: failure says why, in the words
    of other causes, such as "http-503" or "unreachable".
    """

    word = "robots"

    def __init__(
        self,
        address: str,
        message: str,
        sentence: str = "",
        *,
        by_rule: bool,
        failure: str = "",
        retry_after: timedelta | None = None,
    ):
        super().__init__(address, message, sentence, retry_after=retry_after)
        self.permanent = by_rule
        self.by_rule = by_rule
        self.failure = failure

    @property
    def cause(self) -> str:
        return f"{self.word}-{self.failure}" if self.failure else self.word


class HostResting(Refused):
    """The host asked for a rest that outlasts our patience; `retry_after` is what is left of it."""

    word = "resting"


class Unreachable(FetchError):
    """No connection, or it was lost before an answer."""

    word = "unreachable"


class NameNotFound(Unreachable):
    word = "name"


class TlsFailed(Unreachable):
    word = "tls"


class TooSlow(FetchError):
    """A limit of time: for connecting, between two pieces, for all."""

    word = "slow"


class TooMuch(FetchError):
    """A limit of size or number; asking again would end the same way."""

    permanent = True
    word = "too-much"


class BodyTooLarge(TooMuch):
    word = "body"


class HeadersTooLarge(TooMuch):
    word = "headers"


class TooManyRedirects(TooMuch):
    word = "redirects"


class BadAnswer(FetchError):
    """What came is not HTTP, ends too early or is packed wrongly."""

    word = "answer"


class StatusError(FetchError):
    """An answer of 400 or above. headers: lower-case names."""

    def __init__(
        self,
        address: str,
        status: int,
        sentence: str,
        *,
        headers: Mapping[str, str],
        retry_after: timedelta | None = None,
    ):
        super().__init__(address, f"answered {status}", sentence, retry_after=retry_after)
        self.status = status
        self.headers = headers
        self.permanent = 400 <= status < 500 and status not in (408, 423, 425, 429)

    @property
    def cause(self) -> str:
        return f"http-{self.status}"


_SENTENCES = {
    401: "The server asks for a log-in. Broadsheet never uses one.",
    402: "The server asks for payment.",
    403: "The server does not let us in. Ask the publisher for permission, or stop following it.",
    404: "There is nothing at this address. Look for its new one on the publisher's home page.",
    410: "The publisher has taken this away for good.",
    429: "The server asks us to come less often. Broadsheet waits and tries again.",
    451: "The server may not show this for legal reasons.",
    503: "The server is overloaded or under repair. Broadsheet tries again later.",
}


def sentence_for(status: int) -> str:
    """What an HTTP status means to a person."""
    if status in _SENTENCES:
        return _SENTENCES[status]
    if status >= 500:
        return f"The server failed (status {status}). Broadsheet tries again later."
    return f"The server refused the request (status {status})."
