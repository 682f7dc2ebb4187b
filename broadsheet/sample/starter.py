"""The starter list: real publishers on politics in the United States and the world, to follow on a first start.

They come from `starter.toml`. Nothing but public facts stands there; every one is shown as headline and link
until the editor's ledger says otherwise. Following them is left to the rooms above.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from urllib.parse import urlsplit

from broadsheet.sample.tables import Table, read_table

KINDS = frozenset({"newspaper", "broadcaster", "agency", "magazine", "public", "nonprofit", "government", "digital"})
SECTIONS = frozenset({"politics", "us", "world", "economy", "climate", "technology"})
_COUNTRY = re.compile(r"[A-Z]{2}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?")


@dataclass(frozen=True, slots=True)
class StarterPublisher:
    """A publisher to follow.

    home: its front page; feed: a feed known to be long-lived, else "", and then feeds are discovered from
    home. country: ISO 3166-1 alpha-2. language: BCP 47. owner: who owns or runs it, "" where that is not
    plain. section: where its reports mostly belong. mode: display mode to begin with, always "headline".
    """

    name: str
    home: str
    feed: str
    country: str
    language: str
    kind: str
    owner: str
    section: str
    mode: str = "headline"


def starter_publishers(file: Traversable | None = None) -> list[StarterPublisher]:
    """Read the starter list, or another file of the same form, in its order.

    Raises ContentError, naming the publisher and the key, when an entry cannot be used or stands twice.
    """
    table = read_table(file or files(__package__) / "starter.toml")
    found: dict[str, StarterPublisher] = {}
    for row in table.tables("publisher", "name"):
        publisher = _read(row)
        key = _bare(publisher.home)
        if key in found:
            raise row.error(f"home: {publisher.home!r} already belongs to {found[key].name}")
        found[key] = publisher
    table.done()
    return list(found.values())


def _read(row: Table) -> StarterPublisher:
    publisher = StarterPublisher(
        name=row.text("name"),
        home=_address(row, "home", row.text("home")),
        feed=_address(row, "feed", row.text("feed", "")),
        country=_matching(row, "country", _COUNTRY, "two capital letters"),
        language=_matching(row, "language", _LANGUAGE, "a language tag such as en or pt-BR"),
        kind=row.choice("kind", KINDS),
        owner=row.text("owner", ""),
        section=row.choice("section", SECTIONS, "politics"),
    )
    row.done()
    return publisher


def _address(row: Table, key: str, address: str) -> str:
    if not address and key == "feed":
        return ""
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or "." not in (parts.hostname or "") or " " in address:
        raise row.error(f"{key}: {address!r} is not a web address")
    return address


def _matching(row: Table, key: str, pattern: re.Pattern[str], wish: str) -> str:
    value = row.text(key)
    if not pattern.fullmatch(value):
        raise row.error(f"{key}: {value!r} is not {wish}")
    return value


def _bare(address: str) -> str:
    """The address as far as it tells publishers apart: host and path, without www and last slash."""
    parts = urlsplit(address.lower())
    return f"{(parts.hostname or '').removeprefix('www.')}{parts.path.rstrip('/')}"
