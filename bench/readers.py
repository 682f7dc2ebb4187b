"""What readers cost: `make bench ARGS=readers`. CPU time on one core; READERS=100000 FOLLOWS=50 are the defaults.

A site of 4,000 stories of four days is made up in a new data folder, with readers who follow topics, sources, sections
and authors as people do: a few things many, most things few.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta

READERS, FOLLOWS = int(os.environ.get("READERS", "100000")), int(os.environ.get("FOLLOWS", "50"))
STORIES, TOPICS, PUBLISHERS, AUTHORS = 4_000, 5_000, 400, 2_000
MOST_PAGE_MS, LEAST_READERS_S = 30.0, 500.0


def main() -> int:
    folder = tempfile.mkdtemp(prefix="broadsheet-bench-")
    os.environ["BROADSHEET_DATA"] = folder
    os.environ["DJANGO_SETTINGS_MODULE"] = "broadsheet.settings"
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    now = datetime.now(UTC)
    dice = random.Random(20261122)
    started = time.process_time()
    make_stories(now, dice)
    make_readers(dice)
    print(
        f"made {STORIES} stories and {READERS} readers with {FOLLOWS} follows in {time.process_time() - started:.0f} s"
    )
    index_ms = _index(now)
    page_ms = _pages()
    per_second = _digests(now)
    print(f"index, once a minute and process      {index_ms:8.0f} ms")
    print(f"my news, whole page, median           {page_ms:8.1f} ms CPU (at most {MOST_PAGE_MS:.0f})")
    print(f"digest candidates                     {per_second:8.0f} readers per CPU s (at least {LEAST_READERS_S:.0f})")
    return 0 if page_ms <= MOST_PAGE_MS and per_second >= LEAST_READERS_S else 1


def make_stories(now: datetime, dice: random.Random) -> None:
    from broadsheet.articles.models import Article, Author, Byline, Mention, Section, Topic
    from broadsheet.sources.models import Publisher
    from broadsheet.stories.models import Membership, Story

    sections = [Section.objects.create(slug=f"section-{n}", name=f"Section {n}") for n in range(12)]
    topics = Topic.objects.bulk_create(
        [Topic(slug=f"topic-{n}", name=f"Topic {n}", kind="place") for n in range(TOPICS)]
    )
    publishers = Publisher.objects.bulk_create(
        [Publisher(slug=f"paper-{n}", name=f"Paper {n}", home=f"https://p{n}.example") for n in range(PUBLISHERS)]
    )
    authors = Author.objects.bulk_create([Author(slug=f"author-{n}", name=f"Author {n}") for n in range(AUTHORS)])
    articles, mentions, bylines, members, stories = [], [], [], [], []
    for number in range(STORIES):
        at = now - timedelta(minutes=dice.random() * 4 * 24 * 60)
        size = min(int(dice.paretovariate(1.2)), 30)
        papers = dice.sample(publishers, size)
        named = [_skewed(dice, topics) for _ in range(5)]
        first = len(articles)
        for place, paper in enumerate(papers):
            articles.append(
                Article(
                    key=f"a{number}-{place}",
                    address=f"{paper.home}/{number}",
                    publisher=paper,
                    headline=f"Headline {number} of report {place} about the harbor and its ferries",
                    slug=f"headline-{number}-{place}",
                    section=sections[number % 12],
                    shown_at=at,
                    language="en",
                )
            )
        stories.append((number, at, size, first, named))
    articles = Article.objects.bulk_create(articles, batch_size=2_000)
    rows = []
    for number, at, size, first, _named in stories:
        lead = articles[first]
        rows.append(
            Story(
                key=f"s{number}",
                slug=f"story-{number}",
                headline=lead.headline,
                section=lead.section,
                lead=lead,
                first_at=at,
                moved_at=at,
                weight=size,
                articles_count=size,
                outlets=size,
                independents=size,
            )
        )
    rows = Story.objects.bulk_create(rows, batch_size=2_000)
    for story, (_number, at, size, first, named) in zip(rows, stories, strict=True):
        for article in articles[first : first + size]:
            members.append(Membership(article=article, story=story, sequence=len(members)))
            mentions += [Mention(article=article, topic=topic, shown_at=at) for topic in set(named)]
            bylines.append(Byline(article=article, author=dice.choice(authors), position=0))
    Membership.objects.bulk_create(members, batch_size=5_000)
    Mention.objects.bulk_create(mentions, batch_size=5_000)
    Byline.objects.bulk_create(bylines, batch_size=5_000)


def make_readers(dice: random.Random) -> None:
    from broadsheet.readers.models import Follow, Mute, Reader

    topics, papers, authors = range(TOPICS), range(PUBLISHERS), range(AUTHORS)
    for start in range(0, READERS, 2_000):
        readers = Reader.objects.bulk_create(
            [Reader(email=f"reader{n}@harbor.example", password="!") for n in range(start, min(start + 2_000, READERS))]
        )
        follows, mutes = [], []
        for reader in readers:
            names = {("topic", f"topic-{_skewed(dice, topics)}") for _ in range(FOLLOWS * 3 // 5)}
            names |= {("source", f"paper-{_skewed(dice, papers)}") for _ in range(FOLLOWS // 4)}
            names |= {("author", f"author-{dice.choice(authors)}") for _ in range(FOLLOWS // 5)}
            number = 0
            while len(names) < FOLLOWS:
                names.add(("topic", f"topic-{dice.choice(topics)}") if number else ("section", "section-3"))
                number += 1
            follows += [Follow(reader=reader, kind=kind, name=name) for kind, name in sorted(names)[:FOLLOWS]]
            mutes += [
                Mute(reader=reader, kind="source", name=f"paper-{dice.choice(papers)}"),
                Mute(reader=reader, kind="word", name="football"),
            ]
        Follow.objects.bulk_create(follows, batch_size=5_000)
        Mute.objects.bulk_create(mutes, batch_size=5_000)


def _skewed(dice: random.Random, things):
    """A few of them often, most of them seldom."""
    return things[min(int(dice.paretovariate(0.5)) - 1, len(things) - 1)]


def _index(now: datetime) -> float:
    from broadsheet.readers.candidates import read_index

    started = time.process_time()
    read_index(now=now)
    return (time.process_time() - started) * 1000


def _pages() -> float:
    from django.conf import settings
    from django.test import Client

    from broadsheet.readers.models import Reader

    settings.ALLOWED_HOSTS = ["testserver"]
    costs = []
    for reader in Reader.objects.order_by("pk")[: 60 * 97 : 97]:
        client = Client()
        client.force_login(reader)
        started = time.process_time()
        page = client.get("/my")
        costs.append((time.process_time() - started) * 1000)
        assert page.status_code == 200
        assert b"Because you follow" in page.content
    return sorted(costs[2:])[len(costs) // 2]


def _digests(now: datetime) -> float:
    from broadsheet.readers.candidates import digests
    from broadsheet.readers.models import Reader

    everybody = list(Reader.objects.order_by("pk").values_list("pk", flat=True))
    started = time.process_time()
    found = sum(1 for _reader, chosen in digests(everybody, now=now, since=now - timedelta(days=1)) if chosen)
    assert found > len(everybody) // 2
    return len(everybody) / (time.process_time() - started)


if __name__ == "__main__":
    sys.exit(main())
