"""Asking for letters. Nobody gets one who has not pressed a button behind a mail to that address, or proved it before.

Whoever types an address learns nothing about it: all of this happens behind the page, which says the same each time.
An unconfirmed address gets one mail; then there is silence, and after some days it is deleted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import NamedTuple

from django.conf import settings
from django.db import models, transaction
from django.utils import translation
from django.utils.translation import gettext

from broadsheet.letters.audience import is_suppressed
from broadsheet.letters.keys import new_key
from broadsheet.letters.links import confirm_path, leave_path, settings_path
from broadsheet.letters.models import Letter, LetterKind, Proof, Subscriber, Subscription
from broadsheet.letters.starting import told
from broadsheet.letters.telling import tell_stories
from broadsheet.readers.mail_addresses import AddressError, read_address
from broadsheet.readers.mails import post_mail
from broadsheet.readers.throttle import take
from broadsheet.rights import Output
from broadsheet.stories.models import Story

MAILS_A_DAY = 2
"""To a confirmed address, whoever asks: enough for a slip, too few to be a nuisance."""
MOST_WISHES = 30
_WISH = re.compile(r"([\w-]{1,60})(?::([0-9]{1,18}))?", re.ASCII)


class Wish(NamedTuple):
    """A letter, and the story of a letter about one. Written as `morning` or `story:17`."""

    letter: Letter
    story: Story | None = None

    def __str__(self) -> str:
        return f"{self.letter.slug}:{self.story.pk}" if self.story else self.letter.slug

    @property
    def numbers(self) -> tuple[int, int | None]:
        return self.letter.pk, self.story.pk if self.story else None


@dataclass(frozen=True, slots=True)
class Consent:
    """What somebody saw when asking. page: the path it stood on. way: form, link, account or import."""

    text: str
    version: str
    page: str = ""
    way: str = "form"
    evidence: str = ""


def consent_words() -> str:
    """What is agreed to, in the language in force; it stands beside every form."""
    return gettext(
        "You ask for letters by mail. Every letter has a link that ends it, at once and without an account. "
        "We use your address for nothing else."
    )


def consent(names: Iterable[str], *, page: str = "", way: str = "form") -> Consent:
    """What is kept as proof: the names of the letters and the words beside the form."""
    with translation.override("en"):
        version = blake2b(consent_words().encode(), digest_size=6).hexdigest()
    return Consent(f"{', '.join(names)}. {consent_words()}", version, page[:300], way)


def names_of(wishes: Sequence[Wish], *, now: datetime, output: Output = Output.LETTER) -> list[str]:
    """What readers call them; stories as far as rights let this output name them now."""
    numbers = [(wish.story.pk, None) for wish in wishes if wish.story]
    stories = tell_stories(numbers, output=output, now=now) if numbers else {}

    def name(wish: Wish) -> str:
        if wish.story is None:
            return told(wish.letter.name)
        found = stories.get((wish.story.pk, None))
        return found.headline if found else gettext("A story reported by others")

    return [name(wish) for wish in wishes]


def read_wishes(written: Iterable[str], *, only_open: bool = True, most: int = MOST_WISHES) -> list[Wish]:
    """Those of the wishes that can be fulfilled, each once."""
    asked = [one for text in dict.fromkeys(list(written)[:most]) if (one := _WISH.fullmatch(text))]
    letters = {row.slug: row for row in Letter.objects.filter(slug__in=[one[1] for one in asked])}
    stories = Story.objects.select_related("merged_into").in_bulk([int(one[2]) for one in asked if one[2]])
    found: dict[str, Wish] = {}
    for one in asked:
        letter, story = letters.get(one[1]), stories.get(int(one[2])) if one[2] else None
        if letter is None or (only_open and not letter.is_open) or (letter.kind == LetterKind.STORY) != bool(story):
            continue
        wish = Wish(letter, (story.merged_into or story) if story else None)
        found.setdefault(str(wish), wish)
    return list(found.values())


def ask(address: str, written: Sequence[str], given: Consent, *, now: datetime) -> None:
    """Somebody typed an address and pressed the button. Without wishes: who has letters gets the link to choose."""
    wishes = [wish for wish in read_wishes(written) if wish.letter.kind != LetterKind.PERSONAL]
    if is_suppressed(address, now):
        return
    with transaction.atomic():
        subscriber = Subscriber.objects.filter(address=address).first()
        if subscriber is None or subscriber.confirmed_at is None:
            _ask_unconfirmed(address, wishes, given, now)
        else:
            _ask_confirmed(subscriber, wishes, given, now)


def _ask_unconfirmed(address: str, wishes: Sequence[Wish], given: Consent, now: datetime) -> None:
    if not wishes:
        return
    defaults = {"key": new_key(), "made_at": now}
    subscriber = Subscriber.objects.get_or_create(address=address, defaults=defaults)[0]
    if Subscriber.objects.filter(pk=subscriber.pk, asked_at=None, confirmed_at=None).update(asked_at=now):
        _post("confirm", subscriber, wishes, _keep(subscriber, wishes, given, now), now)


def _ask_confirmed(subscriber: Subscriber, wishes: Sequence[Wish], given: Consent, now: datetime) -> None:
    """The address is proved, but not who typed it: more letters wait for the button too."""
    if not take("letters asked", subscriber.address, most=MAILS_A_DAY, span=timedelta(days=1), now=now):
        return
    had = set(live(subscriber).values_list("letter_id", "story_id"))
    new = [wish for wish in wishes if wish.numbers not in had]
    _post("more" if new else "links", subscriber, new, _keep(subscriber, new, given, now) if new else None, now)


def owner_of(address: str) -> Subscriber | None:
    """The subscriber of an address as somebody wrote it."""
    try:
        return Subscriber.objects.filter(address=read_address(address)).first()
    except AddressError:
        return None


def offer_to_leave(subscriber: Subscriber, *, now: datetime) -> bool:
    """Send the way to leave to an address from which, as it seems, somebody wrote to leave; whether it was sent.

    Anybody can write a sender's name, so nothing ends before the button behind the mail is pressed.
    """
    if not live(subscriber).exists() or subscriber.confirmed_at is None:
        return False
    if not take("leave offered", subscriber.address, most=1, span=timedelta(days=1), now=now):
        return False
    _post("leave", subscriber, [], None, now)
    return True


def confirm(key: str, proof: int, *, now: datetime) -> Subscriber | None:
    """The button behind the mail was pressed; a second time changes nothing. None: the link is no longer good."""
    with transaction.atomic():
        found = Proof.objects.select_related("subscriber").filter(pk=proof, subscriber__key=key).first()
        if found is None:
            return None
        if Proof.objects.filter(pk=proof, confirmed_at=None).update(confirmed_at=now):
            Subscriber.objects.filter(pk=found.subscriber_id, confirmed_at=None).update(confirmed_at=now)
            add(found.subscriber, read_wishes(found.letters, only_open=False), now=now)
        return found.subscriber


def add_confirmed(subscriber: Subscriber, wishes: Sequence[Wish], given: Consent, *, now: datetime) -> None:
    """Letters for somebody whose address is proved by a link of theirs, an account, or an import."""
    _keep(subscriber, wishes, given, now, confirmed_at=now)
    add(subscriber, wishes, now=now)


def add(subscriber: Subscriber, wishes: Iterable[Wish], *, now: datetime) -> None:
    """Begin subscriptions; what is had already stays as it is."""
    rows = [Subscription(subscriber=subscriber, letter=wish.letter, story=wish.story, since=now) for wish in wishes]
    Subscription.objects.bulk_create(rows, ignore_conflicts=True)


def live(subscriber: Subscriber) -> models.QuerySet[Subscription]:
    return Subscription.objects.filter(subscriber=subscriber, ended_at=None)


def _keep(
    subscriber: Subscriber,
    wishes: Sequence[Wish],
    given: Consent,
    now: datetime,
    confirmed_at: datetime | None = None,
) -> Proof:
    return Proof.objects.create(
        subscriber=subscriber,
        letters=[str(wish) for wish in wishes],
        text=given.text,
        version=given.version,
        page=given.page,
        way=given.way,
        evidence=given.evidence,
        asked_at=now,
        confirmed_at=confirmed_at,
    )


def _post(name: str, subscriber: Subscriber, wishes: Sequence[Wish], proof: Proof | None, now: datetime) -> None:
    with translation.override(subscriber.language or settings.LANGUAGE_CODE):
        said = {
            "names": names_of(wishes, now=now),
            "confirm": confirm_path(subscriber.key, proof.pk) if proof else "",
            "settings": settings_path(subscriber.key),
            "leave": leave_path(subscriber.key),
            "days": settings.ENVIRONMENT.unconfirmed_days,
        }
        post_mail(name, subscriber.address, said, room="letters", is_patient=True)  # it is the only one
