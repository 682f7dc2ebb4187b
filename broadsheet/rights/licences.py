"""Public licences: recognised by address or short name, and what each allows.

The table is `licences.toml`. A licence that is not in it is never guessed: `read_licence` answers None and the
article stays at the default mode.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

LONGEST = 2_000
"""Characters of a licence statement that are looked at."""


@dataclass(frozen=True, slots=True)
class Licence:
    """A public licence. address: absolute, as stated where stated. version: "4.0", or "" when not said."""

    key: str
    name: str
    address: str
    version: str = ""
    allows_full: bool = False
    allows_trim: bool = False
    commercial: bool = False
    attribution: bool = True
    share_alike: bool = False


def read_licence(text: str) -> Licence | None:
    """The licence that an address ("https://creativecommons.org/licenses/by-nd/4.0/") or a name ("CC BY-ND 4.0") means.

    None when it is none that we know, such as "All rights reserved".
    """
    text = text.strip()[:LONGEST]
    return _by_address(text) or _by_name(text)


def attribution_line(licence: Licence, *, title: str, authors: tuple[str, ...], publisher: str) -> str:
    """The credit a licence asks for, as plain text: title, authors, publisher, licence.

    Links to the source and to the licence belong beside it; the caller marks them up.
    """
    makers = ", ".join(authors)
    credit = " · ".join(part for part in (makers, publisher) if part)
    name = f"{licence.name} {licence.version}".strip()
    return " · ".join(part for part in (f"“{title}”" if title else "", credit, name) if part)


def _by_address(text: str) -> Licence | None:
    # The scheme, "www." and anything after a blank are noise; so are "deed" pages and languages behind the version.
    bare = re.sub(r"^(?:https?:)?//(?:www\.)?", "", text.lower().split(" ", 1)[0])
    for prefix, licence in _addresses():
        if bare == prefix or bare.startswith((prefix + "/", prefix + "-2.0", prefix + "#")):
            found = re.search(r"/(\d(?:\.\d)?)(?:[/#?]|$)", bare[len(prefix) :])
            version = found[1] if found else ""
            return replace(licence, version=version, address=_absolute(licence, version))
    return None


def _by_name(text: str) -> Licence | None:
    if re.match(r"(?i)^cc[ -]?(?:0|zero)\b", text) or text.lower() == "cc0":
        return _table()["cc0"]
    found = re.match(
        r"(?i)^(?:cc|creative commons)[ \-:_]*(by(?:[ -](?:nc|nd|sa)){0,2})(?:[ -]v?(\d(?:\.\d)?))?\b", text
    )
    if not found:
        return None
    key = found[1].lower().replace(" ", "-")
    licence = _table().get(key)
    if licence is None:
        return None
    version = found[2] or ""
    return replace(licence, version=version, address=_absolute(licence, version))


def _absolute(licence: Licence, version: str) -> str:
    if not licence.address.startswith("https://creativecommons.org/"):
        return licence.address
    return f"{licence.address}/{version or '4.0' if '/licenses/' in licence.address else '1.0'}/"


@cache
def _addresses() -> tuple[tuple[str, Licence], ...]:
    pairs = [(licence.address.removeprefix("https://"), licence) for licence in _table().values()]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


@cache
def _table() -> dict[str, Licence]:
    rows = tomllib.loads(files(__package__).joinpath("licences.toml").read_text("utf-8"))["licence"]
    return {
        row["key"]: Licence(
            key=row["key"],
            name=row["name"],
            address="https://" + row["address"],
            allows_full=row["full"],
            allows_trim=row["trim"],
            commercial=row["commercial"],
            attribution=row["attribution"],
            share_alike=row["share_alike"],
        )
        for row in rows
    }
