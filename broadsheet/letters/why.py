"""Why was this not sent? Everything that bears on the mail of one address, in one place, for the desk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from broadsheet.letters.audience import Refusal, may_get
from broadsheet.letters.models import Delivery, Letter, LetterKind, Proof, Return, Subscriber, Subscription, Suppression
from broadsheet.letters.suppression import why_suppressed

NEVER_ASKED = "never_asked"
LAST = 30
"""Mails and returned mails that are told, the newest."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether an address would get a letter now. why: empty, a `Refusal`, or that it never asked."""

    letter: Letter
    why: str
    subscription: Subscription | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """subscriber: None where the address is not known."""

    address: str
    subscriber: Subscriber | None
    suppression: Suppression | None
    verdicts: Sequence[Verdict] = ()
    proofs: Sequence[Proof] = ()
    mails: Sequence[Delivery] = ()
    returned: Sequence[Return] = ()


def why_not(address: str, *, now: datetime) -> Told:
    suppression = why_suppressed(address, now=now)
    subscriber = Subscriber.objects.select_related("reader").filter(address=address).first()
    if subscriber is None:
        return Told(address, None, suppression)
    mails = Delivery.objects.filter(subscriber=subscriber).select_related("edition__letter")
    return Told(
        address,
        subscriber,
        suppression,
        verdicts=_verdicts(subscriber, now),
        proofs=list(subscriber.proofs.order_by("-asked_at", "-pk")[:LAST]),
        mails=list(mails.order_by("-pk")[:LAST]),
        returned=list(subscriber.returns.order_by("-at", "-pk")[:LAST]),
    )


def _verdicts(subscriber: Subscriber, now: datetime) -> list[Verdict]:
    """A line for each letter, and for each story that is or was followed."""
    latest: dict[tuple[int, int | None], Subscription] = {}
    rows = subscriber.subscriptions.select_related("letter", "story").order_by("pk")
    for row in rows:
        latest[row.letter_id, row.story_id] = row
    found = []
    for letter in Letter.objects.order_by("pk"):
        own = [row for (number, _story), row in latest.items() if number == letter.pk]
        if not own and letter.kind != LetterKind.STORY:
            found.append(Verdict(letter, NEVER_ASKED))
        for row in own:
            why = may_get(subscriber.pk, letter, story=row.story_id, now=now)
            found.append(Verdict(letter, Refusal.LEFT if row.ended_at and not why else why, row))
    return found
