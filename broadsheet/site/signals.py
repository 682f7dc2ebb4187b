"""The site's own words to machines: reservations, licences, where to report a hole, privacy signals.

What is reserved follows the ledger: others' work is not ours to give away, so everything is reserved unless an item
says otherwise; the value closer to the item overrides the file (TDMRep, W3C Community Group report of 10 May 2024).
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from django.conf import settings

from broadsheet.articles.displays import Displays
from broadsheet.articles.models import Article
from broadsheet.looks import site_name
from broadsheet.rights import Mode, Output
from broadsheet.site.head import absolute

OTHERS_WORK = ("/",)
OUR_WORDS = ("/about", "/how-we-choose", "/corrections")
"""Pages whose words are the site's own: nothing about them is reserved."""
SECURITY_FOR = timedelta(days=180)
"""RFC 9116 section 2.5.5 asks for less than a year."""
GPC_SINCE = "2026-11-22"
"""The day since which the site honors Global Privacy Control: it never sold or shared anything."""
_MAIL = re.compile(r"[^\s@<>\"]+@[^\s@<>\"]+")


def tdmrep() -> list[dict[str, Any]]:
    """`/.well-known/tdmrep.json`."""
    reserved = [{"location": path, "tdm-reservation": 1} for path in OTHERS_WORK]
    return [*({"location": path, "tdm-reservation": 0} for path in OUR_WORDS), *reserved]


def tdm_reservation(displays: Displays, article: Article) -> str:
    """`tdm-reservation` of one article's page: "0" for our own work and openly licensed work, else "1"."""
    is_ours = displays.of(article, Output.SITEMAP).mode > Mode.NONE
    return "0" if is_ours or displays.of(article).licence is not None else "1"


def rsl() -> str:
    """`/rsl.xml` (RSL 1.0): what we show is there to be found; anything more is asked of those whose work it is."""
    parts = ['<?xml version="1.0" encoding="UTF-8"?>', '<rsl xmlns="https://rslstandard.org/rsl">']
    for path in OTHERS_WORK:
        permits = '<permits type="usage">search</permits><prohibits type="usage">ai-all</prohibits>'
        parts.append(f"<content url={quoteattr(path)}><license>{permits}</license>{_copyright()}</content>")
    for path in OUR_WORDS:
        permits = '<permits type="usage">all</permits><payment type="attribution"/>'
        parts.append(f"<content url={quoteattr(path)}><license>{permits}</license>{_copyright()}</content>")
    return "\n".join([*parts, "</rsl>", ""])


def _copyright() -> str:
    contact = contact_address()
    known = f" contactUrl={quoteattr(contact)}" if contact else ""
    return f'<copyright type="organization"{known}>{escape(site_name())}</copyright>'


def security_txt(*, now: datetime) -> str | None:
    """`/.well-known/security.txt` (RFC 9116); None as long as nobody can be named to write to."""
    contact = contact_address()
    if not contact:
        return None
    expires = datetime.combine((now + SECURITY_FOR).astimezone(UTC).date(), datetime.min.time(), UTC)
    lines = [f"Contact: {contact}", f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}"]
    lines.append(f"Preferred-Languages: {', '.join(dict.fromkeys([settings.LANGUAGE_CODE, 'en']))}")
    if settings.SITE_URL:
        lines.append(f"Canonical: {absolute('/.well-known/security.txt')}")
    return "\n".join([*lines, ""])


def contact_address() -> str:
    """Where the operator is written to, as an address a machine can use; the about page without a setting."""
    words = str(settings.ENVIRONMENT.contact).strip()
    if _MAIL.fullmatch(words.removeprefix("mailto:")):
        return f"mailto:{words.removeprefix('mailto:')}"
    if words.startswith(("https://", "http://", "tel:")) and words.isprintable() and " " not in words:
        return words
    return absolute("/about") if settings.SITE_URL else ""


def gpc() -> dict[str, Any]:
    """`/.well-known/gpc.json` (Global Privacy Control)."""
    return {"gpc": True, "lastUpdate": GPC_SINCE}


def robots_lines() -> list[str]:
    """What `robots.txt` says besides its rules: where the sitemaps and the licence are."""
    return [f"Sitemap: {absolute('/sitemap.xml')}", f"License: {absolute('/rsl.xml')}"] if settings.SITE_URL else []


def opensearch() -> str:
    """The description of our search (OpenSearch 1.1), for browsers that keep one."""
    name = escape(site_name())
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">\n'
        f"<ShortName>{escape(site_name()[:16])}</ShortName>\n<Description>{name}</Description>\n"
        f'<Url type="text/html" template="{escape(absolute("/search"))}?q={{searchTerms}}"/>\n'
        f'<Url type="application/atom+xml" template="{escape(absolute("/search.atom"))}?q={{searchTerms}}"/>\n'
        '<Url type="application/x-suggestions+json" '
        f'template="{escape(absolute("/search/suggestions"))}?q={{searchTerms}}"/>\n'
        "<InputEncoding>UTF-8</InputEncoding>\n</OpenSearchDescription>\n"
    )
