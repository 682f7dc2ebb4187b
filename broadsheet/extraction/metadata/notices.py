"""What a page says about its use: access, licence and the reservation signals that `rights` reads."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import Any

from broadsheet.extraction.article import Access
from broadsheet.extraction.embedded import Embedded, plain
from broadsheet.extraction.metadata.head import Head
from broadsheet.extraction.metadata.pages import web_address

_FALSE = frozenset({"false", "0", "no", "locked"})
_TIERS = {
    "free": Access.OPEN, "open": Access.OPEN, "metered": Access.METERED, "registration": Access.REGISTRATION,
    "registered": Access.REGISTRATION, "locked": Access.SUBSCRIPTION, "premium": Access.SUBSCRIPTION,
    "paid": Access.SUBSCRIPTION, "subscription": Access.SUBSCRIPTION, "subscriber": Access.SUBSCRIPTION,
}  # fmt: skip
REACH = 60
"""Characters around "free" within which an account is what is free."""
TRIAL = 25
"""Characters around "free" within which a trial, or a number of days, is what is free."""
_PRICE = re.compile(r"[€$£¥₴₽₺]\s?\d|\d[\d.,]{0,6}\s?(?:[€$£¥₴₽₺]|eur\b|usd\b|zł|chf\b|грн|руб|tl\b|元|円)")
_METER = re.compile(
    r"\b\d{1,2}\s+(?:of|von|de|sur|di|van|z|з|из)\s+(?:your |ihren |vos |tus |tuoi |jouw )?\d{1,2}\b"
    r"|\b(?:\d{1,2}|last|letzte[rn]?|dernier|último|ultimo|laatste|ostatni)\s+(?:free|kostenlos\w*|gratis\w*|gratuit\w*|"
    r"grátis|bezpłatn\w*|darmow\w*|безкоштовн\w*|бесплатн\w*|ücretsiz)\s+(?!trial|day|month|week|tag|monat|jour|mois|d[ií]a|mes|"
    r"giorn|dag|maand|dni|дн|месяц|місяц|gün|ay)\w+"
)
_ROBOTS = ("robots", "googlebot", "googlebot-news", "bingbot")
MAX_LICENCE = 300
_SCHEME = re.compile(r"[a-z][a-z+.-]{1,12}:\S", re.I)
_CREATIVE = re.compile(r"https?://(?:www\.)?creativecommons\.org/(?:licenses|publicdomain)/[\w./-]{2,60}", re.I)


@cache
def _words() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((resources.files("broadsheet.extraction.metadata") / "notices.toml").read_text("utf-8"))


def access_of(head: Head, embedded: Embedded, free: str) -> Access:
    """What markup says of access; the walls met in the text are added by `access_with_walls`. free: `Body.free`."""
    tier = head.first("article:content_tier", "content_tier", "cxenseparse:access", "access").lower()
    if tier in _TIERS:
        return _TIERS[tier]
    for item in (embedded.article, *embedded.objects):
        value = item.get("isAccessibleForFree")
        if value is not None:
            return Access.SUBSCRIPTION if str(value).strip().lower() in _FALSE else Access.OPEN
    locked = not embedded.article and (free or head.first("isaccessibleforfree")).lower() in _FALSE
    return Access.SUBSCRIPTION if locked else Access.OPEN


def bars_the_way(wall: str) -> bool:
    """Whether a wall's words say what it stands in front of: a button to sign up alone does not."""
    text = wall.lower()
    return any(word in text for word in _words()["walls"]["demand"])


def access_with_walls(declared: Access, walls: list[str], complete: bool = False) -> Access:
    """Access as markup and the walls' own words tell together.

    walls: texts that were recognised as a wall's. complete: the article's text stands whole in the page, so a box
    offering an account is no wall. Markup says only that an article is not free; whether it costs money or an
    account is told by the wall: a count of articles is a meter, an account that is free is a registration, then
    money and subscriptions, then accounts of any kind.
    """
    text = " ".join(walls)[:4000].lower()
    if not text or (declared is Access.OPEN and complete):
        return declared
    words = _words()["walls"]

    def says(kind: str) -> bool:
        return any(word in text for word in words[kind])

    if declared is Access.OPEN and not bars_the_way(text):
        return declared
    if says("metered") or _METER.search(text):
        return Access.METERED
    if says("reserved"):
        return Access.SUBSCRIPTION
    free = _what_is_free(text, words)
    if free is not None:
        return free
    if says("subscription") or _PRICE.search(text):
        return Access.SUBSCRIPTION
    return Access.REGISTRATION if says("registration") else declared


def _what_is_free(text: str, words: dict[str, list[str]]) -> Access | None:
    """REGISTRATION where a wall calls an account free, SUBSCRIPTION where only a trial is, None where nothing is."""
    found: Access | None = None
    for word in words["free"]:
        at = text.find(word)
        while at >= 0:
            near = text[max(0, at - REACH) : at + len(word) + REACH]
            close = text[max(0, at - TRIAL) : at + len(word) + TRIAL]
            if any(w in close for w in words["trial"]):
                found = Access.SUBSCRIPTION
            elif any(w in near for w in words["registration"]):
                return Access.REGISTRATION
            at = text.find(word, at + 1)
    return found


def licence_of(url: str, head: Head, embedded: Embedded, linked: list[str]) -> str:
    """Address or name of the licence the page states: JSON-LD, rel=license, meta. linked: `Body.licences`."""
    for item in (embedded.article, *embedded.objects[:20]):
        value = item.get("license")
        value = value.get("url") or value.get("@id") or value.get("name") if isinstance(value, dict) else value
        if isinstance(value, str) and value.strip():
            return _address_or_name(value.strip()[:MAX_LICENCE], url)
    link = head.link("license") or head.link("licence") or next(iter(linked), "")
    if link:
        return web_address(link, url)
    declared = head.first("dcterms.license", "dc.rights", "dcterms.rights", "rights", "license")
    found = _CREATIVE.search(declared)
    return found[0] if found else ""


def _address_or_name(value: str, url: str) -> str:
    """A licence's address made absolute, or its name; "" for addresses that lead nowhere ("javascript:")."""
    if value.startswith("/") or "://" in value:
        return web_address(value, url)
    return "" if _SCHEME.match(value) else value


def signals_of(head: Head, embedded: Embedded, licence: str) -> dict[str, str]:
    """Reservations found in the page, lower-case names; see `Article.signals`."""
    return {name: value[:1000] for name, value in _signals(head, embedded, licence) if value}


def _signals(head: Head, embedded: Embedded, licence: str) -> Iterator[tuple[str, str]]:
    for name in _ROBOTS:
        yield name, ", ".join(dict.fromkeys(head.every(name))).lower()
    reserved = head.every("tdm-reservation")
    yield "tdm-reservation", "1" if "1" in reserved else next(iter(reserved), "")  # of two, the stricter one
    for name in ("tdm-policy", "unavailable_after", "content-usage", "ai", "pinterest"):
        yield name, head.first(name)
    yield "licence", licence
    yield "rsl", _rsl(head)
    yield "copyright", head.first("copyright", "dcterms.rightsholder", "dc.rights", "dcterms.rights", "rights")
    told: dict[str, str] = {}
    for item in (embedded.article, *embedded.objects[:20]):
        for key in item.keys() & _LD_SIGNALS.keys():
            if not told.get(key):
                told[key] = _as_text(item[key], embedded)
    yield from ((name, told[key]) for key, name in _LD_SIGNALS.items() if key in told)


_LD_SIGNALS = {
    "isAccessibleForFree": "is_accessible_for_free", "copyrightNotice": "copyright_notice",
    "copyrightHolder": "copyright_holder",
    "creditText": "credit_text", "usageInfo": "usage_info", "acquireLicensePage": "acquire_licence_page",
    "conditionsOfAccess": "conditions_of_access", "copyrightYear": "copyright_year",
}  # fmt: skip


def _as_text(value: Any, embedded: Embedded) -> str:
    value = embedded.resolve(value)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value)
    if isinstance(value, dict):
        return plain(value.get("name") or value.get("url") or value.get("@id"))
    return plain(value).lower() if str(value).lower() in ("true", "false") else plain(value)


def _rsl(head: Head) -> str:
    for given in head.links.get("license", []):
        if "rsl" in (given.get("type") or "").lower():
            return (given.get("href") or "").strip()
    return ""
