"""What goes into the client and what comes out: requests, responses, validators. Frozen and plain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Purpose(StrEnum):
    """What a body is wanted for; limits and the reading of robots.txt depend on it."""

    PAGE = "page"
    FEED = "feed"
    SITEMAP = "sitemap"
    ROBOTS = "robots"
    IMAGE = "image"


@dataclass(frozen=True, slots=True)
class Validators:
    """What the server gave to recognize an unchanged body, as it wrote them; empty when it gave none."""

    etag: str = ""
    last_modified: str = ""

    def __bool__(self) -> bool:
        return bool(self.etag or self.last_modified)


@dataclass(frozen=True, slots=True)
class Request:
    """One wish. purpose: a `Purpose` or its text. validators: from the last answer, if its body is still held."""

    address: str
    purpose: Purpose | str = Purpose.PAGE
    validators: Validators = Validators()


@dataclass(frozen=True, slots=True)
class Hop:
    """One redirect that was followed: address answered status and pointed to `location` (absolute)."""

    address: str
    status: int
    location: str

    @property
    def permanent(self) -> bool:
        """301 and 308; others leave the stored address alone."""
        return self.status in (301, 308)


@dataclass(frozen=True, slots=True)
class Response:
    """A body that can be used, or word that it has not changed.

    status: 200 to 299, or 304. address: where it was found after all hops. headers: lower-case names, values joined
    by ", " where repeated. body: unpacked; empty when not_modified. validators: to send next time (those sent, when a
    304 repeats none). received: bytes of the body on the wire. fetched_at: UTC. elapsed_s: without waiting for turn.
    """

    status: int
    address: str
    hops: tuple[Hop, ...]
    headers: Mapping[str, str]
    body: bytes
    validators: Validators
    fetched_at: datetime
    elapsed_s: float
    received: int = 0
    requested: str = ""
    purpose: Purpose = Purpose.PAGE

    @property
    def not_modified(self) -> bool:
        return self.status == 304

    @property
    def content_type(self) -> str:
        """As sent, with parameters, for `parse_feed` and the extraction's charset; empty if none."""
        return self.headers.get("content-type", "")

    @property
    def media_type(self) -> str:
        """Lower case, without parameters: `text/html`."""
        return self.content_type.partition(";")[0].strip().lower()

    @property
    def charset(self) -> str:
        """The charset the header names, lower case, or empty."""
        for part in self.content_type.split(";")[1:]:
            name, _, value = part.partition("=")
            if name.strip().lower() == "charset":
                return value.strip().strip("\"'").lower()
        return ""

    @property
    def permanent_address(self) -> str:
        """Where unbroken permanent redirects from the asked address lead; empty when it has not moved."""
        moved = ""
        for hop in self.hops:
            if not hop.permanent:
                break
            moved = hop.location
        return moved
