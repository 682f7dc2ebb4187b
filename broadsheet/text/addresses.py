"""Web addresses: one spelling for each, the key that says two are the same page, and which site they belong to.

Three strengths, from careful to bold:

- `normalize` changes only the spelling; what comes out asks the server for the same thing.
- `canonical` also drops what counts visits (tracking parameters, fragments) and unwraps AMP forms.
- `identity_key` also ignores scheme, `www.`, a mobile host and a final slash. Two articles of one publisher never
  share a key; one article may have two keys where only the page itself could tell (`rel=canonical` says so then).

Whether an address may be visited is decided in `fetching`.
Sources: RFC 3986 section 6, WHATWG URL Standard (what browsers strip), UTS 46 for international names.
"""

from __future__ import annotations

import re
from functools import lru_cache
from ipaddress import IPv6Address, ip_address
from typing import NamedTuple
from urllib.parse import SplitResult, quote, unquote_to_bytes, urljoin, urlsplit

import idna

from broadsheet.text.suffixes import HOSTED, SECOND_LEVEL
from broadsheet.text.tracking import AMBIGUOUS, AMP_PARAMETERS, NAMES, PREFIXES, UNLESS_NUMBER

LONGEST = 4096
"""Characters; longer addresses are refused. Servers and proxies rarely accept 8,000."""

_DEFAULT_PORTS = {"http": 80, "https": 443}
_ABSOLUTE = re.compile(r"https?:[/\\]{2}", re.IGNORECASE)
_UNSAFE_HOST = re.compile(r"[^0-9a-z._\-]")
_PASSWORD = re.compile(r"//[^/@]*@")
_PERCENT = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_SESSION = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/;?]*", re.IGNORECASE)
_AMP_CACHE = re.compile(r"^/(?:[a-z]/)?(s/)?([^/]+\.[^/]+)(/.*)?$")
_GOOGLE_AMP = re.compile(r"^/amp/(s/)?([^/]+\.[^/]+)(/.*)?$")
_TWIN_HOSTS = ("www.", "amp.", "m.", "mobile.")


class AddressError(ValueError):
    """The text is no web address that can be used; the message says why."""


class Authority(NamedTuple):
    """What robots.txt and politeness are counted by."""

    scheme: str
    host: str
    port: int

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        shown = "" if self.port == _DEFAULT_PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{host}{shown}"


def normalize(address: str, base: str = "") -> str:
    """The address in its one spelling, absolute, ready to be asked for.

    base: the address of the page it stood on, for relative ones. The fragment is dropped, it never reaches a server.
    Raises AddressError for other schemes, credentials, missing or impossible hosts and lengths above `LONGEST`.
    """
    parts, authority = _split(address, base)
    path = _spell_path(parts.path) or "/"
    query = f"?{_spell(parts.query, _QUERY_SAFE)}" if parts.query else ""
    return f"{authority}{path}{query}"


def usable(address: str, base: str = "") -> str:
    """As `normalize`, but "" for what cannot be used: for addresses that strangers wrote."""
    try:
        return normalize(address, base) if address else ""
    except AddressError:
        return ""


def canonical(address: str, base: str = "") -> str:
    """The address an article is known by: normalized, without tracking, fragment, session and AMP dress.

    Remaining parameters are sorted by name where each has a name and a value; repeated names keep their order.
    A `#!` fragment chooses the article on sites of that age and stays. Raises AddressError as `normalize` does.
    """
    parts, authority = _split(address, base)
    authority, path = _unwrap_amp_cache(authority, parts.path)
    path = _spell_path(_SESSION.sub("", _plain_amp_path(path))) or "/"
    query = _useful_query(parts.query)
    fragment = "#" + _spell(parts.fragment, _QUERY_SAFE) if parts.fragment.startswith("!") else ""
    return f"{authority}{path}{'?' + query if query else ''}{fragment}"


def identity_key(address: str, base: str = "") -> str:
    """The key under which one page is stored once, such as `example.com/politics/42`. Raises AddressError."""
    plain = canonical(address, base)
    scheme, _, rest = plain.partition("://")
    host, slash, path = rest.partition("/")
    return _without_twin(host) + (slash + path).rstrip("/") if scheme else plain


def authority_of(address: str) -> Authority:
    """Scheme, host and port of an address. Raises AddressError."""
    return _split(address, "")[1]


def host_of(address: str) -> str:
    """The host in lower case, international names as `xn--`. Raises AddressError."""
    return authority_of(address).host


def site(address: str) -> str:
    """The name somebody registered: `example.co.uk` for any host under it; an IP address is its own site.

    Raises AddressError.
    """
    host = authority_of(address).host
    labels = host.split(".")
    if ":" in host or labels[-1].isdigit() or len(labels) <= 2:
        return host
    for size in (2, 3):
        if ".".join(labels[-size:]) in HOSTED:
            return ".".join(labels[-size - 1 :])
    shared = len(labels[-1]) == 2 and labels[-2] in SECOND_LEVEL
    return ".".join(labels[-3:] if shared else labels[-2:])


def same_site(first: str, second: str) -> bool:
    """Whether both addresses belong to one registered name; False if either is unusable."""
    try:
        return site(first) == site(second)
    except AddressError:
        return False


def same_page(first: str, second: str) -> bool:
    """Whether both addresses lead to one page; False if either is unusable."""
    try:
        return identity_key(first) == identity_key(second)
    except AddressError:
        return False


# Splitting and spelling

_PATH_SAFE = "/!$&'()*+,;=:@-._~%"
_QUERY_SAFE = "/?!$&'()*+,;=:@-._~%[]|"


def _split(address: str, base: str) -> tuple[SplitResult, Authority]:
    address = address.strip()
    if len(address) > LONGEST:
        raise AddressError(f"address of {len(address)} characters, at most {LONGEST}")
    # Browsers drop line breaks and tabs anywhere and read a backslash as a slash; a guard must see what they see.
    address = address.replace("\t", "").replace("\n", "").replace("\r", "")
    absolute = _ABSOLUTE.match(address) is not None
    if "\\" in address and (absolute or base or address[0] == "\\"):
        head, mark, tail = address.partition("?")
        address = head.replace("\\", "/") + mark + tail
    try:
        parts = urlsplit(urljoin(base, address) if base and not absolute else address)
        return parts, _authority(parts.scheme, parts.netloc)
    except ValueError as error:
        raise AddressError(f"{_short(address)}: {error}") from error


@lru_cache(maxsize=4096)
def _authority(scheme: str, netloc: str) -> Authority:
    """Of the same few publishers thousands of times over. Raises AddressError, and ValueError from the library."""
    if scheme not in _DEFAULT_PORTS:
        raise AddressError("only http and https addresses can be used")
    parts = SplitResult(scheme, netloc, "", "", "")
    if parts.username or parts.password:
        raise AddressError("the address holds a user name or password")
    port = parts.port
    if port == 0:
        raise AddressError("port 0")
    return Authority(scheme, _spell_host(parts.hostname or ""), port or _DEFAULT_PORTS[scheme])


def _short(address: str) -> str:
    """Fit to be shown: not endless, and without a password."""
    address = _PASSWORD.sub("//...@", address[:300])
    return address if len(address) <= 120 else address[:117] + "..."


def _spell_host(host: str) -> str:
    host = unquote_to_bytes(host).decode("utf-8", "replace").lower() if "%" in host else host.lower()
    if ":" in host:
        try:
            return str(IPv6Address(host))
        except ValueError as error:
            raise AddressError(f"impossible host {_short(host)!r}") from error
    if not host.isascii():
        try:
            host = idna.encode(host.rstrip("."), uts46=True, transitional=False).decode("ascii")
        except (idna.IDNAError, UnicodeError) as error:
            raise AddressError(f"impossible host {_short(host)!r}") from error
    host = host[:-1] if host.endswith(".") else host
    if not host or len(host) > 253 or _UNSAFE_HOST.search(host) or ".." in host or host.startswith("."):
        raise AddressError(f"impossible host {_short(host)!r}" if host else "the address names no host")
    return host


def _spell_path(path: str) -> str:
    if "/." in path:
        path = _without_dots(path)
    return _spell(path, _PATH_SAFE)


def _without_dots(path: str) -> str:
    kept: list[str] = []
    segments = path.split("/")
    for segment in segments[1:]:
        if segment == "..":
            if kept:
                kept.pop()
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in (".", ".."):
        kept.append("")
    return "/" + "/".join(kept)


def _spell(text: str, safe: str) -> str:
    if "%" in text:
        text = _PERCENT.sub(_spell_percent, text)
        text = re.sub(r"%(?![0-9A-F]{2})", "%25", text)
    return quote(text, safe=safe, errors="replace")


def _spell_percent(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    return chr(code) if code in _UNRESERVED else f"%{match[1].upper()}"


# What may fall away


def _useful_query(query: str) -> str:
    if not query:
        return ""
    pieces = [piece for piece in query.split("&") if piece and not _is_tracking(piece)]
    if all("=" in piece for piece in pieces):
        pieces.sort(key=lambda piece: piece.partition("=")[0])
    return "&".join(_spell(piece, _QUERY_SAFE) for piece in pieces)


def _is_tracking(piece: str) -> bool:
    name, _, value = piece.partition("=")
    name, value = name.lower(), value.lower()
    if name in NAMES or name.startswith(PREFIXES):
        return True
    if name in UNLESS_NUMBER:
        return not value.isdigit()
    return value in AMBIGUOUS.get(name, ()) or value in AMP_PARAMETERS.get(name, ())


def _unwrap_amp_cache(authority: Authority, path: str) -> tuple[Authority, str]:
    """`publisher-com.cdn.ampproject.org/c/s/publisher.com/x` and `google.com/amp/s/...` name the real page."""
    found = None
    if authority.host.endswith(".cdn.ampproject.org") or authority.host == "cdn.ampproject.org":
        found = _AMP_CACHE.match(path)
    elif authority.host in ("www.google.com", "google.com"):
        found = _GOOGLE_AMP.match(path)
    if not found:
        return authority, path
    try:
        inner = _split(f"http{'s' if found[1] else ''}://{found[2]}", "")[1]
    except AddressError:
        return authority, path
    return inner, found[3] or "/"


def _plain_amp_path(path: str) -> str:
    """Drop an `amp` segment at the beginning or end and an `.amp` before the ending, if a page is left."""
    lower = path.lower()
    plain = path
    if lower.startswith("/amp/") and lower.strip("/").count("/") >= 1:
        plain = path[4:]
    elif lower.rstrip("/").endswith("/amp") and lower.strip("/").count("/") >= 1:
        plain = path.rstrip("/")[:-4]
    elif lower.endswith((".amp.html", ".amp.htm")):
        plain = path[: lower.rindex(".amp.")] + path[lower.rindex(".amp.") + 4 :]
    elif lower.endswith(".amp") and lower.count("/") >= 1 and len(lower) > 5:
        plain = path[:-4]
    return plain


def _without_twin(host: str) -> str:
    for twin in _TWIN_HOSTS:
        rest = host.removeprefix(twin)
        if rest != host and "." in rest and not _is_ip(rest):
            return rest
    return host


def _is_ip(host: str) -> bool:
    try:
        ip_address(host.partition(":")[0])
    except ValueError:
        return False
    return True
