"""What follows from what comes back: counted once, traced to its mail, and acted on at once.

A report is believed when it carries a mark only we can make (`tokens`) or came by a way that proved itself, such as a
provider's signed hook. Any other could be written by anybody to silence a stranger: it is kept for a person to read. A
wish to leave without such a mark is answered by a mail with the way to do it, to the address it claims to be from.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import blake2b

from django.conf import settings
from django.db import transaction

from broadsheet.letters import brake
from broadsheet.letters.asking import offer_to_leave, owner_of
from broadsheet.letters.leaving import leave
from broadsheet.letters.models import Delivery, LeavingReason, Return, ReturnKind, Subscriber
from broadsheet.letters.suppression import COMPLAINT, HARD, SOFT, SOFT_FOR, suppress
from broadsheet.letters.tokens import BACK, LEAVE, read_token
from broadsheet.post.answers import Meaning, read_status
from broadsheet.post.message import clean
from broadsheet.post.rates import read_rates
from broadsheet.post.reports import Found
from broadsheet.post.smtp import Answer

HALF_LIFE = timedelta(days=14)
SOFT_MOST = 2.5
"""Soft returns, each counted half after two weeks, that suppress an address for a while."""
_OF_MEANING = {Meaning.HARD: ReturnKind.HARD, Meaning.SOFT: ReturnKind.SOFT, Meaning.BLOCKED: ReturnKind.BLOCKED}


def note_refusal(delivery: int, address: str, meaning: Meaning, answer: Answer, *, now: datetime) -> None:
    """The server refused a mail for good while it was handed over."""
    found = Found(str(meaning), address=address, status=read_status(answer.text), detail=answer.text)
    _note(found, "smtp", mark_of("smtp", str(delivery)), _delivery(delivery), now=now)


def note_found(found: Iterable[Found], way: str, raw: bytes, *, now: datetime, trusted: bool = False) -> list[Return]:
    """What a report says, about one mail or several; those that are new. raw: the report, by which it counts once."""
    noted = []
    for number, one in enumerate(found):
        row = _note(one, way, mark_of(way, number, raw), _traced(one), now=now, trusted=trusted)
        if row is not None:
            noted.append(row)
    return noted


def mark_of(*parts: object) -> str:
    """By which the same thing is known when it comes again."""
    whole = b"\0".join(part if isinstance(part, bytes) else str(part).encode() for part in parts)
    return blake2b(whole, digest_size=32).hexdigest()


def _traced(found: Found) -> Delivery | None:
    """The mail it is about, where a mark says so.

    A wish to leave needs the mark that is made for it, or the one of the mail it answers and that mail's address.
    """
    kinds = (LEAVE,) if found.kind == ReturnKind.LEAVE else (BACK, LEAVE)
    if delivery := _marked(found, *kinds):
        return delivery
    answered = _marked(found, BACK) if found.kind == ReturnKind.LEAVE else None
    is_own = answered is not None and answered.subscriber is not None and owner_of(found.address) == answered.subscriber
    return answered if is_own else None


def _marked(found: Found, *kinds: str) -> Delivery | None:
    tokens = (read_token(text, *kinds) for text in found.traces)
    return next((_delivery(token[1]) for token in tokens if token), None)


def _delivery(number: int) -> Delivery | None:
    return Delivery.objects.select_related("edition__letter", "subscriber").filter(pk=number).first()


def _note(
    found: Found, way: str, mark: str, delivery: Delivery | None, *, now: datetime, trusted: bool = False
) -> Return | None:
    subscriber = delivery.subscriber if delivery else None
    if subscriber is None and trusted and found.address:
        subscriber = Subscriber.objects.filter(address=found.address.lower()).first()
    kind = found.kind if delivery is not None or trusted or found.kind == ReturnKind.REPLY else ReturnKind.UNKNOWN
    if kind != found.kind == ReturnKind.LEAVE and (subscriber := owner_of(found.address)):
        kind = ReturnKind.WISH
    address = subscriber.address if subscriber else clean(found.address)[:254]
    with transaction.atomic():
        row, is_new = Return.objects.get_or_create(
            mark=mark,
            defaults={
                "kind": kind,
                "way": way,
                "delivery": delivery,
                "subscriber": subscriber,
                "address": address,
                "domain": address.rpartition("@")[2][:255],
                "status": clean(found.status)[:12],
                "detail": clean(found.detail)[:500],
                "at": now,
            },
        )
        if not is_new:
            return None
        _act(row, delivery, subscriber, now=now)
    return row


def _act(row: Return, delivery: Delivery | None, subscriber: Subscriber | None, *, now: datetime) -> None:
    if delivery is not None and _is_graver(row.kind, delivery.returned):
        Delivery.objects.filter(pk=delivery.pk).update(returned=row.kind)
    if subscriber is None:
        return
    if row.kind == ReturnKind.HARD:
        suppress(subscriber.address, HARD, detail=row.detail)
    elif row.kind == ReturnKind.COMPLAINT:
        suppress(subscriber.address, COMPLAINT, detail=row.detail)
        leave(subscriber.key, reason=LeavingReason.COMPLAINT, now=now)
    elif row.kind == ReturnKind.SOFT and _softness(subscriber, now) >= SOFT_MOST:
        suppress(subscriber.address, SOFT, detail=row.detail, until=now + SOFT_FOR)
    elif row.kind == ReturnKind.LEAVE:
        if delivery is None:
            leave(subscriber.key, now=now)
        else:
            leave(subscriber.key, delivery.edition.letter.slug, story=delivery.edition.story_id, now=now)
    elif row.kind == ReturnKind.WISH:
        offer_to_leave(subscriber, now=now)
    if delivery is not None and row.kind in {ReturnKind.COMPLAINT, ReturnKind.HARD} and row.way != "smtp":
        brake.check(delivery.edition, read_rates(settings.DATA).brake, now=now)


_GRAVITY = ("", ReturnKind.REPLY, ReturnKind.UNKNOWN, ReturnKind.WISH, ReturnKind.SOFT, ReturnKind.BLOCKED,
            ReturnKind.LEAVE, ReturnKind.HARD, ReturnKind.COMPLAINT)  # fmt: skip


def _is_graver(kind: str, than: str) -> bool:
    return _GRAVITY.index(kind) > _GRAVITY.index(than)


def _softness(subscriber: Subscriber, now: datetime) -> float:
    """Soft returns of the last months, one for each edition, older ones counting less."""
    rows = Return.objects.filter(subscriber=subscriber, kind=ReturnKind.SOFT, at__gt=now - 5 * HALF_LIFE)
    newest = dict(rows.order_by("at").values_list("delivery__edition_id", "at"))
    return float(sum(0.5 ** ((now - at) / HALF_LIFE) for at in newest.values()))
