"""What a reader's archive holds of letters, and what goes with an erased account."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils import timezone

from broadsheet.letters.choosing import held as held_of
from broadsheet.letters.leaving import forget as forget_subscribers
from broadsheet.letters.leaving import unname
from broadsheet.letters.models import Subscriber
from broadsheet.letters.owners import subscriber_of
from broadsheet.readers.models import Reader


def held(reader: Reader) -> list[dict[str, Any]]:
    """One row, or none for a reader who never had a letter."""
    found = subscriber_of(reader)
    return [held_of(found, now=timezone.now())] if found is not None else []


def forget(reader: Reader, *, words: bool) -> None:  # noqa: ARG001  # there are no words that could stay
    """The address goes with the account, also where letters were asked for without it."""
    forget_subscribers(Subscriber.objects.filter(Q(reader=reader) | Q(address=reader.email)), now=timezone.now())
    unname([reader.email])
