"""Writes down what articles say and name: their quotations and topics, a batch in a fixed number of queries."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from broadsheet.articles.models import Article, Mention, Topic
from broadsheet.grouping import find_names
from broadsheet.quotes import find_quotes
from broadsheet.sources.models import Publisher
from broadsheet.stories.models import Quotation
from broadsheet.stories.people import bare_name, name_slug, person_slug
from broadsheet.stories.sayings import rank_quotations
from broadsheet.stories.topics import Chosen, TopicKind, choose_topics

log = logging.getLogger(__name__)

QUOTATIONS_PER_ARTICLE = 60
ROWS = 500
"""Slugs in one query."""
MOST_TIMES = 30_000


@dataclass(frozen=True, slots=True)
class Reading:
    """An article with the text that may be read of it. may_quote: whether places in it are places in the page."""

    article: Article
    text: str
    may_quote: bool

    @property
    def language(self) -> str:
        return self.article.language.split("-")[0]


def note_readings(readings: Sequence[Reading]) -> None:
    """Replace the quotations and topics of these articles, in their order, by what their texts say now."""
    ids = [reading.article.pk for reading in readings]
    quotations = {reading.article.pk: list(_quotations(reading)) for reading in readings}
    Quotation.objects.filter(article__in=ids).delete()
    Quotation.objects.bulk_create([row for rows in quotations.values() for row in rows])
    chosen = _choose(readings, quotations)
    topics = _write_topics(list(chosen.values()))
    Mention.objects.filter(article__in=ids).delete()
    Mention.objects.bulk_create(
        [
            Mention(
                article=reading.article,
                topic_id=topics[topic.slug],
                times=min(topic.times, MOST_TIMES),
                shown_at=reading.article.shown_at,
            )
            for reading in readings
            for topic in chosen[reading.article.pk].values()
        ]
    )


def quotation_key(text: str) -> str:
    """Equal for the same words however they are set: letters and digits alone, without case."""
    words = "".join(char for char in text.casefold() if char.isalnum())
    return blake2b(words.encode(), digest_size=16).hexdigest()


def _quotations(reading: Reading) -> Iterator[Quotation]:
    article, text = reading.article, reading.text if reading.may_quote else ""
    try:
        found = find_quotes(text, reading.language)[:QUOTATIONS_PER_ARTICLE]
    except Exception:  # a text that breaks the finder costs its quotations, not the whole stream
        log.exception("finding quotations in %s", article.address)
        return
    names = [bare_name(quote.name or "")[:200] for quote in found]
    ranks = rank_quotations([name or quote.speaker or "" for name, quote in zip(names, found, strict=True)])
    for quote, name, rank in zip(found, names, ranks, strict=True):
        yield Quotation(
            article=article,
            shown_at=article.shown_at,
            rank=rank,
            start=quote.start,
            end=quote.end,
            text=text[quote.start : quote.end],
            speaker=(quote.speaker or "")[:300],
            name=name,
            role=(quote.role or "")[:200],
            person=person_slug(name),
            same_key=quotation_key(text[quote.start : quote.end]),
        )


def _choose(readings: Sequence[Reading], quotations: Mapping[int, Sequence[Quotation]]) -> dict[int, dict[str, Chosen]]:
    """For each article its topics by slug. What one article shows to be a place is one for those after it."""
    named = {
        reading.article.pk: find_names(reading.article.headline, reading.text, reading.language) for reading in readings
    }
    slugs = {name_slug(name.name) for names in named.values() for name in names}
    places = {topic.slug for topic in _topics(slugs) if topic.kind == TopicKind.PLACE}
    stop = _publishers_names()
    chosen: dict[int, dict[str, Chosen]] = {}
    for reading in readings:
        pk = reading.article.pk
        found = choose_topics(
            named[pk],
            {row.name for row in quotations[pk] if row.person},
            reading.article.headline,
            reading.text,
            stop=stop,
            places=places,
            language=reading.language,
        )
        chosen[pk] = {topic.slug: topic for topic in found}
        places |= {topic.slug for topic in found if topic.kind is TopicKind.PLACE}
    return chosen


def _write_topics(chosen: Sequence[Mapping[str, Chosen]]) -> dict[str, int]:
    """Create what is new, mend kinds where an article is sure; the topics' ids by slug."""
    first: dict[str, Chosen] = {}
    sure: dict[str, TopicKind] = {}
    for slug, one in (pair for of_article in chosen for pair in of_article.items()):
        first.setdefault(slug, one)
        if one.is_sure:
            sure[slug] = one.kind
    Topic.objects.bulk_create(
        [Topic(slug=slug, name=one.name[:200], kind=one.kind) for slug, one in first.items()],
        ignore_conflicts=True,
    )
    topics = list(_topics(first))
    changed = [topic for topic in topics if sure.get(topic.slug, topic.kind) != topic.kind]
    for topic in changed:
        topic.kind = sure[topic.slug]
    Topic.objects.bulk_update(changed, ["kind"])
    return {topic.slug: topic.pk for topic in topics}


def _topics(slugs: set[str] | Mapping[str, object]) -> Iterator[Topic]:
    ordered = sorted(slugs)
    for start in range(0, len(ordered), ROWS):
        yield from Topic.objects.filter(slug__in=ordered[start : start + ROWS])


def _publishers_names() -> frozenset[str]:
    """Slugs of the publishers' own names, which stand in every article of theirs and are no topic of it."""
    return frozenset(name_slug(name) for name in Publisher.objects.values_list("name", flat=True))
