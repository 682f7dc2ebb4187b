"""Editions that were sent and can be read on the site by everybody."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet

from broadsheet.letters.models import Edition, EditionState, Letter, LetterKind

PUBLIC = (LetterKind.EDITION, LetterKind.BREAKING)
"""Kinds of letters that say the same to everybody. A letter about one story has the story's page."""


def sent() -> QuerySet[Edition]:
    """Editions that went out, in whole or in part."""
    states = [EditionState.SENDING, EditionState.SENT, EditionState.STOPPED]
    return Edition.objects.filter(letter__kind__in=PUBLIC, state__in=states, started_at__isnull=False)


def letter_with_slug(slug: str) -> Letter | None:
    return Letter.objects.filter(slug=slug, kind__in=PUBLIC).first()


def editions_of(letter: Letter, *, before: int | None = None, limit: int) -> Sequence[Edition]:
    """Newest first. before: a number of an edition."""
    found = sent().filter(letter=letter)
    if before is not None:
        found = found.filter(issue__lt=before)
    return list(found.select_related("letter").order_by("-issue")[:limit])


def edition_with(slug: str, issue: int) -> Edition | None:
    return sent().filter(letter__slug=slug, issue=issue).select_related("letter").first()


def neighbors_of(edition: Edition) -> tuple[Edition | None, Edition | None]:
    """The editions before and after this one."""
    others = sent().filter(letter=edition.letter_id).select_related("letter")
    before = others.filter(issue__lt=edition.issue).order_by("-issue").first()
    return before, others.filter(issue__gt=edition.issue).order_by("issue").first()
