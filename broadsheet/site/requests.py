"""Reading a request before anything is done for it: is it for us, what is its key, what does its client read.

A finished page's key is the decoded path and the few query words that lists know, so that no query string, header or
host a stranger makes up can lead to a second copy of a page or to a wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache
from urllib.parse import parse_qsl, quote

LONGEST_PATH = 1_000
LONGEST_QUERY = 2_000
MOST_WORDS = 40
PERSONAL = (
    "/account",
    "/desk",
    "/my",
    "/follow",
    "/mute",
    "/save",
    "/read/",
    "/consent",
    "/player/",
    "/letters/ask",
    "/letters/confirm/",
    "/letters/leave/",
    "/letters/settings/",
)
"""Addresses below which every answer is one reader's own."""
UNKEPT = ("/search", "/-/", *PERSONAL)
"""Addresses below which every answer is made for one request."""
OWN_COOKIES = ("reader", "meter")
"""Ends of the names of cookies with which a gate may open."""
FOLDS = "folds=1"
"""The cookie of a browser whose reader mutes or ignores something."""
OWN_FRONT = "/my/front"
_FOLDED = re.compile(
    r"/(?:stories/([1-9][0-9]{0,17})(?:-[^/.]*)?(/comments(?:/(?:newest|oldest|useful)(?:/[0-9-]+)?)?)?"
    r"|comments/([1-9][0-9]{0,17})(/from/[0-9]+)?|search)"
)
_LISTS = re.compile(r"/(?:latest|(?:sections|topics|authors|sources)/[-\w]+|archive/[0-9]{4}/[0-9]{2}/[0-9]{2})")
_ARTICLE = re.compile(r"/articles/([1-9][0-9]{0,17})(?:-|$)")
OPEN = ("/search", "/api/", "/embed/", "/oembed")
"""Those among them whose answers are the same for everybody who asks the same."""
NUMBERED = (
    "/latest",
    "/sections",
    "/topics",
    "/stories",
    "/articles",
    "/sources",
    "/authors",
    "/archive",
    "/letters",
    "/about",
    "/corrections",
    "/how-we",
    "/imprint",
    "/privacy",
    "/terms",
    "/accessibility",
)
"""Addresses of pages: all that their queries can mean is the page of a list, so everything else in one is dropped."""
SORTS = ("name", "owner", "country", "reports", "copies", "corrections", "edits", "walls")
"""What the list of sources can be sorted by; the first is how it stands without a word."""
_NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,120}")


def page_key(path: str, query: str) -> str | None:
    """The key of the finished page that answers this request; None when the answer may not be kept.

    It is also the address the page is made for: what a stranger adds to a page's query is dropped before anything
    reads it. Interfaces whose queries mean more are answered for each request.
    """
    if len(path) > LONGEST_PATH or not path.isprintable() or path.startswith(UNKEPT):
        return None
    if not query:
        return path
    if path != "/" and not path.startswith(NUMBERED):
        return None
    words = query_words(query)
    if path == "/sources":
        sort = words.get("sort", "")
        return f"{path}?sort={sort}" if sort in SORTS[1:] else path
    number = words.get("page", "1")
    if number == "1":
        return path
    return f"{path}?page={number}" if number.isascii() and number.isdigit() and len(number) < 4 else None


def is_anonymous(path: str) -> bool:
    """Whether an answer that is made for one request may know nothing of who asks."""
    return path.startswith(OPEN)


def variant(key: str | None, gpc: str | None, cookies: str | None) -> str | None:
    """The key of the page for readers whose browser asks for something: no reader's own, but one of four for all.

    gpc: the header Sec-GPC, which a page has to say it honors. cookies: one tells that consent was asked and answered.
    """
    if key is None or not (gpc or cookies):
        return key
    told = ("g" if gpc == "1" else "") + ("c" if cookies and "consent=" in cookies else "")
    return f"{key}\t{told}" if told else key


def told_by(key: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The plain key of a variant, and the headers by which a page is made for it."""
    plain, _separator, told = key.partition("\t")
    return plain, tuple(header for letter, header in _TOLD.items() if letter in told)


_TOLD = {"g": ("sec-gpc", "1"), "c": ("x-consent", "answered")}


def own_page(tags: Collection[str], path: str, cookies: str | None) -> str:
    """Where a reader goes whom a gate may open to, instead of the finished page before it; empty for all others.

    Having a cookie of an account or an allowance is enough: that page looks closer.
    """
    if "gate" not in tags or not cookies or not any(f"{name}=" in cookies for name in OWN_COOKIES):
        return ""
    found = _ARTICLE.match(path)
    return f"/read/{found[1]}" if found else ""


def folded_page(path: str, query: str, cookies: str | None) -> str:
    """Where a reader goes who mutes or ignores something, instead of the page that is the same for everybody; empty
    for all others, and for pages with nothing to fold."""
    if not cookies or FOLDS not in cookies:
        return ""
    if path == "/":
        return OWN_FRONT
    if _LISTS.fullmatch(path):
        return "/my" + quote(page_key(path, query) or path, safe="/?=")
    found = _FOLDED.fullmatch(path)
    if found is None:
        return ""
    story, rest, comment, start = found.groups()
    if story:
        return f"/my/stories/{story}{rest or ''}"
    return f"/my/exchanges/{comment}{start or ''}" if comment else "/my/search" + (f"?{query}" if query else "")


def is_our_host(host: str | None, allowed: Collection[str]) -> bool:
    """Whether a Host header names this site; a port is of no matter. `*` allows every name, `.x` all below x."""
    if not host or len(host) > 255:
        return False
    name = host.lower()
    if name.startswith("["):
        name = name.partition("]")[0] + "]"
    else:
        name = name.partition(":")[0]
    return (
        name in allowed
        or "*" in allowed
        or any(pattern.startswith(".") and f".{name}".endswith(pattern) for pattern in allowed)
    )


def encoding_for(accept: str | None) -> str:
    """The best encoding we keep that the client reads: br, gzip, or empty for none."""
    return _encoding_for(accept[:200]) if accept else ""


@lru_cache(maxsize=256)
def _encoding_for(accept: str) -> str:
    weights = {}
    for part in accept.lower().split(","):
        name, _separator, rest = part.partition(";")
        weights[name.strip()] = not re.fullmatch(r"\s*q=0(\.0*)?\s*", rest)
    return "br" if weights.get("br") else "gzip" if weights.get("gzip") else ""


def is_known(etag: str, if_none_match: str | None) -> bool:
    """Whether the client's copies include the one with this etag, in whatever encoding."""
    if not if_none_match:
        return False
    return etag in if_none_match or if_none_match.strip() == "*"


def file_name(path: str, folder: str) -> str | None:
    """The plain name of a file directly in `folder` that a path asks for; None for anything cleverer."""
    name = path.removeprefix(folder)
    return name if path.startswith(folder) and _NAME.fullmatch(name) else None


def query_words(query: str) -> dict[str, str]:
    """The query's words, each once, the first counts; broken or endless ones are cut."""
    words: dict[str, str] = {}
    heard = "&".join(query[:LONGEST_QUERY].split("&", MOST_WORDS)[:MOST_WORDS])
    for name, value in parse_qsl(heard, errors="replace"):
        words.setdefault(name, value)
    return words
