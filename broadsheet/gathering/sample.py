"""The sample edition in the database: its invented publishers come in by the common door and leave without a trace."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.db import transaction

from broadsheet.articles.models import Article, Author, Topic
from broadsheet.finished.actions import purge
from broadsheet.rights import Basis, Mode
from broadsheet.sample.edition import Edition
from broadsheet.sample.starter import starter_publishers
from broadsheet.search.actions import index_articles
from broadsheet.sources.actions import PublisherFacts, add_publisher, follow
from broadsheet.sources.models import Entry, EntryState, LedgerLine, Publisher, Source, SourceKind
from broadsheet.stories.memory import forget
from broadsheet.stories.models import Story

ENOUGH_ARTICLES, ENOUGH_PUBLISHERS = 30, 3
"""Real reports, and publishers they come from, that make a front page worth reading without the sample."""


@transaction.atomic
def install_sample(edition: Edition, homes: Mapping[str, str], feeds: Mapping[str, str], *, now: datetime) -> int:
    """Follow the sample's publishers at the addresses they are served under. Returns how many are new."""
    new = 0
    for slug, sample in edition.publishers.items():
        facts = PublisherFacts(
            name=sample.name,
            home=homes[slug],
            country=sample.country,
            language=sample.language,
            owner=sample.owner,
            kind=sample.kind,
            is_sample=True,
            ledger=(_ledger_line(sample.display),),
        )
        publisher, is_new = add_publisher(facts, now=now)
        follow(publisher, feeds[slug], kind=SourceKind.FEED, now=now)
        new += is_new
    return new


def _ledger_line(display: str) -> dict[str, object]:
    own = {"basis": str(Basis.SAMPLE), "image": True, "evidence": "The sample edition is this program's own work."}
    return {"mode": str(Mode(display)), **own}


@transaction.atomic
def remove_sample(*, now: datetime) -> int:
    """Remove the sample edition with everything it brought. Returns how many articles went."""
    articles = Article.objects.filter(publisher__is_sample=True)
    ids = list(articles.values_list("pk", flat=True))
    if not Publisher.objects.filter(is_sample=True).exists():
        return 0
    Article.objects.filter(pk__in=ids).update(state="removed")
    index_articles(ids, now=now)
    Story.objects.filter(is_sample=True).delete()
    LedgerLine.objects.filter(publisher__is_sample=True).delete()
    Publisher.objects.filter(is_sample=True).delete()
    Author.objects.filter(bylines=None).delete()
    Topic.objects.filter(mentions=None).delete()
    forget()
    purge(["front", "latest", "sources", "all"])
    return len(ids)


def sample_is_read() -> bool:
    """Whether every page that the sample announced has been read."""
    entries = Entry.objects.filter(publisher__is_sample=True)
    return entries.exists() and not entries.exclude(state=EntryState.DONE).exists()


def look_at_sample_again(*, now: datetime) -> None:
    """Make the sample's sources and pages due: something changed there."""
    Source.objects.filter(publisher__is_sample=True).update(next_poll_at=now)
    Entry.objects.filter(publisher__is_sample=True, state=EntryState.DONE).update(reread_at=now)


def leave_when_real_news_is_here(*, now: datetime) -> bool:
    """Remove the sample edition once there is real news to read, unless it is kept on purpose."""
    if settings.ENVIRONMENT.sample == "always" or not Publisher.objects.filter(is_sample=True).exists():
        return False
    real = Article.objects.filter(publisher__is_sample=False)
    newest = real.order_by("-pk").values_list("publisher_id", flat=True)[: ENOUGH_ARTICLES * 4]
    found = list(newest)
    if len(found) < ENOUGH_ARTICLES or len(set(found)) < ENOUGH_PUBLISHERS:
        return False
    remove_sample(now=now)
    return True


def follow_starter_list(*, now: datetime, first_poll: datetime | None = None) -> int:
    """Follow the publishers of the starter list. Returns how many are new. first_poll: of those; now unless told."""
    new = 0
    for starter in starter_publishers():
        facts = PublisherFacts(
            name=starter.name,
            home=starter.home,
            country=starter.country,
            language=starter.language,
            owner=starter.owner,
            kind=starter.kind,
            ledger=({"mode": starter.mode, "basis": str(Basis.NONE), "evidence": "The default for others' work."},),
        )
        with transaction.atomic():
            publisher, is_new = add_publisher(facts, now=now)
            kind = SourceKind.FEED if starter.feed else SourceKind.PAGE
            follow(publisher, starter.feed or starter.home, kind=kind, now=now, section=starter.section)
            if is_new and first_poll is not None:
                Source.objects.filter(publisher=publisher).update(next_poll_at=first_poll)
        new += is_new
    return new
