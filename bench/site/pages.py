"""CPU time of pages that must be made: through Django, compressed, as the site makes them, without keeping them."""

from __future__ import annotations

import gc
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

ASKED = 40
"""Pages of each kind, different ones where there are several."""
WORDS = 400
"""Of the most frequent of an edition, that searches are made of."""


@dataclass(frozen=True, slots=True)
class Measured:
    """CPU milliseconds of each page; queries: the most that one of them took; kilobytes: of the packed HTML."""

    kind: str
    times: Sequence[float]
    queries: int
    kilobytes: float

    def at(self, share: float) -> float:
        return sorted(self.times)[min(len(self.times) - 1, int(len(self.times) * share))]


def kinds(count: int) -> dict[str, list[str]]:
    """Addresses of each kind of page in an edition of `count` articles, drawn from a seed."""
    from broadsheet.articles.models import Article, Section, Topic
    from broadsheet.stories.models import Story

    rng = random.Random(5)
    late = [rng.randrange(max(count * 9 // 10, 1), count) for _ in range(ASKED)]
    anywhere = [rng.randrange(1, count) for _ in range(ASKED)]
    told = Story.objects.filter(lead__isnull=False, articles_count__gt=1)
    stories = told.filter(articles_count__range=(5, 20)).order_by("-pk")[:ASKED]
    large = told.filter(articles_count__gte=40).order_by("-pk")[: ASKED // 4]
    sections = [f"/sections/{slug}" for slug in Section.objects.values_list("slug", flat=True)]
    topics = Topic.objects.order_by("pk")[:ASKED]
    return {
        "front": ["/"] * (ASKED // 4),
        "section": sections,
        "section, page 20": [f"{path}?page=20" for path in sections],
        "story, 5 to 20 reports": [story.path for story in stories],
        "story, 40 and more": [story.path for story in large],
        "article, of late": [article.path for article in Article.objects.filter(pk__in=late)],
        "article, any": [article.path for article in Article.objects.filter(pk__in=anywhere)],
        "latest": ["/latest", "/latest?page=2", "/latest?page=40"] * 4,
        "topic": [topic.path for topic in topics],
        "source": [f"/sources/paper-{place}" for place in range(0, ASKED, 2)],
        "sources": ["/sources"] * 4,
        "search": [f"/search?q={query}" for query in searches(rng)],
    }


def searches(rng: random.Random) -> Iterator[str]:
    """Words of an edition's texts: alone, in pairs, with a filter."""
    from bench.search import World

    words = World().words
    for _ in range(ASKED * 2):
        yield rng.choice(words[:WORDS])
        yield f"{rng.choice(words[:WORDS])}+{rng.choice(words[300:3000])}"
        yield f"{rng.choice(words[:WORDS])}&source=paper-{rng.randrange(40)}"


def measure(count: int, *, rounds: int = 3, only: str = "") -> list[Measured]:
    """Make every page a few times. The first time, which prepares queries and templates, is not timed."""
    maker = Maker()
    found = []
    for kind, paths in kinds(count).items():
        if only and not kind.startswith(only):
            continue
        for path in paths[:8]:
            maker.make(path)
        gc.collect()
        gc.freeze()
        queries = max(maker.queries(path) for path in paths[:8])
        size = sum(len(maker.make(path)) for path in paths[:8]) / min(len(paths), 8) / 1000
        times = [maker.timed(path) for _ in range(rounds) for path in paths]
        found.append(Measured(kind, times, queries, size))
    return found


class Maker:
    """Makes pages as `broadsheet.site.rendering` does, up to the bytes that leave."""

    def __init__(self) -> None:
        from broadsheet.site.rendering import Anonymous, spare_collecting

        self._handler = Anonymous()
        spare_collecting()

    def make(self, path: str) -> bytes:
        """The packed page. Raises RuntimeError for an answer that is no page."""
        from broadsheet.finished.page import finish
        from broadsheet.site.finishing import keeping_of
        from broadsheet.site.replies import from_response

        response = self._respond(path)
        if response.status_code != 200:
            raise RuntimeError(f"{path} answers {response.status_code}")
        keeping = keeping_of(response)
        if keeping is None:
            return from_response(200, list(response.items()), response.content, "gzip, br").body
        headers = dict(response.items())
        return finish(200, headers, response.content, tags=keeping.tags, until=keeping.until).br

    def timed(self, path: str) -> float:
        """CPU milliseconds."""
        begun = time.process_time()
        self.make(path)
        return (time.process_time() - begun) * 1000

    def queries(self, path: str) -> int:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as captured:
            self._respond(path)
        return len(captured)

    def _respond(self, path: str) -> Any:
        from django.core.handlers.wsgi import WSGIRequest

        from broadsheet.site.rendering import Incoming, environ

        path, _separator, query = path.partition("?")
        incoming = Incoming("GET", path, query, "localhost", "http", "127.0.0.1:1")
        return self._handler.get_response(WSGIRequest(environ(incoming)))
