"""The meter: so many texts in a period for the whole site, counted on the server, without knowing who read what.

    token: random, made when the first text is opened, held by the reader's browser alone, ends with the period
    book:  hash(token) -> how many are used        pass: hash(token, article) -> opened, not to be charged again

Book and pass share nothing that could be joined, and neither says who or what to anybody without the token. A browser
that keeps nothing begins anew each time: it gets its text by a link that is good for that text, for a day.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.db.models import F

from broadsheet.prepared import Prepared
from broadsheet.readers.models import MeterBook, MeterPass, MeterTerms
from broadsheet.readers.throttle import take

PASS_LASTS = timedelta(days=1)
GIFT_LASTS = timedelta(days=14)
GIFTS_A_MONTH = 10
FRESH_A_DAY = 60
"""New allowances for one network in a day: a school full of readers, but not a machine that reads everything."""
_PASS, _GIFT = signing.TimestampSigner(salt="readers.meter.pass"), signing.TimestampSigner(salt="readers.meter.gift")


@dataclass(frozen=True, slots=True)
class Allowance:
    """most: texts a period. left: of this reader's. until: when it begins anew; None before the first text."""

    most: int
    left: int
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Spent:
    """token: to be kept by the browser, a new one where it had none. opens: whether the text may be read."""

    token: str
    opens: bool
    allowance: Allowance


class Terms(NamedTuple):
    """So many texts in so many days."""

    texts: int
    days: int


def terms() -> Terms:
    """As the desk set them, else as the setting says. One query."""
    return Terms(*next(iter(_NEWEST()), settings.ENVIRONMENT.meter))


_NEWEST = Prepared(lambda: MeterTerms.objects.order_by("-pk").values_list("texts", "days")[:1])


def allowance_of(token: str, *, now: datetime) -> Allowance:
    """Two queries; one without a token."""
    book = MeterBook.objects.filter(key=_hash("book", token), until__gt=now).first() if token else None
    most = terms().texts
    if book is None:
        return Allowance(most, most, None)
    return Allowance(most, max(most - book.used, 0), book.until)


def has_pass(token: str, article: int, *, now: datetime) -> bool:
    """Whether this browser opened the article in this period. One query; none without a token."""
    return bool(token) and MeterPass.objects.filter(key=_hash("pass", token, article), until__gt=now).exists()


def spend(token: str, article: int, network: str, *, now: datetime) -> Spent:
    """Open an article by the allowance. One that was opened before in the period costs nothing, however often asked.

    token: what the browser sent, empty or old for a new reader. network: the caller's, for the limit on new readers.
    """
    most, days = terms()
    with transaction.atomic():
        book = _book(token, now) if token else None
        if book is None:
            if not take("meter", network, most=FRESH_A_DAY, span=timedelta(days=1), now=now):
                return Spent(token, False, Allowance(most, 0, now + timedelta(days=1)))
            token = secrets.token_urlsafe(24)
            book = MeterBook.objects.create(key=_hash("book", token), until=now + timedelta(days=days))
        opened, is_new = MeterPass.objects.get_or_create(
            key=_hash("pass", token, article), defaults={"until": book.until}
        )
        opens = True
        if is_new:
            charged = MeterBook.objects.filter(pk=book.pk, used__lt=most).update(used=F("used") + 1)
            if not charged:
                opened.delete()
                opens = False
    return Spent(token, opens, allowance_of(token, now=now))


def _book(token: str, now: datetime) -> MeterBook | None:
    return MeterBook.objects.select_for_update().filter(key=_hash("book", token), until__gt=now).first()


def write_pass(article: int) -> str:
    """For the address of a text that was just opened, good without anything kept by the browser."""
    return _PASS.sign(str(article))


def fits_pass(word: str, article: int) -> bool:
    return _fits(_PASS, word, article, PASS_LASTS)


def write_gift(article: int, reader: int, *, now: datetime) -> str:
    """A link that opens one text to whoever has it; it does not say who gave it. Empty when this month's are given."""
    if not take("gift", str(reader), most=GIFTS_A_MONTH, span=timedelta(days=30), now=now):
        return ""
    return _GIFT.sign(str(article))


def fits_gift(word: str, article: int) -> bool:
    return _fits(_GIFT, word, article, GIFT_LASTS)


def _fits(signer: signing.TimestampSigner, word: str, article: int, lasts: timedelta) -> bool:
    try:
        return signer.unsign(word[:200], max_age=lasts) == str(article)
    except signing.BadSignature:
        return False


def _hash(what: str, token: str, article: int = 0) -> str:
    told = f"{what}:{token[:100]}:{article}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), told, "sha256").hexdigest()
