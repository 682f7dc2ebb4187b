"""Objections of readers to what is done with their data: kept, obeyed, answered within a month.

What software can obey it obeys at once: news in the order of time, no mail but of the account, no network address kept.
Everything else a person answers; until then the clock runs, and the desk sees it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from broadsheet.readers.accounts import note_act
from broadsheet.readers.mails import post_mail
from broadsheet.readers.models import Objection, ObjectionKind, Reader
from broadsheet.readers.retention import NO_ADDRESS

ANSWER_WITHIN = timedelta(days=30)
"""One month: GDPR, article 12(3)."""
OPEN_AT_ONCE = 5
"""Unanswered ones of one reader; more say nothing new."""
LONGEST = 4_000


class ObjectionError(ValueError):
    """An objection that cannot be taken; `code` names why: words, known, many."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def object_to(reader: Reader, kind: ObjectionKind, words: str, *, now: datetime) -> Objection:
    """Object. What can be obeyed is obeyed when this returns. Raises ObjectionError."""
    words = words.strip()[:LONGEST]
    by_hand = kind is ObjectionKind.OTHER
    if by_hand and not words:
        raise ObjectionError("words")
    if by_hand and waiting().filter(reader=reader).count() >= OPEN_AT_ONCE:
        raise ObjectionError("many")
    obeyed = {} if by_hand else {"answered_at": now, "is_upheld": True}
    try:
        with transaction.atomic():
            made = Objection.objects.create(
                reader=reader, kind=kind, words=words, made_at=now, due_at=now + ANSWER_WITHIN, **obeyed
            )
            if kind is ObjectionKind.NETWORK:
                forget_networks(reader)
            note_act("objected", reader, actor=reader, detail=str(kind))
    except IntegrityError:
        raise ObjectionError("known") from None
    return made


def withdraw(objection: Objection, *, now: datetime) -> None:
    """Take it back; what it stopped goes on."""
    if Objection.objects.filter(pk=objection.pk, withdrawn_at=None).update(withdrawn_at=now):
        note_act("objection withdrawn", objection.reader, actor=objection.reader, detail=objection.kind)


def answer(objection: Objection, actor: Reader, *, is_upheld: bool, words: str, now: datetime) -> bool:
    """Decide by hand, once, and write to the reader. False when somebody was quicker. Raises ObjectionError: words."""
    words = words.strip()[:LONGEST]
    if not words:
        raise ObjectionError("words")
    with transaction.atomic():
        told = {"answered_at": now, "answered_by": actor.pk, "answer": words, "is_upheld": is_upheld}
        if not waiting().filter(pk=objection.pk).update(**told):
            return False
        reader = objection.reader
        note_act("objection answered", reader, actor=actor, detail="upheld" if is_upheld else "not upheld")
        context = {"words": objection.words, "answer": words, "is_upheld": is_upheld}
        post_mail("objection", reader.email, context, language=reader.language)
    return True


def objects_to(reader: Reader, kind: ObjectionKind) -> bool:
    """Whether this has to be left undone for a reader. One query."""
    return objecting(kind).filter(reader=reader).exists()


def objecting(kind: ObjectionKind) -> QuerySet[Objection]:
    """The objections of this kind that hold."""
    return Objection.objects.filter(kind=kind, withdrawn_at=None, is_upheld=True)


def waiting() -> QuerySet[Objection]:
    """Those a person has to answer, the most urgent first."""
    found = Objection.objects.filter(answered_at=None, withdrawn_at=None).select_related("reader")
    return found.order_by("due_at", "pk")


def answered(limit: int = 50) -> Sequence[Objection]:
    """The latest answers of people."""
    found = Objection.objects.filter(answered_by__isnull=False).select_related("reader")
    return list(found.order_by("-answered_at")[:limit])


def forget_networks(reader: Reader) -> None:
    """Forget the network addresses of a reader's devices, if that is what they object to keeping."""
    if objects_to(reader, ObjectionKind.NETWORK):
        UserSession.objects.filter(user=reader).update(ip=NO_ADDRESS)
