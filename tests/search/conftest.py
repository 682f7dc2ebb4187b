from datetime import UTC, datetime, timedelta

import pytest

from broadsheet.articles.actions import ensure_sections
from broadsheet.articles.models import Article, Body, Section
from broadsheet.search.actions import index_articles
from broadsheet.search.queries import search
from broadsheet.sources.models import Publisher

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


class Library:
    """A small newspaper to search in."""

    def __init__(self):
        ensure_sections()
        self.made = 0
        self.papers = {}

    def paper(self, slug, name, home=""):
        home = home or f"https://{slug}.example/"
        self.papers[slug] = Publisher.objects.create(slug=slug, name=name, home=home)

    def article(self, headline, text="", *, paper="tidings", language="en", section="world", days=1.0, **more):
        self.made += 1
        row = Article.objects.create(
            key=f"{self.made:032x}",
            address=f"https://x.example/{self.made}",
            publisher=self.papers[paper],
            headline=headline,
            language=language,
            section=Section.objects.get(slug=section) if section else None,
            shown_at=NOW - timedelta(days=days),
            grouped_at=NOW,
            **more,
        )
        blocks = [{"kind": "paragraph", "text": part} for part in text.split("\n") if part]
        Body.objects.create(article=row, blocks=blocks, receipt={})
        index_articles([row.pk], now=NOW)
        return row.pk

    @staticmethod
    def find(query, **filters):
        return [hit.article_id for hit in search(query, now=NOW, **filters).hits]


@pytest.fixture
def library(db):
    made = Library()
    made.paper("tidings", "The Tidings")
    made.paper("bao", "青屿日报")
    return made
