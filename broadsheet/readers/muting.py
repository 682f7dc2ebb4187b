"""Which articles a reader has muted: by their publisher, a word of their headline, or what they are about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from broadsheet.articles.models import Article, Mention
from broadsheet.readers.following import Mutes, padded


def muted(articles: Iterable[Article], mutes: Mutes) -> frozenset[int]:
    """Numbers of the muted ones. One query where topics are muted, else none. Publishers must have come along."""
    if mutes.is_empty:
        return frozenset()
    return muted_of({article.pk: (article.publisher.slug, article.headline) for article in articles}, mutes)


def muted_of(articles: Mapping[int, tuple[str, str]], mutes: Mutes) -> frozenset[int]:
    """The same of articles of which no more is known than their number, publisher's slug and headline."""
    found = {
        number
        for number, (publisher, headline) in articles.items()
        if publisher in mutes.sources or mutes.hides_words(padded(headline))
    }
    if mutes.topics:
        about = Mention.objects.filter(article__in=articles.keys() - found, topic__slug__in=mutes.topics)
        found.update(about.values_list("article_id", flat=True))
    return frozenset(found)
