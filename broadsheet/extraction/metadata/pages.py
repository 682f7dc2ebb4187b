"""Addresses of an article: canonical, AMP twin and the further pages of a paginated article."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborNode

from broadsheet.extraction.embedded import Embedded
from broadsheet.extraction.metadata.head import Head

MAX_PAGES = 50
MAX_ADDRESS = 2_000
"""Characters of an address; longer ones are attacks or mistakes."""
_ABSOLUTE = re.compile(r"https?://[\w.-]{1,200}(?:/[\w./%~+,=@!-]{0,1000})?", re.A)
"""Addresses that joining leaves as they are."""
_UNSEEN = re.compile(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
"""Controls and marks that turn writing around: no address of a page holds them."""
_NUMBERED = re.compile(
    r"(?:\.\w{3,5})?[/?&_,.-]?(?:page|seite|pagina|paged|strona|sayfa|pg|p|s)?[=/_-]?(\d{1,2})(?:/|\.\w{3,5})?", re.I
)
_NUMBER_PART = re.compile(
    r"(?:[?&](?:page|seite|pagina|paged|p|s)=\d{1,2}|/(?:page|seite|pagina|p)[/=-]?\d{1,2}/?)$", re.I
)
_SAYS_PAGE = re.compile(r"(?:page|seite|pagina|paged|strona|sayfa)[=/_-]?\d", re.I)
_ENDING = re.compile(r"\.\w{3,5}$")


def web_address(value: str, base: str) -> str:
    """The absolute http(s) address, "" for anything else."""
    if len(value) > MAX_ADDRESS:
        return ""
    if _ABSOLUTE.fullmatch(value):
        return value
    try:
        joined = urljoin(base, value.strip()).replace(" ", "%20")
        parts = urlsplit(joined)
    except ValueError:
        return ""
    good = parts.scheme in ("http", "https") and parts.netloc and "@" not in parts.netloc
    return joined if good and not _UNSEEN.search(joined) else ""


def canonical_of(url: str, head: Head, embedded: Embedded) -> str:
    """What the page names as its own address; the address it was read from if it names none."""
    for value in (head.link("canonical"), head.first("og:url"), _ld_address(embedded)):
        found = web_address(value, url) if value else ""
        if found and (urlsplit(found).path not in ("", "/") or not url):
            return found
    return url


def _ld_address(embedded: Embedded) -> str:
    for name in ("mainEntityOfPage", "url"):
        value = embedded.article.get(name)
        if isinstance(value, dict):
            value = value.get("@id") or value.get("url")
        if isinstance(value, str) and value:
            return value
    return ""


def amp_of(url: str, head: Head) -> str:
    """The address of the AMP twin, "" if the page names none."""
    value = head.link("amphtml")
    return web_address(value, url) if value else ""


def further_pages(marked: list[tuple[LexborNode, str]], url: str, canonical: str, head: Head) -> tuple[str, ...]:
    """The article's other pages in order, without this one.

    Links count when they lead to this article's own address with a page number added. marked: `Body.links`.
    """
    if not marked and "next" not in head.links:
        return ()
    own = canonical or url
    stems = {_stem(own), _stem(url)} - {("", "")}
    host = own.partition("//")[2].partition("/")[0].removeprefix("www.")
    found: dict[int, str] = {}
    for given in head.links.get("next", ()):
        _note(found, given.get("href"), stems, url)
    names = {stem.rpartition("/")[2] for _, stem in stems}
    for node, href in marked:
        ours = href.startswith("?") or any(name in href for name in names)
        if ours and href != url and ("//" not in href[:8] or host in href[: len(host) + 12]):
            _note(found, href, stems, url, node)
    here = next((n for stem in stems if (n := _page_number(url, stem))), 1)
    return tuple(found[n] for n in sorted(found) if n != here and found[n] not in (own, url, ""))[:MAX_PAGES]


def _note(
    found: dict[int, str], href: str | None, stems: set[tuple[str, str]], url: str, node: LexborNode | None = None
) -> None:
    """Note the page that an address leads to. node: the link in the text, which has to call itself one to a page."""
    address = (href or "").partition("#")[0]
    if "//" not in address[:8]:
        address = web_address(address, url)
    number = next((n for stem in stems if (n := _page_number(address, stem))), 0)
    if 1 < number <= MAX_PAGES and (node is None or _SAYS_PAGE.search(address) or _is_page_link(node)):
        found.setdefault(number, web_address(address, url))


def _is_page_link(node: LexborNode) -> bool:
    """Whether a link calls itself one to a page: by relation or class, or because all it says is a number."""
    given = node.attributes
    name = f"{given.get('rel') or ''} {given.get('class') or ''}".lower()
    return "next" in name or "page" in name or "pagin" in name or node.text().strip().isdigit()


def _stem(address: str) -> tuple[str, str]:
    """(host, path and query) of an article without the number of its page, ("", "") if it has too little of them."""
    host, path = _split(address)
    stem = _ENDING.sub("", _NUMBER_PART.sub("", path)).rstrip("/")
    return (host, stem) if len(stem) > 1 else ("", "")


def _split(address: str) -> tuple[str, str]:
    host, slash, path = address.partition("//")[2].partition("/")
    return host.removeprefix("www."), slash + path.partition("#")[0]


def _page_number(address: str, stem: tuple[str, str]) -> int:
    """The page number by which an address differs from the article's own, 0 if it differs otherwise."""
    host, path = _split(address)
    if host != stem[0] or not path.startswith(stem[1]):
        return 0
    found = _NUMBERED.fullmatch(path[len(stem[1]) :])
    return int(found[1]) if found else 0
